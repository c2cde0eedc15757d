//! Sliding windows and margins.

use crate::dtype::Scalar;
use crate::error::{Result, shape_error};
use crate::layout::wrap_dim;
use crate::ops::Windows;
use crate::tensor::Tensor;

/// What a margin is filled with: the modes of `torch.nn.functional.pad`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Padding {
    /// One value everywhere.
    Constant(Scalar),
    /// The elements behind the edge, mirrored at it.
    Reflect,
    /// The element at the edge.
    Replicate,
    /// The elements at the other end.
    Circular,
}

impl Padding {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Constant(_) => ("constant_pad_nd", "ConstantPadNdBackward0"),
            Self::Reflect => ("reflection_pad", "ReflectionPad1DBackward0"),
            Self::Replicate => ("replication_pad", "ReplicationPad1DBackward0"),
            Self::Circular => ("circular_pad", "CopySlices"),
        }
    }
}

impl Tensor {
    /// The windows of `size` neighbours along `dim`, every `step`: the dimension counts them, and a last dimension
    /// is added for their elements. A view.
    ///
    /// # Errors
    /// [`Error::Dim`], and [`Error::Shape`] for a size larger than the dimension or a step below 1.
    pub fn unfold(&self, dim: i64, size: usize, step: usize) -> Result<Tensor> {
        let dim = wrap_dim(dim, self.ndim())?;
        let len = self.shape().get(dim).copied().unwrap_or(1);
        if size > len {
            return shape_error(format!(
                "maximum size for tensor at dimension {dim} is {len} but size is {size}"
            ));
        }
        if step == 0 {
            return shape_error("step is 0 but must be > 0");
        }
        if self.ndim() == 0 {
            return self.engine().call("unfold", "UnfoldBackward0", || {
                if size == 1 { self.reshape_to(&[1]) } else { self.reshape_to(&[1])?.slice(0, 0, 0, 1) }
            });
        }
        self.unfolded(dim, size, step, 1)
    }

    pub(crate) fn unfolded(&self, dim: usize, size: usize, step: usize, dilation: usize) -> Result<Tensor> {
        self.windows(Windows::Unfold { dim, size, step, dilation })
    }

    /// With a margin: `pad` holds how much before and after the last dimension, then the one before it, and so on.
    /// Negative amounts take away. Modes other than a constant take margins of one dimension for `[C, L]` and
    /// `[N, C, L]`, of two for `[C, H, W]` and `[N, C, H, W]`.
    ///
    /// # Errors
    /// [`Error::Shape`] for an odd number of amounts, too many of them, or margins that the mode cannot fill.
    pub fn pad(&self, pad: &[i64], mode: Padding) -> Result<Tensor> {
        if !pad.len().is_multiple_of(2) {
            return shape_error("Padding length must be divisible by 2");
        }
        if pad.len() / 2 > self.ndim() {
            return shape_error("Padding length too large");
        }
        if !matches!(mode, Padding::Constant(_)) {
            return self.pad_from_itself(pad, mode);
        }
        let (name, grad_fn) = mode.names();
        self.engine().call(name, grad_fn, || self.pad_constant(pad, mode))
    }

    fn pad_constant(&self, pad: &[i64], mode: Padding) -> Result<Tensor> {
        let value = if let Padding::Constant(value) = mode { value } else { Scalar::Float(0.0) };
        let n = self.ndim();
        let mut x = self.clone();
        let (mut before, mut after) = (vec![0; n], vec![0; n]);
        for (i, ends) in pad.chunks_exact(2).enumerate() {
            let (dim, size) = (n - 1 - i, self.shape()[n - 1 - i] as i64);
            let (start, cut) = (ends[0].min(0).saturating_neg(), ends[1].min(0).saturating_neg());
            let left = size.saturating_sub(start).saturating_sub(cut);
            if left < 0 {
                return shape_error(format!(
                    "start ({start}) + length ({left}) exceeds dimension size ({size})."
                ));
            }
            if start > 0 || cut > 0 {
                x = x.slice(dim as i64, start, start + left, 1)?;
            }
            before[dim] = usize::try_from(ends[0].max(0)).unwrap_or(usize::MAX);
            after[dim] = usize::try_from(ends[1].max(0)).unwrap_or(usize::MAX);
        }
        x.windows(Windows::Pad { before, after, value })
    }

    fn pad_from_itself(&self, pad: &[i64], mode: Padding) -> Result<Tensor> {
        let dims = pad.len() / 2;
        if dims == 0 || dims > 2 || !(dims + 1..=dims + 2).contains(&self.ndim()) {
            return shape_error(
                "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now",
            );
        }
        let (name, mut grad_fn) = mode.names();
        if dims == 2 {
            grad_fn = match mode {
                Padding::Reflect => "ReflectionPad2DBackward0",
                Padding::Replicate => "ReplicationPad2DBackward0",
                Padding::Circular | Padding::Constant(_) => grad_fn,
            };
        }
        self.engine().call(name, grad_fn, || {
            let mut out = self.clone();
            for (i, ends) in pad.chunks_exact(2).enumerate() {
                out = out.pad_dim(self.ndim() - 1 - i, [ends[0], ends[1]], mode)?;
            }
            Ok(out)
        })
    }

    /// The places that fill one dimension and its margins are listed, and picked.
    fn pad_dim(&self, dim: usize, ends: [i64; 2], mode: Padding) -> Result<Tensor> {
        let size = self.shape()[dim] as i64;
        let most = match mode {
            Padding::Reflect => size - 1,
            Padding::Circular => size,
            Padding::Replicate | Padding::Constant(_) => crate::layout::MAX_ELEMENTS as i64,
        };
        if ends.iter().any(|&end| end > most || end < -size) || size == 0 {
            return shape_error(format!(
                "Argument #4: Padding size should be less than the corresponding input dimension, but got: padding \
                 ({}, {}) at dimension {dim} of input {:?}",
                ends[0],
                ends[1],
                self.shape()
            ));
        }
        let place = |i: i64| match mode {
            Padding::Reflect if i < 0 => -i,
            Padding::Reflect if i >= size => 2 * (size - 1) - i,
            Padding::Circular => i.rem_euclid(size),
            Padding::Reflect | Padding::Replicate | Padding::Constant(_) => i.clamp(0, size - 1),
        };
        let places: Vec<i64> = (-ends[0]..size + ends[1]).map(place).collect();
        let index = self.engine().tensor(places, &[(size + ends[0] + ends[1]).max(0) as usize])?;
        self.rows(dim, &index)
    }
}
