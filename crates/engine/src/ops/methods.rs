//! The public operations of a tensor. Every one of them fails with what its shape rule or the backend says;
//! none of them waits for the device.

use super::{ArgReduction, Binary, Compare, Index, Op, Reducer, Reduction, Unary, View};
use crate::backend::ArgReduce;
use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::layout::{shape_text, wrap_dim};
use crate::tensor::Tensor;

/// The second operand of an elementwise op: a tensor, or a number that costs no memory.
pub enum Arg<'a> {
    /// A tensor.
    Tensor(&'a Tensor),
    /// A number. It takes the tensor's dtype, except that a real number turns integers into float32.
    Scalar(Scalar),
}

impl<'a> From<&'a Tensor> for Arg<'a> {
    fn from(t: &'a Tensor) -> Self {
        Self::Tensor(t)
    }
}

impl From<f64> for Arg<'_> {
    fn from(x: f64) -> Self {
        Self::Scalar(x.into())
    }
}

impl From<i64> for Arg<'_> {
    fn from(i: i64) -> Self {
        Self::Scalar(i.into())
    }
}

impl Arg<'_> {
    /// As a tensor to be used together with one of `dtype`.
    fn beside(&self, other: &Tensor) -> Result<Tensor> {
        match self {
            Self::Tensor(t) => Ok((*t).clone()),
            Self::Scalar(value) => {
                let dtype = match (value, other.dtype()) {
                    (Scalar::Float(_), DType::Bool | DType::UInt8 | DType::Int64) => DType::Float32,
                    (Scalar::Int(_), DType::Bool) => DType::Int64,
                    (_, dtype) => dtype,
                };
                other.engine().full(&[], *value, dtype)
            }
        }
    }
}

macro_rules! unary_methods {
    ($($(#[$doc:meta])* $name:ident => $op:ident),* $(,)?) => {
        /// Elementwise ops of one tensor. Errors: [`Error::DType`] for element types that they do not take.
        impl Tensor {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`Error::DType`].
            pub fn $name(&self) -> Result<Tensor> {
                self.engine().apply(Op::Unary(Unary::$op), &[self])
            })*
        }
    };
}

unary_methods! {
    /// −x
    neg => Neg,
    /// |x|
    abs => Abs,
    /// −1, 0 or 1
    sign => Sign,
    /// eˣ
    exp => Exp,
    /// ln x
    log => Log,
    /// √x
    sqrt => Sqrt,
    /// sin x
    sin => Sin,
    /// cos x
    cos => Cos,
    /// tanh x
    tanh => Tanh,
    /// 1 / (1 + e⁻ˣ)
    sigmoid => Sigmoid,
    /// max(x, 0)
    relu => Relu,
}

macro_rules! binary_methods {
    ($($(#[$doc:meta])* $name:ident => $family:ident::$op:ident),* $(,)?) => {
        /// Elementwise ops of two tensors, or of a tensor and a number, with broadcasting and promotion.
        impl Tensor {
            $($(#[$doc])*
            ///
            /// # Errors
            /// [`Error::Broadcast`], [`Error::DType`].
            pub fn $name<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
                self.elementwise(Op::$family($family::$op), &other.into())
            })*
        }
    };
}

binary_methods! {
    /// x + y
    add => Binary::Add,
    /// x − y
    sub => Binary::Sub,
    /// x · y, elementwise
    mul => Binary::Mul,
    /// x / y; integers are divided as float32
    div => Binary::Div,
    /// xʸ
    pow => Binary::Pow,
    /// The larger one of each pair
    maximum => Binary::Maximum,
    /// The smaller one of each pair
    minimum => Binary::Minimum,
    /// x = y
    eq => Compare::Eq,
    /// x ≠ y
    ne => Compare::Ne,
    /// x < y
    lt => Compare::Lt,
    /// x ≤ y
    le => Compare::Le,
    /// x > y
    gt => Compare::Gt,
    /// x ≥ y
    ge => Compare::Ge,
}

impl Tensor {
    fn elementwise(&self, op: Op, other: &Arg<'_>) -> Result<Tensor> {
        let other = other.beside(self)?;
        let mut dtype = self.dtype().promote(other.dtype());
        if op == Op::Binary(Binary::Div) && !dtype.is_floating_point() {
            dtype = DType::Float32;
        } else if matches!(dtype, DType::Bool | DType::UInt8) {
            dtype = DType::Int64;
        }
        self.engine().apply(op, &[&self.to(dtype)?, &other.to(dtype)?])
    }

    /// Converted to `dtype`; itself if it has it.
    ///
    /// # Errors
    /// If the backend has no such element type.
    pub fn to(&self, dtype: DType) -> Result<Tensor> {
        if dtype == self.dtype() { Ok(self.clone()) } else { self.engine().apply(Op::Cast(dtype), &[self]) }
    }

    /// `self ? x : y`: self is bool.
    ///
    /// # Errors
    /// [`Error::Broadcast`], [`Error::DType`].
    pub fn where_<'a, 'b>(&self, x: impl Into<Arg<'a>>, y: impl Into<Arg<'b>>) -> Result<Tensor> {
        let (x, y) = (x.into(), y.into());
        let (x, y) = match (&x, &y) {
            (Arg::Tensor(t), _) => ((*t).clone(), y.beside(t)?),
            (_, Arg::Tensor(t)) => (x.beside(t)?, (*t).clone()),
            (Arg::Scalar(_), Arg::Scalar(_)) => {
                let like = self.engine().zeros(&[])?;
                (x.beside(&like)?, y.beside(&like)?)
            }
        };
        let dtype = x.dtype().promote(y.dtype());
        self.engine().apply(Op::Where, &[self, &x.to(dtype)?, &y.to(dtype)?])
    }

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
        let mut wrapped: Vec<usize> = if dims.is_empty() {
            (0..self.ndim()).collect()
        } else if self.ndim() == 0 {
            dims.iter().map(|&d| wrap_dim(d, 0)).collect::<Result<Vec<_>>>()?;
            Vec::new()
        } else {
            dims.iter().map(|&d| wrap_dim(d, self.ndim())).collect::<Result<_>>()?
        };
        wrapped.sort_unstable();
        if let Some(twice) = wrapped.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Error::Shape(format!("dim {} appears multiple times in the list of dims", twice[0])));
        }
        self.reduce(&Reduction { by, dims: wrapped, keepdim })
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
            1 if known > 0 && numel % known == 0 => numel / known,
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
        let mut sorted = order.clone();
        sorted.sort_unstable();
        if !sorted.into_iter().eq(0..self.ndim()) {
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
        self.view(View::Permute(order))
    }

    /// A matrix transposed; a vector or a number as it is.
    ///
    /// # Errors
    /// [`Error::Shape`] beyond two dimensions.
    pub fn t(&self) -> Result<Tensor> {
        match self.ndim() {
            0 | 1 => Ok(self.clone()),
            2 => self.transpose(0, 1),
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

    pub(crate) fn index(&self, op: Index, index: &Tensor) -> Result<Tensor> {
        self.engine().apply(Op::Index(op), &[self, index])
    }

    /// `ans[a, j, b] = self[a, index[a, j, b], b]` along `dim`.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::Dim`]; on the CPU [`Error::Index`].
    pub fn gather(&self, dim: i64, index: &Tensor) -> Result<Tensor> {
        self.index(Index::Gather { dim: wrap_dim(dim, self.ndim())? }, index)
    }

    /// A new tensor of size `size` along `dim`, in which element `k` is the sum of those whose index is `k`.
    ///
    /// # Errors
    /// [`Error::Shape`], [`Error::Dim`]; on the CPU [`Error::Index`].
    pub fn scatter_sum(&self, dim: i64, index: &Tensor, size: usize) -> Result<Tensor> {
        self.index(Index::ScatterAdd { dim: wrap_dim(dim, self.ndim())?, size }, index)
    }

    /// The rows that `index` names.
    ///
    /// # Errors
    /// [`Error::Shape`]; on the CPU [`Error::Index`].
    pub fn index_select(&self, index: &Tensor) -> Result<Tensor> {
        self.index(Index::Select, index)
    }

    /// The rows of uint8 data that `index` names, as float32 times `scale`: what `ToTensor` makes of images.
    ///
    /// # Errors
    /// [`Error::DType`], [`Error::Shape`]; on the CPU [`Error::Index`].
    pub fn batch(&self, index: &Tensor, scale: f32) -> Result<Tensor> {
        self.index(Index::Batch { scale }, index)
    }
}
