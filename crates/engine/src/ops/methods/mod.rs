//! The public operations of a tensor. Every one of them fails with what its shape rule or the backend says;
//! none of them waits for the device.

mod elementwise;
mod folds;
mod indexing;
mod shape;

use super::Op;
use crate::dtype::{DType, Scalar};
use crate::error::Result;
use crate::promote::result_type;
use crate::tensor::Tensor;

/// The second operand of an elementwise op: a tensor, or a number that costs no memory.
#[derive(Clone)]
pub enum Arg<'a> {
    /// A tensor.
    Tensor(&'a Tensor),
    /// A number. It takes the tensor's dtype, unless it is of a higher category: see [`result_type`](crate::result_type).
    Scalar(Scalar),
}

impl<'a> From<&'a Tensor> for Arg<'a> {
    fn from(t: &'a Tensor) -> Self {
        Self::Tensor(t)
    }
}

impl From<f64> for Arg<'_> {
    fn from(x: f64) -> Self {
        Self::Scalar(x.into())
    }
}

impl From<i64> for Arg<'_> {
    fn from(i: i64) -> Self {
        Self::Scalar(i.into())
    }
}

impl From<bool> for Arg<'_> {
    fn from(b: bool) -> Self {
        Self::Scalar(b.into())
    }
}

impl From<Scalar> for Arg<'_> {
    fn from(value: Scalar) -> Self {
        Self::Scalar(value)
    }
}

impl Tensor {
    /// Converted to `dtype`; itself if it has it.
    ///
    /// # Errors
    /// If the backend has no such element type.
    pub fn to(&self, dtype: DType) -> Result<Tensor> {
        if dtype == self.dtype() { Ok(self.clone()) } else { self.engine().apply(Op::Cast(dtype), &[self]) }
    }

    /// `self ? x : y`: self is bool.
    ///
    /// # Errors
    /// [`crate::Error::Broadcast`], [`crate::Error::DType`].
    pub fn where_<'a, 'b>(&self, x: impl Into<Arg<'a>>, y: impl Into<Arg<'b>>) -> Result<Tensor> {
        let (x, y) = (x.into(), y.into());
        let dtype = result_type(&[x.clone(), y.clone()]);
        self.engine().apply(Op::Where, &[self, &x.beside(self, dtype)?, &y.beside(self, dtype)?])
    }
}
