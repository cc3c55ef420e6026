//! openIMIS 1.11's enquiry (`policy.services.EligibilityService`) over its own rows.
//!
//! As the replay of claims: no switch on gives what [`crate::eligibility()`] answers, written in
//! openIMIS's columns, but found from the rows by other code; every switch on gives what openIMIS
//! 1.11 answers.

mod columns;
mod elements;
mod policies;
mod switches;

pub use columns::{EligibilityColumns, EligibilityCrash};
pub use switches::{ELIGIBILITY_SWITCHES, EligibilitySwitch, EligibilitySwitches};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::rows::{MAJORITY, family_of};
use super::search::{Replayed, Search};
use super::{Answer, Replay, Run, Switches};
use crate::calendar::{Calendar, Day};
use crate::code::Code;
use crate::compat::columns::LineColumns;
use crate::compat::rows::{ClaimRow, LineRow};
use crate::compat::snapshot::Snapshot;
use crate::compat::value::{Moment, Number};
use crate::error::Error;
use crate::scheme::ElementKind;

use elements::Part;

/// What is asked: `EligibilityRequest`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EligibilityAsked {
    /// Insurance number.
    pub chf_id: Code,
    /// Code of an item; NULL = not asked.
    pub item_code: Option<Code>,
    /// Code of a service; NULL = not asked.
    pub service_code: Option<Code>,
}

impl EligibilityAsked {
    /// The code of a kind that is asked about.
    #[must_use]
    pub fn code(&self, kind: ElementKind) -> Option<&Code> {
        match kind {
            ElementKind::Item => self.item_code.as_ref(),
            ElementKind::Service => self.service_code.as_ref(),
        }
    }
}

/// An enquiry over the rows of a snapshot, on a day.
#[derive(Debug, Clone, Copy)]
pub struct EligibilityReplay<'a> {
    /// The rows; its claims are not looked at.
    pub snapshot: &'a Snapshot,
    /// What is asked.
    pub asked: &'a EligibilityAsked,
    /// `today` of the installation.
    pub today: Day,
}

/// What openIMIS answers, or how it breaks down.
pub type EligibilityAnswered = Result<EligibilityColumns, EligibilityCrash>;

impl<'a> EligibilityReplay<'a> {
    /// The answer with some switches on.
    ///
    /// # Errors
    /// If an amount has more digits than can be counted with.
    pub fn answer(&self, on: EligibilitySwitches) -> Result<EligibilityAnswered, Error> {
        let enquiry = Enquiry { asks: *self, on };
        let breaks = on.has(EligibilitySwitch::UnknownBreaks);
        let person = family_of(&self.snapshot.input, &self.asked.chf_id)
            .filter(|(.., person)| person.validity_to.is_none());
        if person.is_none() && breaks {
            return Ok(Err(EligibilityCrash::DoesNotExist));
        }
        let mut columns = EligibilityColumns::default();
        let mut parts = [None, None];
        for (kind, part) in KINDS.into_iter().zip(&mut parts) {
            let Some(code) = self.asked.code(kind) else {
                continue;
            };
            let found = enquiry.register_code(kind, code);
            if found.is_none() && breaks {
                return Ok(Err(EligibilityCrash::DoesNotExist));
            }
            let part = part.insert(enquiry.part(kind, &found.unwrap_or_else(|| code.clone()))?);
            let (date, left) = columns.shown(kind);
            *date = part.until;
            *left = part.left.map(Number);
        }
        let left = enquiry.policy(&mut columns);
        for (kind, part) in KINDS.into_iter().zip(parts) {
            *columns.covered(kind) = enquiry.covered(kind, part, left.as_ref());
        }
        Ok(Ok(columns))
    }

    /// The smallest set of switches that turns the answer of `standard` into openIMIS's, and
    /// whether that is proven.
    ///
    /// # Errors
    /// As [`answer`](Self::answer).
    pub fn attribute(&self) -> Result<(EligibilitySwitches, bool), Error> {
        let compared = Compared {
            replay: *self,
            standard: self.answer(EligibilitySwitches::NONE)?,
            openimis: self.answer(EligibilitySwitches::ALL)?,
        };
        if compared.standard == compared.openimis {
            return Ok((EligibilitySwitches::NONE, true));
        }
        Search::new(&compared).smallest()
    }
}

const KINDS: [ElementKind; 2] = [ElementKind::Item, ElementKind::Service];

struct Compared<'a> {
    replay: EligibilityReplay<'a>,
    standard: EligibilityAnswered,
    openimis: EligibilityAnswered,
}

impl Replayed<EligibilitySwitch> for Compared<'_> {
    fn at(&self, set: EligibilitySwitches) -> Result<(bool, Decimal), Error> {
        let same = self.replay.answer(set)? == self.openimis;
        Ok((same, Decimal::ZERO))
    }

    fn alone(&self, switch: EligibilitySwitch) -> Result<bool, Error> {
        let set = EligibilitySwitches::NONE.with(switch);
        Ok(self.replay.answer(set)? != self.standard)
    }
}

/// An enquiry with its switches.
#[derive(Clone, Copy)]
struct Enquiry<'a> {
    asks: EligibilityReplay<'a>,
    on: EligibilitySwitches,
}

impl<'a> Enquiry<'a> {
    fn has(&self, switch: EligibilitySwitch) -> bool {
        self.on.has(switch)
    }

    /// The person's age group by the columns.
    fn adult(&self) -> bool {
        let EligibilityReplay {
            snapshot,
            asked,
            today,
        } = self.asks;
        let person = family_of(&snapshot.input, &asked.chf_id).map(|(.., person)| person);
        let birth = person.and_then(|person| person.dob);
        let majority = i32::from(snapshot.config.age_of_majority.unwrap_or(MAJORITY));
        match birth {
            Some(birth) => Calendar::default().completed_years(birth.day, today) >= majority,
            None => !self.has(EligibilitySwitch::UnknownAgeIsChild),
        }
    }

    /// A current code of the register, or one that differs in case only.
    fn register_code(&self, kind: ElementKind, code: &Code) -> Option<Code> {
        let input = &self.asks.snapshot.input;
        let current: Vec<&Code> = match kind {
            ElementKind::Item => {
                let rows = input.medical_items.iter();
                let current = rows.filter(|row| row.validity_to.is_none());
                current.map(|row| &row.code).collect()
            }
            ElementKind::Service => {
                let rows = input.medical_services.iter();
                let current = rows.filter(|row| row.validity_to.is_none());
                current.map(|row| &row.code).collect()
            }
        };
        let like = |known: &&&Code| {
            self.has(EligibilitySwitch::AnyCase) && known.to_lowercase() == code.to_lowercase()
        };
        let exact = current.iter().find(|known| **known == code);
        exact
            .or_else(|| current.iter().find(like))
            .map(|code| (*code).clone())
    }

    /// What `standard` makes of a claim for one unit today: the line as it is stored.
    fn line(&self, kind: ElementKind, code: &Code) -> Result<Option<LineColumns>, Error> {
        let today = Some(Moment {
            day: self.asks.today,
            seconds: 0,
        });
        let line = LineRow {
            item: (kind == ElementKind::Item).then(|| code.clone()),
            service: (kind == ElementKind::Service).then(|| code.clone()),
            qty_provided: Some(Number(Decimal::ONE)),
            ..LineRow::default()
        };
        let (items, services) = match kind {
            ElementKind::Item => (vec![line], Vec::new()),
            ElementKind::Service => (Vec::new(), vec![line]),
        };
        let claim = ClaimRow {
            items,
            services,
            ..self.asks.asked.as_claim(today)
        };
        let answer = Replay::new(self.asks.snapshot, Run::Submit).claim(&claim, Switches::NONE)?;
        Ok(stored_line(&answer).cloned())
    }

    /// Is a kind covered? `None` if it was not asked about.
    fn covered(
        &self,
        kind: ElementKind,
        part: Option<Part>,
        left: Option<&policies::Left>,
    ) -> Option<bool> {
        let Some(part) = part else {
            return self
                .has(EligibilitySwitch::NotAskedAnswered)
                .then_some(left.is_some());
        };
        if !self.has(EligibilitySwitch::FoundDecides) {
            return Some(part.passed);
        }
        let Some(left) = left else {
            return Some(false);
        };
        let open = part.left != Some(Decimal::ZERO)
            && part.until.is_none_or(|until| until <= self.asks.today);
        let limited = match kind {
            ElementKind::Item => None,
            ElementKind::Service => part.category.as_deref().and_then(|c| left.of(c)),
        };
        Some(
            open && limited.is_none_or(|(claims, amount)| {
                claims != Some(0) && amount.is_none_or(|amount| amount > Decimal::ZERO)
            }),
        )
    }
}

fn stored_line(answer: &Answer) -> Option<&LineColumns> {
    let columns = &answer.first()?.columns;
    columns.items.iter().chain(&columns.services).next()
}

impl EligibilityAsked {
    /// A claim of the person without lines. Its code is empty, which no row's is.
    #[must_use]
    pub fn as_claim(&self, day: Option<Moment>) -> ClaimRow {
        ClaimRow {
            insuree: self.chf_id.clone(),
            date_from: day,
            ..ClaimRow::default()
        }
    }
}
