//! Folds along dimensions.

use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::layout::wrap_dim;
use crate::ops::{Op, Reducer, Reduction};
use crate::tensor::Tensor;

impl Tensor {
    /// x − ln Σ eˣ along `dim`.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::DType`].
    pub fn log_softmax(&self, dim: i64) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        self.engine().apply(Op::LogSoftmax { dim }, &[self])
    }

    /// The mean over a batch of −ln softmax at the right class, for scores `[N, C]` and classes `[N]` (int64): rows of
    /// the class `ignore` do not count.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::DType`]; on the CPU for a class out of range.
    pub fn softmax_cross_entropy(&self, classes: &Tensor, ignore: i64) -> Result<Tensor> {
        self.engine().apply(Op::CrossEntropy { ignore }, &[self, classes])
    }

    pub(crate) fn reduce(&self, reduction: &Reduction) -> Result<Tensor> {
        self.engine().apply(Op::Reduce(reduction.clone()), &[self])
    }

    /// The dimensions that `dims` name, in ascending order; all of them, if none are named.
    pub(crate) fn fold_dims(&self, dims: &[i64]) -> Result<Vec<usize>> {
        let named: Vec<usize> = if dims.is_empty() {
            (0..self.ndim()).collect()
        } else if self.ndim() == 0 {
            dims.iter().map(|&d| wrap_dim(d, 0)).collect::<Result<Vec<_>>>()?;
            Vec::new()
        } else {
            dims.iter().map(|&d| wrap_dim(d, self.ndim())).collect::<Result<_>>()?
        };
        // Std's code for sorting is long, and dimensions are few.
        let mut wrapped = Vec::with_capacity(named.len());
        for dim in named {
            wrapped.insert(wrapped.partition_point(|&before| before < dim), dim);
        }
        if let Some(twice) = wrapped.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Error::Shape(format!("dim {} appears multiple times in the list of dims", twice[0])));
        }
        Ok(wrapped)
    }

    /// Folds the dimensions `dims` (all of them, if none are named) by `by`.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::DType`], [`Error::Shape`] where there is nothing to fold.
    pub fn reduce_dims(&self, by: Reducer, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        let named = !dims.is_empty();
        self.reduce(&Reduction { by, dims: self.fold_dims(dims)?, keepdim, named })
    }

    /// The sum over `dims`, or over all dimensions if none are named. Integers and truth values sum to int64.
    ///
    /// # Errors
    /// As for [`reduce_dims`](Self::reduce_dims).
    pub fn sum(&self, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        let x = if self.dtype().is_floating_point() { self.clone() } else { self.to(DType::Int64)? };
        x.reduce_dims(Reducer::Sum, dims, keepdim)
    }

    /// The mean over `dims`, or over all dimensions if none are named.
    ///
    /// # Errors
    /// As for [`reduce_dims`](Self::reduce_dims).
    pub fn mean(&self, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        self.reduce_dims(Reducer::Mean, dims, keepdim)
    }
}
