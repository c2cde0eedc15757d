//! Normal numbers within bounds, as `torch.nn.init.trunc_normal_` draws them: uniform numbers through the inverse of the
//! distribution.

use crate::error::Result;
use crate::host::HostData;
use crate::tensor::Tensor;

/// 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n + 1)): all terms have one sign, so nothing is lost (Abramowitz and Stegun,
/// 7.1.6).
fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return 1f64.copysign(x);
    }
    let (mut term, mut sum, mut odd) = (x, 0.0, 1.0);
    while sum + term != sum {
        sum += term;
        odd += 2.0;
        term *= 2.0 * x * x / odd;
    }
    std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp() * sum
}

/// Where [`erf`] is `y`: Winitzki's estimate, made exact by Newton's steps.
fn erf_inverse(y: f64) -> f64 {
    if y.abs() >= 1.0 {
        return f64::INFINITY.copysign(y);
    }
    let log = (1.0 - y * y).ln();
    let half = 2.0 / (std::f64::consts::PI * 0.147) + log / 2.0;
    let mut x = ((half * half - log / 0.147).sqrt() - half).sqrt().copysign(y);
    for _ in 0..4 {
        x -= (erf(x) - y) / (std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp());
    }
    x
}

/// Normal of mean `mean` and deviation `std`, within [low, high].
///
/// # Errors
/// As for [`Tensor::uniform_`].
pub fn trunc_normal_(t: &Tensor, mean: f64, std: f64, low: f64, high: f64) -> Result<()> {
    let part = |bound: f64| (1.0 + erf((bound - mean) / std / 2f64.sqrt())) / 2.0;
    let (from, to) = (2.0 * part(low) - 1.0, 2.0 * part(high) - 1.0);
    let place = |u: f64| (erf_inverse(u) * std * 2f64.sqrt() + mean).max(low).min(high);
    t.engine().no_grad(|| {
        t.fill_drawn(|g, n, _| {
            let uniform = g.uniform_values(t.dtype(), n, from, to)?;
            let real: Vec<f64> = uniform.to_f64().into_iter().map(place).collect();
            Ok(match uniform {
                HostData::Float32(_) => HostData::Float64(real).into_f32().into(),
                HostData::Float64(_) | HostData::Int64(_) | HostData::UInt8(_) | HostData::Bool(_) => {
                    real.into()
                }
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_is_one() {
        for i in -99..=99 {
            let y = f64::from(i) / 100.0;
            assert!((erf(erf_inverse(y)) - y).abs() < 1e-15, "{y}");
        }
        assert!((erf(0.5) - 0.520_499_877_813_046_5).abs() < 1e-15);
        assert_eq!([erf_inverse(1.0), erf_inverse(0.0)], [f64::INFINITY, 0.0]);
    }
}
