//! Deductibles and ceilings.

use super::Audit;
use super::at::At;
use crate::scheme::{Cap, ExtraMembers, Limit, Limits, Scope, Supplement};

/// What a limit limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Deductible,
    Ceiling,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Deductible => "deductible",
            Self::Ceiling => "ceiling",
        }
    }
}

impl Audit<'_> {
    pub(super) fn limits(&mut self, kind: Kind, limits: &Limits, at: &At<'_>) {
        let what = kind.name();
        let apart = limits.inpatient.is_some() || limits.outpatient.is_some();
        if limits.general.is_some() && apart {
            self.error(
                "limit.several",
                at,
                format!("a {what} is general, or apart for in- and out-patient care, not both"),
                "remove `general`, or `inpatient` and `outpatient`",
            );
        } else if limits.general.is_none() && !apart {
            self.error(
                "limit.empty",
                at,
                format!("a {what} needs `general`, `inpatient` or `outpatient`"),
                &format!("write one, or remove the {what}"),
            );
        }
        for (name, limit) in [
            ("general", &limits.general),
            ("inpatient", &limits.inpatient),
            ("outpatient", &limits.outpatient),
        ] {
            if let Some(limit) = limit {
                self.limit(kind, limit, &at.field(name));
            }
        }
        // In scope treatment, nothing earlier counts.
        let counts = [&limits.general, &limits.inpatient, &limits.outpatient]
            .into_iter()
            .flatten()
            .any(|limit| limit.scope != Scope::Treatment);
        let given = limits.general.is_some() || apart;
        self.window(limits.window, counts || !given, &at.field("window"));
    }

    fn limit(&mut self, kind: Kind, limit: &Limit, at: &At<'_>) {
        let amount_at = at.field("amount");
        match limit.amount {
            Cap::Amount(amount) => {
                self.amount(amount, &amount_at);
                if amount.is_zero() && limit.extra_members.is_none() && limit.supplements.is_empty()
                {
                    match kind {
                        Kind::Deductible => self.warn(
                            "limit.zero",
                            &amount_at,
                            "a deductible of 0 takes nothing".to_owned(),
                            "remove it",
                        ),
                        Kind::Ceiling => self.warn(
                            "limit.zero",
                            &amount_at,
                            "with a ceiling of 0 nothing is paid".to_owned(),
                            "write `unlimited` for no ceiling",
                        ),
                    }
                }
            }
            Cap::Unlimited if kind == Kind::Deductible => self.error(
                "limit.unlimited",
                &amount_at,
                "with an unlimited deductible nothing would ever be paid".to_owned(),
                "write an amount, or remove the deductible",
            ),
            Cap::Unlimited => {}
        }
        if let Some(extra) = &limit.extra_members {
            self.extra_members(kind, limit, extra, &at.field("extra_members"));
        }
        let list = at.field("supplements");
        if !limit.supplements.is_empty() && limit.amount == Cap::Unlimited {
            self.error(
                "limit.unlimited",
                &list,
                "nothing can be added to `unlimited`".to_owned(),
                "write an amount, or remove `supplements`",
            );
        }
        for (position, supplement) in limit.supplements.iter().enumerate() {
            self.supplement(supplement, &list.index(position));
        }
        self.unique(
            "supplement",
            limit.supplements.iter().map(|s| &s.code),
            &list,
        );
    }

    fn extra_members(&mut self, kind: Kind, limit: &Limit, extra: &ExtraMembers, at: &At<'_>) {
        if kind == Kind::Deductible {
            self.error(
                "limit.extra_members",
                at,
                "only a ceiling can grow with the family".to_owned(),
                "remove `extra_members`",
            );
        } else if limit.scope != Scope::Policy {
            self.error(
                "limit.extra_members",
                at,
                "only a ceiling of scope `policy` can grow with the family".to_owned(),
                "write `scope: policy`, or remove `extra_members`",
            );
        } else if limit.amount == Cap::Unlimited {
            self.error(
                "limit.unlimited",
                at,
                "nothing can be added to `unlimited`".to_owned(),
                "write an amount, or remove `extra_members`",
            );
        }
        self.amount(extra.amount, &at.field("amount"));
        if extra.amount.is_zero() {
            self.warn(
                "limit.zero",
                &at.field("amount"),
                "extra members who add 0 add nothing".to_owned(),
                "write what each adds, or remove `extra_members`",
            );
        }
        let Some(maximum) = extra.maximum else {
            return;
        };
        self.amount(maximum, &at.field("maximum"));
        if let Cap::Amount(base) = limit.amount
            && maximum < base
        {
            self.warn(
                "limit.maximum",
                &at.field("maximum"),
                format!("the maximum {maximum} is below the amount {base} without extra members, so a large family gets less"),
                "write a maximum of at least the amount",
            );
        }
    }

    fn supplement(&mut self, supplement: &Supplement, at: &At<'_>) {
        self.amount(supplement.amount, &at.field("amount"));
        self.person(&supplement.patient, &at.field("patient"));
    }
}
