//! Who is in the household, and how each is charged (DOMAIN A.8, B.3 P1 and P2).

use rustc_hash::FxHashSet;

use super::answer::ChargedAs;
use super::product::Terms;
use super::remark::Remark;
use super::request::{Member, PremiumRequest};
use crate::calendar::Day;
use crate::conventions::{AgeRule, MembersKept, PremiumAge};
use crate::error::Error;
use crate::scheme::AgeGroup;

/// One member.
pub(super) struct Person<'q> {
    pub(super) member: &'q Member,
    pub(super) adult: bool,
    /// Joined after enrolment.
    pub(super) late: bool,
    pub(super) charged: ChargedAs,
}

impl Person<'_> {
    pub(super) fn group(&self) -> AgeGroup {
        if self.adult {
            AgeGroup::Adult
        } else {
            AgeGroup::Child
        }
    }

    pub(super) fn kept(&self) -> bool {
        self.charged != ChargedAs::BeyondMaximum
    }
}

/// The members in the order of the request, each with how it is charged.
pub(super) fn people<'q>(
    terms: &Terms<'_>,
    request: &'q PremiumRequest,
    reasons: &mut Vec<Remark>,
) -> Result<Vec<Person<'q>>, Error> {
    let mut seen = FxHashSet::default();
    let mut people = Vec::with_capacity(request.members.len());
    let at = match terms.conventions.premium_age {
        PremiumAge::AtEnrolment => request.enrolment_date,
        PremiumAge::AsOf => request.as_of.unwrap_or(request.enrolment_date),
    };
    for (position, member) in request.members.iter().enumerate() {
        if !seen.insert(member.id.as_str()) {
            return Err(Error::new(
                "member.duplicate",
                format!("members[{position}].id"),
                format!("the member `{}` is there already", member.id),
            )
            .with_help("give every member once"));
        }
        if member.birth_date.is_none() {
            reasons.push(Remark::new("member.age_unknown").text("member", &member.id));
        }
        people.push(Person {
            member,
            adult: is_adult(terms, member, at),
            late: member
                .joined
                .is_some_and(|day| day > request.enrolment_date),
            charged: ChargedAs::Person,
        });
    }
    keep(terms, &mut people, reasons);
    charge(terms, &mut people);
    Ok(people)
}

/// Completed years, or the difference of the years; who has no birth date counts as an adult.
fn is_adult(terms: &Terms<'_>, member: &Member, at: Day) -> bool {
    let Some(birth) = member.birth_date else {
        return true;
    };
    let age = match terms.conventions.age {
        AgeRule::CompletedYears => terms.calendar.completed_years(birth, at),
        AgeRule::YearDifference => terms.calendar.year(at) - terms.calendar.year(birth),
    };
    age >= terms.age_of_majority
}

/// Marks who is beyond the maximum. Who was there at enrolment is kept before who joined later.
fn keep(terms: &Terms<'_>, people: &mut [Person<'_>], reasons: &mut Vec<Remark>) {
    let size = terms.enrolment.members;
    let count = people.len();
    if let Some(max) = size.max {
        let mut order: Vec<&mut Person<'_>> = people.iter_mut().collect();
        // Stable: ties stay in the order of the request.
        order.sort_by_key(|person| {
            let rank = match (person.member.other_relative, person.adult) {
                (false, true) => 0,
                (false, false) => 1,
                (true, false) => 2,
                (true, true) => 3,
            };
            match terms.conventions.members_kept {
                MembersKept::AdultsFirst => (person.late, None, rank),
                MembersKept::FirstRegistered => (person.late, person.member.joined, 0),
                MembersKept::AsGiven => (person.late, None, 0),
            }
        });
        for person in order.into_iter().skip(usize_of(max)) {
            person.charged = ChargedAs::BeyondMaximum;
            reasons.push(
                Remark::new("member.beyond_maximum")
                    .text("member", &person.member.id)
                    .count("maximum", max),
            );
        }
    }
    if let Some(min) = size.min
        && count < usize_of(min)
    {
        reasons.push(
            Remark::new("members.below_minimum")
                .count("count", i64::try_from(count).unwrap_or(i64::MAX))
                .count("minimum", min),
        );
    }
}

/// Each member once: in the lump sum, as an extra member, as another relative, or by person.
fn charge(terms: &Terms<'_>, people: &mut [Person<'_>]) {
    let premium = &terms.enrolment.premium;
    let mut room = premium.lump_sum.map(|_| match premium.lump_sum_members {
        None => usize::MAX,
        Some(most) => usize_of(most),
    });
    for adult in [true, false] {
        for person in people.iter_mut().filter(|person| person.adult == adult) {
            if !person.kept() {
                continue;
            }
            person.charged = match &mut room {
                _ if person.member.other_relative => ChargedAs::OtherRelative,
                None => ChargedAs::Person,
                Some(0) => ChargedAs::Extra,
                Some(room) => {
                    *room -= 1;
                    ChargedAs::LumpSum
                }
            };
        }
    }
}

/// A count of persons as a length.
pub(super) fn usize_of(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
