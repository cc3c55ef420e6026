//! The answer to an enquiry in words.

use super::build::name_of;
use super::page::{Block, Item, Page, Section};
use super::vocabulary::Label;
use super::words::{Words, clean};
use crate::decision::Reason;
use crate::eligibility::{
    Between, CategoryAnswer, ElementAnswer, EligibilityAnswer, Instead, LimitAnswer, Other,
    PolicyAnswer,
};
use crate::number::Amount;
use crate::scheme::CounterWindow;

impl Words<'_> {
    /// The whole answer.
    pub(super) fn enquiry(&self, answer: &EligibilityAnswer) -> Page {
        let dates = match answer.date_from == answer.date_to {
            true => self.date(answer.date_from),
            false => {
                let (from, to) = (self.date(answer.date_from), self.date(answer.date_to));
                self.fill(Label::FromTo, &[("from", &from), ("to", &to)])
            }
        };
        let mut head = vec![
            self.pair(Label::Patient, clean(&answer.patient)),
            self.pair(Label::Visit, dates),
            self.pair(Label::Facility, clean(&answer.facility)),
        ];
        let as_of = answer.provenance.as_of.map(|day| self.date(day));
        head.extend(as_of.map(|day| self.pair(Label::AsOf, day)));
        let mut first = vec![Block::Pairs(head)];
        if !answer.findings.is_empty() {
            first.push(list(self.told(&answer.findings)));
        }
        let mut sections = vec![Section {
            heading: None,
            blocks: first,
        }];
        sections.extend(
            answer
                .policies
                .iter()
                .map(|policy| self.policy_left(policy)),
        );
        let items: Vec<Item> = answer.elements.iter().map(|e| self.element(e)).collect();
        sections.push(Section {
            heading: Some(self.label(Label::Elements)),
            blocks: vec![match items.is_empty() {
                true => Block::Text(self.label(Label::NoElements)),
                false => list(items),
            }],
        });
        Page {
            title: self.label(Label::EnquiryTitle),
            sections,
        }
    }

    fn told(&self, reasons: &[Reason]) -> Vec<Item> {
        let items = reasons.iter().map(|reason| Item {
            text: self.message(reason),
            effect: Some(reason.effect),
            items: Vec::new(),
        });
        items.collect()
    }

    fn policy_left(&self, policy: &PolicyAnswer) -> Section {
        let mut items = Vec::new();
        items.extend(
            policy
                .reason
                .as_ref()
                .map(|reason| item(self.message(reason))),
        );
        let deductible = policy.deductible.iter();
        items.extend(deductible.map(|left| self.limit(Label::DeductibleLeft, left)));
        let ceiling = policy.ceiling.iter();
        items.extend(ceiling.map(|left| self.limit(Label::CeilingLeft, left)));
        items.extend(
            policy
                .categories
                .iter()
                .flat_map(|left| self.category_left(left)),
        );
        if policy.covers && items.len() == 1 {
            items.push(item(self.label(Label::NothingLimited)));
        }
        let heading = self.fill(Label::Policy, &[("policy", &clean(&policy.policy))]);
        Section {
            heading: Some(heading),
            blocks: vec![list(items)],
        }
    }

    fn limit(&self, label: Label, left: &LimitAnswer) -> Item {
        let values = [
            ("left", self.money(left.left)),
            ("limit", self.money(left.limit)),
            ("care", self.word("limit_care", &name_of(left.care))),
            ("scope", self.word("scope", &name_of(left.scope))),
            ("window", self.window(left.window)),
        ];
        self.item(label, &values)
    }

    fn category_left(&self, left: &CategoryAnswer) -> Vec<Item> {
        let category = self.word("category", &name_of(left.category));
        let claims = left.claims.as_ref().map(|claims| {
            let values = [
                ("category", category.clone()),
                ("left", self.number(claims.left)),
                ("maximum", self.number(claims.maximum)),
                ("window", self.window(claims.window)),
            ];
            self.item(Label::ClaimsLeft, &values)
        });
        let amount = left.amount.as_ref().map(|amount| {
            let window = match amount.window {
                Some(window) => self.window(window),
                None => self.label(Label::EachClaim),
            };
            let values = [
                ("category", category.clone()),
                ("left", self.money(amount.left)),
                ("limit", self.money(amount.limit)),
                ("window", window),
            ];
            self.item(Label::CategoryLeft, &values)
        });
        claims.into_iter().chain(amount).collect()
    }

    fn element(&self, element: &ElementAnswer) -> Item {
        let kind = self.word("kind", &name_of(element.kind));
        let covered = match (element.covered, element.awaits_index) {
            (true, false) => Label::ElementCovered,
            (true, true) => Label::ElementWeighed,
            (false, _) => Label::ElementNotCovered,
        };
        let values = [
            ("kind", kind),
            ("code", clean(&element.code)),
            (
                "price",
                element
                    .price
                    .map_or_else(String::new, |price| self.money(price)),
            ),
            ("scheme", self.money(element.pays)),
            ("patient", self.money(element.patient_pays)),
        ];
        let mut top = self.item(covered, &values);
        top.items = self.told(&element.reasons);
        let quantity = element.quantity.as_ref().map(|quantity| {
            let values = [
                ("left", self.quantity(quantity.left)),
                ("limit", self.quantity(quantity.limit)),
                ("window", self.window(quantity.window)),
            ];
            self.item(Label::QuantityLeft, &values)
        });
        top.items.extend(quantity);
        let maximum = element.line_maximum.map(|maximum| {
            let values = [("maximum", self.quantity(maximum))];
            self.item(Label::LineMaximum, &values)
        });
        top.items.extend(maximum);
        if !element.covered {
            top.items.push(match element.earliest {
                Some(day) => self.item(Label::Earliest, &[("date", self.date(day))]),
                None => item(self.label(Label::NoEarliest)),
            });
        }
        top.items
            .extend(element.instead.iter().map(|other| self.instead(other)));
        top.items.extend(
            element
                .between
                .as_ref()
                .map(|between| self.between(between)),
        );
        top
    }

    fn instead(&self, instead: &Instead) -> Item {
        let outcome = match instead.covered {
            true => {
                let scheme = self.money(instead.pays);
                let patient = self.money(instead.patient_pays);
                self.fill(
                    Label::WouldPay,
                    &[("scheme", &scheme), ("patient", &patient)],
                )
            }
            false => self.label(Label::WouldNotCover),
        };
        match &instead.with {
            Other::Referral => self.item(Label::WithReferral, &[("outcome", outcome)]),
            Other::Facility { level, code } => {
                let values = [
                    ("level", self.word("level", &name_of(level))),
                    ("code", clean(code)),
                    ("outcome", outcome),
                ];
                self.item(Label::AtFacility, &values)
            }
        }
    }

    fn between(&self, between: &Between) -> Item {
        let label = match between.surely_covered {
            true => Label::BetweenCovered,
            false => Label::BetweenOpen,
        };
        let amount = |amount: Amount| self.money(amount);
        let values = [
            ("least", amount(between.at_least)),
            ("most", amount(between.at_most)),
        ];
        self.item(label, &values)
    }

    fn window(&self, window: CounterWindow) -> String {
        match window {
            CounterWindow::PolicyPeriod => self.word("window", "policy_period"),
            CounterWindow::CalendarYear => self.word("window", "calendar_year"),
            CounterWindow::FiscalYear => self.word("window", "fiscal_year"),
            CounterWindow::Lifetime => self.word("window", "lifetime"),
            CounterWindow::RollingDays(days) => {
                self.fill(Label::WindowDays, &[("days", &self.number(days))])
            }
        }
    }

    fn item(&self, label: Label, values: &[(&str, String)]) -> Item {
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        item(self.fill(label, &values))
    }
}

fn item(text: String) -> Item {
    Item {
        text,
        effect: None,
        items: Vec::new(),
    }
}

fn list(items: Vec<Item>) -> Block {
    Block::List {
        caption: None,
        items,
    }
}
