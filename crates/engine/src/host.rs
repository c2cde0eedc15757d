//! Elements in the host's memory: what is uploaded and what is read back.

use crate::dtype::{DType, Scalar};

/// A flat array of elements of one type.
#[derive(Clone, Debug, PartialEq)]
pub enum HostData {
    /// `torch.bool`.
    Bool(Vec<bool>),
    /// `torch.uint8`.
    UInt8(Vec<u8>),
    /// `torch.int64`, and the smaller integers with a sign.
    Int64(Vec<i64>),
    /// `torch.float32`.
    Float32(Vec<f32>),
    /// `torch.float64`.
    Float64(Vec<f64>),
}

/// Evaluates one expression for the vector inside a [`HostData`], whatever its element type.
#[macro_export]
macro_rules! each_dtype {
    ($data:expr, $v:ident => $body:expr) => {
        match $data {
            $crate::HostData::Bool($v) => $body,
            $crate::HostData::UInt8($v) => $body,
            $crate::HostData::Int64($v) => $body,
            $crate::HostData::Float32($v) => $body,
            $crate::HostData::Float64($v) => $body,
        }
    };
}

impl HostData {
    /// `len` zeros (or `false`).
    pub fn zeros(dtype: DType, len: usize) -> Self {
        match dtype {
            DType::Bool => Self::Bool(vec![false; len]),
            DType::UInt8 => Self::UInt8(vec![0; len]),
            DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => Self::Int64(vec![0; len]),
            DType::Float32 => Self::Float32(vec![0.0; len]),
            DType::Float64 => Self::Float64(vec![0.0; len]),
        }
    }

    /// The element type as which it is stored.
    pub fn dtype(&self) -> DType {
        match self {
            Self::Bool(_) => DType::Bool,
            Self::UInt8(_) => DType::UInt8,
            Self::Int64(_) => DType::Int64,
            Self::Float32(_) => DType::Float32,
            Self::Float64(_) => DType::Float64,
        }
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        each_dtype!(self, v => v.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Element `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<Scalar> {
        match self {
            Self::Bool(v) => v.get(i).map(|&b| Scalar::Bool(b)),
            Self::UInt8(v) => v.get(i).map(|&n| Scalar::Int(i64::from(n))),
            Self::Int64(v) => v.get(i).map(|&n| Scalar::Int(n)),
            Self::Float32(v) => v.get(i).map(|&x| Scalar::Float(f64::from(x))),
            Self::Float64(v) => v.get(i).map(|&x| Scalar::Float(x)),
        }
    }

    /// All elements as real numbers.
    pub fn to_f64(&self) -> Vec<f64> {
        (0..self.len()).filter_map(|i| self.get(i)).map(Scalar::to_f64).collect()
    }

    /// All elements as float32: without a copy if that is what they are.
    pub fn into_f32(self) -> Vec<f32> {
        match self {
            Self::Float32(v) => v,
            other => other.to_f64().into_iter().map(|x| x as f32).collect(),
        }
    }
}

impl From<Vec<f32>> for HostData {
    fn from(v: Vec<f32>) -> Self {
        Self::Float32(v)
    }
}

impl From<Vec<f64>> for HostData {
    fn from(v: Vec<f64>) -> Self {
        Self::Float64(v)
    }
}

impl From<Vec<i64>> for HostData {
    fn from(v: Vec<i64>) -> Self {
        Self::Int64(v)
    }
}

impl From<Vec<u8>> for HostData {
    fn from(v: Vec<u8>) -> Self {
        Self::UInt8(v)
    }
}

impl From<Vec<bool>> for HostData {
    fn from(v: Vec<bool>) -> Self {
        Self::Bool(v)
    }
}
