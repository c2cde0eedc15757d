//! The model: one linear layer.

use engine::random::{Generator, linear_init};
use engine::{DType, Engine, Result, Tensor, nn};

use crate::data::Data;
use crate::score::Scoring;

/// How the weights start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Init {
    /// All zero.
    Zeros,
    /// As `nn.Linear` draws them.
    Uniform,
}

/// A linear layer from pixels to classes.
pub struct Model {
    /// `[classes, pixels]`
    pub weight: Tensor,
    /// `[classes]`
    pub bias: Tensor,
}

impl Model {
    /// The pixels of an image.
    pub const PIXELS: usize = 784;
    /// The classes.
    pub const CLASSES: usize = 10;

    /// A fresh model. `generator` is left where PyTorch's would be.
    ///
    /// # Errors
    /// What the backend says.
    pub fn new(engine: &Engine, init: Init, generator: &mut Generator) -> Result<Self> {
        match init {
            Init::Zeros => {
                Self::from_values(engine, vec![0.0; Self::CLASSES * Self::PIXELS], vec![0.0; Self::CLASSES])
            }
            Init::Uniform => {
                let (weight, bias) = linear_init(generator, Self::PIXELS, Self::CLASSES);
                Self::from_values(engine, weight, bias)
            }
        }
    }

    /// A model with these parameters, row by row.
    ///
    /// # Errors
    /// If there are too few or too many.
    pub fn from_values(engine: &Engine, weight: Vec<f32>, bias: Vec<f32>) -> Result<Self> {
        let weight = engine.tensor(weight, &[Self::CLASSES, Self::PIXELS])?;
        let bias = engine.tensor(bias, &[Self::CLASSES])?;
        weight.requires_grad_(true)?;
        bias.requires_grad_(true)?;
        Ok(Self { weight, bias })
    }

    /// The scores of images `[n, pixels]`: `[n, classes]`.
    ///
    /// # Errors
    /// What the shapes or the backend say.
    pub fn logits(&self, images: &Tensor) -> Result<Tensor> {
        nn::linear(images, &self.weight, &self.bias)
    }

    /// The probabilities of the classes for images `[n, pixels]`, on the device: `[n, classes]`.
    ///
    /// # Errors
    /// What the shapes or the backend say.
    pub fn probabilities(&self, images: &Tensor) -> Result<Tensor> {
        images.engine().no_grad(|| self.logits(images)?.log_softmax(1)?.exp())
    }

    /// The same parameters, which stay as they are when this model is trained on.
    ///
    /// # Errors
    /// What the backend says.
    pub fn frozen(&self) -> Result<Self> {
        let engine = self.weight.engine();
        engine.no_grad(|| Ok(Self { weight: self.weight.copy()?, bias: self.bias.copy()? }))
    }

    /// The mean loss on a whole set, and the part of it that is classified right: one tensor of two numbers,
    /// still on the device.
    ///
    /// # Errors
    /// What the backend says.
    pub fn score(&self, data: &Data) -> Result<Tensor> {
        let mut scoring = Scoring::new(self)?;
        while scoring.advance(data)? {}
        Ok(scoring.totals)
    }
}

/// The part of a batch whose largest score is that of its class.
///
/// # Errors
/// What the backend says.
pub(crate) fn accuracy(logits: &Tensor, labels: &Tensor) -> Result<Tensor> {
    logits.argmax(1, false)?.eq(labels)?.to(DType::Float32)?.mean(&[], false)
}
