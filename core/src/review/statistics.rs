//! The ratio estimate and its interval, in decimals and integers.
//!
//! Of the n reviewed of N claims in a group, x is what the rules pay and y what the reviewers left
//! of it. The ratio is R = Σy / Σx. Three things are known to make the textbook interval
//! R ± t × error too narrow for claims: few dear claims among many cheap ones, reviewers who leave
//! most claims as they are and cut few of them deeply, and small samples. So:
//!
//! - The variance is the greater of two. By design (W. G. Cochran, Sampling Techniques, 3rd edition
//!   1977, 2.15 and 6.4): `(1 − n/N) / n × Σ(y − R x)² / (n − 1) / x̄²`. By prediction (R. M. Royall,
//!   Biometrika 57, 1970, 377–387), which knows what the rules pay for the claims that nobody
//!   reviewed: `s² × (Σ'x² + (Σ'x / Σx)² Σx²) / X²`, where d = y / x − R,
//!   `s² = n / (n − 1) × Σ x d² / Σx`, Σ' goes over the others and X is the sum over all.
//! - t is Student's at n − 1 degrees of freedom.
//! - The end towards which the shares are skewed lies further out by `g (2 t² + 1) / 6` errors
//!   (N. J. Johnson, Journal of the American Statistical Association 73, 1978, 536–544), with
//!   `g = (Σ x d³ / Σx) / (Σ x d² / Σx)^1.5 / √n`. The other end stays where it is.
//!
//! `core/tests/sampling.rs` measures how often the interval holds the truth.

use rust_decimal::Decimal;

use crate::scheme::Confidence;

/// Student's t, two-sided, in thousandths, for 90, 95 and 99 %.
const T: [(u32, [u32; 3]); 34] = [
    (1, [6_314, 12_706, 63_657]),
    (2, [2_920, 4_303, 9_925]),
    (3, [2_353, 3_182, 5_841]),
    (4, [2_132, 2_776, 4_604]),
    (5, [2_015, 2_571, 4_032]),
    (6, [1_943, 2_447, 3_707]),
    (7, [1_895, 2_365, 3_499]),
    (8, [1_860, 2_306, 3_355]),
    (9, [1_833, 2_262, 3_250]),
    (10, [1_812, 2_228, 3_169]),
    (11, [1_796, 2_201, 3_106]),
    (12, [1_782, 2_179, 3_055]),
    (13, [1_771, 2_160, 3_012]),
    (14, [1_761, 2_145, 2_977]),
    (15, [1_753, 2_131, 2_947]),
    (16, [1_746, 2_120, 2_921]),
    (17, [1_740, 2_110, 2_898]),
    (18, [1_734, 2_101, 2_878]),
    (19, [1_729, 2_093, 2_861]),
    (20, [1_725, 2_086, 2_845]),
    (21, [1_721, 2_080, 2_831]),
    (22, [1_717, 2_074, 2_819]),
    (23, [1_714, 2_069, 2_807]),
    (24, [1_711, 2_064, 2_797]),
    (25, [1_708, 2_060, 2_787]),
    (26, [1_706, 2_056, 2_779]),
    (27, [1_703, 2_052, 2_771]),
    (28, [1_701, 2_048, 2_763]),
    (29, [1_699, 2_045, 2_756]),
    (30, [1_697, 2_042, 2_750]),
    (40, [1_684, 2_021, 2_704]),
    (60, [1_671, 2_000, 2_660]),
    (120, [1_658, 1_980, 2_617]),
    (1_000_000, [1_645, 1_960, 2_576]),
];

/// Student's t at `freedom` degrees; between the rows of the table the wider one.
pub(super) fn student(freedom: u32, confidence: Confidence) -> Decimal {
    let row = T.iter().rev().find(|(row, _)| *row <= freedom.max(1));
    let [ninety, ninety_five, ninety_nine] = row.map_or([0; 3], |(_, row)| *row);
    let thousandths = match confidence {
        Confidence::Ninety => ninety,
        Confidence::NinetyFive => ninety_five,
        Confidence::NinetyNine => ninety_nine,
    };
    Decimal::new(i64::from(thousandths), 3)
}

/// The square root to 10 decimals, rounded down, for values below 10 to the power of 18.
pub(super) fn root(value: Decimal) -> Option<Decimal> {
    let scaled = value.checked_mul(Decimal::new(100_000, 0))?;
    let scaled = scaled.checked_mul(Decimal::new(100_000, 0))?;
    // value × 10^10, whose root is root × 10^5; ten more digits where they fit.
    match scaled.checked_mul(Decimal::new(10_000_000_000, 0)) {
        Some(fine) => {
            let fine = u128::try_from(fine.trunc()).ok()?;
            Some(Decimal::from_i128_with_scale(
                i128::try_from(fine.isqrt()).ok()?,
                10,
            ))
        }
        None => {
            let coarse = u128::try_from(scaled.trunc()).ok()?;
            Some(Decimal::from_i128_with_scale(
                i128::try_from(coarse.isqrt()).ok()?,
                5,
            ))
        }
    }
}

/// A ratio, its standard error, and how skewed it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    pub(super) ratio: Decimal,
    error: Decimal,
    skew: Decimal,
}

impl Ratio {
    /// Both ends of the interval at Student's `t`; the lower one may be negative.
    pub(super) fn ends(self, t: Decimal) -> Option<(Decimal, Decimal)> {
        let twice = t.checked_mul(t)?.checked_mul(Decimal::TWO)?;
        let shift = self.skew.checked_mul(twice.checked_add(Decimal::ONE)?)?;
        let shift = shift.checked_div(Decimal::new(6, 0))?;
        let below = t.checked_add((-shift).max(Decimal::ZERO))?;
        let above = t.checked_add(shift.max(Decimal::ZERO))?;
        let low = self.ratio.checked_sub(self.error.checked_mul(below)?)?;
        let high = self.ratio.checked_add(self.error.checked_mul(above)?)?;
        Some((low, high))
    }
}

/// The ratio estimate from pairs of what the rules pay and what reviewers left of it, and from what
/// the rules pay for each of the `others`, all in minor units. None for fewer than two pairs, where
/// the rules pay nothing, where all pairs are alike and so tell nothing about the others, or where
/// a number does not fit.
pub(super) fn ratio(pairs: &[(i64, i64)], others: &[i64]) -> Option<Ratio> {
    let count = u32::try_from(pairs.len()).ok().filter(|n| *n >= 2)?;
    let (n, rest) = (
        Decimal::from(count),
        Decimal::from(u32::try_from(others.len()).ok()?),
    );
    let (x, y) = (
        sum(pairs.iter().map(|pair| Some(Decimal::from(pair.0))))?,
        sum(pairs.iter().map(|pair| Some(Decimal::from(pair.1))))?,
    );
    if x <= Decimal::ZERO {
        return None;
    }
    let ratio = y.checked_div(x)?;
    let known = Known { n, x, ratio };
    if others.is_empty() {
        let (error, skew) = (Decimal::ZERO, Decimal::ZERO);
        return Some(Ratio { ratio, error, skew });
    }
    let spread = known.moment(pairs, 2)?;
    if spread.is_zero() {
        return None;
    }
    let by_design = known.by_design(pairs, rest)?;
    let variance = by_design.max(known.by_prediction(pairs, others, spread)?);
    let scale = spread.checked_mul(root(spread.checked_mul(n)?)?)?;
    Some(Ratio {
        ratio,
        error: root(variance)?,
        skew: known.moment(pairs, 3)?.checked_div(scale)?,
    })
}

fn sum(mut parts: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    parts.try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part?))
}

/// What is known of a sample: its size, what the rules pay for it, and its ratio.
struct Known {
    n: Decimal,
    x: Decimal,
    ratio: Decimal,
}

impl Known {
    /// `Σ x d^power / Σx`: how the shares that were left lie around the ratio, by value.
    fn moment(&self, pairs: &[(i64, i64)], power: u32) -> Option<Decimal> {
        sum(pairs.iter().filter(|pair| pair.0 > 0).map(|(x, y)| {
            let x = Decimal::from(*x);
            let away = Decimal::from(*y).checked_div(x)?.checked_sub(self.ratio)?;
            (0..power).try_fold(x.checked_div(self.x)?, |part, _| part.checked_mul(away))
        }))
    }

    /// `s² × n / (n − 1)`, from a mean of squares.
    fn unbiased(&self, mean: Decimal) -> Option<Decimal> {
        let less = self.n.checked_sub(Decimal::ONE)?;
        mean.checked_mul(self.n)?.checked_div(less)
    }

    fn by_design(&self, pairs: &[(i64, i64)], rest: Decimal) -> Option<Decimal> {
        // Residuals relative to the mean: small numbers, however large the amounts.
        let mean = self.x.checked_div(self.n)?;
        let squares = sum(pairs.iter().map(|(x, y)| {
            let expected = self.ratio.checked_mul(Decimal::from(*x))?;
            let residual = Decimal::from(*y).checked_sub(expected)?.checked_div(mean)?;
            residual.checked_mul(residual)
        }))?;
        let unseen = rest.checked_div(self.n.checked_add(rest)?)?;
        let variance = self.unbiased(squares.checked_div(self.n)?)?;
        variance.checked_mul(unseen)?.checked_div(self.n)
    }

    fn by_prediction(
        &self,
        pairs: &[(i64, i64)],
        others: &[i64],
        spread: Decimal,
    ) -> Option<Decimal> {
        let other = sum(others.iter().map(|x| Some(Decimal::from(*x))))?;
        let all = self.x.checked_add(other)?;
        let square = |x: i64| {
            let share = Decimal::from(x).checked_div(all)?;
            share.checked_mul(share)
        };
        let factor = other.checked_div(self.x)?;
        let own = sum(pairs.iter().map(|pair| square(pair.0)))?;
        let own = own.checked_mul(factor)?.checked_mul(factor)?;
        let squares = sum(others.iter().map(|x| square(*x)))?.checked_add(own)?;
        self.unbiased(spread)?.checked_mul(squares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_exact_to_ten_decimals() {
        for (value, expected) in [
            ("0", "0"),
            ("4", "2"),
            ("2", "1.4142135623"),
            ("0.0001", "0.01"),
        ] {
            let value: Decimal = value.parse().unwrap();
            assert_eq!(root(value).unwrap().normalize().to_string(), expected);
        }
        let large: Decimal = "1000000000000000000".parse().unwrap();
        assert_eq!(root(large).unwrap().normalize().to_string(), "1000000000");
    }

    #[test]
    fn a_ratio_worked_by_hand() {
        // x 100, 200, 300 and y 100, 100, 300: R = 500 / 600 = 5/6. Residuals 100 − 250/3 = 50/3,
        // 100 − 500/3 = −200/3, 300 − 250 = 50; squares 2500/9 + 40000/9 + 22500/9 = 65000/9.
        // Mean 200, N = 12: by design (1 − 1/4) / 3 × 65000/18 / 40000 = 0.25 × 0.0902777.. =
        // 0.0225694.. d = 1/6, −1/3, 1/6; Σ x d² / Σx = (100/36 + 200/9 + 300/36) / 600 = 1/18,
        // s² = 3/2 × 1/18 = 1/12. Nine others of 10 each: Σ' = 90, X = 690;
        // by prediction 1/12 × (900 + (90/600)² × 140000) / 476100 = 4050 / 5713200 = 0.0007088..:
        // the design's is greater, its root is 0.1502313.. Σ x d³ / Σx =
        // (100/216 − 200/27 + 300/216) / 600 = −1/108; g = −1/108 / (1/18 × √(1/6)) = −0.4082483..
        let estimate = ratio(&[(100, 100), (200, 100), (300, 300)], &[10; 9]).unwrap();
        assert_eq!(estimate.ratio.round_dp(6).to_string(), "0.833333");
        assert_eq!(estimate.error.round_dp(6).to_string(), "0.150231");
        assert_eq!(estimate.skew.round_dp(6).to_string(), "-0.408248");
        // At t = 2: shift −0.4082483 × 9 / 6 = −0.6123724; low = 0.8333333 − 0.1502313 × 2.6123724,
        // high = 0.8333333 + 0.1502313 × 2.
        let (low, high) = estimate.ends(Decimal::TWO).unwrap();
        assert_eq!(low.round_dp(6).to_string(), "0.440873");
        assert_eq!(high.round_dp(6).to_string(), "1.133796");
    }

    #[test]
    fn a_dear_claim_that_nobody_saw_widens_the_interval() {
        // The same sample, and one other claim of 6000: Σ' = 6000, X = 6600; by prediction
        // 1/12 × (36000000 + 10² × 140000) / 43560000 = 50 / 522.72 = 0.0956535.., root 0.3092790..;
        // by design only 1/4 / 3 × 0.0902777.. = 0.0075231..
        let estimate = ratio(&[(100, 100), (200, 100), (300, 300)], &[6_000]).unwrap();
        assert_eq!(estimate.error.round_dp(6).to_string(), "0.309279");
    }

    #[test]
    fn t_takes_the_wider_row() {
        assert_eq!(student(29, Confidence::NinetyFive).to_string(), "2.045");
        assert_eq!(student(39, Confidence::NinetyFive).to_string(), "2.042");
        assert_eq!(student(5_000, Confidence::Ninety).to_string(), "1.658");
        assert_eq!(student(0, Confidence::NinetyNine).to_string(), "63.657");
    }

    #[test]
    fn nothing_to_estimate_is_none() {
        assert_eq!(ratio(&[(100, 100)], &[100; 9]), None);
        assert_eq!(ratio(&[(0, 0), (0, 0)], &[100; 8]), None);
        // All alike: nothing tells how far the others differ.
        assert_eq!(ratio(&[(100, 80), (200, 160)], &[100]), None);
        let all = ratio(&[(100, 50), (200, 200)], &[]).unwrap();
        let ends = all.ends(Decimal::TWO).unwrap();
        assert_eq!(ends, (all.ratio, all.ratio));
    }
}
