//! Draws without randomness: a claim's draw is a hash of the seed, the purpose and the claim.

use sha2::{Digest as _, Sha256};

use crate::code::Code;
use crate::number::Percent;

/// The draw of a claim for a purpose. Codes hold no line breaks, so no two draws hash the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Draw([u8; 32]);

impl Draw {
    pub(super) fn new(seed: &Code, purpose: &str, facility: &Code, claim: &Code) -> Self {
        let text = format!("{seed}\n{purpose}\n{facility}\n{claim}");
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// The first 16 hexadecimal digits.
    pub(super) fn shown(&self) -> String {
        let bytes = self.0.iter().take(8);
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }
}

/// How many of `claims` a percentage draws: rounded half up, at least `at_least`, at most all.
pub(super) fn count(claims: u32, percent: Percent, at_least: u32) -> u32 {
    // In ten-thousandths of a percent; the check keeps it within 0 and 100 %.
    let share = percent
        .units_at(Percent::PLACES)
        .unwrap_or(0)
        .clamp(0, 1_000_000);
    let doubled = i64::from(claims) * share * 2;
    let drawn = (doubled + 1_000_000) / 2_000_000;
    let drawn = u32::try_from(drawn).unwrap_or(claims);
    drawn.max(at_least).min(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::new(text).unwrap()
    }

    #[test]
    fn draws_are_the_hash_that_is_documented() {
        // printf 's\nspot\nHC1\nC1' | sha256sum
        let draw = Draw::new(&code("s"), "spot", &code("HC1"), &code("C1"));
        assert_eq!(draw.shown(), "5b141c341e132b35");
    }

    #[test]
    fn counts_round_half_up_within_bounds() {
        let percent = |text: &str| text.parse::<Percent>().unwrap();
        for (claims, share, at_least, drawn) in [
            (0, "5", 1, 0),
            (9, "5", 0, 0),
            (10, "5", 0, 1),
            (29, "5", 0, 1),
            (30, "5", 0, 2),
            (9, "5", 1, 1),
            (3, "50", 0, 2),
            (7, "100", 0, 7),
            (7, "0", 0, 0),
            (2, "0", 5, 2),
            (100_000, "0.0005", 0, 1),
            (u32::MAX, "100", 0, u32::MAX),
        ] {
            assert_eq!(
                count(claims, percent(share), at_least),
                drawn,
                "{claims} {share}"
            );
        }
    }
}
