//! Elements and rows named by integers.

use engine::{DType, Error, Result, Target};

use super::{GROUP, Plan, View, launch};
use crate::params::{Params, Walk, word};
use crate::shaders::Variant;

pub(super) fn gather(x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    along_rows(Variant::gather(x.dtype)?, x, y, last_size(y)?, last_size(x)?, output)
}

pub(super) fn scatter_add(x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    let size = output.layout.shape.last().copied().unwrap_or(1);
    along_rows(Variant::scatter_add(x.dtype)?, x, y, last_size(x)?, size, output)
}

fn last_size(view: &View) -> Result<usize> {
    let [_, (last, _)] = view.split(1)?;
    Ok(last[0])
}

/// Kernels that use the last dimension of `x` and `y`, row by row.
fn along_rows(
    variant: Variant,
    x: &View,
    y: &View,
    indices: usize,
    size: usize,
    output: &Target<'_>,
) -> Result<Plan> {
    expect_int64(y)?;
    let [(rows, x_strides), (_, x_last)] = x.split(1)?;
    let [(index_rows, y_strides), (_, y_last)] = y.split(1)?;
    if rows != index_rows {
        return Err(Error::Internal(format!("an index of shape {:?} for {:?}", y.shape, x.shape)));
    }
    let count = output.layout.numel();
    let params = Params::new(count, 1).walks(&Walk::new(rows, &[x_strides, y_strides]), None)?.more([
        indices as u32,
        size as u32,
        word(x_last[0]),
        word(y_last[0]),
    ]);
    Ok(launch(variant, &[x, y], output, params, count.div_ceil(GROUP)).into())
}

pub(super) fn select(x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    let variant = Variant::index_select(x.dtype)?;
    let numel = output.layout.numel();
    let bytes = x.dtype == DType::UInt8;
    let count = if bytes { numel.div_ceil(4) } else { numel };
    rows(variant, x, y, numel as u32, count, output)
}

pub(super) fn batch(scale: f32, x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    if x.dtype != DType::UInt8 {
        return Err(Error::DType { op: "batch", expected: "uint8 data", found: x.dtype });
    }
    rows(Variant::batch(), x, y, scale.to_bits(), output.layout.numel(), output)
}

/// Kernels that copy the rows of `x` named by `y`.
fn rows(variant: Variant, x: &View, y: &View, extra: u32, count: usize, output: &Target<'_>) -> Result<Plan> {
    expect_int64(y)?;
    let ((&[n, ref row @ ..], &[stride, ref strides @ ..]), &[y_stride]) =
        ((x.shape.as_slice(), x.strides.as_slice()), y.strides.as_slice())
    else {
        return Err(Error::Internal(format!("rows {:?} of shape {:?}", y.shape, x.shape)));
    };
    let params = Params::new(count, row.iter().product())
        .walks(&Walk::new(&[], &[&[]]), Some(&Walk::new(row, &[strides])))?
        .more([n as u32, word(stride), word(y_stride), extra]);
    Ok(launch(variant, &[x, y], output, params, count.div_ceil(GROUP)).into())
}

fn expect_int64(y: &View) -> Result<()> {
    if y.dtype == DType::Int64 {
        return Ok(());
    }
    Err(Error::DType { op: "index", expected: "int64 indices", found: y.dtype })
}
