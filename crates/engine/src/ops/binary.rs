//! Elementwise arithmetic of two tensors.

use super::{Gradients, Saves, Vjp};
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::broadcast;
use crate::program::Step;
use crate::tensor::Tensor;

/// `ans = op(x, y)`, elementwise, after broadcasting and promotion to one dtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// x + y
    Add,
    /// x − y
    Sub,
    /// x · y
    Mul,
    /// x / y, of real numbers
    Div,
    /// xʸ
    Pow,
    /// The larger one; NaN if either is
    Maximum,
    /// The smaller one; NaN if either is
    Minimum,
    /// ⌊x / y⌋. Of integers divided by zero: an error on the CPU, 0 on a GPU, which cannot report
    FloorDivide,
    /// x − y·⌊x / y⌋, with the sign of y, as `%` in Python. Division by zero as for the quotient
    Remainder,
    /// x ∧ y of truth values, or of the bits of integers
    And,
    /// x ∨ y of truth values, or of the bits of integers
    Or,
    /// x ⊕ y of truth values, or of the bits of integers
    Xor,
}

impl Binary {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Add,
        Self::Sub,
        Self::Mul,
        Self::Div,
        Self::Pow,
        Self::Maximum,
        Self::Minimum,
        Self::FloorDivide,
        Self::Remainder,
        Self::And,
        Self::Or,
        Self::Xor,
    ];

    /// PyTorch's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Sub => "sub",
            Self::Mul => "mul",
            Self::Div => "div",
            Self::Pow => "pow",
            Self::Maximum => "maximum",
            Self::Minimum => "minimum",
            Self::FloorDivide => "floor_divide",
            Self::Remainder => "remainder",
            Self::And => "bitwise_and",
            Self::Or => "bitwise_or",
            Self::Xor => "bitwise_xor",
        }
    }

    /// What it computes.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Add => "x + y",
            Self::Sub => "x − y",
            Self::Mul => "x · y",
            Self::Div => "x / y",
            Self::Pow => "xʸ",
            Self::Maximum => "max(x, y)",
            Self::Minimum => "min(x, y)",
            Self::FloorDivide => "⌊x / y⌋",
            Self::Remainder => "x mod y",
            Self::And => "x ∧ y",
            Self::Or => "x ∨ y",
            Self::Xor => "x ⊕ y",
        }
    }

    /// Which element types it is computed in. Others are converted before, by the methods of tensors.
    pub fn takes(self, dtype: DType) -> bool {
        match self {
            Self::Div => dtype.is_floating_point(),
            Self::And | Self::Or | Self::Xor => {
                dtype == DType::Bool || dtype.is_integer() && dtype != DType::UInt8
            }
            Self::Add
            | Self::Sub
            | Self::Mul
            | Self::Pow
            | Self::Maximum
            | Self::Minimum
            | Self::FloorDivide
            | Self::Remainder => !matches!(dtype, DType::Bool | DType::UInt8),
        }
    }

    pub(super) fn saves(self) -> Saves {
        match self {
            Self::Add | Self::Sub | Self::FloorDivide | Self::And | Self::Or | Self::Xor => Saves::NOTHING,
            Self::Mul | Self::Div | Self::Maximum | Self::Minimum | Self::Remainder => {
                Saves::inputs(true, true, false)
            }
            Self::Pow => Saves::inputs(true, true, false).and_output(),
        }
    }

    pub(super) fn eval(self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let (x, y) = (inputs[0], inputs[1]);
        if !self.takes(x.dtype()) {
            return Err(Error::DType { op: self.name(), expected: "numbers", found: x.dtype() });
        }
        let shape = broadcast(x.shape(), y.shape())?;
        let (a, b) = (x.layout().expand(&shape)?, y.layout().expand(&shape)?);
        let out = engine.map(Step::Binary(self, 0, 1), &[(x, &a), (y, &b)], &shape)?;
        match self {
            Self::Add | Self::Sub | Self::Mul | Self::Pow | Self::FloorDivide => super::cast::cut(out),
            // These do not leave the range of their operands.
            Self::Div
            | Self::Maximum
            | Self::Minimum
            | Self::Remainder
            | Self::And
            | Self::Or
            | Self::Xor => Ok(out),
        }
    }

    pub(super) fn vjp(self, v: &Vjp<'_>) -> Gradients {
        let g = v.g;
        let (gx, gy) = match self {
            Self::Add => (Some(g.clone()), Some(g.clone())),
            Self::Sub => (Some(g.clone()), v.wanted(1, || g.neg())?),
            Self::Mul => (v.wanted(0, || g.mul(&v.input(1)?))?, v.wanted(1, || g.mul(&v.input(0)?))?),
            Self::Div => {
                let y = v.input(1)?;
                let gx = g.div(&y)?;
                let gy = v.wanted(1, || gx.mul(&v.input(0)?.div(&y)?)?.neg())?;
                (Some(gx), gy)
            }
            Self::Pow => (v.wanted(0, || pow_base(v))?, v.wanted(1, || pow_exponent(v))?),
            Self::Maximum => split(v, |x, y| x.lt(y))?,
            Self::Minimum => split(v, |x, y| x.gt(y))?,
            Self::Remainder => {
                // The quotient jumps and is flat in between: to a second gradient it is a constant.
                let gy = || g.mul(&v.input(0)?.detach().floor_divide(&v.input(1)?.detach())?)?.neg();
                (Some(g.clone()), v.wanted(1, gy)?)
            }
            Self::FloorDivide => {
                let text = "derivative for aten::floor_divide is not implemented";
                return Err(Error::Shape(text.to_owned()));
            }
            Self::And | Self::Or | Self::Xor => (None, None),
        };
        Ok(vec![gx, gy])
    }
}

/// y·xʸ⁻¹, which is 0 and not NaN where y = 0.
fn pow_base(v: &Vjp<'_>) -> Result<Tensor> {
    let (x, y) = (v.input(0)?, v.input(1)?);
    let slope = y.mul(&x.pow(&y.sub(1.0)?)?)?;
    v.g.mul(&y.eq(0.0)?.where_(0.0, &slope)?)
}

/// xʸ·ln x, which is 0 and not NaN where x = 0 and y ≥ 0.
fn pow_exponent(v: &Vjp<'_>) -> Result<Tensor> {
    let (x, y) = (v.input(0)?, v.input(1)?);
    let flat = x.eq(0.0)?.where_(&y.ge(0.0)?.to(x.dtype())?, 0.0)?.gt(0.0)?;
    let slope = v.ans()?.mul(&flat.where_(1.0, &x)?.log()?)?;
    v.g.mul(&flat.where_(0.0, &slope)?)
}

/// The gradient goes to the chosen side, half of it to each where both are equal, and all of it to both where they
/// cannot be compared.
fn split(
    v: &Vjp<'_>,
    loses: impl Fn(&Tensor, &Tensor) -> Result<Tensor>,
) -> Result<(Option<Tensor>, Option<Tensor>)> {
    let (x, y) = (v.input(0)?, v.input(1)?);
    let share = x.eq(&y)?.where_(&v.g.mul(0.5)?, v.g)?;
    let side = |a: &Tensor, b: &Tensor| loses(a, b)?.where_(0.0, &share);
    Ok((v.wanted(0, || side(&x, &y))?, v.wanted(1, || side(&y, &x))?))
}
