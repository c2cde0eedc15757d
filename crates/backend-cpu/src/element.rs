//! Element types, and the inputs of kernels as typed slices.

use std::borrow::Cow;

use engine::{DType, Error, HostData, Layout, Operand, Result, Scalar, Source};

use crate::buffers::Buffers;

/// A Rust type that a tensor can hold.
pub(crate) trait Element: Copy + PartialEq + 'static {
    /// Its name.
    const DTYPE: DType;
    /// Whether kernels have loops of their own for operands that lie densely: worth their bytes for what nearly
    /// all time is spent on. The other types take the general loop.
    const DENSE_LOOPS: bool;
    /// The elements of `data`, which must be of this type.
    fn slice(data: &HostData) -> Result<&[Self]>;
    /// The same, to be written to.
    fn slice_mut(data: &mut HostData) -> Result<&mut [Self]>;
    /// This number, as the host holds it.
    fn to_scalar(self) -> Scalar;
    /// The number as this type holds it.
    fn from_scalar(value: Scalar) -> Self;
}

macro_rules! elements {
    ($($rust:ty, $variant:ident, $dense:literal, $value:ident => $to:expr, $scalar:ident => $from:expr;)*) => {
        $(impl Element for $rust {
            const DTYPE: DType = DType::$variant;
            const DENSE_LOOPS: bool = $dense;
            fn slice(data: &HostData) -> Result<&[Self]> {
                match data {
                    HostData::$variant(v) => Ok(v),
                    other => Err(wrong(stringify!($variant), other)),
                }
            }
            fn slice_mut(data: &mut HostData) -> Result<&mut [Self]> {
                match data {
                    HostData::$variant(v) => Ok(v),
                    other => Err(wrong(stringify!($variant), other)),
                }
            }
            #[inline(always)]
            fn to_scalar(self) -> Scalar { let $value = self; $to }
            #[inline(always)]
            fn from_scalar($scalar: Scalar) -> Self { $from }
        })*
    };
}

elements! {
    bool, Bool, false, v => Scalar::Bool(v), s => s.to_bool();
    u8, UInt8, false, v => Scalar::Int(i64::from(v)), s => s.to_i64() as u8;
    i64, Int64, false, v => Scalar::Int(v), s => s.to_i64();
    f32, Float32, true, v => Scalar::Float(f64::from(v)), s => s.to_f64() as f32;
    f64, Float64, false, v => Scalar::Float(v), s => s.to_f64();
}

fn wrong(expected: &str, found: &HostData) -> Error {
    Error::Internal(format!("a buffer of {expected} was expected, but it holds {}", found.dtype()))
}

/// Arithmetic that is the same for integers, which wrap around, and real numbers.
pub(crate) trait Number: Element + PartialOrd {
    const ZERO: Self;
    const ONE: Self;
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn neg(self) -> Self;
    /// Whether it is not a number.
    fn is_nan(self) -> bool;
}

macro_rules! real_numbers {
    ($($rust:ty),*) => {
        $(impl Number for $rust {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            fn add(self, other: Self) -> Self { self + other }
            fn sub(self, other: Self) -> Self { self - other }
            fn mul(self, other: Self) -> Self { self * other }
            fn neg(self) -> Self { -self }
            fn is_nan(self) -> bool { self.is_nan() }
        })*
    };
}

real_numbers!(f32, f64);

impl Number for i64 {
    const ZERO: Self = 0;
    const ONE: Self = 1;
    fn add(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    fn sub(self, other: Self) -> Self {
        self.wrapping_sub(other)
    }
    fn mul(self, other: Self) -> Self {
        self.wrapping_mul(other)
    }
    fn neg(self) -> Self {
        self.wrapping_neg()
    }
    fn is_nan(self) -> bool {
        false
    }
}

/// The larger one; NaN if either is. (`f32::max` prefers the number.)
pub(crate) fn larger<T: Number>(x: T, y: T) -> T {
    if x > y || x.is_nan() { x } else { y }
}

/// The smaller one; NaN if either is.
pub(crate) fn smaller<T: Number>(x: T, y: T) -> T {
    if x < y || x.is_nan() { x } else { y }
}

/// An operand whose elements were found.
pub(crate) struct Found<'a> {
    /// The elements of the whole buffer; a single one for a constant.
    data: Cow<'a, HostData>,
    /// How the operand lies in it.
    pub(crate) layout: Layout,
}

impl<'a> Found<'a> {
    pub(crate) fn new(operand: &Operand<'_>, buffers: &'a Buffers) -> Result<Self> {
        let mut layout = operand.layout.clone();
        let data = match operand.source {
            Source::Buffer(id) => Cow::Borrowed(buffers.get(id)?),
            Source::Scalar(value) => {
                layout.strides.fill(0);
                layout.offset = 0;
                Cow::Owned(match operand.dtype {
                    DType::Bool => HostData::Bool(vec![value.to_bool()]),
                    DType::UInt8 => HostData::UInt8(vec![value.to_i64() as u8]),
                    DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => {
                        HostData::Int64(vec![value.to_i64()])
                    }
                    DType::Float32 => HostData::Float32(vec![value.to_f64() as f32]),
                    DType::Float64 => HostData::Float64(vec![value.to_f64()]),
                })
            }
        };
        Ok(Self { data, layout })
    }

    /// All elements of `data`, one after another, in a shape.
    pub(crate) fn whole(data: &'a HostData, shape: &[usize]) -> Self {
        Self { data: Cow::Borrowed(data), layout: Layout::contiguous(shape) }
    }

    /// The same elements with the dimensions in another order.
    pub(crate) fn permuted(&self, order: &[usize]) -> Found<'_> {
        Found { data: Cow::Borrowed(&self.data), layout: self.layout.permute(order) }
    }

    /// The elements of the whole buffer.
    pub(crate) fn data(&self) -> &HostData {
        &self.data
    }

    /// Its elements as what they are.
    pub(crate) fn input<T: Element>(&self) -> Result<Input<'_, T>> {
        Ok(Input { data: T::slice(&self.data)?, layout: &self.layout })
    }
}

/// An input of a kernel.
pub(crate) struct Input<'a, T> {
    /// The elements of the whole buffer; a single one for a constant.
    pub(crate) data: &'a [T],
    /// How the input lies in it.
    pub(crate) layout: &'a Layout,
}
