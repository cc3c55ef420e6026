//! Dividing an amount exactly: the method of the largest remainder.

use std::cmp::Reverse;

/// Divides `pot` over parts in proportion to their weights, in whole units, so that the shares add
/// up to the pot. Each part gets its exact share rounded down; the units that are left go one each
/// to the parts that lost most, of equal ones to the heavier, and then to the smaller key. The key
/// makes the result independent of the order of the parts, so no two parts may share one.
///
/// Also says which parts got a unit that was left, by position, in the order of the parts.
/// `None` if the weights are all zero or one is negative, the pot is negative, or a product does
/// not fit 128 bits.
pub fn distribute<K: Ord>(pot: i64, parts: &[(i128, K)]) -> Option<(Vec<i64>, Vec<usize>)> {
    let pot = i128::from(u64::try_from(pot).ok()?);
    let mut total: i128 = 0;
    for (weight, _) in parts {
        if *weight < 0 {
            return None;
        }
        total = total.checked_add(*weight)?;
    }
    if total == 0 {
        return None;
    }
    let mut shares = Vec::with_capacity(parts.len());
    let mut lost = Vec::with_capacity(parts.len());
    let mut left = pot;
    for (position, (weight, key)) in parts.iter().enumerate() {
        let product = pot.checked_mul(*weight)?;
        let share = product / total;
        left -= share;
        shares.push(i64::try_from(share).ok()?);
        let remainder = product % total;
        if remainder > 0 {
            lost.push((Reverse(remainder), Reverse(*weight), key, position));
        }
    }
    lost.sort_unstable();
    // What is left is the sum of the remainders over the total: fewer units than remainders.
    let mut favoured = Vec::new();
    for (.., position) in lost.into_iter().take(usize::try_from(left).ok()?) {
        *shares.get_mut(position)? += 1;
        favoured.push(position);
    }
    favoured.sort_unstable();
    Some((shares, favoured))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_are_left_go_to_the_largest_remainders() {
        // 100 over 1 : 1 : 1 is 33.33 each; the first key gets the unit that is left.
        let thirds = [(1, "b"), (1, "a"), (1, "c")];
        assert_eq!(distribute(100, &thirds), Some((vec![33, 34, 33], vec![1])));
        // 10 over 7 : 2 : 1 needs no rounding; 11 is 7.7, 2.2, 1.1.
        let parts = [(7, 0), (2, 1), (1, 2)];
        assert_eq!(distribute(10, &parts), Some((vec![7, 2, 1], vec![])));
        assert_eq!(distribute(11, &parts), Some((vec![8, 2, 1], vec![0])));
        // A part without weight gets nothing, even of what is left.
        assert_eq!(
            distribute(1, &[(0, 0), (5, 1), (5, 2)]),
            Some((vec![0, 1, 0], vec![1]))
        );
        assert_eq!(distribute(0, &parts), Some((vec![0, 0, 0], vec![])));
    }

    #[test]
    fn what_cannot_be_divided_is_none() {
        assert_eq!(distribute(5, &[(0, 0)]), None);
        assert_eq!(distribute::<u8>(5, &[]), None);
        assert_eq!(distribute(-5, &[(1, 0)]), None);
        assert_eq!(distribute(5, &[(-1, 0), (2, 1)]), None);
        assert_eq!(distribute(i64::MAX, &[(i128::MAX, 0)]), None);
    }

    /// 100,000 random pots over up to 40 parts: nothing is lost and nothing is made, nobody is
    /// more than one unit from the exact share, and the order of the parts changes nothing.
    #[test]
    fn what_is_distributed_is_the_pot() {
        let mut state = 1_u64;
        let mut random = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % below
        };
        for round in 0..100_000_u32 {
            let pot = random(10_u64.pow(1 + round % 13)) as i64;
            let count = 1 + random(40);
            let parts: Vec<(i128, u64)> = (0..count)
                .map(|key| (i128::from(random(10_u64.pow(round % 7))), key))
                .collect();
            let total: i128 = parts.iter().map(|(weight, _)| weight).sum();
            let Some((shares, favoured)) = distribute(pot, &parts) else {
                assert_eq!(total, 0);
                continue;
            };
            assert_eq!(shares.iter().sum::<i64>(), pot);
            assert!(favoured.len() < parts.len());
            for ((weight, _), share) in parts.iter().zip(&shares) {
                let exact = i128::from(pot) * weight;
                assert!((i128::from(*share) * total - exact).abs() < total);
            }
            let mut turned: Vec<_> = parts.iter().copied().zip(&shares).collect();
            turned.reverse();
            let again: Vec<_> = turned.iter().map(|(part, _)| *part).collect();
            let expected: Vec<i64> = turned.iter().map(|(_, share)| **share).collect();
            assert_eq!(distribute(pot, &again).unwrap().0, expected);
        }
    }
}
