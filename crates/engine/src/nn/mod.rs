//! Functions of `torch.nn.functional`, and the modules of `torch.nn`.

mod adaptive;
mod clip;
mod conv;
mod distance;
mod embedding;
mod linear;
mod loss;
mod module;
mod norm;
mod pool;
mod pool1d;

pub use adaptive::adaptive_avg_pool2d;
pub use conv::{Margin, Sliding, conv1d, conv2d};
pub use distance::{cdist, cosine_similarity, normalize, pairwise_distance};
pub use embedding::embedding;
pub use linear::linear;
pub use norm::{BatchStatistics, batch_norm, layer_norm};
pub use pool::{Divisor, Pooling, avg_pool2d, max_pool2d, max_pool2d_with_indices};
pub use pool1d::{Pooling1d, avg_pool1d, max_pool1d};

pub use clip::{clip_grad_norm_, clip_grad_value_};
pub use loss::{
    ClassLoss, Reduction, binary_cross_entropy, binary_cross_entropy_with_logits, cosine_embedding_loss,
    cross_entropy, cross_entropy_with, gaussian_nll_loss, hinge_embedding_loss, huber_loss, kl_div, l1_loss,
    margin_ranking_loss, mse_loss, multi_margin_loss, nll_loss, poisson_nll_loss, smooth_l1_loss,
    soft_margin_loss,
};
pub use module::{
    Activation, AvgPool, BatchNorm, Cell, Conv, ConvPadding, Kind, Loss, MaxPool, Mismatch, Module, Numbers,
    Recurrence, recurrent_step,
};
