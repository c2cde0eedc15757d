//! Truth values: their logic, questions about numbers, and selection by them.

use super::Arg;
use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::ops::{Binary, Op, Reducer};
use crate::promote::{missing, result_type};
use crate::tensor::Tensor;

/// How close two numbers must be: `|x − y| ≤ atol + rtol · |y|`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeness {
    /// The share of the second number.
    pub rtol: f64,
    /// The distance allowed near zero.
    pub atol: f64,
    /// Whether two NaN are close.
    pub equal_nan: bool,
}

impl Default for Closeness {
    fn default() -> Self {
        Self { rtol: 1e-5, atol: 1e-8, equal_nan: false }
    }
}

impl Tensor {
    fn logical(&self, op: Binary, other: &Arg<'_>) -> Result<Tensor> {
        let (x, y) = (self.to(DType::Bool)?, other.beside(self, DType::Bool)?);
        self.engine().apply(Op::Binary(op), &[&x, &y])
    }

    /// Whether both hold; a number holds if it is not zero.
    ///
    /// # Errors
    /// [`Error::Broadcast`].
    pub fn logical_and<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
        self.logical(Binary::And, &other.into())
    }

    /// Whether either holds; a number holds if it is not zero.
    ///
    /// # Errors
    /// [`Error::Broadcast`].
    pub fn logical_or<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
        self.logical(Binary::Or, &other.into())
    }

    /// Whether one of both holds; a number holds if it is not zero.
    ///
    /// # Errors
    /// [`Error::Broadcast`].
    pub fn logical_xor<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
        self.logical(Binary::Xor, &other.into())
    }

    /// !x of truth values, of whether numbers are zero.
    ///
    /// # Errors
    /// What the backend says.
    pub fn logical_not(&self) -> Result<Tensor> {
        self.eq(Scalar::Bool(false))
    }

    /// !x of truth values, of all bits of integers.
    ///
    /// # Errors
    /// [`Error::Shape`] for real numbers.
    pub fn bitwise_not(&self) -> Result<Tensor> {
        match self.dtype() {
            DType::Bool => self.logical_not(),
            dtype if dtype.is_floating_point() => Err(missing("bitwise_not_cpu", dtype)),
            _ => self.neg()?.sub(1i64),
        }
    }

    /// Whether it is not a number.
    ///
    /// # Errors
    /// What the backend says.
    pub fn isnan(&self) -> Result<Tensor> {
        self.ne(self)
    }

    /// Whether it is an infinity.
    ///
    /// # Errors
    /// What the backend says.
    pub fn isinf(&self) -> Result<Tensor> {
        if !self.dtype().is_floating_point() {
            return self.engine().full(self.shape(), false, DType::Bool);
        }
        self.detach().abs()?.eq(f64::INFINITY)
    }

    /// Whether it is neither infinite nor NaN.
    ///
    /// # Errors
    /// What the backend says.
    pub fn isfinite(&self) -> Result<Tensor> {
        if !self.dtype().is_floating_point() {
            return self.engine().full(self.shape(), true, DType::Bool);
        }
        self.detach().abs()?.lt(f64::INFINITY)
    }

    /// Whether elements are equal, or as close as asked.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] for different element types and negative tolerances.
    pub fn isclose(&self, other: &Tensor, closeness: Closeness) -> Result<Tensor> {
        if self.dtype() != other.dtype() {
            let (a, b) = (self.dtype().scalar_type(), other.dtype().scalar_type());
            return Err(Error::Shape(format!("{a} did not match {b}")));
        }
        for (name, value) in [("rtol", closeness.rtol), ("atol", closeness.atol)] {
            // NaN is no tolerance either.
            if value < 0.0 || value.is_nan() {
                let text = format!("{name} must be greater than or equal to zero, but got {value}");
                return Err(Error::Shape(text));
            }
        }
        let mut close = self.eq(other)?;
        if closeness.equal_nan {
            close = close.bitwise_or(&self.isnan()?.bitwise_and(&other.isnan()?)?)?;
        }
        let real = if self.dtype().is_floating_point() { self.dtype() } else { DType::Float32 };
        let (x, y) = (self.detach().to(real)?, other.detach().to(real)?);
        let allowed = y.mul(closeness.rtol)?.abs()?.add(closeness.atol)?;
        let distance = x.sub(&y)?.abs()?;
        close.bitwise_or(&distance.isfinite()?.bitwise_and(&distance.le(&allowed)?)?)
    }

    /// Whether all elements are equal, or as close as asked: a tensor of one truth value.
    ///
    /// # Errors
    /// As for [`isclose`](Self::isclose).
    pub fn allclose(&self, other: &Tensor, closeness: Closeness) -> Result<Tensor> {
        self.isclose(other, closeness)?.every()
    }

    /// Whether both have the same shape and the same elements: a tensor of one truth value.
    ///
    /// # Errors
    /// What the backend says.
    pub fn equal(&self, other: &Tensor) -> Result<Tensor> {
        if self.shape() == other.shape() {
            self.eq(other)?.every()
        } else {
            self.engine().full(&[], false, DType::Bool)
        }
    }

    /// Whether all of these truth values hold.
    fn every(&self) -> Result<Tensor> {
        self.to(DType::Int64)?.reduce_dims(Reducer::Prod, &[], false)?.to(DType::Bool)
    }

    /// `self ? x : y`, with the common type of x and y. Self is bool; bytes count as truth values, too.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] for a condition of numbers.
    pub fn where_<'a, 'b>(&self, x: impl Into<Arg<'a>>, y: impl Into<Arg<'b>>) -> Result<Tensor> {
        let (x, y) = (x.into(), y.into());
        let dtype = result_type(&[x.clone(), y.clone()]);
        let condition = if self.dtype() == DType::UInt8 { self.to(DType::Bool)? } else { self.clone() };
        let (x, y) = (x.beside(self, dtype)?, y.beside(self, dtype)?);
        self.engine().apply(Op::Where, &[&condition, &x, &y])
    }

    /// NaN and infinities replaced: by 0 and the largest and smallest number of the type, unless others are given.
    ///
    /// # Errors
    /// What the backend says.
    pub fn nan_to_num(&self, nan: Option<f64>, posinf: Option<f64>, neginf: Option<f64>) -> Result<Tensor> {
        let largest = match self.dtype() {
            DType::Float32 => f64::from(f32::MAX),
            DType::Float64 => f64::MAX,
            _ => return self.copy(),
        };
        self.engine().call("nan_to_num", "NanToNumBackward0", || {
            let finite = self.isnan()?.where_(nan.unwrap_or(0.0), self)?;
            let finite = self.eq(f64::INFINITY)?.where_(posinf.unwrap_or(largest), &finite)?;
            self.eq(f64::NEG_INFINITY)?.where_(neginf.unwrap_or(-largest), &finite)
        })
    }

    fn prefer(
        &self,
        other: &Arg<'_>,
        call: [&'static str; 2],
        first: impl Fn(&Tensor, &Tensor) -> Result<Tensor>,
    ) -> Result<Tensor> {
        let common = result_type(&[Arg::Tensor(self), other.clone()]);
        self.engine().call(call[0], call[1], || {
            let (x, y) = (self.to(common)?, other.beside(self, common)?);
            first(&x, &y)?.bitwise_or(&y.isnan()?)?.where_(&x, &y)
        })
    }

    /// The larger one of each pair; of a number and NaN the number.
    ///
    /// # Errors
    /// [`Error::Broadcast`].
    pub fn fmax<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
        self.prefer(&other.into(), ["fmax", "FmaxBackward0"], |x, y| x.ge(y))
    }

    /// The smaller one of each pair; of a number and NaN the number.
    ///
    /// # Errors
    /// [`Error::Broadcast`].
    pub fn fmin<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
        self.prefer(&other.into(), ["fmin", "FminBackward0"], |x, y| x.le(y))
    }
}
