//! Functions of `torch.nn.functional`, and the modules of `torch.nn`.

mod clip;
mod linear;
mod loss;
mod module;

pub use clip::{clip_grad_norm_, clip_grad_value_};
pub use linear::linear;
pub use loss::{
    ClassLoss, Reduction, binary_cross_entropy, binary_cross_entropy_with_logits, cosine_embedding_loss,
    cross_entropy, cross_entropy_with, gaussian_nll_loss, hinge_embedding_loss, huber_loss, kl_div, l1_loss,
    margin_ranking_loss, mse_loss, multi_margin_loss, nll_loss, poisson_nll_loss, smooth_l1_loss,
    soft_margin_loss,
};
pub use module::{Activation, Kind, Loss, Mismatch, Module};
