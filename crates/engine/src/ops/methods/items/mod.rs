//! `x[…]` and `x[…] = v`: what stands in the brackets, and the part of it that makes views.

mod advanced;
mod assign;

use crate::dtype::DType;
use crate::error::{Error, Result, shape_error};
use crate::layout::wrap_dim;
use crate::ops::View;
use crate::ops::index::locate;
use crate::tensor::Tensor;
use advanced::Advanced;

/// One of the things between the brackets of `x[…]`.
#[derive(Clone, Debug)]
pub enum Item {
    /// `3`: one slice of a dimension, which goes. A negative number counts from the end.
    Int(i64),
    /// `start:end:step`, with Python's rules for bounds; the step is positive.
    Slice {
        /// The first index; 0 if it is left out.
        start: Option<i64>,
        /// The index after the last; the size if it is left out.
        end: Option<i64>,
        /// The distance.
        step: i64,
    },
    /// `...`: all dimensions that the other items do not name.
    Ellipsis,
    /// `None`: a new dimension of size 1.
    NewAxis,
    /// `True` or `False`: a new dimension of size 1, or of size 0.
    Bool(bool),
    /// A mask (bool or uint8), which stands for as many dimensions as it has, or indices (int64) into one dimension.
    Tensor(Tensor),
}

impl Item {
    /// `:`
    pub const ALL: Self = Self::Slice { start: None, end: None, step: 1 };

    /// How many dimensions of the tensor it is about.
    fn dims(&self) -> usize {
        match self {
            Self::Int(_) | Self::Slice { .. } => 1,
            Self::Ellipsis | Self::NewAxis | Self::Bool(_) => 0,
            Self::Tensor(t) if is_mask(t) => t.ndim(),
            Self::Tensor(_) => 1,
        }
    }
}

fn is_mask(t: &Tensor) -> bool {
    matches!(t.dtype(), DType::Bool | DType::UInt8)
}

/// The error of a function that may not read, where what it should do depends on values.
fn unread<T>() -> Result<T> {
    shape_error("what a mask selects depends on its values, which have to be read first")
}

/// What is left of `x[…]` when the views have been made.
struct Picked {
    part: Tensor,
    /// Masks and indices, with the (first) dimension of the part that each is about. In ascending order.
    tensors: Vec<(usize, Tensor)>,
}

impl Picked {
    fn has_masks(&self) -> bool {
        self.tensors.iter().any(|(_, t)| is_mask(t))
    }
}

/// The error of more items than dimensions.
fn too_many(items: &[Item], ndim: usize) -> Error {
    Error::BadIndex(match items {
        [Item::Int(_)] => {
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to \
                           convert a 0-dim tensor to a number"
                .to_owned()
        }
        [Item::Slice { .. }] => "slice() cannot be applied to a 0-dim tensor.".to_owned(),
        _ => format!("too many indices for tensor of dimension {ndim}"),
    })
}

/// A part of a tensor while items are gone through, one after the other.
struct Picking {
    x: Tensor,
    /// The dimension of `x` that the next item is about.
    dim: usize,
    tensors: Vec<(usize, Tensor)>,
    /// Whether anything was asked for but all of it.
    seen: bool,
}

impl Picking {
    fn slice(
        &mut self,
        (start, end, step): (Option<i64>, Option<i64>, i64),
        place: usize,
        items: usize,
    ) -> Result<()> {
        if step < 1 {
            return shape_error("step must be greater than zero");
        }
        let d = wrap_dim(self.dim as i64, self.x.ndim())?;
        let whole = start.unwrap_or(0) == 0 && end == Some(self.x.shape()[d] as i64) && step == 1;
        if whole && items > 1 {
            self.seen &= self.tensors.is_empty() && place + 1 < items;
        } else {
            self.x = self.x.slice(self.dim as i64, start.unwrap_or(0), end.unwrap_or(i64::MAX), step)?;
        }
        self.dim += 1;
        Ok(())
    }

    fn new_axis(&mut self) -> Result<()> {
        self.x = self.x.unsqueeze(self.dim as i64)?;
        self.dim += 1;
        Ok(())
    }

    /// `exact`: a tensor of one index is refused, for that it would have to be read.
    fn tensor(&mut self, t: &Tensor, place: usize, exact: bool) -> Result<()> {
        if is_mask(t) {
            self.tensors.push((self.dim, t.clone()));
            self.dim += t.ndim();
            return Ok(());
        }
        // A single number may be of any integer type.
        let number = t.ndim() == 0 && t.dtype().is_integer();
        if t.dtype() != DType::Int64 && !number {
            let text = "tensors used as indices must be long, byte or bool tensors";
            return Err(Error::BadIndex(text.to_owned()));
        }
        if t.ndim() > 0 {
            wrap_dim(self.dim as i64, self.x.ndim())?;
            self.tensors.push((self.dim, t.clone()));
            self.dim += 1;
        } else if exact {
            return unread();
        } else {
            self.x = self.x.pick_place(&t.to(DType::Int64)?, self.dim, place)?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Picked> {
        for (dim, t) in self.tensors.iter().filter(|(_, t)| is_mask(t)) {
            check_mask(&self.x, *dim, t)?;
        }
        let part = if self.seen {
            self.x
        } else {
            let shape = self.x.shape().to_vec();
            let engine = self.x.engine();
            engine.call("alias", "AliasBackward0", || self.x.view(View::Expand(shape)))?
        };
        Ok(Picked { part, tensors: self.tensors })
    }
}

impl Tensor {
    /// `self[…]`, where no mask is among the items: a view for numbers, slices, `...` and `None`; a copy with
    /// indices. Their shapes are broadcast together and stand in the result where the indexed dimensions were, or
    /// in front if others lie between them.
    ///
    /// # Errors
    /// [`Error::BadIndex`], [`Error::Index`] (for values of index tensors only on the CPU; a GPU gives NaN),
    /// [`Error::Shape`] for a step below 1, and for masks, whose values have to be read:
    /// [`get_masked`](Self::get_masked).
    pub fn get(&self, items: &[Item]) -> Result<Tensor> {
        let picked = self.pick(items, false)?;
        if picked.tensors.is_empty() {
            return Ok(picked.part);
        }
        if picked.has_masks() {
            return unread();
        }
        self.engine().call("index", "IndexBackward0", || {
            Advanced::new(&picked.part, &picked.tensors)?.gather(&picked.part)
        })
    }

    /// Checks the items of an index without looking at the values of masks or indices.
    pub(super) fn check_items(&self, items: &[Item]) -> Result<()> {
        self.engine().no_grad(|| self.pick(items, false)).map(drop)
    }

    /// Makes the views. With `exact`, a 0-d index, which would give a copy, is refused.
    fn pick(&self, items: &[Item], exact: bool) -> Result<Picked> {
        let named = items.iter().map(Item::dims).sum::<usize>();
        if named > self.ndim() {
            return Err(too_many(items, self.ndim()));
        }
        let mut picking = Picking { x: self.clone(), dim: 0, tensors: Vec::new(), seen: false };
        for (place, item) in items.iter().enumerate() {
            picking.seen |= !matches!(item, Item::Ellipsis);
            match item {
                Item::Int(i) => picking.x = picking.x.pick_one(*i, picking.dim, place)?,
                Item::Slice { start, end, step } => {
                    picking.slice((*start, *end, *step), place, items.len())?;
                }
                Item::Ellipsis => picking.dim += self.ndim() - named,
                Item::NewAxis => picking.new_axis()?,
                Item::Bool(keep) => {
                    let index = self.engine().full(&[usize::from(*keep)], 0i64, DType::Int64)?;
                    picking.tensors.push((picking.dim, index));
                    picking.new_axis()?;
                }
                Item::Tensor(t) => picking.tensor(t, place, exact)?,
            }
        }
        picking.finish()
    }

    fn pick_one(&self, index: i64, dim: usize, place: usize) -> Result<Tensor> {
        let size = self.shape()[wrap_dim(dim as i64, self.ndim())?];
        if !(-(size as i64)..size as i64).contains(&index) {
            return Err(Error::Index { index, dim: place, size });
        }
        self.select_at(dim, index.rem_euclid(size as i64) as usize)
    }

    /// The slice that a 0-d index names, without reading it.
    fn pick_place(&self, index: &Tensor, dim: usize, place: usize) -> Result<Tensor> {
        let mut shape = self.shape().to_vec();
        let size = shape.remove(wrap_dim(dim as i64, self.ndim())?);
        let start = self.engine().full(&[1], 0i64, DType::Int64)?;
        let row = locate(&start, &index.reshape_to(&[1])?, place, size)?;
        self.engine().call("select", "SelectBackward0", || self.rows(dim, &row)?.reshape_to(&shape))
    }
}

fn check_mask(x: &Tensor, dim: usize, mask: &Tensor) -> Result<()> {
    let differs = |i: usize| x.shape().get(dim + i) != Some(&mask.shape()[i]);
    match (0..mask.ndim()).find(|&i| differs(i)) {
        None => Ok(()),
        Some(i) => Err(Error::BadIndex(format!(
            "The shape of the mask {:?} at index {i} does not match the shape of the indexed tensor {:?} at index {}",
            mask.shape(),
            x.shape(),
            dim + i
        ))),
    }
}
