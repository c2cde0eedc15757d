//! Elements and rows chosen by indices.

use crate::error::Result;
use crate::layout::wrap_dim;
use crate::ops::{Index, Op};
use crate::tensor::Tensor;

impl Tensor {
    pub(crate) fn index(&self, op: Index, index: &Tensor) -> Result<Tensor> {
        self.engine().apply(Op::Index(op), &[self, index])
    }

    /// `ans[a, j, b] = self[a, index[a, j, b], b]` along `dim`.
    ///
    /// # Errors
    /// [`crate::Error::Shape`], [`crate::Error::Dim`]; on the CPU [`crate::Error::Index`].
    pub fn gather(&self, dim: i64, index: &Tensor) -> Result<Tensor> {
        self.index(Index::Gather { dim: wrap_dim(dim, self.ndim())? }, index)
    }

    /// A new tensor of size `size` along `dim`, in which element `k` is the sum of those whose index is `k`.
    ///
    /// # Errors
    /// [`crate::Error::Shape`], [`crate::Error::Dim`]; on the CPU [`crate::Error::Index`].
    pub fn scatter_sum(&self, dim: i64, index: &Tensor, size: usize) -> Result<Tensor> {
        self.index(Index::ScatterAdd { dim: wrap_dim(dim, self.ndim())?, size }, index)
    }

    /// The rows that `index` names.
    ///
    /// # Errors
    /// [`crate::Error::Shape`]; on the CPU [`crate::Error::Index`].
    pub fn index_select(&self, index: &Tensor) -> Result<Tensor> {
        self.index(Index::Select, index)
    }

    /// The rows of uint8 data that `index` names, as float32 times `scale`: what `ToTensor` makes of images.
    ///
    /// # Errors
    /// [`crate::Error::DType`], [`crate::Error::Shape`]; on the CPU [`crate::Error::Index`].
    pub fn batch(&self, index: &Tensor, scale: f32) -> Result<Tensor> {
        self.index(Index::Batch { scale }, index)
    }
}
