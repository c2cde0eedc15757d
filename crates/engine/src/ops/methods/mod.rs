//! The public operations of a tensor. Every one of them fails with what its shape rule or the backend says;
//! none of them waits for the device. Here are the elementwise ones.

mod folds;
mod indexing;
mod shape;

use super::{Binary, Compare, Op, Unary};
use crate::dtype::{DType, Scalar};
use crate::error::Result;
use crate::tensor::Tensor;

/// The second operand of an elementwise op: a tensor, or a number that costs no memory.
pub enum Arg<'a> {
    /// A tensor.
    Tensor(&'a Tensor),
    /// A number. It takes the tensor's dtype, except that a real number turns integers into float32.
    Scalar(Scalar),
}

impl<'a> From<&'a Tensor> for Arg<'a> {
    fn from(t: &'a Tensor) -> Self {
        Self::Tensor(t)
    }
}

impl From<f64> for Arg<'_> {
    fn from(x: f64) -> Self {
        Self::Scalar(x.into())
    }
}

impl From<i64> for Arg<'_> {
    fn from(i: i64) -> Self {
        Self::Scalar(i.into())
    }
}

impl Arg<'_> {
    /// As a tensor to be used together with one of `dtype`.
    fn beside(&self, other: &Tensor) -> Result<Tensor> {
        match self {
            Self::Tensor(t) => Ok((*t).clone()),
            Self::Scalar(value) => {
                let dtype = match (value, other.dtype()) {
                    (Scalar::Float(_), DType::Bool | DType::UInt8 | DType::Int64) => DType::Float32,
                    (Scalar::Int(_), DType::Bool) => DType::Int64,
                    (_, dtype) => dtype,
                };
                other.engine().full(&[], *value, dtype)
            }
        }
    }
}

macro_rules! unary_methods {
    ($($(#[$doc:meta])* $name:ident => $op:ident),* $(,)?) => {
        /// Elementwise ops of one tensor. Errors: [`crate::Error::DType`] for element types that they do not take.
        impl Tensor {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`crate::Error::DType`].
            pub fn $name(&self) -> Result<Tensor> {
                self.engine().apply(Op::Unary(Unary::$op), &[self])
            })*
        }
    };
}

unary_methods! {
    /// −x
    neg => Neg,
    /// |x|
    abs => Abs,
    /// −1, 0 or 1
    sign => Sign,
    /// eˣ
    exp => Exp,
    /// ln x
    log => Log,
    /// √x
    sqrt => Sqrt,
    /// sin x
    sin => Sin,
    /// cos x
    cos => Cos,
    /// tanh x
    tanh => Tanh,
    /// 1 / (1 + e⁻ˣ)
    sigmoid => Sigmoid,
    /// max(x, 0)
    relu => Relu,
}

macro_rules! binary_methods {
    ($($(#[$doc:meta])* $name:ident => $family:ident::$op:ident),* $(,)?) => {
        /// Elementwise ops of two tensors, or of a tensor and a number, with broadcasting and promotion.
        impl Tensor {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`crate::Error::Broadcast`], [`crate::Error::DType`].
            pub fn $name<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
                self.elementwise(Op::$family($family::$op), &other.into())
            })*
        }
    };
}

binary_methods! {
    /// x + y
    add => Binary::Add,
    /// x − y
    sub => Binary::Sub,
    /// x · y, elementwise
    mul => Binary::Mul,
    /// x / y; integers are divided as float32
    div => Binary::Div,
    /// xʸ
    pow => Binary::Pow,
    /// The larger one of each pair
    maximum => Binary::Maximum,
    /// The smaller one of each pair
    minimum => Binary::Minimum,
    /// x = y
    eq => Compare::Eq,
    /// x ≠ y
    ne => Compare::Ne,
    /// x < y
    lt => Compare::Lt,
    /// x ≤ y
    le => Compare::Le,
    /// x > y
    gt => Compare::Gt,
    /// x ≥ y
    ge => Compare::Ge,
}

impl Tensor {
    fn elementwise(&self, op: Op, other: &Arg<'_>) -> Result<Tensor> {
        let by_tensor = op == Op::Binary(Binary::Pow) && matches!(other, Arg::Tensor(_));
        let other = other.beside(self)?;
        let mut dtype = self.dtype().promote(other.dtype());
        if op == Op::Binary(Binary::Div) && !dtype.is_floating_point() {
            dtype = DType::Float32;
        } else if matches!(dtype, DType::Bool | DType::UInt8) {
            dtype = DType::Int64;
        }
        let (x, y) = (self.to(dtype)?, other.to(dtype)?);
        if by_tensor {
            return self.engine().call("pow", "PowBackward1", || self.engine().apply(op, &[&x, &y]));
        }
        self.engine().apply(op, &[&x, &y])
    }

    /// Converted to `dtype`; itself if it has it.
    ///
    /// # Errors
    /// If the backend has no such element type.
    pub fn to(&self, dtype: DType) -> Result<Tensor> {
        if dtype == self.dtype() { Ok(self.clone()) } else { self.engine().apply(Op::Cast(dtype), &[self]) }
    }

    /// `self ? x : y`: self is bool.
    ///
    /// # Errors
    /// [`crate::Error::Broadcast`], [`crate::Error::DType`].
    pub fn where_<'a, 'b>(&self, x: impl Into<Arg<'a>>, y: impl Into<Arg<'b>>) -> Result<Tensor> {
        let (x, y) = (x.into(), y.into());
        let (x, y) = match (&x, &y) {
            (Arg::Tensor(t), _) => ((*t).clone(), y.beside(t)?),
            (_, Arg::Tensor(t)) => (x.beside(t)?, (*t).clone()),
            (Arg::Scalar(_), Arg::Scalar(_)) => {
                let like = self.engine().zeros(&[])?;
                (x.beside(&like)?, y.beside(&like)?)
            }
        };
        let dtype = x.dtype().promote(y.dtype());
        self.engine().apply(Op::Where, &[self, &x.to(dtype)?, &y.to(dtype)?])
    }
}
