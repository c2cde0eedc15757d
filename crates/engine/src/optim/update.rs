//! One update of one parameter, and the table entry that describes an optimizer.
//!
//! An update is elementwise over whole tensors; whatever is a single number (bias corrections, step sizes)
//! is computed on the host in f64. Nothing is read back.

use super::options::{Options, Value};
use super::state::{Entry, State};
use crate::error::Result;
use crate::tensor::Tensor;

/// What makes an optimizer what it is.
pub(super) struct Rule {
    /// PyTorch's name.
    pub(super) name: &'static str,
    /// The update, for a reader.
    pub(super) formula: &'static str,
    /// The options and what they are unless given.
    pub(super) defaults: &'static [(&'static str, Value)],
    /// Refuses options that make no sense.
    pub(super) check: fn(&Options) -> Result<()>,
    /// Updates one parameter that has a gradient.
    pub(super) update: fn(&mut Update<'_>) -> Result<()>,
}

/// A parameter to be updated.
pub(super) struct Update<'a> {
    pub(super) param: &'a Tensor,
    /// Its gradient; negated where the group maximizes.
    pub(super) grad: Tensor,
    pub(super) options: &'a Options,
    pub(super) state: &'a mut State,
}

impl Update<'_> {
    pub(super) fn float(&self, name: &str) -> f64 {
        self.options.float(name)
    }

    /// The gradient with L2 regularisation: g + weight_decay · p.
    pub(super) fn decayed_grad(&self) -> Result<Tensor> {
        let decay = self.float("weight_decay");
        if decay == 0.0 { Ok(self.grad.clone()) } else { add_scaled(&self.grad, self.param, decay) }
    }

    /// A remembered number, `initial` the first time.
    pub(super) fn number(&self, name: &str, initial: f64) -> f64 {
        match self.state.get(name) {
            Some(Entry::Number(x)) => *x,
            Some(Entry::Tensor(_)) | None => initial,
        }
    }

    pub(super) fn set_number(&mut self, name: &str, value: f64) {
        self.state.set(name, Entry::Number(value));
    }

    /// Counts this update: 1 the first time.
    pub(super) fn count(&mut self) -> f64 {
        let step = self.number("step", 0.0) + 1.0;
        self.set_number("step", step);
        step
    }

    /// A remembered tensor, filled with `initial` the first time.
    pub(super) fn tensor(&mut self, name: &str, initial: f64) -> Result<Tensor> {
        if let Some(Entry::Tensor(t)) = self.state.get(name) {
            return Ok(t.clone());
        }
        let fresh = self.param.engine().full(self.param.shape(), initial, self.param.dtype())?;
        self.state.set(name, Entry::Tensor(fresh.clone()));
        Ok(fresh)
    }

    /// `old ← decay · old + (1 − decay) · new` for a remembered tensor. Gives its new content.
    pub(super) fn average(&mut self, name: &str, new: &Tensor, decay: f64) -> Result<Tensor> {
        let old = self.tensor(name, 0.0)?;
        write(&old, &add_scaled(&old.mul(decay)?, new, 1.0 - decay)?)
    }

    /// `old ← decay · old + (1 − decay) · new²` for a remembered tensor. Gives its new content.
    pub(super) fn average_square(&mut self, name: &str, new: &Tensor, decay: f64) -> Result<Tensor> {
        let old = self.tensor(name, 0.0)?;
        write(&old, &old.mul(decay)?.add(&new.mul(1.0 - decay)?.mul(new)?)?)
    }

    /// `p ← p + scale · direction`
    pub(super) fn move_by(&self, direction: &Tensor, scale: f64) -> Result<()> {
        self.param.copy_(&add_scaled(self.param, direction, scale)?)
    }

    /// `p ← p + scale · x / y`
    pub(super) fn move_by_quotient(&self, x: &Tensor, y: &Tensor, scale: f64) -> Result<()> {
        self.param.copy_(&self.param.add(&x.mul(scale)?.div(y)?)?)
    }
}

/// `x + scale · y`
pub(super) fn add_scaled(x: &Tensor, y: &Tensor, scale: f64) -> Result<Tensor> {
    x.add(&y.mul(scale)?)
}

/// Overwrites `target` as a whole, and gives the new content.
pub(super) fn write(target: &Tensor, value: &Tensor) -> Result<Tensor> {
    target.copy_(value)?;
    Ok(value.clone())
}
