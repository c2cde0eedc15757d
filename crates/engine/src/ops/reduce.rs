//! Dimensions folded into one value, and the index of the extreme one.

use super::{Gradients, Saves, Vjp};
use crate::backend::{ArgReduce, Kernel, Reduce};
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::tensor::Tensor;

/// A reduction over some dimensions.
#[derive(Clone, Debug, PartialEq)]
pub struct Reduction {
    /// How values are folded.
    pub by: Reducer,
    /// Which dimensions are: in ascending order, each once.
    pub dims: Vec<usize>,
    /// Whether they stay, with size 1.
    pub keepdim: bool,
    /// Whether the dimensions were named, rather than all taken because none were.
    pub named: bool,
}

/// How values are folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reducer {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// Their product.
    Prod,
    /// The largest; the gradient is shared by equal ones, as in `torch.amax`.
    Max,
    /// The smallest; likewise.
    Min,
}

impl Reducer {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Sum, Self::Mean, Self::Prod, Self::Max, Self::Min];
}

/// The index of the extreme value along one dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct ArgReduction {
    /// Which value is looked for.
    pub by: ArgReduce,
    /// Along which dimension.
    pub dim: usize,
    /// Whether it stays, with size 1.
    pub keepdim: bool,
}

impl Reduction {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        match self.by {
            Reducer::Sum => "sum",
            Reducer::Mean => "mean",
            Reducer::Prod => "prod",
            Reducer::Max => "amax",
            Reducer::Min => "amin",
        }
    }

    /// Which of PyTorch's overloads it is: folds of some dimensions have another number than folds of all.
    pub(super) fn overload(&self) -> u8 {
        match self.by {
            Reducer::Sum | Reducer::Mean | Reducer::Prod => u8::from(self.named),
            Reducer::Max | Reducer::Min => 0,
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self.by {
            Reducer::Sum => "Σ x",
            Reducer::Mean => "Σ x / n",
            Reducer::Prod => "Π x",
            Reducer::Max => "max x",
            Reducer::Min => "min x",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        match self.by {
            Reducer::Sum | Reducer::Mean => Saves::NOTHING,
            Reducer::Prod | Reducer::Max | Reducer::Min => Saves::inputs(true, false, false).and_output(),
        }
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let x = inputs[0];
        let folded = self.dims.iter().map(|&d| x.shape()[d]).product::<usize>();
        let (op, takes_integers) = match self.by {
            Reducer::Sum => (Reduce::Sum, true),
            Reducer::Mean => (Reduce::Sum, false),
            Reducer::Prod => (Reduce::Prod, true),
            Reducer::Max => (Reduce::Max, true),
            Reducer::Min => (Reduce::Min, true),
        };
        if !(x.dtype().is_floating_point() || takes_integers) {
            return Err(Error::Shape(format!(
                "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. \
                 Got: {}",
                x.dtype().scalar_type()
            )));
        }
        if matches!(x.dtype(), DType::Bool | DType::UInt8) {
            return Err(Error::DType { op: self.name(), expected: "real numbers", found: x.dtype() });
        }
        if folded == 0 && matches!(op, Reduce::Max | Reduce::Min) {
            let empty = self.dims.iter().find(|&&d| x.shape()[d] == 0);
            let rest = match empty {
                Some(dim) if self.named => format!("{dim} to have non-zero size."),
                Some(_) | None => {
                    "to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' \
                                   argument."
                        .to_owned()
                }
            };
            return Err(Error::Shape(format!("{}(): Expected reduction dim {rest}", self.name())));
        }
        let kept: Vec<usize> = (0..x.ndim()).filter(|d| !self.dims.contains(d)).collect();
        let order: Vec<usize> = kept.iter().chain(&self.dims).copied().collect();
        let shape: Vec<usize> = kept.iter().map(|&d| x.shape()[d]).collect();
        let kernel = Kernel::Reduce { op, dims: self.dims.len(), of: None };
        let mut out = engine.run(kernel, &[(x, &x.layout().permute(&order))], &shape, x.dtype())?;
        if matches!(op, Reduce::Sum | Reduce::Prod) {
            out = super::cast::cut(out)?;
        }
        if self.by == Reducer::Mean {
            // Divided, not multiplied by a rounded 1 / n. 0 / 0 is NaN, as the mean of nothing is in PyTorch.
            out = out.div(folded as f64)?;
        }
        Ok(out.view_as(Layout::contiguous(&self.out_shape(x.shape()))))
    }

    fn out_shape(&self, shape: &[usize]) -> Vec<usize> {
        let sizes = shape.iter().enumerate();
        sizes
            .filter_map(|(d, &n)| if !self.dims.contains(&d) { Some(n) } else { self.keepdim.then_some(1) })
            .collect()
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let shape = v.shape(0);
        let g = self.spread(v.g, shape)?;
        let gx = match self.by {
            Reducer::Sum => g,
            Reducer::Mean => {
                let n: usize = self.dims.iter().map(|&d| shape[d]).product();
                g.div(n as f64)?
            }
            Reducer::Prod => g.mul(&self.product_of_others(&v.input(0)?)?)?,
            Reducer::Max | Reducer::Min => {
                let hit = v.input(0)?.eq(&self.spread(&v.ans()?, shape)?)?.to(v.dtype(0))?;
                let hits = hit.reduce(&Self { by: Reducer::Sum, keepdim: true, ..self.clone() })?;
                g.mul(&hit.div(&hits)?)?
            }
        };
        Ok(vec![Some(gx)])
    }

    /// Repeats a result along the dimensions that were folded.
    fn spread(&self, t: &Tensor, shape: &[usize]) -> Result<Tensor> {
        let kept = Self { keepdim: true, ..self.clone() }.out_shape(shape);
        t.reshape_to(&kept)?.expand(shape)
    }

    /// For each element the product of all others: also where one of them is zero.
    fn product_of_others(&self, x: &Tensor) -> Result<Tensor> {
        let fold = |t: &Tensor, by: Reducer| t.reduce(&Self { by, keepdim: true, ..self.clone() });
        let zero = x.eq(0.0)?;
        let zeros = fold(&zero.to(x.dtype())?, Reducer::Sum)?;
        let nonzero = zero.where_(1.0, x)?;
        let product = fold(&nonzero, Reducer::Prod)?;
        let at_zero = zeros.eq(1.0)?.where_(&product, 0.0)?;
        let elsewhere = zeros.eq(0.0)?.where_(&product, 0.0)?.div(&nonzero)?;
        zero.where_(&at_zero, &elsewhere)
    }
}

impl ArgReduction {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        match self.by {
            ArgReduce::Max => "argmax",
            ArgReduce::Min => "argmin",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self.by {
            ArgReduce::Max => "argmax x",
            ArgReduce::Min => "argmin x",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        Saves::NOTHING
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let x = inputs[0];
        if matches!(x.dtype(), DType::Bool | DType::UInt8) {
            return Err(Error::DType { op: self.name(), expected: "numbers", found: x.dtype() });
        }
        if x.ndim() == 0 {
            return engine.full(&[], 0i64, DType::Int64);
        }
        if x.shape()[self.dim] == 0 {
            let text =
                format!("{}(): Expected reduction dim {} to have non-zero size.", self.name(), self.dim);
            return Err(Error::Shape(text));
        }
        let order = super::view::dim_last(self.dim, x.ndim()).0;
        let layout = x.layout().permute(&order);
        let mut shape = layout.shape[..x.ndim() - 1].to_vec();
        let out = engine.run(Kernel::ArgReduce(self.by), &[(x, &layout)], &shape, DType::Int64)?;
        if self.keepdim {
            shape.insert(self.dim, 1);
        }
        Ok(out.view_as(Layout::contiguous(&shape)))
    }

    pub(super) fn vjp(&self, _: &Vjp<'_>) -> Gradients {
        Ok(vec![None])
    }
}
