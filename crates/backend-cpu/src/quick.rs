//! The functions of float32 that networks spend their time on, as polynomials without branches, so that loops over
//! them are vectorised. Ranges are reduced and polynomials chosen as in Moshier's Cephes (`expf`, `tanhf`); the results
//! are within two or three units in the last place.

use std::f32::consts::LOG2_E;

use engine::ops::Unary;

/// 1.5 · 2²³: adding it rounds to a whole number, which then stands in the lowest bits.
pub(crate) const WHOLE: f32 = 12_582_912.0;
/// ln 2 in two parts; multiples of the first are exact.
pub(crate) const LN2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
/// Beyond these, eˣ is infinite or zero.
pub(crate) const LARGEST: f32 = 89.0;
pub(crate) const SMALLEST: f32 = -104.0;
/// (eʳ − 1 − r) / r² for |r| ≤ ln 2 / 2.
pub(crate) const TAIL: [f32; 6] =
    [1.987_569_2e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.500_000_06];
/// (tanh x − x) / x³ as a polynomial of x², for |x| < `NEAR`.
pub(crate) const BEND: [f32; 5] = [-5.704_989e-3, 2.063_909e-2, -5.373_971_6e-2, 0.133_314_4, -0.333_332_8];
pub(crate) const NEAR: f32 = 0.625;

/// Σ cᵢ xⁱ, from the highest power down.
#[inline(always)]
fn polynomial<const N: usize>(x: f32, coefficients: [f32; N]) -> f32 {
    coefficients.into_iter().fold(0.0, |sum, c| sum * x + c)
}

/// 2ᵏ for −126 ≤ k ≤ 127.
#[inline(always)]
fn power_of_two(k: i32) -> f32 {
    f32::from_bits(((k + 127) << 23) as u32)
}

/// eˣ
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Comparisons with NaN are false: it stays what it is.
    let x = if x > LARGEST { LARGEST } else { x };
    let x = if x < SMALLEST { SMALLEST } else { x };
    let shifted = x * LOG2_E + WHOLE;
    let n = shifted - WHOLE;
    let k = (shifted.to_bits() as i32).wrapping_sub(WHOLE.to_bits() as i32);
    let r = x - n * LN2[0] - n * LN2[1];
    let tail = polynomial(r, TAIL);
    let value = tail * r * r + r + 1.0;
    // In two steps: the power may be beyond what a float32 holds though the product is not.
    let half = k >> 1;
    value * power_of_two(half) * power_of_two(k.wrapping_sub(half))
}

/// 1 / (1 + e⁻ˣ)
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// tanh x
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    let size = x.abs();
    let square = size * size;
    let bend = polynomial(square, BEND);
    let near = bend * square * size + size;
    let far = 1.0 - 2.0 / (exp(2.0 * size) + 1.0);
    // With a sign of its own zero keeps it.
    (if size < NEAR { near } else { far }).copysign(x)
}

/// Runs the function over slices, if it is one of those; false if not.
pub(crate) fn run(op: Unary, x: &[f32], out: &mut [f32]) -> bool {
    if op == Unary::Exp {
        map(x, out, exp);
    } else if op == Unary::Sigmoid {
        map(x, out, sigmoid);
    } else if op == Unary::Tanh {
        map(x, out, tanh);
    } else {
        return false;
    }
    true
}

#[inline(always)]
fn map(x: &[f32], out: &mut [f32], f: impl Fn(f32) -> f32) {
    for (o, &v) in out.iter_mut().zip(x) {
        *o = f(v);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest error in units of the last place, over numbers from −85 to 85 and close to zero.
    fn error(f: impl Fn(f32) -> f32, exact: impl Fn(f64) -> f64) -> f64 {
        let many = (-170_000..=170_000).flat_map(|i| [i as f32 / 2000.0, i as f32 / 4e6]);
        let ulps = many.map(|x| {
            let (found, expected) = (f(x), exact(f64::from(x)));
            let unit =
                f64::from(f32::from_bits((expected.abs() as f32).max(f32::MIN_POSITIVE).to_bits() + 1))
                    - f64::from((expected.abs() as f32).max(f32::MIN_POSITIVE));
            if found.is_infinite() { 0.0 } else { (f64::from(found) - expected).abs() / unit }
        });
        ulps.fold(0.0, f64::max)
    }

    #[test]
    fn functions_are_exact_to_the_last_places() {
        let errors =
            [error(exp, f64::exp), error(sigmoid, |x| 1.0 / (1.0 + (-x).exp())), error(tanh, f64::tanh)];
        assert!(errors.iter().all(|&e| e < 2.5), "{errors:?}");
    }

    #[test]
    fn ends_are_what_they_should_be() {
        let all = [f32::NEG_INFINITY, -104.5, -0.0, 88.8, f32::INFINITY];
        assert_eq!(all.map(exp), [0.0, 0.0, 1.0, f32::INFINITY, f32::INFINITY]);
        assert_eq!(all.map(sigmoid), [0.0, 0.0, 0.5, 1.0, 1.0]);
        assert_eq!(all.map(tanh), [-1.0, -1.0, 0.0, 1.0, 1.0]);
        assert!(tanh(-0.0).is_sign_negative());
        assert_eq!(exp(-103.0), 1e-45, "numbers below the normal ones");
        assert!([exp, sigmoid, tanh].iter().all(|f| f(f32::NAN).is_nan()));
    }
}
