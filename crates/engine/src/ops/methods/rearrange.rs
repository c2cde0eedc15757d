//! Elements repeated, moved and left out: repeat, flip, roll, triangles and diagonals.

use crate::error::{Result, shape_error};
use crate::layout::{broadcast, checked_numel, wrap_dim};
use crate::ops::{Diagonal, View};
use crate::tensor::Tensor;

impl Tensor {
    /// The tensor `repeats[d]` times in each dimension; more repeats than dimensions add dimensions in front.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] for fewer repeats than dimensions or negative ones, [`crate::Error::TooLarge`].
    pub fn repeat(&self, repeats: &[i64]) -> Result<Tensor> {
        let Some(front) = repeats.len().checked_sub(self.ndim()) else {
            return shape_error(
                "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
            );
        };
        let size = |d: usize| if d < front { 1 } else { self.shape()[d - front] };
        let wanted: Vec<i64> =
            repeats.iter().enumerate().map(|(d, &n)| n.saturating_mul(size(d) as i64)).collect();
        if let Some(n) = wanted.iter().find(|&&n| n < 0) {
            return shape_error(format!("Trying to create tensor with negative dimension {n}: {wanted:?}"));
        }
        let shape: Vec<usize> = wanted.iter().map(|&n| usize::try_from(n).unwrap_or(usize::MAX)).collect();
        checked_numel(&shape)?;
        // Each repeated dimension gets one in front of it, of size 1, which is expanded.
        let (mut apart, mut spread) = (Vec::new(), Vec::new());
        for (d, &n) in repeats.iter().enumerate() {
            if n != 1 {
                apart.push(1);
                spread.push(usize::try_from(n).unwrap_or(0));
            }
            apart.push(size(d));
            spread.push(size(d));
        }
        self.engine().call("repeat", "RepeatBackward0", || {
            self.reshape_to(&apart)?.view(View::Expand(spread))?.copy()?.reshape_to(&shape)
        })
    }

    /// As [`repeat`](Self::repeat), where missing repeats are 1.
    ///
    /// # Errors
    /// As for [`repeat`](Self::repeat).
    pub fn tile(&self, repeats: &[i64]) -> Result<Tensor> {
        let mut all = vec![1; self.ndim().saturating_sub(repeats.len())];
        all.extend(repeats);
        self.repeat(&all)
    }

    /// Each element of dimension `dim` (of the flattened tensor, if none is named) `repeats` times in a row.
    ///
    /// # Errors
    /// [`crate::Error::Dim`], [`crate::Error::Shape`] for a negative number, [`crate::Error::TooLarge`].
    pub fn repeat_interleave(&self, repeats: i64, dim: Option<i64>) -> Result<Tensor> {
        let (x, dim) = match dim {
            Some(dim) => (self.at_least_1d()?, dim),
            None => (self.reshape(&[-1])?, 0),
        };
        let Ok(n) = usize::try_from(repeats) else { return shape_error("repeats can not be negative") };
        let d = wrap_dim(dim, x.ndim())?;
        let mut shape = x.shape().to_vec();
        shape[d] = shape[d].saturating_mul(n);
        let mut spread = x.shape().to_vec();
        spread.insert(d + 1, n);
        self.engine().call("repeat_interleave", "IndexSelectBackward0", || {
            x.unsqueeze(d as i64 + 1)?.view(View::Expand(spread))?.copy()?.reshape_to(&shape)
        })
    }

    /// The elements of these dimensions in reverse order: a copy.
    ///
    /// # Errors
    /// [`crate::Error::Dim`], [`crate::Error::Shape`] for a dimension that is named twice.
    pub fn flip(&self, dims: &[i64]) -> Result<Tensor> {
        let wrapped: Vec<usize> = dims.iter().map(|&d| wrap_dim(d, self.ndim())).collect::<Result<_>>()?;
        if let Some(i) = (1..wrapped.len()).find(|&i| wrapped[..i].contains(&wrapped[i])) {
            return shape_error(format!("dim {} appears multiple times in the list of dims", wrapped[i]));
        }
        self.view(View::Flip(if self.ndim() == 0 { Vec::new() } else { wrapped }))
    }

    /// The elements moved by `shifts[i]` places along `dims[i]`, those beyond the end to the beginning. Without
    /// dimensions, one shift of the flattened tensor.
    ///
    /// # Errors
    /// [`crate::Error::Dim`], [`crate::Error::Shape`] for lists of different lengths.
    pub fn roll(&self, shifts: &[i64], dims: &[i64]) -> Result<Tensor> {
        if shifts.is_empty() {
            return shape_error("`shifts` required");
        }
        if shifts.len() != dims.len() && !(dims.is_empty() && shifts.len() == 1) {
            return shape_error(format!(
                "shifts and dimensions must align. shifts: {}, dims:{}",
                shifts.len(),
                dims.len()
            ));
        }
        self.engine().call("roll", "RollBackward0", || {
            if dims.is_empty() {
                let flat = self.reshape_to(&[self.numel()])?;
                return flat.roll(shifts, &[0])?.reshape_to(self.shape());
            }
            let mut out = self.copy()?;
            for (&shift, &dim) in shifts.iter().zip(dims) {
                let d = wrap_dim(dim, self.ndim())?;
                let n = self.shape().get(d).copied().unwrap_or(0);
                let first = if n == 0 { 0 } else { shift.rem_euclid(n as i64) as usize };
                if first > 0 {
                    let parts = [out.cut(d, n - first, first)?, out.cut(d, 0, n - first)?];
                    out = Tensor::cat(&parts, d as i64)?;
                }
            }
            Ok(out)
        })
    }

    /// The elements on and below a diagonal of the last two dimensions, and zeros above it.
    ///
    /// # Errors
    /// [`crate::Error::Dim`] for less than two dimensions.
    pub fn tril(&self, diagonal: i64) -> Result<Tensor> {
        self.engine().call("tril", "TrilBackward0", || self.above(diagonal)?.where_(&self.nothing()?, self))
    }

    /// The elements on and above a diagonal of the last two dimensions, and zeros below it.
    ///
    /// # Errors
    /// [`crate::Error::Dim`] for less than two dimensions.
    pub fn triu(&self, diagonal: i64) -> Result<Tensor> {
        self.engine().call("triu", "TriuBackward0", || {
            self.above(diagonal.saturating_sub(1))?.where_(self, &self.nothing()?)
        })
    }

    /// Zero, of the element type.
    fn nothing(&self) -> Result<Tensor> {
        self.engine().full(&[], 0i64, self.dtype())
    }

    /// Which elements of the last two dimensions lie above a diagonal.
    fn above(&self, diagonal: i64) -> Result<Tensor> {
        let (rows, columns) = (wrap_dim(-2, self.ndim())?, wrap_dim(-1, self.ndim())?);
        let (n, m) = (self.shape()[rows], self.shape()[columns]);
        // Further than the matrix is large makes no difference, and fits every backend's integers.
        let diagonal = diagonal.clamp(-(n as i64) - 1, m as i64 + 1);
        let row = self.engine().places(n)?.reshape_to(&[n, 1])?.add(diagonal)?;
        row.lt(&self.engine().places(m)?)
    }

    /// The elements `[i, i + offset]` of two dimensions as a last dimension: a view.
    ///
    /// # Errors
    /// [`crate::Error::Dim`], [`crate::Error::Shape`] if the dimensions are the same.
    pub fn diagonal(&self, offset: i64, dim1: i64, dim2: i64) -> Result<Tensor> {
        let (rows, columns) = (wrap_dim(dim1, self.ndim())?, wrap_dim(dim2, self.ndim())?);
        if rows == columns {
            return shape_error(format!("diagonal dimensions cannot be identical {dim1}, {dim2}"));
        }
        self.view(View::Diagonal(Diagonal { offset, rows, columns }))
    }

    /// Of a matrix its diagonal, of a vector the matrix with this diagonal and zeros elsewhere.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] for other numbers of dimensions, [`crate::Error::TooLarge`].
    pub fn diag(&self, diagonal: i64) -> Result<Tensor> {
        self.engine().call("diag", "DiagBackward0", || match self.ndim() {
            1 => {
                let n = (self.numel() as u64).saturating_add(diagonal.unsigned_abs());
                let n = usize::try_from(n).unwrap_or(usize::MAX);
                checked_numel(&[n, n])?;
                let place = Diagonal { offset: diagonal, rows: 0, columns: 1 };
                self.view(View::Undiagonal(vec![n, n], place))
            }
            2 => self.diagonal(diagonal, 0, 1)?.copy(),
            _ => shape_error("matrix or a vector expected"),
        })
    }

    /// All tensors, broadcast to one shape.
    ///
    /// # Errors
    /// [`crate::Error::Broadcast`].
    pub fn broadcast_tensors(tensors: &[Tensor]) -> Result<Vec<Tensor>> {
        let shape = tensors.iter().try_fold(Vec::new(), |shape, t| broadcast(&shape, t.shape()))?;
        tensors.iter().map(|t| t.expand(&shape)).collect()
    }

    /// The coordinates of the points of a grid: for each vector (or number) a tensor that repeats it along the
    /// dimensions of the others. With `xy`, the first two dimensions are swapped.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] for other numbers of dimensions, or different element types.
    pub fn meshgrid(vectors: &[Tensor], xy: bool) -> Result<Vec<Tensor>> {
        let Some(first) = vectors.first() else {
            return shape_error("meshgrid expects a non-empty TensorList");
        };
        if vectors.iter().any(|t| t.dtype() != first.dtype()) {
            return shape_error("meshgrid expects all tensors to have the same dtype");
        }
        if let Some(t) = vectors.iter().find(|t| t.ndim() > 1) {
            let n = t.ndim();
            return shape_error(format!(
                "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {n}D"
            ));
        }
        let swapped = xy && vectors.len() > 1;
        let axis = |i: usize| if swapped && i < 2 { 1 - i } else { i };
        let mut shape = vec![1; vectors.len()];
        vectors.iter().enumerate().for_each(|(i, t)| shape[axis(i)] = t.numel());
        let grid = |(i, t): (usize, &Tensor)| {
            let mut line = vec![1; vectors.len()];
            line[axis(i)] = t.numel();
            t.view(View::Reshape(line))?.view(View::Expand(shape.clone()))
        };
        vectors.iter().enumerate().map(grid).collect()
    }
}
