//! What a policy costs (DOMAIN A.8 as B.3 P2 and P3 intend it): each member is charged once.

use std::borrow::Cow;

use super::activation;
use super::answer::{
    MemberAnswer, PREMIUM_ANSWER_SCHEMA, PeriodAnswer, PremiumAnswer, PremiumLine, PremiumStep,
};
use super::members::{Person, people};
use super::payers::{instalments, shares};
use super::period::with_terms;
use super::product::{Terms, minus, plus, times, too_large};
use super::qualifying::qualifying;
use super::remark::Remark;
use super::request::PremiumRequest;
use crate::claim::PolicyStage;
use crate::conventions::{PremiumDecimals, PremiumExtras};
use crate::error::Error;
use crate::explain;
use crate::money::{Money, Share};
use crate::number::{Amount, Percent};
use crate::ruleset::RuleSet;
use crate::scheme::{Direction, FeeBasis};

/// What a policy costs, who pays it, and whether it is in force.
///
/// The lines add up to the total, the shares of the payers to the total, and the instalments to
/// the household's share, each to the last minor unit.
///
/// # Errors
/// If the period cannot be found (see [`period`](super::period)); if a member is there twice, an
/// amount does not fit the currency, or more instalments are asked for than allowed; if the
/// language is unknown.
pub fn premium(rules: &RuleSet, request: &PremiumRequest) -> Result<PremiumAnswer, Error> {
    let (terms, period) = with_terms(rules, &request.period())?;
    let mut reasons = Vec::new();
    let people = people(&terms, request, &mut reasons)?;

    let everyone = Counts::of(&terms, &people, |_| true);
    let charge = Charge::of(&terms, request, &period, everyone)?;
    reasons.extend(charge.reasons);
    let total = charge.total;
    let mut payers = shares(&terms, request, total)?;
    reasons.append(&mut payers.reasons);
    let instalments = instalments(&terms, request, &period, payers.household, &mut reasons)?;

    // The policy comes into force by what its first members cost; who joins later waits for his own.
    let mut at_enrolment = payers.household;
    if people.iter().any(|person| person.late) {
        let first = Counts::of(&terms, &people, |person| !person.late);
        let charge = Charge::of(&terms, request, &period, first)?;
        at_enrolment = shares(&terms, request, charge.total)?.household;
    }
    let paying = activation::Paying {
        terms: &terms,
        request,
        period: &period,
    };
    let paid = paying.paid(payers.household, &mut reasons)?;
    let activation = paying.activation(at_enrolment, &mut reasons)?;
    let late = paying.late(
        payers.household,
        activation.effective,
        &people,
        &mut reasons,
    )?;
    let members = people
        .iter()
        .map(|person| MemberAnswer {
            id: person.member.id.clone(),
            group: person.group(),
            charged: person.charged,
            effective: match person.late {
                _ if !person.kept() => None,
                false => activation.effective,
                true => person.member.joined.and_then(|joined| late.covers(joined)),
            },
        })
        .collect();
    let qualifying = qualifying(&terms, request, &mut reasons)?;

    let mut answer = PremiumAnswer {
        schema: Cow::Borrowed(PREMIUM_ANSWER_SCHEMA),
        period,
        members,
        lines: charge.lines,
        total: terms.write(total),
        shares: payers.shares,
        instalments,
        paid: terms.write(paid),
        outstanding: terms.write(minus(payers.household, paid)?.max(Money::ZERO)),
        activation,
        qualifying,
        reasons,
        explanation: None,
    };
    if let Some(language) = &request.language {
        let words = explain::built_in(language)?;
        answer.explanation = Some(explain::premium(&answer, words, rules.scheme()));
    }
    Ok(answer)
}

/// Members by how they are charged.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Of the nuclear family.
    adults: u32,
    children: u32,
    /// Of these, above the members whom the lump sum covers.
    extra_adults: u32,
    extra_children: u32,
    other_adults: u32,
    other_children: u32,
}

impl Counts {
    fn of(terms: &Terms<'_>, people: &[Person<'_>], counts: impl Fn(&Person<'_>) -> bool) -> Self {
        let mut found = Self::default();
        for person in people.iter().filter(|p| p.kept() && counts(p)) {
            let count = match (person.member.other_relative, person.adult) {
                (false, true) => &mut found.adults,
                (false, false) => &mut found.children,
                (true, true) => &mut found.other_adults,
                (true, false) => &mut found.other_children,
            };
            *count = count.saturating_add(1);
        }
        if let Some(most) = terms.enrolment.premium.lump_sum_members {
            found.extra_adults = found.adults.saturating_sub(most);
            let room = most - (found.adults - found.extra_adults);
            found.extra_children = found.children.saturating_sub(room);
        }
        found
    }

    fn all(&self) -> u32 {
        let nuclear = self.adults.saturating_add(self.children);
        nuclear
            .saturating_add(self.other_adults)
            .saturating_add(self.other_children)
    }
}

/// The premium, line by line.
struct Charge<'w, 'r> {
    terms: &'w Terms<'r>,
    counts: Counts,
    lines: Vec<PremiumLine>,
    reasons: Vec<Remark>,
    total: Money,
}

impl<'w, 'r> Charge<'w, 'r> {
    fn of(
        terms: &'w Terms<'r>,
        request: &PremiumRequest,
        period: &PeriodAnswer,
        counts: Counts,
    ) -> Result<Self, Error> {
        let mut charge = Self {
            terms,
            counts,
            lines: Vec::new(),
            reasons: Vec::new(),
            total: Money::ZERO,
        };
        charge.membership()?;
        charge.fees(request)?;
        charge.discount(request, period)?;
        charge.rounding()?;
        charge
            .reasons
            .push(Remark::new("premium.total").money("amount", terms.write(charge.total)));
        Ok(charge)
    }

    fn line(&mut self, line: PremiumLine, amount: Money, reason: Remark) -> Result<(), Error> {
        self.total = plus(self.total, amount)?;
        self.lines.push(line);
        self.reasons.push(reason);
        Ok(())
    }

    /// Members who are charged one by one; no line where there is no price or nobody.
    fn each(
        &mut self,
        step: PremiumStep,
        code: &'static str,
        count: u32,
        each: Option<Amount>,
    ) -> Result<(), Error> {
        let Some(each) = each.filter(|_| count > 0) else {
            return Ok(());
        };
        let each = self.terms.own(each)?;
        let amount = times(each, count)?;
        let (each, written) = (self.terms.write(each), self.terms.write(amount));
        let line = PremiumLine {
            step,
            count: Some(count),
            each: Some(each),
            percent: None,
            amount: written,
        };
        let reason = Remark::new(code)
            .count("count", count)
            .money("each", each)
            .money("amount", written);
        self.line(line, amount, reason)
    }

    /// One amount for the household.
    fn once(
        &mut self,
        step: PremiumStep,
        amount: Amount,
        reason: impl FnOnce(Amount) -> Remark,
    ) -> Result<(), Error> {
        let amount = self.terms.own(amount)?;
        let written = self.terms.write(amount);
        let line = PremiumLine {
            step,
            count: None,
            each: None,
            percent: None,
            amount: written,
        };
        self.line(line, amount, reason(written))
    }

    fn membership(&mut self) -> Result<(), Error> {
        use PremiumStep as S;
        let counts = self.counts;
        let premium = self.terms.enrolment.premium.clone();
        let extras = [
            (
                S::ExtraAdults,
                "premium.extra_adults",
                counts.extra_adults,
                premium.adult,
            ),
            (
                S::ExtraChildren,
                "premium.extra_children",
                counts.extra_children,
                premium.child,
            ),
        ];
        let mut charge_extras = true;
        if let Some(lump_sum) = premium.lump_sum {
            let adults = counts.adults - counts.extra_adults;
            let covered = adults.saturating_add(counts.children - counts.extra_children);
            let most = premium.lump_sum_members;
            self.once(S::LumpSum, lump_sum, |amount| {
                let code = match most {
                    None => "premium.lump_sum",
                    Some(_) => "premium.lump_sum_up_to",
                };
                let remark = Remark::new(code)
                    .money("amount", amount)
                    .count("count", covered);
                match most {
                    None => remark,
                    Some(most) => remark.count("most", most),
                }
            })?;
        } else {
            self.each(S::Adults, "premium.adults", counts.adults, premium.adult)?;
            self.each(
                S::Children,
                "premium.children",
                counts.children,
                premium.child,
            )?;
            charge_extras = self.terms.conventions.premium_extras == PremiumExtras::Twice;
        }
        for (step, code, count, each) in extras {
            self.each(step, code, if charge_extras { count } else { 0 }, each)?;
        }
        self.each(
            S::OtherAdults,
            "premium.other_adults",
            counts.other_adults,
            premium.adult,
        )?;
        self.each(
            S::OtherChildren,
            "premium.other_children",
            counts.other_children,
            premium.child,
        )
    }

    fn fees(&mut self, request: &PremiumRequest) -> Result<(), Error> {
        let enrolment = self.terms.enrolment;
        let all = self.counts.all();
        if let Some(fee) = enrolment.general_assembly {
            let step = PremiumStep::GeneralAssembly;
            match fee.per {
                FeeBasis::Household => self.once(step, fee.amount, |amount| {
                    Remark::new("premium.general_assembly").money("amount", amount)
                })?,
                FeeBasis::Member => {
                    self.each(step, "premium.general_assembly_each", all, Some(fee.amount))?;
                }
            }
        }
        let Some(fee) = enrolment.registration else {
            return Ok(());
        };
        let due = match request.stage {
            PolicyStage::New => true,
            PolicyStage::Renewed => self.registration_again(request, fee.recurrence_months),
        };
        let step = PremiumStep::Registration;
        match fee.per {
            _ if !due => Ok(()),
            FeeBasis::Household => self.once(step, fee.amount, |amount| {
                Remark::new("premium.registration").money("amount", amount)
            }),
            FeeBasis::Member => self.each(step, "premium.registration_each", all, Some(fee.amount)),
        }
    }

    /// Whether a renewal is charged registration: once the recurrence has passed since the last.
    fn registration_again(&mut self, request: &PremiumRequest, months: Option<u16>) -> bool {
        let Some(months) = months else {
            return false;
        };
        let Some(last) = request.previous.and_then(|previous| previous.registered) else {
            self.reasons
                .push(Remark::new("registration.unknown").count("months", months));
            return false;
        };
        let due = self.terms.calendar.add_months(last, i32::from(months));
        let again = request.enrolment_date >= due;
        let code = if again {
            "registration.again"
        } else {
            "registration.not_yet"
        };
        self.reasons
            .push(Remark::new(code).day("last", last).count("months", months));
        again
    }

    /// Less for who enrols or renews early: of the whole premium, fees included.
    fn discount(&mut self, request: &PremiumRequest, period: &PeriodAnswer) -> Result<(), Error> {
        let enrolment = self.terms.enrolment;
        let (discount, before, step, code) = match request.stage {
            PolicyStage::New => (
                enrolment
                    .enrolment_discount
                    .filter(|_| !enrolment.cycles.is_empty()),
                period.start,
                PremiumStep::EnrolmentDiscount,
                "premium.enrolment_discount",
            ),
            PolicyStage::Renewed => (
                enrolment.renewal_discount,
                request
                    .previous
                    .map_or(period.start, |previous| previous.expiry.add_days(1)),
                PremiumStep::RenewalDiscount,
                "premium.renewal_discount",
            ),
        };
        let Some(discount) = discount else {
            return Ok(());
        };
        let months = i32::from(discount.months_before);
        let last = self.terms.calendar.add_months(before, -months);
        if request.enrolment_date > last {
            self.reasons.push(
                Remark::new("discount.missed")
                    .percent("percent", discount.percent)
                    .day("last", last),
            );
            return Ok(());
        }
        let taken = part(self.terms, self.total, discount.percent)?;
        let amount = Money::from_minor(-taken.minor());
        let line = PremiumLine {
            step,
            count: None,
            each: None,
            percent: Some(discount.percent),
            amount: self.terms.write(amount),
        };
        let reason = Remark::new(code)
            .percent("percent", discount.percent)
            .day("last", last)
            .money("amount", self.terms.write(taken));
        self.line(line, amount, reason)
    }

    fn rounding(&mut self) -> Result<(), Error> {
        if self.terms.conventions.premium_decimals == PremiumDecimals::Dropped {
            let rest = self.total.minor() % self.terms.whole_unit();
            self.adjust(PremiumStep::WholeUnits, -rest, None)?;
        }
        let Some(rounding) = self.terms.enrolment.rounding else {
            return Ok(());
        };
        let unit = self.terms.own(rounding.unit)?.minor().max(1);
        let above = self.total.minor() % unit;
        let up = match rounding.direction {
            Direction::Nearest => above >= unit - above,
            Direction::Up => above > 0,
            Direction::Down => false,
        };
        let by = if up { unit - above } else { -above };
        self.adjust(PremiumStep::Rounding, by, Some(rounding.unit))
    }

    /// A line that only rounds; none where there is nothing to round.
    fn adjust(&mut self, step: PremiumStep, by: i64, unit: Option<Amount>) -> Result<(), Error> {
        if by == 0 {
            return Ok(());
        }
        let amount = Money::from_minor(by);
        let written = self.terms.write(amount);
        let line = PremiumLine {
            step,
            count: None,
            each: None,
            percent: None,
            amount: written,
        };
        let reason = match unit {
            None => Remark::new("premium.whole_units").money("amount", written),
            Some(unit) => Remark::new("premium.rounding")
                .money("unit", unit)
                .money("amount", written),
        };
        self.line(line, amount, reason)
    }
}

/// A percentage of an amount, rounded once by the scheme's rule.
pub(super) fn part(terms: &Terms<'_>, amount: Money, percent: Percent) -> Result<Money, Error> {
    let share = Share::read(percent).ok_or_else(too_large)?;
    amount.share(share, terms.rounding).ok_or_else(too_large)
}
