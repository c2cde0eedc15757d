//! Elements and rows named by integers.

use engine::{DType, Error, Reduce, Result, Target};

use super::copy::packed;
use super::{GROUP, Plan, Slot, View, launch, order};
use crate::params::{Params, Walk, word};
use crate::shaders::Variant;

/// So many indices every result looks through, rather than that they are sorted.
const FEW_INDICES: usize = 64;

pub(super) fn gather(x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    expect_int64(y)?;
    let [(rows, x_strides), (size, x_last)] = x.split(1)?;
    let [(index_rows, y_strides), (indices, y_last)] = y.split(1)?;
    if rows != index_rows {
        return Err(misfit(y, x));
    }
    let count = output.layout.numel();
    let params = Params::new(count, 1).walks(&Walk::new(rows, &[x_strides, y_strides]), None)?.more([
        indices[0] as u32,
        size[0] as u32,
        word(x_last[0]),
        word(y_last[0]),
    ]);
    packed(launch(Variant::gather(x.dtype)?, &[x, y], output, params, count.div_ceil(GROUP)), output)
}

/// `x` into a copy of `z`, at the places `y` of the last dimension.
pub(super) fn scatter(by: Option<Reduce>, x: &View, y: &View, z: &View, output: &Target<'_>) -> Result<Plan> {
    expect_int64(y)?;
    let [(rows, x_strides), (indices, x_last)] = x.split(1)?;
    let [(y_rows, y_strides), (_, y_last)] = y.split(1)?;
    let [(z_rows, z_strides), (size, z_last)] = z.split(1)?;
    if rows != y_rows || rows != z_rows {
        return Err(misfit(y, x));
    }
    let count = output.layout.numel();
    let params = Params::new(count, 1)
        .walks(&Walk::new(rows, &[x_strides, y_strides, z_strides]), None)?
        .more([indices[0] as u32, size[0] as u32, word(x_last[0]), word(y_last[0])])
        .rest([word(z_last[0]), 0, 0, 0]);
    // One order serves all rows that have the same indices.
    let each = y_strides.iter().any(|&s| s != 0);
    let sorts = if each { y_rows.iter().product() } else { 1 };
    // Bytes are packed by a launch of their own, which needs the buffer that the order would be in.
    if x.dtype == DType::UInt8 || !pays(count, indices[0], sorts) {
        let variant = Variant::scatter(x.dtype, by, false)?;
        return packed(launch(variant, &[x, y, z], output, params, count.div_ceil(GROUP)), output);
    }
    let row = View { shape: indices.into(), strides: y_last.into(), ..View::clone(y) };
    let (mut launches, words) =
        order::sorted(false, if each { y } else { &row }, [Slot::Scratch, Slot::Spare], output)?;
    let next = if each { indices[0] as u32 } else { 0 };
    let variant = Variant::scatter(x.dtype, by, true)?;
    let params = params.rest([word(z_last[0]), next, 0, 0]);
    let mut last = launch(variant, &[x, y, z], output, params, count.div_ceil(GROUP));
    last.inputs.push(Slot::Scratch);
    let spare = if launches.len() > 1 { words } else { 0 };
    launches.push(last);
    Ok(Plan { launches, scratch: words, spare })
}

/// Whether it pays to sort `indices` of so many rows first, so that no result has to look through all of them.
fn pays(count: usize, indices: usize, sorts: usize) -> bool {
    indices >= FEW_INDICES && count >= 4 * GROUP * sorts
}

/// One step from several indices to one.
pub(super) fn locate(size: usize, x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    expect_int64(x)?;
    expect_int64(y)?;
    if x.shape != y.shape {
        return Err(misfit(y, x));
    }
    let count = output.layout.numel();
    let params = Params::new(count, 1).walks(&Walk::new(&x.shape, &[&x.strides, &y.strides]), None)?.more([
        size as u32,
        0,
        0,
        0,
    ]);
    Ok(launch(Variant::locate(), &[x, y], output, params, count.div_ceil(GROUP)).into())
}

fn misfit(index: &View, x: &View) -> Error {
    Error::Internal(format!("an index of shape {:?} for {:?}", index.shape, x.shape))
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
    let numel = output.layout.numel();
    // The engine promises that x is contiguous, so only its beginning and its rows need whole words.
    let row: usize = x.shape.iter().skip(1).product();
    let by_four = row.is_multiple_of(4) && x.offset.is_multiple_of(4);
    let count = if by_four { numel / 4 } else { numel };
    rows(Variant::batch(by_four), x, y, scale.to_bits(), count, output)
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
