//! Other shapes of as many elements, and dimensions in another order: views wherever the strides allow it.

use crate::error::{Error, Result, shape_error};
use crate::layout::{checked_numel, shape_text, wrap_dim};
use crate::ops::{Op, View};
use crate::tensor::Tensor;

impl Tensor {
    pub(crate) fn view(&self, view: View) -> Result<Tensor> {
        self.engine().apply(Op::View(view), &[self])
    }

    pub(crate) fn reshape_to(&self, shape: &[usize]) -> Result<Tensor> {
        if shape == self.shape() { Ok(self.clone()) } else { self.view(View::Reshape(shape.to_vec())) }
    }

    /// The distance in the storage between neighbours in each dimension.
    pub fn stride(&self) -> &[isize] {
        &self.layout().strides
    }

    /// Where in the storage the first element is.
    pub fn storage_offset(&self) -> usize {
        self.layout().offset
    }

    /// Whether the elements lie in row-major order without gaps.
    pub fn is_contiguous(&self) -> bool {
        self.layout().is_contiguous()
    }

    /// Sizes of which one may be -1, to be worked out.
    fn sizes(&self, shape: &[i64]) -> Result<Vec<usize>> {
        let fail = || Error::View { shape: shape_text(shape), numel: self.numel() };
        if shape.iter().filter(|&&n| n == -1).count() > 1 {
            return shape_error("only one dimension can be inferred");
        }
        if let Some(n) = shape.iter().find(|&&n| n < -1) {
            return shape_error(format!("invalid shape dimension {n}"));
        }
        let known = if shape.contains(&0) {
            0
        } else {
            let mut sizes = shape.iter().filter(|&&n| n != -1);
            sizes.try_fold(1u64, |total, &n| total.checked_mul(n.unsigned_abs())).ok_or_else(fail)?
        };
        let numel = self.numel() as u64;
        let hole = match shape.contains(&-1) {
            false if known == numel => 0,
            true if known > 0 && numel.is_multiple_of(known) => numel / known,
            true if known == 0 && numel == 0 => {
                return shape_error(format!(
                    "cannot reshape tensor of 0 elements into shape {} because the unspecified dimension size -1 can \
                     be any value and is ambiguous",
                    shape_text(shape)
                ));
            }
            _ => return Err(fail()),
        };
        let size = |n: i64| usize::try_from(if n == -1 { hole as i64 } else { n }).map_err(|_| fail());
        shape.iter().map(|&n| size(n)).collect()
    }

    /// In another shape of as many elements; one size may be -1 and is worked out. The storage is shared where the
    /// strides allow it.
    ///
    /// # Errors
    /// [`Error::View`] if the numbers of elements differ, [`Error::Shape`] for sizes that mean nothing.
    pub fn reshape(&self, shape: &[i64]) -> Result<Tensor> {
        let sizes = self.sizes(shape)?;
        self.reshaped("reshape", sizes)
    }

    fn reshaped(&self, name: &'static str, sizes: Vec<usize>) -> Result<Tensor> {
        let shares = self.layout().view(&sizes).is_some();
        let grad_fn = if shares { "ReshapeAliasBackward0" } else { "UnsafeViewBackward0" };
        self.engine().call(name, grad_fn, || self.view(View::Reshape(sizes)))
    }

    /// As [`reshape`](Self::reshape), but never a copy: `torch.Tensor.view`.
    ///
    /// # Errors
    /// As for [`reshape`](Self::reshape), and [`Error::Shape`] where the elements would have to be moved.
    pub fn view_to(&self, shape: &[i64]) -> Result<Tensor> {
        let sizes = self.sizes(shape)?;
        if self.layout().view(&sizes).is_none() {
            return shape_error(
                "view size is not compatible with input tensor's size and stride (at least one dimension spans across \
                 two contiguous subspaces). Use .reshape(...) instead.",
            );
        }
        self.view(View::Reshape(sizes))
    }

    /// The dimensions from `start` to `end`, both included, as one.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] if the end comes first.
    pub fn flatten(&self, start: i64, end: i64) -> Result<Tensor> {
        let (start, end) = (wrap_dim(start, self.ndim())?, wrap_dim(end, self.ndim())?);
        if start > end {
            return shape_error("flatten() has invalid args: start_dim cannot come after end_dim");
        }
        if self.ndim() == 0 {
            return self.reshaped("flatten", vec![1]);
        }
        if start == end {
            return Ok(self.clone());
        }
        let mut shape = self.shape().to_vec();
        let joined = checked_numel(&shape[start..=end])?;
        shape.splice(start..=end, [joined]);
        self.reshaped("flatten", shape)
    }

    /// Dimension `dim` as several of these sizes, one of which may be -1.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] if the sizes do not multiply to that of the dimension.
    pub fn unflatten(&self, dim: i64, sizes: &[i64]) -> Result<Tensor> {
        let d = wrap_dim(dim, self.ndim())?;
        if sizes.is_empty() {
            return shape_error("unflatten: sizes must be non-empty");
        }
        let size = self.shape().get(d).copied().unwrap_or(1);
        let part = self.engine().full(&[size], 0i64, crate::DType::Int64)?.sizes(sizes);
        let part = part.map_err(|_| {
            Error::Shape(format!(
                "unflatten: Provided sizes {} don't multiply up to the size of dim {d} ({size}) in the input tensor",
                shape_text(sizes)
            ))
        })?;
        let mut shape = self.shape().to_vec();
        shape.splice(d..(d + 1).min(shape.len()), part);
        self.view(View::Reshape(shape))
    }

    /// Dimension `dims[i]` becomes dimension `i`.
    ///
    /// # Errors
    /// [`Error::Dim`], and [`Error::Shape`] if `dims` is no permutation.
    pub fn permute(&self, dims: &[i64]) -> Result<Tensor> {
        if dims.len() != self.ndim() {
            return shape_error(format!(
                "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the \
                 desired ordering of dimensions i.e. input.dim() = {} is not equal to len(dims) = {}",
                self.ndim(),
                dims.len()
            ));
        }
        let order: Vec<usize> = dims.iter().map(|&d| wrap_dim(d, self.ndim())).collect::<Result<_>>()?;
        if (0..self.ndim()).any(|dim| !order.contains(&dim)) {
            return shape_error("permute(): duplicate dims are not allowed.");
        }
        self.view(View::Permute(order))
    }

    /// The dimensions `source` at the places `destination`, the others in their order.
    ///
    /// # Errors
    /// [`Error::Dim`], and [`Error::Shape`] for lists of different lengths or with repetitions.
    pub fn movedim(&self, source: &[i64], destination: &[i64]) -> Result<Tensor> {
        if source.len() != destination.len() {
            return shape_error(format!(
                "movedim: Invalid source or destination dims: source ({source:?} dims) should contain the same number \
                 of dims as destination ({destination:?} dims)"
            ));
        }
        let wrap =
            |dims: &[i64]| -> Result<Vec<usize>> { dims.iter().map(|&d| wrap_dim(d, self.ndim())).collect() };
        let (from, to) = (wrap(source)?, wrap(destination)?);
        for (dims, given, what) in [(&from, source, "source"), (&to, destination, "destination")] {
            if (1..dims.len()).any(|i| dims[..i].contains(&dims[i])) {
                return shape_error(format!("movedim: repeated dim in `{what}` ({given:?})"));
            }
        }
        let mut rest = (0..self.ndim()).filter(|d| !from.contains(d));
        let place = |d: usize| to.iter().position(|&t| t == d).map(|i| from[i]);
        let order = (0..self.ndim()).filter_map(|d| place(d).or_else(|| rest.next())).collect();
        self.view(View::Permute(order))
    }

    /// Two dimensions swapped (`swapaxes` is another name for it).
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
        if self.ndim() > 2 {
            let n = self.ndim();
            return shape_error(format!("t() expects a tensor with <= 2 dimensions, but self is {n}D"));
        }
        let order = (0..self.ndim()).rev().collect();
        self.engine().call("t", "TBackward0", || self.view(View::Permute(order)))
    }

    /// All dimensions in reverse order: `x.T`.
    ///
    /// # Errors
    /// None but what recording says.
    pub fn reversed(&self) -> Result<Tensor> {
        self.view(View::Permute((0..self.ndim()).rev().collect()))
    }

    /// The last two dimensions swapped: `x.mT`.
    ///
    /// # Errors
    /// [`Error::Shape`] for a vector.
    pub fn matrix_transpose(&self) -> Result<Tensor> {
        match self.ndim() {
            0 => Ok(self.clone()),
            1 => shape_error(
                "tensor.mT is only supported on matrices or batches of matrices. Got 1-D tensor.".to_owned(),
            ),
            _ => self.transpose(-2, -1),
        }
    }

    /// Without the dimensions of size 1.
    ///
    /// # Errors
    /// None but what recording says.
    pub fn squeeze(&self) -> Result<Tensor> {
        let shape = self.shape().iter().copied().filter(|&n| n != 1).collect();
        self.engine().call("squeeze", "SqueezeBackward0", || self.view(View::Reshape(shape)))
    }

    /// Without dimension `dim`, if its size is 1.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn squeeze_dim(&self, dim: i64) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        let mut shape = self.shape().to_vec();
        if shape.get(dim) == Some(&1) {
            shape.remove(dim);
        }
        self.engine().call("squeeze", "SqueezeBackward1", || self.view(View::Reshape(shape)))
    }

    /// With a dimension of size 1 at `dim`.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn unsqueeze(&self, dim: i64) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim() + 1)?;
        let mut shape = self.shape().to_vec();
        shape.insert(dim, 1);
        self.engine().call("unsqueeze", "UnsqueezeBackward0", || self.view(View::Reshape(shape)))
    }

    /// Size 1 repeated, new dimensions in front.
    ///
    /// # Errors
    /// [`Error::Shape`] where another size would have to change.
    pub fn expand(&self, shape: &[usize]) -> Result<Tensor> {
        if shape == self.shape() { Ok(self.clone()) } else { self.view(View::Expand(shape.to_vec())) }
    }

    /// As [`expand`](Self::expand), where -1 leaves a size as it is.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::TooLarge`].
    pub fn expand_sizes(&self, shape: &[i64]) -> Result<Tensor> {
        let Some(front) = shape.len().checked_sub(self.ndim()) else {
            return shape_error(format!(
                "expand(torch.{}Tensor{{{:?}}}, size={shape:?}): the number of sizes provided ({}) must be greater or \
                 equal to the number of dimensions in the tensor ({})",
                self.dtype().scalar_type(),
                self.shape(),
                shape.len(),
                self.ndim()
            ));
        };
        let size = |(d, &n): (usize, &i64)| match (d.checked_sub(front), usize::try_from(n)) {
            (_, Ok(n)) => Ok(n),
            (Some(d), Err(_)) if n == -1 => Ok(self.shape()[d]),
            (Some(old), Err(_)) => shape_error(format!(
                "The expanded size of the tensor ({n}) must match the existing size ({}) at non-singleton dimension \
                 {d}.  Target sizes: {shape:?}.  Tensor sizes: {:?}",
                self.shape()[old],
                self.shape()
            )),
            (None, Err(_)) => shape_error(format!(
                "The expanded size of the tensor ({n}) isn't allowed in a leading, non-existing dimension {d}"
            )),
        };
        let sizes: Vec<usize> = shape.iter().enumerate().map(size).collect::<Result<_>>()?;
        self.view(View::Expand(sizes))
    }
}
