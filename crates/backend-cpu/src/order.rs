//! Running sums, products and extremes, and sorting, along the last dimension.

use engine::{Layout, Reduce, Result, Scalar, Scan};

use crate::element::{Element, Input, Number};
use crate::index::rows;
use crate::reduce::apply;
use crate::walk::step;

pub(crate) fn scan<T: Number>(op: Scan, x: &Input<'_, T>, out: &mut [T]) -> Result<()> {
    match op {
        Scan::Sum => scan_by(x, out, T::add),
        // One loop for the others: they are rare.
        Scan::Prod => scan_any(Reduce::Prod, x, out),
        Scan::Max => scan_any(Reduce::Max, x, out),
        Scan::Min => scan_any(Reduce::Min, x, out),
    }
    Ok(())
}

#[inline(never)]
fn scan_any<T: Number>(op: Reduce, x: &Input<'_, T>, out: &mut [T]) {
    scan_by(x, out, |a, b| apply(op, a, b));
}

fn scan_by<T: Number>(x: &Input<'_, T>, out: &mut [T], f: impl Fn(T, T) -> T) {
    let (n, stride) = last(x.layout);
    if out.is_empty() {
        return;
    }
    for (row, at) in out.chunks_exact_mut(n).zip(rows(x.layout).positions()) {
        let mut total = x.data[at];
        row[0] = total;
        for (j, o) in row.iter_mut().enumerate().skip(1) {
            total = f(total, x.data[step(at, stride, j)]);
            *o = total;
        }
    }
}

/// The size and the stride of the last dimension.
fn last(layout: &Layout) -> (usize, isize) {
    let d = layout.ndim() - 1;
    (layout.shape[d], layout.strides[d])
}

pub(crate) fn argsort<T: Element>(x: &Input<'_, T>, descending: bool, out: &mut [i64]) -> Result<()> {
    let (n, stride) = last(x.layout);
    if out.is_empty() {
        return Ok(());
    }
    let mut keys = vec![0; n];
    for (row, at) in out.chunks_exact_mut(n).zip(rows(x.layout).positions()) {
        for (j, k) in keys.iter_mut().enumerate() {
            *k = key(x.data[step(at, stride, j)].to_scalar());
        }
        sort(&keys, descending, row);
    }
    Ok(())
}

/// The indices that sort `keys`: one piece of code for all element types, because the code of sorting is long.
fn sort(keys: &[u64], descending: bool, row: &mut [i64]) {
    row.iter_mut().zip(0..).for_each(|(o, j)| *o = j);
    row.sort_by_key(|&j| if descending { !keys[j as usize] } else { keys[j as usize] });
}

/// A number whose order is that of the values: NaN is the largest, and both zeros are one.
fn key(value: Scalar) -> u64 {
    const SIGN: u64 = 1 << 63;
    match value {
        Scalar::Bool(b) => u64::from(b),
        Scalar::Int(i) => i as u64 ^ SIGN,
        Scalar::Float(v) if v.is_nan() => u64::MAX,
        Scalar::Float(v) => {
            let bits = (v + 0.0).to_bits();
            if bits & SIGN == 0 { bits | SIGN } else { !bits }
        }
    }
}
