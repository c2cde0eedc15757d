//! Optimizers, as in `torch.optim`.

use crate::error::Result;
use crate::tensor::Tensor;

/// Stochastic gradient descent: `p ← p − lr · p.grad`.
pub struct Sgd {
    params: Vec<Tensor>,
    /// The learning rate. May be changed between steps.
    pub lr: f64,
}

impl Sgd {
    /// An optimizer of `params`, which are leaves that require gradients.
    pub fn new(params: Vec<Tensor>, lr: f64) -> Self {
        Self { params, lr }
    }

    /// Forgets the gradients: `zero_grad(set_to_none=True)`.
    pub fn zero_grad(&self) {
        for p in &self.params {
            p.set_grad(None);
        }
    }

    /// One update. Parameters without a gradient stay as they are.
    ///
    /// # Errors
    /// What the backend says.
    pub fn step(&self) -> Result<()> {
        for p in &self.params {
            if let Some(g) = p.grad() {
                p.engine().no_grad(|| p.add_(&g, -self.lr))?;
            }
        }
        Ok(())
    }
}
