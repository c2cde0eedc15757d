//! `torch.nn.init`, and the initial weights of layers in the order in which PyTorch draws them. All of it runs
//! without recording.

use super::Generator;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

pub use super::orthogonal::orthogonal_;
pub use super::truncated::trunc_normal_;

/// Which side of a layer keeps its variance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fan {
    /// The inputs: the forward pass.
    In,
    /// The outputs: the backward pass.
    Out,
}

/// What follows a layer: it decides the gain of the initial weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Nonlinearity {
    /// None, a convolution or a sigmoid: gain 1.
    Linear,
    /// tanh: gain 5/3.
    Tanh,
    /// ReLU: gain √2.
    Relu,
    /// Leaky ReLU of this slope a: gain √(2 / (1 + a²)).
    LeakyRelu(f64),
    /// SELU: gain 3/4.
    Selu,
}

impl Nonlinearity {
    /// The one of this name, with the parameter of `leaky_relu` (0.01 by default).
    ///
    /// # Errors
    /// [`Error::Shape`] for an unknown name.
    pub fn named(name: &str, slope: Option<f64>) -> Result<Self> {
        match name {
            "linear" | "conv1d" | "conv2d" | "conv3d" | "conv_transpose1d" | "conv_transpose2d"
            | "conv_transpose3d" | "sigmoid" => Ok(Self::Linear),
            "tanh" => Ok(Self::Tanh),
            "relu" => Ok(Self::Relu),
            "leaky_relu" => Ok(Self::LeakyRelu(slope.unwrap_or(0.01))),
            "selu" => Ok(Self::Selu),
            _ => Err(Error::Shape(format!("Unsupported nonlinearity {name}"))),
        }
    }

    /// `calculate_gain`.
    pub fn gain(self) -> f64 {
        match self {
            Self::Linear => 1.0,
            Self::Tanh => 5.0 / 3.0,
            Self::Relu => 2.0f64.sqrt(),
            Self::LeakyRelu(slope) => (2.0 / (1.0 + slope.powi(2))).sqrt(),
            Self::Selu => 0.75,
        }
    }
}

/// The numbers of inputs and of outputs that a weight `[out, in, …]` connects.
///
/// # Errors
/// [`Error::Shape`] for fewer than two dimensions.
pub fn fans(t: &Tensor) -> Result<(f64, f64)> {
    let [outputs, inputs, field @ ..] = t.shape() else {
        let text = "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions";
        return Err(Error::Shape(text.to_owned()));
    };
    let field = field.iter().map(|&n| n as f64).product::<f64>();
    Ok((*inputs as f64 * field, *outputs as f64 * field))
}

fn deviation(t: &Tensor, mode: Fan, nonlinearity: Nonlinearity) -> Result<f64> {
    let (inputs, outputs) = fans(t)?;
    let fan = match mode {
        Fan::In => inputs,
        Fan::Out => outputs,
    };
    Ok(nonlinearity.gain() / fan.sqrt())
}

/// Uniform within ±√3 · gain / √fan (He et al. 2015). A tensor without elements stays as it is.
///
/// # Errors
/// [`Error::Shape`] for fewer than two dimensions.
pub fn kaiming_uniform_(t: &Tensor, mode: Fan, nonlinearity: Nonlinearity) -> Result<()> {
    if t.numel() == 0 {
        return Ok(());
    }
    let bound = 3.0f64.sqrt() * deviation(t, mode, nonlinearity)?;
    uniform_(t, -bound, bound)
}

/// Normal of deviation gain / √fan. A tensor without elements stays as it is.
///
/// # Errors
/// [`Error::Shape`] for fewer than two dimensions.
pub fn kaiming_normal_(t: &Tensor, mode: Fan, nonlinearity: Nonlinearity) -> Result<()> {
    if t.numel() == 0 {
        return Ok(());
    }
    normal_(t, 0.0, deviation(t, mode, nonlinearity)?)
}

/// Uniform within ±gain · √(6 / (in + out)) (Glorot and Bengio 2010).
///
/// # Errors
/// [`Error::Shape`] for fewer than two dimensions.
pub fn xavier_uniform_(t: &Tensor, gain: f64) -> Result<()> {
    let (inputs, outputs) = fans(t)?;
    let bound = 3.0f64.sqrt() * (gain * (2.0 / (inputs + outputs)).sqrt());
    uniform_(t, -bound, bound)
}

/// Normal of deviation gain · √(2 / (in + out)).
///
/// # Errors
/// [`Error::Shape`] for fewer than two dimensions.
pub fn xavier_normal_(t: &Tensor, gain: f64) -> Result<()> {
    let (inputs, outputs) = fans(t)?;
    normal_(t, 0.0, gain * (2.0 / (inputs + outputs)).sqrt())
}

/// Uniform in [low, high).
///
/// # Errors
/// As for [`Tensor::uniform_`].
pub fn uniform_(t: &Tensor, low: f64, high: f64) -> Result<()> {
    t.engine().no_grad(|| t.uniform_(low, high))
}

/// Normal.
///
/// # Errors
/// As for [`Tensor::normal_`].
pub fn normal_(t: &Tensor, mean: f64, std: f64) -> Result<()> {
    t.engine().no_grad(|| t.normal_(mean, std))
}

/// One value everywhere.
///
/// # Errors
/// What the backend says.
pub fn constant_(t: &Tensor, value: f64) -> Result<()> {
    t.engine().no_grad(|| t.copy_(&t.engine().full(&[], value, t.dtype())?))
}

/// Ones everywhere.
///
/// # Errors
/// What the backend says.
pub fn ones_(t: &Tensor) -> Result<()> {
    constant_(t, 1.0)
}

/// Zeros everywhere.
///
/// # Errors
/// What the backend says.
pub fn zeros_(t: &Tensor) -> Result<()> {
    constant_(t, 0.0)
}

/// The identity matrix.
///
/// # Errors
/// [`Error::Shape`] unless it has two dimensions.
pub fn eye_(t: &Tensor) -> Result<()> {
    let [rows, columns] = *t.shape() else {
        return Err(Error::Shape("Only tensors with 2 dimensions are supported".to_owned()));
    };
    let mut data = vec![0.0; t.numel()];
    (0..rows.min(columns)).for_each(|i| data[i * columns + i] = 1.0);
    let values = crate::HostData::Float64(data).into_f32();
    t.engine().no_grad(|| t.copy_(&t.engine().tensor(values, t.shape())?))
}

/// The initial weights of `nn.Linear` and of convolutions: uniform within ±1/√fan_in, weight `[out, in, …]` first,
/// then bias `[out]`.
///
/// # Errors
/// [`Error::Shape`] for a weight of fewer than two dimensions.
pub fn linear_(weight: &Tensor, bias: Option<&Tensor>) -> Result<()> {
    kaiming_uniform_(weight, Fan::In, Nonlinearity::LeakyRelu(5.0f64.sqrt()))?;
    let (inputs, _) = fans(weight)?;
    let bound = if inputs > 0.0 { 1.0 / inputs.sqrt() } else { 0.0 };
    match bias {
        // A convolution without inputs has no bias to draw; PyTorch refuses to build one.
        Some(bias) => uniform_(bias, -bound, bound),
        None => Ok(()),
    }
}

/// The initial weights of `nn.Embedding`: normal; the row of padding is zero.
///
/// # Errors
/// [`Error::Index`] where there is no such row.
pub fn embedding_(weight: &Tensor, padding: Option<usize>) -> Result<()> {
    normal_(weight, 0.0, 1.0)?;
    let Some(row) = padding else { return Ok(()) };
    let size = weight.shape().first().copied().unwrap_or(0);
    if row >= size {
        return Err(Error::Index { index: row as i64, dim: 0, size });
    }
    weight.engine().no_grad(|| zeros_(&weight.slice(0, row as i64, row as i64 + 1, 1)?))
}

/// The initial weights of `nn.RNN`, `nn.LSTM`, `nn.GRU` and their cells: all parameters, in their order (per layer
/// and direction `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`), uniform within ±1/√hidden.
///
/// # Errors
/// As for [`Tensor::uniform_`].
pub fn recurrent_(parameters: &[Tensor], hidden: usize) -> Result<()> {
    let bound = if hidden > 0 { 1.0 / (hidden as f64).sqrt() } else { 0.0 };
    parameters.iter().try_for_each(|t| uniform_(t, -bound, bound))
}

/// The default initialisation of `nn.Linear(inputs, outputs)`: weight `[outputs, inputs]` and bias `[outputs]`,
/// uniform within ±1/√inputs.
pub fn linear_init(generator: &mut Generator, inputs: usize, outputs: usize) -> (Vec<f32>, Vec<f32>) {
    let gain = Nonlinearity::LeakyRelu(5.0f64.sqrt()).gain();
    let weight_bound = 3.0f64.sqrt() * (gain / (inputs as f64).sqrt());
    let bias_bound = 1.0 / (inputs as f64).sqrt();
    let mut draw = |n: usize, bound: f64| -> Vec<f32> {
        (0..n).map(|_| generator.uniform(-bound as f32, bound as f32)).collect()
    };
    (draw(inputs * outputs, weight_bound), draw(outputs, bias_bound))
}
