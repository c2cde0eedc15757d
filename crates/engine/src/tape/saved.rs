//! Tensors that a gradient needs, with the versions they had.

use super::History;
use crate::error::{Error, Result};
use crate::tensor::{Tensor, WeakTensor};

/// A tensor that backward needs, with the version it had. Its history is kept apart, because a node that held
/// its own output would never be freed.
pub(crate) struct SavedTensor {
    pub(super) tensor: Tensor,
    pub(super) version: u64,
    /// The tensor itself, whose past an error names.
    pub(super) original: WeakTensor,
}

impl SavedTensor {
    /// # Errors
    /// If it was made in inference mode.
    pub(crate) fn new(tensor: &Tensor) -> Result<Self> {
        if tensor.is_inference() {
            let text = "Inference tensors cannot be saved for backward. To work around you can make a clone to get a \
                        normal tensor and use it in autograd.";
            return Err(Error::Shape(text.to_owned()));
        }
        let version = tensor.version();
        Ok(Self { tensor: tensor.with_history(History::None), version, original: tensor.downgrade() })
    }

    /// The tensor with its past, if it has not been written to since.
    pub(crate) fn unpack(&self, history: History) -> Result<Tensor> {
        if self.tensor.version() == self.version {
            return Ok(self.tensor.with_history(history));
        }
        let now = self.original.upgrade().map_or(history, |t| t.history());
        Err(self.modified(&now))
    }

    /// As [`unpack`](Self::unpack), of a result: the error names the op that saved it.
    pub(crate) fn unpack_output(&self, history: History) -> Result<Tensor> {
        if self.tensor.version() == self.version {
            return Ok(self.tensor.with_history(history));
        }
        Err(self.modified(&history))
    }

    fn modified(&self, history: &History) -> Error {
        Error::ModifiedInPlace {
            tensor: modified_text(&self.tensor, history),
            found: self.tensor.version(),
            expected: self.version,
        }
    }
}

/// A tensor as PyTorch's complaint about an overwritten one names it.
fn modified_text(tensor: &Tensor, history: &History) -> String {
    let kind = tensor.dtype().tensor_type();
    match history {
        History::Op(node, output) => {
            format!("[{kind} {:?}], which is output {output} of {},", tensor.shape(), node.grad_fn())
        }
        History::None | History::Leaf(_) => format!("[{kind} {:?}]", tensor.shape()),
    }
}
