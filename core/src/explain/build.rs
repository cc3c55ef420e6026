//! From a decision to the page that explains it.

use rust_decimal::Decimal;
use serde::Serialize;

use super::page::{Block, Item, Page, Pair, Section};
use super::vocabulary::Label;
use super::words::{Words, clean};
use crate::claim::{CareAmounts, LedgerEntry};
use crate::decision::{
    AmountsDocument, CarcGroup, Decision, Effect, LineDecision, Reason, Subject, TermsDocument,
    TraceNode,
};
use crate::number::Amount;

/// The name of a document's enumeration value, as documents write it.
fn name_of(value: impl Serialize) -> String {
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
        sections.extend(self.section(Label::Steps, (!steps.is_empty()).then_some((None, steps))));
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

    fn pair(&self, label: Label, value: String) -> Pair {
        self.own_pair(self.label(label), value)
    }

    fn own_pair(&self, label: String, value: String) -> Pair {
        let line = self.fill(Label::Pair, &[("label", &label), ("value", &value)]);
        Pair { label, value, line }
    }

    fn section(
        &self,
        heading: Label,
        list: Option<(Option<String>, Vec<Item>)>,
    ) -> Option<Section> {
        let (caption, items) = list?;
        Some(Section {
            heading: Some(self.label(heading)),
            blocks: vec![Block::List { caption, items }],
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
        let values = [
            ("scheme", self.money(totals.scheme_share)),
            ("weight", self.number(totals.scheme_share)),
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
        let parts = parts_of_claim(decision);
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
        let list = |caption, items| Block::List {
            caption: Some(self.label(caption)),
            items,
        };
        if let Some((_, items)) = self.reasons(&line.reasons) {
            blocks.push(list(Label::Reasons, items));
        }
        let steps = self.steps(node, &line.reasons);
        if !steps.is_empty() {
            blocks.push(list(Label::Steps, steps));
        }
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

    /// Reasons as a list, with their codes; none if there are no reasons.
    fn reasons(&self, reasons: &[Reason]) -> Option<(Option<String>, Vec<Item>)> {
        let item = |reason: &Reason| Item {
            text: format!("{} {}", self.message(reason), self.codes(reason)),
            effect: Some(reason.effect),
            items: Vec::new(),
        };
        (!reasons.is_empty()).then(|| (None, reasons.iter().map(item).collect()))
    }

    /// The steps of a node that are not among the reasons told already, and of its parts.
    fn steps(&self, node: Option<&TraceNode>, told: &[Reason]) -> Vec<Item> {
        let Some(node) = node else { return Vec::new() };
        let facts = node.facts.iter().filter(|fact| !told.contains(fact));
        let mut items: Vec<Item> = facts
            .map(|fact| Item {
                text: self.message(fact),
                effect: Some(fact.effect),
                items: Vec::new(),
            })
            .collect();
        // The parts of the claim have sections of their own.
        if node.subject != Subject::Claim {
            items.extend(node.children.iter().map(|child| Item {
                text: self.node_title(child),
                effect: None,
                items: self.steps(Some(child), &[]),
            }));
        }
        items
    }

    fn node_title(&self, node: &TraceNode) -> String {
        let id = clean(&node.id);
        match node.subject {
            Subject::Policy => self.fill(Label::Policy, &[("policy", &id)]),
            Subject::Claim | Subject::Line => self.fill(Label::Other, &[("id", &id)]),
        }
    }

    fn node(&self, node: &TraceNode) -> Section {
        let items = self.steps(Some(node), &[]);
        let blocks = if items.is_empty() {
            vec![Block::Text(self.label(Label::NotStated))]
        } else {
            vec![Block::List {
                caption: None,
                items,
            }]
        };
        Section {
            heading: Some(self.node_title(node)),
            blocks,
        }
    }

    fn ledger(&self, decision: &Decision) -> Section {
        let mut blocks = Vec::new();
        if decision.consumption.is_empty() {
            blocks.push(Block::Text(self.label(Label::LedgerNothing)));
        }
        for entry in &decision.consumption {
            blocks.push(Block::List {
                caption: Some(self.entry_title(entry)),
                items: self.entry(entry),
            });
        }
        Section {
            heading: Some(self.label(Label::Ledger)),
            blocks,
        }
    }

    fn entry_title(&self, entry: &LedgerEntry) -> String {
        let or_not_stated =
            |text: Option<String>| text.unwrap_or_else(|| self.label(Label::NotStated));
        self.fill(
            Label::LedgerEntry,
            &[
                ("policy", &clean(&entry.policy)),
                (
                    "product",
                    &or_not_stated(entry.product.as_deref().map(clean)),
                ),
                ("person", &clean(&entry.person)),
                ("date", &or_not_stated(entry.date.map(|day| self.date(day)))),
            ],
        )
    }

    fn entry(&self, entry: &LedgerEntry) -> Vec<Item> {
        let categories = &entry.categories;
        let categories = [
            ("surgery", categories.surgery),
            ("delivery", categories.delivery),
            ("antenatal", categories.antenatal),
            ("hospitalization", categories.hospitalization),
            ("consultation", categories.consultation),
            ("visit", categories.visit),
        ];
        let mut lines = vec![
            self.pair(Label::LedgerDeducted, self.care(&entry.deducted)),
            self.pair(Label::LedgerRemunerated, self.care(&entry.remunerated)),
        ];
        for (category, amount) in categories {
            let Some(amount) = amount else { continue };
            let category = self.word("category", category);
            let label = self.fill(Label::LedgerCategory, &[("category", &category)]);
            lines.push(self.own_pair(label, self.number(amount)));
        }
        let mut texts: Vec<String> = lines.into_iter().map(|pair| pair.line).collect();
        if entry.held {
            texts.push(self.label(Label::LedgerHeld));
        }
        if entry.reversed {
            texts.push(self.label(Label::LedgerReversed));
        }
        let plain = |text| Item {
            text,
            effect: None,
            items: Vec::new(),
        };
        texts.into_iter().map(plain).collect()
    }

    fn care(&self, amounts: &CareAmounts) -> String {
        let general = self.number(amounts.general);
        let visits = [
            ("hospital", amounts.inpatient),
            ("other", amounts.outpatient),
        ];
        visits
            .into_iter()
            .fold(general, |written, (visit, part)| match part {
                None => written,
                Some(part) => self.fill(
                    Label::LedgerVisit,
                    &[
                        ("amount", &written),
                        ("visit", &self.word("visit", visit)),
                        ("part", &self.number(part)),
                    ],
                ),
            })
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

/// Who bears a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bearer {
    Scheme,
    Patient,
    Facility,
}

impl Bearer {
    const fn name(self) -> &'static str {
        match self {
            Self::Scheme => "scheme",
            Self::Patient => "patient",
            Self::Facility => "facility",
        }
    }
}

/// A part of what was asked.
struct Part {
    name: &'static str,
    bearer: Bearer,
    amount: Decimal,
}

/// The parts whose bearer is the same in every line.
fn fixed_parts(amounts: &AmountsDocument) -> Vec<Part> {
    use Bearer::{Facility, Patient};
    let part = |(name, bearer, amount): (_, _, Amount)| Part {
        name,
        bearer,
        amount: amount.decimal(),
    };
    [
        ("price_adjustment", Facility, amounts.price_adjustment),
        ("review_adjustment", Facility, amounts.review_adjustment),
        ("quantity_cut", Patient, amounts.quantity_cut),
        ("fixed_cut", Patient, amounts.fixed_cut),
        ("deductible", Patient, amounts.deductible),
        ("co_insurance", Patient, amounts.co_insurance),
        ("category_excess", Patient, amounts.category_excess),
        ("ceiling_excess", Patient, amounts.ceiling_excess),
    ]
    .map(part)
    .into()
}

fn parts_of_line(line: &LineDecision) -> Vec<Part> {
    let mut parts = fixed_parts(&line.amounts);
    let to_patient = line.reasons.iter().any(|reason| {
        let group = reason.carc.as_ref().map(|carc| carc.group);
        reason.effect == Effect::Rejects && group.is_some_and(CarcGroup::to_patient)
    });
    parts.push(Part {
        name: "rejected",
        bearer: if to_patient {
            Bearer::Patient
        } else {
            Bearer::Facility
        },
        amount: line.amounts.rejected.decimal(),
    });
    parts.push(Part {
        name: if line.remunerated.is_none() {
            "weight"
        } else {
            "payable"
        },
        bearer: Bearer::Scheme,
        amount: line.amounts.payable.decimal(),
    });
    parts
}

/// The parts of all lines: what is rejected by its bearer, what the scheme pays by whether it does
/// so now. They are split by the lines and completed by the totals, so that they add up to what
/// the decision says even if its lines do not.
fn parts_of_claim(decision: &Decision) -> Vec<Part> {
    let totals = &decision.totals.amounts;
    let of_lines = |name: &str, bearer: Bearer| -> Decimal {
        let parts = decision.lines.iter().flat_map(parts_of_line);
        parts
            .filter(|part| part.name == name && part.bearer == bearer)
            .fold(Decimal::ZERO, |sum, part| sum.saturating_add(part.amount))
    };
    let to_patient = of_lines("rejected", Bearer::Patient);
    let weight = of_lines("weight", Bearer::Scheme);
    let mut parts = fixed_parts(totals);
    let mut push = |name, bearer, amount| {
        parts.push(Part {
            name,
            bearer,
            amount,
        })
    };
    push("rejected", Bearer::Patient, to_patient);
    push(
        "rejected",
        Bearer::Facility,
        totals.rejected.decimal().saturating_sub(to_patient),
    );
    push(
        "payable",
        Bearer::Scheme,
        totals.payable.decimal().saturating_sub(weight),
    );
    push("weight", Bearer::Scheme, weight);
    parts
}

/// The parts of a trace that no section has told yet.
struct Nodes<'d> {
    root: Option<&'d TraceNode>,
    rest: Vec<&'d TraceNode>,
}

impl<'d> Nodes<'d> {
    fn of(decision: &'d Decision) -> Self {
        let root = decision.trace.as_ref();
        Self {
            root,
            rest: root
                .map(|root| root.children.iter().collect())
                .unwrap_or_default(),
        }
    }

    /// Takes the first node of a subject.
    fn take(&mut self, subject: Subject, id: &str) -> Option<&'d TraceNode> {
        if subject == Subject::Claim {
            return self.root.take();
        }
        let fits = |node: &&TraceNode| node.subject == subject && node.id.as_str() == id;
        let position = self.rest.iter().position(fits)?;
        Some(self.rest.remove(position))
    }

    /// Takes the nodes of all policies.
    fn policies(&mut self) -> impl Iterator<Item = &'d TraceNode> + use<'d> {
        let (policies, rest): (Vec<_>, Vec<_>) = self
            .rest
            .drain(..)
            .partition(|node| node.subject == Subject::Policy);
        self.rest = rest;
        policies.into_iter()
    }

    /// Takes what is left.
    fn rest(&mut self) -> impl Iterator<Item = &'d TraceNode> + use<'d> {
        std::mem::take(&mut self.rest).into_iter()
    }
}
