//! Tensors of indices, as places of rows: the indexed dimensions are brought to the front and flattened, so that one
//! index into them stands for several.

use crate::backend::Reduce;
use crate::dtype::DType;
use crate::error::{Error, Result, shape_error};
use crate::layout::{broadcast, checked_numel};
use crate::ops::View;
use crate::ops::index::locate;
use crate::tensor::Tensor;

/// Which rows of a tensor are meant, and where they stand in the result.
pub(super) struct Advanced {
    /// The dimensions of the tensor, the indexed ones first.
    order: Vec<usize>,
    /// The number of places in the indexed dimensions.
    places: usize,
    /// The sizes of the others.
    rest: Vec<usize>,
    /// The place of each row; `None` if the tensor is empty, and so is the result.
    index: Option<Tensor>,
    /// The shape that the indices have together.
    outer: Vec<usize>,
    /// Which dimension of the result is their first.
    at: usize,
}

impl Advanced {
    /// `tensors` are indices with the dimensions of `part` that they are about, in ascending order.
    pub(super) fn new(part: &Tensor, tensors: &[(usize, Tensor)]) -> Result<Self> {
        let outer = tensors.iter().try_fold(Vec::new(), |shape, (_, t)| broadcast(&shape, t.shape()));
        let outer = outer.map_err(|_| {
            let shapes: Vec<String> = tensors.iter().map(|(_, t)| format!("{:?}", t.shape())).collect();
            Error::BadIndex(format!(
                "shape mismatch: indexing tensors could not be broadcast together with shapes {}",
                shapes.join(", ")
            ))
        })?;
        let count = checked_numel(&outer)?;
        let dims: Vec<usize> = tensors.iter().map(|&(dim, _)| dim).collect();
        let others: Vec<usize> = (0..part.ndim()).filter(|d| !dims.contains(d)).collect();
        let sizes = |dims: &[usize]| -> Vec<usize> { dims.iter().map(|&d| part.shape()[d]).collect() };
        let adjacent = dims.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let mut found = Self {
            order: dims.iter().chain(&others).copied().collect(),
            places: checked_numel(&sizes(&dims))?,
            rest: sizes(&others),
            index: None,
            outer,
            at: if adjacent { dims.first().copied().unwrap_or(0) } else { 0 },
        };
        if part.numel() == 0 {
            if found.places == 0 && count > 0 {
                return Err(Error::BadIndex("index is out of bounds for dimension with size 0".to_owned()));
            }
            return Ok(found);
        }
        let mut place = part.engine().full(&found.outer, 0i64, DType::Int64)?;
        for (i, (dim, t)) in tensors.iter().enumerate() {
            place = locate(&place, &t.expand(&found.outer)?, i, part.shape()[*dim])?;
        }
        found.index = Some(place.reshape_to(&[count])?);
        Ok(found)
    }

    /// The number of dimensions of the result.
    pub(super) fn ndim(&self) -> usize {
        self.outer.len() + self.rest.len()
    }

    /// The shape of the result.
    fn shape(&self) -> Vec<usize> {
        let mut shape = self.rest.clone();
        shape.splice(self.at..self.at, self.outer.iter().copied());
        shape
    }

    /// The dimensions of the result, those of the indices first.
    fn outer_first(&self) -> Vec<usize> {
        let (at, n) = (self.at, self.outer.len());
        (at..at + n).chain(0..at).chain(at + n..n + self.rest.len()).collect()
    }

    /// What is selected.
    pub(super) fn gather(&self, part: &Tensor) -> Result<Tensor> {
        let Some(index) = &self.index else { return part.view(View::Reshape(self.shape())) };
        let rows = [&[self.places], self.rest.as_slice()].concat();
        let found = part.view(View::Permute(self.order.clone()))?.reshape_to(&rows)?.rows(0, index)?;
        let found = found.reshape_to(&[self.outer.as_slice(), &self.rest].concat())?;
        found.view(View::Permute(inverse(&self.outer_first())))
    }

    /// The tensor with `values` (broadcast) where it is indexed, assigned or added.
    pub(super) fn put(&self, part: &Tensor, values: &Tensor, accumulate: bool) -> Result<Tensor> {
        if values.dtype() != part.dtype() {
            return shape_error(format!(
                "Index put requires the source and destination dtypes match, got {} for the destination and {} for \
                 the source.",
                part.dtype().scalar_type(),
                values.dtype().scalar_type()
            ));
        }
        let shape = self.shape();
        let Ok(values) = values.expand(&shape) else {
            return shape_error(format!(
                "shape mismatch: value tensor of shape {:?} cannot be broadcast to indexing result of shape {shape:?}",
                values.shape()
            ));
        };
        let width = checked_numel(&self.rest)?;
        let Some(index) = self.index.as_ref().filter(|index| index.numel() > 0) else { return part.copy() };
        let permuted = part.view(View::Permute(self.order.clone()))?;
        let flat = [index.numel(), width];
        let values = values.view(View::Permute(self.outer_first()))?.reshape_to(&flat)?;
        let spread = index.reshape_to(&[index.numel(), 1])?.expand(&flat)?;
        let base = permuted.reshape_to(&[self.places, width])?;
        let out = base
            .scatter_at(0, &values, &spread, accumulate.then_some(Reduce::Sum))?
            .reshape_to(permuted.shape())?;
        out.view(View::Permute(inverse(&self.order)))
    }
}

/// The permutation that undoes `order`.
fn inverse(order: &[usize]) -> Vec<usize> {
    let mut back = vec![0; order.len()];
    order.iter().enumerate().for_each(|(i, &d)| back[d] = i);
    back
}
