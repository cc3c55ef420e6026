//! Relative prices: the index of a period, and what it pays.

mod calculation;
mod documents;

pub use documents::{
    Care, IndexAnswer, IndexRequest, LeftOut, LeftOutClaim, PaidClaim, PaidLine, Pot, Remainder,
    WaitingClaim, WaitingLine,
};

use super::run::{Asked, PaidOut, RunStatus};
use super::{INDEX_ANSWER, allocation, amount, not_reversed, product, provenance, refuse_repeated};
use crate::error::Error;
use crate::ruleset::RuleSet;
use calculation::Calculation;

/// Calculates the indexes of the periods that end with a month and values the claims that wait
/// (DOMAIN A.6 as intended, SEMANTICS 8).
///
/// For each kind of care whose period ends with the month: what the period earned of the
/// contributions, times the distribution of the period, is the pot. Lines of relative price of the
/// claims decided in the period share it in proportion to their amounts, exactly: the shares add
/// up to the pot. Other lines of these claims are paid their amount.
///
/// # Errors
/// If the request contradicts itself or the scheme: an unknown product, facility or month, a
/// product without relative pricing, a repeated code, a negative amount.
///
/// ```
/// use adjudica::payment::{IndexRequest, index};
/// use adjudica::wire::compile_text;
///
/// let rules = compile_text(r#"
///   schema: adjudica/scheme@1
///   code: small
///   version: "1"
///   currency: {code: TZS, exponent: 2}
///   catalogue: {services: [{code: S, price: "10.00"}]}
///   facilities: [{code: H, level: hospital}]
///   products:
///     - code: P
///       benefits: [{services: [S], price_origin: relative, cover: [{co_insurance: "100"}]}]
///       payment: {relative: {general: {period: month}}}
/// "#)?;
/// let request: IndexRequest = serde_json::from_str(r#"{
///   "run": "2025-01", "product": "P", "year": 2025, "month": 1,
///   "contributions": [{"id": "C", "amount": "365.00", "paid": "2025-01-01",
///     "effective": "2025-01-01", "expiry": "2025-12-31"}],
///   "claims": [{"claim": "A", "facility": "H", "date_from": "2025-01-10",
///     "processed": "2025-01-20",
///     "lines": [{"id": "1", "price_origin": "relative", "amount": "62.00"}]}]
/// }"#)?;
/// let answer = index(&rules, &request)?;
/// // January earns 365.00 x 31 / 365 = 31.00, half of what the line would cost.
/// assert_eq!(answer.pots[0].index.rounded.to_string(), "0.5000");
/// assert_eq!(answer.claims[0].paid.to_string(), "31.00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn index(rules: &RuleSet, request: &IndexRequest) -> Result<IndexAnswer, Error> {
    let product = product(rules, &request.product)?;
    let payment = product.payment.as_ref();
    let rule = payment
        .and_then(|payment| payment.relative.as_ref())
        .ok_or_else(|| {
            Error::new(
                "payment.no_index",
                "product",
                format!("the product `{}` has no relative pricing", product.code),
            )
            .with_help("add `payment.relative` to the product")
        })?;
    let asked = Asked {
        run: &request.run,
        product: &request.product,
        year: request.year,
        month: request.month,
        runs: &request.runs,
        revert: request.revert.as_ref(),
    };
    let earlier = asked.earlier()?;
    let mut answer = IndexAnswer {
        schema: INDEX_ANSWER.to_owned(),
        run: request.run.clone(),
        product: request.product.clone(),
        year: request.year,
        month: request.month,
        status: RunStatus::Refused,
        refusals: earlier.refusals,
        reverted: earlier.reverted,
        allocations: Vec::new(),
        pots: Vec::new(),
        claims: Vec::new(),
        left_out: Vec::new(),
        paid: amount(rules, 0),
        record: None,
        warnings: Vec::new(),
        provenance: provenance(rules, request),
    };
    check(request)?;
    allocation::check(rules, &request.contributions, &mut answer.warnings)?;
    let mut calculation = Calculation::new(rules, product, rule, request);
    calculation.pots()?;
    if !answer.refusals.is_empty() {
        return Ok(answer);
    }
    calculation.share(&earlier.standing)?;
    calculation.finish(&mut answer)?;
    answer.status = match answer.pots.is_empty() {
        true => RunStatus::NotDue,
        false => RunStatus::Calculated,
    };
    answer.record = (answer.status == RunStatus::Calculated).then(|| {
        let paid = answer.claims.iter().map(|claim| PaidOut {
            to: claim.claim.clone(),
            amount: claim.paid,
        });
        asked.record(paid.collect())
    });
    Ok(answer)
}

fn check(request: &IndexRequest) -> Result<(), Error> {
    refuse_repeated("claims", "claim", request.claims.iter().map(|c| &c.claim))?;
    for (position, claim) in request.claims.iter().enumerate() {
        let list = format!("claims[{position}].lines");
        refuse_repeated(&list, "id", claim.lines.iter().map(|line| &line.id))?;
        let path = format!("claims[{position}].date_to");
        not_reversed(claim.date_from, claim.date_to, path)?;
    }
    Ok(())
}
