//! Integers and truth values: `randint`, `random_`, `randperm`, `bernoulli_` and `geometric_`.

use super::Generator;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::host::HostData;
use crate::promote::missing;
use crate::python::general;

/// From this many elements on, `randperm` draws 64 bits for each.
const LARGE_PERMUTATION: usize = (u32::MAX / 20) as usize;

impl Generator {
    /// `torch.randperm(n)`.
    pub fn randperm(&mut self, n: usize) -> Vec<i64> {
        let mut order: Vec<i64> = (0..n as i64).collect();
        for i in 0..n.saturating_sub(1) {
            let word = if n < LARGE_PERMUTATION { u64::from(self.random()) } else { self.random64() };
            let z = (word % (n - i) as u64) as usize;
            order.swap(i, i + z);
        }
        order
    }

    /// The elements of `torch.randint(low, high, (n,), dtype=dtype)`: integers in [low, high).
    ///
    /// # Errors
    /// [`Error::Shape`] if there is no such integer, or one that the type cannot hold.
    pub fn randint_values(&mut self, dtype: DType, n: usize, low: i64, high: i64) -> Result<HostData> {
        if low >= high {
            return Err(Error::Shape(format!(
                "random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
            )));
        }
        let limits = match dtype {
            DType::Bool => Some((0, 1)),
            other => other.bounds(),
        };
        if let Some((min, max)) = limits {
            let name = dtype.c_name();
            let outside = |what: &str| Error::Shape(format!("{what} is out of bounds for {name}"));
            if !(min..=max).contains(&low) {
                return Err(outside("from"));
            }
            if high - 1 > max {
                return Err(outside("to - 1"));
            }
        }
        let range = high.wrapping_sub(low) as u64;
        Ok(self.integers(dtype, n, |g| {
            let long = range >= 1 << 32 && dtype != DType::Int32;
            let word = if long { g.random64() } else { u64::from(g.random()) };
            ((word % range) as i64).wrapping_add(low)
        }))
    }

    /// The elements of `torch.empty(n, dtype=dtype).random_()`: all integers that are not negative and that the
    /// type holds exactly.
    pub fn random_values(&mut self, dtype: DType, n: usize) -> HostData {
        self.integers(dtype, n, |g| match dtype {
            DType::Bool => i64::from(g.random() & 1),
            DType::UInt8 => i64::from(g.random() & 0xff),
            DType::Int8 => i64::from(g.random() % (1 << 7)),
            DType::Int16 => i64::from(g.random() % (1 << 15)),
            DType::Int32 => i64::from(g.random() % (1 << 31)),
            DType::Int64 => (g.random64() & i64::MAX as u64) as i64,
            DType::Float32 => i64::from(g.random() % ((1 << 24) + 1)),
            DType::Float64 => (g.random64() % ((1 << 53) + 1)) as i64,
        })
    }

    /// The elements of `torch.empty(n, dtype=dtype).bernoulli_(p)`: 1 with probability `p`, 0 otherwise.
    ///
    /// # Errors
    /// [`Error::Shape`] unless 0 ≤ p ≤ 1.
    pub fn bernoulli_values(&mut self, dtype: DType, n: usize, p: f64) -> Result<HostData> {
        if !(0.0..=1.0).contains(&p) {
            let text = format!("bernoulli_ expects p to be in [0, 1], but got p={}", general(p));
            return Err(Error::Shape(text));
        }
        Ok(self.integers(dtype, n, |g| i64::from(g.uniform64(0.0, 1.0) < p)))
    }

    /// The elements of `torch.bernoulli(p)`: one for each probability, of the type of the probabilities.
    ///
    /// # Errors
    /// [`Error::Shape`] for integers, and unless 0 ≤ p ≤ 1 for each.
    pub fn bernoulli_of(&mut self, p: &HostData) -> Result<HostData> {
        let valid = |p: f64| (0.0..=1.0).contains(&p);
        let text = "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be \
                    improved?  If so, please report an enhancement request to PyTorch.)";
        let fail = || Error::Shape(text.to_owned());
        match p {
            HostData::Float32(p) => {
                let draw = |&p: &f32| {
                    let hit = self.uniform(0.0, 1.0) < p;
                    valid(p.into()).then(|| f32::from(u8::from(hit))).ok_or_else(fail)
                };
                Ok(HostData::Float32(p.iter().map(draw).collect::<Result<_>>()?))
            }
            HostData::Float64(p) => {
                let draw = |&p: &f64| {
                    let hit = self.uniform64(0.0, 1.0) < p;
                    valid(p).then(|| f64::from(u8::from(hit))).ok_or_else(fail)
                };
                Ok(HostData::Float64(p.iter().map(draw).collect::<Result<_>>()?))
            }
            HostData::Bool(_) | HostData::UInt8(_) | HostData::Int64(_) => {
                Err(missing("bernoulli_tensor_cpu_p_", p.dtype()))
            }
        }
    }

    /// The elements of `torch.empty(n, dtype=dtype).geometric_(p)`: how many trials until the first success.
    ///
    /// # Errors
    /// [`Error::Shape`] unless 0 < p < 1, and for truth values.
    pub fn geometric_values(&mut self, dtype: DType, n: usize, p: f64) -> Result<HostData> {
        if !(p > 0.0 && p < 1.0) {
            let text = format!("geometric_ expects p to be in (0, 1), but got p={}", general(p));
            return Err(Error::Shape(text));
        }
        if dtype == DType::Bool {
            return Err(missing("geometric_cpu", dtype));
        }
        let failure = (1.0 - p).ln();
        Ok(self.integers(dtype, n, |g| (g.uniform64(0.0, 1.0).ln() / failure).ceil() as i64))
    }

    /// Integers as elements of `dtype`.
    fn integers(&mut self, dtype: DType, n: usize, mut draw: impl FnMut(&mut Self) -> i64) -> HostData {
        cast((0..n).map(|_| draw(self)).collect(), dtype)
    }
}

/// Integers as elements of `dtype`.
pub(super) fn cast(values: Vec<i64>, dtype: DType) -> HostData {
    match dtype {
        DType::Bool => HostData::Bool(values.into_iter().map(|i| i != 0).collect()),
        DType::UInt8 => HostData::UInt8(values.into_iter().map(|i| i as u8).collect()),
        DType::Int8 | DType::Int16 | DType::Int32 => {
            HostData::Int64(values.into_iter().map(|i| dtype.wrap(i)).collect())
        }
        DType::Int64 => HostData::Int64(values),
        DType::Float32 => HostData::Float32(values.into_iter().map(|i| i as f32).collect()),
        DType::Float64 => HostData::Float64(values.into_iter().map(|i| i as f64).collect()),
    }
}
