//! Element types and scalars, under PyTorch's names.

/// The element type of a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum DType {
    /// `torch.bool`.
    Bool,
    /// `torch.uint8`: what image files hold. Stored and converted, not computed with.
    UInt8,
    /// `torch.int8`. It and the two next are held as int64, and results are cut to their range.
    Int8,
    /// `torch.int16`.
    Int16,
    /// `torch.int32`.
    Int32,
    /// `torch.int64`. A GPU holds it as 32-bit integers and refuses a value that does not fit.
    Int64,
    /// `torch.float32`, the default.
    #[default]
    Float32,
    /// `torch.float64`, on the CPU only (WebGPU has none).
    Float64,
}

impl DType {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Bool,
        Self::UInt8,
        Self::Int8,
        Self::Int16,
        Self::Int32,
        Self::Int64,
        Self::Float32,
        Self::Float64,
    ];

    /// PyTorch's name, without the `torch.` in front.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::UInt8 => "uint8",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Float32 => "float32",
            Self::Float64 => "float64",
        }
    }

    /// The bytes that an element takes, as PyTorch counts them; a device holds elements of the type that is
    /// [`stored`](Self::stored).
    pub fn size(self) -> u64 {
        match self {
            Self::Bool | Self::UInt8 | Self::Int8 => 1,
            Self::Int16 => 2,
            Self::Int32 | Self::Float32 => 4,
            Self::Int64 | Self::Float64 => 8,
        }
    }

    /// PyTorch's older name of the type, which most of its errors use.
    pub fn scalar_type(self) -> &'static str {
        match self {
            Self::Bool => "Bool",
            Self::UInt8 => "Byte",
            Self::Int8 => "Char",
            Self::Int16 => "Short",
            Self::Int32 => "Int",
            Self::Int64 => "Long",
            Self::Float32 => "Float",
            Self::Float64 => "Double",
        }
    }

    /// The name of the type in C++, which some errors use.
    pub(crate) fn c_name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::UInt8 => "unsigned char",
            Self::Int8 => "signed char",
            Self::Int16 => "short int",
            Self::Int32 => "int",
            Self::Int64 => "long int",
            Self::Float32 => "float",
            Self::Float64 => "double",
        }
    }

    /// The result of `Tensor.type()`: `torch.FloatTensor`.
    pub fn tensor_type(self) -> String {
        format!("torch.{}Tensor", self.scalar_type())
    }

    /// Whether values are real numbers: only these can require gradients.
    pub fn is_floating_point(self) -> bool {
        matches!(self, Self::Float32 | Self::Float64)
    }

    /// Whether values are integers; truth values are none.
    pub fn is_integer(self) -> bool {
        self != Self::Bool && !self.is_floating_point()
    }

    /// The type of the elements that a device holds: int64 for the smaller integers with a sign.
    #[must_use]
    pub fn stored(self) -> Self {
        if self.is_cut() { Self::Int64 } else { self }
    }

    /// Whether results are computed as int64 and then cut to the range of the type.
    pub(crate) fn is_cut(self) -> bool {
        matches!(self, Self::Int8 | Self::Int16 | Self::Int32)
    }

    /// Whether it holds every value of `other`, which is also held in the same way: then a conversion changes nothing.
    pub(crate) fn includes(self, other: Self) -> bool {
        self.stored() == Self::Int64 && other.stored() == Self::Int64 && other <= self
    }

    /// The smallest and the largest integer that it holds, if it holds integers only.
    pub fn bounds(self) -> Option<(i64, i64)> {
        match self {
            Self::UInt8 => Some((0, u8::MAX.into())),
            Self::Int8 => Some((i8::MIN.into(), i8::MAX.into())),
            Self::Int16 => Some((i16::MIN.into(), i16::MAX.into())),
            Self::Int32 => Some((i32::MIN.into(), i32::MAX.into())),
            Self::Int64 => Some((i64::MIN, i64::MAX)),
            Self::Bool | Self::Float32 | Self::Float64 => None,
        }
    }

    /// What an integer becomes in an integer type: what does not fit wraps around.
    #[must_use]
    pub fn wrap(self, value: i64) -> i64 {
        match self {
            Self::UInt8 => (value as u8).into(),
            Self::Int8 => (value as i8).into(),
            Self::Int16 => (value as i16).into(),
            Self::Int32 => (value as i32).into(),
            Self::Bool | Self::Int64 | Self::Float32 | Self::Float64 => value,
        }
    }

    /// The type of the result where two tensors meet: the later one of bool < uint8 < int8 < int16 < int32 < int64 <
    /// float32 < float64, but int16 of uint8 and int8 (PyTorch's lattice, restricted to these types).
    #[must_use]
    pub fn promote(self, other: Self) -> Self {
        match (self, other) {
            (Self::UInt8, Self::Int8) | (Self::Int8, Self::UInt8) => Self::Int16,
            _ => self.max(other),
        }
    }
}

impl std::fmt::Display for DType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "torch.{}", self.name())
    }
}

/// One number, as the host holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// A truth value.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A real number.
    Float(f64),
}

impl Scalar {
    /// The value as a real number (integers beyond 2^53 are rounded).
    pub fn to_f64(self) -> f64 {
        match self {
            Self::Bool(b) => f64::from(u8::from(b)),
            Self::Int(i) => i as f64,
            Self::Float(x) => x,
        }
    }

    /// The value as an integer; a fraction is cut off towards zero, as `.long()` does.
    pub fn to_i64(self) -> i64 {
        match self {
            Self::Bool(b) => i64::from(b),
            Self::Int(i) => i,
            Self::Float(x) => x as i64,
        }
    }

    /// Whether the value counts as true: everything but zero.
    pub fn to_bool(self) -> bool {
        match self {
            Self::Bool(b) => b,
            Self::Int(i) => i != 0,
            Self::Float(x) => x != 0.0,
        }
    }

    /// The same number as an element of `dtype` would hold it.
    pub fn cast(self, dtype: DType) -> Self {
        match dtype {
            DType::Bool => Self::Bool(self.to_bool()),
            DType::UInt8 | DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => {
                Self::Int(dtype.wrap(self.to_i64()))
            }
            DType::Float32 => Self::Float(f64::from(self.to_f64() as f32)),
            DType::Float64 => Self::Float(self.to_f64()),
        }
    }

    /// Whether it is, without its fraction, one of the integers of `dtype`; a byte may also be given as that which it is
    /// below 256. Any number is one of other types.
    pub fn fits(self, dtype: DType) -> bool {
        let Some((low, high)) = dtype.bounds() else { return true };
        let low = if dtype == DType::UInt8 { -high } else { low };
        match self {
            Self::Bool(_) => true,
            Self::Int(i) => (low..=high).contains(&i),
            Self::Float(x) => x >= low as f64 && x <= high as f64,
        }
    }

    /// Whether the number is a real one.
    pub fn is_float(self) -> bool {
        matches!(self, Self::Float(_))
    }
}

impl From<f64> for Scalar {
    fn from(x: f64) -> Self {
        Self::Float(x)
    }
}

impl From<i64> for Scalar {
    fn from(i: i64) -> Self {
        Self::Int(i)
    }
}

impl From<bool> for Scalar {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}
