//! Optimizers and learning rate schedules, as in `torch.optim`.
//!
//! An optimizer is data: an [`Algorithm`], groups of parameters with [`Options`] by name, and a [`State`] for each
//! parameter. Its update computes whole new tensors and writes them back as a whole, so that a scheduler of kernels can make one of it.

mod adadelta;
mod adagrad;
mod adam;
mod adamax;
mod fork;
mod nadam;
mod optimizer;
mod options;
mod radam;
mod rmsprop;
pub mod schedule;
mod sgd;
mod state;
mod update;

pub(crate) use optimizer::clear;
pub use optimizer::{Group, Optimizer};
pub use options::{Options, Value};
pub use state::{Entry, State, StateDict};

use crate::error::Result;
use crate::tensor::Tensor;
use crate::watch::Updated;
use update::{Rule, Update};

/// Which optimizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// `SGD(params, lr, momentum=0, dampening=0, weight_decay=0, nesterov=False)`
    Sgd,
    /// `Adagrad(params, lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10)`
    Adagrad,
    /// `Adadelta(params, lr=1.0, rho=0.9, eps=1e-06, weight_decay=0)`
    Adadelta,
    /// `RMSprop(params, lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0, centered=False)`
    RmsProp,
    /// `Adam(params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, amsgrad=False)`
    Adam,
    /// `AdamW(params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01, amsgrad=False)`
    AdamW,
    /// `NAdam(params, lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, momentum_decay=0.004)`
    NAdam,
    /// `Adamax(params, lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0)`
    Adamax,
    /// `RAdam(params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0)`
    RAdam,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Sgd,
        Self::Adagrad,
        Self::Adadelta,
        Self::RmsProp,
        Self::Adam,
        Self::AdamW,
        Self::NAdam,
        Self::Adamax,
        Self::RAdam,
    ];

    fn rule(self) -> &'static Rule {
        match self {
            Self::Sgd => &sgd::RULE,
            Self::Adagrad => &adagrad::RULE,
            Self::Adadelta => &adadelta::RULE,
            Self::RmsProp => &rmsprop::RULE,
            Self::Adam => &adam::ADAM,
            Self::AdamW => &adam::ADAMW,
            Self::NAdam => &nadam::RULE,
            Self::Adamax => &adamax::RULE,
            Self::RAdam => &radam::RULE,
        }
    }

    /// PyTorch's name of the class.
    pub fn name(self) -> &'static str {
        self.rule().name
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// The update, for a reader: g is the gradient, p the parameter, t the number of the update.
    pub fn formula(self) -> &'static str {
        self.rule().formula
    }

    /// The options and what they are unless given.
    pub fn defaults(self) -> Options {
        Options::new(self.rule().defaults)
    }

    /// Refuses options that make no sense.
    ///
    /// # Errors
    /// [`Error::Value`](crate::Error::Value), in PyTorch's words.
    pub fn check(self, options: &Options) -> Result<()> {
        (self.rule().check)(options)
    }

    /// One update of one parameter by its gradient, if it has one; for callers who keep options and states themselves.
    ///
    /// # Errors
    /// What the backend says.
    pub fn update(self, param: &Tensor, options: &Options, state: &mut State) -> Result<()> {
        let Some(grad) = param.grad() else { return Ok(()) };
        let engine = param.engine();
        let then = engine.is_watched().then(|| (param.frozen(), grad.frozen(), state.frozen()));
        engine.aside(|| {
            engine.no_grad(|| {
                let grad = if options.flag("maximize") { grad.neg()? } else { grad.detach() };
                (self.rule().update)(&mut Update { param, grad, options, state })
            })
        })?;
        if let Some((before, grad, state_before)) = then {
            let update = Updated { algorithm: self, param, before, grad, options, state, state_before };
            engine.tell(|watcher| watcher.updated(&update));
        }
        Ok(())
    }
}
