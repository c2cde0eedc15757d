//! Copies between layouts and element types.

use engine::{DType, HostData, Layout, Result, Target};

use crate::element::{Element, Found, Input};
use crate::walk::{Walk, step};

pub(crate) fn run(dtype: DType, x: &Found<'_>, output: &Target<'_>, out: &mut HostData) -> Result<()> {
    match dtype {
        DType::Bool => from::<bool>(x, output, out),
        DType::UInt8 => from::<u8>(x, output, out),
        DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => from::<i64>(x, output, out),
        DType::Float32 => from::<f32>(x, output, out),
        DType::Float64 => from::<f64>(x, output, out),
    }
}

fn from<T: Element>(x: &Found<'_>, output: &Target<'_>, out: &mut HostData) -> Result<()> {
    let x = x.input::<T>()?;
    if x.data.is_empty() {
        return Ok(());
    }
    if output.dtype == T::DTYPE {
        same(&x, output, T::slice_mut(out)?);
        return Ok(());
    }
    let value = |at: usize| x.data[at].to_scalar();
    match out {
        HostData::Bool(out) => convert(x.layout, output, &mut |to, at| out[to] = value(at).to_bool()),
        HostData::UInt8(out) => convert(x.layout, output, &mut |to, at| out[to] = value(at).to_i64() as u8),
        HostData::Int64(out) => convert(x.layout, output, &mut |to, at| out[to] = value(at).to_i64()),
        HostData::Float32(out) => {
            convert(x.layout, output, &mut |to, at| out[to] = value(at).to_f64() as f32);
        }
        HostData::Float64(out) => convert(x.layout, output, &mut |to, at| out[to] = value(at).to_f64()),
    }
    Ok(())
}

/// Copies elements as they are.
fn same<T: Element>(x: &Input<'_, T>, output: &Target<'_>, out: &mut [T]) {
    let walk = Walk::new([x.layout, output.layout]);
    let (n, [sx, so]) = (walk.run, walk.strides);
    walk.each_run(&mut |[at, to]| match (sx, so) {
        (1, 1) => out[to..to + n].copy_from_slice(&x.data[at..at + n]),
        (0, 1) => out[to..to + n].fill(x.data[at]),
        _ => (0..n).for_each(|i| out[step(to, so, i)] = x.data[step(at, sx, i)]),
    });
}

/// Calls `element` with where each element goes and where it is.
fn convert(layout: &Layout, output: &Target<'_>, element: &mut dyn FnMut(usize, usize)) {
    let walk = Walk::new([layout, output.layout]);
    let (n, [sx, so]) = (walk.run, walk.strides);
    walk.each_run(&mut |[at, to]| (0..n).for_each(|i| element(step(to, so, i), step(at, sx, i))));
}
