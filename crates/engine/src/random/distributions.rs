//! How words become real numbers: `uniform_`, `normal_`, `exponential_` and `log_normal_`, for float32 and float64.

use std::f64::consts::PI;

use super::{Generator, cephes};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::host::HostData;
use crate::promote::missing;
use crate::python::general;

/// Below so many elements `normal_` draws them one by one.
const BLOCK: usize = 16;

impl Generator {
    /// One float32 in [low, high), as `uniform_` draws it: 24 random bits.
    pub fn uniform(&mut self, low: f32, high: f32) -> f32 {
        let unit = (self.random() & 0x00ff_ffff) as f32 / 16_777_216.0;
        // One rounding, as PyTorch's builds for processors with FMA do it.
        unit.mul_add(high - low, low)
    }

    /// One float64 in [low, high), as `uniform_` draws it: 53 random bits.
    pub fn uniform64(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.random64() & ((1 << 53) - 1)) as f64 / 9_007_199_254_740_992.0;
        unit.mul_add(high - low, low)
    }

    /// One normal number. Two are made at once (Box and Muller 1958), and the second waits for the next call.
    pub fn normal(&mut self, mean: f64, std: f64) -> f64 {
        let unit = match self.spare_normal.take() {
            Some(spare) => spare,
            None => {
                let (u1, u2) = (self.uniform64(0.0, 1.0), self.uniform64(0.0, 1.0));
                let radius = (-2.0 * (-u2).ln_1p()).sqrt();
                let (sin, cos) = (2.0 * PI * u1).sin_cos();
                self.spare_normal = Some(radius * sin);
                radius * cos
            }
        };
        unit.mul_add(std, mean)
    }

    /// `n` values of `torch.rand`.
    pub fn rand(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| self.uniform(0.0, 1.0)).collect()
    }

    /// The elements of `torch.empty(n, dtype=dtype).uniform_(low, high)`.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers, and if `low` is above `high`.
    pub fn uniform_values(&mut self, dtype: DType, n: usize, low: f64, high: f64) -> Result<HostData> {
        check_floating("check_uniform_bounds", dtype)?;
        if low > high || low.is_nan() || high.is_nan() {
            let (low, high) = (general(low), general(high));
            let text =
                format!("uniform_ expects to return a [from, to) range, but found from={low} > to={high}");
            return Err(Error::Shape(text));
        }
        Ok(if dtype == DType::Float32 {
            let (low, high) = (low as f32, high as f32);
            self.floats32(n, |g| g.uniform(low, high))
        } else {
            self.floats64(n, |g| g.uniform64(low, high))
        })
    }

    /// The elements of `torch.empty(n, dtype=dtype).normal_(mean, std)`: one by one if there are fewer than 16 or
    /// they are not `contiguous`, in blocks of 16 otherwise.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers, and if `std` is negative.
    pub fn normal_values(
        &mut self,
        dtype: DType,
        n: usize,
        (mean, std): (f64, f64),
        contiguous: bool,
    ) -> Result<HostData> {
        if std < 0.0 || std.is_nan() {
            return Err(Error::Shape(format!("normal expects std >= 0.0, but found std {}", general(std))));
        }
        check_floating("normal_kernel_cpu", dtype)?;
        let blocks = contiguous && n >= BLOCK;
        Ok(match (dtype == DType::Float32, blocks) {
            (true, false) => self.floats32(n, |g| g.normal(mean, std) as f32),
            (false, false) => self.floats64(n, |g| g.normal(mean, std)),
            (true, true) => {
                let block = |data: &mut [f32]| normal_block32(data, mean as f32, std as f32);
                in_blocks(n, || self.uniform(0.0, 1.0), block).into()
            }
            (false, true) => {
                in_blocks(n, || self.uniform64(0.0, 1.0), |data| normal_block64(data, mean, std)).into()
            }
        })
    }

    /// The elements of `torch.empty(n, dtype=dtype).exponential_(lambda)`: −ln(1 − u) / λ.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers, and if `lambda` is negative.
    pub fn exponential_values(&mut self, dtype: DType, n: usize, lambda: f64) -> Result<HostData> {
        if lambda < 0.0 || lambda.is_nan() {
            let found = general(lambda);
            let text = format!("exponential_ expects lambda >= 0.0, but found lambda={found}");
            return Err(Error::Shape(text));
        }
        check_floating("exponential_cpu", dtype)?;
        let scale = -1.0 / lambda;
        Ok(self.floats(dtype, n, |g| scale * (1.0 - g.uniform64(0.0, 1.0)).ln()))
    }

    /// The elements of `torch.empty(n, dtype=dtype).log_normal_(mean, std)`.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers, and unless `std` is positive.
    pub fn log_normal_values(&mut self, dtype: DType, n: usize, mean: f64, std: f64) -> Result<HostData> {
        if std <= 0.0 || std.is_nan() {
            let text = format!("log_normal_ expects std > 0.0, but found std={}", general(std));
            return Err(Error::Shape(text));
        }
        check_floating("log_normal_cpu", dtype)?;
        Ok(self.floats(dtype, n, |g| g.normal(mean, std).exp()))
    }

    /// `n` numbers computed in float64 and kept in `dtype`, which is a real one.
    fn floats(&mut self, dtype: DType, n: usize, mut draw: impl FnMut(&mut Self) -> f64) -> HostData {
        let values: Vec<f64> = (0..n).map(|_| draw(self)).collect();
        let data = HostData::Float64(values);
        if dtype == DType::Float32 { data.into_f32().into() } else { data }
    }

    fn floats32(&mut self, n: usize, mut draw: impl FnMut(&mut Self) -> f32) -> HostData {
        HostData::Float32((0..n).map(|_| draw(self)).collect())
    }

    fn floats64(&mut self, n: usize, mut draw: impl FnMut(&mut Self) -> f64) -> HostData {
        HostData::Float64((0..n).map(|_| draw(self)).collect())
    }
}

fn check_floating(kernel: &str, dtype: DType) -> Result<()> {
    if dtype.is_floating_point() { Ok(()) } else { Err(missing(kernel, dtype)) }
}

/// Draws all uniform numbers first and transforms them in blocks. The last block, if it is not a whole one, is
/// drawn again together with what precedes it.
fn in_blocks<T>(n: usize, mut draw: impl FnMut() -> T, block: impl Fn(&mut [T])) -> Vec<T> {
    let mut data: Vec<T> = (0..n).map(|_| draw()).collect();
    data.chunks_exact_mut(BLOCK).for_each(&block);
    if !n.is_multiple_of(BLOCK) {
        let last = &mut data[n - BLOCK..];
        last.iter_mut().for_each(|value| *value = draw());
        block(last);
    }
    data
}

fn normal_block32(data: &mut [f32], mean: f32, std: f32) {
    let (first, second) = data.split_at_mut(BLOCK / 2);
    for (a, b) in first.iter_mut().zip(second) {
        let radius = (-2.0 * cephes::log(1.0 - *a)).sqrt();
        let (sin, cos) = cephes::sin_cos(2.0 * std::f32::consts::PI * *b);
        *a = (radius * cos).mul_add(std, mean);
        *b = (radius * sin).mul_add(std, mean);
    }
}

fn normal_block64(data: &mut [f64], mean: f64, std: f64) {
    let (first, second) = data.split_at_mut(BLOCK / 2);
    for (a, b) in first.iter_mut().zip(second) {
        let radius = (-2.0 * (1.0 - *a).ln()).sqrt();
        let (sin, cos) = (2.0 * PI * *b).sin_cos();
        *a = (radius * cos).mul_add(std, mean);
        *b = (radius * sin).mul_add(std, mean);
    }
}
