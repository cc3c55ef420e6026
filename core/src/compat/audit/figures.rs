//! Sums over claims.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::document::{Figures, Group, Remunerated};
use crate::compat::openimis_1_11::Attribution;
use crate::compat::value::Number;

/// An amount with two places at least, and no sign at zero.
pub(super) fn money(mut amount: Decimal) -> Number {
    if amount.is_zero() {
        amount.set_sign_positive(true);
    }
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    Number(amount)
}

/// Adds an amount to a sum.
pub(super) fn add(sum: &mut Number, amount: Decimal) {
    *sum = money(sum.0 + amount);
}

impl Figures {
    /// Counts a claim.
    pub(super) fn add(&mut self, claim: &Attribution) {
        let (openimis, standard) = (claim.openimis_approved.0, claim.standard_approved.0);
        let difference = openimis - standard;
        self.claims += 1;
        self.equal += u64::from(claim.equal);
        self.changed += u64::from(!claim.equal);
        self.unadjudicable += u64::from(claim.openimis.fault().is_some());
        add(&mut self.openimis, openimis);
        add(&mut self.standard, standard);
        add(&mut self.difference, difference);
        if difference > Decimal::ZERO {
            self.overpaid_claims += 1;
            add(&mut self.overpaid, difference);
        } else if difference < Decimal::ZERO {
            self.underpaid_claims += 1;
            add(&mut self.underpaid, -difference);
        }
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.claims += other.claims;
        self.equal += other.equal;
        self.changed += other.changed;
        self.overpaid_claims += other.overpaid_claims;
        self.underpaid_claims += other.underpaid_claims;
        self.unadjudicable += other.unadjudicable;
        add(&mut self.openimis, other.openimis.0);
        add(&mut self.standard, other.standard.0);
        add(&mut self.overpaid, other.overpaid.0);
        add(&mut self.underpaid, other.underpaid.0);
        add(&mut self.difference, other.difference.0);
    }
}

impl Remunerated {
    /// Adds amounts.
    pub(super) fn add(&mut self, openimis: Decimal, standard: Decimal) {
        add(&mut self.openimis, openimis);
        add(&mut self.standard, standard);
        add(&mut self.difference, openimis - standard);
    }
}

/// Figures by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Groups(BTreeMap<String, Figures>);

impl Groups {
    /// Counts a claim of the group with this name.
    pub(super) fn add(&mut self, name: &str, claim: &Attribution) {
        match self.0.get_mut(name) {
            Some(figures) => figures.add(claim),
            None => self.0.entry(name.to_owned()).or_default().add(claim),
        }
    }

    /// Counts what others have counted.
    pub(super) fn merge(&mut self, other: Self) {
        for (name, figures) in other.0 {
            self.0.entry(name).or_default().merge(&figures);
        }
    }

    /// The groups in the order of their names.
    pub(super) fn by_name(self) -> Vec<Group> {
        let groups = self.0.into_iter();
        groups
            .map(|(name, figures)| Group { name, figures })
            .collect()
    }

    /// The groups with the most money wrongly paid first.
    pub(super) fn by_money(self) -> Vec<Group> {
        let mut groups = self.by_name();
        groups.sort_by_key(|group| {
            std::cmp::Reverse(group.figures.overpaid.0 + group.figures.underpaid.0)
        });
        groups
    }
}
