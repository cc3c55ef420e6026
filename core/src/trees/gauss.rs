//! Gauss-Legendre quadrature on 0 to 1.

use std::f64::consts::PI;

/// A place and its weight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// Between 0 and 1.
    pub(super) at: f64,
    /// All of them add up to 1.
    pub(super) weight: f64,
}

/// Steps of Newton's method; four are enough from these starts.
const STEPS: usize = 8;

/// The points that integrate every polynomial of a degree below `2 * count` exactly.
pub(super) fn points(count: usize) -> Vec<Point> {
    let degree = count as f64;
    let point = |position: usize| {
        let mut x = libm::cos(PI * (position as f64 + 0.75) / (degree + 0.5));
        let mut slope = 1.0;
        for _ in 0..STEPS {
            let value;
            (value, slope) = legendre(count, x);
            x -= value / slope;
        }
        Point {
            at: (1.0 - x) / 2.0,
            weight: 1.0 / ((1.0 - x * x) * slope * slope),
        }
    };
    (0..count).map(point).collect()
}

/// Legendre's polynomial of a degree from 1 at `x`, and its slope, by Bonnet's recursion.
fn legendre(degree: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for n in 2..=degree {
        let n = n as f64;
        let next = ((2.0 * n - 1.0) * x * value - (n - 1.0) * before) / n;
        (before, value) = (value, next);
    }
    let slope = degree as f64 * (x * value - before) / (x * x - 1.0);
    (value, slope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_integrated_exactly() {
        for count in 1..=32 {
            let points = points(count);
            for power in 0..2 * count {
                let sum: f64 = points
                    .iter()
                    .map(|p| p.weight * p.at.powi(i32::try_from(power).unwrap()))
                    .sum();
                let exact = 1.0 / (power as f64 + 1.0);
                assert!(
                    (sum - exact).abs() < 1e-14,
                    "{count} {power}: {sum} {exact}"
                );
            }
        }
    }
}
