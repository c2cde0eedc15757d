//! Loss functions, under the names of `torch.nn.functional`.

mod classes;
mod margin;
mod probability;
mod regression;

pub use classes::{ClassLoss, cross_entropy, cross_entropy_with, nll_loss};
pub use margin::{
    cosine_embedding_loss, hinge_embedding_loss, margin_ranking_loss, multi_margin_loss, soft_margin_loss,
};
pub use probability::{
    binary_cross_entropy, binary_cross_entropy_with_logits, gaussian_nll_loss, kl_div, poisson_nll_loss,
};
pub use regression::{huber_loss, l1_loss, mse_loss, smooth_l1_loss};

use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// What becomes of the losses of the elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reduction {
    /// They are given as they are.
    None,
    /// Their mean.
    #[default]
    Mean,
    /// Their sum.
    Sum,
    /// Their sum divided by the size of the first dimension: for [`kl_div`].
    BatchMean,
}

impl Reduction {
    /// The one that PyTorch calls by this name; `batchmean` is for [`kl_div`] only.
    ///
    /// # Errors
    /// [`Error::Value`] if there is no such one.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "none" => Ok(Self::None),
            "mean" => Ok(Self::Mean),
            "sum" => Ok(Self::Sum),
            "batchmean" => Ok(Self::BatchMean),
            other => Err(Error::Value(format!("{other} is not a valid value for reduction"))),
        }
    }

    fn apply(self, losses: &Tensor) -> Result<Tensor> {
        match self {
            Self::None => Ok(losses.clone()),
            Self::Mean => losses.mean(&[], false),
            Self::Sum => losses.sum(&[], false),
            Self::BatchMean => losses.sum(&[], false)?.div(losses.shape().first().map_or(1.0, |&n| n as f64)),
        }
    }
}

/// max(x, 0), with the slope 1 at 0 as `clamp_min` has it.
fn positive_part(x: &Tensor) -> Result<Tensor> {
    x.ge(0.0)?.where_(x, 0.0)
}

/// `[2, 3]` as PyTorch prints sizes.
fn sizes(shape: &[usize]) -> String {
    format!("{shape:?}")
}
