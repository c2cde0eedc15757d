//! Products of vectors, matrices and batches of matrices.

use super::Arg;
use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::layout::broadcast;
use crate::ops::Op;
use crate::tensor::Tensor;

fn wrong(text: impl Into<String>) -> Error {
    Error::Shape(text.into())
}

/// Two kernels of different types cannot meet.
fn same_type(x: &Tensor, y: &Tensor) -> Result<()> {
    if x.dtype() == y.dtype() {
        return Ok(());
    }
    let (expected, found) = (x.dtype().scalar_type(), y.dtype().scalar_type());
    Err(wrong(format!("expected scalar type {expected} but found {found}")))
}

/// The product of two matrices, or of two batches of as many.
pub(crate) fn product(x: &Tensor, y: &Tensor) -> Result<Tensor> {
    same_type(x, y)?;
    match x.dtype() {
        DType::Float32 | DType::Float64 => x.engine().apply(Op::MatMul, &[x, y]),
        DType::Bool => Err(wrong("\"addmm_impl_cpu_\" not implemented for 'Bool'")),
        // Kernels multiply real matrices. Of integers, every product is formed and then summed.
        DType::UInt8 | DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => {
            let (mut left, mut right) = (x.shape().to_vec(), y.shape().to_vec());
            left.push(1);
            right.insert(right.len() - 2, 1);
            x.reshape_to(&left)?.mul(&y.reshape_to(&right)?)?.sum(&[-2], false)?.to(x.dtype())
        }
    }
}

/// `t` as the row or column of one matrix.
fn column(t: &Tensor) -> Result<Tensor> {
    t.reshape_to(&[t.numel(), 1])
}

impl Tensor {
    /// The matrix product, with the shapes of `torch.matmul`: 1-D operands are vectors, dimensions in front of
    /// the last two are batches and are broadcast.
    ///
    /// # Errors
    /// [`Error::MatMul`], [`Error::Broadcast`], [`Error::Shape`] for other shapes and for two dtypes.
    pub fn matmul(&self, other: &Tensor) -> Result<Tensor> {
        let engine = self.engine();
        match (self.ndim(), other.ndim()) {
            (0, _) | (_, 0) => {
                let (x, y) = (self.ndim(), other.ndim());
                let text = "both arguments to matmul need to be at least 1D, but they are";
                Err(wrong(format!("{text} {x}D and {y}D")))
            }
            (1, 1) => self.dot(other),
            (2, 1) => self.mv(other),
            (2, 2) => self.mm(other),
            (1, 2) => engine.call("matmul", "SqueezeBackward3", || {
                let row = self.reshape_to(&[1, self.numel()])?.mm(other)?;
                row.reshape_to(&other.shape()[1..])
            }),
            (_, 1 | 2) => engine.call("matmul", "UnsafeViewBackward0", || self.stacked(other)),
            (2, _) => engine.call("matmul", "CloneBackward0", || self.batched(other)),
            _ => engine.call("matmul", "UnsafeViewBackward0", || self.batched(other)),
        }
    }

    /// A stack of matrices times one matrix or vector: one product of all rows.
    fn stacked(&self, other: &Tensor) -> Result<Tensor> {
        let (front, last) = self.shape().split_at(self.ndim() - 1);
        let rows = self.reshape_to(&[front.iter().product(), last[0]])?;
        let out = if other.ndim() == 1 { rows.mv(other)? } else { rows.mm(other)? };
        out.reshape_to(&[front, &other.shape()[1..]].concat())
    }

    /// Batches of matrices, broadcast together; `self` may be a vector or one matrix.
    fn batched(&self, other: &Tensor) -> Result<Tensor> {
        let x = if self.ndim() == 1 { self.reshape_to(&[1, self.numel()])? } else { self.clone() };
        let split = |t: &Tensor| {
            let (batch, matrix) = t.shape().split_at(t.ndim() - 2);
            (batch.to_vec(), [matrix[0], matrix[1]])
        };
        let ((bx, [m, kx]), (by, [ky, n])) = (split(&x), split(other));
        let batch = broadcast(&bx, &by)?;
        let count: usize = batch.iter().product();
        if kx != ky && bx.is_empty() {
            return Err(Error::MatMul(count * n, ky, kx, m));
        }
        let flat = |t: &Tensor, matrix: [usize; 2]| {
            t.expand(&[batch.as_slice(), &matrix].concat())?.reshape_to(&[count, matrix[0], matrix[1]])
        };
        let out = flat(&x, [m, kx])?.bmm(&flat(other, [ky, n])?)?;
        let rows: &[usize] = if self.ndim() == 1 { &[] } else { &[m] };
        out.reshape_to(&[batch.as_slice(), rows, &[n]].concat())
    }

    /// The product of two matrices, `[M, K]` and `[K, N]`.
    ///
    /// # Errors
    /// [`Error::MatMul`], [`Error::Shape`] for other shapes and for two dtypes.
    pub fn mm(&self, other: &Tensor) -> Result<Tensor> {
        if self.ndim() != 2 {
            return Err(wrong("self must be a matrix"));
        }
        if other.ndim() != 2 {
            return Err(wrong("mat2 must be a matrix"));
        }
        let ([m, k], [k2, n]) = ([self.shape()[0], self.shape()[1]], [other.shape()[0], other.shape()[1]]);
        if k != k2 {
            return Err(Error::MatMul(m, k, k2, n));
        }
        product(self, other)
    }

    /// The products of two batches of matrices, `[B, M, K]` and `[B, K, N]`.
    ///
    /// # Errors
    /// [`Error::Shape`] for other shapes and for two dtypes.
    pub fn bmm(&self, other: &Tensor) -> Result<Tensor> {
        for (t, name) in [(self, "batch1"), (other, "batch2")] {
            if t.ndim() != 3 {
                return Err(wrong(format!("{name} must be a 3D tensor")));
            }
        }
        let (expected, found) = ([self.shape()[0], self.shape()[2]], &other.shape()[..2]);
        if expected != found {
            return Err(wrong(format!(
                "Expected size for first two dimensions of batch2 tensor to be: {expected:?} but got: {found:?}."
            )));
        }
        self.engine().call("bmm", "BmmBackward0", || product(self, other))
    }

    /// A matrix times a vector, `[M, K]` and `[K]`.
    ///
    /// # Errors
    /// [`Error::Shape`] for other shapes and for two dtypes.
    pub fn mv(&self, vector: &Tensor) -> Result<Tensor> {
        if self.ndim() != 2 || vector.ndim() != 1 {
            let (x, y) = (self.ndim(), vector.ndim());
            return Err(wrong(format!("vector + matrix @ vector expected, got 1, {x}, {y}")));
        }
        let (m, k, n) = (self.shape()[0], self.shape()[1], vector.numel());
        if k != n {
            return Err(wrong(format!("size mismatch, got {m}, {m}x{k},{n}")));
        }
        self.engine().call("mv", "MvBackward0", || product(self, &column(vector)?)?.reshape_to(&[m]))
    }

    /// The sum of the products of two vectors.
    ///
    /// # Errors
    /// [`Error::Shape`] for other shapes and for two dtypes.
    pub fn dot(&self, other: &Tensor) -> Result<Tensor> {
        let (x, y) = (self.ndim(), other.ndim());
        if (x, y) != (1, 1) {
            return Err(wrong(format!("1D tensors expected, but got {x}D and {y}D tensors")));
        }
        if self.dtype() != other.dtype() {
            let (x, y) = (self.dtype().scalar_type(), other.dtype().scalar_type());
            return Err(wrong(format!(
                "dot : expected both vectors to have same dtype, but found {x} and {y}"
            )));
        }
        if self.dtype() == DType::Bool {
            return Err(wrong("\"dot\" not implemented for 'Bool'"));
        }
        let (n, m) = (self.numel(), other.numel());
        if n != m {
            return Err(wrong(format!(
                "inconsistent tensor size, expected tensor [{n}] and src [{m}] to have the same number of elements, but \
                 got {n} and {m} elements respectively"
            )));
        }
        let sum = || self.mul(other)?.sum(&[], false)?.to(self.dtype());
        self.engine().call("dot", "DotBackward0", sum)
    }

    /// Every product of an element of this vector with one of the other: `[M]` and `[N]` give `[M, N]`.
    ///
    /// # Errors
    /// [`Error::Shape`] for other shapes.
    pub fn outer(&self, other: &Tensor) -> Result<Tensor> {
        for (t, name) in [(self, "self"), (other, "vec2")] {
            if t.ndim() != 1 {
                return Err(wrong(format!("outer: Expected 1-D argument {name}, but got {}-D", t.ndim())));
            }
        }
        self.engine().call("outer", "MulBackward0", || column(self)?.mul(other))
    }

    /// `beta · self + alpha · (mat1 · mat2)`: self is broadcast to the product. If `beta` is 0, self is not looked at.
    ///
    /// # Errors
    /// [`Error::MatMul`], [`Error::Shape`] for other shapes and for two dtypes.
    pub fn addmm(&self, mat1: &Tensor, mat2: &Tensor, beta: f64, alpha: f64) -> Result<Tensor> {
        for (t, name) in [(mat1, "mat1"), (mat2, "mat2")] {
            if t.ndim() != 2 {
                return Err(wrong(format!("{name} must be a matrix, got {}-D tensor", t.ndim())));
            }
        }
        for (t, name) in [(self, "self"), (mat1, "mat1")] {
            if t.dtype() != mat2.dtype() {
                return Err(wrong(format!("{name} and mat2 must have the same dtype")));
            }
        }
        if mat1.shape()[1] != mat2.shape()[0] {
            let (a, b) = (mat1.shape(), mat2.shape());
            return Err(Error::MatMul(a[0], a[1], b[0], b[1]));
        }
        self.layout().expand(&[mat1.shape()[0], mat2.shape()[1]])?;
        self.engine().call("addmm", "AddmmBackward0", || self.add_product(product(mat1, mat2)?, beta, alpha))
    }

    /// As [`addmm`](Self::addmm), for batches of matrices.
    ///
    /// # Errors
    /// As for [`bmm`](Self::bmm) and [`addmm`](Self::addmm).
    pub fn baddbmm(&self, batch1: &Tensor, batch2: &Tensor, beta: f64, alpha: f64) -> Result<Tensor> {
        same_type(self, batch1)?;
        self.engine()
            .call("baddbmm", "BaddbmmBackward0", || self.add_product(batch1.bmm(batch2)?, beta, alpha))
    }

    fn add_product(&self, product: Tensor, beta: f64, alpha: f64) -> Result<Tensor> {
        self.layout().expand(product.shape())?;
        let times = |t: Tensor, factor: f64| {
            let factor = Arg::Scalar(Scalar::Float(factor).cast(t.dtype()));
            if matches!(factor, Arg::Scalar(Scalar::Float(1.0) | Scalar::Int(1))) {
                Ok(t)
            } else {
                t.mul(factor)
            }
        };
        let product = times(product, alpha)?;
        if beta == 0.0 { Ok(product) } else { times(self.clone(), beta)?.add(&product) }
    }
}
