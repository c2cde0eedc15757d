//! Elements and rows chosen by indices, and the reverse.

use super::Arg;
use crate::backend::Reduce;
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result, shape_error};
use crate::layout::{broadcast, wrap_dim};
use crate::ops::index::locate;
use crate::ops::{Index, Op};
use crate::tensor::Tensor;

impl Engine {
    /// 0, 1, …, n − 1 (int64).
    pub(crate) fn places(&self, n: usize) -> Result<Tensor> {
        crate::layout::checked_numel(&[n])?;
        self.tensor((0..n as i64).collect::<Vec<_>>(), &[n])
    }
}

/// The text of an index out of range, where a function has words of its own for it.
fn worded(error: Error, text: impl Fn(i64, usize) -> String) -> Error {
    match error {
        Error::Index { index, size, .. } => Error::BadIndex(text(index, size)),
        other => other,
    }
}

fn expect_indices(op: &str, index: &Tensor) -> Result<()> {
    if index.dtype() == DType::Int64 {
        return Ok(());
    }
    shape_error(format!("{op}(): Expected dtype int64 for index"))
}

impl Tensor {
    pub(crate) fn gather_at(&self, dim: usize, index: &Tensor) -> Result<Tensor> {
        self.engine().apply(Op::Index(Index::Gather { dim }), &[self, index])
    }

    pub(crate) fn scatter_at(
        &self,
        dim: usize,
        src: &Tensor,
        index: &Tensor,
        by: Option<Reduce>,
    ) -> Result<Tensor> {
        self.engine().apply(Op::Index(Index::Scatter { dim, by }), &[self, src, index])
    }

    /// A 0-d tensor as one of one element, which has a dimension to index.
    pub(crate) fn at_least_1d(&self) -> Result<Tensor> {
        if self.ndim() == 0 { self.reshape_to(&[1]) } else { Ok(self.clone()) }
    }

    /// The first elements in every dimension but `dim`, as many as `shape` says.
    fn cut_to(&self, shape: &[usize], dim: Option<usize>) -> Result<Tensor> {
        (0..self.ndim()).filter(|&d| Some(d) != dim).try_fold(self.clone(), |t, d| t.cut(d, 0, shape[d]))
    }

    /// `ans[a, j, b] = self[a, index[a, j, b], b]` along `dim`. In the other dimensions the index may be smaller; the
    /// result has its shape.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::Dim`]; on the CPU [`Error::Index`].
    pub fn gather(&self, dim: i64, index: &Tensor) -> Result<Tensor> {
        let d = wrap_dim(dim, self.ndim())?;
        expect_indices("gather", index)?;
        if self.ndim().max(1) != index.ndim().max(1) {
            if index.numel() == 0 {
                return self.reshape(&[-1])?.cut(0, 0, 0)?.reshape_to(index.shape());
            }
            return shape_error("Index tensor must have the same number of dimensions as input tensor");
        }
        let (x, i) = (self.at_least_1d()?, index.at_least_1d()?);
        if (0..x.ndim()).any(|k| k != d && i.shape()[k] > x.shape()[k]) {
            return shape_error(format!(
                "Size does not match at dimension {} expected index {:?} to be smaller than self {:?} apart from \
                 dimension {d}",
                (0..x.ndim()).find(|&k| k != d && i.shape()[k] > x.shape()[k]).unwrap_or(0),
                i.shape(),
                x.shape()
            ));
        }
        self.engine().call("gather", "GatherBackward0", || {
            x.cut_to(i.shape(), Some(d))?.gather_at(d, &i)?.reshape_to(index.shape())
        })
    }

    /// The tensor with `src[a, j, b]` at `[a, index[a, j, b], b]`: the last one of several for the same place.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::Dim`]; on the CPU [`Error::Index`].
    pub fn scatter<'a>(&self, dim: i64, index: &Tensor, src: impl Into<Arg<'a>>) -> Result<Tensor> {
        match src.into() {
            Arg::Tensor(src) => self.scattered(dim, index, src, None, ["scatter", "ScatterBackward0"]),
            Arg::Scalar(value) => {
                let src = self.engine().full(index.shape(), value, self.dtype())?;
                self.scattered(dim, index, &src, None, ["scatter", "ScatterBackward1"])
            }
        }
    }

    /// The tensor with `src[a, j, b]` added at `[a, index[a, j, b], b]`.
    ///
    /// # Errors
    /// As for [`scatter`](Self::scatter).
    pub fn scatter_add(&self, dim: i64, index: &Tensor, src: &Tensor) -> Result<Tensor> {
        self.scattered(dim, index, src, Some(Reduce::Sum), ["scatter_add", "ScatterAddBackward0"])
    }

    /// The tensor with what is at `[a, index[a, j, b], b]` and `src[a, j, b]` added or multiplied: `reduce` is "add" or
    /// "multiply".
    ///
    /// # Errors
    /// As for [`scatter`](Self::scatter), and for another `reduce`. A product has no gradient, as in PyTorch.
    pub fn scatter_by<'a>(
        &self,
        dim: i64,
        index: &Tensor,
        src: impl Into<Arg<'a>>,
        reduce: &str,
    ) -> Result<Tensor> {
        let by = match reduce {
            "add" => Reduce::Sum,
            "multiply" => Reduce::Prod,
            _ => return shape_error("reduce argument must be either add or multiply."),
        };
        let src = match src.into() {
            Arg::Tensor(src) => src.clone(),
            Arg::Scalar(value) => self.engine().full(index.shape(), value, self.dtype())?,
        };
        self.scattered(dim, index, &src, Some(by), ["scatter", "NotImplemented"])
    }

    fn scattered(
        &self,
        dim: i64,
        index: &Tensor,
        src: &Tensor,
        by: Option<Reduce>,
        [name, grad_fn]: [&'static str; 2],
    ) -> Result<Tensor> {
        let d = wrap_dim(dim, self.ndim())?;
        expect_indices("scatter", index)?;
        if self.dtype() != src.dtype() {
            return shape_error("scatter(): Expected self.dtype to be equal to src.dtype");
        }
        if by.is_some() && matches!(self.dtype(), DType::UInt8 | DType::Bool) {
            // Kernels combine numbers; bytes and truth values are kept differently.
            let (x, y) = (self.to(DType::Int64)?, src.to(DType::Int64)?);
            return x.scattered(dim, index, &y, by, [name, grad_fn])?.to(self.dtype());
        }
        if index.numel() == 0 {
            return self.engine().call(name, grad_fn, || self.copy());
        }
        for (t, what) in [(self, "self"), (src, "src")] {
            if t.ndim().max(1) != index.ndim().max(1) {
                let text = "Index tensor must have the same number of dimensions as";
                return shape_error(format!("{text} {what} tensor"));
            }
        }
        let (x, y, i) = (self.at_least_1d()?, src.at_least_1d()?, index.at_least_1d()?);
        let size = i.shape();
        if (0..x.ndim()).any(|k| k != d && size[k] > x.shape()[k] || size[k] > y.shape()[k]) {
            return shape_error(format!(
                "Expected index {size:?} to be smaller than self {:?} apart from dimension {d} and to be smaller \
                 size than src {:?}",
                x.shape(),
                y.shape()
            ));
        }
        self.engine().call(name, grad_fn, || {
            let mut out = x.cut_to(size, Some(d))?.scatter_at(d, &y.cut_to(size, None)?, &i, by)?;
            // What lies beyond the index is put back, dimension by dimension.
            for k in (0..x.ndim()).rev().filter(|&k| k != d && size[k] < x.shape()[k]) {
                let beyond = x.cut(k, size[k], x.shape()[k] - size[k])?;
                let beyond = (0..k).filter(|&e| e != d).try_fold(beyond, |t, e| t.cut(e, 0, size[e]))?;
                out = Tensor::cat(&[out, beyond], k as i64)?;
            }
            out.reshape_to(self.shape())
        })
    }

    /// A new tensor of size `size` along `dim`, in which element `k` is the sum of those whose index is `k`.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::Dim`]; on the CPU [`Error::Index`].
    pub fn scatter_sum(&self, dim: i64, index: &Tensor, size: usize) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        let mut shape = self.shape().to_vec();
        if let Some(n) = shape.get_mut(dim) {
            *n = size;
        }
        let nothing = self.engine().full(&shape, 0.0, self.dtype())?;
        nothing.scatter_at(dim, self, index, Some(Reduce::Sum))
    }

    /// The slices of dimension `dim` that `index` (1-D or 0-D) names: `ans[a, j, b] = self[a, index[j], b]`.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::Dim`]; on the CPU [`Error::BadIndex`].
    pub fn index_select(&self, dim: i64, index: &Tensor) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        if index.ndim() > 1 {
            return Err(Error::BadIndex("index_select(): Index is supposed to be a vector".to_owned()));
        }
        if !matches!(index.dtype(), DType::Int32 | DType::Int64) {
            return shape_error("index_select(): Expected dtype int32 or int64 for index");
        }
        let index = &index.to(DType::Int64)?;
        self.engine().call("index_select", "IndexSelectBackward0", || {
            let out = self.at_least_1d()?.rows(dim, &index.at_least_1d()?);
            let out = out.map_err(|e| worded(e, |_, _| "index out of range in self".to_owned()))?;
            if self.ndim() == 0 { out.cut(0, 0, 1)?.reshape_to(&[]) } else { Ok(out) }
        })
    }

    pub(crate) fn rows(&self, dim: usize, index: &Tensor) -> Result<Tensor> {
        self.engine().apply(Op::Index(Index::Select { dim }), &[self, index])
    }

    /// The tensor with `alpha · source[a, j, b]` added at `[a, index[j], b]`.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::Dim`]; on the CPU [`Error::BadIndex`].
    pub fn index_add(&self, dim: i64, index: &Tensor, source: &Tensor, alpha: f64) -> Result<Tensor> {
        let d = wrap_dim(dim, self.ndim())?;
        let (x, y) = (self.at_least_1d()?, source.at_least_1d()?);
        if !matches!(index.dtype(), DType::Int32 | DType::Int64) {
            let found = index.dtype().scalar_type();
            return shape_error(format!(
                "index_add_(): Expected dtype int32/int64 for index but got: {found}"
            ));
        }
        if x.dtype() != y.dtype() {
            return shape_error(format!(
                "index_add_(): self ({}) and source ({}) must have the same scalar type",
                x.dtype().scalar_type(),
                y.dtype().scalar_type()
            ));
        }
        let given = y.shape().get(d).copied().unwrap_or(0);
        if index.ndim() > 1 || index.numel() != given {
            return shape_error(format!(
                "index_add_(): Number of indices ({}) should be equal to source.size(dim): ({given}), for dim: {d}",
                index.numel()
            ));
        }
        self.engine().call("index_add", "IndexAddBackward0", || {
            let mut line = vec![1; y.ndim()];
            line[d] = index.numel();
            let spread = index.to(DType::Int64)?.reshape_to(&line)?.expand(y.shape())?;
            let scaled = if alpha == 1.0 { y.clone() } else { y.mul(alpha)?.to(y.dtype())? };
            let out = x.scatter_at(d, &scaled, &spread, Some(Reduce::Sum));
            let out = out.map_err(|e| worded(e, |_, _| "index out of range in self".to_owned()))?;
            out.reshape_to(self.shape())
        })
    }

    /// The elements at these places of the flattened tensor, in the shape of `index`. Negative ones count from the end.
    ///
    /// # Errors
    /// [`Error::Shape`]; on the CPU [`Error::BadIndex`].
    pub fn take(&self, index: &Tensor) -> Result<Tensor> {
        if index.dtype() != DType::Int64 {
            let found = index.dtype().scalar_type();
            return shape_error(format!("take(): Expected a long tensor for index, but got {found}"));
        }
        self.engine().call("take", "TakeBackward0", || {
            let start = self.engine().full(index.shape(), 0i64, DType::Int64)?;
            let place = locate(&start, index, 0, self.numel()).map_err(|e| {
                worded(e, |i, n| {
                    format!("out of range: tried to access index {i} on a tensor of {n} elements.")
                })
            })?;
            let flat = self.reshape_to(&[self.numel()])?;
            flat.rows(0, &place.reshape_to(&[place.numel()])?)?.reshape_to(index.shape())
        })
    }

    /// `value` where the mask (bool) is true, broadcast together. The value is a number or a 0-d tensor.
    ///
    /// # Errors
    /// [`Error::Broadcast`], [`Error::Shape`].
    pub fn masked_fill<'a>(&self, mask: &Tensor, value: impl Into<Arg<'a>>) -> Result<Tensor> {
        let (value, grad_fn) = match value.into() {
            Arg::Scalar(value) => (self.engine().full(&[], value, self.dtype())?, "MaskedFillBackward0"),
            Arg::Tensor(t) => (t.clone(), "MaskedFillBackward1"),
        };
        if value.ndim() > 0 {
            return shape_error(format!(
                "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {} dimension(s).",
                value.ndim()
            ));
        }
        if !matches!(mask.dtype(), DType::Bool | DType::UInt8) {
            let found = mask.dtype().name();
            return shape_error(format!(
                "masked_fill only supports boolean masks, but got mask with dtype {found}"
            ));
        }
        broadcast(self.shape(), mask.shape())?;
        self.engine()
            .call("masked_fill", grad_fn, || mask.to(DType::Bool)?.where_(&value.to(self.dtype())?, self))
    }

    /// For each class its row of zeros with a one: int64, of the shape of `self` and then `num_classes`.
    ///
    /// # Errors
    /// [`Error::Shape`]; on the CPU for a class out of range, whose row is zero on a GPU.
    pub fn one_hot(&self, num_classes: usize) -> Result<Tensor> {
        if self.dtype() != DType::Int64 {
            return shape_error("one_hot is only applicable to index tensor.");
        }
        let mut shape = self.shape().to_vec();
        shape.push(num_classes);
        let zeros = self.engine().full(&shape, 0i64, DType::Int64)?;
        let index = self.unsqueeze(-1)?;
        let ones = self.engine().full(index.shape(), 1i64, DType::Int64)?;
        zeros.scatter_at(self.ndim(), &ones, &index, None).map_err(|error| match error {
            Error::Index { index, .. } if index < 0 => {
                Error::Shape("Class values must be non-negative.".to_owned())
            }
            Error::Index { .. } => Error::Shape("Class values must be smaller than num_classes.".to_owned()),
            other => other,
        })
    }

    /// The rows of uint8 data that `index` names, as float32 times `scale`: what `ToTensor` makes of images.
    ///
    /// # Errors
    /// [`Error::DType`], [`Error::Shape`]; on the CPU [`Error::Index`].
    pub fn batch(&self, index: &Tensor, scale: f32) -> Result<Tensor> {
        self.engine().apply(Op::Index(Index::Batch { scale }), &[self, index])
    }
}
