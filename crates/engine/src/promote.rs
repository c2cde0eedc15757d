//! Which element type a result has: `torch.result_type`, and what each op makes of it.
//!
//! Three kinds of operands meet: tensors with dimensions, tensors without, and numbers. A later kind only changes
//! the type if it brings a higher category (truth values < integers < real numbers).

use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::ops::{Arg, Binary};

/// The types of the operands so far, by kind.
#[derive(Default)]
struct Kinds {
    dimensioned: Option<DType>,
    zero_dim: Option<DType>,
    number: Option<DType>,
}

impl Kinds {
    fn add(&mut self, operand: &Arg<'_>) {
        let (slot, dtype) = match operand {
            Arg::Tensor(t) if t.ndim() > 0 => (&mut self.dimensioned, t.dtype()),
            Arg::Tensor(t) => (&mut self.zero_dim, t.dtype()),
            Arg::Scalar(value) => (&mut self.number, of_number(*value)),
        };
        *slot = Some(slot.map_or(dtype, |before| before.promote(dtype)));
    }

    fn result(&self) -> Option<DType> {
        combine(self.dimensioned, combine(self.zero_dim, self.number))
    }
}

/// The type of a tensor of one number: `torch.tensor(value).dtype`.
pub(crate) fn of_number(value: Scalar) -> DType {
    match value {
        Scalar::Bool(_) => DType::Bool,
        Scalar::Int(_) => DType::Int64,
        Scalar::Float(_) => DType::Float32,
    }
}

/// The type of the first kind, unless the second kind is of a higher category.
fn combine(first: Option<DType>, second: Option<DType>) -> Option<DType> {
    match (first, second) {
        (Some(a), Some(b)) if category(b) > category(a) => Some(a.promote(b)),
        (first, second) => first.or(second),
    }
}

fn category(dtype: DType) -> u8 {
    match dtype {
        DType::Bool => 0,
        DType::UInt8 | DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => 1,
        DType::Float32 | DType::Float64 => 2,
    }
}

/// The type that these operands are converted to before they are added: `torch.result_type`. float32 for none.
pub fn result_type(operands: &[Arg<'_>]) -> DType {
    let mut kinds = Kinds::default();
    operands.iter().for_each(|operand| kinds.add(operand));
    kinds.result().unwrap_or(DType::Float32)
}

/// How an op of two operands of a common type is computed.
pub(crate) struct Rule {
    /// By which op.
    pub(crate) op: Binary,
    /// The type in which it is.
    pub(crate) dtype: DType,
    /// The type of the result.
    pub(crate) out: DType,
}

/// How `op` is computed of operands whose common type is `dtype`. Sums and products of truth values are truth
/// values; bytes are computed with as int64; of integers, what does not fit wraps around; a quotient is a real number.
///
/// # Errors
/// In PyTorch's words for types that an op does not take.
pub(crate) fn rule(op: Binary, dtype: DType) -> Result<Rule> {
    let as_is = |op| Ok(Rule { op, dtype, out: dtype });
    match (dtype, op) {
        (DType::Float32 | DType::Float64, Binary::And | Binary::Or | Binary::Xor) => {
            Err(missing(&format!("{}_cpu", op.name()), dtype))
        }
        (
            DType::Bool | DType::UInt8 | DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64,
            Binary::Div,
        ) => Ok(Rule { op, dtype: DType::Float32, out: DType::Float32 }),
        (DType::Bool, Binary::Add | Binary::Maximum | Binary::Or) => as_is(Binary::Or),
        (DType::Bool, Binary::Mul | Binary::Minimum | Binary::And) => as_is(Binary::And),
        (DType::Bool, Binary::Xor) => as_is(Binary::Xor),
        (DType::Bool, Binary::Sub) => Err(bool_subtraction(true)),
        (DType::Bool, Binary::Pow) => Err(missing("pow", dtype)),
        (DType::Bool, Binary::FloorDivide) => Err(missing("div_floor_cpu", dtype)),
        (DType::Bool, Binary::Remainder) => Err(missing("remainder_cpu", dtype)),
        (DType::UInt8, op) => Ok(Rule { op, dtype: DType::Int64, out: DType::UInt8 }),
        (DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 | DType::Float32 | DType::Float64, op) => {
            as_is(op)
        }
    }
}

/// PyTorch's words for a function that is not defined for an element type.
pub(crate) fn missing(function: &str, dtype: DType) -> Error {
    Error::Shape(format!("\"{function}\" not implemented for '{}'", dtype.scalar_type()))
}

/// PyTorch's words for a number that an integer type does not hold.
pub(crate) fn overflow(dtype: DType) -> Error {
    // The name in C++ is told.
    let suffix = if dtype == DType::Int32 { "" } else { "_t" };
    let name = if dtype == DType::Int32 { "int" } else { dtype.name() };
    Error::Shape(format!("value cannot be converted to type {name}{suffix} without overflow"))
}

/// PyTorch's words for a difference of truth values.
pub(crate) fn bool_subtraction(both: bool) -> Error {
    Error::Shape(if both {
        "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` \
         operator instead."
            .to_owned()
    } else {
        "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, \
         use the `~` or `logical_not()` operator instead."
            .to_owned()
    })
}
