//! The linear layer.

use crate::error::Result;
use crate::tensor::Tensor;

/// `x · weightᵀ + bias`: x is `[N, in]`, weight `[out, in]`, bias `[out]`.
///
/// # Errors
/// [`crate::Error::MatMul`], [`crate::Error::Broadcast`].
pub fn linear(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Result<Tensor> {
    x.matmul(&weight.t()?)?.add(bias)
}
