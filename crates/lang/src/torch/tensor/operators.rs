//! The operators of a tensor, and its comparisons.

use engine::ops::{Arg, Rounding};
use engine::{DType, Tensor};

use crate::error::{Result, Stop};
use crate::native::{Args, Native};
use crate::torch::operand::{Operand, write_back};
use crate::value::Value;

type Apply = fn(&Tensor, Arg<'_>) -> Result<Tensor>;

/// An operator: what it does not take as its other operand, something else may.
fn operated(args: &Args, apply: Apply) -> Result<Value> {
    let x = args.tensor(0)?;
    match Operand::of(&args.get(1)) {
        Some(other) => Ok(apply(&x, other.arg())?.into()),
        None => Ok(Value::NotImplemented),
    }
}

/// As [`operated`], in place.
fn operated_in_place(args: &Args, apply: Apply) -> Result<Value> {
    let x = args.tensor(0)?;
    let Some(other) = Operand::of(&args.get(1)) else { return Ok(Value::NotImplemented) };
    write_back(&x, |before| apply(before, other.arg()))?;
    Ok(args.get(0))
}

macro_rules! operators {
    ($($name:literal => $apply:expr),* $(,)?) => {
        &[$(Native::new(concat!($name, "(self, other)"), |_, args| operated(args, $apply))),*]
    };
}

macro_rules! in_place_operators {
    ($($name:literal => $apply:expr),* $(,)?) => {
        &[$(Native::new(concat!($name, "(self, other)"), |_, args| operated_in_place(args, $apply))),*]
    };
}

pub(super) const BINARY: &[Native] = operators! {
    "__add__" => |x, y| Ok(x.add(y)?),
    "__radd__" => |x, y| Ok(x.add(y)?),
    "__sub__" => |x, y| Ok(x.sub(y)?),
    "__rsub__" => |x, y| Ok(x.rsub(y)?),
    "__mul__" => |x, y| Ok(x.mul(y)?),
    "__rmul__" => |x, y| Ok(x.mul(y)?),
    "__truediv__" => |x, y| Ok(x.div(y)?),
    "__rtruediv__" => |x, y| Ok(x.rdiv(y)?),
    "__floordiv__" => floor_divide,
    "__rfloordiv__" => |x, y| Ok(x.rfloor_divide(y)?),
    "__mod__" => |x, y| Ok(x.remainder(y)?),
    "__rmod__" => |x, y| Ok(x.rremainder(y)?),
    "__pow__" => power,
    "__rpow__" => |x, y| Ok(x.rpow(y)?),
    "__and__" => |x, y| Ok(x.bitwise_and(y)?),
    "__rand__" => |x, y| Ok(x.bitwise_and(y)?),
    "__or__" => |x, y| Ok(x.bitwise_or(y)?),
    "__ror__" => |x, y| Ok(x.bitwise_or(y)?),
    "__xor__" => |x, y| Ok(x.bitwise_xor(y)?),
    "__rxor__" => |x, y| Ok(x.bitwise_xor(y)?),
    "__lshift__" => |x, y| shifted(x, y, true),
    "__rshift__" => |x, y| shifted(x, y, false),
};

pub(super) const IN_PLACE: &[Native] = in_place_operators! {
    "__iadd__" => |x, y| Ok(x.add(y)?),
    "__isub__" => |x, y| Ok(x.sub(y)?),
    "__imul__" => |x, y| Ok(x.mul(y)?),
    "__itruediv__" => |x, y| Ok(x.div(y)?),
    "__ifloordiv__" => floor_divide,
    "__imod__" => |x, y| Ok(x.remainder(y)?),
    "__ipow__" => power,
    "__iand__" => |x, y| Ok(x.bitwise_and(y)?),
    "__ior__" => |x, y| Ok(x.bitwise_or(y)?),
    "__ixor__" => |x, y| Ok(x.bitwise_xor(y)?),
    "__ilshift__" => |x, y| shifted(x, y, true),
    "__irshift__" => |x, y| shifted(x, y, false),
};

pub(super) const COMPARISONS: &[Native] = operators! {
    "__eq__" => |x, y| Ok(x.eq(y)?),
    "__ne__" => |x, y| Ok(x.ne(y)?),
    "__lt__" => |x, y| Ok(x.lt(y)?),
    "__le__" => |x, y| Ok(x.le(y)?),
    "__gt__" => |x, y| Ok(x.gt(y)?),
    "__ge__" => |x, y| Ok(x.ge(y)?),
};

pub(super) const OTHERS: &[Native] = &[
    Native::new("__neg__(self)", |_, args| Ok(args.tensor(0)?.neg()?.into())),
    Native::new("__pos__(self)", |_, args| Ok(args.get(0))),
    Native::new("__abs__(self)", |_, args| Ok(args.tensor(0)?.abs()?.into())),
    Native::new("__invert__(self)", |_, args| {
        let x = args.tensor(0)?;
        if x.dtype().is_floating_point() {
            return Err(Stop::error(
                "TypeError",
                "~ (operator.invert) is only implemented on integer and Boolean-type tensors",
            ));
        }
        Ok(x.bitwise_not()?.into())
    }),
    Native::new("__matmul__(self, other)", |_, args| product(args, false)),
    Native::new("__rmatmul__(self, other)", |_, args| product(args, true)),
    Native::new("__imatmul__(self, other)", |_, args| product(args, false)),
];

fn product(args: &Args, reflected: bool) -> Result<Value> {
    let x = args.tensor(0)?;
    match Operand::of(&args.get(1)) {
        Some(Operand::Tensor(y)) if reflected => Ok(y.matmul(&x)?.into()),
        Some(Operand::Tensor(y)) => Ok(x.matmul(&y)?.into()),
        Some(Operand::Scalar(_)) | None => Ok(Value::NotImplemented),
    }
}

/// ⌊x / y⌋.
pub(crate) fn floor_divide(x: &Tensor, y: Arg<'_>) -> Result<Tensor> {
    Ok(x.floor_divide(y)?)
}

/// xʸ. Integers are not raised to negative powers, which would be fractions.
pub(crate) fn power(x: &Tensor, y: Arg<'_>) -> Result<Tensor> {
    Ok(x.pow(y)?)
}

/// x · 2ʸ or ⌊x / 2ʸ⌋ of integers: their bits shifted.
pub(crate) fn shifted(x: &Tensor, y: Arg<'_>, left: bool) -> Result<Tensor> {
    let real = |t: &Tensor| t.dtype().is_floating_point();
    if real(x) || matches!(&y, Arg::Tensor(t) if real(t)) {
        let name = if left { "lshift_cpu" } else { "rshift_cpu" };
        return Err(Stop::error("RuntimeError", format!("\"{name}\" not implemented for 'Float'")));
    }
    let two = x.engine().full(&[], 2i64, DType::Int64)?;
    let factor = two.pow(y)?;
    Ok(if left { x.mul(&factor)? } else { x.div_rounded(&factor, Rounding::Floor)? })
}
