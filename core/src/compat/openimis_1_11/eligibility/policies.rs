//! Claims and amounts left of the policy that answers.

use rust_decimal::Decimal;

use super::{EligibilityColumns, EligibilityReplay, EligibilitySwitch, Enquiry};
use crate::calendar::Day;
use crate::compat::openimis_1_11::rows::{period, product};
use crate::compat::rows::{MembershipRow, PastClaimRow, PolicyRow, ProductRow};
use crate::compat::value::Number;

/// What is left for surgery, delivery and consultation claims: the ones that are looked at.
pub(super) struct Left {
    surgery: (Option<i64>, Option<Decimal>),
    delivery: (Option<i64>, Option<Decimal>),
    consultation: (Option<i64>, Option<Decimal>),
}

impl Left {
    /// Of the category of a service, as openIMIS writes it.
    pub(super) fn of(&self, category: &str) -> Option<(Option<i64>, Option<Decimal>)> {
        match category {
            "S" => Some(self.surgery),
            "D" => Some(self.delivery),
            "C" => Some(self.consultation),
            _ => None,
        }
    }
}

impl<'a> Enquiry<'a> {
    /// Fills in the columns of the policy that answers; `None` if there is none.
    pub(super) fn policy(&self, columns: &mut EligibilityColumns) -> Option<Left> {
        let Some((product, membership)) = self.answering() else {
            for total in [
                &mut columns.total_admissions_left,
                &mut columns.total_visits_left,
                &mut columns.total_consultations_left,
                &mut columns.total_surgeries_left,
                &mut columns.total_deliveries_left,
                &mut columns.total_antenatal_left,
            ] {
                *total = Some(0);
            }
            for amount in [
                &mut columns.consultation_amount_left,
                &mut columns.surgery_amount_left,
                &mut columns.delivery_amount_left,
                &mut columns.hospitalization_amount_left,
                &mut columns.antenatal_amount_left,
            ] {
                *amount = Some(Number::default());
            }
            return None;
        };
        columns.product = Some(product.code.clone());
        let claims = |maximum, category| self.claims_left(maximum, category, membership);
        columns.total_admissions_left = claims(product.max_no_hospitalization, "H");
        columns.total_visits_left = claims(product.max_no_visits, "V");
        columns.total_consultations_left = claims(product.max_no_consultation, "C");
        columns.total_surgeries_left = claims(product.max_no_surgery, "S");
        columns.total_deliveries_left = claims(product.max_no_delivery, "D");
        columns.total_antenatal_left = claims(product.max_no_antenatal, "A");
        let zero = self.has(EligibilitySwitch::ZeroAmount);
        let amount = |amount: Option<Number>| amount.filter(|amount| zero || !amount.is_zero());
        columns.consultation_amount_left = amount(product.max_amount_consultation);
        columns.surgery_amount_left = amount(product.max_amount_surgery);
        columns.delivery_amount_left = amount(product.max_amount_delivery);
        columns.hospitalization_amount_left = amount(product.max_amount_hospitalization);
        columns.antenatal_amount_left = amount(product.max_amount_antenatal);
        let both = |claims, amount: Option<Number>| (claims, amount.map(|amount| amount.0));
        Some(Left {
            surgery: both(columns.total_surgeries_left, columns.surgery_amount_left),
            delivery: both(columns.total_deliveries_left, columns.delivery_amount_left),
            consultation: both(
                columns.total_consultations_left,
                columns.consultation_amount_left,
            ),
        })
    }

    /// The product and membership that answer: of those that cover today, or of all, the last to
    /// expire; of equals the first policy under `standard`, the first product in openIMIS.
    fn answering(&self) -> Option<(&'a ProductRow, &'a MembershipRow)> {
        let EligibilityReplay {
            snapshot,
            asked,
            today,
        } = self.asks;
        let input = &snapshot.input;
        let any = self.has(EligibilitySwitch::AnyPolicyAnswers);
        let mut found: Option<(Option<Day>, usize, &ProductRow, &MembershipRow)> = None;
        let policies = input
            .policies
            .iter()
            .filter(|row| row.validity_to.is_none());
        let pairs = policies.flat_map(|policy| {
            let own = policy.insuree_policies.iter();
            let own = own.filter(|row| row.insuree == asked.chf_id);
            own.map(move |membership| (policy, membership))
        });
        for (policy, membership) in pairs {
            let Some(product) = product(input, &policy.product) else {
                continue;
            };
            let answers = match any {
                true => product.validity_to.is_none(),
                false => covers(policy, membership, today),
            };
            if !answers {
                continue;
            }
            // Without a day of expiry a row sorts before all others.
            let expiry = membership.expiry_date.map(|moment| moment.day);
            let place = match any {
                true => input
                    .products
                    .iter()
                    .position(|row| std::ptr::eq(row, product)),
                false => None,
            };
            let place = place.unwrap_or(0);
            let later = found.is_none_or(|(best, at, ..)| {
                let rank = |day: Option<Day>| (day.is_none(), day);
                rank(expiry) > rank(best) || (expiry == best && place < at)
            });
            if later {
                found = Some((expiry, place, product, membership));
            }
        }
        found.map(|(_, _, product, membership)| (product, membership))
    }

    /// Does the product pay one more claim of the category?
    pub(super) fn open(
        &self,
        product: &ProductRow,
        category: Option<&str>,
        membership: &MembershipRow,
    ) -> bool {
        let category = category.unwrap_or("V");
        let maximum = match category {
            "S" => product.max_no_surgery,
            "D" => product.max_no_delivery,
            "A" => product.max_no_antenatal,
            "H" => product.max_no_hospitalization,
            "C" => product.max_no_consultation,
            _ => product.max_no_visits,
        };
        let category = match category {
            "S" | "D" | "A" | "H" | "C" => category,
            _ => "V",
        };
        self.claims_left(maximum, category, membership) != Some(0)
    }

    fn claims_left(
        &self,
        maximum: Option<i64>,
        category: &str,
        membership: &MembershipRow,
    ) -> Option<i64> {
        let negative = self.has(EligibilitySwitch::NegativeIsNone);
        let maximum = maximum.filter(|maximum| negative || *maximum >= 0)?;
        let claims = self.asks.snapshot.input.history.claims.iter();
        let counted = claims.filter(|past| self.counts_claim(past, category, membership));
        let count = i64::try_from(counted.count()).unwrap_or(i64::MAX);
        Some(maximum.saturating_sub(count).max(0))
    }

    fn counts_claim(
        &self,
        past: &PastClaimRow,
        category: &str,
        membership: &MembershipRow,
    ) -> bool {
        let own =
            past.insuree == self.asks.asked.chf_id && past.status > 2 && past.validity_to.is_none();
        let own_category = match past.category.as_deref() {
            None | Some("O" | "") if !self.has(EligibilitySwitch::NullCategory) => Some("V"),
            given => given,
        };
        let inside = || {
            let date = past.date_to.or(past.date_from);
            date.is_some_and(|date| {
                period(membership.effective_date, membership.expiry_date, date.day).is_some()
            })
        };
        let all = self.has(EligibilitySwitch::ClaimsOfAllTimes);
        let rejected = self.has(EligibilitySwitch::RejectedServices) && {
            let passes = past
                .services
                .iter()
                .any(|row| row.validity_to.is_none() && row.rejection_reason.unwrap_or(0) == 0);
            !past.services.is_empty() && !passes
        };
        own && own_category == Some(category) && (all || inside()) && !rejected
    }
}

/// Does the policy cover the person today?
fn covers(policy: &PolicyRow, membership: &MembershipRow, today: Day) -> bool {
    matches!(policy.status, Some(2 | 8))
        && membership.validity_to.is_none()
        && period(policy.effective_date, policy.expiry_date, today).is_some()
        && period(membership.effective_date, membership.expiry_date, today).is_some()
}
