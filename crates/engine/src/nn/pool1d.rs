//! Pooling in one dimension: that of images of height 1.

use super::pool::{Divisor, Pooling, avg_pool2d, max_pool2d};
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// How the windows of a pooling in one dimension slide: the fields of [`Pooling`], of the width alone.
#[derive(Clone, Copy, Debug)]
pub struct Pooling1d {
    /// The size of a window.
    pub kernel: i64,
    /// From a window to the next.
    pub stride: i64,
    /// The margin at both ends.
    pub padding: i64,
    /// From an element of a window to the next; the mean has none.
    pub dilation: i64,
    /// Whether windows that reach beyond the end count.
    pub ceil_mode: bool,
}

impl Pooling1d {
    /// Windows of this size side by side, without a margin.
    pub fn new(kernel: i64) -> Self {
        Self { kernel, stride: kernel, padding: 0, dilation: 1, ceil_mode: false }
    }

    fn flat(&self) -> Pooling {
        Pooling {
            kernel: [1, self.kernel],
            stride: [1, self.stride],
            padding: [0, self.padding],
            dilation: [1, self.dilation],
            ceil_mode: self.ceil_mode,
        }
    }
}

/// Runs `pool` on `x` with a height of 1.
fn lines(x: &Tensor, name: &'static str, pool: impl Fn(&Tensor) -> Result<Tensor>) -> Result<Tensor> {
    x.engine().call(name, "SqueezeBackward1", || {
        let (front, length) = x.shape().split_at(x.ndim() - 1);
        let out = pool(&x.reshape_to(&[front, &[1], length].concat())?)?;
        let n = out.numel() / front.iter().product::<usize>().max(1);
        let n = if out.numel() == 0 { out.shape()[out.ndim() - 1] } else { n };
        out.reshape_to(&[front, &[n]].concat())
    })
}

/// The largest element of every window. x is `[N, C, L]` or `[C, L]`. As [`max_pool2d`].
///
/// # Errors
/// As for [`max_pool2d`].
pub fn max_pool1d(x: &Tensor, pooling: &Pooling1d) -> Result<Tensor> {
    if x.ndim() != 2 && x.ndim() != 3 {
        return Err(Error::Shape(format!(
            "max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:{:?}",
            x.shape()
        )));
    }
    lines(x, "max_pool1d", |images| max_pool2d(images, &pooling.flat()))
}

/// The mean of every window. x is `[N, C, L]` or `[C, L]`. As [`avg_pool2d`].
///
/// # Errors
/// As for [`avg_pool2d`].
pub fn avg_pool1d(x: &Tensor, pooling: &Pooling1d, divisor: Divisor) -> Result<Tensor> {
    if x.ndim() != 2 && x.ndim() != 3 {
        return Err(Error::Shape(format!(
            "Expected 2 to 3 dimensions, but got {}-dimensional tensor for argument #1 'self' (while checking arguments \
             for avg_pool1d)",
            x.ndim()
        )));
    }
    lines(x, "avg_pool1d", |images| avg_pool2d(images, &pooling.flat(), divisor))
}
