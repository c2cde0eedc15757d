//! Pooling: the largest or the mean element of every window.

use crate::error::{Result, shape_error};
use crate::layout::{MAX_ELEMENTS, checked_numel};
use crate::ops::{Op, Padding, Pool, PoolStep};
use crate::slide::Slide;
use crate::tensor::Tensor;

/// How the windows of a pooling slide: height, then width.
#[derive(Clone, Copy, Debug)]
pub struct Pooling {
    /// The size of a window.
    pub kernel: [i64; 2],
    /// From a window to the next. PyTorch's default is the size of a window.
    pub stride: [i64; 2],
    /// The margin at both ends.
    pub padding: [i64; 2],
    /// From an element of a window to the next; the mean has none.
    pub dilation: [i64; 2],
    /// Whether windows that reach beyond the end count, if they begin before it.
    pub ceil_mode: bool,
}

impl Pooling {
    /// Windows of this size side by side, without a margin.
    pub fn new(kernel: [i64; 2]) -> Self {
        Self { kernel, stride: kernel, padding: [0; 2], dilation: [1; 2], ceil_mode: false }
    }
}

/// What the mean over a window is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divisor {
    /// The number of its elements, those in the margin among them.
    All,
    /// The number of its elements inside the input.
    Inside,
    /// This number.
    Fixed(i64),
}

/// Options that fit an input.
struct Plan {
    input: [usize; 4],
    kernel: [usize; 2],
    stride: [usize; 2],
    padding: [usize; 2],
    dilation: [usize; 2],
    out: [usize; 2],
}

/// The number of windows: PyTorch's rule, in which the last one must begin inside the input or the margin before it.
fn count(size: i64, kernel: i64, stride: i64, padding: i64, dilation: i64, ceil: bool) -> i64 {
    let room =
        i128::from(size) + 2 * i128::from(padding) - i128::from(dilation) * (i128::from(kernel) - 1) - 1
            + i128::from(if ceil { stride - 1 } else { 0 });
    let mut n = room.div_euclid(i128::from(stride)) + 1;
    if ceil && (n - 1) * i128::from(stride) >= i128::from(size) + i128::from(padding) {
        n -= 1;
    }
    i64::try_from(n).unwrap_or(i64::MIN)
}

impl Plan {
    /// Checks in PyTorch's order. `input` is `[N, C, H, W]`.
    fn new(input: [usize; 4], p: &Pooling) -> Result<Self> {
        let [kh, kw] = p.kernel;
        if p.stride.contains(&0) {
            return shape_error("stride should not be zero");
        }
        if kh <= 0 || kw <= 0 {
            return shape_error(format!(
                "kernel size should be greater than zero, but got kH: {kh} kW: {kw}"
            ));
        }
        if let [h, w] = p.stride
            && (h <= 0 || w <= 0)
        {
            return shape_error(format!("stride should be greater than zero, but got dH: {h} dW: {w}"));
        }
        if let [h, w] = p.dilation
            && (h <= 0 || w <= 0)
        {
            return shape_error(format!(
                "dilation should be greater than zero, but got dilationH: {h} dilationW: {w}"
            ));
        }
        if let Some(pad) = p.padding.iter().find(|&&pad| pad < 0) {
            return shape_error(format!("pad must be non-negative, but got pad: {pad}"));
        }
        if let Some(d) = (0..2).rev().find(|&d| p.padding[d] > p.kernel[d] / 2) {
            let (pad, size) = (p.padding[d], p.kernel[d]);
            return shape_error(format!(
                "pad should be at most half of kernel size, but got pad={pad} and kernel_size={size}"
            ));
        }
        let [_, c, h, w] = input;
        if c == 0 || h == 0 || w == 0 {
            let text =
                "Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:";
            return shape_error(format!("{text}{input:?}"));
        }
        let windows = |d: usize, size: usize| {
            count(size as i64, p.kernel[d], p.stride[d], p.padding[d], p.dilation[d], p.ceil_mode)
        };
        let (oh, ow) = (windows(0, h), windows(1, w));
        if oh < 1 || ow < 1 {
            return shape_error(format!(
                "Given input size: ({c}x{h}x{w}). Calculated output size: ({c}x{oh}x{ow}). Output size is too small"
            ));
        }
        if p.kernel.iter().any(|&size| size > MAX_ELEMENTS as i64) {
            checked_numel(&[usize::MAX])?;
        }
        // Steps beyond any dimension take no window more.
        let sizes = |list: [i64; 2]| list.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        Ok(Self {
            input,
            kernel: sizes(p.kernel),
            stride: sizes(p.stride).map(|n| n.min(1 << 28)),
            padding: sizes(p.padding),
            dilation: sizes(p.dilation).map(|n| n.min(1 << 28)),
            out: sizes([oh, ow]),
        })
    }

    /// How far the windows reach beyond the margin in `ceil_mode`; negative where the last ones stop before its end.
    fn excess(&self, d: usize) -> i64 {
        let (n, k) = (self.out[d] as i64, self.kernel[d] as i64);
        let reach = (n - 1) * self.stride[d] as i64 + (k - 1) * self.dilation[d] as i64 + 1;
        reach - (self.input[2 + d] + 2 * self.padding[d]) as i64
    }

    /// The elements of each window, `[KH·KW, N, C, OH, OW]`, with `fill` beyond the edge.
    fn windows(&self, x: &Tensor, fill: f64) -> Result<Tensor> {
        let ends = |d: usize| [self.padding[d] as i64, self.padding[d] as i64 + self.excess(d).max(0)];
        let margin = [ends(1), ends(0)].concat();
        let x = x.reshape_to(&self.input)?;
        let padded = if margin == [0; 4] { x } else { x.pad(&margin, Padding::Constant(fill.into()))? };
        let all = windows(&padded, self.kernel, self.stride, self.dilation)?.permute(&[1, 2, 3, 0, 4, 5])?;
        let [n, c, _, _] = self.input;
        all.reshape_to(&[self.kernel[0] * self.kernel[1], n, c, self.out[0], self.out[1]])
    }

    /// How many elements of each window count, `[OH, OW]`; one number if they are as many everywhere.
    fn divisors(&self, inside_only: bool) -> std::result::Result<f32, Vec<f32>> {
        let counts = |d: usize| {
            let (size, pad) = (self.input[2 + d], self.padding[d]);
            let (low, high) = if inside_only { (pad, pad + size) } else { (0, size + 2 * pad) };
            (0..self.out[d]).map(move |o| {
                let start = o * self.stride[d];
                ((start + self.kernel[d]).min(high).saturating_sub(start.max(low))) as f32
            })
        };
        let columns: Vec<f32> = counts(1).collect();
        let all: Vec<f32> = counts(0).flat_map(|r| columns.iter().map(move |c| r * c)).collect();
        if all.iter().all(|&n| n == all[0]) { Ok(all[0]) } else { Err(all) }
    }
}

/// The windows of images, `[N, C, H, W]` to `[C, KH, KW, N, OH, OW]`. No element moves.
fn windows(x: &Tensor, size: [usize; 2], step: [usize; 2], dilation: [usize; 2]) -> Result<Tensor> {
    // Down: [N, C, OH, W, KH]. Then that out of the way, so that what is beside each other stays so: across.
    let rows = x.unfolded(2, size[0], step[0], dilation[0])?.permute(&[1, 4, 0, 2, 3])?;
    rows.unfolded(4, size[1], step[1], dilation[1])?.permute(&[0, 1, 5, 2, 3, 4])
}

/// The shape of a batch of images, or of one image.
fn images(x: &Tensor) -> Result<[usize; 4]> {
    match *x.shape() {
        [n, c, h, w] => Ok([n, c, h, w]),
        [c, h, w] => Ok([1, c, h, w]),
        _ => shape_error("non-empty 3D or 4D (batch mode) tensor expected for input"),
    }
}

/// The shape of a result, as batched as the input.
fn result(t: &Tensor, like: &Tensor) -> Result<Tensor> {
    let shape = t.shape();
    t.reshape_to(&shape[shape.len() - like.ndim()..])
}

/// The largest element of every window, and where in its image it lies (int64: row · width + column). x is
/// `[N, C, H, W]` or `[C, H, W]`. The gradient goes to the first of several equal ones.
///
/// # Errors
/// [`Error::Shape`], with PyTorch's words, for shapes and options that do not fit.
pub fn max_pool2d_with_indices(x: &Tensor, pooling: &Pooling) -> Result<(Tensor, Tensor)> {
    let (largest, places) = largest(x, pooling)?;
    Ok((largest, result(&places, x)?))
}

/// The largest element of every window. As [`max_pool2d_with_indices`].
///
/// # Errors
/// As for [`max_pool2d_with_indices`].
pub fn max_pool2d(x: &Tensor, pooling: &Pooling) -> Result<Tensor> {
    Ok(largest(x, pooling)?.0)
}

fn largest(x: &Tensor, pooling: &Pooling) -> Result<(Tensor, Tensor)> {
    let plan = Plan::new(images(x)?, pooling)?;
    if !x.dtype().is_floating_point() {
        return shape_error(format!("\"max_pool2d\" not implemented for '{}'", x.dtype().scalar_type()));
    }
    x.engine().call("max_pool2d", "MaxPool2DWithIndicesBackward0", || {
        let images = x.reshape_to(&plan.input)?;
        let slide = Slide { stride: plan.stride, dilation: plan.dilation, margin: plan.padding };
        let step = |step| Op::Pool(Pool { step, size: plan.out, kernel: plan.kernel, slide });
        let places = step(PoolStep::Places).run(&[&images])?;
        let largest = step(PoolStep::Largest).run(&[&images, &places])?;
        Ok((result(&largest, x)?, places))
    })
}

/// The mean of every window. x is `[N, C, H, W]` or `[C, H, W]`.
///
/// # Errors
/// [`Error::Shape`], with PyTorch's words, for shapes and options that do not fit.
pub fn avg_pool2d(x: &Tensor, pooling: &Pooling, divisor: Divisor) -> Result<Tensor> {
    if divisor == Divisor::Fixed(0) {
        return shape_error("divisor must be not zero");
    }
    let plan = Plan::new(images(x)?, &Pooling { dilation: [1; 2], ..*pooling })?;
    if !x.dtype().is_floating_point() {
        return shape_error(format!("\"avg_pool2d\" not implemented for '{}'", x.dtype().scalar_type()));
    }
    x.engine().call("avg_pool2d", "AvgPool2DBackward0", || {
        let sum = plan.windows(x, 0.0)?.sum(&[0], false)?;
        let mean = match divisor {
            Divisor::Fixed(n) => sum.div(n as f64)?,
            Divisor::All | Divisor::Inside => match plan.divisors(divisor == Divisor::Inside) {
                Ok(n) => sum.div(f64::from(n))?,
                Err(all) => sum.div(&x.engine().tensor(all, &plan.out)?.to(x.dtype())?)?,
            },
        };
        result(&mean, x)
    })
}
