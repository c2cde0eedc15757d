//! The network of the bench: 784 pixels, 128 hidden units with ReLU, ten classes. Only measured, never shown.

use engine::optim::Optimizer;
use engine::{Engine, Result, Tensor, nn};

use super::data::Data;

/// Inputs, hidden units, classes.
const SIZES: [usize; 3] = [784, 128, 10];
const LR: f64 = 0.1;
/// The batches that are trained on in turns.
const BATCHES: usize = 64;

/// Batches of images (float32) with their classes, ready on the device.
pub(super) struct Batches(Vec<(Tensor, Tensor)>);

impl Batches {
    /// The first batches of `size` images each, in the file's order.
    pub(super) fn new(engine: &Engine, data: &Data, size: usize) -> Result<Self> {
        let batch = |i: usize| {
            let (start, end) = ((i * size) as i64, ((i + 1) * size) as i64);
            let index = engine.tensor((start..end).collect::<Vec<_>>(), &[size])?;
            Ok((data.batch(&index)?, data.labels().index_select(0, &index)?))
        };
        (0..BATCHES.min(data.len() / size)).map(batch).collect::<Result<_>>().map(Self)
    }

    /// The one whose turn it is in a step.
    pub(super) fn get(&self, step: usize) -> &(Tensor, Tensor) {
        &self.0[step % self.0.len()]
    }
}

/// Two linear layers; weights are `[in, out]`, as in the libraries that this is compared with.
pub(super) struct Mlp {
    layers: [[Tensor; 2]; 2],
    sgd: Optimizer,
}

impl Mlp {
    /// The network at its initial weights, which are the same everywhere.
    pub(super) fn new(engine: &Engine) -> Result<Self> {
        let layer = |inputs: usize, outputs: usize, seed: u32| {
            let bound = (6.0 / (inputs + outputs) as f64).sqrt();
            let weight = uniform(inputs * outputs, seed, bound);
            let weight = engine.tensor(weight, &[inputs, outputs])?;
            let bias = engine.tensor(vec![0f32; outputs], &[outputs])?;
            weight.requires_grad_(true)?;
            bias.requires_grad_(true)?;
            Ok([weight, bias])
        };
        let layers = [layer(SIZES[0], SIZES[1], 11)?, layer(SIZES[1], SIZES[2], 12)?];
        let sgd = Optimizer::sgd(layers.iter().flatten().cloned().collect(), LR)?;
        Ok(Self { layers, sgd })
    }

    /// A step of training on the batch whose turn it is; gives back its loss, on the device.
    pub(super) fn step(&mut self, batches: &Batches, step: usize) -> Result<Tensor> {
        let (images, labels) = batches.get(step);
        let [[hidden, hidden_bias], [output, output_bias]] = &self.layers;
        self.sgd.zero_grad(true)?;
        let logits = images.matmul(hidden)?.add(hidden_bias)?.relu()?.matmul(output)?.add(output_bias)?;
        let loss = nn::cross_entropy(&logits, labels)?;
        loss.backward()?;
        self.sgd.step()?;
        Ok(loss.detach())
    }
}

/// Numbers between −bound and bound from the generator mulberry32, which is a few lines in any language.
pub(super) fn uniform(n: usize, mut seed: u32, bound: f64) -> Vec<f32> {
    let mut next = || {
        seed = seed.wrapping_add(0x6d2b_79f5);
        let t = (seed ^ seed >> 15).wrapping_mul(1 | seed);
        let t = t.wrapping_add((t ^ t >> 7).wrapping_mul(61 | t)) ^ t;
        f64::from(t ^ t >> 14) / 4_294_967_296.0
    };
    (0..n).map(|_| (2.0 * bound * next() - bound) as f32).collect()
}
