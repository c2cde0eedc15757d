//! Windows that slide along a dimension, and room around a tensor: what convolutions and pooling are made of.

use super::{Gradients, Saves, View, Vjp};
use crate::backend::Kernel;
use crate::dtype::{DType, Scalar};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::checked_numel;
use crate::tensor::Tensor;

/// A step of sliding windows.
#[derive(Clone, Debug, PartialEq)]
pub enum Windows {
    /// Every window along a dimension: `ans[…, i, …, j] = x[…, i·step + j·dilation, …]`. A view: windows that overlap
    /// share their elements.
    Unfold {
        /// The dimension, which counts the windows in the result. Their elements become the last one.
        dim: usize,
        /// The number of elements in a window.
        size: usize,
        /// From a window to the next.
        step: usize,
        /// From an element of a window to the next.
        dilation: usize,
    },
    /// The reverse: windows added up where they lay.
    Fold {
        /// The dimension that counts the windows.
        dim: usize,
        /// Its size in the result.
        len: usize,
        /// From a window to the next.
        step: usize,
        /// From an element of a window to the next.
        dilation: usize,
    },
    /// With a margin of one value around it.
    Pad {
        /// How much in front of each dimension.
        before: Vec<usize>,
        /// How much after each.
        after: Vec<usize>,
        /// What fills it.
        value: Scalar,
    },
}

/// How many windows fit into `len` elements; none if not even one does.
pub(crate) fn count(len: usize, size: usize, step: usize, dilation: usize) -> usize {
    let reach = (size.max(1) as u64 - 1).saturating_mul(dilation as u64).saturating_add(1);
    match (len as u64).checked_sub(reach) {
        Some(room) => (room / step.max(1) as u64) as usize + 1,
        None => 0,
    }
}

impl Windows {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Unfold { .. } => "unfold",
            Self::Fold { .. } => "unfold_backward",
            Self::Pad { .. } => "constant_pad_nd",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self {
            Self::Unfold { .. } => "x[i · step + j · dilation]",
            Self::Fold { .. } => "Σ x over equal places",
            Self::Pad { .. } => "x, with a margin",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        Saves::NOTHING
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let x = inputs[0];
        match self {
            &Self::Unfold { dim, size, step, dilation } => unfold(x, dim, size, step, dilation),
            &Self::Fold { dim, len, step, dilation } => {
                let mut shape = x.shape()[..x.ndim() - 1].to_vec();
                shape[dim] = len;
                let (kernel, from) = (Kernel::Fold { dim, step, dilation }, numbers(x)?);
                engine.run(kernel, &[(&from, from.layout())], &shape, x.dtype())
            }
            Self::Pad { before, after, value } => {
                let ends = before.iter().zip(after).map(|(&b, &a)| (b as u64).saturating_add(a as u64));
                let sizes = x
                    .shape()
                    .iter()
                    .zip(ends)
                    .map(|(&n, ends)| usize::try_from(ends.saturating_add(n as u64)));
                // What does not fit a `usize` does not fit a tensor.
                let shape: Vec<usize> = sizes.map(|size| size.unwrap_or(usize::MAX)).collect();
                checked_numel(&shape)?;
                let out = engine.full(&shape, *value, x.dtype())?;
                let part = before.iter().enumerate().fold(out.layout().clone(), |layout, (d, &start)| {
                    layout.slice(d, start, x.shape()[d], 1)
                });
                engine.run_into(Kernel::Copy, &[(x, x.layout())], &out.view_as(part))?;
                Ok(out)
            }
        }
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let shape = v.shape(0);
        let gx = match self {
            &Self::Unfold { dim, step, dilation, .. } => {
                v.g.windows(Self::Fold { dim, len: shape[dim], step, dilation })?
            }
            &Self::Fold { dim, step, dilation, .. } => {
                let size = shape[shape.len() - 1];
                // Elements after the last window belong to none.
                let used =
                    if shape[dim] == 0 { 0 } else { (shape[dim] - 1) * step + (size - 1) * dilation + 1 };
                v.g.view(View::Slice { dim, start: 0, len: used, step: 1 })?.windows(Self::Unfold {
                    dim,
                    size,
                    step,
                    dilation,
                })?
            }
            Self::Pad { before, .. } => {
                let mut g = v.g.clone();
                for (dim, &start) in
                    before.iter().enumerate().filter(|&(dim, _)| v.g.shape()[dim] != shape[dim])
                {
                    g = g.view(View::Slice { dim, start, len: shape[dim], step: 1 })?;
                }
                g
            }
        };
        Ok(vec![Some(gx)])
    }
}

fn unfold(x: &Tensor, dim: usize, size: usize, step: usize, dilation: usize) -> Result<Tensor> {
    let mut layout = x.layout().clone();
    let stride = layout.strides[dim];
    layout.shape[dim] = count(layout.shape[dim], size, step, dilation);
    // Where there is one element, its stride does not matter, and a step may be larger than any dimension.
    let strided = |n: usize, by: usize| if n > 1 { stride * by as isize } else { stride };
    layout.strides[dim] = strided(layout.shape[dim], step);
    layout.strides.push(strided(size, dilation));
    layout.shape.push(size);
    checked_numel(&layout.shape)?;
    Ok(x.view_as(layout))
}

fn numbers(x: &Tensor) -> Result<Tensor> {
    match x.dtype() {
        DType::Float32 | DType::Float64 | DType::Int64 => Ok(x.clone()),
        found @ (DType::Bool | DType::UInt8 | DType::Int8 | DType::Int16 | DType::Int32) => {
            Err(Error::DType { op: "unfold_backward", expected: "numbers", found })
        }
    }
}

impl Tensor {
    pub(crate) fn windows(&self, op: Windows) -> Result<Tensor> {
        self.engine().apply(super::Op::Windows(op), &[self])
    }
}
