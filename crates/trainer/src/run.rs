//! The training itself: which images come when, and one step after another.

use engine::random::Generator;
use engine::{Engine, Error, Result, Tensor, nn, optim::Optimizer};

use crate::data::Data;
use crate::log::Log;
use crate::model::{Init, Model, accuracy};

/// How a model is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Config {
    /// The learning rate.
    pub lr: f64,
    /// Images a step; the last batch of an epoch may be smaller. At least 1.
    pub batch_size: usize,
    /// Passes over the data.
    pub epochs: u32,
    /// Decides the order of the images and random initial weights.
    pub seed: u32,
    /// The initial weights.
    pub init: Init,
    /// Whether every epoch has an order of its own; else it is that of the file.
    pub shuffle: bool,
}

/// Where in a training a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Epochs completed.
    pub epoch: u64,
    /// Steps taken in the epoch under way.
    pub step: u64,
}

/// A training under way.
pub struct Trainer {
    engine: Engine,
    model: Model,
    sgd: Optimizer,
    config: Config,
    step: u64,
    epoch: Option<Epoch>,
}

/// The order of one epoch, and the classes in that order.
struct Epoch {
    number: u64,
    order: Tensor,
    labels: Tensor,
}

impl Trainer {
    /// A training at its initial weights: the same for the same seed.
    ///
    /// # Errors
    /// What the backend says.
    pub fn new(engine: &Engine, config: Config) -> Result<Self> {
        let model = Model::new(engine, config.init, &mut Generator::manual_seed(config.seed.into()))?;
        Self::with_model(engine, config, model, 0)
    }

    /// A training that goes on after `step` steps with these parameters.
    ///
    /// # Errors
    /// If there are too few or too many parameters.
    pub fn resume(
        engine: &Engine,
        config: Config,
        step: u64,
        weight: Vec<f32>,
        bias: Vec<f32>,
    ) -> Result<Self> {
        let model = Model::from_values(engine, weight, bias)?;
        Self::with_model(engine, config, model, step)
    }

    fn with_model(engine: &Engine, config: Config, model: Model, step: u64) -> Result<Self> {
        let sgd = Optimizer::sgd(vec![model.weight.clone(), model.bias.clone()], config.lr)?;
        Ok(Self { engine: engine.clone(), model, sgd, config, step, epoch: None })
    }

    /// The model as it is now.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// How it is trained.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Changes what can be changed under way: the learning rate and the number of epochs.
    pub fn adjust(&mut self, lr: f64, epochs: u32) {
        (self.config.lr, self.config.epochs) = (lr, epochs);
        self.sgd.set_lr(lr);
    }

    /// Steps taken since the initial weights.
    pub fn steps(&self) -> u64 {
        self.step
    }

    fn steps_per_epoch(&self, images: usize) -> u64 {
        images.div_ceil(self.config.batch_size.max(1)).max(1) as u64
    }

    /// Where it stands in a set of so many images.
    pub fn position(&self, images: usize) -> Position {
        let per_epoch = self.steps_per_epoch(images);
        Position { epoch: self.step / per_epoch, step: self.step % per_epoch }
    }

    /// Whether the last epoch is done, for a set of so many images.
    pub fn is_finished(&self, images: usize) -> bool {
        self.position(images).epoch >= u64::from(self.config.epochs)
    }

    /// One step: a batch forward, its loss backward, an update. Its loss is on the device; if there is a log, it
    /// is entered there, with the accuracy.
    ///
    /// # Errors
    /// What the backend says.
    pub fn step(&mut self, data: &Data, log: Option<&mut Log>) -> Result<Tensor> {
        let position = self.position(data.len());
        let size = self.config.batch_size as i64;
        let (start, end) = (position.step as i64 * size, (position.step as i64 + 1) * size);
        let epoch = self.prepare(data, position.epoch)?;
        let images = data.batch(&epoch.order.slice(0, start, end, 1)?)?;
        let labels = epoch.labels.slice(0, start, end, 1)?;
        self.sgd.zero_grad(true)?;
        let logits = self.model.logits(&images)?;
        let loss = nn::cross_entropy(&logits, &labels)?;
        loss.backward()?;
        self.sgd.step()?;
        self.step += 1;
        let loss = loss.detach();
        if let Some(log) = log {
            let right = self.engine.no_grad(|| accuracy(&logits, &labels))?;
            log.push(&loss, &right)?;
        }
        // Every step is one schedule.
        self.engine.flush()?;
        Ok(loss)
    }

    fn prepare(&mut self, data: &Data, number: u64) -> Result<&Epoch> {
        if self.epoch.as_ref().is_none_or(|epoch| epoch.number != number) {
            let order = self.engine.tensor(self.order(data.len(), number), &[data.len()])?;
            let labels = data.labels(&order)?;
            self.epoch = Some(Epoch { number, order, labels });
        }
        self.epoch.as_ref().ok_or_else(|| Error::Internal("an epoch without an order".to_owned()))
    }

    /// The order of an epoch: what PyTorch's `DataLoader` gives after `torch.manual_seed` and the making of the
    /// model. It depends on the seed and the epoch only, so that a training can go on anywhere.
    fn order(&self, images: usize, epoch: u64) -> Vec<i64> {
        if !self.config.shuffle {
            return (0..images as i64).collect();
        }
        let mut generator = Generator::manual_seed(self.config.seed.into());
        // nn.Linear draws its parameters even where they are zeroed afterwards.
        engine::random::linear_init(&mut generator, Model::PIXELS, Model::CLASSES);
        generator.skip_epochs(epoch);
        generator.shuffled_epoch(images)
    }
}
