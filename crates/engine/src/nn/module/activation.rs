//! The modules that are one function of one tensor.

use crate::dtype::Scalar;
use crate::error::Result;
use crate::ops::Gelu;
use crate::tensor::Tensor;

/// Which function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// `ReLU`
    Relu,
    /// `ReLU6`
    Relu6,
    /// `LeakyReLU(negative_slope)`
    LeakyRelu(Scalar),
    /// `ELU(alpha)`
    Elu(Scalar),
    /// `SiLU`
    Silu,
    /// `GELU(approximate)`
    Gelu(Gelu),
    /// `Softplus(beta, threshold)`
    Softplus(Scalar, Scalar),
    /// `Hardtanh(min_val, max_val)`
    Hardtanh(Scalar, Scalar),
    /// `Sigmoid`
    Sigmoid,
    /// `Tanh`
    Tanh,
    /// `Softmax(dim)`
    Softmax(Option<i64>),
    /// `LogSoftmax(dim)`
    LogSoftmax(Option<i64>),
}

impl Activation {
    pub(super) fn apply(self, x: &Tensor) -> Result<Tensor> {
        // What PyTorch, which warns of it, takes for the dimension of classes.
        let guess = || i64::from(!matches!(x.ndim(), 0 | 1 | 3));
        match self {
            Self::Relu => x.relu(),
            Self::Relu6 => x.relu6(),
            Self::LeakyRelu(slope) => x.leaky_relu(slope.to_f64()),
            Self::Elu(alpha) => x.elu(alpha.to_f64()),
            Self::Silu => x.silu(),
            Self::Gelu(approximate) => x.gelu(approximate),
            Self::Softplus(beta, threshold) => x.softplus(beta.to_f64(), threshold.to_f64()),
            Self::Hardtanh(low, high) => x.hardtanh(low, high),
            Self::Sigmoid => x.sigmoid(),
            Self::Tanh => x.tanh(),
            Self::Softmax(dim) => x.softmax(dim.unwrap_or_else(guess)),
            Self::LogSoftmax(dim) => x.log_softmax(dim.unwrap_or_else(guess)),
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Relu => "ReLU",
            Self::Relu6 => "ReLU6",
            Self::LeakyRelu(_) => "LeakyReLU",
            Self::Elu(_) => "ELU",
            Self::Silu => "SiLU",
            Self::Gelu(_) => "GELU",
            Self::Softplus(..) => "Softplus",
            Self::Hardtanh(..) => "Hardtanh",
            Self::Sigmoid => "Sigmoid",
            Self::Tanh => "Tanh",
            Self::Softmax(_) => "Softmax",
            Self::LogSoftmax(_) => "LogSoftmax",
        }
    }
}
