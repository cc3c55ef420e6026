//! From a decision to the page that explains it.

use serde::Serialize;

use super::page::{Block, Item, Page, Pair, Section};
use super::parts::{Part, parts_of_claim, parts_of_line};
use super::reasoning::Nodes;
use super::vocabulary::Label;
use super::words::{Words, clean};
use crate::decision::{Decision, LineDecision, Subject, TermsDocument, TraceNode};

/// The name of a document's enumeration value, as documents write it.
pub(super) fn name_of(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

impl Words<'_> {
    /// The whole explanation.
    pub(super) fn page(&self, decision: &Decision) -> Page {
        let mut nodes = Nodes::of(decision);
        let own = nodes.take(Subject::Claim, &decision.claim);
        let mut sections = vec![self.head(decision), self.shares(decision)];
        sections.extend(self.section(Label::Reasons, self.reasons(&decision.reasons)));
        let steps = self.steps(own, &decision.reasons);
        sections.extend(self.section(Label::Steps, steps));
        sections.extend(nodes.policies().map(|node| self.node(node)));
        for line in &decision.lines {
            let node = nodes.take(Subject::Line, &line.id);
            sections.push(self.line(line, node));
        }
        sections.extend(nodes.rest().map(|node| self.node(node)));
        sections.push(self.ledger(decision));
        sections.push(self.provenance(decision));
        Page {
            title: self.label(Label::Title),
            sections,
        }
    }

    /// The explanation of one line.
    pub(super) fn line_page(&self, decision: &Decision, line: &LineDecision) -> Page {
        let node = Nodes::of(decision).take(Subject::Line, &line.id);
        let mut head = vec![self.pair(Label::Claim, clean(&decision.claim))];
        if !self.setting.currency.is_empty() {
            head.push(self.pair(Label::Currency, clean(self.setting.currency)));
        }
        let mut sections = vec![Section {
            heading: None,
            blocks: vec![Block::Pairs(head)],
        }];
        // A claim that is rejected as a whole says there why.
        sections.extend(self.section(Label::Reasons, self.reasons(&decision.reasons)));
        sections.push(self.line(line, node));
        Page {
            title: self.label(Label::Title),
            sections,
        }
    }

    pub(super) fn pair(&self, label: Label, value: String) -> Pair {
        self.own_pair(self.label(label), value)
    }

    pub(super) fn own_pair(&self, label: String, value: String) -> Pair {
        let line = self.fill(Label::Pair, &[("label", &label), ("value", &value)]);
        Pair { label, value, line }
    }

    /// A section of one list; none if there is nothing in it.
    fn section(&self, heading: Label, items: Vec<Item>) -> Option<Section> {
        (!items.is_empty()).then(|| Section {
            heading: Some(self.label(heading)),
            blocks: vec![Block::List {
                caption: None,
                items,
            }],
        })
    }

    fn head(&self, decision: &Decision) -> Section {
        let stay = if decision.stay { "yes" } else { "no" };
        let care = format!(
            "{}, {}",
            self.word("category", &name_of(decision.category)),
            self.word("stay", stay)
        );
        let mut pairs = vec![
            self.pair(Label::Claim, clean(&decision.claim)),
            self.pair(Label::Mode, self.word("mode", &name_of(decision.mode))),
            self.pair(
                Label::Status,
                self.word("status", &name_of(decision.status)),
            ),
            self.pair(Label::Care, care),
        ];
        if !self.setting.currency.is_empty() {
            pairs.push(self.pair(Label::Currency, clean(self.setting.currency)));
        }
        Section {
            heading: None,
            blocks: vec![Block::Pairs(pairs)],
        }
    }

    fn shares(&self, decision: &Decision) -> Section {
        let totals = &decision.totals;
        let shares = [
            ("scheme", totals.scheme_share),
            ("patient", totals.patient_share),
            ("facility", totals.facility_share),
        ];
        let parts = parts_of_claim(decision);
        let part = |name| {
            let found = parts.iter().find(|part| part.name == name);
            found.map(|part| part.amount).unwrap_or_default()
        };
        let values = [
            ("scheme", self.money(totals.scheme_share)),
            ("paid", self.money(part("payable"))),
            ("weight", self.number(part("weight"))),
            ("patient", self.money(totals.patient_share)),
            ("facility", self.money(totals.facility_share)),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let (sentence, paid) = match totals.remunerated {
            Some(amount) => (Label::Summary, self.money(amount)),
            None => (Label::SummaryWaiting, self.label(Label::NotYet)),
        };
        let rows = shares.map(|(bearer, amount)| (self.word("share", bearer), self.number(amount)));
        let total = (
            self.label(Label::Asked),
            self.number(totals.amounts.claimed),
        );
        Section {
            heading: Some(self.label(Label::Shares)),
            blocks: vec![
                Block::Text(self.fill(sentence, &values)),
                Block::Sum {
                    caption: None,
                    rows: rows.into(),
                    total: total.clone(),
                },
                self.parts(&parts, total),
                Block::Pairs(vec![self.pair(Label::PaidNow, paid)]),
            ],
        }
    }

    /// The identity of money as a sum. Parts that are zero are left out, but for what is paid.
    fn parts(&self, parts: &[Part], total: (String, String)) -> Block {
        let row = |part: &Part| {
            let bearer = self.word("bearer", part.bearer.name());
            let name = self.word("part", part.name);
            let label = self.fill(Label::PartOf, &[("part", &name), ("bearer", &bearer)]);
            (label, self.number(part.amount))
        };
        let shown = parts
            .iter()
            .filter(|part| part.name == "payable" || !part.amount.is_zero());
        Block::Sum {
            caption: Some(self.label(Label::Parts)),
            rows: shown.map(row).collect(),
            total,
        }
    }

    fn line(&self, line: &LineDecision, node: Option<&TraceNode>) -> Section {
        let heading = self.fill(
            Label::Line,
            &[
                ("id", &clean(&line.id)),
                ("kind", &self.word("kind", &name_of(line.kind))),
                ("code", &clean(&line.code)),
                ("status", &self.word("line_status", &name_of(line.status))),
            ],
        );
        let both = |label, asked: String, used: String| {
            let value = if asked == used {
                asked
            } else {
                self.fill(Label::AskedAndUsed, &[("asked", &asked), ("used", &used)])
            };
            self.pair(label, value)
        };
        let mut pairs = vec![
            both(
                Label::Quantity,
                self.quantity(line.quantity.asked),
                self.quantity(line.quantity.approved),
            ),
            both(
                Label::UnitPrice,
                self.number(line.unit_price.asked),
                self.number(line.unit_price.adjusted),
            ),
        ];
        if let Some(assignment) = &line.assignment {
            let terms = match assignment.terms {
                TermsDocument::CoInsurance(percent) => self.fill(
                    Label::TermsCoInsurance,
                    &[("percent", &self.percent(percent))],
                ),
                TermsDocument::Fixed(amount) => {
                    self.fill(Label::TermsFixed, &[("amount", &self.number(amount))])
                }
                TermsDocument::Unlimited => self.label(Label::TermsUnlimited),
            };
            let rule = self.fill(
                Label::Rule,
                &[
                    ("policy", &clean(&assignment.policy)),
                    ("product", &clean(&assignment.product)),
                    ("rule", &self.number(u64::from(assignment.benefit) + 1)),
                    ("terms", &terms),
                ],
            );
            let origin = self.word("origin", &name_of(assignment.price_origin));
            pairs.push(self.pair(Label::PaidUnder, rule));
            pairs.push(self.pair(Label::PriceRule, origin));
        }
        let mut blocks = vec![Block::Pairs(pairs)];
        let lists = [
            (Label::Reasons, self.reasons(&line.reasons)),
            (Label::Steps, self.steps(node, &line.reasons)),
        ];
        let lists = lists.into_iter().filter(|(_, items)| !items.is_empty());
        blocks.extend(lists.map(|(caption, items)| Block::List {
            caption: Some(self.label(caption)),
            items,
        }));
        let total = (self.label(Label::Asked), self.number(line.amounts.claimed));
        blocks.push(self.parts(&parts_of_line(line), total));
        if line.remunerated.is_none() {
            let not_yet = self.label(Label::NotYet);
            blocks.push(Block::Pairs(vec![self.pair(Label::PaidNow, not_yet)]));
        }
        Section {
            heading: Some(heading),
            blocks,
        }
    }

    fn provenance(&self, decision: &Decision) -> Section {
        let made = &decision.provenance;
        let version = [
            ("scheme", clean(&made.scheme)),
            ("version", clean(&made.version)),
        ];
        let version = version
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let mut pairs = vec![
            self.pair(Label::Engine, format!("adjudica {}", clean(&made.engine))),
            self.pair(Label::Scheme, self.fill(Label::SchemeVersion, &version)),
            self.pair(Label::Conventions, clean(&made.conventions)),
            self.pair(Label::SchemeDigest, clean(&made.scheme_digest)),
        ];
        let request = made.request_digest.as_deref();
        pairs.extend(request.map(|digest| self.pair(Label::RequestDigest, clean(digest))));
        pairs.extend(made.as_of.map(|day| self.pair(Label::AsOf, self.date(day))));
        Section {
            heading: Some(self.label(Label::Provenance)),
            blocks: vec![Block::Pairs(pairs)],
        }
    }
}
