//! Folds that are made of others: spread, length, truth and weight.

use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::layout::wrap_dim;
use crate::ops::{Op, Reducer, Statistic};
use crate::tensor::Tensor;

impl Tensor {
    fn statistic(&self, op: Statistic) -> Result<Tensor> {
        self.engine().apply(Op::Statistic(op), &[self])
    }

    /// The sum over `dims` (all, if none are named) of the elements as `dtype`: `x.sum(dtype=…)`.
    ///
    /// # Errors
    /// As for [`reduce_dims`](Self::reduce_dims).
    pub fn sum_as(&self, dims: &[i64], keepdim: bool, dtype: DType) -> Result<Tensor> {
        let grad_fn = if dims.is_empty() { "SumBackward0" } else { "SumBackward1" };
        self.engine().call("sum", grad_fn, || self.to(dtype)?.sum(dims, keepdim)?.to(dtype))
    }

    /// The product over `dims`, or over all dimensions if none are named; of integers and truth values as int64.
    ///
    /// # Errors
    /// As for [`reduce_dims`](Self::reduce_dims).
    pub fn prod(&self, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        let x = if self.dtype().is_floating_point() { self.clone() } else { self.to(DType::Int64)? };
        x.reduce_dims(Reducer::Prod, dims, keepdim)
    }

    fn extremes(&self, by: Reducer, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        match self.dtype() {
            DType::Bool | DType::UInt8 => {
                self.to(DType::Int64)?.reduce_dims(by, dims, keepdim)?.to(self.dtype())
            }
            _ => self.reduce_dims(by, dims, keepdim),
        }
    }

    /// The largest element over `dims`, or of all. Its gradient is shared by equal ones.
    ///
    /// # Errors
    /// As for [`reduce_dims`](Self::reduce_dims).
    pub fn amax(&self, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        self.extremes(Reducer::Max, dims, keepdim)
    }

    /// The smallest element over `dims`, or of all. Its gradient is shared by equal ones.
    ///
    /// # Errors
    /// As for [`reduce_dims`](Self::reduce_dims).
    pub fn amin(&self, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        self.extremes(Reducer::Min, dims, keepdim)
    }

    fn spread(&self, dims: &[i64], correction: i64, keepdim: bool, root: bool) -> Result<Tensor> {
        if !self.dtype().is_floating_point() {
            let text = "std and var only support floating point and complex dtypes";
            return Err(Error::Shape(text.to_owned()));
        }
        self.statistic(Statistic::Variance { dims: self.fold_dims(dims)?, keepdim, correction, root })
    }

    /// Σ (x − mean)² / (n − correction) over `dims`, or over all: PyTorch's `unbiased=True` is a correction of 1. NaN
    /// where n is 1 and the correction too.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] for other elements than real numbers.
    pub fn var(&self, dims: &[i64], correction: i64, keepdim: bool) -> Result<Tensor> {
        self.spread(dims, correction, keepdim, false)
    }

    /// The root of [`var`](Self::var). Its gradient is 0 where it is 0.
    ///
    /// # Errors
    /// As for [`var`](Self::var).
    pub fn std(&self, dims: &[i64], correction: i64, keepdim: bool) -> Result<Tensor> {
        self.spread(dims, correction, keepdim, true)
    }

    /// [`var`](Self::var) and [`mean`](Self::mean).
    ///
    /// # Errors
    /// As for [`var`](Self::var).
    pub fn var_mean(&self, dims: &[i64], correction: i64, keepdim: bool) -> Result<(Tensor, Tensor)> {
        self.with_mean("var_mean", "VarMeanBackward0", [dims, &[correction]], keepdim, false)
    }

    /// [`std`](Self::std) and [`mean`](Self::mean).
    ///
    /// # Errors
    /// As for [`var`](Self::var).
    pub fn std_mean(&self, dims: &[i64], correction: i64, keepdim: bool) -> Result<(Tensor, Tensor)> {
        self.with_mean("std_mean", "StdMeanBackward0", [dims, &[correction]], keepdim, true)
    }

    fn with_mean(
        &self,
        name: &'static str,
        grad_fn: &'static str,
        [dims, correction]: [&[i64]; 2],
        keepdim: bool,
        root: bool,
    ) -> Result<(Tensor, Tensor)> {
        if !self.dtype().is_floating_point() {
            return Err(Error::Shape(format!("{name} only support floating point and complex dtypes")));
        }
        self.engine().call(name, grad_fn, || {
            let spread = self.spread(dims, correction.first().copied().unwrap_or(1), keepdim, root)?;
            Ok((spread, self.mean(dims, keepdim)?))
        })
    }

    /// (Σ |x|ᵖ)^(1/p) over `dims`, or over all: PyTorch's `norm`. Infinite `p` give the largest and the smallest |x|,
    /// 0 the number of elements that are not 0. Where the norm is 0, so is its gradient.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] for other elements than real numbers.
    pub fn norm(&self, p: f64, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        if !self.dtype().is_floating_point() {
            return Err(Error::Shape(format!(
                "norm(): input dtype should be either floating point or complex. Got {} instead.",
                self.dtype().scalar_type()
            )));
        }
        self.statistic(Statistic::Norm { p, dims: self.fold_dims(dims)?, keepdim })
    }

    /// How many elements over `dims`, or of all, are not 0 (int64). NaN is not 0.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn count_nonzero(&self, dims: &[i64]) -> Result<Tensor> {
        self.detach().ne(0i64)?.sum(dims, false)
    }

    /// Whether any element over `dims`, or of all, is not 0: bool (for uint8 uint8, as in PyTorch).
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn any(&self, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        self.truth(self.detach().ne(0i64)?.sum(dims, keepdim)?.gt(0i64)?)
    }

    /// Whether all elements over `dims`, or of all, are not 0. True of none.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn all(&self, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        self.truth(self.detach().eq(0i64)?.sum(dims, keepdim)?.eq(0i64)?)
    }

    fn truth(&self, answer: Tensor) -> Result<Tensor> {
        if self.dtype() == DType::UInt8 { answer.to(DType::UInt8) } else { Ok(answer) }
    }

    /// ln Σ eˣ over `dims`, stable for large and infinite values. Integers are taken as float32.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn logsumexp(&self, dims: &[i64], keepdim: bool) -> Result<Tensor> {
        let x = if self.dtype().is_floating_point() { self.clone() } else { self.to(DType::Float32)? };
        x.statistic(Statistic::LogSumExp { dims: self.fold_dims(dims)?, keepdim })
    }

    /// eˣ / Σ eˣ along `dim`: positive, and 1 in sum.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] for other elements than real numbers.
    pub fn softmax(&self, dim: i64) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        if !self.dtype().is_floating_point() {
            let found = self.dtype().scalar_type();
            return Err(Error::Shape(format!("\"softmax_kernel_impl\" not implemented for '{found}'")));
        }
        self.statistic(Statistic::Softmax { dim })
    }

    /// [`softmax`](Self::softmax) of −x.
    ///
    /// # Errors
    /// As for [`softmax`](Self::softmax).
    pub fn softmin(&self, dim: i64) -> Result<Tensor> {
        self.engine().call("softmin", "SoftmaxBackward0", || self.neg()?.softmax(dim))
    }
}
