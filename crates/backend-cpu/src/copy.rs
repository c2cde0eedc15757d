//! Copies between layouts and element types.

use engine::{DType, HostData, Operand, Result, Target};

use crate::buffers::Buffers;
use crate::element::{Element, Input};
use crate::walk::{Walk, step};

pub(crate) fn run(x: &Operand<'_>, buffers: &Buffers, output: &Target<'_>, out: &mut HostData) -> Result<()> {
    match x.dtype {
        DType::Bool => from::<bool>(x, buffers, output, out),
        DType::UInt8 => from::<u8>(x, buffers, output, out),
        DType::Int64 => from::<i64>(x, buffers, output, out),
        DType::Float32 => from::<f32>(x, buffers, output, out),
        DType::Float64 => from::<f64>(x, buffers, output, out),
    }
}

fn from<T: Element>(
    x: &Operand<'_>,
    buffers: &Buffers,
    output: &Target<'_>,
    out: &mut HostData,
) -> Result<()> {
    let x = Input::<T>::new(x, buffers)?;
    // The common conversions are spelled out; the others go through a scalar.
    match out {
        HostData::Bool(out) => copy(&x, output, out, |v| v.to_scalar().to_bool()),
        HostData::UInt8(out) => copy(&x, output, out, |v| v.to_scalar().to_i64() as u8),
        HostData::Int64(out) => copy(&x, output, out, |v| v.to_scalar().to_i64()),
        HostData::Float32(out) => copy(&x, output, out, |v| v.to_scalar().to_f64() as f32),
        HostData::Float64(out) => copy(&x, output, out, |v| v.to_scalar().to_f64()),
    }
    Ok(())
}

fn copy<T: Element, U>(x: &Input<'_, T>, output: &Target<'_>, out: &mut [U], convert: impl Fn(T) -> U) {
    let walk = Walk::new([&x.layout, output.layout]);
    let (n, [sx, so]) = (walk.run, walk.strides);
    walk.each_run(|[at, to]| match (sx, so) {
        (1, 1) => {
            for (o, &v) in out[to..to + n].iter_mut().zip(&x.data[at..at + n]) {
                *o = convert(v);
            }
        }
        (0, 1) => out[to..to + n].iter_mut().for_each(|o| *o = convert(x.data[at])),
        _ => (0..n).for_each(|i| out[step(to, so, i)] = convert(x.data[step(at, sx, i)])),
    });
}
