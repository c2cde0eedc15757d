//! The same elements in a new storage, of the same or another element type.

use super::{Gradients, Vjp};
use crate::backend::Kernel;
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::Result;
use crate::program::Step;
use crate::tensor::Tensor;

pub(super) fn eval(dtype: DType, engine: &Engine, x: &Tensor) -> Result<Tensor> {
    let from = x.dtype();
    if dtype == from {
        return engine.run(Kernel::Copy, &[(x, x.layout())], x.shape(), dtype);
    }
    if dtype.includes(from) {
        // Nothing changes, and nothing is copied before one of the two is written to.
        let whole = x.layout().is_contiguous() && x.storage().len() == x.numel();
        let held = if whole { x.clone() } else { eval(from, engine, x)? };
        return Ok(held.labelled(dtype));
    }
    if dtype.is_cut() && from.stored() != DType::Int64 {
        let whole = eval(DType::Int64, engine, x)?;
        return if holds(dtype, from) { Ok(whole.labelled(dtype)) } else { eval(dtype, engine, &whole) };
    }
    // A GPU packs uint8 four to a word, which only the copy kernel knows.
    if [dtype, from].contains(&DType::UInt8) {
        return engine.run(Kernel::Copy, &[(x, x.layout())], x.shape(), dtype);
    }
    engine.map(Step::Cast(dtype, 0), &[(x, x.layout())], x.shape())
}

/// Whether a smaller integer type holds every value of a type that is stored in another way.
fn holds(dtype: DType, from: DType) -> bool {
    from == DType::Bool || from == DType::UInt8 && dtype != DType::Int8
}

/// The result of arithmetic, with what does not fit its type wrapped around.
pub(super) fn cut(x: Tensor) -> Result<Tensor> {
    let dtype = x.dtype();
    if dtype.is_cut() { x.engine().map(Step::Cast(dtype, 0), &[(&x, x.layout())], x.shape()) } else { Ok(x) }
}

pub(super) fn vjp(v: &Vjp<'_>) -> Gradients {
    Ok(vec![Some(v.g.to(v.dtype(0))?)])
}
