//! Products, and folds along dimensions.

use crate::backend::ArgReduce;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::layout::wrap_dim;
use crate::ops::{ArgReduction, Op, Reducer, Reduction};
use crate::tensor::Tensor;

impl Tensor {
    /// The matrix product, with the shapes of `torch.matmul`: 1-D operands are vectors, dimensions in front of
    /// the last two are batches and are broadcast.
    ///
    /// # Errors
    /// [`Error::MatMul`], [`Error::Broadcast`], [`Error::DType`].
    pub fn matmul(&self, other: &Tensor) -> Result<Tensor> {
        if self.ndim() == 2 && other.ndim() == 2 {
            return self.engine().apply(Op::MatMul, &[self, other]);
        }
        if self.ndim() == 0 || other.ndim() == 0 {
            let text = "both arguments to matmul need to be at least 1D, but they are 0D";
            return Err(Error::Shape(text.to_owned()));
        }
        let x = if self.ndim() == 1 { self.reshape_to(&[1, self.numel()])? } else { self.clone() };
        let y = if other.ndim() == 1 { other.reshape_to(&[other.numel(), 1])? } else { other.clone() };
        let split = |t: &Tensor| {
            let (batch, matrix) = t.shape().split_at(t.ndim() - 2);
            (batch.to_vec(), [matrix[0], matrix[1]])
        };
        let ((bx, [m, kx]), (by, [ky, n])) = (split(&x), split(&y));
        if kx != ky {
            return Err(Error::MatMul(m, kx, ky, n));
        }
        let batch = crate::layout::broadcast(&bx, &by)?;
        let count: usize = batch.iter().product();
        let flat = |t: &Tensor, matrix: [usize; 2]| {
            t.expand(&[batch.as_slice(), &matrix].concat())?.reshape_to(&[count, matrix[0], matrix[1]])
        };
        let product = self.engine().apply(Op::MatMul, &[&flat(&x, [m, kx])?, &flat(&y, [ky, n])?])?;
        let mut shape = batch.clone();
        shape.extend((self.ndim() > 1).then_some(m));
        shape.extend((other.ndim() > 1).then_some(n));
        product.reshape_to(&shape)
    }

    /// x − ln Σ eˣ along `dim`.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::DType`].
    pub fn log_softmax(&self, dim: i64) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        self.engine().apply(Op::LogSoftmax { dim }, &[self])
    }

    pub(crate) fn reduce(&self, reduction: &Reduction) -> Result<Tensor> {
        self.engine().apply(Op::Reduce(reduction.clone()), &[self])
    }

    /// Folds the dimensions `dims` (all of them, if none are named) by `by`.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::DType`], [`Error::Shape`] where there is nothing to fold.
    pub fn reduce_dims(&self, by: Reducer, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        let named: Vec<usize> = if dims.is_empty() {
            (0..self.ndim()).collect()
        } else if self.ndim() == 0 {
            dims.iter().map(|&d| wrap_dim(d, 0)).collect::<Result<Vec<_>>>()?;
            Vec::new()
        } else {
            dims.iter().map(|&d| wrap_dim(d, self.ndim())).collect::<Result<_>>()?
        };
        // In ascending order. Std's code for sorting is long, and dimensions are few.
        let mut wrapped = Vec::with_capacity(named.len());
        for dim in named {
            wrapped.insert(wrapped.partition_point(|&before| before < dim), dim);
        }
        if let Some(twice) = wrapped.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Error::Shape(format!("dim {} appears multiple times in the list of dims", twice[0])));
        }
        // PyTorch has two functions of one name: of all dimensions, and of those that are named.
        let overload = match by {
            Reducer::Sum => Some("SumBackward1"),
            Reducer::Mean => Some("MeanBackward1"),
            Reducer::Prod => Some("ProdBackward1"),
            Reducer::Max | Reducer::Min => None,
        };
        let reduction = Reduction { by, dims: wrapped, keepdim };
        match overload {
            Some(grad_fn) if !dims.is_empty() => {
                self.engine().call(reduction.name(), grad_fn, || self.reduce(&reduction))
            }
            Some(_) | None => self.reduce(&reduction),
        }
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

    fn arg_reduce(&self, by: ArgReduce, dim: i64, keepdim: bool) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        self.engine().apply(Op::ArgReduce(ArgReduction { by, dim, keepdim }), &[self])
    }

    /// The index of the largest element along `dim` (int64): the first of several equal ones.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] if the dimension is empty.
    pub fn argmax(&self, dim: i64, keepdim: bool) -> Result<Tensor> {
        self.arg_reduce(ArgReduce::Max, dim, keepdim)
    }

    /// The index of the smallest element along `dim` (int64): the first of several equal ones.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] if the dimension is empty.
    pub fn argmin(&self, dim: i64, keepdim: bool) -> Result<Tensor> {
        self.arg_reduce(ArgReduce::Min, dim, keepdim)
    }
}
