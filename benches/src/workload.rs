//! A thousand claims of five lines over a catalogue of two hundred codes.

use adjudica::wire::{Format, read_request, read_scheme};
use adjudica::{Request, RuleSet};
use serde::Serialize;
use serde_json::json;

/// Codes in the catalogue.
pub const CODES: usize = 200;
/// Codes without a benefit row: about 4 % of the lines are not covered.
pub const UNCOVERED: usize = 8;
/// Claims.
pub const CLAIMS: usize = 1000;
/// Lines of a claim.
pub const LINES: usize = 5;
/// Deductible of the person for the policy period, in cents.
pub const DEDUCTIBLE: i64 = 5_000;
/// Ceiling of the person for the policy period, in cents.
pub const CEILING: i64 = 60_000;

/// One line: position of its code, and units.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Position of the code.
    pub code: usize,
    /// Units.
    pub quantity: i64,
}

/// One claim: its lines, and what the person used before, in cents.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Lines.
    pub lines: Vec<Line>,
    /// Deductible used before.
    pub deducted: i64,
    /// Ceiling used before.
    pub paid: i64,
}

/// Everything to measure on.
#[derive(Debug)]
pub struct Workload {
    /// Price in cents, by code.
    pub prices: Vec<i64>,
    /// Percentage the scheme pays, by code; `None` = not covered.
    pub percents: Vec<Option<i64>>,
    /// Claims.
    pub claims: Vec<Claim>,
}

/// A small generator with a fixed seed, so that every run measures the same claims.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

impl Default for Workload {
    fn default() -> Self {
        let mut random = Random(20_260_101);
        let number = |n: u64| i64::try_from(n).unwrap_or(0);
        let prices = (0..CODES)
            .map(|_| 500 + number(random.below(20_000)))
            .collect();
        let percents = (0..CODES)
            .map(|code| (code >= UNCOVERED).then(|| [100, 90, 80, 75, 50][code % 5]))
            .collect();
        let claims = (0..CLAIMS)
            .map(|_| Claim {
                lines: (0..LINES)
                    .map(|_| Line {
                        code: usize::try_from(random.below(CODES as u64)).unwrap_or(0),
                        quantity: 1 + number(random.below(3)),
                    })
                    .collect(),
                deducted: if random.below(4) == 0 {
                    DEDUCTIBLE
                } else {
                    number(random.below(5_000))
                },
                paid: number(random.below(60_000)),
            })
            .collect();
        Self {
            prices,
            percents,
            claims,
        }
    }
}

fn cents(amount: i64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}

fn code(position: usize) -> String {
    format!("S{position:04}")
}

impl Workload {
    /// The rule as a scheme.
    pub fn scheme(&self) -> String {
        let services: Vec<_> = (0..CODES)
            .map(|c| json!({"code": code(c), "price": cents(self.prices[c])}))
            .collect();
        let benefits: Vec<_> = (0..CODES)
            .filter_map(|c| {
                let percent = self.percents[c]?;
                Some(json!({"services": [code(c)], "cover": [{"co_insurance": percent.to_string()}]}))
            })
            .collect();
        let entries: Vec<_> = (0..CODES)
            .map(|c| json!({"kind": "service", "code": code(c)}))
            .collect();
        json!({
            "schema": "adjudica/scheme@1", "code": "bench", "version": "1",
            "currency": {"code": "USD", "exponent": 2},
            "catalogue": {"services": services},
            "price_lists": [{"code": "PL", "entries": entries}],
            "facilities": [{"code": "HF1", "level": "hospital", "price_lists": ["PL"]}],
            "products": [{
                "code": "P1",
                "deductible": {"general": {"scope": "insuree", "amount": cents(DEDUCTIBLE)}},
                "ceiling": {"general": {"scope": "insuree", "amount": cents(CEILING)}},
                "benefits": benefits,
            }],
        })
        .to_string()
    }

    /// The rule, compiled.
    pub fn rules(&self) -> RuleSet {
        let scheme = read_scheme(&self.scheme(), Format::Json)
            .expect("the workload's scheme is well-formed");
        RuleSet::compile(scheme).expect("the workload's scheme is valid")
    }

    /// The claims as requests, in text.
    pub fn requests_text(&self) -> Vec<String> {
        self.claims
            .iter()
            .enumerate()
            .map(|(i, claim)| self.request(i, claim).to_string())
            .collect()
    }

    /// The claims as requests.
    pub fn requests(&self) -> Vec<Request> {
        let read =
            |text: &String| read_request(text).expect("the workload's requests are well-formed");
        self.requests_text().iter().map(read).collect()
    }

    fn request(&self, position: usize, claim: &Claim) -> serde_json::Value {
        let lines: Vec<_> = claim
            .lines
            .iter()
            .enumerate()
            .map(|(i, line)| {
                json!({"id": (i + 1).to_string(), "kind": "service", "code": code(line.code),
                       "quantity": line.quantity.to_string(), "price": cents(self.prices[line.code])})
            })
            .collect();
        json!({
            "claim": {"code": format!("C{position:06}"), "date_from": "2025-06-15", "date_to": "2025-06-15",
                      "date_claimed": "2025-06-20", "facility": "HF1", "lines": lines},
            "patient": {"id": "P1", "birth_date": "1990-01-01", "sex": "female"},
            "coverage": [{"policy": "POL1", "product": "P1", "effective": "2025-01-01", "expiry": "2025-12-31",
                          "memberships": [{"person": "P1", "effective": "2025-01-01", "expiry": "2025-12-31"}]}],
            "history": {"ledger": [{"policy": "POL1", "person": "P1", "claim": "OLD",
                                    "deducted": {"general": cents(claim.deducted)},
                                    "remunerated": {"general": cents(claim.paid)}}]},
        })
    }

    /// The claims as the plain baseline reads them: nothing but what its rule needs.
    pub fn plain_text(&self) -> Vec<String> {
        #[derive(Serialize)]
        struct Plain<'a> {
            code: String,
            deducted: i64,
            paid: i64,
            lines: Vec<(String, i64)>,
            #[serde(skip)]
            _claim: &'a Claim,
        }
        self.claims
            .iter()
            .enumerate()
            .map(|(i, claim)| {
                let plain = Plain {
                    code: format!("C{i:06}"),
                    deducted: claim.deducted,
                    paid: claim.paid,
                    lines: claim
                        .lines
                        .iter()
                        .map(|line| (code(line.code), line.quantity))
                        .collect(),
                    _claim: claim,
                };
                serde_json::to_string(&plain).expect("plain claims are text")
            })
            .collect()
    }

    /// Code texts, by position.
    pub fn codes(&self) -> Vec<String> {
        (0..CODES).map(code).collect()
    }
}
