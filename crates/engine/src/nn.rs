//! Functions of `torch.nn.functional`.

use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// `x · weightᵀ + bias`: x is `[N, in]`, weight `[out, in]`, bias `[out]`.
///
/// # Errors
/// [`Error::MatMul`], [`Error::Broadcast`].
pub fn linear(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Result<Tensor> {
    x.matmul(&weight.t()?)?.add(bias)
}

/// The mean over a batch of −log softmax(logits) at the right class: logits are `[N, C]`, targets `[N]` (int64).
///
/// # Errors
/// [`Error::Shape`] for other shapes; on the CPU [`Error::Index`] for a class out of range.
pub fn cross_entropy(logits: &Tensor, targets: &Tensor) -> Result<Tensor> {
    if logits.ndim() != 2 || targets.ndim() != 1 || logits.shape()[0] != targets.numel() {
        return Err(Error::Shape(format!(
            "Expected input batch_size ({}) to match target batch_size ({}).",
            logits.shape().first().unwrap_or(&0),
            targets.numel()
        )));
    }
    logits.softmax_cross_entropy(targets, -100)
}
