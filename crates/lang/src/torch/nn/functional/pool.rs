//! Pooling.

use engine::nn::{self, Divisor, Pooling, Pooling1d};

use super::{pair, single};
use crate::error::Result;
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new(
        "max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)",
        max_pool1d,
    ),
    Native::new(
        "max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)",
        max_pool2d,
    ),
    Native::new(
        "avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True)",
        avg_pool1d,
    ),
    Native::new(
        "avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)",
        avg_pool2d,
    ),
    Native::new("adaptive_avg_pool2d(input, output_size)", adaptive_avg_pool2d),
];

fn stride(a: &Args, kernel: [i64; 2]) -> Result<[i64; 2]> {
    let none = a.opt(2).is_none() || a.get(2).sequence().is_some_and(|items| items.is_empty());
    if none { Ok(kernel) } else { pair(a, 2) }
}

fn max_pool2d(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let kernel = pair(a, 1)?;
    let pooling = Pooling {
        stride: stride(a, kernel)?,
        padding: pair(a, 3)?,
        dilation: pair(a, 4)?,
        ceil_mode: a.bool(5)?,
        ..Pooling::new(kernel)
    };
    largest(a, &a.tensor(0)?, &pooling)
}

fn largest(a: &Args, x: &engine::Tensor, pooling: &Pooling) -> Result<Value> {
    if a.bool(6)? {
        let (largest, places) = nn::max_pool2d_with_indices(x, pooling)?;
        return Ok(vec![largest, places].into());
    }
    Ok(nn::max_pool2d(x, pooling)?.into())
}

fn max_pool1d(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let kernel = single(a, 1)?;
    let stride = if a.opt(2).is_none() { kernel } else { single(a, 2)? };
    let (padding, dilation, ceil_mode) = (single(a, 3)?, single(a, 4)?, a.bool(5)?);
    let pooling = Pooling1d { kernel, stride, padding, dilation, ceil_mode };
    let x = a.tensor(0)?;
    if !a.bool(6)? {
        return Ok(nn::max_pool1d(&x, &pooling)?.into());
    }
    let flat = Pooling {
        kernel: [1, kernel],
        stride: [1, stride],
        padding: [0, padding],
        dilation: [1, dilation],
        ceil_mode,
    };
    let (largest, places) = nn::max_pool2d_with_indices(&x.unsqueeze(-2)?, &flat)?;
    Ok(vec![largest.squeeze_dim(-2)?, places.squeeze_dim(-2)?].into())
}

fn avg_pool1d(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let kernel = single(a, 1)?;
    let stride = if a.opt(2).is_none() { kernel } else { single(a, 2)? };
    let pooling =
        Pooling1d { stride, padding: single(a, 3)?, ceil_mode: a.bool(4)?, ..Pooling1d::new(kernel) };
    let divisor = if a.bool(5)? { Divisor::All } else { Divisor::Inside };
    Ok(nn::avg_pool1d(&a.tensor(0)?, &pooling, divisor)?.into())
}

fn avg_pool2d(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let kernel = pair(a, 1)?;
    let pooling = Pooling {
        stride: stride(a, kernel)?,
        padding: pair(a, 3)?,
        ceil_mode: a.bool(4)?,
        ..Pooling::new(kernel)
    };
    let counted = if a.bool(5)? { Divisor::All } else { Divisor::Inside };
    let divisor = a.opt_int(6)?.map_or(counted, Divisor::Fixed);
    Ok(nn::avg_pool2d(&a.tensor(0)?, &pooling, divisor)?.into())
}

/// A size of `None` is that of the input.
fn adaptive_avg_pool2d(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let size = match a.get(1).sequence() {
        None => [Some(a.int(1)?); 2],
        Some(sizes) => match sizes.as_slice() {
            [height, width] => [height.as_int(), width.as_int()],
            _ => return Err(a.wrong(1, "int or a tuple of two ints")),
        },
    };
    Ok(nn::adaptive_avg_pool2d(&a.tensor(0)?, size)?.into())
}
