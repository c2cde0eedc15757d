//! Functions of `torch.nn.functional`.

mod adaptive;
mod conv;
mod distance;
mod embedding;
mod linear;
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

use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// The mean over a batch of −log softmax(logits) at the right class: logits are `[N, C]`, targets `[N]` (int64).
///
/// # Errors
/// [`Error::Shape`] for other shapes; on the CPU [`Error::Index`] for a class out of range.
pub fn cross_entropy(logits: &Tensor, targets: &Tensor) -> Result<Tensor> {
    if logits.ndim() != 2 || targets.ndim() != 1 || logits.shape()[0] != targets.numel() {
        return Err(Error::Shape(format!(
            "Expected input batch_size ({}) to match target batch_size ({}).",
            logits.shape().first().unwrap_or(&0),
            targets.numel()
        )));
    }
    logits.softmax_cross_entropy(targets, -100)
}
