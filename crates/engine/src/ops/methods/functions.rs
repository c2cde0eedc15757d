//! Functions of one tensor that are composed of others, and changes of the element type.

use crate::dtype::DType;
use crate::error::Result;
use crate::ops::Op;
use crate::tensor::Tensor;

impl Tensor {
    /// The logarithm to base 2.
    ///
    /// # Errors
    /// What the backend says.
    pub fn log2(&self) -> Result<Tensor> {
        self.engine().call("log2", "Log2Backward0", || self.log()?.div(std::f64::consts::LN_2))
    }

    /// The logarithm to base 10.
    ///
    /// # Errors
    /// What the backend says.
    pub fn log10(&self) -> Result<Tensor> {
        self.engine().call("log10", "Log10Backward0", || self.log()?.div(std::f64::consts::LN_10))
    }

    /// 2ˣ.
    ///
    /// # Errors
    /// What the backend says.
    pub fn exp2(&self) -> Result<Tensor> {
        self.engine().call("exp2", "Exp2Backward0", || self.rpow(2.0))
    }

    /// sin x / cos x.
    ///
    /// # Errors
    /// What the backend says.
    pub fn tan(&self) -> Result<Tensor> {
        self.engine().call("tan", "TanBackward0", || self.sin()?.div(&self.cos()?))
    }

    /// Converted to `dtype`; itself if it has it.
    ///
    /// # Errors
    /// If the backend has no such element type.
    pub fn to(&self, dtype: DType) -> Result<Tensor> {
        if dtype == self.dtype() { Ok(self.clone()) } else { self.engine().apply(Op::Cast(dtype), &[self]) }
    }

    /// Converted to the element type of `other`.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn type_as(&self, other: &Tensor) -> Result<Tensor> {
        self.to(other.dtype())
    }

    /// As float32.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn float(&self) -> Result<Tensor> {
        self.to(DType::Float32)
    }

    /// As float64, which only the CPU has.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn double(&self) -> Result<Tensor> {
        self.to(DType::Float64)
    }

    /// As int64, cut off towards zero.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn long(&self) -> Result<Tensor> {
        self.to(DType::Int64)
    }

    /// As int32: cut off towards zero, what does not fit wraps around.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn int(&self) -> Result<Tensor> {
        self.to(DType::Int32)
    }

    /// As int16: cut off towards zero, what does not fit wraps around.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn short(&self) -> Result<Tensor> {
        self.to(DType::Int16)
    }

    /// As int8: cut off towards zero, what does not fit wraps around.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn char(&self) -> Result<Tensor> {
        self.to(DType::Int8)
    }

    /// As truth values: false for zero.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn bool(&self) -> Result<Tensor> {
        self.to(DType::Bool)
    }

    /// As uint8: cut off towards zero, what does not fit wraps around.
    ///
    /// # Errors
    /// As for [`to`](Self::to).
    pub fn byte(&self) -> Result<Tensor> {
        self.to(DType::UInt8)
    }
}
