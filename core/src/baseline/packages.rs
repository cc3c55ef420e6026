//! Packages of the scheme that are billed in parts.

use crate::advisor::{AdvisorInput, InputLine};
use crate::calendar::Day;
use crate::code::Code;
use crate::decision::LineStatus;
use crate::money::Money;
use crate::scheme::{ElementKind, PriceEntry, Scheme, Service, Validity};

/// Parts of a package that are billed singly and together ask for more than the package costs.
#[derive(Debug)]
pub(super) struct Unbundled<'a> {
    pub(super) package: &'a Code,
    pub(super) parts: Vec<&'a InputLine>,
    /// Different parts that are there.
    pub(super) found: usize,
    /// Different parts of the package.
    pub(super) of: usize,
    pub(super) asked: Money,
    pub(super) price: Money,
}

/// The packages that a claim may be billing in parts: it has at least two and more than half of
/// the parts, not the package itself, the facility may claim the package, and the parts ask for
/// more.
pub(super) fn unbundled<'a>(scheme: &'a Scheme, input: &'a AdvisorInput) -> Vec<Unbundled<'a>> {
    let day = input.claim.date_from;
    let services = scheme.catalogue.services.iter();
    services
        .filter(|service| valid(service.valid, day))
        .filter_map(|service| in_parts(scheme, service, input))
        .collect()
}

fn in_parts<'a>(
    scheme: &'a Scheme,
    service: &'a Service,
    input: &'a AdvisorInput,
) -> Option<Unbundled<'a>> {
    let package = service.package.as_ref()?;
    let exponent = scheme.currency.exponent;
    let is =
        |line: &InputLine, kind: ElementKind, code: &Code| line.kind == kind && line.code == *code;
    let whole = |line: &&InputLine| is(line, ElementKind::Service, &service.code);
    if input.lines.iter().any(|line| whole(&line)) {
        return None;
    }
    let passed = input.lines.iter();
    let passed = passed.filter(|line| line.status == LineStatus::Passed);
    let parts: Vec<&InputLine> = passed
        .filter(|line| {
            let mut components = package.components.iter();
            components.any(|part| is(line, part.kind, &part.code))
        })
        .collect();
    let found = package.components.iter();
    let found = found.filter(|part| parts.iter().any(|line| is(line, part.kind, &part.code)));
    let (found, of) = (found.count(), package.components.len());
    if found < 2 || 2 * found <= of {
        return None;
    }
    let price = price(scheme, service, input)?;
    let asked = parts.iter().try_fold(Money::ZERO, |sum, line| {
        sum.checked_add(Money::read(line.amounts.claimed, exponent)?)
    })?;
    (asked > price).then_some(Unbundled {
        package: &service.code,
        parts,
        found,
        of,
        asked,
        price,
    })
}

/// What a package costs at the claim's facility; none if it may not claim it.
fn price(scheme: &Scheme, service: &Service, input: &AdvisorInput) -> Option<Money> {
    let day = input.claim.date_from;
    let mut facilities = scheme.facilities.iter();
    let facility = facilities.find(|f| f.code == input.claim.facility)?;
    let register = Some(service.price);
    let amount = match &facility.price_lists {
        None => register,
        Some(lists) => {
            let known = scheme.price_lists.iter();
            let lists = known.filter(|l| lists.contains(&l.code) && valid(l.valid, day));
            let fits = |entry: &&PriceEntry| {
                entry.kind == ElementKind::Service
                    && entry.code == service.code
                    && valid(entry.valid, day)
            };
            let mut entries = lists.flat_map(|list| &list.entries);
            entries.find(fits)?.price.or(register)
        }
    };
    Money::read(amount?, scheme.currency.exponent)
}

fn valid(valid: Validity, day: Option<Day>) -> bool {
    day.is_none_or(|day| {
        valid.from.is_none_or(|from| from <= day) && valid.to.is_none_or(|to| day <= to)
    })
}
