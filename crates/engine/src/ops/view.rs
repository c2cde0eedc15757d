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
    /// The elements `[…, i, …, i + offset, …]` of two dimensions, as a last dimension.
    Diagonal(Diagonal),
    /// Zeros of this shape, with the input on a diagonal.
    Undiagonal(Vec<usize>, Diagonal),
    /// These dimensions in reverse order: a copy.
    Flip(Vec<usize>),
}

/// A diagonal of two dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Diagonal {
    /// How far it lies above the main one; below, if negative.
    pub offset: i64,
    /// The dimension that `i` counts in.
    pub rows: usize,
    /// The dimension that `i + offset` counts in.
    pub columns: usize,
}

impl Diagonal {
    /// The elements of `x` that lie on it.
    fn of(self, x: &Layout) -> Layout {
        let (rows, columns) = (x.shape[self.rows] as i64, x.shape[self.columns] as i64);
        let (down, right) = (self.offset.saturating_neg().max(0), self.offset.max(0));
        let len = (rows.saturating_sub(down)).min(columns.saturating_sub(right)).max(0) as usize;
        let mut out = x.clone();
        if len > 0 {
            let start = x.strides[self.rows] * down as isize + x.strides[self.columns] * right as isize;
            out.offset = (x.offset as isize + start) as usize;
        }
        let stride = x.strides[self.rows].wrapping_add(x.strides[self.columns]);
        for dim in [self.rows.max(self.columns), self.rows.min(self.columns)] {
            out.shape.remove(dim);
            out.strides.remove(dim);
        }
        out.shape.push(len);
        out.strides.push(stride);
        out
    }
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
            Self::Diagonal(_) => "diagonal",
            Self::Undiagonal(..) => "diag_embed",
            Self::Flip(_) => "flip",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self {
            Self::Reshape(_) | Self::Permute(_) | Self::Expand(_) => "x",
            Self::Slice { .. } => "x[start : end : step]",
            Self::Unslice { .. } => "0, with x at [start : end : step]",
            Self::Diagonal(_) => "x[i, i]",
            Self::Undiagonal(..) => "0, with x at [i, i]",
            Self::Flip(_) => "x, reversed",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        Saves::NOTHING
    }

    pub(crate) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let x = inputs[0];
        Ok(match self {
            Self::Reshape(shape) => {
                checked_numel(shape)?;
                match x.layout().view(shape) {
                    Some(layout) => x.view_as(layout),
                    None => {
                        let dense = engine.run(Kernel::Copy, &[(x, x.layout())], x.shape(), x.dtype())?;
                        dense.view_as(Layout::contiguous(shape))
                    }
                }
            }
            Self::Permute(dims) => x.view_as(x.layout().permute(dims)),
            Self::Expand(shape) => {
                checked_numel(shape)?;
                x.view_as(x.layout().expand(shape)?)
            }
            Self::Slice { dim, start, len, step } => x.view_as(x.layout().slice(*dim, *start, *len, *step)),
            Self::Unslice { shape, dim, start, step } => {
                embed(engine, x, shape, |out| out.slice(*dim, *start, x.shape()[*dim], *step))?
            }
            Self::Diagonal(diagonal) => x.view_as(diagonal.of(x.layout())),
            Self::Undiagonal(shape, diagonal) => embed(engine, x, shape, |out| diagonal.of(out))?,
            Self::Flip(dims) => {
                let mut back = x.layout().clone();
                for &d in dims.iter().filter(|_| x.numel() > 0) {
                    let last = back.strides[d] * (back.shape[d] - 1) as isize;
                    back.offset = (back.offset as isize + last) as usize;
                    back.strides[d] = -back.strides[d];
                }
                engine.run(Kernel::Copy, &[(x, &back)], x.shape(), x.dtype())?
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
            Self::Diagonal(diagonal) => g.view(Self::Undiagonal(v.shape(0).to_vec(), *diagonal))?,
            Self::Undiagonal(_, diagonal) => g.view(Self::Diagonal(*diagonal))?,
            Self::Flip(dims) => g.view(Self::Flip(dims.clone()))?,
        };
        Ok(vec![Some(gx)])
    }
}

/// Zeros of `shape`, with `x` in the part of them that `place` names.
fn embed(engine: &Engine, x: &Tensor, shape: &[usize], place: impl Fn(&Layout) -> Layout) -> Result<Tensor> {
    let out = engine.full(shape, 0.0, x.dtype())?;
    let part = out.view_as(place(out.layout()));
    engine.run_into(Kernel::Copy, &[(x, x.layout())], &part)?;
    Ok(out)
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
