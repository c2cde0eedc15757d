//! Elements and rows chosen by tensors of indices.

use super::view::dim_last;
use super::{Gradients, Saves, Vjp};
use crate::backend::Kernel;
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::tensor::Tensor;

/// Inputs are `x` and the indices `i` (int64).
#[derive(Clone, Debug, PartialEq)]
pub enum Index {
    /// `ans[a, j, b] = x[a, i[a, j, b], b]`: one element per index, along a dimension.
    Gather {
        /// The dimension.
        dim: usize,
    },
    /// `ans[a, k, b] = Σ x[a, j, b]` over the `j` with `i[a, j, b] = k`: the reverse of gather.
    ScatterAdd {
        /// The dimension.
        dim: usize,
        /// Its size in the result.
        size: usize,
    },
    /// `ans[j, …] = x[i[j], …]`: whole rows.
    Select,
    /// Rows of uint8 values as float32, each times `scale`. The data are constants: no gradient.
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
            Self::ScatterAdd { .. } => "scatter_add",
            Self::Select => "index_select",
            Self::Batch { .. } => "batch",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self {
            Self::Gather { .. } => "x[…, i, …]",
            Self::ScatterAdd { .. } => "Σ x over equal i",
            Self::Select => "x[i]",
            Self::Batch { .. } => "x[i] · scale",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        Saves::inputs(false, true, false)
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let (x, index) = (inputs[0], inputs[1]);
        if index.dtype() != DType::Int64 {
            return Err(Error::DType { op: self.name(), expected: "int64 indices", found: index.dtype() });
        }
        match *self {
            Self::Gather { dim } => gather(dim, engine, x, index),
            Self::ScatterAdd { dim, size } => scatter_add(dim, size, engine, x, index),
            Self::Select => rows(Kernel::IndexSelect, x.dtype(), engine, x, index),
            Self::Batch { scale } => {
                if x.dtype() != DType::UInt8 || !x.layout().is_contiguous() {
                    let expected = "contiguous uint8 data";
                    return Err(Error::DType { op: self.name(), expected, found: x.dtype() });
                }
                rows(Kernel::Batch { scale }, DType::Float32, engine, x, index)
            }
        }
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let index = v.input(1)?;
        let gx = match *self {
            Self::Gather { dim } => v.g.index(Self::ScatterAdd { dim, size: v.shape(0)[dim] }, &index)?,
            Self::ScatterAdd { dim, .. } => v.g.index(Self::Gather { dim }, &index)?,
            Self::Select => {
                let mut column = vec![1; v.g.ndim()];
                column[0] = index.numel();
                let spread = index.reshape_to(&column)?.expand(v.g.shape())?;
                v.g.index(Self::ScatterAdd { dim: 0, size: v.shape(0)[0] }, &spread)?
            }
            Self::Batch { .. } => return Ok(vec![None, None]),
        };
        Ok(vec![Some(gx), None])
    }
}

/// The index has the shape of `x` but for `dim`.
fn gather(dim: usize, engine: &Engine, x: &Tensor, index: &Tensor) -> Result<Tensor> {
    let fits = x.ndim() == index.ndim()
        && dim < x.ndim()
        && (0..x.ndim()).all(|d| d == dim || x.shape()[d] == index.shape()[d]);
    if !fits {
        return Err(Error::Shape(format!(
            "gather: the index must have the shape of the input in every dimension but {dim}: {:?} against {:?}",
            index.shape(),
            x.shape()
        )));
    }
    let (order, back) = dim_last(dim, x.ndim());
    let (from, chosen) = (x.layout().permute(&order), index.layout().permute(&order));
    let out = engine.run(Kernel::Gather, &[(x, &from), (index, &chosen)], &chosen.shape, x.dtype())?;
    Ok(out.view_as(out.layout().permute(&back)))
}

/// The index has the shape of `x`.
fn scatter_add(dim: usize, size: usize, engine: &Engine, x: &Tensor, index: &Tensor) -> Result<Tensor> {
    if x.shape() != index.shape() || dim >= x.ndim() {
        return Err(Error::Shape(format!(
            "scatter_add: the index must have the shape of the source: {:?} against {:?}",
            index.shape(),
            x.shape()
        )));
    }
    let (order, back) = dim_last(dim, x.ndim());
    let (from, chosen) = (x.layout().permute(&order), index.layout().permute(&order));
    let mut shape = from.shape.clone();
    shape[x.ndim() - 1] = size;
    let out = engine.run(Kernel::ScatterAdd, &[(x, &from), (index, &chosen)], &shape, x.dtype())?;
    Ok(out.view_as(Layout::contiguous(&shape).permute(&back)))
}

fn rows(kernel: Kernel, dtype: DType, engine: &Engine, x: &Tensor, index: &Tensor) -> Result<Tensor> {
    if x.ndim() == 0 || index.ndim() != 1 {
        return Err(Error::Shape(format!(
            "index_select: expected rows and a 1-D index, but got shapes {:?} and {:?}",
            x.shape(),
            index.shape()
        )));
    }
    let mut shape = x.shape().to_vec();
    shape[0] = index.numel();
    engine.run(kernel, &[(x, x.layout()), (index, index.layout())], &shape, dtype)
}
