//! The logarithm of softmax: stable where softmax followed by a logarithm is not.

use super::view::dim_last;
use super::{Gradients, Saves, Vjp};
use crate::backend::Kernel;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

pub(super) const FORMULA: &str = "x − ln Σ eˣ";
pub(super) const SAVES: Saves = Saves::OUTPUT;

pub(super) fn eval(dim: usize, engine: &Engine, x: &Tensor) -> Result<Tensor> {
    if !x.dtype().is_floating_point() {
        let found = x.dtype().scalar_type();
        return Err(Error::Shape(format!("\"softmax_kernel_impl\" not implemented for '{found}'")));
    }
    if x.ndim() == 0 {
        return engine.full(&[], 0.0, x.dtype());
    }
    let (order, back) = dim_last(dim, x.ndim());
    let layout = x.layout().permute(&order);
    let out = engine.run(Kernel::LogSoftmax, &[(x, &layout)], &layout.shape, x.dtype())?;
    Ok(out.view_as(out.layout().permute(&back)))
}

/// g − softmax(x) · Σ g
pub(super) fn vjp(dim: usize, v: &Vjp<'_>) -> Gradients {
    let total = v.g.sum(&[dim as i64], true)?;
    Ok(vec![Some(v.g.sub(&v.ans()?.exp()?.mul(&total)?)?)])
}
