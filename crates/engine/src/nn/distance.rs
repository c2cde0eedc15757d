//! How far apart vectors are, and vectors made to have length 1.

use crate::error::{Error, Result};
use crate::layout::broadcast;
use crate::tensor::Tensor;

/// x · y / (max(‖x‖, eps) · max(‖y‖, eps)) along `dim` of both, broadcast together.
///
/// # Errors
/// [`Error::Broadcast`], [`Error::Dim`], and [`Error::Shape`] for other elements than real numbers.
pub fn cosine_similarity(x: &Tensor, y: &Tensor, dim: i64, eps: f64) -> Result<Tensor> {
    let dtype = x.dtype().promote(y.dtype());
    if !dtype.is_floating_point() {
        return Err(Error::Shape(format!(
            "expected common dtype to be floating point, yet common dtype is {}",
            dtype.scalar_type()
        )));
    }
    let shape = broadcast(x.shape(), y.shape())?;
    x.engine().call("cosine_similarity", "SumBackward1", || {
        let unit = |t: &Tensor| {
            let t = t.to(dtype)?.expand(&shape)?;
            t.div(&t.norm(2.0, &[dim], true)?.maximum(eps)?)
        };
        unit(x)?.mul(&unit(y)?)?.sum(&[dim], false)
    })
}

/// The p-norm of x − y + eps over the last dimension.
///
/// # Errors
/// [`Error::Broadcast`], and [`Error::Shape`] for other elements than real numbers.
pub fn pairwise_distance(x: &Tensor, y: &Tensor, p: f64, eps: f64, keepdim: bool) -> Result<Tensor> {
    x.engine().call("pairwise_distance", "NormBackward1", || x.sub(y)?.add(eps)?.norm(p, &[-1], keepdim))
}

/// The p-norm of the difference of each row of x, `[…, P, M]`, and each row of y, `[…, R, M]`: `[…, P, R]`.
///
/// # Errors
/// [`Error::Broadcast`], and [`Error::Shape`], with PyTorch's words, for other shapes.
pub fn cdist(x: &Tensor, y: &Tensor, p: f64) -> Result<Tensor> {
    for (t, name) in [(x, "X1"), (y, "X2")] {
        if t.ndim() < 2 {
            let text = format!("cdist only supports at least 2D tensors, {name} got: {}D", t.ndim());
            return Err(Error::Shape(text));
        }
    }
    let (a, b) = (x.shape()[x.ndim() - 1], y.shape()[y.ndim() - 1]);
    if a != b {
        let text = format!("X1 and X2 must have the same number of columns. X1: {a} X2: {b}");
        return Err(Error::Shape(text));
    }
    let beside = |t: &Tensor, back: usize| {
        let mut shape = t.shape().to_vec();
        shape.insert(t.ndim() - back, 1);
        t.reshape_to(&shape)
    };
    x.engine().call("cdist", "CdistBackward0", || beside(x, 1)?.sub(&beside(y, 2)?)?.norm(p, &[-1], false))
}

/// x / max(‖x‖ₚ, eps) along `dim`.
///
/// # Errors
/// [`Error::Dim`], and [`Error::Shape`] for other elements than real numbers.
pub fn normalize(x: &Tensor, p: f64, dim: i64, eps: f64) -> Result<Tensor> {
    x.engine().call("normalize", "DivBackward0", || x.div(&x.norm(p, &[dim], true)?.maximum(eps)?))
}
