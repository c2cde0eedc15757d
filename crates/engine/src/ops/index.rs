//! Elements and rows chosen by tensors of indices.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::view::dim_last;
use super::{Gradients, Saves, Vjp};
use crate::backend::{Kernel, Reduce};
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::host::HostData;
use crate::tensor::Tensor;

/// The indices (int64) are the last input; the dimension is one that the others have.
#[derive(Clone, Debug, PartialEq)]
pub enum Index {
    /// Of `x` and `i`: `ans[a, j, b] = x[a, i[a, j, b], b]`: one element per index, along a dimension.
    Gather {
        /// The dimension.
        dim: usize,
    },
    /// Of `x`, `y` and `i`, the reverse of gather: `x`, but for `ans[a, i[a, j, b], b]`, to which `y[a, j, b]` is
    /// folded, or which it becomes.
    Scatter {
        /// The dimension.
        dim: usize,
        /// How values are folded; `None` puts them.
        by: Option<Reduce>,
    },
    /// Of `x` and `i`: `ans[a, j, b] = x[a, i[j], b]`: whole rows.
    Select {
        /// The dimension.
        dim: usize,
    },
    /// Of `x` and `i`: rows of uint8 values as float32, each times `scale`. The data are constants: no gradient.
    Batch {
        /// What each value is multiplied with.
        scale: f32,
    },
}

impl Index {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Gather { .. } => "gather",
            Self::Scatter { by: Some(Reduce::Sum), .. } => "scatter_add",
            Self::Scatter { .. } => "scatter",
            Self::Select { .. } => "index_select",
            Self::Batch { .. } => "batch",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self {
            Self::Gather { .. } => "x[…, i, …]",
            Self::Scatter { by: None, .. } => "x, with y at [i]",
            Self::Scatter { by: Some(Reduce::Sum), .. } => "x, with y added at [i]",
            Self::Scatter { by: Some(Reduce::Prod), .. } => "x, with y multiplied at [i]",
            Self::Scatter { by: Some(Reduce::Max), .. } => "x, with the larger of x and y at [i]",
            Self::Scatter { by: Some(Reduce::Min), .. } => "x, with the smaller of x and y at [i]",
            Self::Select { .. } => "x[i]",
            Self::Batch { .. } => "x[i] · scale",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        match self {
            Self::Gather { .. } | Self::Select { .. } | Self::Batch { .. } => {
                Saves::inputs(false, true, false)
            }
            Self::Scatter { .. } => Saves::inputs(false, false, true),
        }
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let (x, index) = (inputs[0], inputs[inputs.len() - 1]);
        if index.dtype() != DType::Int64 {
            return Err(Error::DType { op: self.name(), expected: "int64 indices", found: index.dtype() });
        }
        match *self {
            Self::Gather { dim } => gather(dim, engine, x, index).map_err(|e| at_dim(e, dim)),
            Self::Scatter { dim, by } => {
                scatter(dim, by, engine, x, inputs[1], index).map_err(|e| at_dim(e, dim))
            }
            Self::Select { dim } => select(dim, engine, x, index).map_err(|e| at_dim(e, dim)),
            Self::Batch { scale } => batch(scale, engine, x, index),
        }
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let g = v.g;
        match *self {
            Self::Gather { dim } => {
                let index = v.input(1)?;
                Ok(vec![Some(g.scatter_sum(dim as i64, &index, v.shape(0)[dim])?), None])
            }
            Self::Scatter { by: Some(Reduce::Prod | Reduce::Max | Reduce::Min), .. } => {
                Err(Error::Shape("derivative for aten::scatter is not implemented".to_owned()))
            }
            Self::Scatter { dim, by } => {
                let index = v.input(2)?;
                let old = v.wanted(0, || {
                    if by.is_some() {
                        return Ok(g.clone());
                    }
                    let nothing = g.engine().full(index.shape(), 0.0, g.dtype())?;
                    g.scatter_at(dim, &nothing, &index, None)
                })?;
                Ok(vec![old, v.wanted(1, || g.gather_at(dim, &index))?, None])
            }
            Self::Select { dim } => {
                let index = v.input(1)?;
                let mut line = vec![1; g.ndim()];
                line[dim] = index.numel();
                let spread = index.reshape_to(&line)?.expand(g.shape())?;
                Ok(vec![Some(g.scatter_sum(dim as i64, &spread, v.shape(0)[dim])?), None])
            }
            Self::Batch { .. } => Ok(vec![None, None]),
        }
    }
}

/// Kernels know the last dimension only: here the error is told of the one that was meant.
fn at_dim(error: Error, dim: usize) -> Error {
    match error {
        Error::Index { index, size, .. } => Error::Index { index, dim, size },
        other => other,
    }
}

fn misfit(op: &str, x: &Tensor, index: &Tensor) -> Error {
    Error::Shape(format!("{op}: an index of shape {:?} does not fit {:?}", index.shape(), x.shape()))
}

/// Whether two shapes are equal in every dimension but `dim`, which they have.
fn beside(a: &Tensor, b: &Tensor, dim: usize) -> bool {
    a.ndim() == b.ndim() && dim < a.ndim() && (0..a.ndim()).all(|d| d == dim || a.shape()[d] == b.shape()[d])
}

/// The index has the shape of `x` but for `dim`.
fn gather(dim: usize, engine: &Engine, x: &Tensor, index: &Tensor) -> Result<Tensor> {
    if !beside(x, index, dim) {
        return Err(misfit("gather", x, index));
    }
    refuse_known(index, dim, 0, x.shape()[dim])?;
    let (order, back) = dim_last(dim, x.ndim());
    let (from, chosen) = (x.layout().permute(&order), index.layout().permute(&order));
    let out = engine.run(Kernel::Gather, &[(x, &from), (index, &chosen)], &chosen.shape, x.dtype())?;
    Ok(out.view_as(out.layout().permute(&back)))
}

/// The index has the shape of `y`, and that of `x` but for `dim`.
fn scatter(
    dim: usize,
    by: Option<Reduce>,
    engine: &Engine,
    x: &Tensor,
    y: &Tensor,
    index: &Tensor,
) -> Result<Tensor> {
    if y.shape() != index.shape() || !beside(x, index, dim) {
        return Err(misfit("scatter", x, index));
    }
    if x.dtype() != y.dtype() {
        return Err(Error::Shape("scatter(): Expected self.dtype to be equal to src.dtype".to_owned()));
    }
    refuse_known(index, dim, 0, x.shape()[dim])?;
    let (order, back) = dim_last(dim, x.ndim());
    let [base, from, to] = [x, y, index].map(|t| t.layout().permute(&order));
    let operands = [(y, &from), (index, &to), (x, &base)];
    let mut out = engine.run(Kernel::Scatter { by }, &operands, &base.shape, x.dtype())?;
    if matches!(by, Some(Reduce::Sum | Reduce::Prod)) {
        out = super::cast::cut(out)?;
    }
    Ok(out.view_as(out.layout().permute(&back)))
}

fn select(dim: usize, engine: &Engine, x: &Tensor, index: &Tensor) -> Result<Tensor> {
    if dim >= x.ndim() || index.ndim() != 1 {
        return Err(misfit("index_select", x, index));
    }
    refuse_known(index, dim, 0, x.shape()[dim])?;
    let mut order: Vec<usize> = (0..x.ndim()).collect();
    order[..=dim].rotate_right(1);
    let rows = x.layout().permute(&order);
    let mut shape = rows.shape.clone();
    shape[0] = index.numel();
    let inputs = [(x, &rows), (index, index.layout())];
    let out = engine.run(Kernel::IndexSelect, &inputs, &shape, x.dtype())?;
    let mut back: Vec<usize> = (0..x.ndim()).collect();
    back[..=dim].rotate_left(1);
    Ok(out.view_as(out.layout().permute(&back)))
}

fn batch(scale: f32, engine: &Engine, x: &Tensor, index: &Tensor) -> Result<Tensor> {
    if x.dtype() != DType::UInt8 || !x.layout().is_contiguous() {
        return Err(Error::DType { op: "batch", expected: "contiguous uint8 data", found: x.dtype() });
    }
    if x.ndim() == 0 || index.ndim() != 1 {
        return Err(misfit("batch", x, index));
    }
    let mut shape = x.shape().to_vec();
    shape[0] = index.numel();
    let inputs = [(x, x.layout()), (index, index.layout())];
    engine.run(Kernel::Batch { scale }, &inputs, &shape, DType::Float32)
}

/// `before · size + index`, elementwise: where a negative index counts from the end.
///
/// # Errors
/// On the CPU [`Error::Index`], told of dimension `dim`.
pub(super) fn locate(before: &Tensor, index: &Tensor, dim: usize, size: usize) -> Result<Tensor> {
    refuse_known(index, dim, -(size as i64), size)?;
    let shape = index.shape();
    let inputs = [(index, index.layout()), (before, before.layout())];
    index.engine().run(Kernel::Locate { dim, size }, &inputs, shape, DType::Int64)
}

/// Looks at indices that are at hand, if that is [asked for](Engine::set_early_checks): in fused mode the kernel, which finds
/// the same, runs later. Devices that must be waited for are not asked.
///
/// # Errors
/// [`Error::Index`] for the first one below `least` or not below `size`.
fn refuse_known(index: &Tensor, dim: usize, least: i64, size: usize) -> Result<()> {
    let engine = index.engine();
    let at_hand = index.numel() > 0 && index.storage().len() == index.numel();
    let asked = engine.0.early_checks.get() && engine.is_fused();
    if !(at_hand && asked && engine.0.backend.runs_at_once()) {
        return Ok(());
    }
    let Some(reading) = index.read_computed() else { return Ok(()) };
    let mut now = Context::from_waker(Waker::noop());
    let Poll::Ready(Ok(HostData::Int64(values))) = pin!(reading).as_mut().poll(&mut now) else {
        return Ok(());
    };
    match values.iter().find(|&&i| i < least || usize::try_from(i).is_ok_and(|i| i >= size)) {
        Some(&index) => Err(Error::Index { index, dim, size }),
        None => Ok(()),
    }
}
