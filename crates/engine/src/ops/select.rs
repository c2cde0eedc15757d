//! `where`: each element from one tensor or the other.

use super::{Gradients, Saves, Vjp};
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::broadcast;
use crate::program::Step;
use crate::tensor::Tensor;

pub(super) const FORMULA: &str = "condition ? x : y";
pub(super) const SAVES: Saves = Saves::inputs(true, false, false);

/// Inputs: condition (bool), x and y (one dtype); all three are broadcast together.
pub(super) fn eval(engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
    let (condition, x, y) = (inputs[0], inputs[1], inputs[2]);
    if condition.dtype() != DType::Bool {
        return Err(Error::Shape(format!(
            "where expected condition to be a boolean tensor, but got a tensor with dtype {}",
            condition.dtype().scalar_type()
        )));
    }
    let shape = broadcast(condition.shape(), &broadcast(x.shape(), y.shape())?)?;
    let layouts =
        [condition.layout().expand(&shape)?, x.layout().expand(&shape)?, y.layout().expand(&shape)?];
    let [c, a, b] = &layouts;
    engine.map(Step::Where(0, 1, 2), &[(condition, c), (x, a), (y, b)], &shape)
}

pub(super) fn vjp(v: &Vjp<'_>) -> Gradients {
    let condition = v.input(0)?;
    Ok(vec![None, v.wanted(1, || condition.where_(v.g, 0.0))?, v.wanted(2, || condition.where_(0.0, v.g))?])
}
