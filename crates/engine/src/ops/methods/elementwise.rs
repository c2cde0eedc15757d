//! The elementwise ops of one and of two operands: which element type they are computed in, and the op itself.

use super::Arg;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::ops::{Binary, Compare, Op, Unary};
use crate::promote::{bool_subtraction, missing, of_number, result_type, rule};
use crate::tensor::Tensor;

macro_rules! unary_methods {
    ($($(#[$doc:meta])* $name:ident => $op:ident),* $(,)?) => {
        /// Elementwise ops of one tensor. Functions of real numbers turn integers and truth values into float32.
        impl Tensor {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`Error::Shape`], in PyTorch's words, for element types that it does not take.
            pub fn $name(&self) -> Result<Tensor> {
                self.unary(Unary::$op)
            })*
        }
    };
}

unary_methods! {
    /// −x
    neg => Neg,
    /// |x|
    abs => Abs,
    /// −1, 0 or 1; of truth values, themselves
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
    /// ln (1 + x), precise near 0
    log1p => Log1p,
    /// eˣ − 1, precise near 0
    expm1 => Expm1,
    /// 1 / √x
    rsqrt => Rsqrt,
    /// 1 / x
    reciprocal => Reciprocal,
    /// The largest whole number that is not larger
    floor => Floor,
    /// The smallest whole number that is not smaller
    ceil => Ceil,
    /// The nearest whole number; the even one of two that are equally near
    round => Round,
    /// The whole number without the fraction
    trunc => Trunc,
    /// The error function, 2/√π · ∫ e^(−t²) dt from 0 to x
    erf => Erf,
}

macro_rules! binary_methods {
    ($($(#[$doc:meta])* $name:ident => $op:ident),* $(,)?) => {
        /// Elementwise ops of two tensors, or of a tensor and a number, with broadcasting and promotion.
        impl Tensor {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`Error::Broadcast`]; [`Error::Shape`] for element types that it does not take.
            pub fn $name<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
                self.binary(Binary::$op, &other.into())
            })*
        }
    };
}

binary_methods! {
    /// x + y; of truth values, whether either holds
    add => Add,
    /// x − y
    sub => Sub,
    /// x · y, elementwise; of truth values, whether both hold
    mul => Mul,
    /// x / y; integers are divided as float32
    div => Div,
    /// The larger one of each pair
    maximum => Maximum,
    /// The smaller one of each pair
    minimum => Minimum,
    /// ⌊x / y⌋. Dividing integers by zero is an error on the CPU; a GPU, which cannot report it, gives 0
    floor_divide => FloorDivide,
    /// Truth values: both; integers: the bits that both have
    bitwise_and => And,
    /// Truth values: either; integers: the bits that either has
    bitwise_or => Or,
    /// Truth values: one of both; integers: the bits that one of both has
    bitwise_xor => Xor,
}

macro_rules! comparison_methods {
    ($($(#[$doc:meta])* $name:ident => $op:ident),* $(,)?) => {
        /// Comparisons with a tensor or a number, with broadcasting and promotion. The result is bool.
        impl Tensor {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`Error::Broadcast`].
            pub fn $name<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
                self.compare(Compare::$op, &other.into())
            })*
        }
    };
}

comparison_methods! {
    /// x = y
    eq => Eq,
    /// x ≠ y
    ne => Ne,
    /// x < y
    lt => Lt,
    /// x ≤ y
    le => Le,
    /// x > y
    gt => Gt,
    /// x ≥ y
    ge => Ge,
}

impl Arg<'_> {
    /// As a tensor to be used together with others, whose common type with this is `dtype`.
    pub(crate) fn beside(&self, other: &Tensor, dtype: DType) -> Result<Tensor> {
        match self {
            Self::Tensor(t) => t.to(dtype),
            // A number wraps around as elements do.
            Self::Scalar(value) => other.engine().full(&[], value.cast(dtype), dtype),
        }
    }

    /// Whether it is a truth value.
    pub(super) fn is_bool(&self) -> bool {
        match self {
            Self::Tensor(t) => t.dtype() == DType::Bool,
            Self::Scalar(value) => of_number(*value) == DType::Bool,
        }
    }
}

impl Tensor {
    fn unary(&self, op: Unary) -> Result<Tensor> {
        let dtype = self.dtype();
        let apply = |x: &Tensor| self.engine().apply(Op::Unary(op), &[x]);
        if dtype.is_floating_point() {
            return apply(self);
        }
        match op {
            Unary::Neg | Unary::Abs | Unary::Sign | Unary::Relu => match (dtype, op) {
                (DType::UInt8, _) => apply(&self.to(DType::Int64)?)?.to(dtype),
                (DType::Bool, Unary::Sign) => self.copy(),
                (DType::Bool, Unary::Neg) => Err(Error::Shape(
                    "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert \
                     a mask, use the `~` or `logical_not()` operator instead."
                        .to_owned(),
                )),
                (DType::Bool, Unary::Relu) => {
                    Err(Error::Shape("Boolean inputs not supported for relu".to_owned()))
                }
                (DType::Bool, _) => Err(missing("abs_cpu", dtype)),
                _ => apply(self),
            },
            Unary::Floor | Unary::Ceil | Unary::Round | Unary::Trunc => match dtype {
                DType::Bool => Err(missing(&format!("{}_vml_cpu", op.name()), dtype)),
                _ => self.copy(),
            },
            Unary::Exp
            | Unary::Log
            | Unary::Sqrt
            | Unary::Sin
            | Unary::Cos
            | Unary::Tanh
            | Unary::Sigmoid
            | Unary::Log1p
            | Unary::Expm1
            | Unary::Rsqrt
            | Unary::Reciprocal
            | Unary::Erf => apply(&self.to(DType::Float32)?),
        }
    }

    pub(crate) fn binary(&self, op: Binary, other: &Arg<'_>) -> Result<Tensor> {
        if op == Binary::Sub && (self.dtype() == DType::Bool || other.is_bool()) {
            return Err(bool_subtraction(self.dtype() == DType::Bool && other.is_bool()));
        }
        let common = result_type(&[Arg::Tensor(self), other.clone()]);
        let rule = rule(op, common)?;
        let through = |t: Tensor| t.to(rule.dtype);
        // A number becomes an element of the common type before it is computed with.
        let (x, y) = (through(self.to(common)?)?, through(other.beside(self, common)?)?);
        self.engine().apply(Op::Binary(rule.op), &[&x, &y])?.to(rule.out)
    }

    fn compare(&self, op: Compare, other: &Arg<'_>) -> Result<Tensor> {
        let common = result_type(&[Arg::Tensor(self), other.clone()]);
        let dtype = if common == DType::UInt8 { DType::Int64 } else { common };
        let (x, y) = (self.to(common)?.to(dtype)?, other.beside(self, common)?.to(dtype)?);
        self.engine().apply(Op::Compare(op), &[&x, &y])
    }
}
