//! Activation functions, composed of other ops. Where a branch is not taken, its input is replaced before it is
//! computed: an overflow there would turn the gradient into NaN.

use super::Arg;
use crate::error::{Error, Result};
use crate::promote::missing;
use crate::tensor::Tensor;

/// How [`Tensor::gelu`] is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gelu {
    /// x · Φ(x), by the error function.
    None,
    /// By a hyperbolic tangent that comes close to it.
    Tanh,
}

impl Gelu {
    /// What PyTorch's argument `approximate` names.
    ///
    /// # Errors
    /// [`Error::Shape`] for other names than `none` and `tanh`.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "none" => Ok(Self::None),
            "tanh" => Ok(Self::Tanh),
            _ => Err(Error::Shape("approximate argument must be either none or tanh.".to_owned())),
        }
    }
}

impl Tensor {
    fn real_only(&self, function: &str) -> Result<()> {
        if self.dtype().is_floating_point() { Ok(()) } else { Err(missing(function, self.dtype())) }
    }

    /// x where it is positive, `slope` · x elsewhere.
    ///
    /// # Errors
    /// [`Error::Shape`] for other than real numbers.
    pub fn leaky_relu(&self, slope: f64) -> Result<Tensor> {
        self.real_only("leaky_relu_cpu")?;
        self.engine()
            .call("leaky_relu", "LeakyReluBackward0", || self.gt(0.0)?.where_(self, &self.mul(slope)?))
    }

    /// x where it is positive, `alpha` · (eˣ − 1) elsewhere.
    ///
    /// # Errors
    /// [`Error::Shape`] for other than real numbers.
    pub fn elu(&self, alpha: f64) -> Result<Tensor> {
        self.real_only("elu_cpu")?;
        self.engine().call("elu", "EluBackward0", || {
            let positive = self.gt(0.0)?;
            let below = positive.where_(0.0, self)?.expm1()?.mul(alpha)?;
            positive.where_(self, &below)
        })
    }

    /// x · Φ(x), where Φ is the distribution function of the standard normal distribution.
    ///
    /// # Errors
    /// [`Error::Shape`] for other than real numbers.
    pub fn gelu(&self, approximate: Gelu) -> Result<Tensor> {
        self.real_only("GeluKernelImpl")?;
        self.engine().call("gelu", "GeluBackward0", || {
            let bell = match approximate {
                Gelu::None => self.mul(std::f64::consts::FRAC_1_SQRT_2)?.erf()?,
                Gelu::Tanh => {
                    // 0.044715 and the square root of 2/π: Hendrycks and Gimpel, 2016.
                    let cube = self.mul(self)?.mul(self)?;
                    let root = std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2;
                    self.add(&cube.mul(0.044715)?)?.mul(root)?.tanh()?
                }
            };
            self.mul(0.5)?.mul(&bell.add(1.0)?)
        })
    }

    /// x / (1 + e⁻ˣ).
    ///
    /// # Errors
    /// [`Error::Shape`] for other than real numbers.
    pub fn silu(&self) -> Result<Tensor> {
        self.real_only("silu_cpu")?;
        self.engine().call("silu", "SiluBackward0", || self.mul(&self.sigmoid()?))
    }

    /// ln(1 + e^(`beta`·x)) / `beta`; x itself where `beta`·x is above `threshold`.
    ///
    /// # Errors
    /// [`Error::Shape`] for other than real numbers.
    pub fn softplus(&self, beta: f64, threshold: f64) -> Result<Tensor> {
        self.real_only("softplus_cpu")?;
        self.engine().call("softplus", "SoftplusBackward0", || {
            let scaled = self.mul(beta)?;
            let straight = scaled.gt(threshold)?;
            let curved = straight.where_(0.0, &scaled)?.exp()?.log1p()?.div(beta)?;
            straight.where_(self, &curved)
        })
    }

    /// x within `low` and `high`, the nearer bound outside. At the bounds, unlike for [`clamp`](Self::clamp), the
    /// gradient is 0.
    ///
    /// # Errors
    /// [`Error::Shape`] for truth values.
    pub fn hardtanh<'a, 'b>(&self, low: impl Into<Arg<'a>>, high: impl Into<Arg<'b>>) -> Result<Tensor> {
        let (low, high) = (low.into(), high.into());
        if self.dtype() == crate::DType::Bool {
            return Err(Error::Shape("Bool inputs not supported for hardtanh".to_owned()));
        }
        if let (crate::DType::UInt8, Arg::Scalar(low)) = (self.dtype(), &low)
            && low.to_f64() < 0.0
        {
            let text = "cannot do hardtanh on an unsigned type with negative limits";
            return Err(Error::Shape(text.to_owned()));
        }
        self.engine().call("hardtanh", "HardtanhBackward0", || {
            let inside = self.gt(low.clone())?.bitwise_and(&self.lt(high.clone())?)?;
            let bound = self.detach().maximum(low)?.minimum(high)?.to(self.dtype())?;
            inside.where_(self, &bound)
        })
    }

    /// max(0, min(x, 6)).
    ///
    /// # Errors
    /// [`Error::Shape`] for truth values.
    pub fn relu6(&self) -> Result<Tensor> {
        self.hardtanh(0i64, 6i64)
    }
}
