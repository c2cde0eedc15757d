//! The linear layer's function.

use crate::error::Result;
use crate::tensor::Tensor;

/// `x · weightᵀ + bias`: x is `[…, in]`, weight `[out, in]` (or `[in]`), bias `[out]`.
///
/// # Errors
/// [`crate::Error::MatMul`], and [`crate::Error::Shape`] for a bias of another size or for two dtypes.
pub fn linear<'a>(x: &Tensor, weight: &Tensor, bias: impl Into<Option<&'a Tensor>>) -> Result<Tensor> {
    let columns = weight.t()?;
    match (x.ndim(), bias.into()) {
        (2, Some(bias)) if weight.ndim() == 2 => bias.addmm(x, &columns, 1.0, 1.0),
        (3, Some(bias)) if weight.ndim() == 2 && x.layout().is_contiguous() => {
            x.engine().call("linear", "ViewBackward0", || {
                let [n, rows, inner] = [x.shape()[0], x.shape()[1], x.shape()[2]];
                let flat = bias.addmm(&x.reshape_to(&[n * rows, inner])?, &columns, 1.0, 1.0)?;
                flat.reshape_to(&[n, rows, weight.shape()[0]])
            })
        }
        (_, Some(bias)) => x.matmul(&columns)?.add(bias),
        (_, None) => x.matmul(&columns),
    }
}
