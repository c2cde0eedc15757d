//! Other looks at the same storage: no kernel runs. And the reverse of a slice, which does run one.

use super::{Gradients, Saves, Vjp};
use crate::backend::Kernel;
use crate::engine::Engine;
use crate::error::Result;
use crate::layout::{Layout, checked_numel};
use crate::tensor::Tensor;

/// A change of layout.
#[derive(Clone, Debug, PartialEq)]
pub enum View {
    /// Another shape of as many elements; the storage is shared (copied first where strides do not allow it).
    Reshape(Vec<usize>),
    /// Dimension `dims[i]` becomes dimension `i`.
    Permute(Vec<usize>),
    /// Size 1 repeated, new dimensions in front.
    Expand(Vec<usize>),
    /// `len` elements of a dimension, from `start`, every `step`-th.
    Slice {
        /// The dimension.
        dim: usize,
        /// The first element.
        start: usize,
        /// How many.
        len: usize,
        /// The distance between them.
        step: usize,
    },
    /// Zeros of this shape, with the input where the slice would have read.
    Unslice {
        /// The shape of the result.
        shape: Vec<usize>,
        /// The dimension.
        dim: usize,
        /// Where the first element goes.
        start: usize,
        /// The distance between them.
        step: usize,
    },
}

impl View {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reshape(_) => "view",
            Self::Permute(_) => "permute",
            Self::Expand(_) => "expand",
            Self::Slice { .. } => "slice",
            Self::Unslice { .. } => "slice_backward",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self {
            Self::Reshape(_) | Self::Permute(_) | Self::Expand(_) => "x",
            Self::Slice { .. } => "x[start : end : step]",
            Self::Unslice { .. } => "0, with x at [start : end : step]",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        Saves::NOTHING
    }

    pub(crate) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let x = inputs[0];
        Ok(match self {
            Self::Reshape(shape) => match x.layout().view(shape) {
                Some(layout) => x.view_as(layout),
                None => {
                    let dense = engine.run(Kernel::Copy, &[(x, x.layout())], x.shape(), x.dtype())?;
                    dense.view_as(Layout::contiguous(shape))
                }
            },
            Self::Permute(dims) => x.view_as(x.layout().permute(dims)),
            Self::Expand(shape) => {
                checked_numel(shape)?;
                x.view_as(x.layout().expand(shape)?)
            }
            Self::Slice { dim, start, len, step } => x.view_as(x.layout().slice(*dim, *start, *len, *step)),
            Self::Unslice { shape, dim, start, step } => {
                let out = engine.full(shape, 0.0, x.dtype())?;
                let part = out.view_as(out.layout().slice(*dim, *start, x.shape()[*dim], *step));
                engine.run_into(Kernel::Copy, &[(x, x.layout())], &part)?;
                out
            }
        })
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let g = v.g;
        let gx = match self {
            Self::Reshape(_) => g.reshape_to(v.shape(0))?,
            Self::Permute(dims) => g.view(Self::Permute(inverse(dims)))?,
            // The walk sums over what was expanded, as after any broadcast.
            Self::Expand(_) => g.clone(),
            Self::Slice { dim, start, step, .. } => {
                g.view(Self::Unslice { shape: v.shape(0).to_vec(), dim: *dim, start: *start, step: *step })?
            }
            Self::Unslice { dim, start, step, .. } => {
                g.view(Self::Slice { dim: *dim, start: *start, len: v.shape(0)[*dim], step: *step })?
            }
        };
        Ok(vec![Some(gx)])
    }
}

/// The permutation that undoes `dims`.
pub(super) fn inverse(dims: &[usize]) -> Vec<usize> {
    let mut back = vec![0; dims.len()];
    for (i, &d) in dims.iter().enumerate() {
        back[d] = i;
    }
    back
}

/// The permutation that brings `dim` to the end, and the one that brings it back.
pub(super) fn dim_last(dim: usize, ndim: usize) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..ndim).filter(|&d| d != dim).collect();
    order.push(dim);
    let back = inverse(&order);
    (order, back)
}
