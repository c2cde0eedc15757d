//! Tensors joined and taken apart.

use crate::error::{Error, Result, shape_error};
use crate::layout::wrap_dim;
use crate::ops::{Cat, Op, View};
use crate::tensor::Tensor;

impl Tensor {
    /// `len` elements of dimension `dim` from `start`, which are there; itself if that is all.
    pub(crate) fn cut(&self, dim: usize, start: usize, len: usize) -> Result<Tensor> {
        if start == 0 && len == self.shape()[dim] {
            return Ok(self.clone());
        }
        self.view(View::Slice { dim, start, len, step: 1 })
    }

    /// The tensors one after another in dimension `dim`, in the type that they promote to. Empty 1-D tensors are
    /// left out, whatever the shape of the others.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] for shapes that differ elsewhere, [`Error::TooLarge`].
    pub fn cat(tensors: &[Tensor], dim: i64) -> Result<Tensor> {
        let Some(first) = tensors.first() else {
            return shape_error("torch.cat(): expected a non-empty list of Tensors");
        };
        if let Some(i) = tensors.iter().position(|t| t.ndim() == 0) {
            return shape_error(format!("zero-dimensional tensor (at position {i}) cannot be concatenated"));
        }
        let dtype = tensors.iter().fold(first.dtype(), |dtype, t| dtype.promote(t.dtype()));
        let counted: Vec<(usize, &Tensor)> =
            tensors.iter().enumerate().filter(|(_, t)| t.shape() != [0]).collect();
        let Some(&(_, like)) = counted.first() else {
            wrap_dim(dim, 1)?;
            return first.to(dtype);
        };
        let d = wrap_dim(dim, like.ndim())?;
        for &(i, t) in &counted {
            if t.ndim() != like.ndim() {
                let (a, b) = (like.ndim(), t.ndim());
                return shape_error(format!("Tensors must have same number of dimensions: got {a} and {b}"));
            }
            if let Some(k) = (0..t.ndim()).find(|&k| k != d && t.shape()[k] != like.shape()[k]) {
                return shape_error(format!(
                    "Sizes of tensors must match except in dimension {d}. Expected size {} but got size {} for tensor \
                     number {i} in the list.",
                    like.shape()[k],
                    t.shape()[k]
                ));
            }
        }
        let parts: Vec<&Tensor> = counted.iter().map(|(_, t)| *t).collect();
        like.engine().apply(Op::Cat(Cat { dim: d }), &parts)?.to(dtype)
    }

    /// Tensors of one shape one after another in a new dimension.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] for shapes that differ, [`Error::TooLarge`].
    pub fn stack(tensors: &[Tensor], dim: i64) -> Result<Tensor> {
        let Some(first) = tensors.first() else { return shape_error("stack expects a non-empty TensorList") };
        let d = wrap_dim(dim, first.ndim() + 1)?;
        if let Some((i, t)) = tensors.iter().enumerate().find(|(_, t)| t.shape() != first.shape()) {
            return shape_error(format!(
                "stack expects each tensor to be equal size, but got {:?} at entry 0 and {:?} at entry {i}",
                first.shape(),
                t.shape()
            ));
        }
        first.engine().call("stack", "StackBackward0", || {
            let parts = tensors.iter().map(|t| t.unsqueeze(d as i64)).collect::<Result<Vec<_>>>()?;
            Tensor::cat(&parts, d as i64)
        })
    }

    /// Tensors side by side: in dimension 1, or in dimension 0 if they are vectors or numbers.
    ///
    /// # Errors
    /// As for [`cat`](Self::cat).
    pub fn hstack(tensors: &[Tensor]) -> Result<Tensor> {
        if tensors.is_empty() {
            return shape_error("hstack expects a non-empty TensorList");
        }
        let parts = tensors.iter().map(Tensor::at_least_1d).collect::<Result<Vec<_>>>()?;
        Tensor::cat(&parts, if parts[0].ndim() == 1 { 0 } else { 1 })
    }

    /// Tensors below one another in dimension 0; vectors are rows.
    ///
    /// # Errors
    /// As for [`cat`](Self::cat).
    pub fn vstack(tensors: &[Tensor]) -> Result<Tensor> {
        if tensors.is_empty() {
            return shape_error("vstack expects a non-empty TensorList");
        }
        let row = |t: &Tensor| if t.ndim() < 2 { t.reshape_to(&[1, t.numel()]) } else { Ok(t.clone()) };
        Tensor::cat(&tensors.iter().map(row).collect::<Result<Vec<_>>>()?, 0)
    }

    /// Views of `size` elements of dimension `dim` each; the last one may be smaller.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] for a size that is negative, or 0 where there is something to split.
    pub fn split(&self, size: i64, dim: i64) -> Result<Vec<Tensor>> {
        if self.ndim() == 0 {
            return shape_error("split expects at least a 1-dimensional tensor");
        }
        let Ok(step) = usize::try_from(size) else {
            return shape_error(format!(
                "split expects split_size be non-negative, but got split_size={size}"
            ));
        };
        let d = wrap_dim(dim, self.ndim())?;
        let n = self.shape()[d];
        if step == 0 && n > 0 {
            return shape_error(format!(
                "split_size can only be 0 if dimension size is 0, but got dimension size of {n}"
            ));
        }
        let starts = (0..n.div_ceil(step.max(1)).max(1)).map(|i| i * step);
        let parts: Vec<_> = starts.map(|start| (start, step.min(n - start))).collect();
        self.parts("split", "SplitBackward0", d, &parts)
    }

    /// Views of these many elements of dimension `dim`.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] if the sizes do not sum to that of the dimension.
    pub fn split_sizes(&self, sizes: &[i64], dim: i64) -> Result<Vec<Tensor>> {
        if self.ndim() == 0 {
            return shape_error("split expects at least a 1-dimensional tensor");
        }
        let d = wrap_dim(dim, self.ndim())?;
        let n = self.shape()[d];
        let (mut parts, mut start) = (Vec::with_capacity(sizes.len()), 0usize);
        for &size in sizes {
            let Ok(len) = usize::try_from(size) else {
                return shape_error(format!(
                    "split_with_sizes expects split_sizes have only non-negative entries, but got \
                     split_sizes={sizes:?}"
                ));
            };
            parts.push((start, len));
            start = start.saturating_add(len);
        }
        if start != n {
            return shape_error(format!(
                "split_with_sizes expects split_sizes to sum exactly to {n} (input tensor's size at dimension {d}), \
                 but got split_sizes={sizes:?}"
            ));
        }
        self.parts("split_with_sizes", "SplitWithSizesBackward0", d, &parts)
    }

    fn parts(
        &self,
        name: &'static str,
        grad_fn: &'static str,
        dim: usize,
        parts: &[(usize, usize)],
    ) -> Result<Vec<Tensor>> {
        let part = |&(start, len): &(usize, usize)| self.view(View::Slice { dim, start, len, step: 1 });
        self.engine().call(name, grad_fn, || parts.iter().map(part).collect())
    }

    /// At most `chunks` views of one size; the last one may be smaller.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] for less than one chunk.
    pub fn chunk(&self, chunks: i64, dim: i64) -> Result<Vec<Tensor>> {
        if self.ndim() == 0 {
            return shape_error("chunk expects at least a 1-dimensional tensor");
        }
        if chunks <= 0 {
            return shape_error(format!("chunk expects `chunks` to be greater than 0, got: {chunks}"));
        }
        let d = wrap_dim(dim, self.ndim())?;
        let n = self.shape()[d] as u64;
        if n == 0 {
            // As many empty ones as were asked for; more than a list should have are refused.
            let count = usize::try_from(chunks).unwrap_or(usize::MAX);
            crate::layout::checked_numel(&[count])?;
            return self.parts("split_with_sizes", "SplitWithSizesBackward0", d, &vec![(0, 0); count]);
        }
        self.split(n.div_ceil(chunks.unsigned_abs()) as i64, dim)
    }

    /// The slices along `dim`, without it.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn unbind(&self, dim: i64) -> Result<Vec<Tensor>> {
        if self.ndim() == 0 {
            return Err(Error::BadIndex("Dimension specified as 0 but tensor has no dimensions".to_owned()));
        }
        let d = wrap_dim(dim, self.ndim())?;
        self.engine().call("unbind", "UnbindBackward0", || {
            (0..self.shape()[d]).map(|i| self.select_at(d, i)).collect()
        })
    }

    /// The slice at `index` of dimension `dim`, without it.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::BadIndex`].
    pub fn select(&self, dim: i64, index: i64) -> Result<Tensor> {
        if self.ndim() == 0 {
            return Err(Error::BadIndex("select() cannot be applied to a 0-dim tensor.".to_owned()));
        }
        let d = wrap_dim(dim, self.ndim())?;
        let size = self.shape()[d] as i64;
        if !(-size..size).contains(&index) {
            return Err(Error::BadIndex(format!(
                "select(): index {index} out of range for tensor of size {:?} at dimension {d}",
                self.shape()
            )));
        }
        self.select_at(d, index.rem_euclid(size) as usize)
    }

    pub(super) fn select_at(&self, dim: usize, index: usize) -> Result<Tensor> {
        let mut shape = self.shape().to_vec();
        shape.remove(dim);
        self.engine().call("select", "SelectBackward0", || {
            self.view(View::Slice { dim, start: index, len: 1, step: 1 })?.view(View::Reshape(shape))
        })
    }

    /// `length` elements of dimension `dim`, from `start`.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] if there are not as many.
    pub fn narrow(&self, dim: i64, start: i64, length: i64) -> Result<Tensor> {
        if self.ndim() == 0 {
            return shape_error("narrow() cannot be applied to a 0-dim tensor.");
        }
        let d = wrap_dim(dim, self.ndim())?;
        let size = self.shape()[d] as i64;
        if !(-size..=size).contains(&start) {
            return Err(Error::Dim { lo: -size, hi: size - 1, dim: start });
        }
        let from = if start < 0 { start + size } else { start };
        if length < 0 || length > size - from {
            return shape_error(format!(
                "start ({from}) + length ({length}) exceeds dimension size ({size})."
            ));
        }
        self.view(View::Slice { dim: d, start: from as usize, len: length as usize, step: 1 })
    }

    /// `self[…, start:end:step, …]` in dimension `dim`, with Python's rules for negative and too large bounds.
    ///
    /// # Errors
    /// [`Error::Dim`], and [`Error::Shape`] for a step below 1.
    pub fn slice(&self, dim: i64, start: i64, end: i64, step: i64) -> Result<Tensor> {
        if step < 1 {
            return shape_error("slice step must be positive");
        }
        if self.ndim() == 0 {
            return Err(Error::BadIndex("slice() cannot be applied to a 0-dim tensor.".to_owned()));
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
