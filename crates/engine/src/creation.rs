//! Tensors made from nothing: `torch.full`, `arange`, `linspace`, `eye` and their like.

use crate::dtype::{DType, Scalar};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::host::HostData;
use crate::layout::MAX_ELEMENTS;
use crate::promote::of_number;
use crate::tensor::Tensor;

/// The elements that PyTorch's processors compute at once, and how many of them in a round: real numbers in a
/// sequence are rounded accordingly.
const LANES: usize = 8;
const ROUND: usize = 2 * LANES;

impl Engine {
    /// A tensor of one value, of the type that the value has: int64 for integers, float32 for real numbers.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn full_of(&self, shape: &[usize], value: impl Into<Scalar>) -> Result<Tensor> {
        let value = value.into();
        self.full(shape, value, of_number(value))
    }

    /// Room for `shape`. The elements are zeros, which PyTorch does not promise.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn empty(&self, shape: &[usize], dtype: DType) -> Result<Tensor> {
        self.full(shape, 0i64, dtype)
    }

    /// `n` rows and `m` columns with ones on the diagonal, zeros elsewhere.
    ///
    /// # Errors
    /// [`Error::Shape`] for negative sizes, [`Error::TooLarge`].
    pub fn eye(&self, n: i64, m: i64, dtype: DType) -> Result<Tensor> {
        for (name, size) in [("n", n), ("m", m)] {
            if size < 0 {
                return Err(Error::Shape(format!("{name} must be greater or equal to 0, got {size}")));
            }
        }
        let size = |n: i64| usize::try_from(n).map_err(|_| too_large());
        let (n, m) = (size(n)?, size(m)?);
        // Checked here, before the two vectors are made.
        let zeros = self.full(&[n, m], 0i64, dtype)?;
        if zeros.numel() == 0 {
            return Ok(zeros);
        }
        let indices = |n: usize| gathered(n, |i| i as i64);
        let (rows, columns) = (self.tensor(indices(n)?, &[n, 1])?, self.tensor(indices(m)?, &[m])?);
        rows.eq(&columns)?.to(dtype)
    }

    /// The numbers from `start` up to, but not including, `end`, each `step` from the last. int64 if all three are
    /// integers, float32 otherwise.
    ///
    /// # Errors
    /// [`Error::Shape`], in PyTorch's words, for ranges that are not finite or lead nowhere; [`Error::TooLarge`].
    pub fn arange(&self, start: Scalar, end: Scalar, step: Scalar) -> Result<Tensor> {
        let (a, b, by) = (start.to_f64(), end.to_f64(), step.to_f64());
        let fail = |text: &str| Err(Error::Shape(text.to_owned()));
        if by.is_nan() || by == 0.0 {
            return fail("step must be nonzero");
        }
        if !a.is_finite() || !b.is_finite() {
            let text = |v: f64| v.to_string().to_lowercase();
            return Err(Error::Shape(format!("unsupported range: {} -> {}", text(a), text(b))));
        }
        if (by > 0.0) != (b > a) && a != b {
            return fail("upper bound and larger bound inconsistent with step sign");
        }
        let whole = !(start.is_float() || end.is_float() || step.is_float());
        let count = if whole {
            let span = (i128::from(end.to_i64()) - i128::from(start.to_i64())).unsigned_abs();
            span.div_ceil(i128::from(step.to_i64()).unsigned_abs()) as f64
        } else {
            ((b - a) / by).ceil()
        };
        if count > MAX_ELEMENTS as f64 {
            return Err(too_large());
        }
        let n = self.admit(&[count as usize], if whole { DType::Int64 } else { DType::Float32 })?;
        let data: HostData = if whole {
            let at = |i: usize| start.to_i64().wrapping_add(step.to_i64().wrapping_mul(i as i64));
            gathered(n, at)?.into()
        } else {
            let one = |i: usize| (a + by * i as f64) as f32;
            lanes(n, one, |base, k| (f64::from(base) + by * f64::from(k)) as f32)?.into()
        };
        self.tensor(data, &[n])
    }

    /// `steps` numbers from `start` to `end`, both included, at equal distances, as float32. The second half is
    /// counted from the end.
    ///
    /// # Errors
    /// [`Error::Shape`] for a negative number, [`Error::TooLarge`].
    pub fn linspace(&self, start: f64, end: f64, steps: i64) -> Result<Tensor> {
        if steps < 0 {
            return Err(Error::Shape("number of steps must be non-negative".to_owned()));
        }
        if steps as u64 > MAX_ELEMENTS {
            return Err(too_large());
        }
        let n = self.admit(&[steps as usize], DType::Float32)?;
        let (a, b) = (start as f32, end as f32);
        if n < 2 {
            return self.tensor(vec![a; n], &[n]);
        }
        let step = (b - a) / (n - 1) as f32;
        let one = |i: usize| {
            if i < n / 2 { step.mul_add(i as f32, a) } else { (-step).mul_add((n - i - 1) as f32, b) }
        };
        self.tensor(lanes(n, one, |base, k| base + step * k)?, &[n])
    }
}

/// A sequence of which the first element of a group is computed by its index, and the others from it; what does
/// not fill a round of groups is computed by index.
fn lanes(n: usize, by_index: impl Fn(usize) -> f32, from_base: impl Fn(f32, f32) -> f32) -> Result<Vec<f32>> {
    let grouped = n - n % ROUND;
    let at = |i: usize| {
        if i < grouped { from_base(by_index(i - i % LANES), (i % LANES) as f32) } else { by_index(i) }
    };
    gathered(n, at)
}

/// `n` elements, if the host's memory has room for them: in the browser it may not.
fn gathered<T>(n: usize, element: impl Fn(usize) -> T) -> Result<Vec<T>> {
    let mut all = Vec::new();
    all.try_reserve_exact(n).map_err(|_| too_large())?;
    all.extend((0..n).map(element));
    Ok(all)
}

fn too_large() -> Error {
    Error::Shape("invalid size, possible overflow?".to_owned())
}

impl Tensor {
    /// A tensor of one value, of the shape and type of this one: `torch.full_like`.
    ///
    /// # Errors
    /// What the backend says.
    pub fn full_like(&self, value: impl Into<Scalar>) -> Result<Tensor> {
        self.engine().full(self.shape(), value, self.dtype())
    }

    /// Zeros of the shape and type of this one.
    ///
    /// # Errors
    /// What the backend says.
    pub fn zeros_like(&self) -> Result<Tensor> {
        self.full_like(0i64)
    }

    /// Ones of the shape and type of this one.
    ///
    /// # Errors
    /// What the backend says.
    pub fn ones_like(&self) -> Result<Tensor> {
        self.full_like(1i64)
    }
}
