//! Comparisons, and functions of truth values.

use engine::Tensor;
use engine::ops::Closeness;

use crate::error::Result;
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::torch::operand::item;
use crate::value::Value;

/// Functions of a tensor and another operand, each with its form in place.
macro_rules! comparisons {
    ($($name:literal => $method:ident;)*) => {
        table! {
            $(
                concat!($name, "(input, other, *, out=None)"), concat!($name, "_(input, other)") => |x, args| {
                    Ok(x.$method(args.operand(1)?.arg())?)
                };
            )*
        }
    };
}

macro_rules! table {
    ($($signature:expr $(, $in_place:expr)? => $compute:expr;)*) => {
        &[$(
            Native::new($signature, |_, args| crate::torch::operand::computed(args, $compute)),
            $(Native::new($in_place, |_, args| crate::torch::operand::written(args, $compute)),)?
        )*]
    };
}

pub(in crate::torch) const BOTH: &[Native] = comparisons! {
    "eq" => eq;
    "ne" => ne;
    "not_equal" => ne;
    "lt" => lt;
    "less" => lt;
    "le" => le;
    "less_equal" => le;
    "gt" => gt;
    "greater" => gt;
    "ge" => ge;
    "greater_equal" => ge;
    "logical_and" => logical_and;
    "logical_or" => logical_or;
    "logical_xor" => logical_xor;
};

pub(in crate::torch) const MORE: &[Native] = &[
    Native::new("isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)", |_, args| {
        Ok(args.tensor(0)?.isclose(&args.tensor(1)?, closeness(args)?)?.into())
    }),
    Native::new("allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)", |vm, args| {
        truth(vm, &args.tensor(0)?.allclose(&args.tensor(1)?, closeness(args)?)?)
    }),
    Native::new("equal(input, other)", |vm, args| truth(vm, &args.tensor(0)?.equal(&args.tensor(1)?)?)),
];

fn closeness(args: &Args) -> Result<Closeness> {
    Ok(Closeness { rtol: args.float(2)?, atol: args.float(3)?, equal_nan: args.bool(4)? })
}

fn truth(vm: &mut Machine, answer: &Tensor) -> Result<Value> {
    Ok(Value::Bool(item(vm, answer)?.to_bool()))
}
