//! Contributions that must have been made before benefits are due (such as 12 of the last 18
//! months).

use std::collections::BTreeSet;

use super::answer::QualifyingAnswer;
use super::product::Terms;
use super::remark::Remark;
use super::request::PremiumRequest;
use crate::calendar::Day;
use crate::error::Error;

/// Counts the months with a contribution among the last ones before the month of the question.
pub(super) fn qualifying(
    terms: &Terms<'_>,
    request: &PremiumRequest,
    reasons: &mut Vec<Remark>,
) -> Result<Option<QualifyingAnswer>, Error> {
    let Some(rule) = terms.enrolment.qualifying else {
        return Ok(None);
    };
    let calendar = terms.calendar;
    let at = request.as_of.unwrap_or(request.enrolment_date);
    let outside = |path: String| {
        let message = "the scheme's calendar does not reach this day";
        Error::new("calendar.range", path, message)
    };
    let month_of = |day: Day| {
        let (year, month, day) = calendar.ymd(day)?;
        Some((i64::from(year) * 12 + i64::from(month), day))
    };
    let (this, day) = month_of(at).ok_or_else(|| outside("as_of".to_owned()))?;
    let within = i64::from(rule.within_months);
    let mut months = BTreeSet::new();
    for (position, day) in request.contributed.iter().enumerate() {
        let path = || format!("contributed[{position}]");
        let (month, _) = month_of(*day).ok_or_else(|| outside(path()))?;
        if (this - within..this).contains(&month) {
            months.insert(month);
        }
    }
    let found = u16::try_from(months.len()).unwrap_or(u16::MAX);
    let missing = rule.months.saturating_sub(found);
    let first_of_month = at.add_days(1 - i32::try_from(day).unwrap_or(1));
    let code = match missing {
        0 => "qualifying.met",
        _ => "qualifying.missing",
    };
    let remark = Remark::new(code)
        .count("found", found)
        .count("months", rule.months)
        .count("within", rule.within_months);
    reasons.push(match missing {
        0 => remark,
        _ => remark.count("missing", missing),
    });
    Ok(Some(QualifyingAnswer {
        required: rule.months,
        within_months: rule.within_months,
        from: calendar.add_months(first_of_month, -i32::from(rule.within_months)),
        to: first_of_month.add_days(-1),
        found,
        missing,
        met: missing == 0,
    }))
}
