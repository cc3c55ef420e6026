//! Whether a policy is in force, and from when (DOMAIN A.9 activation and late members, B.3 P6).

use super::answer::{ActivationAnswer, ActivationReason, PeriodAnswer};
use super::members::Person;
use super::premium::part;
use super::product::{Terms, minus, plus};
use super::remark::Remark;
use super::request::{PremiumPayment, PremiumRequest};
use crate::calendar::Day;
use crate::conventions::CoverBegins;
use crate::error::Error;
use crate::money::Money;

/// What a policy comes into force by.
pub(super) struct Paying<'w, 'r> {
    pub(super) terms: &'w Terms<'r>,
    pub(super) request: &'w PremiumRequest,
    pub(super) period: &'w PeriodAnswer,
}

/// How far the payments in time reach.
enum Reached {
    /// To what is needed, on this day.
    On(Day, Over),
    /// Nothing was needed.
    Nothing,
    /// Only so far.
    Only(Money),
}

/// Whether more was paid than needed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Over(bool);

impl Paying<'_, '_> {
    /// All that was paid, in time or not.
    pub(super) fn paid(&self, household: Money, reasons: &mut Vec<Remark>) -> Result<Money, Error> {
        let mut paid = Money::ZERO;
        for (_, amount) in self.payments()? {
            paid = plus(paid, amount)?;
        }
        let missing = minus(household, paid)?;
        let written = self.terms.write(paid);
        reasons.push(if missing < Money::ZERO {
            Remark::new("payment.over").money("paid", written).money(
                "over",
                self.terms.write(Money::from_minor(-missing.minor())),
            )
        } else {
            Remark::new("payment.paid")
                .money("paid", written)
                .money("outstanding", self.terms.write(missing))
        });
        Ok(paid)
    }

    /// The payments by day, those of one day in the order of the request.
    fn payments(&self) -> Result<Vec<(PremiumPayment, Money)>, Error> {
        let mut payments = Vec::with_capacity(self.request.payments.len());
        for (position, payment) in self.request.payments.iter().enumerate() {
            let path = || format!("payments[{position}].amount");
            payments.push((*payment, self.terms.read(payment.amount, path)?));
        }
        payments.sort_by_key(|(payment, _)| payment.date);
        Ok(payments)
    }

    /// The payments that can put a policy in force: in time, and no more than count.
    fn counting(&self) -> Result<Vec<(PremiumPayment, Money)>, Error> {
        let mut payments = self.payments()?;
        let last = self.period.last_payment.unwrap_or(Day::MAX);
        payments.retain(|(payment, _)| payment.date <= last);
        let rule = self.terms.enrolment.instalments;
        payments.truncate(rule.map_or(usize::MAX, |rule| usize::from(rule.max)));
        Ok(payments)
    }

    /// Why payments did not put the policy in force.
    fn not_counting(&self, reasons: &mut Vec<Remark>) -> Result<(), Error> {
        let rule = self.terms.enrolment.instalments;
        let most = rule.map_or(usize::MAX, |rule| usize::from(rule.max));
        for (position, (payment, amount)) in self.payments()?.into_iter().enumerate() {
            let remark = match (self.period.last_payment, rule) {
                (Some(last), _) if payment.date > last => {
                    Remark::new("payment.late").day("last", last)
                }
                (_, Some(rule)) if position >= most => {
                    Remark::new("payment.too_many").count("most", rule.max)
                }
                _ => continue,
            };
            reasons.push(
                remark
                    .day("date", payment.date)
                    .money("amount", self.terms.write(amount)),
            );
        }
        Ok(())
    }

    fn reached(needed: Money, payments: Vec<(PremiumPayment, Money)>) -> Result<Reached, Error> {
        if needed == Money::ZERO {
            return Ok(Reached::Nothing);
        }
        let mut counted = Money::ZERO;
        let mut reached = None;
        for (payment, amount) in payments {
            counted = plus(counted, amount)?;
            if counted >= needed && reached.is_none() {
                reached = Some(payment.date);
            }
        }
        Ok(match reached {
            Some(day) => Reached::On(day, Over(counted > needed)),
            None => Reached::Only(counted),
        })
    }

    /// The day from which a policy covers that was paid, enforced or confirmed on `day`.
    fn begins(&self, day: Day, more: bool) -> Day {
        let start = self.period.start;
        match self.terms.conventions.cover_begins {
            CoverBegins::Start => start,
            CoverBegins::Payment => day,
            CoverBegins::PaymentIfMore if more => day,
            CoverBegins::LaterOfStartAndPayment | CoverBegins::PaymentIfMore => start.max(day),
        }
    }

    fn needed(&self, household: Money) -> Result<Money, Error> {
        part(
            self.terms,
            household,
            self.terms.enrolment.activation.percent,
        )
    }

    /// Whether the policy is in force, by what the household owes for its first members.
    pub(super) fn activation(
        &self,
        household: Money,
        reasons: &mut Vec<Remark>,
    ) -> Result<ActivationAnswer, Error> {
        let needed = self.needed(household)?;
        let reached = Self::reached(needed, self.counting()?)?;
        if matches!(reached, Reached::Only(_)) {
            self.not_counting(reasons)?;
        }
        let (because, effective, remark) = match (reached, self.request.enforced) {
            (Reached::Nothing, _) => {
                let effective = self.period.start;
                let remark = Remark::new("activation.nothing_due").day("effective", effective);
                (ActivationReason::NothingDue, effective, remark)
            }
            (Reached::On(day, over), _) => {
                let effective = self.begins(day, over.0);
                let remark = Remark::new("activation.paid").day("date", day);
                let remark = remark.day("effective", effective);
                (ActivationReason::Paid, effective, remark)
            }
            (Reached::Only(_), Some(day)) => {
                let effective = self.begins(day, true);
                let remark = Remark::new("activation.enforced").day("date", day);
                let remark = remark.day("effective", effective);
                (ActivationReason::Enforced, effective, remark)
            }
            (Reached::Only(counted), None) => {
                reasons.push(
                    Remark::new("activation.unpaid")
                        .money("needed", self.terms.write(needed))
                        .money("counted", self.terms.write(counted)),
                );
                return Ok(inactive(ActivationReason::Unpaid));
            }
        };
        reasons.push(remark);
        if !self.terms.enrolment.activation.needs_confirmation {
            return Ok(active(because, effective));
        }
        let Some(day) = self.request.confirmed else {
            reasons.push(Remark::new("activation.unconfirmed"));
            return Ok(inactive(ActivationReason::Unconfirmed));
        };
        let effective = effective.max(self.begins(day, false));
        reasons.push(
            Remark::new("activation.confirmed")
                .day("date", day)
                .day("effective", effective),
        );
        Ok(active(because, effective))
    }

    /// From when members who joined after enrolment are covered: once the whole of what the
    /// household then owes is paid, whenever that is, or an officer enforces the policy after they
    /// joined.
    pub(super) fn late(
        &self,
        household: Money,
        effective: Option<Day>,
        people: &[Person<'_>],
        reasons: &mut Vec<Remark>,
    ) -> Result<Late, Error> {
        let paid = match Self::reached(self.needed(household)?, self.payments()?)? {
            Reached::Nothing => effective,
            Reached::On(day, _) => effective.map(|effective| effective.max(day)),
            Reached::Only(_) => None,
        };
        let enforced = self.request.enforced.filter(|_| effective.is_some());
        let late = Late { paid, enforced };
        for person in people.iter().filter(|person| person.late && person.kept()) {
            let joined = person.member.joined.unwrap_or(self.request.enrolment_date);
            let remark = match late.covers(joined) {
                Some(day) => Remark::new("member.late").day("effective", day),
                None => Remark::new("member.late_unpaid"),
            };
            reasons.push(
                remark
                    .text("member", &person.member.id)
                    .day("joined", joined),
            );
        }
        Ok(late)
    }
}

/// What covers members who joined after enrolment.
pub(super) struct Late {
    /// The day from which all that is owed for them is paid and the policy in force.
    paid: Option<Day>,
    /// The day on which an officer put the policy in force.
    enforced: Option<Day>,
}

impl Late {
    /// First day of cover of someone who joined on this day.
    pub(super) fn covers(&self, joined: Day) -> Option<Day> {
        let paid = self.paid.map(|day| day.max(joined));
        paid.or(self.enforced.filter(|day| *day >= joined))
    }
}

fn active(because: ActivationReason, effective: Day) -> ActivationAnswer {
    ActivationAnswer {
        active: true,
        effective: Some(effective),
        because,
    }
}

fn inactive(because: ActivationReason) -> ActivationAnswer {
    ActivationAnswer {
        active: false,
        effective: None,
        because,
    }
}
