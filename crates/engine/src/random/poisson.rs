//! `torch.poisson`: counts of events of given rates.

use super::Generator;
use crate::error::{Error, Result};
use crate::host::HostData;
use crate::promote::missing;

impl Generator {
    /// The elements of `torch.poisson(rates)`, of the type of the rates.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers and negative rates.
    pub fn poisson_of(&mut self, rates: &HostData) -> Result<HostData> {
        if !rates.dtype().is_floating_point() {
            return Err(missing("poisson_cpu", rates.dtype()));
        }
        let counts =
            rates.to_f64().into_iter().map(|rate| self.poisson(rate)).collect::<Result<Vec<f64>>>()?;
        let counts = HostData::Float64(counts);
        Ok(if matches!(rates, HostData::Float32(_)) { counts.into_f32().into() } else { counts })
    }

    fn poisson(&mut self, rate: f64) -> Result<f64> {
        if rate < 0.0 || rate.is_nan() {
            let text = "invalid Poisson rate, expected rate to be non-negative";
            return Err(Error::Shape(text.to_owned()));
        }
        Ok(if rate >= 10.0 { self.poisson_by_rejection(rate) } else { self.poisson_by_product(rate) })
    }

    /// Uniform numbers are multiplied until the product is below e^−rate (Knuth).
    fn poisson_by_product(&mut self, rate: f64) -> f64 {
        if rate == 0.0 {
            return 0.0;
        }
        let limit = (-rate).exp();
        let (mut count, mut product) = (0.0, 1.0);
        loop {
            product *= self.uniform64(0.0, 1.0);
            if product <= limit {
                return count;
            }
            count += 1.0;
        }
    }

    /// The transformed rejection method PTRS (Hörmann 1993).
    fn poisson_by_rejection(&mut self, rate: f64) -> f64 {
        let b = 0.931 + 2.53 * rate.sqrt();
        let a = -0.059 + 0.02483 * b;
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        let sure = 0.9277 - 3.6224 / (b - 2.0);
        loop {
            let u = self.uniform64(0.0, 1.0) - 0.5;
            let v = self.uniform64(0.0, 1.0);
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + rate + 0.43).floor();
            if us >= 0.07 && v <= sure {
                return k;
            }
            if k < 0.0 || us < 0.013 && v > us {
                continue;
            }
            let bound = -rate + k * rate.ln() - ln_factorial(k);
            // An infinite rate never passes a comparison.
            if v.ln() + inverse_alpha.ln() - (a / (us * us) + b).ln() <= bound || !bound.is_finite() {
                return k;
            }
        }
    }
}

/// ln k!, by Stirling's series from k = 10 on.
fn ln_factorial(k: f64) -> f64 {
    if k < 10.0 {
        return (2..=k as u32).map(|i| f64::from(i).ln()).sum();
    }
    let (x, inverse) = (k + 1.0, 1.0 / ((k + 1.0) * (k + 1.0)));
    let series = (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse / 1680.0))) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series
}
