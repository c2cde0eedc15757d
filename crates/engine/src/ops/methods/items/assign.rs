//! `x[…] = v`.

use super::super::Arg;
use super::advanced::Advanced;
use super::{Item, is_mask, unread};
use crate::dtype::DType;
use crate::error::{Error, Result, shape_error};
use crate::tensor::Tensor;

impl Tensor {
    /// `self[…] = value`, in place; the value is broadcast. A single mask is taken without reading it where the number
    /// of its true elements does not matter: for a number, or a tensor that is broadcast over them.
    ///
    /// # Errors
    /// As for [`get`](Self::get) and [`copy_`](Self::copy_); [`Error::Shape`] for values that cannot be broadcast, and
    /// where values have to be read: [`set_masked`](Self::set_masked).
    pub fn set<'a>(&self, items: &[Item], value: impl Into<Arg<'a>>) -> Result<()> {
        let value = match value.into() {
            Arg::Tensor(t) => t.clone(),
            Arg::Scalar(value) => self.engine().full(&[], value, self.dtype())?,
        };
        let picked = self.pick(items, true)?;
        let part = &picked.part;
        match picked.tensors.as_slice() {
            [] => part.copy_(&without_leading_ones(&value, part.ndim())?),
            [(dim, mask)] if is_mask(mask) && mask.ndim() > 0 => {
                let new = part.masked(*dim, mask, &value)?;
                part.copy_(&new)
            }
            _ if picked.has_masks() => unread(),
            tensors => {
                let new = part.put(tensors, &value, false)?;
                part.copy_(&new)
            }
        }
    }

    fn put(&self, tensors: &[(usize, Tensor)], values: &Tensor, accumulate: bool) -> Result<Tensor> {
        self.engine().call("index_put", "IndexPutBackward0", || {
            let advanced = Advanced::new(self, tensors)?;
            let values = without_leading_ones(values, advanced.ndim())?;
            advanced.put(self, &values, accumulate)
        })
    }

    /// The tensor with `values` at these indices (int64) of the first dimensions, broadcast together: assigned (the
    /// last one of several for the same place) or added.
    ///
    /// # Errors
    /// [`Error::BadIndex`], [`Error::Shape`]; on the CPU [`Error::Index`].
    pub fn index_put<'a>(
        &self,
        indices: &[Tensor],
        values: impl Into<Arg<'a>>,
        accumulate: bool,
    ) -> Result<Tensor> {
        let values = match values.into() {
            Arg::Tensor(t) => t.clone(),
            Arg::Scalar(value) => self.engine().full(&[], value, self.dtype())?,
        };
        if indices.iter().any(|t| t.dtype() != DType::Int64) {
            if indices.iter().any(is_mask) {
                return unread();
            }
            let text = "tensors used as indices must be long, byte or bool tensors";
            return Err(Error::BadIndex(text.to_owned()));
        }
        if indices.len() > self.ndim() {
            return Err(Error::BadIndex(format!(
                "too many indices for tensor of dimension {} (got {})",
                self.ndim(),
                indices.len()
            )));
        }
        if indices.is_empty() {
            return shape_error("index_put needs at least one index");
        }
        let tensors: Vec<(usize, Tensor)> = indices.iter().cloned().enumerate().collect();
        self.put(&tensors, &values, accumulate)
    }

    /// The tensor with `value` where the mask is true, which stands for the dimensions from `dim` on. Reads nothing.
    fn masked(&self, dim: usize, mask: &Tensor, value: &Tensor) -> Result<Tensor> {
        let behind = self.ndim() - dim - mask.ndim();
        let value = if value.numel() == 1 {
            value.reshape_to(&[])?.to(self.dtype())?
        } else {
            if value.dtype() != self.dtype() {
                return unread();
            }
            // The mask has several dimensions, what it selects has one in their place.
            match value.ndim().checked_sub(behind + 1) {
                None => value.clone(),
                Some(at) if value.shape()[at] == 1 => {
                    let mut shape = value.shape().to_vec();
                    shape.splice(at..=at, std::iter::repeat_n(1, mask.ndim()));
                    value.reshape_to(&shape)?
                }
                Some(_) => return unread(),
            }
        };
        let value = without_leading_ones(&value, self.ndim())?;
        // What does not fit is told with the number of true elements.
        let Ok(value) = value.expand(self.shape()) else { return unread() };
        let shape = [mask.shape(), &vec![1; behind]].concat();
        mask.to(DType::Bool)?.reshape_to(&shape)?.where_(&value, self)
    }
}

/// Without dimensions of size 1 in front, as long as there are more than `ndim`.
fn without_leading_ones(value: &Tensor, ndim: usize) -> Result<Tensor> {
    let surplus = value.ndim().saturating_sub(ndim);
    let ones = value.shape().iter().take(surplus).take_while(|&&n| n == 1).count();
    value.reshape_to(&value.shape()[ones..])
}
