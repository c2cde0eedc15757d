//! The extremes and the middle of all elements, and the middle along a dimension.

use crate::dtype::DType;
use crate::error::{Error, Result, shape_error};
use crate::layout::wrap_dim;
use crate::ops::{Binary, Op, Reducer};
use crate::tensor::Tensor;

impl Tensor {
    fn extreme_of_all(&self, by: Reducer, [name, grad_fn]: [&'static str; 2]) -> Result<Tensor> {
        if self.numel() == 0 {
            return shape_error(format!(
                "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim \
                 with the 'dim' argument."
            ));
        }
        self.engine().call(name, grad_fn, || {
            let x = self.detach();
            self.shared(&if by == Reducer::Min { x.amin(&[], false)? } else { x.amax(&[], false)? })
        })
    }

    /// `value`, which is an element of this tensor (0-d), with all elements that equal it as its past: the gradient is
    /// divided among them. NaN equals NaN here.
    fn shared(&self, value: &Tensor) -> Result<Tensor> {
        let engine = self.engine();
        if !(engine.is_recording() && self.requires_grad()) {
            return Ok(value.clone());
        }
        let x = self.detach();
        let equal = x.eq(value)?.logical_or(&x.ne(&x)?.logical_and(&value.ne(value)?)?)?;
        let sum = equal.where_(self, 0.0)?.sum(&[], false)?;
        let count = equal.to(self.dtype())?.sum(&[], false)?;
        // The quotient is the value but for rounding: the value itself takes its place.
        let out = value.detach();
        engine.record(Op::Binary(Binary::Div), &[&sum, &count], &[&out])?;
        Ok(out)
    }

    /// The largest of all elements; NaN if there is one. Its gradient is shared by equal ones. 0-d.
    ///
    /// # Errors
    /// [`Error::Shape`] if there are none.
    pub fn max_all(&self) -> Result<Tensor> {
        self.extreme_of_all(Reducer::Max, ["max", "MaxBackward1"])
    }

    /// The smallest of all elements; NaN if there is one. Its gradient is shared by equal ones. 0-d.
    ///
    /// # Errors
    /// [`Error::Shape`] if there are none.
    pub fn min_all(&self) -> Result<Tensor> {
        self.extreme_of_all(Reducer::Min, ["min", "MinBackward1"])
    }

    /// Of the places that sort dimension `dim`, that of the middle (the lower of two), or of a NaN, which is all that
    /// counts then. The dimension stays, with size 1.
    fn place_of_the_middle(&self, dim: i64) -> Result<Tensor> {
        let order = self.argsort(dim, false)?;
        let size = self.shape().get(wrap_dim(dim, self.ndim())?).copied().unwrap_or(1) as i64;
        let middle = order.narrow(dim, (size - 1) / 2, 1)?;
        if !self.dtype().is_floating_point() {
            return Ok(middle);
        }
        let nan = self.ne(self)?;
        let first = nan.to(DType::Int64)?.argmax(dim, true)?;
        nan.any(&[dim], true)?.where_(&first, &middle)
    }

    /// The middle one of all elements, the lower of two; NaN if there is one. Its gradient is shared by equal ones. 0-d.
    ///
    /// # Errors
    /// [`Error::Shape`] for truth values.
    pub fn median(&self) -> Result<Tensor> {
        self.check_median("median_cpu")?;
        self.engine().call("median", "MedianBackward0", || {
            if self.numel() == 0 {
                return self.sum(&[], false)?.mul(f64::NAN)?.to(self.dtype());
            }
            let flat = self.detach().reshape_to(&[self.numel()])?;
            self.shared(&flat.gather(0, &flat.place_of_the_middle(0)?)?.reshape_to(&[])?)
        })
    }

    /// The middle element along `dim`, the lower of two, and where it is (int64). The first NaN, if there is one.
    ///
    /// # Errors
    /// [`Error::Dim`], [`Error::BadIndex`] if the dimension is empty, [`Error::Shape`] for truth values.
    pub fn median_dim(&self, dim: i64, keepdim: bool) -> Result<(Tensor, Tensor)> {
        let d = wrap_dim(dim, self.ndim())?;
        self.check_median("median_out")?;
        if self.shape().get(d) == Some(&0) {
            let text = format!("median(): Expected reduction dim {d} to have non-zero size.");
            return Err(Error::BadIndex(text));
        }
        if self.ndim() == 0 {
            let place = self.engine().full(&[], 0i64, DType::Int64)?;
            return Ok((self.engine().call("median", "MedianBackward1", || self.copy())?, place));
        }
        let place = self.detach().place_of_the_middle(dim)?;
        self.engine().call("median", "MedianBackward1", || {
            let value = self.gather(dim, &place)?;
            if keepdim {
                return Ok((value, place.clone()));
            }
            Ok((value.squeeze_dim(dim)?, place.squeeze_dim(dim)?))
        })
    }

    fn check_median(&self, kernel: &str) -> Result<()> {
        if self.dtype() == DType::Bool {
            return shape_error(format!("\"{kernel}\" not implemented for 'Bool'"));
        }
        Ok(())
    }
}
