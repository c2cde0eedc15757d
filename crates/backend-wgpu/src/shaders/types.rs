//! Ways in which kernels are computed; which element types they take, and what `common.wgsl` calls these.

use engine::{DType, Error, Result};

use super::{Family, Variant};

/// How a matrix product is cut into workgroups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tiles {
    /// One invocation for each result.
    None,
    /// 16 × 16 results.
    Small,
    /// 64 × 64 results.
    Large,
}

/// How windows slide across images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sliding {
    /// By one, inside.
    Inside,
    /// By one.
    ByOne,
    /// In any way.
    Any,
}

/// How what windows have is put where their largest elements lay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Each place adds up what comes to it.
    Sum,
    /// First zeros,
    Clear,
    /// then each window puts its own there.
    Put,
}

pub(super) const INT64: u32 = 2;
pub(super) const FLOAT32: u32 = 3;

/// What `common.wgsl` calls a dtype.
pub(super) fn dtype_code(dtype: DType) -> Result<u32> {
    match dtype {
        DType::Bool => Ok(0),
        DType::UInt8 => Ok(1),
        DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => Ok(INT64),
        DType::Float32 => Ok(FLOAT32),
        DType::Float64 => Err(crate::elements::no_float64()),
    }
}

/// Arithmetic: float32, and int64 where the function is defined for it.
pub(super) fn numeric(
    family: Family,
    entry: &'static str,
    op: u32,
    dtype: DType,
    of_integers: bool,
    name: &str,
) -> Result<Variant> {
    match dtype {
        DType::Float32 => {}
        DType::Int64 if of_integers => {}
        _ => return Err(refused(name, dtype)),
    }
    Ok(Variant { family, entry, op, dtype: dtype_code(dtype)? })
}

/// The error for a function that the device has not.
pub(super) fn refused(name: &str, dtype: DType) -> Error {
    Error::Unsupported { device: crate::NAME, what: format!("compute {name} of {}", dtype.name()) }
}
