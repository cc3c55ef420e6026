//! Enquiries that openIMIS 1.11 answered.

use serde::Deserialize;

use super::kind::{Judged, Kind, Whom};
use super::vector::Exception;
use super::{Difference, Explained, Fault, Verdict};
use crate::calendar::Day;
use crate::compat::openimis_1_11::{
    EligibilityAnswered, EligibilityAsked, EligibilityColumns, EligibilityReplay,
    EligibilitySwitches,
};
use crate::compat::read::Reading;
use crate::compat::snapshot::Snapshot;
use crate::compat::value::{Moment, Number};
use crate::conventions::Preset;
use crate::eligibility::{
    About, CategoryAnswer, EligibilityAnswer, EligibilityRequest, PolicyAnswer, REQUEST_SCHEMA,
    eligibility,
};
use crate::error::Error;
use crate::number::Amount;
use crate::ruleset::RuleSet;
use crate::scheme::{ElementKind, ServiceCategory};
use crate::wire::{Format, read};

/// A snapshot with an enquiry and its recorded answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EligibilityVector {
    /// The rows.
    pub snapshot: Snapshot,
    /// What was asked.
    pub asked: EligibilityAsked,
    /// `today` of the installation.
    pub today: Day,
    /// What was answered.
    pub recorded: Result<EligibilityColumns, Exception>,
}

impl Kind for EligibilityVector {
    fn parse(text: &str) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Probe {
            config: Config,
            input: Input,
            expected: Expected,
        }
        #[derive(Deserialize)]
        struct Config {
            today: Moment,
        }
        #[derive(Deserialize)]
        struct Input {
            request: EligibilityAsked,
        }
        #[derive(Deserialize)]
        struct Expected {
            exception: Option<Exception>,
            #[serde(flatten)]
            columns: EligibilityColumns,
        }
        let snapshot = Snapshot::parse(text)?;
        let Probe {
            config,
            input,
            expected,
        } = read(text, Format::Json)?;
        Ok(Self {
            snapshot,
            asked: input.request,
            today: config.today.day,
            recorded: expected.exception.map_or(Ok(expected.columns), Err),
        })
    }

    fn judge(&self, whom: Whom) -> Result<Vec<Judged>, Fault> {
        let replay = EligibilityReplay {
            snapshot: &self.snapshot,
            asked: &self.asked,
            today: self.today,
        };
        let ours = match whom {
            Whom::OpenImis => replay.answer(EligibilitySwitches::ALL)?,
            Whom::Ours(preset) => Ok(self.ours(preset)?),
        };
        let differences = self.differences(&ours);
        let mut verdict = Verdict {
            id: self.snapshot.id.clone().unwrap_or_default(),
            equal: differences.is_empty(),
            unexplained: differences.clone(),
            differences,
            explained_by: Vec::new(),
            carried: false,
            smallest: false,
        };
        if whom == Whom::Ours(Preset::Standard) {
            // From what we answer to the replay without switches, and from that with all of them
            // to what is recorded, nothing may be left.
            let standard = replay.answer(EligibilitySwitches::NONE)?;
            verdict.unexplained = between(&ours, &standard);
            let openimis = replay.answer(EligibilitySwitches::ALL)?;
            verdict.unexplained.extend(self.differences(&openimis));
            let (set, smallest) = replay.attribute()?;
            let switches = set.iter();
            verdict.explained_by = switches
                .map(|switch| Explained::by(switch, Number::default()))
                .collect();
            verdict.smallest = smallest;
        }
        Ok(vec![Judged { run: "", verdict }])
    }
}

fn between(ours: &EligibilityAnswered, theirs: &EligibilityAnswered) -> Vec<Difference> {
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => ours.differences(theirs),
        _ if ours == theirs => Vec::new(),
        _ => {
            let name = |answer: &EligibilityAnswered| match answer {
                Ok(_) => String::new(),
                Err(crash) => crash.name().to_owned(),
            };
            vec![exception(name(ours), name(theirs))]
        }
    }
}

fn exception(ours: String, theirs: String) -> Difference {
    Difference {
        path: "exception".to_owned(),
        ours,
        theirs,
    }
}

impl EligibilityVector {
    fn differences(&self, ours: &EligibilityAnswered) -> Vec<Difference> {
        match (ours, &self.recorded) {
            (Ok(ours), Ok(recorded)) => ours.differences(recorded),
            (Err(crash), Err(recorded)) if crash.name() == recorded.kind => Vec::new(),
            (ours, recorded) => {
                let ours = ours.as_ref().err().map_or("", |crash| crash.name());
                let theirs = recorded.as_ref().err().map_or("", |e| e.kind.as_str());
                vec![exception(ours.to_owned(), theirs.to_owned())]
            }
        }
    }

    /// What we answer under a preset, in openIMIS's columns.
    fn ours(&self, preset: Preset) -> Result<EligibilityColumns, Fault> {
        let day = Moment {
            day: self.today,
            seconds: 0,
        };
        let claim = self.asked.as_claim(Some(day));
        let Reading {
            scheme, request, ..
        } = self.snapshot.read_claim(&claim)?.with_preset(preset);
        let rules = RuleSet::compile(scheme)?;
        let mut enquiry = EligibilityRequest {
            schema: REQUEST_SCHEMA.to_owned(),
            date_from: self.today,
            date_to: None,
            facility: request.claim.facility,
            visit_type: request.claim.visit_type,
            referred: None,
            diagnoses: Vec::new(),
            about: About::Everything,
            patient: request.patient,
            coverage: request.coverage,
            history: request.history,
            as_of: None,
        };
        let mut columns = EligibilityColumns::default();
        policy(&enquiry, &eligibility(&rules, &enquiry)?, &mut columns);
        for kind in [ElementKind::Item, ElementKind::Service] {
            let Some(code) = self.asked.code(kind).cloned() else {
                continue;
            };
            enquiry.about = match kind {
                ElementKind::Item => About::Item(code),
                ElementKind::Service => About::Service(code),
            };
            let answer = eligibility(&rules, &enquiry)?;
            let Some(element) = answer.elements.first() else {
                continue;
            };
            let left = element.quantity.as_ref();
            let left = left.map(|quantity| Number(quantity.left.decimal()));
            let (date, units, covered) = match kind {
                ElementKind::Item => (
                    &mut columns.min_date_item,
                    &mut columns.item_left,
                    &mut columns.is_item_ok,
                ),
                ElementKind::Service => (
                    &mut columns.min_date_service,
                    &mut columns.service_left,
                    &mut columns.is_service_ok,
                ),
            };
            *date = element.waiting_until;
            *units = left;
            *covered = Some(element.covered);
        }
        Ok(columns)
    }
}

/// The policy that answers is the last to expire of those that cover the day; of equals the first.
/// Without one, nothing is left.
fn policy(
    enquiry: &EligibilityRequest,
    answer: &EligibilityAnswer,
    columns: &mut EligibilityColumns,
) {
    let expiry = |policy: &PolicyAnswer| {
        let row = enquiry
            .coverage
            .iter()
            .find(|row| row.policy == policy.policy);
        let own = row.into_iter().flat_map(|row| &row.memberships);
        let own = own.filter(|membership| {
            let from = membership
                .effective
                .is_some_and(|day| day <= enquiry.date_from);
            membership.person == enquiry.patient.id && from
        });
        own.filter_map(|membership| membership.expiry).max()
    };
    let covering = answer.policies.iter().filter(|policy| policy.covers).rev();
    let shown = covering.max_by_key(|policy| expiry(policy));
    columns.product = shown.map(|policy| policy.product.clone());
    let category = |category: ServiceCategory| {
        shown.and_then(|policy| {
            policy
                .categories
                .iter()
                .find(|left| left.category == category)
        })
    };
    let claims = |of: ServiceCategory| match shown {
        Some(_) => category(of)?
            .claims
            .as_ref()
            .map(|claims| i64::from(claims.left)),
        None => Some(0),
    };
    let amount = |of: ServiceCategory| match shown {
        Some(_) => category(of).and_then(amount_left),
        None => Some(Number::default()),
    };
    columns.total_admissions_left = claims(ServiceCategory::Hospitalization);
    columns.total_visits_left = claims(ServiceCategory::Visit);
    columns.total_consultations_left = claims(ServiceCategory::Consultation);
    columns.total_surgeries_left = claims(ServiceCategory::Surgery);
    columns.total_deliveries_left = claims(ServiceCategory::Delivery);
    columns.total_antenatal_left = claims(ServiceCategory::Antenatal);
    columns.consultation_amount_left = amount(ServiceCategory::Consultation);
    columns.surgery_amount_left = amount(ServiceCategory::Surgery);
    columns.delivery_amount_left = amount(ServiceCategory::Delivery);
    columns.hospitalization_amount_left = amount(ServiceCategory::Hospitalization);
    columns.antenatal_amount_left = amount(ServiceCategory::Antenatal);
}

fn amount_left(left: &CategoryAnswer) -> Option<Number> {
    let left: Amount = left.amount.as_ref()?.left;
    Some(Number(left.decimal()))
}
