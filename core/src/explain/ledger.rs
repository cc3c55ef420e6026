//! What a decision uses up, in words.

use super::page::{Block, Item, Section};
use super::vocabulary::Label;
use super::words::{Words, clean};
use crate::claim::{CareAmounts, LedgerEntry};
use crate::decision::Decision;

impl Words<'_> {
    /// What the decision consumes.
    pub(super) fn ledger(&self, decision: &Decision) -> Section {
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
}
