//! Takes steps of a review: reads the file, refuses what does not follow, decides the claim again
//! with the verdicts, and says where the claim stands.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::appeal::{change, difference, nothing, settled, take_back};
use super::facts::Facts;
use super::file::{Difference, Event, ReviewFile, ReviewState, Settled, Verdicts};
use super::steps::{Action, Refusal, RefusalCode, Step, TRANSITIONS, Track};
use super::undone::{due, undone};
use crate::calendar::{Day, Moment};
use crate::claim::{LedgerEntry, LineReview, Request, Verdict};
use crate::code::Code;
use crate::decision::Decision;
use crate::error::Error;
use crate::ruleset::RuleSet;
use crate::scheme::{AfterDeadline, ReviewRules, Undone};

/// Schema id of this version of the question.
pub const REVIEW_REQUEST_SCHEMA: &str = "adjudica/review_request@1";
const SCHEMA: &str = "adjudica/review@1";

/// Asks to take steps in the review of a claim: all of them or, if one is refused, none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewRequest {
    /// Always `adjudica/review_request@1`.
    pub schema: String,
    /// The claim as it was made, without the verdicts of the file.
    pub request: Request,
    /// The claim's file; left out for a claim that has none yet.
    #[serde(default)]
    pub file: ReviewFile,
    /// Now, as the host says.
    pub at: Moment,
    /// The steps, in order; none = only say where the claim stands.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// What became of the steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewAnswer {
    /// Always `adjudica/review@1`.
    pub schema: Cow<'static, str>,
    /// Why nothing was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// The file after the steps; after a refusal as it was.
    pub file: ReviewFile,
    /// Where the claim stands.
    pub standing: Standing,
    /// Whether the reviewer may see what advisors found; not while a blind review is undone.
    pub show_findings: bool,
    /// The decision with the verdicts in force.
    pub decision: Decision,
    /// What the verdicts change, compared with the rules alone; after a payment, what the steps
    /// change in what was paid.
    pub difference: Difference,
    /// Ledger entries to mark as reversed.
    pub reversed: Vec<LedgerEntry>,
    /// Ledger entries to add.
    pub added: Vec<LedgerEntry>,
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Standing {
    /// It may be paid.
    Pay {
        /// On what ground.
        basis: Basis,
    },
    /// It waits for its review.
    Hold {
        /// Last day to review it; absent = no deadline.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Day>,
        /// The deadline is over, and the scheme goes on waiting.
        overdue: bool,
    },
    /// It is paid.
    Paid {
        /// On what ground.
        basis: Basis,
    },
    /// It is paid, and an appeal is open.
    Appealed {},
    /// It was taken back.
    Reversed {},
}

/// On what ground a claim is paid.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// By the rules: no review was due.
    Rules,
    /// By the rules, although a review was due and is not done.
    Unreviewed,
    /// With a reviewer's verdicts.
    Review,
    /// With the verdicts of an appeal.
    Appeal,
    /// Nothing: it was reversed.
    Reversal,
}

/// Takes steps in the review of a claim.
///
/// # Errors
/// If the request is malformed, the file belongs to another claim, or a verdict's amounts do not
/// fit the currency.
pub fn review(rules: &RuleSet, asked: &ReviewRequest) -> Result<ReviewAnswer, Error> {
    belongs(asked)?;
    let by_rules = Facts::of(rules, &asked.request).map_err(|error| error.inside("request"))?;
    let mut desk = Desk {
        rules,
        asked,
        exponent: rules.scheme().currency.exponent,
        policy: rules.scheme().review.as_ref(),
        undone: undone(rules.scheme().review.as_ref(), &by_rules.products),
        file: asked.file.clone(),
        reversed: Vec::new(),
        added: Vec::new(),
    };
    let mut refusal = None;
    for (position, step) in (0_u32..).zip(&asked.steps) {
        if let Err((code, message)) = desk.take(step)? {
            refusal = Some(Refusal {
                step: position,
                code,
                message,
            });
            desk.file = asked.file.clone();
            desk.reversed.clear();
            desk.added.clear();
            break;
        }
    }
    let decision = desk.decide()?;
    let before = match &asked.file.settled {
        Some(settled) => settled.clone(),
        None => settled(&by_rules.decision, asked.at, Basis::Rules),
    };
    let after = match &desk.file.settled {
        Some(settled) => settled.clone(),
        None => settled(&decision, asked.at, Basis::Review),
    };
    Ok(ReviewAnswer {
        schema: Cow::Borrowed(SCHEMA),
        refusal,
        standing: desk.standing(),
        show_findings: !(desk.file.blind && desk.file.review == ReviewState::Selected),
        difference: difference(&before, &after, desk.exponent),
        file: desk.file,
        decision,
        reversed: desk.reversed,
        added: desk.added,
    })
}

fn belongs(asked: &ReviewRequest) -> Result<(), Error> {
    let claim = &asked.request.claim;
    let file = &asked.file;
    let same = |given: &Option<Code>, own: &Code| given.as_ref().is_none_or(|given| given == own);
    if same(&file.claim, &claim.code) && same(&file.facility, &claim.facility) {
        return Ok(());
    }
    Err(Error::new(
        "review.other_claim",
        "file.claim",
        "the file belongs to another claim",
    )
    .with_help("give the claim and its own file"))
}

/// Why a step is not taken.
type Refused = (RefusalCode, String);

fn refuse<T>(code: RefusalCode, message: impl Into<String>) -> Result<T, Refused> {
    Err((code, message.into()))
}

struct Desk<'a> {
    rules: &'a RuleSet,
    asked: &'a ReviewRequest,
    exponent: u8,
    policy: Option<&'a ReviewRules>,
    undone: Undone,
    file: ReviewFile,
    reversed: Vec<LedgerEntry>,
    added: Vec<LedgerEntry>,
}

impl Desk<'_> {
    /// The decision with the verdicts in force.
    fn decide(&self) -> Result<Decision, Error> {
        let mut request = self.asked.request.clone();
        for verdict in &self.file.verdicts {
            let decided = &verdict.decided;
            let mut lines = request.claim.lines.iter_mut();
            if let Some(line) = lines.find(|line| line.id == decided.line) {
                line.review = Some(LineReview {
                    reviewer: Some(verdict.reviewer.clone()),
                    quantity: decided.quantity,
                    price: decided.price,
                    verdict: decided.verdict,
                    reason: decided.reason.clone(),
                    overrides: decided.overrides.clone(),
                });
            }
        }
        let decision = self.rules.adjudicate(&request);
        decision.map_err(|error| error.inside("request"))
    }

    /// Takes a step; the inner result says why not.
    fn take(&mut self, step: &Step) -> Result<Result<(), Refused>, Error> {
        let before = self.file.settled.clone();
        let moved = match self.allowed(step) {
            Ok(moved) => moved,
            Err(refused) => return Ok(Err(refused)),
        };
        self.file.claim = Some(self.asked.request.claim.code.clone());
        self.file.facility = Some(self.asked.request.claim.facility.clone());
        if let Some((track, _, to)) = moved {
            match track {
                Track::Review => self.file.review = to,
                Track::Feedback => self.file.feedback = to,
            }
        }
        self.apply(step)?;
        let shares = before.as_ref().zip(self.file.settled.as_ref());
        self.file.events.push(Event {
            at: self.asked.at,
            by: step.by.clone(),
            step: Code::new(step.action.name()).unwrap_or_default(),
            track: moved.map(|(track, ..)| track),
            before: moved.map(|(_, from, _)| from),
            after: moved.map(|(.., to)| to),
            reason: step.action.reason().map(str::to_owned),
            verdicts: step.action.verdicts().to_vec(),
            scheme_share: shares
                .filter(|(before, after)| before != after)
                .map(|(old, new)| change(old.scheme_share, new.scheme_share, self.exponent)),
        });
        Ok(Ok(()))
    }

    /// Whether a step may be taken, and what it moves.
    fn allowed(&self, step: &Step) -> Result<Option<(Track, ReviewState, ReviewState)>, Refused> {
        let file = &self.file;
        let action = &step.action;
        if file.reversed {
            return refuse(RefusalCode::Reversed, "the claim was reversed");
        }
        let needs_reason = !matches!(action, Action::Select(_));
        if needs_reason
            && action
                .reason()
                .is_some_and(|reason| reason.trim().is_empty())
        {
            let message = format!("`{}` needs a reason", action.name());
            return refuse(RefusalCode::ReasonMissing, message);
        }
        self.verdicts_fit(step)?;
        match action {
            Action::Select(select) if select.priority.is_some_and(|p| p > 100) => {
                return refuse(RefusalCode::OutOfRange, "a priority is at most 100");
            }
            Action::DeliverFeedback(step) if step.answers.overall > 5 => {
                return refuse(RefusalCode::OutOfRange, "the overall answer is at most 5");
            }
            Action::Lapse(_) => self.may_lapse()?,
            Action::Reopen(_) if file.settled.is_some() => {
                let message = "the claim is paid; an appeal can change that";
                return refuse(RefusalCode::AlreadySettled, message);
            }
            Action::Settle(_) => self.may_settle()?,
            Action::Appeal(_) => self.may_appeal()?,
            Action::DecideAppeal(_) => self.may_decide(&step.by)?,
            Action::Reverse(_) if file.settled.is_none() => {
                return refuse(RefusalCode::NotSettled, "nothing has been paid");
            }
            _ => {}
        }
        let own = TRANSITIONS.iter().filter(|t| t.step == action.name());
        let mut own = own.peekable();
        let Some(track) = own.peek().map(|transition| transition.track) else {
            return Ok(None);
        };
        let from = match track {
            Track::Review => file.review,
            Track::Feedback => file.feedback,
        };
        match own.find(|transition| transition.from == from) {
            Some(transition) => Ok(Some((track, from, transition.to))),
            None => refuse(
                RefusalCode::WrongState,
                format!("`{}` does not follow on `{}`", action.name(), from.name()),
            ),
        }
    }

    fn verdicts_fit(&self, step: &Step) -> Result<(), Refused> {
        let lines = step.action.verdicts();
        for (position, verdict) in lines.iter().enumerate() {
            let id = &verdict.line;
            let known = self.asked.request.claim.lines.iter().any(|l| l.id == *id);
            let twice = lines.iter().take(position).any(|before| before.line == *id);
            if !known || twice {
                let what = if twice {
                    "is here twice"
                } else {
                    "is not in the claim"
                };
                return refuse(RefusalCode::WrongLine, format!("line `{id}` {what}"));
            }
            let reason = verdict.reason.as_deref().unwrap_or_default();
            if verdict.verdict == Some(Verdict::Rejected) && reason.trim().is_empty() {
                let message = format!("the rejection of line `{id}` needs a reason");
                return refuse(RefusalCode::ReasonMissing, message);
            }
        }
        Ok(())
    }

    fn may_lapse(&self) -> Result<(), Refused> {
        let over = self.file.due.is_some_and(|due| due < self.asked.at.day());
        match self.undone {
            Undone::PayByRules => Ok(()),
            Undone::Hold(hold) if over && hold.then == AfterDeadline::PayByRules => Ok(()),
            Undone::Hold(hold) if over || hold.then == AfterDeadline::Escalate => refuse(
                RefusalCode::NotDue,
                "the scheme holds the claim until it is reviewed",
            ),
            Undone::Hold(_) => refuse(RefusalCode::NotDue, "the deadline is not over"),
        }
    }

    fn may_settle(&self) -> Result<(), Refused> {
        match self.standing() {
            Standing::Pay { .. } => Ok(()),
            Standing::Hold { .. } => refuse(RefusalCode::Held, "the claim waits for its review"),
            _ => refuse(RefusalCode::AlreadySettled, "the claim is paid"),
        }
    }

    fn may_appeal(&self) -> Result<(), Refused> {
        let Some(settled) = &self.file.settled else {
            return refuse(RefusalCode::NotSettled, "nothing has been paid");
        };
        if self.file.appeal.is_some() {
            return refuse(RefusalCode::AppealOpen, "an appeal is open");
        }
        let days = self.policy.and_then(|policy| policy.appeal_days);
        let passed = settled.at.day().days_until(self.asked.at.day());
        match days {
            Some(days) if i64::from(passed) > i64::from(days) => refuse(
                RefusalCode::AppealLate,
                format!("{passed} days after the payment; the scheme allows {days}"),
            ),
            _ => Ok(()),
        }
    }

    fn may_decide(&self, by: &Code) -> Result<(), Refused> {
        if self.file.appeal.is_none() {
            return refuse(RefusalCode::NoAppeal, "no appeal is open");
        }
        let own = self.policy.is_some_and(|policy| policy.own_appeals);
        let mut events = self.file.events.iter();
        let decided = |event: &Event| {
            event.by == *by && matches!(event.step.as_str(), "deliver" | "bypass" | "appeal")
        };
        if !own && events.any(decided) {
            let message = format!("`{by}` reviewed the claim or made the appeal");
            return refuse(RefusalCode::SameReviewer, message);
        }
        Ok(())
    }

    fn apply(&mut self, step: &Step) -> Result<(), Error> {
        let at = self.asked.at;
        match &step.action {
            Action::Select(select) => {
                self.file.priority = select.priority;
                self.file.blind = select.blind;
                self.file.due = due(self.undone, at.day());
            }
            Action::Deliver(_) => {
                self.give(step);
                if self.file.settled.is_some() {
                    self.settle_again(Basis::Review)?;
                }
            }
            Action::Reopen(_) => {
                self.file.verdicts.clear();
                self.file.due = due(self.undone, at.day());
            }
            Action::DeliverFeedback(step) => self.file.answers = Some(step.answers),
            Action::Settle(_) => {
                let Standing::Pay { basis } = self.standing() else {
                    return Ok(());
                };
                let decision = self.decide()?;
                self.enter(&decision, basis);
            }
            Action::Appeal(appeal) => {
                self.file.appeal = Some(super::file::Appeal {
                    at,
                    by: step.by.clone(),
                    reason: appeal.reason.clone(),
                });
            }
            Action::DecideAppeal(_) => {
                self.file.appeal = None;
                self.give(step);
                self.settle_again(Basis::Appeal)?;
            }
            Action::Reverse(_) => {
                self.reversed.extend(take_back(&mut self.file));
                self.file.appeal = None;
                self.file.reversed = true;
                let paid = self.file.settled.as_ref();
                self.file.settled = paid.map(|paid: &Settled| nothing(paid, at, self.exponent));
            }
            _ => {}
        }
        Ok(())
    }

    /// Puts verdicts in force, in place of earlier ones on the same lines.
    fn give(&mut self, step: &Step) {
        for decided in step.action.verdicts() {
            self.file
                .verdicts
                .retain(|old| old.decided.line != decided.line);
            self.file.verdicts.push(Verdicts {
                reviewer: step.by.clone(),
                at: self.asked.at,
                decided: decided.clone(),
            });
        }
    }

    /// Takes back what the claim consumed and enters what it consumes now. The history that the
    /// request carries does not matter here: the engine never counts a claim's own entries.
    fn settle_again(&mut self, basis: Basis) -> Result<(), Error> {
        let decision = self.decide()?;
        self.reversed.extend(take_back(&mut self.file));
        self.enter(&decision, basis);
        Ok(())
    }

    fn enter(&mut self, decision: &Decision, basis: Basis) {
        self.file.settled = Some(settled(decision, self.asked.at, basis));
        self.file
            .ledger
            .extend(decision.consumption.iter().cloned());
        self.added.extend(decision.consumption.iter().cloned());
    }

    fn standing(&self) -> Standing {
        let file = &self.file;
        if file.reversed {
            return Standing::Reversed {};
        }
        if file.appeal.is_some() {
            return Standing::Appealed {};
        }
        if let Some(settled) = &file.settled {
            return Standing::Paid {
                basis: settled.basis,
            };
        }
        let over = file.due.is_some_and(|due| due < self.asked.at.day());
        match (file.review, self.undone) {
            (ReviewState::Selected, Undone::Hold(hold)) => {
                if over && hold.then == AfterDeadline::PayByRules {
                    Standing::Pay {
                        basis: Basis::Unreviewed,
                    }
                } else {
                    Standing::Hold {
                        until: file.due,
                        overdue: over,
                    }
                }
            }
            (ReviewState::Selected, Undone::PayByRules) | (ReviewState::Bypassed, _) => {
                Standing::Pay {
                    basis: Basis::Unreviewed,
                }
            }
            (ReviewState::Delivered, _) => Standing::Pay {
                basis: Basis::Review,
            },
            (ReviewState::Idle | ReviewState::NotSelected, _) => Standing::Pay {
                basis: Basis::Rules,
            },
        }
    }
}
