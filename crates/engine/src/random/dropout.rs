//! Dropout, as it draws in `torch.nn.functional`.

use crate::error::{Error, Result};
use crate::python::general;
use crate::tensor::Tensor;

/// `F.dropout(x, p, training)`: each element is zero with probability `p`, and divided by 1 − p otherwise.
///
/// # Errors
/// [`Error::Shape`] unless 0 ≤ p ≤ 1.
pub fn dropout(x: &Tensor, p: f64, training: bool) -> Result<Tensor> {
    masked(x, x.shape(), p, training)
}

/// `F.dropout1d`, `F.dropout2d` and `F.dropout3d`: whole channels of x `[N, C, …]` are zero.
///
/// # Errors
/// [`Error::Shape`] unless 0 ≤ p ≤ 1 and x has at least two dimensions.
pub fn feature_dropout(x: &Tensor, p: f64, training: bool) -> Result<Tensor> {
    if x.ndim() < 2 {
        let text = "Feature dropout requires at least 2 dimensions in the input";
        return Err(Error::Shape(text.to_owned()));
    }
    let mut shape = vec![1; x.ndim()];
    shape[..2].copy_from_slice(&x.shape()[..2]);
    masked(x, &shape, p, training)
}

fn masked(x: &Tensor, shape: &[usize], p: f64, training: bool) -> Result<Tensor> {
    if !(0.0..=1.0).contains(&p) {
        let found = general(p);
        let text = format!("dropout probability has to be between 0 and 1, but got {found}");
        return Err(Error::Shape(text));
    }
    if p == 0.0 || !training || x.numel() == 0 {
        return Ok(x.clone());
    }
    let engine = x.engine();
    engine.call("dropout", "MulBackward0", || {
        let mask = engine.full(shape, 0.0, x.dtype())?;
        if p < 1.0 {
            engine.no_grad(|| mask.bernoulli_(1.0 - p))?;
        }
        let kept = if p < 1.0 { mask.div(1.0 - p)? } else { mask };
        x.mul(&kept)
    })
}
