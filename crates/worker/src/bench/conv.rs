//! The network of the bench with convolutions: that of the program `mnist_conv.py`, without dropout. Only measured, never
//! shown.

use engine::nn::{self, Pooling, Sliding};
use engine::optim::Optimizer;
use engine::{Engine, Result, Tensor};

use super::mlp::{Batches, uniform};

/// Images in a batch.
pub(super) const BATCH: usize = 64;
const LR: f64 = 0.03;
/// The weights of two convolutions and two linear layers. Those of linear layers are `[in, out]`.
const SHAPES: [&[usize]; 4] = [&[10, 1, 5, 5], &[20, 10, 5, 5], &[320, 50], &[50, 10]];

/// Two convolutions, each halved, then two linear layers.
pub(super) struct Conv {
    layers: Vec<[Tensor; 2]>,
    sgd: Optimizer,
}

impl Conv {
    /// The network at its initial weights, which are the same everywhere.
    pub(super) fn new(engine: &Engine) -> Result<Self> {
        let layer = |(shape, seed): (&[usize], u32)| {
            // Glorot's bound: of what one element of a result hangs on, and of what hangs on one of the input.
            let (ends, window) = match *shape {
                [out, inner, ref window @ ..] => (out + inner, window.iter().product::<usize>()),
                _ => (1, 1),
            };
            let numel = shape.iter().product();
            let weight = uniform(numel, seed, (6.0 / (ends * window) as f64).sqrt());
            let weight = engine.tensor(weight, shape)?;
            let outputs = if shape.len() == 4 { shape[0] } else { shape[1] };
            // Not zero: what the slope of ReLU is there, libraries do not agree on.
            let bias = engine.tensor(uniform(outputs, seed + 10, 0.1), &[outputs])?;
            weight.requires_grad_(true)?;
            bias.requires_grad_(true)?;
            Ok([weight, bias])
        };
        let layers = SHAPES.into_iter().zip(11..).map(layer).collect::<Result<Vec<_>>>()?;
        let sgd = Optimizer::sgd(layers.iter().flatten().cloned().collect(), LR)?;
        Ok(Self { layers, sgd })
    }

    /// A step of training on the batch whose turn it is; gives back its loss, on the device.
    pub(super) fn step(&mut self, batches: &Batches, step: usize) -> Result<Tensor> {
        let (images, labels) = batches.get(step);
        self.sgd.zero_grad(true)?;
        let mut x = images.reshape(&[-1, 1, 28, 28])?;
        for (i, [weight, bias]) in self.layers.iter().enumerate() {
            x = match i {
                0 | 1 => {
                    let y = nn::conv2d(&x, weight, Some(bias), &Sliding::default())?;
                    nn::max_pool2d(&y, &Pooling::new([2, 2]))?.relu()?
                }
                2 => x.reshape(&[-1, 320])?.matmul(weight)?.add(bias)?.relu()?,
                _ => x.matmul(weight)?.add(bias)?,
            };
        }
        let loss = nn::cross_entropy(&x, labels)?;
        loss.backward()?;
        self.sgd.step()?;
        Ok(loss.detach())
    }
}
