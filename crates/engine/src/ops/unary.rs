//! Elementwise ops of one tensor.

use super::{Gradients, Saves, Vjp};
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::program::Step;
use crate::tensor::Tensor;

/// `ans = op(x)`, elementwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// −x
    Neg,
    /// |x|
    Abs,
    /// −1, 0 or 1; 0 for NaN, as in PyTorch
    Sign,
    /// eˣ
    Exp,
    /// ln x
    Log,
    /// √x
    Sqrt,
    /// sin x
    Sin,
    /// cos x
    Cos,
    /// tanh x
    Tanh,
    /// 1 / (1 + e⁻ˣ)
    Sigmoid,
    /// max(x, 0); NaN stays NaN
    Relu,
}

impl Unary {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Neg,
        Self::Abs,
        Self::Sign,
        Self::Exp,
        Self::Log,
        Self::Sqrt,
        Self::Sin,
        Self::Cos,
        Self::Tanh,
        Self::Sigmoid,
        Self::Relu,
    ];

    /// PyTorch's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Neg => "neg",
            Self::Abs => "abs",
            Self::Sign => "sign",
            Self::Exp => "exp",
            Self::Log => "log",
            Self::Sqrt => "sqrt",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tanh => "tanh",
            Self::Sigmoid => "sigmoid",
            Self::Relu => "relu",
        }
    }

    /// What it computes.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Neg => "−x",
            Self::Abs => "|x|",
            Self::Sign => "sign(x)",
            Self::Exp => "eˣ",
            Self::Log => "ln x",
            Self::Sqrt => "√x",
            Self::Sin => "sin x",
            Self::Cos => "cos x",
            Self::Tanh => "tanh x",
            Self::Sigmoid => "1 / (1 + e⁻ˣ)",
            Self::Relu => "max(x, 0)",
        }
    }

    /// Whether it is defined for integers.
    pub fn takes_integers(self) -> bool {
        matches!(self, Self::Neg | Self::Abs | Self::Sign | Self::Relu)
    }

    pub(super) fn saves(self) -> Saves {
        match self {
            Self::Neg | Self::Sign => Saves::NOTHING,
            Self::Exp | Self::Sqrt | Self::Tanh | Self::Sigmoid | Self::Relu => Saves::OUTPUT,
            Self::Abs | Self::Log | Self::Sin | Self::Cos => Saves::inputs(true, false, false),
        }
    }

    pub(super) fn eval(self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let x = inputs[0];
        let fits = match x.dtype() {
            DType::Float32 | DType::Float64 => true,
            DType::Int64 => self.takes_integers(),
            DType::Bool | DType::UInt8 => false,
        };
        if !fits {
            return Err(Error::DType { op: self.name(), expected: "real numbers", found: x.dtype() });
        }
        engine.map(Step::Unary(self, 0), &[(x, x.layout())], x.shape())
    }

    pub(super) fn vjp(self, v: &Vjp<'_>) -> Gradients {
        let g = v.g;
        let gx = match self {
            Self::Neg => g.neg(),
            Self::Abs => g.mul(&v.input(0)?.sign()?),
            Self::Sign => g.mul(0.0),
            Self::Exp => g.mul(&v.ans()?),
            Self::Log => g.div(&v.input(0)?),
            Self::Sqrt => g.div(&v.ans()?.mul(2.0)?),
            Self::Sin => g.mul(&v.input(0)?.cos()?),
            Self::Cos => g.mul(&v.input(0)?.sin()?.neg()?),
            Self::Tanh => g.sub(&g.mul(&v.ans()?.mul(&v.ans()?)?)?),
            Self::Sigmoid => g.mul(&v.ans()?)?.sub(&g.mul(&v.ans()?.mul(&v.ans()?)?)?),
            Self::Relu => v.ans()?.gt(0.0)?.where_(g, 0.0),
        };
        Ok(vec![Some(gx?)])
    }
}
