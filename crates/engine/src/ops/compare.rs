//! Elementwise comparisons of two tensors. No gradient flows through them.

use super::{Gradients, Saves, Vjp};
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::broadcast;
use crate::program::Step;
use crate::tensor::Tensor;

/// `ans = op(x, y)`, elementwise; the answer is bool. NaN equals nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compare {
    /// x = y
    Eq,
    /// x ≠ y
    Ne,
    /// x < y
    Lt,
    /// x ≤ y
    Le,
    /// x > y
    Gt,
    /// x ≥ y
    Ge,
}

impl Compare {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Eq, Self::Ne, Self::Lt, Self::Le, Self::Gt, Self::Ge];

    /// PyTorch's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Lt => "lt",
            Self::Le => "le",
            Self::Gt => "gt",
            Self::Ge => "ge",
        }
    }

    /// What it computes.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Eq => "x = y",
            Self::Ne => "x ≠ y",
            Self::Lt => "x < y",
            Self::Le => "x ≤ y",
            Self::Gt => "x > y",
            Self::Ge => "x ≥ y",
        }
    }

    pub(super) fn saves(self) -> Saves {
        Saves::NOTHING
    }

    pub(super) fn eval(self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let (x, y) = (inputs[0], inputs[1]);
        if matches!(x.dtype(), DType::UInt8 | DType::Bool) {
            return Err(Error::DType { op: self.name(), expected: "numbers", found: x.dtype() });
        }
        let shape = broadcast(x.shape(), y.shape())?;
        let (a, b) = (x.layout().expand(&shape)?, y.layout().expand(&shape)?);
        engine.map(Step::Compare(self, 0, 1), &[(x, &a), (y, &b)], &shape)
    }

    pub(super) fn vjp(self, _: &Vjp<'_>) -> Gradients {
        Ok(vec![None, None])
    }
}
