//! Running sums, sorting, and the extremes along a dimension with their places.

use crate::backend::{ArgReduce, Scan};
use crate::dtype::DType;
use crate::error::{Error, Result, shape_error};
use crate::layout::wrap_dim;
use crate::ops::{ArgReduction, Op, Order};
use crate::tensor::Tensor;

impl Tensor {
    /// Truth values and bytes as integers, which can be compared.
    fn comparable(&self) -> Result<Tensor> {
        let small = matches!(self.dtype(), DType::Bool | DType::UInt8);
        if small { self.to(DType::Int64) } else { Ok(self.clone()) }
    }

    fn scan(&self, by: Scan, dim: i64) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        let folds = matches!(by, Scan::Sum | Scan::Prod) && self.dtype().is_integer();
        let x = if folds { self.to(DType::Int64)? } else { self.comparable()? };
        if x.ndim() == 0 {
            let [name, grad_fn] = match by {
                Scan::Sum => ["cumsum", "CumsumBackward0"],
                Scan::Prod => ["cumprod", "CumprodBackward0"],
                Scan::Max => ["cummax", "CummaxBackward0"],
                Scan::Min => ["cummin", "CumminBackward0"],
            };
            return x.engine().call(name, grad_fn, || x.copy());
        }
        x.engine().apply(Op::Order(Order::Scan { by, dim }), &[&x])
    }

    /// The sums of the elements so far along `dim`. Truth values and integers give int64.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn cumsum(&self, dim: i64) -> Result<Tensor> {
        self.scan(Scan::Sum, dim)
    }

    /// The products of the elements so far along `dim`. Truth values and integers give int64.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn cumprod(&self, dim: i64) -> Result<Tensor> {
        self.scan(Scan::Prod, dim)
    }

    /// The largest element so far along `dim`, and where it is (int64): the last of equal ones. From a NaN on it is NaN.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn cummax(&self, dim: i64) -> Result<(Tensor, Tensor)> {
        self.extreme_so_far(Scan::Max, dim, ["cummax", "CummaxBackward0"])
    }

    /// The smallest element so far along `dim`, and where it is (int64): as [`cummax`](Self::cummax).
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn cummin(&self, dim: i64) -> Result<(Tensor, Tensor)> {
        self.extreme_so_far(Scan::Min, dim, ["cummin", "CumminBackward0"])
    }

    fn extreme_so_far(
        &self,
        by: Scan,
        dim: i64,
        [name, grad_fn]: [&'static str; 2],
    ) -> Result<(Tensor, Tensor)> {
        let d = wrap_dim(dim, self.ndim())?;
        if self.ndim() == 0 || self.numel() == 0 {
            let places = self.engine().full(self.shape(), 0i64, DType::Int64)?;
            return Ok((self.engine().call(name, grad_fn, || self.copy())?, places));
        }
        // An element that equals the extreme is it, until the next one that does.
        let x = self.detach().comparable()?;
        let mut line = vec![1; x.ndim()];
        line[d] = x.shape()[d];
        let own = x.engine().places(x.shape()[d])?.reshape_to(&line)?;
        let is_it = x.eq(&x.scan(by, dim)?)?.logical_or(&x.ne(&x)?)?;
        let places = is_it.where_(&own, 0i64)?.scan(Scan::Max, dim)?;
        Ok((self.engine().call(name, grad_fn, || self.gather(dim, &places))?, places))
    }

    /// The indices (int64) that sort dimension `dim`. The order is stable: equal elements stay in order, also with
    /// `descending`. NaN is the largest.
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn argsort(&self, dim: i64, descending: bool) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        if self.ndim() == 0 {
            return self.engine().full(&[], 0i64, DType::Int64);
        }
        self.engine().apply(Op::Order(Order::ArgSort { dim, descending }), &[&self.comparable()?])
    }

    /// The elements of dimension `dim` in order, and where they were (int64): as [`argsort`](Self::argsort).
    ///
    /// # Errors
    /// [`Error::Dim`].
    pub fn sort(&self, dim: i64, descending: bool) -> Result<(Tensor, Tensor)> {
        let places = self.argsort(dim, descending)?;
        let call = || self.gather(dim, &places);
        Ok((self.engine().call("sort", "SortBackward0", call)?, places))
    }

    /// The first `k` places of a sorted dimension, and what stands there.
    fn ranked(
        &self,
        (first, k): (i64, i64),
        dim: i64,
        descending: bool,
        [name, grad_fn]: [&'static str; 2],
    ) -> Result<(Tensor, Tensor)> {
        let order = self.argsort(dim, descending)?;
        let places = if self.ndim() == 0 { order } else { order.narrow(dim, first, k)? };
        Ok((self.engine().call(name, grad_fn, || self.gather(dim, &places))?, places))
    }

    /// The size of a dimension, 1 for a 0-d tensor.
    fn size_at(&self, dim: i64) -> Result<i64> {
        Ok(self.shape().get(wrap_dim(dim, self.ndim())?).map_or(1, |&n| n as i64))
    }

    /// The `k` largest elements of dimension `dim` (or the smallest), in order, and where they were (int64).
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] if there are fewer.
    pub fn topk(&self, k: i64, dim: i64, largest: bool) -> Result<(Tensor, Tensor)> {
        if !(0..=self.size_at(dim)?).contains(&k) {
            return shape_error("selected index k out of range");
        }
        self.ranked((0, k), dim, largest, ["topk", "TopkBackward0"])
    }

    /// The `k`-th smallest element of dimension `dim`, counted from 1, and where it is (int64).
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::Shape`] if there are fewer.
    pub fn kthvalue(&self, k: i64, dim: i64, keepdim: bool) -> Result<(Tensor, Tensor)> {
        if !(1..=self.size_at(dim)?).contains(&k) {
            let d = wrap_dim(dim, self.ndim())?;
            return shape_error(format!("kthvalue(): selected number k out of range for dimension {d}"));
        }
        self.engine().call("kthvalue", "KthvalueBackward0", || {
            let (value, place) = self.ranked((k - 1, 1), dim, false, ["kthvalue", "KthvalueBackward0"])?;
            if keepdim { Ok((value, place)) } else { Ok((value.squeeze_dim(dim)?, place.squeeze_dim(dim)?)) }
        })
    }

    fn extreme(&self, by: ArgReduce, dim: i64, keepdim: bool) -> Result<(Tensor, Tensor)> {
        let d = wrap_dim(dim, self.ndim())?;
        let (name, grad_fn) = match by {
            ArgReduce::Max => ("max", "MaxBackward0"),
            ArgReduce::Min => ("min", "MinBackward0"),
        };
        if self.shape().get(d) == Some(&0) {
            let text = format!("{name}(): Expected reduction dim {d} to have non-zero size.");
            return Err(Error::BadIndex(text));
        }
        let op = Op::ArgReduce(ArgReduction { by, dim: d, keepdim: true });
        let place = self.engine().apply(op, &[&self.comparable()?])?;
        self.engine().call(name, grad_fn, || {
            let value = self.gather(dim, &place)?;
            if keepdim {
                return Ok((value, place.clone()));
            }
            Ok((value.squeeze_dim(dim)?, place.squeeze_dim(dim)?))
        })
    }

    /// The largest element along `dim` and where it is (int64): the first of equal ones, which also gets the
    /// gradient. NaN is larger than everything.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::BadIndex`] if the dimension is empty.
    pub fn max_dim(&self, dim: i64, keepdim: bool) -> Result<(Tensor, Tensor)> {
        self.extreme(ArgReduce::Max, dim, keepdim)
    }

    /// The smallest element along `dim` and where it is (int64): the first of equal ones, which also gets the
    /// gradient. NaN is smaller than everything.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::BadIndex`] if the dimension is empty.
    pub fn min_dim(&self, dim: i64, keepdim: bool) -> Result<(Tensor, Tensor)> {
        self.extreme(ArgReduce::Min, dim, keepdim)
    }

    fn arg_reduce(&self, by: ArgReduce, dim: Option<i64>, keepdim: bool) -> Result<Tensor> {
        let name = match by {
            ArgReduce::Max => "argmax",
            ArgReduce::Min => "argmin",
        };
        let Some(dim) = dim else {
            if self.numel() == 0 {
                return Err(Error::BadIndex(format!(
                    "{name}(): Expected reduction dim to be specified for input.numel() == 0."
                )));
            }
            let place = self.reshape(&[-1])?.arg_reduce(by, Some(0), false)?;
            return if keepdim { place.reshape_to(&vec![1; self.ndim()]) } else { Ok(place) };
        };
        let dim = wrap_dim(dim, self.ndim())?;
        if self.shape().get(dim) == Some(&0) {
            let text = format!("{name}(): Expected reduction dim {dim} to have non-zero size.");
            return Err(Error::BadIndex(text));
        }
        self.engine().apply(Op::ArgReduce(ArgReduction { by, dim, keepdim }), &[&self.comparable()?])
    }

    /// The index of the largest element along `dim`, or in the flattened tensor (int64): the first of equal ones.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::BadIndex`] if there are no elements.
    pub fn argmax(&self, dim: impl Into<Option<i64>>, keepdim: bool) -> Result<Tensor> {
        self.arg_reduce(ArgReduce::Max, dim.into(), keepdim)
    }

    /// The index of the smallest element along `dim`, or in the flattened tensor (int64): the first of equal ones.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::BadIndex`] if there are no elements.
    pub fn argmin(&self, dim: impl Into<Option<i64>>, keepdim: bool) -> Result<Tensor> {
        self.arg_reduce(ArgReduce::Min, dim.into(), keepdim)
    }
}
