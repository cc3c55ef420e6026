//! Which deviations explain that lines and claims were accepted, rejected or assigned otherwise.
//!
//! Each rule asks the rows whether the deviation can apply at all, and the columns whether the
//! difference is the one that the deviation makes.

use super::super::columns::{LineColumns, OpenImisColumns};
use super::super::rows::LineRow;
use super::compare::Difference;
use super::deviation::Deviation;
use super::facts::Facts;
use super::money::{Switches, claim_lines};
use crate::decision::Decision;

/// Reasons of full counters.
const COUNTERS: [i16; 6] = [11, 12, 13, 14, 15, 19];

/// Both answers to one claim.
pub(super) struct Case<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) decision: &'a Decision,
    pub(super) ours: &'a OpenImisColumns,
    pub(super) theirs: &'a OpenImisColumns,
    /// Codes that the other engine reported.
    pub(super) errors: &'a [i16],
}

/// One line of both answers.
pub(super) struct LinePair<'a> {
    pub(super) row: &'a LineRow,
    pub(super) ours: &'a LineColumns,
    pub(super) theirs: &'a LineColumns,
    /// Code of our first reason, such as `package.mismatch`.
    pub(super) reason: Option<&'a str>,
}

impl LinePair<'_> {
    /// Our reason and theirs; 0 = passed.
    pub(super) fn reasons(&self) -> (i16, i16) {
        (
            self.ours.rejection_reason.unwrap_or(0),
            self.theirs.rejection_reason.unwrap_or(0),
        )
    }

    pub(super) fn passed_by_both(&self) -> bool {
        self.ours.status == 1 && self.theirs.status == 1
    }
}

impl Case<'_> {
    /// The deviations that explain a difference of eligibility.
    pub(super) fn explain(&self, difference: &Difference) -> Vec<Deviation> {
        let mut found = self.explain_claim();
        if difference.line().is_some() && difference.column() == "rejection_reason" {
            let theirs = difference.theirs.as_str();
            found.retain(|deviation| match deviation {
                Deviation::CountNotSaved | Deviation::CountEscaped | Deviation::NullCategory => {
                    theirs == "0"
                }
                Deviation::HeaderReasons => matches!(theirs, "0" | "7" | "9"),
                _ => true,
            });
        }
        if let Some(line) = difference.line() {
            found.extend(
                self.pairs()
                    .filter(|(name, _)| name == line)
                    .flat_map(|(_, pair)| self.explain_line(&pair, difference.column())),
            );
        } else {
            // The claim follows from its lines.
            for (_, pair) in self.pairs() {
                if pair.ours.status != pair.theirs.status || pair.reasons().0 != pair.reasons().1 {
                    found.extend(self.explain_line(&pair, "status"));
                }
                if pair.passed_by_both() {
                    found.extend(self.explain_choice(&pair));
                    found.extend(self.explain_quantity_or_price(&pair));
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// Eligibility behind a difference of money: the claim or some line was accepted or assigned
    /// otherwise.
    pub(super) fn explain_money(&self, difference: &Difference) -> Vec<Deviation> {
        if difference.path.starts_with("claim.") || difference.path.starts_with("dedrems[") {
            return self.explain(difference);
        }
        let mut found = self.explain(difference);
        // Other lines share deductible and ceiling with this one.
        let whole = Difference {
            path: "dedrems.policies".to_owned(),
            ours: String::new(),
            theirs: String::new(),
        };
        found.extend(self.explain(&whole));
        found
    }

    fn pairs(&self) -> impl Iterator<Item = (String, LinePair<'_>)> {
        claim_lines(self.facts.claim).filter_map(|(kind, position, row)| {
            let (ours, theirs) = if kind == "items" {
                (
                    self.ours.items.get(position)?,
                    self.theirs.items.get(position)?,
                )
            } else {
                (
                    self.ours.services.get(position)?,
                    self.theirs.services.get(position)?,
                )
            };
            let id = format!("{kind}[{position}]");
            let decided = self
                .decision
                .lines
                .iter()
                .find(|line| line.id.as_str() == id);
            let reason = decided
                .and_then(|line| line.reasons.first())
                .map(|reason| reason.code.as_ref());
            let pair = LinePair {
                row,
                ours,
                theirs,
                reason,
            };
            Some((format!("{kind}[{position}"), pair))
        })
    }

    /// Deviations about the claim as a whole explain every column of it.
    fn explain_claim(&self) -> Vec<Deviation> {
        let facts = &self.facts;
        let mut found = Vec::new();
        let ours = self.ours.claim.rejection_reason.unwrap_or(0);
        let theirs = self.theirs.claim.rejection_reason.unwrap_or(0);
        let reported = |code: i16| self.errors.contains(&code);
        let reversed = facts
            .claim
            .date_to
            .zip(facts.claim.date_from)
            .is_some_and(|(to, from)| to < from);
        if reversed && ours == 9 {
            found.push(Deviation::ReversedDates);
        }
        if [7, 9, 21].contains(&ours) && [7, 9, 21].iter().any(|code| reported(*code)) {
            found.push(Deviation::HeaderReasons);
        }
        let later = facts.covering().iter().any(|policy| {
            policy
                .validity_from
                .is_some_and(|from| (from.day, from.seconds) > (facts.target, 0))
        });
        if later {
            found.push(Deviation::PolicyRowLater);
            if theirs == 21 {
                found.push(Deviation::HeaderReasons);
            }
        }
        let closed_later = facts
            .covering()
            .iter()
            .flat_map(|policy| &policy.insuree_policies)
            .any(|member| {
                member.insuree == facts.claim.insuree
                    && member
                        .validity_to
                        .is_some_and(|closed| closed.day > facts.target)
            });
        if closed_later {
            found.push(Deviation::MembershipClosed);
        }
        let mut null_limits =
            claim_lines(facts.claim).flat_map(|(.., line)| facts.benefit_rows(line));
        if self.theirs.claim.status == 2
            && reported(3)
            && null_limits.any(|(_, row)| facts.limitation(row).0.is_none())
        {
            found.push(Deviation::LimitationNullStops);
        }
        found.extend(self.explain_counters(ours, theirs));
        found
    }

    fn explain_counters(&self, ours: i16, theirs: i16) -> Vec<Deviation> {
        let facts = &self.facts;
        let mut found = Vec::new();
        let counted = self.errors.iter().any(|code| COUNTERS.contains(code));
        let not_saved = self.theirs.claim.status == 2 && counted;
        let rejected = COUNTERS.contains(&ours);
        if not_saved {
            found.push(Deviation::CountNotSaved);
        }
        if (rejected || not_saved) && !(rejected && self.errors.contains(&ours)) {
            let on = Switches::from([Deviation::GivenCategory]);
            if facts.category(&on) != facts.category(&Switches::new()) {
                found.push(Deviation::GivenCategory);
            }
            let mut earlier = facts
                .history
                .claims
                .iter()
                .filter(|past| past.insuree == facts.claim.insuree);
            if earlier.any(|past| past.category.is_none()) && ours == 12 {
                found.push(Deviation::NullCategory);
            }
        }
        if (rejected || COUNTERS.contains(&theirs)) && facts.covering().len() > 1 {
            found.push(Deviation::CountEscaped);
        }
        found
    }
}
