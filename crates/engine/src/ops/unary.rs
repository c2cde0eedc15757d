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
    /// ln (1 + x), precise near 0
    Log1p,
    /// eˣ − 1, precise near 0
    Expm1,
    /// 1 / √x
    Rsqrt,
    /// 1 / x
    Reciprocal,
    /// The largest whole number that is not larger
    Floor,
    /// The smallest whole number that is not smaller
    Ceil,
    /// The nearest whole number; the even one of two that are equally near
    Round,
    /// The whole number without the fraction
    Trunc,
    /// 2/√π · ∫ e^(−t²) dt from 0 to x
    Erf,
}

impl Unary {
    /// All of them.
    pub const ALL: [Self; 20] = [
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
        Self::Log1p,
        Self::Expm1,
        Self::Rsqrt,
        Self::Reciprocal,
        Self::Floor,
        Self::Ceil,
        Self::Round,
        Self::Trunc,
        Self::Erf,
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
            Self::Log1p => "log1p",
            Self::Expm1 => "expm1",
            Self::Rsqrt => "rsqrt",
            Self::Reciprocal => "reciprocal",
            Self::Floor => "floor",
            Self::Ceil => "ceil",
            Self::Round => "round",
            Self::Trunc => "trunc",
            Self::Erf => "erf",
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
            Self::Log1p => "ln(1 + x)",
            Self::Expm1 => "eˣ − 1",
            Self::Rsqrt => "1 / √x",
            Self::Reciprocal => "1 / x",
            Self::Floor => "⌊x⌋",
            Self::Ceil => "⌈x⌉",
            Self::Round => "round(x)",
            Self::Trunc => "trunc(x)",
            Self::Erf => "erf x",
        }
    }

    /// Whether it is defined for integers.
    pub fn takes_integers(self) -> bool {
        matches!(self, Self::Neg | Self::Abs | Self::Sign | Self::Relu)
    }

    pub(super) fn saves(self) -> Saves {
        match self {
            Self::Neg | Self::Sign | Self::Floor | Self::Ceil | Self::Round | Self::Trunc => Saves::NOTHING,
            Self::Exp
            | Self::Sqrt
            | Self::Tanh
            | Self::Sigmoid
            | Self::Relu
            | Self::Expm1
            | Self::Rsqrt
            | Self::Reciprocal => Saves::OUTPUT,
            Self::Abs | Self::Log | Self::Sin | Self::Cos | Self::Log1p | Self::Erf => {
                Saves::inputs(true, false, false)
            }
        }
    }

    pub(super) fn eval(self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let x = inputs[0];
        let fits = match x.dtype() {
            DType::Float32 | DType::Float64 => true,
            DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => self.takes_integers(),
            DType::Bool | DType::UInt8 => false,
        };
        if !fits {
            return Err(Error::DType { op: self.name(), expected: "real numbers", found: x.dtype() });
        }
        let out = engine.map(Step::Unary(self, 0), &[(x, x.layout())], x.shape())?;
        // The smallest integer has no opposite.
        if matches!(self, Self::Neg | Self::Abs) { super::cast::cut(out) } else { Ok(out) }
    }

    pub(super) fn vjp(self, v: &Vjp<'_>) -> Gradients {
        let g = v.g;
        let gx = match self {
            Self::Neg => g.neg(),
            Self::Abs => g.mul(&v.input(0)?.sign()?),
            // Flat between its steps, whatever comes from above.
            Self::Sign | Self::Floor | Self::Ceil | Self::Round | Self::Trunc => {
                g.engine().full(g.shape(), 0.0, g.dtype())
            }
            Self::Exp => g.mul(&v.ans()?),
            Self::Log => g.div(&v.input(0)?),
            Self::Sqrt => g.div(&v.ans()?.mul(2.0)?),
            Self::Sin => g.mul(&v.input(0)?.cos()?),
            Self::Cos => g.mul(&v.input(0)?.sin()?.neg()?),
            Self::Tanh => g.sub(&g.mul(&v.ans()?.mul(&v.ans()?)?)?),
            Self::Sigmoid => g.mul(&v.ans()?.mul(&v.ans()?.neg()?.add(1.0)?)?),
            // Where NaN came out, the gradient passes, as in PyTorch.
            Self::Relu => v.ans()?.le(0.0)?.where_(0.0, g),
            Self::Log1p => g.div(&v.input(0)?.add(1.0)?),
            Self::Expm1 => g.mul(&v.ans()?.add(1.0)?),
            Self::Rsqrt => g.mul(-0.5)?.mul(&cube(&v.ans()?)?),
            Self::Reciprocal => g.neg()?.mul(&v.ans()?.mul(&v.ans()?)?),
            Self::Erf => {
                let x = v.input(0)?;
                g.mul(std::f64::consts::FRAC_2_SQRT_PI)?.mul(&x.mul(&x)?.neg()?.exp()?)
            }
        };
        Ok(vec![Some(gx?)])
    }
}

fn cube(x: &Tensor) -> Result<Tensor> {
    x.mul(x)?.mul(x)
}
