//! Tensors one after another.

use super::{Gradients, Saves, View, Vjp};
use crate::backend::Kernel;
use crate::dtype::DType;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::tensor::Tensor;

/// `torch.cat`: any number of inputs, which differ in the size of one dimension only. They are converted to the type
/// that they promote to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cat {
    /// The dimension in which they follow one another.
    pub dim: usize,
}

impl Cat {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        "cat"
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        "[x, y, …]"
    }

    pub(super) fn saves(&self) -> Saves {
        Saves::NOTHING
    }

    /// The caller has checked the shapes.
    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        let Some(first) = inputs.first() else {
            return Err(Error::Shape("torch.cat(): expected a non-empty list of Tensors".to_owned()));
        };
        let dtype = inputs.iter().fold(first.dtype(), |dtype, t| dtype.promote(t.dtype()));
        let total = inputs.iter().try_fold(0usize, |n, t| n.checked_add(t.shape()[self.dim]));
        let mut shape = first.shape().to_vec();
        shape[self.dim] = total.unwrap_or(usize::MAX);
        // Bytes can only be written without gaps: they are joined in the outermost dimension of the storage.
        let mut order: Vec<usize> = (0..shape.len()).collect();
        if dtype == DType::UInt8 {
            order[..=self.dim].rotate_right(1);
        }
        let stored: Vec<usize> = order.iter().map(|&d| shape[d]).collect();
        let mut back = vec![0; order.len()];
        order.iter().enumerate().for_each(|(i, &d)| back[d] = i);
        let out = engine.full(&stored, 0i64, dtype)?;
        let out = out.view_as(Layout::contiguous(&stored).permute(&back));
        let mut start = 0;
        for t in inputs {
            let len = t.shape()[self.dim];
            if t.numel() > 0 {
                let place = out.view_as(out.layout().slice(self.dim, start, len, 1));
                // A device does not cut what it copies.
                let t = if dtype.is_cut() { t.to(dtype)? } else { (*t).clone() };
                engine.run_into(Kernel::Copy, &[(&t, t.layout())], &place)?;
            }
            start += len;
        }
        Ok(out)
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let mut start = 0;
        (0..v.len())
            .map(|i| {
                let len = v.shape(i)[self.dim];
                let here = start;
                start += len;
                v.wanted(i, || v.g.view(View::Slice { dim: self.dim, start: here, len, step: 1 }))
            })
            .collect()
    }
}
