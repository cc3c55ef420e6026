//! Who takes part, and what is counted, in hundredths of a person.

use rust_decimal::Decimal;

use super::super::table::Set;
use super::rows::{CapitationRows, ClaimRow, FacilityRow, LineRow, LocationRow};
use super::switches::CapitationSwitch;
use crate::calendar::{Calendar, Day};
use crate::compat::value::Moment;

const PASSED: i16 = 1;
/// Claims of higher status were decided and not rejected.
const CHECKED: i16 = 4;

/// What is counted of the six indicators, persons and families in hundredths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FacilitySums {
    /// Population, families, insured persons and insured families, in hundredths.
    pub people: [i64; 4],
    /// Claims.
    pub visits: i64,
    /// Their amounts.
    pub amount: Decimal,
}

impl FacilitySums {
    /// The six as decimals.
    pub(super) fn all(&self) -> [Decimal; 6] {
        let people = self.people.map(|hundredths| Decimal::new(hundredths, 2));
        let [population, families, insured, insured_families] = people;
        [
            population,
            families,
            insured,
            insured_families,
            Decimal::from(self.visits),
            self.amount,
        ]
    }

    pub(super) fn plus(mut self, other: &Self) -> Self {
        for (sum, more) in self.people.iter_mut().zip(other.people) {
            *sum += more;
        }
        self.visits += other.visits;
        self.amount += other.amount;
        self
    }
}

/// What openIMIS counts on the way.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// Of the product.
    pub product: FacilitySums,
    /// Codes of the facilities that take part.
    pub selected: Vec<String>,
    /// Of each facility, whether it takes part or not.
    pub facilities: Vec<(String, FacilitySums)>,
}

/// Counts under a set of switches.
pub(super) struct Counts<'r> {
    pub(super) rows: &'r CapitationRows,
    pub(super) on: Set<CapitationSwitch>,
    /// First day.
    pub(super) start: Day,
    /// Last day.
    pub(super) end: Day,
}

impl<'r> Counts<'r> {
    pub(super) fn new(rows: &'r CapitationRows, on: Set<CapitationSwitch>) -> Option<Self> {
        let (start, given) = (rows.start_date.day, rows.end_date.day);
        let (year, month, _) = start.ymd();
        let days = Calendar::Gregorian.days_in_month(year, month)?;
        let last = Day::from_ymd(year, month, days)?;
        Some(Self {
            rows,
            on,
            start,
            end: match on.has(CapitationSwitch::EndAsGiven) {
                true => given,
                false => last,
            },
        })
    }

    fn on(&self, switch: CapitationSwitch) -> bool {
        self.on.has(switch)
    }

    fn location(&self, code: &str) -> Option<&'r LocationRow> {
        self.rows.locations.iter().find(|row| row.code == code)
    }

    /// Codes of the product's districts.
    pub(super) fn districts(&self) -> Vec<&'r str> {
        let own = self.location(&self.rows.product.location);
        let Some(own) = own else {
            return Vec::new();
        };
        let locations = self.rows.locations.iter();
        locations
            .filter(|row| row.kind == "D" && row.validity_to.is_none())
            .filter(|row| match own.kind.as_str() {
                "D" => row.code == own.code,
                _ => row.parent.as_ref() == Some(&own.code),
            })
            .map(|row| row.code.as_str())
            .collect()
    }

    /// Current villages of these districts.
    fn villages(&self) -> Vec<&'r LocationRow> {
        let districts = self.districts();
        let locations = self.rows.locations.iter();
        locations
            .filter(|row| row.kind == "V" && row.validity_to.is_none())
            .filter(|row| {
                let ward = row.parent.as_deref().and_then(|ward| self.location(ward));
                let district = ward.and_then(|ward| ward.parent.as_deref());
                district.is_some_and(|district| districts.contains(&district))
            })
            .collect()
    }

    fn of_level(&self, facility: &FacilityRow) -> bool {
        let levels = self.rows.params.levels();
        levels.is_empty()
            || levels.iter().any(|(level, sublevel)| {
                facility.level == *level
                    && sublevel.is_none_or(|sub| facility.sub_level.as_deref() == Some(sub))
            })
    }

    /// The facilities that take part, in the order given.
    pub(super) fn selected(&self) -> Vec<&'r FacilityRow> {
        let districts = self.districts();
        let facilities = self.rows.health_facilities.iter();
        facilities
            .filter(|facility| facility.validity_to.is_none())
            .filter(|facility| {
                let mut here = districts.contains(&facility.location.as_str());
                here = here && self.of_level(facility);
                let levels = !self.rows.params.levels().is_empty();
                if levels && self.on(CapitationSwitch::ClaimNeeded) {
                    let mut claims = self.rows.claims.iter();
                    here = here && claims.any(|claim| claim.health_facility == facility.code);
                }
                here || self.on(CapitationSwitch::Elsewhere) && self.elsewhere(facility)
            })
            .filter(|facility| {
                let mixed = self.on(CapitationSwitch::SublevelMixed);
                if !mixed || !self.rows.params.any_sublevel() {
                    return true;
                }
                let mut levels = self.rows.params.levels().into_iter();
                let own = facility.sub_level.as_deref();
                levels.any(|(level, sublevel)| {
                    facility.level == level
                        && (own.is_none() || sublevel.is_some() && own == sublevel)
                })
            })
            .collect()
    }

    /// Has the facility claims of the product in the period?
    fn elsewhere(&self, facility: &FacilityRow) -> bool {
        let end = self.cutoff();
        let mut claims = self.rows.claims.iter();
        self.of_level(facility)
            && claims.any(|claim| {
                let decided = claim.date_processed;
                claim.health_facility == facility.code
                    && claim.validity_to.is_none()
                    && decided.is_some_and(|at| self.rows.start_date < at && at <= end)
                    && claim.lines.iter().any(|line| self.own(line))
            })
    }

    /// A current line of the product.
    fn own(&self, line: &LineRow) -> bool {
        line.validity_to.is_none() && line.product.as_ref() == Some(&self.rows.product.code)
    }

    /// The last moment that counts.
    fn cutoff(&self) -> Moment {
        Moment {
            day: self.end,
            seconds: match self.on(CapitationSwitch::LastDayCut) {
                true => 0,
                false => u32::MAX,
            },
        }
    }

    /// Claims of the period with the amounts of their lines.
    pub(super) fn claims(&self) -> impl Iterator<Item = (&'r ClaimRow, Decimal)> {
        let ignored = self.on(CapitationSwitch::StatusIgnored);
        let (first, last) = (self.rows.start_date, self.cutoff());
        self.rows.claims.iter().filter_map(move |claim| {
            let at = claim.process_stamp?;
            let counts = ignored || claim.validity_to.is_none() && claim.status > CHECKED;
            if at < first || at > last || !counts || !self.of_care(claim) {
                return None;
            }
            let lines = claim.lines.iter().filter(|line| self.own(line));
            let mut lines = lines
                .filter(|line| ignored || line.status == PASSED)
                .peekable();
            lines.peek()?;
            let amounts = lines.filter_map(|line| line.price_valuated);
            Some((claim, amounts.map(|amount| amount.0).sum()))
        })
    }

    /// Is the claim of the plan's kind of care?
    fn of_care(&self, claim: &ClaimRow) -> bool {
        let by_level = self.rows.product.ceiling_interpretation.as_deref() == Some("H");
        let mut facilities = self.rows.health_facilities.iter();
        let hospital = match by_level {
            true => facilities.any(|f| f.code == claim.health_facility && f.level == "H"),
            false => claim.date_to.is_some_and(|to| to.day > claim.date_from.day),
        };
        match self.rows.params.claim_type.as_str() {
            // openIMIS would, and breaks down before it does.
            _ if self.on(CapitationSwitch::CareTypeCrash) => true,
            "I" => hospital,
            "O" => !hospital,
            _ => true,
        }
    }

    /// Families with a policy in force: village and insured persons of each.
    pub(super) fn insured(&self) -> impl Iterator<Item = (&'r str, u32)> {
        let day = match self.on(CapitationSwitch::FirstDay) {
            true => self.start,
            false => self.end,
        };
        self.rows.families.iter().flat_map(move |family| {
            let policies = family.policies.iter().filter(move |policy| {
                policy.validity_to.is_none()
                    && policy.product == self.rows.product.code
                    && policy.effective_date.day <= day
                    && day <= policy.expiry_date.day
            });
            policies.map(|policy| (family.village.as_str(), policy.insured))
        })
    }

    /// What a facility has.
    pub(super) fn facility(&self, facility: &FacilityRow) -> FacilitySums {
        let mut sums = FacilitySums::default();
        let [population, families, persons, insured] = &mut sums.people;
        let whole = |hundredths: i64| match self.on(CapitationSwitch::WholePersons) {
            true => hundredths / 100 * 100,
            false => hundredths,
        };
        let current = facility.catchments.iter();
        for part in current.filter(|part| part.validity_to.is_none()) {
            let village = self.location(&part.village);
            let Some(village) = village.filter(|village| village.validity_to.is_none()) else {
                continue;
            };
            let percent = i64::from(part.catchment);
            *population += whole(i64::from(village.population()) * percent);
            *families += whole(i64::from(village.families.unwrap_or(0)) * percent);
            if !self.on(CapitationSwitch::InsuredJoined) {
                let here = self.insured().filter(|(code, _)| *code == village.code);
                for (_, count) in here {
                    *persons += i64::from(count) * percent;
                    *insured += percent;
                }
            }
        }
        if self.on(CapitationSwitch::InsuredJoined) {
            let villages = self.villages();
            for (code, count) in self.insured() {
                if villages.iter().any(|village| village.code == code) {
                    let each = self.joined(facility, code) * 100;
                    *persons += each * i64::from(count);
                    *insured += each;
                }
            }
        }
        if self.of_level(facility) {
            for (claim, amount) in self.claims() {
                if claim.health_facility == facility.code {
                    sums.visits += 1;
                    sums.amount += amount;
                }
            }
        }
        sums
    }

    /// What one policy adds to a facility: two joins multiply the rows of both.
    fn joined(&self, facility: &FacilityRow, village: &str) -> i64 {
        let rows = facility.catchments.iter();
        let own = rows.filter(|row| row.village == village).count();
        let all = self.rows.health_facilities.iter();
        let all = all.flat_map(|facility| &facility.catchments);
        let all = all.filter(|row| row.village == village && row.validity_to.is_none());
        let (mut sum, mut count) = (0_i64, 0_i64);
        for row in all {
            sum += i64::from(row.catchment);
            count += 1;
        }
        let own = i64::try_from(own).unwrap_or(i64::MAX);
        sum * own * (own * count) / 100
    }

    /// The whole, as openIMIS counts it: of the product, not of the facilities.
    pub(super) fn product(&self) -> FacilitySums {
        let mut sums = FacilitySums::default();
        let [population, families, persons, insured] = &mut sums.people;
        let villages = self.villages();
        for village in &villages {
            let complete = village.complete() || !self.on(CapitationSwitch::NullPopulation);
            if complete {
                *population += i64::from(village.population()) * 100;
            }
            *families += i64::from(village.families.unwrap_or(0)) * 100;
        }
        for (code, count) in self.insured() {
            if villages.iter().any(|village| village.code == code) {
                *persons += i64::from(count) * 100;
                *insured += 100;
            }
        }
        for (_, amount) in self.claims() {
            sums.visits += 1;
            sums.amount += amount;
        }
        sums
    }
}
