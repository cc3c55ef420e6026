//! The ratio estimate and its interval, in decimals and integers.
//!
//! Of the n reviewed of N claims in a group, x is what the rules pay and y what the reviewers left
//! of it. The ratio is R = Σy / Σx. Its standard error, with the correction for a finite group
//! (Cochran, Sampling Techniques, 3rd edition, 6.4 and 2.15), is
//! `√( (1 − n/N) / n × Σ(y − R x)² / (n − 1) ) / x̄`, and the interval is R ± t × standard error with
//! Student's t at n − 1 degrees of freedom.

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

/// A ratio and its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    pub(super) ratio: Decimal,
    pub(super) error: Decimal,
}

/// The ratio estimate from pairs of what the rules pay and what reviewers left of it, in minor
/// units, of `claims` claims in the group. None for fewer than two pairs, where the rules pay
/// nothing, or where a number does not fit.
pub(super) fn ratio(pairs: &[(i64, i64)], claims: u32) -> Option<Ratio> {
    let count = u32::try_from(pairs.len()).ok().filter(|n| *n >= 2)?;
    let (n, all) = (Decimal::from(count), Decimal::from(claims.max(count)));
    let sum = |part: fn(&(i64, i64)) -> i64| {
        let mut parts = pairs.iter().map(|pair| Decimal::from(part(pair)));
        parts.try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let (x, y) = (sum(|pair| pair.0)?, sum(|pair| pair.1)?);
    if x <= Decimal::ZERO {
        return None;
    }
    let ratio = y.checked_div(x)?;
    let mean = x.checked_div(n)?;
    // Residuals relative to the mean: small numbers, however large the amounts.
    let mut squares = Decimal::ZERO;
    for (x, y) in pairs {
        let expected = ratio.checked_mul(Decimal::from(*x))?;
        let residual = Decimal::from(*y).checked_sub(expected)?.checked_div(mean)?;
        squares = squares.checked_add(residual.checked_mul(residual)?)?;
    }
    let unseen = Decimal::ONE.checked_sub(n.checked_div(all)?)?;
    let variance = squares
        .checked_div(n.checked_sub(Decimal::ONE)?)?
        .checked_mul(unseen)?
        .checked_div(n)?;
    Some(Ratio {
        ratio,
        error: root(variance)?,
    })
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
        // Mean 200, N = 12: error² = (1 − 1/4) / 3 × 65000/18 / 40000 = 0.25 × 0.0902777.. =
        // 0.0225694.., error = 0.1502313..
        let estimate = ratio(&[(100, 100), (200, 100), (300, 300)], 12).unwrap();
        assert_eq!(estimate.ratio.round_dp(6).to_string(), "0.833333");
        assert_eq!(estimate.error.round_dp(6).to_string(), "0.150231");
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
        assert_eq!(ratio(&[(100, 100)], 10), None);
        assert_eq!(ratio(&[(0, 0), (0, 0)], 10), None);
        let all = ratio(&[(100, 50), (200, 200)], 2).unwrap();
        assert_eq!(all.error, Decimal::ZERO);
    }
}
