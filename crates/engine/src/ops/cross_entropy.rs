//! Softmax cross-entropy of a batch, the loss of classifiers, in one kernel forward and one backward: the one gradient
//! that has a kernel of its own, because it would be six of them otherwise.

use super::{Gradients, Saves, Vjp};
use crate::backend::Kernel;
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::tensor::Tensor;

pub(super) const FORMULA: &str = "−mean ln softmax(x)[y]";
pub(super) const SAVES: Saves = Saves::inputs(true, true, false).and_output();

/// Inputs: scores [N, C] and classes [N] (int64). The result is 0-d; its storage also holds 1 / the number of rows that
/// count.
pub(super) fn eval(ignore: i64, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
    let (x, y) = (inputs[0], inputs[1]);
    if !x.dtype().is_floating_point() {
        return Err(Error::DType { op: "cross_entropy", expected: "real numbers", found: x.dtype() });
    }
    if y.dtype() != DType::Int64 || x.ndim() != 2 || y.ndim() != 1 || x.shape()[0] != y.numel() {
        let text = format!("cross_entropy: classes {:?} for scores {:?}", y.shape(), x.shape());
        return Err(Error::Shape(text));
    }
    let kernel = Kernel::CrossEntropy { ignore };
    let both = engine.run(kernel, &[(x, x.layout()), (y, y.layout())], &[2], x.dtype())?;
    Ok(both.view_as(Layout::contiguous(&[])))
}

/// g · (softmax(x) − one_hot(y)) / n, for the rows that count
pub(super) fn vjp(ignore: i64, v: &Vjp<'_>) -> Gradients {
    let (x, y) = (v.input(0)?, v.input(1)?);
    let engine = x.engine();
    if engine.is_grad_enabled() {
        return Ok(vec![Some(recorded(ignore, v, &x, &y)?), None]);
    }
    let both = v.ans()?.view_as(Layout::contiguous(&[2]));
    let inputs = [(&x, x.layout()), (&y, y.layout()), (v.g, v.g.layout()), (&both, both.layout())];
    let gx = engine.run(Kernel::CrossEntropyGrad { ignore }, &inputs, x.shape(), x.dtype())?;
    Ok(vec![Some(gx), None])
}

/// The same in ops that can be differentiated again.
fn recorded(ignore: i64, v: &Vjp<'_>, x: &Tensor, y: &Tensor) -> Result<Tensor> {
    let engine = x.engine();
    let (n, classes) = (x.shape()[0], x.shape()[1]);
    let column = y.reshape_to(&[n, 1])?;
    let numbers = engine.tensor((0..classes as i64).collect::<Vec<_>>(), &[classes])?;
    let hit = numbers.eq(&column)?.to(x.dtype())?;
    let counts = column.ne(ignore)?.to(x.dtype())?;
    let share = counts.div(&counts.sum(&[], false)?)?;
    x.log_softmax(1)?.exp()?.sub(&hit)?.mul(&share)?.mul(v.g)
}
