//! Changes of shape: views wherever the strides allow it.

use crate::error::{Error, Result};
use crate::layout::{shape_text, wrap_dim};
use crate::ops::{Op, View};
use crate::tensor::Tensor;

impl Tensor {
    pub(crate) fn view(&self, view: View) -> Result<Tensor> {
        self.engine().apply(Op::View(view), &[self])
    }

    pub(crate) fn reshape_to(&self, shape: &[usize]) -> Result<Tensor> {
        if shape == self.shape() { Ok(self.clone()) } else { self.view(View::Reshape(shape.to_vec())) }
    }

    /// In another shape of as many elements; one size may be -1 and is worked out.
    ///
    /// # Errors
    /// [`Error::View`] if the numbers of elements differ.
    pub fn reshape(&self, shape: &[i64]) -> Result<Tensor> {
        let fail = || Error::View { shape: shape_text(shape), numel: self.numel() };
        let known = shape
            .iter()
            .filter(|&&n| n != -1)
            .try_fold(1u64, |total, &n| total.checked_mul(u64::try_from(n).ok()?));
        let known = known.ok_or_else(fail)?;
        let numel = self.numel() as u64;
        let holes = shape.iter().filter(|&&n| n == -1).count();
        let hole = match holes {
            0 if known == numel => 0,
            1 if known > 0 && numel.is_multiple_of(known) => numel / known,
            _ => return Err(fail()),
        };
        let sizes: Vec<usize> =
            shape.iter().map(|&n| if n == -1 { hole as usize } else { n as usize }).collect();
        self.reshape_to(&sizes)
    }

    /// Dimension `dims[i]` becomes dimension `i`.
    ///
    /// # Errors
    /// [`Error::Dim`], and [`Error::Shape`] if `dims` is no permutation.
    pub fn permute(&self, dims: &[i64]) -> Result<Tensor> {
        let order: Vec<usize> = dims.iter().map(|&d| wrap_dim(d, self.ndim())).collect::<Result<_>>()?;
        if order.len() != self.ndim() || (0..self.ndim()).any(|dim| !order.contains(&dim)) {
            return Err(Error::Shape(format!(
                "permute: {dims:?} does not name each of {} dimensions once",
                self.ndim()
            )));
        }
        self.view(View::Permute(order))
    }

    /// Two dimensions swapped.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn transpose(&self, a: i64, b: i64) -> Result<Tensor> {
        let (a, b) = (wrap_dim(a, self.ndim())?, wrap_dim(b, self.ndim())?);
        let mut order: Vec<usize> = (0..self.ndim()).collect();
        if self.ndim() > 0 {
            order.swap(a, b);
        }
        self.engine().call("transpose", "TransposeBackward0", || self.view(View::Permute(order)))
    }

    /// A matrix transposed; a vector or a number as it is.
    ///
    /// # Errors
    /// [`Error::Shape`] beyond two dimensions.
    pub fn t(&self) -> Result<Tensor> {
        match self.ndim() {
            0 | 1 => Ok(self.clone()),
            2 => self.engine().call("t", "TBackward0", || self.transpose(0, 1)),
            n => Err(Error::Shape(format!("t() expects a tensor with <= 2 dimensions, but self is {n}D"))),
        }
    }

    /// Size 1 repeated, new dimensions in front.
    ///
    /// # Errors
    /// [`Error::Shape`] where another size would have to change.
    pub fn expand(&self, shape: &[usize]) -> Result<Tensor> {
        if shape == self.shape() { Ok(self.clone()) } else { self.view(View::Expand(shape.to_vec())) }
    }

    /// `self[…, start:end:step, …]` in dimension `dim`, with Python's rules for negative and too large bounds.
    ///
    /// # Errors
    /// [`Error::Dim`], and [`Error::Shape`] for a step below 1.
    pub fn slice(&self, dim: i64, start: i64, end: i64, step: i64) -> Result<Tensor> {
        if step < 1 || self.ndim() == 0 {
            let text = if step < 1 {
                "slice step must be positive"
            } else {
                "slice() cannot be applied to a 0-dim tensor."
            };
            return Err(Error::Shape(text.to_owned()));
        }
        let dim = wrap_dim(dim, self.ndim())?;
        let size = self.shape()[dim] as i64;
        let bound = |i: i64| if i < 0 { i.saturating_add(size).max(0) } else { i.min(size) };
        let (start, end) = (bound(start), bound(end));
        let len = (end - start).max(0).unsigned_abs().div_ceil(step.unsigned_abs()) as usize;
        let step = usize::try_from(step).unwrap_or(usize::MAX).min(self.shape()[dim].max(1));
        self.view(View::Slice { dim, start: start as usize, len, step })
    }
}
