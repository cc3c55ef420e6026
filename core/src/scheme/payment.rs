//! How facilities are paid out of the premium: relative prices and capitation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::catalogue::{CareType, FacilityLevel};
use crate::code::Code;
use crate::number::Percent;

/// How a product pays facilities out of the premium that it earns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// Relative prices; absent = claims with relative prices have no index to wait for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relative: Option<RelativePricing>,
    /// Payment by catchment and use; absent = none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capitation: Option<Capitation>,
}

/// Relative pricing (DOMAIN A.6): a part of the premium earned in a period is a fixed pot, divided
/// over the lines with relative prices in proportion to their amounts. The index that follows may
/// exceed 1. Either `general`, or `inpatient` and `outpatient` apart, each as it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelativePricing {
    /// One pot for all care (openIMIS care type B).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub general: Option<PotRule>,
    /// A pot for hospital visits (openIMIS I).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inpatient: Option<PotRule>,
    /// A pot for other visits (openIMIS O).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outpatient: Option<PotRule>,
    /// Only facilities that one of these selects take part; absent = all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilities: Option<Vec<FacilitySelector>>,
    /// Whether facilities that the product pays by capitation take part as well.
    #[serde(default)]
    pub capitated_facilities: CapitatedFacilities,
}

/// What becomes of the facilities that the product pays by capitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapitatedFacilities {
    /// They take no part: a facility is paid by one or by the other (DOMAIN A.6).
    #[default]
    Excluded,
    /// They take part like any other.
    Included,
}

/// How large a pot is, and how often it is divided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PotRule {
    /// How often it is divided.
    pub period: PaymentPeriod,
    /// Part of the period's premium that goes into the pot, in percent: one percentage for each
    /// period of the year, in order. Absent = 100 in every period; 0 = nothing is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<Vec<Percent>>,
}

/// A period of payment in the scheme's calendar. Periods begin with the year.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PaymentPeriod {
    /// Every month (openIMIS type 12).
    Month,
    /// Every two months.
    TwoMonths,
    /// Every three months (openIMIS type 4).
    Quarter,
    /// Every six months.
    HalfYear,
    /// Every year (openIMIS type 1).
    Year,
}

impl PaymentPeriod {
    /// Months that it lasts.
    #[must_use]
    pub const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::TwoMonths => 2,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }

    /// Periods in a year.
    #[must_use]
    pub const fn in_year(self) -> usize {
        match self {
            Self::Month => 12,
            Self::TwoMonths => 6,
            Self::Quarter => 4,
            Self::HalfYear => 2,
            Self::Year => 1,
        }
    }

    /// Its name in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::TwoMonths => "two_months",
            Self::Quarter => "quarter",
            Self::HalfYear => "half_year",
            Self::Year => "year",
        }
    }
}

/// Capitation (DOMAIN A.7): a share of the premium is divided by up to six indicators, each over
/// the facilities in proportion to what they have of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capitation {
    /// How often it is paid.
    #[serde(default = "month")]
    pub period: PaymentPeriod,
    /// Part of the period's premium that is paid by capitation, in percent.
    pub share: Percent,
    /// Facilities that take part: those that one of these selects, at most four; absent = all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilities: Option<Vec<FacilitySelector>>,
    /// Districts whose facilities take part; absent = all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub districts: Option<Vec<Code>>,
    /// Claims that count as visits and with their amounts.
    #[serde(default)]
    pub care_type: CareType,
    /// How the money is divided over the indicators.
    pub weights: Weights,
}

fn month() -> PaymentPeriod {
    PaymentPeriod::Month
}

/// Parts of the money for each indicator, in percent. They should add up to 100.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Population of the catchment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<Percent>,
    /// Families of the catchment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub families: Option<Percent>,
    /// Insured persons of the catchment, in force on the last day of the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insured_population: Option<Percent>,
    /// Insured families of the catchment, in force on the last day of the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insured_families: Option<Percent>,
    /// Claims of the facility that were processed in the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<Percent>,
    /// Adjusted amounts, price by quantity, of these claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjusted_amount: Option<Percent>,
}

/// Selects facilities by level, and by sub-level if one is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FacilitySelector {
    /// Level.
    pub level: FacilityLevel,
    /// Sub-level; absent = any or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sublevel: Option<Code>,
}

/// A village, the unit of catchments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Village {
    /// Code of the village.
    pub code: Code,
    /// Name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Inhabitants; absent = not known, counts as 0 with a warning where it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u32>,
    /// Families; absent = not known, counts as 0 with a warning where it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub families: Option<u32>,
}

/// A village that a facility serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Catchment {
    /// Code of the village.
    pub village: Code,
    /// Part of the village that it serves, in percent.
    pub percent: Percent,
}

impl Weights {
    /// The weights by name, in the order of the document.
    #[must_use]
    pub fn named(&self) -> [(&'static str, Option<Percent>); 6] {
        [
            ("population", self.population),
            ("families", self.families),
            ("insured_population", self.insured_population),
            ("insured_families", self.insured_families),
            ("visits", self.visits),
            ("adjusted_amount", self.adjusted_amount),
        ]
    }
}
