//! The modules that are one function of one tensor.

use crate::error::Result;
use crate::tensor::Tensor;

/// Which function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// `ReLU`
    Relu,
    /// `LeakyReLU(negative_slope)`
    LeakyRelu(f64),
    /// `ELU(alpha)`
    Elu(f64),
    /// `SiLU`
    Silu,
    /// `Sigmoid`
    Sigmoid,
    /// `Tanh`
    Tanh,
    /// `Softmax(dim)`
    Softmax(i64),
    /// `LogSoftmax(dim)`
    LogSoftmax(i64),
}

impl Activation {
    pub(super) fn apply(self, x: &Tensor) -> Result<Tensor> {
        let call = |name, grad_fn, body: &dyn Fn() -> Result<Tensor>| x.engine().call(name, grad_fn, body);
        match self {
            Self::Relu => x.relu(),
            Self::LeakyRelu(slope) => {
                call("leaky_relu", "LeakyReluBackward0", &|| x.gt(0.0)?.where_(x, &x.mul(slope)?))
            }
            // The exponential is kept from overflowing where it does not count.
            Self::Elu(alpha) => call("elu", "EluBackward0", &|| {
                x.gt(0.0)?.where_(x, &x.minimum(0.0)?.exp()?.sub(1.0)?.mul(alpha)?)
            }),
            Self::Silu => call("silu", "SiluBackward0", &|| x.mul(&x.sigmoid()?)),
            Self::Sigmoid => x.sigmoid(),
            Self::Tanh => x.tanh(),
            Self::Softmax(dim) => call("softmax", "SoftmaxBackward0", &|| x.log_softmax(dim)?.exp()),
            Self::LogSoftmax(dim) => x.log_softmax(dim),
        }
    }
}
