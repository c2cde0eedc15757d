//! Rows of a table, one for each of some integers.

use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// The rows of `weight` (`[rows, width]`) that the integers `index` (of any shape) name: the result has the shape of
/// `index` and one dimension more. The row `padding_idx`, which may count from the end, receives no gradient.
///
/// # Errors
/// [`Error::Shape`], with PyTorch's words, for other shapes, other indices than integers, or a `padding_idx` that is not
/// there; on the CPU [`Error::Index`] for an index out of range.
pub fn embedding(index: &Tensor, weight: &Tensor, padding_idx: Option<i64>) -> Result<Tensor> {
    let &[rows, width] = weight.shape() else {
        return Err(Error::Shape("'weight' must be 2-D".to_owned()));
    };
    if !matches!(index.dtype(), DType::Int32 | DType::Int64) {
        return Err(Error::Shape(format!(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got \
             torch.{}Tensor instead (while checking arguments for embedding)",
            index.dtype().scalar_type()
        )));
    }
    let n = rows as i64;
    let padding = match padding_idx {
        Some(i) if !(-n..n).contains(&i) => {
            return Err(Error::Shape("Padding_idx must be within num_embeddings".to_owned()));
        }
        Some(i) => Some(if i < 0 { i + n } else { i }),
        None => None,
    };
    weight.engine().call("embedding", "EmbeddingBackward0", || {
        let flat = index.to(DType::Int64)?.reshape_to(&[index.numel()])?;
        let mut found = weight.rows(0, &flat).map_err(|error| match error {
            Error::Index { .. } => Error::BadIndex("index out of range in self".to_owned()),
            other => other,
        })?;
        if let Some(padding) = padding
            && found.requires_grad()
        {
            // The values are the same; the gradient of those rows is cut off.
            let cut = flat.eq(padding)?.reshape_to(&[flat.numel(), 1])?;
            found = cut.where_(&found.detach(), &found)?;
        }
        found.reshape_to(&[index.shape(), &[width]].concat())
    })
}
