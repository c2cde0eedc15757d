//! The public operations of a tensor. Every one of them fails with what its shape rule or the backend says;
//! none of them waits for the device.

mod activations;
mod angles;
mod arithmetic;
mod einsum;
mod elementwise;
mod folds;
mod functions;
mod indexing;
mod items;
mod joining;
mod logic;
mod middle;
mod order;
mod products;
mod rearrange;
mod reductions;
mod shape;
mod sliding;
mod values;

pub use items::Item;

pub use einsum::einsum;
pub(crate) use products::product;
pub use sliding::Padding;

pub use activations::Gelu;
pub use arithmetic::Rounding;
pub use logic::Closeness;

use crate::dtype::Scalar;
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
