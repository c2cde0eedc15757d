//! Convolutions, and the windows of a convolution as columns.

use engine::nn::{self, Margin, Sliding};
use engine::ops::Padding;
use engine::{Scalar, Tensor};

use super::pair;
use crate::error::{Result, runtime_error};
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)", |_, a| {
        convolve(a, nn::conv1d)
    }),
    Native::new("conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)", |_, a| {
        convolve(a, nn::conv2d)
    }),
    Native::new(
        "conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)",
        conv_transpose2d,
    ),
    Native::new("unfold(input, kernel_size, dilation=1, padding=0, stride=1)", unfold),
    Native::new("pad(input, pad, mode='constant', value=None)", pad),
];

type Convolution = fn(&Tensor, &Tensor, Option<&Tensor>, &Sliding<'_>) -> engine::Result<Tensor>;

fn convolve(args: &Args, run: Convolution) -> Result<Value> {
    let (x, weight, bias) = (args.tensor(0)?, args.tensor(1)?, args.opt_tensor(2)?);
    let (stride, dilation) = (args.ints(3)?, args.ints(5)?);
    let sizes;
    let padding = match args.get(4) {
        Value::Str(name) => match &*name {
            "same" => Margin::Same,
            "valid" => Margin::Valid,
            other => return runtime_error(format!("Invalid padding string: '{other}'")),
        },
        _ => {
            sizes = args.ints(4)?;
            Margin::Sizes(&sizes)
        }
    };
    let sliding = Sliding { stride: &stride, padding, dilation: &dilation, groups: args.int(6)? };
    Ok(run(&x, &weight, bias.as_ref(), &sliding)?.into())
}

/// The gradient of a convolution with respect to its input: a convolution of the input with zeros between its elements, with the
/// kernels turned round.
fn conv_transpose2d(_vm: &mut crate::machine::Machine, a: &Args) -> Result<Value> {
    let (x, weight, bias) = (a.tensor(0)?, a.tensor(1)?, a.opt_tensor(2)?);
    let (stride, padding, more) = (pair(a, 3)?, pair(a, 4)?, pair(a, 5)?);
    let (groups, dilation) = (a.int(6)?, pair(a, 7)?);
    let batched = x.ndim() == 4;
    let [inputs, outputs, height, width] = *weight.shape() else {
        return runtime_error("expected 4-dimensional weight for conv_transpose2d");
    };
    if !batched && x.ndim() != 3 {
        return runtime_error(format!(
            "Expected 3D (unbatched) or 4D (batched) input to conv_transpose2d, but got input of size: {:?}",
            x.shape()
        ));
    }
    let channels = x.shape().get(usize::from(batched)).copied().unwrap_or(0);
    if channels != inputs {
        return runtime_error(format!(
            "Given transposed=1, weight of size {:?}, expected input{:?} to have {inputs} channels, but got {channels} \
             channels instead",
            weight.shape(),
            x.shape()
        ));
    }
    if groups < 1 || stride.iter().chain(&dilation).any(|&n| n < 1) || inputs as i64 % groups.max(1) != 0 {
        return runtime_error("non-positive stride is not supported");
    }
    let out = x.engine().call("conv_transpose2d", "ConvolutionBackward0", || {
        let x = if batched { x.clone() } else { x.unsqueeze(0)? };
        let spread = spread(&spread(&x, 2, stride[0])?, 3, stride[1])?;
        let [high, wide] = [(0, height), (1, width)].map(|(d, size)| {
            let margin = dilation[d] * (size as i64 - 1) - padding[d];
            [margin, margin + more[d]]
        });
        let margin = [wide, high].concat();
        let spread = spread.pad(&margin, Padding::Constant(Scalar::Float(0.0)))?;
        let (each, out) = (inputs as i64 / groups, outputs as i64);
        let turned = weight
            .flip(&[2, 3])?
            .reshape(&[groups, each, out, height as i64, width as i64])?
            .transpose(1, 2)?
            .reshape(&[groups * out, each, height as i64, width as i64])?;
        let sliding = Sliding { stride: &[1], padding: Margin::Sizes(&[0]), dilation: &dilation, groups };
        let out = nn::conv2d(&spread, &turned, bias.as_ref(), &sliding)?;
        if batched { Ok(out) } else { out.squeeze_dim(0) }
    })?;
    Ok(out.into())
}

/// Puts `stride - 1` zeros between the elements along `dim`.
fn spread(x: &Tensor, dim: i64, stride: i64) -> engine::Result<Tensor> {
    let size = x.shape().get(dim as usize).copied().unwrap_or(0) as i64;
    if stride == 1 || size == 0 {
        return Ok(x.clone());
    }
    let mut pad = vec![0; 2 * (x.ndim() - dim as usize)];
    if let Some(last) = pad.last_mut() {
        *last = stride - 1;
    }
    let parted = x.unsqueeze(dim + 1)?.pad(&pad, Padding::Constant(Scalar::Float(0.0)))?;
    parted.flatten(dim, dim + 1)?.slice(dim, 0, (size - 1) * stride + 1, 1)
}

/// The windows of images `[N, C, H, W]` as columns: `[N, C · height · width, windows]`.
fn unfold(_vm: &mut crate::machine::Machine, a: &Args) -> Result<Value> {
    let x = a.tensor(0)?;
    let (kernel, dilation, padding, stride) = (pair(a, 1)?, pair(a, 2)?, pair(a, 3)?, pair(a, 4)?);
    if !matches!(x.ndim(), 3 | 4) {
        let text = "Input Error: Only unbatched (3D) or batched (4D) input Tensors are supported, but got input of size:";
        return runtime_error(format!("{text} {:?}", x.shape()));
    }
    if kernel.iter().chain(&dilation).chain(&stride).any(|&n| n < 1) {
        return runtime_error("kernel size should be greater than zero");
    }
    let batched = x.ndim() == 4;
    let out = x.engine().call("im2col", "Im2ColBackward0", || {
        let images = if batched { x.clone() } else { x.unsqueeze(0)? };
        let margin = [padding[1], padding[1], padding[0], padding[0]];
        let mut out = images.pad(&margin, Padding::Constant(Scalar::Float(0.0)))?;
        for d in 0..2 {
            let reach = dilation[d] * (kernel[d] - 1) + 1;
            out = out.unfold(2 + d as i64, reach as usize, stride[d] as usize)?;
            out = out.slice(4 + d as i64, 0, reach, dilation[d])?;
        }
        let columns = out.permute(&[0, 1, 4, 5, 2, 3])?.flatten(4, 5)?.flatten(1, 3)?;
        if batched { Ok(columns) } else { columns.squeeze_dim(0) }
    })?;
    Ok(out.into())
}

fn pad(_vm: &mut crate::machine::Machine, a: &Args) -> Result<Value> {
    let value = a.opt(3).map_or(Ok(Scalar::Float(0.0)), |_| a.scalar(3))?;
    let mode = match &*a.str(2)? {
        "constant" => Padding::Constant(value),
        "reflect" => Padding::Reflect,
        "replicate" => Padding::Replicate,
        "circular" => Padding::Circular,
        other => {
            return Err(crate::error::Stop::error(
                "NotImplementedError",
                format!("Unrecognised padding mode {other}"),
            ));
        }
    };
    Ok(a.tensor(0)?.pad(&a.ints(1)?, mode)?.into())
}
