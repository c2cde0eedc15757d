//! How much the tensors of an engine may take on the device.

use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::checked_numel;

impl Engine {
    /// Refuses tensors with which all would take more than so many bytes on the device. There is no bound at first.
    pub fn set_memory_limit(&self, bytes: u64) {
        self.0.limit.set(bytes);
    }

    /// The number of elements of a tensor that is to be made, if there is room for it.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub(crate) fn admit(&self, shape: &[usize], dtype: DType) -> Result<usize> {
        let len = checked_numel(shape)?;
        let limit = self.0.limit.get();
        if limit == u64::MAX {
            return Ok(len);
        }
        let bytes = len as u64 * dtype.stored().size();
        let taken = |waiting: u64| self.memory().bytes.saturating_add(waiting).saturating_add(bytes);
        if taken(self.0.waiting.get()) > limit {
            // Much of what waits may never be computed: it is known only once the queue has run.
            let _ = self.flush();
            if taken(0) > limit {
                let limit = format!("all tensors together may take {} MB", limit >> 20);
                return Err(Error::TooLarge { shape: shape.to_vec(), limit });
            }
        }
        if self.is_fused() {
            self.0.waiting.set(self.0.waiting.get().saturating_add(bytes));
        }
        Ok(len)
    }
}
