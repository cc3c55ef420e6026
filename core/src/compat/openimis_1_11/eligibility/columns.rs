//! The columns of openIMIS's answer.

use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::code::Code;
use crate::compat::conformance::Difference;
use crate::compat::value::Number;
use crate::scheme::ElementKind;

/// `EligibilityResponse`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EligibilityColumns {
    /// Code of the product that answers.
    pub product: Option<Code>,
    /// Hospitalization claims left; NULL = as many as wanted.
    pub total_admissions_left: Option<i64>,
    /// Visits left.
    pub total_visits_left: Option<i64>,
    /// Consultation claims left.
    pub total_consultations_left: Option<i64>,
    /// Surgery claims left.
    pub total_surgeries_left: Option<i64>,
    /// Delivery claims left.
    pub total_deliveries_left: Option<i64>,
    /// Antenatal claims left.
    pub total_antenatal_left: Option<i64>,
    /// Most for a consultation claim; NULL = not limited.
    pub consultation_amount_left: Option<Number>,
    /// Most for a surgery claim.
    pub surgery_amount_left: Option<Number>,
    /// Most for a delivery claim.
    pub delivery_amount_left: Option<Number>,
    /// Most for a hospitalization claim.
    pub hospitalization_amount_left: Option<Number>,
    /// Most for an antenatal claim.
    pub antenatal_amount_left: Option<Number>,
    /// Day on which the waiting period of the service is over.
    pub min_date_service: Option<Day>,
    /// Day on which the waiting period of the item is over.
    pub min_date_item: Option<Day>,
    /// Units of the service left; NULL = as many as wanted.
    pub service_left: Option<Number>,
    /// Units of the item left.
    pub item_left: Option<Number>,
    /// Whether the item is covered; `standard` leaves it open if it was not asked.
    pub is_item_ok: Option<bool>,
    /// Whether the service is covered.
    pub is_service_ok: Option<bool>,
}

/// How the enquiry breaks down: the class of the Python exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EligibilityCrash {
    /// A row that must be there is not.
    DoesNotExist,
}

impl EligibilityCrash {
    /// Name of the exception.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DoesNotExist => "DoesNotExist",
        }
    }
}

impl EligibilityColumns {
    pub(super) fn shown(&mut self, kind: ElementKind) -> (&mut Option<Day>, &mut Option<Number>) {
        match kind {
            ElementKind::Item => (&mut self.min_date_item, &mut self.item_left),
            ElementKind::Service => (&mut self.min_date_service, &mut self.service_left),
        }
    }

    pub(super) fn covered(&mut self, kind: ElementKind) -> &mut Option<bool> {
        match kind {
            ElementKind::Item => &mut self.is_item_ok,
            ElementKind::Service => &mut self.is_service_ok,
        }
    }

    /// The columns in which two answers differ.
    #[must_use]
    pub fn differences(&self, theirs: &Self) -> Vec<Difference> {
        let pairs = self.named().into_iter().zip(theirs.named());
        pairs
            .filter(|((_, ours), (_, theirs))| ours != theirs)
            .map(|((name, ours), (_, theirs))| Difference {
                path: name.to_owned(),
                ours,
                theirs,
            })
            .collect()
    }

    fn named(&self) -> [(&'static str, String); 18] {
        fn text<T: ToString>(value: Option<T>) -> String {
            value.map_or_else(|| "NULL".to_owned(), |value| value.to_string())
        }
        let number = |value: Option<Number>| text(value.map(|number| number.0.normalize()));
        [
            ("product", text(self.product.as_ref())),
            ("total_admissions_left", text(self.total_admissions_left)),
            ("total_visits_left", text(self.total_visits_left)),
            (
                "total_consultations_left",
                text(self.total_consultations_left),
            ),
            ("total_surgeries_left", text(self.total_surgeries_left)),
            ("total_deliveries_left", text(self.total_deliveries_left)),
            ("total_antenatal_left", text(self.total_antenatal_left)),
            (
                "consultation_amount_left",
                number(self.consultation_amount_left),
            ),
            ("surgery_amount_left", number(self.surgery_amount_left)),
            ("delivery_amount_left", number(self.delivery_amount_left)),
            (
                "hospitalization_amount_left",
                number(self.hospitalization_amount_left),
            ),
            ("antenatal_amount_left", number(self.antenatal_amount_left)),
            ("min_date_service", text(self.min_date_service)),
            ("min_date_item", text(self.min_date_item)),
            ("service_left", number(self.service_left)),
            ("item_left", number(self.item_left)),
            ("is_item_ok", text(self.is_item_ok)),
            ("is_service_ok", text(self.is_service_ok)),
        ]
    }
}
