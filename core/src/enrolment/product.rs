//! The product that a policy is of, and amounts in the scheme's currency.

use crate::calendar::Calendar;
use crate::claim::PolicyStage;
use crate::code::Code;
use crate::conventions::Conventions;
use crate::error::{Error, shorten};
use crate::money::{Money, Rounding};
use crate::number::Amount;
use crate::ruleset::RuleSet;
use crate::scheme::{Enrolment, Product};

use super::remark::Remark;

/// Products that a renewal is led through at most (DOMAIN A.9).
pub(crate) const MOST_CONVERSIONS: usize = 20;

/// What every step of an answer needs.
pub(super) struct Terms<'r> {
    pub(super) product: &'r Product,
    pub(super) enrolment: &'r Enrolment,
    pub(super) calendar: Calendar,
    pub(super) conventions: Conventions,
    pub(super) age_of_majority: i32,
    exponent: u8,
    pub(super) rounding: Rounding,
}

impl<'r> Terms<'r> {
    /// The terms of a policy: of the product asked for, or, for a renewal, of the product that it
    /// is converted to. Also the products that conversion led through.
    pub(super) fn find(
        rules: &'r RuleSet,
        code: &Code,
        stage: PolicyStage,
        reasons: &mut Vec<Remark>,
    ) -> Result<(Self, Vec<Code>), Error> {
        let scheme = rules.scheme();
        let (mut product, mut enrolment) = find(rules, code, "product")?;
        let mut passed = Vec::new();
        if stage == PolicyStage::Renewed {
            while let Some(next) = &enrolment.conversion_product {
                if passed.len() == MOST_CONVERSIONS {
                    return Err(Error::new(
                        "conversion.endless",
                        "product",
                        format!("conversion from `{code}` never ends"),
                    ));
                }
                reasons.push(
                    Remark::new("renewal.converted")
                        .text("from", &product.code)
                        .text("to", next),
                );
                passed.push(product.code.clone());
                (product, enrolment) = find(rules, next, "product")?;
            }
        }
        let terms = Self {
            product,
            enrolment,
            calendar: scheme.calendar,
            conventions: Conventions::of(&scheme.conventions),
            age_of_majority: i32::from(scheme.age_of_majority),
            exponent: scheme.currency.exponent,
            rounding: scheme.currency.rounding,
        };
        Ok((terms, passed))
    }

    /// A document amount in minor units.
    pub(super) fn read(
        &self,
        amount: Amount,
        path: impl FnOnce() -> String,
    ) -> Result<Money, Error> {
        let (code, problem, help) = if amount.is_negative() {
            (
                "amount.negative",
                "is negative",
                "write an amount of zero or more".to_owned(),
            )
        } else if let Some(money) = Money::read(amount, self.exponent) {
            return Ok(money);
        } else {
            let help = format!("the currency has {} decimals", self.exponent);
            ("amount.places", "does not fit the currency", help)
        };
        Err(Error::new(code, path(), format!("`{amount}` {problem}")).with_help(help))
    }

    /// An amount of the scheme, whose check has seen it.
    pub(super) fn own(&self, amount: Amount) -> Result<Money, Error> {
        self.read(amount, String::new)
    }

    /// As a document amount.
    pub(super) fn write(&self, money: Money) -> Amount {
        money.write(self.exponent)
    }

    /// Minor units of one unit of the currency.
    pub(super) fn whole_unit(&self) -> i64 {
        10_i64.pow(u32::from(self.exponent))
    }
}

fn find<'r>(
    rules: &'r RuleSet,
    code: &Code,
    path: &str,
) -> Result<(&'r Product, &'r Enrolment), Error> {
    let mut products = rules.scheme().products.iter();
    let Some(product) = products.find(|product| product.code == *code) else {
        let message = format!("the scheme has no product `{}`", shorten(code));
        return Err(Error::new("product.unknown", path, message)
            .with_help("write the code of a product of the scheme"));
    };
    let Some(enrolment) = &product.enrolment else {
        let message = format!(
            "the product `{}` says nothing about enrolment",
            product.code
        );
        return Err(Error::new("enrolment.absent", path, message)
            .with_help("add `enrolment` to the product in the scheme"));
    };
    Ok((product, enrolment))
}

/// Numbers so large that money no longer fits.
pub(super) fn too_large() -> Error {
    Error::new("amount.range", "", "the premium is too large to count")
}

/// `a + b`.
pub(super) fn plus(a: Money, b: Money) -> Result<Money, Error> {
    a.checked_add(b).ok_or_else(too_large)
}

/// `a - b`.
pub(super) fn minus(a: Money, b: Money) -> Result<Money, Error> {
    let difference = a.minor().checked_sub(b.minor());
    difference.map(Money::from_minor).ok_or_else(too_large)
}

/// `each × count`.
pub(super) fn times(each: Money, count: u32) -> Result<Money, Error> {
    let product = each.minor().checked_mul(i64::from(count));
    product.map(Money::from_minor).ok_or_else(too_large)
}
