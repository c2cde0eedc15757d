//! The product of two matrices, or of two batches of matrices. Transposed operands are read where they lie.

use super::{Gradients, Saves, Vjp};
use crate::backend::Kernel;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::tensor::Tensor;

pub(super) const FORMULA: &str = "x · y";
pub(super) const SAVES: Saves = Saves::inputs(true, true, false);

/// Inputs: [M, K] and [K, N], or [B, M, K] and [B, K, N]; of one floating-point dtype.
pub(super) fn eval(engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
    let (x, y) = (inputs[0], inputs[1]);
    if !x.dtype().is_floating_point() || x.dtype() != y.dtype() {
        let found = if x.dtype().is_floating_point() { y.dtype() } else { x.dtype() };
        return Err(Error::DType { op: "matmul", expected: "real numbers of one dtype", found });
    }
    let (a, b) = (batched(x.layout())?, batched(y.layout())?);
    let ([batch, m, k], [_, k2, n]) = (sizes(&a), sizes(&b));
    if k != k2 || a.shape[0] != b.shape[0] || x.ndim() != y.ndim() {
        return Err(Error::MatMul(m, k, k2, n));
    }
    let out = engine.run(Kernel::MatMul { then: None }, &[(x, &a), (y, &b)], &[batch, m, n], x.dtype())?;
    if x.ndim() == 3 { Ok(out) } else { Ok(out.view_as(Layout::contiguous(&[m, n]))) }
}

/// gx = g·yᵀ, gy = xᵀ·g. As in PyTorch, a gradient lies as its operand does: that of a weight which was multiplied
/// transposed need not be copied then.
pub(super) fn vjp(v: &Vjp<'_>) -> Gradients {
    let gx = v.wanted(0, || product(v.g, &v.input(1)?.transpose(-1, -2)?, v.lies_transposed(0)))?;
    let gy = v.wanted(1, || product(&v.input(0)?.transpose(-1, -2)?, v.g, v.lies_transposed(1)))?;
    Ok(vec![gx, gy])
}

/// x·y, or the same as (yᵀ·xᵀ)ᵀ.
fn product(x: &Tensor, y: &Tensor, transposed: bool) -> Result<Tensor> {
    if !transposed {
        return x.matmul(y);
    }
    y.transpose(-1, -2)?.matmul(&x.transpose(-1, -2)?)?.transpose(-1, -2)
}

fn batched(layout: &Layout) -> Result<Layout> {
    match layout.ndim() {
        3 => Ok(layout.clone()),
        2 => {
            let (shape, strides) = (&layout.shape, &layout.strides);
            Ok(Layout {
                shape: [1, shape[0], shape[1]].as_slice().into(),
                strides: [0, strides[0], strides[1]].as_slice().into(),
                offset: layout.offset,
            })
        }
        n => Err(Error::Shape(format!(
            "matmul: expected two matrices, or two batches of matrices, but got a {n}-D tensor"
        ))),
    }
}

fn sizes(layout: &Layout) -> [usize; 3] {
    [layout.shape[0], layout.shape[1], layout.shape[2]]
}
