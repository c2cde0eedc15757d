//! What goes along a dimension, element after element: running sums, products and extremes, and the order of the
//! elements.

use super::view::dim_last;
use super::{Gradients, Saves, View, Vjp};
use crate::backend::{Kernel, Scan};
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// One input, one dimension, a result of the same shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Order {
    /// `ans[j] = x[0] ∘ … ∘ x[j]`
    Scan {
        /// What runs.
        by: Scan,
        /// Along which dimension.
        dim: usize,
    },
    /// The indices that sort. Equal elements stay in order; NaN is the largest.
    ArgSort {
        /// Along which dimension.
        dim: usize,
        /// From the largest to the smallest.
        descending: bool,
    },
}

impl Order {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Scan { by: Scan::Sum, .. } => "cumsum",
            Self::Scan { by: Scan::Prod, .. } => "cumprod",
            Self::Scan { by: Scan::Max, .. } => "cummax",
            Self::Scan { by: Scan::Min, .. } => "cummin",
            Self::ArgSort { .. } => "argsort",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self {
            Self::Scan { by: Scan::Sum, .. } => "x₁ + … + xᵢ",
            Self::Scan { by: Scan::Prod, .. } => "x₁ · … · xᵢ",
            Self::Scan { by: Scan::Max, .. } => "max(x₁, …, xᵢ)",
            Self::Scan { by: Scan::Min, .. } => "min(x₁, …, xᵢ)",
            Self::ArgSort { .. } => "the order of x",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        match self {
            Self::Scan { by: Scan::Sum | Scan::Max | Scan::Min, .. } | Self::ArgSort { .. } => Saves::NOTHING,
            Self::Scan { by: Scan::Prod, .. } => Saves::inputs(true, false, false).and_output(),
        }
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let x = inputs[0];
        let (dim, kernel, dtype) = match *self {
            Self::Scan { by, dim } => (dim, Kernel::Scan(by), x.dtype()),
            Self::ArgSort { dim, descending } => (dim, Kernel::ArgSort { descending }, DType::Int64),
        };
        if matches!(x.dtype(), DType::Bool | DType::UInt8) {
            return Err(Error::DType { op: self.name(), expected: "numbers", found: x.dtype() });
        }
        let (order, back) = dim_last(dim, x.ndim());
        let layout = x.layout().permute(&order);
        let out = super::cast::cut(engine.run(kernel, &[(x, &layout)], &layout.shape, dtype)?)?;
        Ok(out.view_as(out.layout().permute(&back)))
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let gx = match *self {
            Self::Scan { by: Scan::Sum, dim } => from_the_end(v.g, dim)?,
            Self::Scan { by: Scan::Prod, dim } => {
                let x = v.input(0)?;
                if x.engine().is_grad_enabled() { pairwise(v.g, &x, dim)? } else { quotients(v, &x, dim)? }
            }
            // The extremes so far are gathered by their places, which is what has a gradient.
            Self::Scan { by: Scan::Max | Scan::Min, .. } | Self::ArgSort { .. } => return Ok(vec![None]),
        };
        Ok(vec![Some(gx)])
    }
}

/// The sum of each element and all after it.
fn from_the_end(x: &Tensor, dim: usize) -> Result<Tensor> {
    let flip = || View::Flip(vec![dim]);
    x.view(flip())?.cumsum(dim as i64)?.view(flip())
}

/// The gradient of a running product: `Σ g·ans` from each element on, divided by the element. From the first zero on
/// nothing can be divided: for that zero, the products are taken without it; what comes after it has no influence.
fn quotients(v: &Vjp<'_>, x: &Tensor, dim: usize) -> Result<Tensor> {
    let zero = x.eq(0.0)?;
    let zeros = zero.to(DType::Int64)?.cumsum(dim as i64)?;
    let before = from_the_end(&v.g.mul(&v.ans()?)?, dim)?.div(&zero.where_(1.0, x)?)?;
    let first = zero.where_(&zeros.eq(1i64)?, &zeros.lt(0i64)?)?;
    let without = first.where_(1.0, x)?.cumprod(dim as i64)?;
    let at_first = from_the_end(&v.g.mul(&without)?, dim)?;
    first.where_(&at_first, &zeros.eq(0i64)?.where_(&before, 0.0)?)
}

/// The same without dividing, so that it can be differentiated at zeros too: for each element the products of all
/// others, up to each place. It takes the square of the dimension's size.
fn pairwise(g: &Tensor, x: &Tensor, dim: usize) -> Result<Tensor> {
    let (order, back) = dim_last(dim, x.ndim());
    let last = |t: &Tensor| t.view(View::Permute(order.clone()));
    let n = x.shape()[dim];
    let own = x.engine().places(n)?.reshape_to(&[n, 1])?;
    let place = x.engine().places(n)?;
    let spread = |t: &Tensor| last(t)?.unsqueeze(-2);
    let products = own.eq(&place)?.where_(1.0, &spread(x)?)?.cumprod(-1)?;
    let after = own.le(&place)?.where_(&products, 0.0)?;
    after.mul(&spread(g)?)?.sum(&[-1], false)?.view(View::Permute(back))
}
