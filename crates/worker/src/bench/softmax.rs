//! Softmax regression for the bench: one linear layer, trained on batches in the file's order. Only measured, never shown.

use engine::optim::Optimizer;
use engine::random::{Generator, linear_init};
use engine::{Engine, Error, Result, Tensor, nn};
use protocol::{CLASSES, PIXELS};

use super::data::Data;

const LR: f64 = 0.5;

/// The model and its training.
pub(super) struct Softmax {
    engine: Engine,
    weight: Tensor,
    bias: Tensor,
    sgd: Optimizer,
    step: usize,
    /// The indices of all images, once a step was taken.
    order: Option<Tensor>,
}

impl Softmax {
    /// With zero weights.
    pub(super) fn zeros(engine: &Engine) -> Result<Self> {
        Self::new(engine, vec![0.0; CLASSES * PIXELS], vec![0.0; CLASSES])
    }

    /// With weights as `nn.Linear` draws them.
    pub(super) fn drawn(engine: &Engine) -> Result<Self> {
        let (weight, bias) = linear_init(&mut Generator::manual_seed(1), PIXELS, CLASSES);
        Self::new(engine, weight, bias)
    }

    fn new(engine: &Engine, weight: Vec<f32>, bias: Vec<f32>) -> Result<Self> {
        let weight = engine.tensor(weight, &[CLASSES, PIXELS])?;
        let bias = engine.tensor(bias, &[CLASSES])?;
        weight.requires_grad_(true)?;
        bias.requires_grad_(true)?;
        let sgd = Optimizer::sgd(vec![weight.clone(), bias.clone()], LR)?;
        Ok(Self { engine: engine.clone(), weight, bias, sgd, step: 0, order: None })
    }

    /// A step of training on the next `size` images, or what is left of the epoch; gives back its loss, on the device.
    pub(super) fn step(&mut self, data: &Data, size: usize) -> Result<Tensor> {
        let order = match &self.order {
            Some(order) => order.clone(),
            None => self.engine.tensor((0..data.len() as i64).collect::<Vec<_>>(), &[data.len()])?,
        };
        let at = self.step % data.len().div_ceil(size).max(1) * size;
        let (start, end) = (at as i64, (at + size) as i64);
        let images = data.batch(&order.slice(0, start, end, 1)?)?;
        let labels = data.labels().slice(0, start, end, 1)?;
        self.order = Some(order);
        self.sgd.zero_grad(true)?;
        let loss = nn::cross_entropy(&nn::linear(&images, &self.weight, &self.bias)?, &labels)?;
        loss.backward()?;
        self.sgd.step()?;
        self.step += 1;
        // Every step is one schedule.
        self.engine.flush()?;
        Ok(loss.detach())
    }

    /// The probability of each class for one image of grey values, read back.
    pub(super) async fn probabilities(&self, image: &[u8]) -> Result<[f32; CLASSES]> {
        let values: Vec<f32> = image.iter().map(|&v| f32::from(v) / 255.0).collect();
        let x = self.engine.tensor(values, &[1, image.len()])?;
        let scores =
            self.engine.no_grad(|| nn::linear(&x, &self.weight, &self.bias)?.log_softmax(1)?.exp())?;
        let out = scores.read().await?.into_f32();
        out.try_into().map_err(|_| Error::Internal("the model has other classes than the page".to_owned()))
    }
}
