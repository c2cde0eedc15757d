//! Convolutions: their options are checked here, as PyTorch does; what is computed is [`Convolution`]. In one dimension
//! they are convolutions of images of height 1.

use crate::error::{Result, shape_error};
use crate::layout::{checked_numel, shape_text};
use crate::ops::{Convolution, Op, window_count};
use crate::slide::{Part, Slide};
use crate::tensor::Tensor;

/// How much is added around the input of a convolution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Margin<'a> {
    /// So much at both ends of each dimension; one number stands for all.
    Sizes(&'a [i64]),
    /// Nothing.
    Valid,
    /// As much as the result needs to have the input's size: an odd element goes to the end.
    Same,
}

/// How a convolution slides. Lists have an entry for each dimension, or one for all.
#[derive(Clone, Copy, Debug)]
pub struct Sliding<'a> {
    /// From a window to the next.
    pub stride: &'a [i64],
    /// The margin.
    pub padding: Margin<'a>,
    /// From an element of a window to the next.
    pub dilation: &'a [i64],
    /// Into how many parts the channels are cut that do not see each other.
    pub groups: i64,
}

impl Default for Sliding<'_> {
    fn default() -> Self {
        Self { stride: &[1], padding: Margin::Sizes(&[0]), dilation: &[1], groups: 1 }
    }
}

/// `sizes` for each of `n` dimensions.
fn each(sizes: &[i64], n: usize, name: &str) -> Result<Vec<i64>> {
    match sizes {
        [one] => Ok(vec![*one; n]),
        all if all.len() == n => Ok(all.to_vec()),
        all => shape_error(format!(
            "expected {name} to be a single integer value or a list of {n} values to match the convolution dimensions, \
             but got {name}={}",
            shape_text(all)
        )),
    }
}

/// Slides `weight` over `x`: x is `[N, C, H, W]` or `[C, H, W]`, weight `[out, C / groups, KH, KW]`, bias `[out]`. The
/// result is `[N, out, H', W']` with H' = ⌊(H + 2·padding − dilation·(KH − 1) − 1) / stride⌋ + 1.
///
/// # Errors
/// [`Error::Shape`], with PyTorch's words, for shapes and options that do not fit each other.
pub fn conv2d(x: &Tensor, weight: &Tensor, bias: Option<&Tensor>, sliding: &Sliding<'_>) -> Result<Tensor> {
    convolution(x, weight, bias, sliding, 2)
}

/// As [`conv2d`], in one dimension: x is `[N, C, L]` or `[C, L]`, weight `[out, C / groups, K]`.
///
/// # Errors
/// As for [`conv2d`].
pub fn conv1d(x: &Tensor, weight: &Tensor, bias: Option<&Tensor>, sliding: &Sliding<'_>) -> Result<Tensor> {
    convolution(x, weight, bias, sliding, 1)
}

fn convolution(
    x: &Tensor,
    weight: &Tensor,
    bias: Option<&Tensor>,
    sliding: &Sliding<'_>,
    dims: usize,
) -> Result<Tensor> {
    let batched = x.ndim() == dims + 2;
    if !batched && x.ndim() != dims + 1 {
        return shape_error(format!(
            "Expected {}D (unbatched) or {}D (batched) input to conv{dims}d, but got input of size: {:?}",
            dims + 1,
            dims + 2,
            x.shape()
        ));
    }
    let grad_fn = if batched { "ConvolutionBackward0" } else { "SqueezeBackward1" };
    x.engine().call(if dims == 1 { "conv1d" } else { "conv2d" }, grad_fn, || {
        let plan = Plan::new(x, weight, bias, sliding, dims, batched)?;
        let out = plan.run(x, weight, bias)?;
        if batched { Ok(out) } else { out.reshape_to(&out.shape()[1..]) }
    })
}

/// A convolution whose shapes and options have been checked; in one dimension, the height is 1.
struct Plan {
    /// Images, channels, height and width.
    input: [usize; 4],
    /// Channels of the result, channels of a group, height and width.
    weight: [usize; 4],
    stride: [usize; 2],
    dilation: [usize; 2],
    /// Left, right, top, bottom: as [`Tensor::pad`] takes them.
    margin: [i64; 4],
    groups: usize,
    dims: usize,
}

impl Plan {
    fn new(
        x: &Tensor,
        weight: &Tensor,
        bias: Option<&Tensor>,
        sliding: &Sliding<'_>,
        dims: usize,
        batched: bool,
    ) -> Result<Self> {
        let kernel_dims = weight.ndim().saturating_sub(2);
        let n = if kernel_dims == dims { dims } else { kernel_dims };
        let stride = each(sliding.stride, n, "stride")?;
        let dilation = each(sliding.dilation, n, "dilation")?;
        let sizes = if let Margin::Sizes(sizes) = sliding.padding { sizes } else { &[0] };
        let padding = each(sizes, n, "padding")?;
        check_options(&stride, &padding, &dilation, sliding)?;
        if kernel_dims != dims {
            let text = "Expected weight to have as many dimensions as the batched input";
            return shape_error(format!("{text}, but got weight of size {:?}", weight.shape()));
        }
        let images = if batched { x.shape()[0] } else { 1 };
        let mut shape = vec![images];
        shape.extend(&x.shape()[usize::from(batched)..]);
        let groups = sliding.groups as usize;
        check_shapes(&shape, weight, bias, groups)?;
        check_types(x, weight, bias)?;
        let kernel = &weight.shape()[2..];
        let mut margin = [0; 4];
        for d in 0..dims {
            let ends = match sliding.padding {
                Margin::Sizes(_) => [padding[d]; 2],
                Margin::Valid => [0; 2],
                Margin::Same => {
                    let total = dilation[d].saturating_mul(kernel[d] as i64 - 1);
                    [total / 2, total - total / 2]
                }
            };
            margin[2 * (dims - 1 - d)..][..2].copy_from_slice(&ends);
        }
        check_reach(&shape[2..], kernel, &dilation, &margin, weight)?;
        // Steps beyond any dimension take no window more.
        let step = |n: i64| n.min(1 << 28) as usize;
        let wide = |list: &[i64]| match list {
            [w] => [1, step(*w)],
            list => [step(list[0]), step(list[1])],
        };
        let four = |s: &[usize]| if dims == 1 { [s[0], s[1], 1, s[2]] } else { [s[0], s[1], s[2], s[3]] };
        let (input, weight) = (four(&shape), four(weight.shape()));
        Ok(Self { input, weight, stride: wide(&stride), dilation: wide(&dilation), margin, groups, dims })
    }

    fn run(&self, x: &Tensor, weight: &Tensor, bias: Option<&Tensor>) -> Result<Tensor> {
        let ([n, channels, h, w], [out, _, kh, kw]) = (self.input, self.weight);
        let [left, right, top, bottom] = self.margin.map(|m| usize::try_from(m).unwrap_or(usize::MAX));
        let padded = |len: usize, ends: [usize; 2]| len.saturating_add(ends[0]).saturating_add(ends[1]);
        let (high, wide) = (padded(h, [top, bottom]), padded(w, [left, right]));
        // What would not fit a tensor with its margin is refused, though nothing is copied into one.
        checked_numel(&[n.max(1), channels.max(1), high, wide])?;
        let [rows, columns] = [
            window_count(high, kh, self.stride[0], self.dilation[0]),
            window_count(wide, kw, self.stride[1], self.dilation[1]),
        ];
        let slide = Slide { stride: self.stride, dilation: self.dilation, margin: [top, left] };
        let op = Convolution { part: Part::Output, size: [rows, columns], slide, groups: self.groups };
        let (x, weight) = (x.reshape_to(&self.input)?, weight.reshape_to(&self.weight)?);
        let inputs = [Some(&x), Some(&weight), bias];
        let y = Op::Convolution(op).run(&inputs.into_iter().flatten().collect::<Vec<_>>())?;
        if self.dims == 1 { y.reshape_to(&[n, out, columns]) } else { Ok(y) }
    }
}

fn check_options(stride: &[i64], padding: &[i64], dilation: &[i64], sliding: &Sliding<'_>) -> Result<()> {
    if stride.iter().any(|&s| s <= 0) {
        return shape_error("non-positive stride is not supported");
    }
    if padding.iter().any(|&p| p < 0) {
        return shape_error("negative padding is not supported");
    }
    if dilation.iter().any(|&d| d <= 0) {
        return shape_error("non-positive dilation is not supported");
    }
    if sliding.groups <= 0 {
        return shape_error("non-positive groups is not supported");
    }
    if sliding.padding == Margin::Same && stride.iter().any(|&s| s != 1) {
        return shape_error("padding='same' is not supported for strided convolutions");
    }
    Ok(())
}

fn check_shapes(x: &[usize], weight: &Tensor, bias: Option<&Tensor>, groups: usize) -> Result<()> {
    let w = weight.shape();
    let given = format!("Given groups={groups}");
    if w[0] < groups {
        return shape_error(format!(
            "{given}, expected weight to be at least {groups} at dimension 0, but got weight of size {w:?} instead"
        ));
    }
    if !w[0].is_multiple_of(groups) {
        return shape_error(format!(
            "{given}, expected weight to be divisible by {groups} at dimension 0, but got weight of size [{w:?}] instead"
        ));
    }
    if Some(x[1]) != w[1].checked_mul(groups) {
        return shape_error(format!(
            "{given}, weight of size {w:?}, expected input{x:?} to have {} channels, but got {} channels instead",
            w[1].saturating_mul(groups),
            x[1]
        ));
    }
    match bias {
        Some(bias) if bias.shape() != &w[..1] => shape_error(format!(
            "Given weight of size {w:?}, expected bias to be 1-dimensional with {} elements, but got bias of size {:?} \
             instead",
            w[0],
            bias.shape()
        )),
        Some(_) | None => Ok(()),
    }
}

fn check_types(x: &Tensor, weight: &Tensor, bias: Option<&Tensor>) -> Result<()> {
    let others = [Some(weight), bias].into_iter().flatten();
    match others.map(Tensor::dtype).find(|&dtype| dtype != x.dtype()) {
        Some(found) => {
            let (expected, found) = (x.dtype().scalar_type(), found.scalar_type());
            shape_error(format!("expected scalar type {expected} but found {found}"))
        }
        None => Ok(()),
    }
}

/// The windows must fit into the input with its margin.
fn check_reach(
    sizes: &[usize],
    kernel: &[usize],
    dilation: &[i64],
    margin: &[i64; 4],
    weight: &Tensor,
) -> Result<()> {
    let dims = sizes.len();
    if kernel.contains(&0) {
        return shape_error(match weight.shape() {
            [_, _, h, w] => {
                format!(
                    "kernel size should be greater than zero, but got kernel_height: {h} kernel_width: {w}"
                )
            }
            _ => "kernel size should be greater than zero".to_owned(),
        });
    }
    let padded: Vec<u64> = (0..dims)
        .map(|d| {
            let ends = &margin[2 * (dims - 1 - d)..][..2];
            (sizes[d] as u64).saturating_add(ends[0].unsigned_abs()).saturating_add(ends[1].unsigned_abs())
        })
        .collect();
    let reach =
        |d: usize| (kernel[d] as u64 - 1).saturating_mul(dilation[d].unsigned_abs()).saturating_add(1);
    let fits = |d: usize| {
        let size = usize::try_from(padded[d]).unwrap_or(usize::MAX);
        window_count(size, kernel[d], 1, usize::try_from(dilation[d]).unwrap_or(usize::MAX)) > 0
    };
    if (0..dims).all(fits) {
        return Ok(());
    }
    let by = |list: Vec<u64>| list.iter().map(u64::to_string).collect::<Vec<_>>().join(" x ");
    shape_error(format!(
        "Calculated padded input size per channel: ({}). Kernel size: ({}). Kernel size can't be greater than actual \
         input size",
        by(padded.clone()),
        by((0..dims).map(reach).collect())
    ))
}
