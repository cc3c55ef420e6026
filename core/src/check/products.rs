//! Products and their category limits.

use super::Audit;
use super::at::At;
use super::limits::Kind;
use crate::scheme::{CategoryLimit, Product, ServiceCategory, Validity};

impl Audit<'_> {
    pub(super) fn products(&mut self) {
        let scheme = self.scheme;
        let list = At::Root.field("products");
        if scheme.products.is_empty() {
            self.error(
                "product.none",
                &list,
                "a scheme without products pays nothing".to_owned(),
                "add a product",
            );
        }
        self.unique("product", scheme.products.iter().map(|p| &p.code), &list);
        for (position, product) in scheme.products.iter().enumerate() {
            self.product(product, &list.index(position));
        }
    }

    fn product(&mut self, product: &Product, at: &At<'_>) {
        self.validity(product.valid, &at.field("valid"));
        if !share_a_day(product.valid, self.scheme.effective) {
            self.warn(
                "validity.outside",
                &at.field("valid"),
                format!(
                    "the product `{}` is never valid while the scheme is",
                    product.code
                ),
                "compare it with the scheme's `effective`",
            );
        }
        self.ages(product.age_limits, &at.field("age_limits"));
        if let Some(limits) = &product.deductible {
            self.limits(Kind::Deductible, limits, &at.field("deductible"));
        }
        if let Some(limits) = &product.ceiling {
            self.limits(Kind::Ceiling, limits, &at.field("ceiling"));
        }
        let categories = at.field("category_limits");
        for category in ServiceCategory::COUNTED {
            if let Some(limit) = product.category_limits.of(category) {
                self.category_limit(limit, &categories.field(category.name()));
            }
        }
        if product.benefits.is_empty() {
            self.warn(
                "product.no_benefits",
                at,
                format!("the product `{}` covers nothing", product.code),
                "add `benefits`",
            );
        }
        self.benefits(&product.benefits, &at.field("benefits"));
        self.enrolment(product, &at.field("enrolment"));
        self.payment(product, at);
    }

    fn category_limit(&mut self, limit: &CategoryLimit, at: &At<'_>) {
        if limit.max_claims.is_none() && limit.max_amount.is_none() {
            self.error(
                "limit.empty",
                at,
                "a category limit needs `max_claims` or `max_amount`".to_owned(),
                "write a limit, or remove the category",
            );
        }
        if limit.max_claims == Some(0) {
            self.zero_limit(&at.field("max_claims"));
        }
        if let Some(amount) = limit.max_amount {
            self.amount(amount, &at.field("max_amount"));
            if amount.is_zero() {
                self.zero_limit(&at.field("max_amount"));
            }
        }
        self.window(
            limit.claims_window,
            limit.max_claims.is_some(),
            &at.field("claims_window"),
        );
        if let Some(window) = limit.amount_window {
            self.window(
                window,
                limit.max_amount.is_some(),
                &at.field("amount_window"),
            );
        }
    }

    /// 0 is legal, and rarely meant.
    pub(super) fn zero_limit(&mut self, at: &At<'_>) {
        self.warn(
            "limit.zero",
            at,
            "a limit of 0 allows none".to_owned(),
            "leave the field out for no limit",
        );
    }
}

/// Is there a day in both? A reversed range is reported elsewhere.
fn share_a_day(a: Validity, b: Validity) -> bool {
    let before = |one: Validity, other: Validity| match (one.to, other.from) {
        (Some(to), Some(from)) => to < from,
        _ => false,
    };
    !before(a, b) && !before(b, a)
}
