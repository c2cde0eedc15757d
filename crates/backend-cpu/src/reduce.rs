//! Folds of the trailing dimensions.

use std::rc::Rc;

use engine::program::Program;
use engine::{ArgReduce, Error, HostData, Layout, Reduce, Result};

use crate::element::{Element, Found, Input, Number, larger, smaller};
use crate::map::Machine;
use crate::tiles::{TILE, Tiled, Tiles};
use crate::walk::{Walk, step};

pub(crate) fn run<T: Number>(op: Reduce, dims: usize, x: &Input<'_, T>, out: &mut [T]) -> Result<()> {
    let neutral = match op {
        Reduce::Sum => T::ZERO,
        Reduce::Prod => T::ONE,
        Reduce::Max | Reduce::Min if x.layout.numel() == 0 => return Ok(()),
        // There is none: it is replaced by the first element of each group.
        Reduce::Max | Reduce::Min => x.data[x.layout.offset],
    };
    match op {
        Reduce::Sum if T::DENSE_LOOPS => fold(dims, x, out, neutral, T::add),
        Reduce::Max if T::DENSE_LOOPS => fold(dims, x, out, neutral, larger),
        Reduce::Sum | Reduce::Prod | Reduce::Max | Reduce::Min => {
            fold(dims, x, out, neutral, |a, b| apply(op, a, b));
        }
    }
    Ok(())
}

#[inline(never)]
pub(crate) fn apply<T: Number>(op: Reduce, a: T, b: T) -> T {
    match op {
        Reduce::Sum => a.add(b),
        Reduce::Prod => a.mul(b),
        Reduce::Max => larger(a, b),
        Reduce::Min => smaller(a, b),
    }
}

fn split(layout: &Layout, dims: usize) -> (Layout, Layout) {
    let kept = layout.ndim() - dims;
    let part = |range: std::ops::Range<usize>, offset| Layout {
        shape: layout.shape[range.clone()].into(),
        strides: layout.strides[range].into(),
        offset,
    };
    (part(0..kept, layout.offset), part(kept..layout.ndim(), 0))
}

/// Folds each group. Where the groups lie side by side, they are folded together, row after row.
fn fold<T: Number>(dims: usize, x: &Input<'_, T>, out: &mut [T], neutral: T, f: impl Fn(T, T) -> T + Copy) {
    let (kept, folded) = split(x.layout, dims);
    if folded.numel() == 0 {
        return out.fill(neutral);
    }
    let inside = Walk::new([&folded]);
    if T::DENSE_LOOPS && kept.ndim() > 0 && kept.is_contiguous() && kept.numel() > 1 && inside.strides[0] != 1
    {
        return fold_rows(x, &kept, &folded, out, f);
    }
    for (o, base) in out.iter_mut().zip(kept.positions()) {
        let mut total: Option<T> = None;
        inside.each_run(&mut |[at]| {
            let part = fold_run(x.data, base + at, inside.strides[0], inside.run, f);
            total = Some(total.map_or(part, |t| f(t, part)));
        });
        *o = total.unwrap_or(neutral);
    }
}

fn fold_rows<T: Number>(
    x: &Input<'_, T>,
    kept: &Layout,
    folded: &Layout,
    out: &mut [T],
    f: impl Fn(T, T) -> T,
) {
    let n = kept.numel();
    for (i, at) in folded.positions().enumerate() {
        let row = &x.data[kept.offset + at..kept.offset + at + n];
        if i == 0 {
            out.copy_from_slice(row);
        } else {
            for (o, &v) in out.iter_mut().zip(row) {
                *o = f(*o, v);
            }
        }
    }
}

/// How many elements are folded one after another. Longer runs are halved, so that rounding errors grow with
/// the logarithm of the length.
const RUN: usize = 256;
const LANES: usize = 8;

/// Folds `n > 0` elements.
fn fold_run<T: Number>(data: &[T], at: usize, stride: isize, n: usize, f: impl Fn(T, T) -> T + Copy) -> T {
    if n > RUN {
        let half = (n / 2).next_multiple_of(LANES);
        let left = fold_run(data, at, stride, half, f);
        return f(left, fold_run(data, step(at, stride, half), stride, n - half, f));
    }
    if !T::DENSE_LOOPS || stride != 1 || n < LANES {
        return (1..n).fold(data[at], |total, i| f(total, data[step(at, stride, i)]));
    }
    let (chunks, rest) = data[at..at + n].as_chunks::<LANES>();
    let mut lanes = chunks[0];
    for chunk in &chunks[1..] {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane = f(*lane, v);
        }
    }
    let total = (1..LANES).fold(lanes[0], |total, i| f(total, lanes[i]));
    rest.iter().fold(total, |total, &v| f(total, v))
}

/// Folds the one result of a program, a tile at a time.
pub(crate) fn run_program(
    op: Reduce,
    dims: usize,
    program: &Rc<Program>,
    inputs: &[Found<'_>],
    out: &mut HostData,
    tiles: &mut Tiles,
) -> Result<()> {
    let result = program
        .outputs
        .first()
        .copied()
        .ok_or_else(|| Error::Internal("a program without a result".to_owned()))?;
    let dtype = program.dtypes()[result];
    crate::typed!(numbers, op, dtype, T => fold_program::<T>(op, dims, program, inputs, T::slice_mut(out)?, tiles))
}

fn fold_program<T: Number + Tiled>(
    op: Reduce,
    dims: usize,
    program: &Rc<Program>,
    inputs: &[Found<'_>],
    out: &mut [T],
    tiles: &mut Tiles,
) -> Result<()> {
    let Some(shape) = inputs.first().map(|x| &x.layout.shape) else {
        return Err(Error::Internal("a program without inputs".to_owned()));
    };
    let kept = shape.len() - dims;
    let length: usize = shape[kept..].iter().product();
    let count: usize = shape[..kept].iter().product();
    if length * count == 0 {
        out.fill(if op == Reduce::Prod { T::ONE } else { T::ZERO });
        return Ok(());
    }
    let result = program.outputs[0];
    // Where neighbours in memory belong to different results, rows are folded into all of them at once.
    let aside = count > 1
        && inputs.iter().any(|x| {
            let inner = (0..kept).rev().find(|&d| x.layout.shape[d] > 1);
            inner.is_some_and(|d| x.layout.strides[d] == 1)
        });
    let turned: Vec<Found<'_>>;
    let inputs = if aside {
        let order: Vec<usize> = (kept..shape.len()).chain(0..kept).collect();
        turned = inputs.iter().map(|x| x.permuted(&order)).collect();
        &turned
    } else {
        inputs
    };
    let mut machine = Machine::new(program, inputs, length * count, false, tiles)?;
    for at in (0..length * count).step_by(TILE) {
        let n = TILE.min(length * count - at);
        machine.tile(at, n, &mut [])?;
        let values: &[T] = machine.values(result, at, n, &[])?;
        if aside { into_rows(op, values, at, out) } else { into_groups(op, values, at, length, out) }
    }
    Ok(())
}

/// Each result comes from `length` elements that stand one after another.
fn into_groups<T: Number>(op: Reduce, values: &[T], at: usize, length: usize, out: &mut [T]) {
    let mut from = 0;
    while from < values.len() {
        let (group, inside) = ((at + from) / length, (at + from) % length);
        let n = (length - inside).min(values.len() - from);
        let part = match op {
            Reduce::Sum => fold_run(values, from, 1, n, T::add),
            Reduce::Prod | Reduce::Max | Reduce::Min => fold_run(values, from, 1, n, |a, b| apply(op, a, b)),
        };
        out[group] = if inside == 0 { part } else { apply(op, out[group], part) };
        from += n;
    }
}

/// The elements of all results stand side by side, row after row.
fn into_rows<T: Number>(op: Reduce, values: &[T], at: usize, out: &mut [T]) {
    let width = out.len();
    let mut from = 0;
    while from < values.len() {
        let (row, column) = ((at + from) / width, (at + from) % width);
        let n = (width - column).min(values.len() - from);
        let (values, out) = (&values[from..from + n], &mut out[column..column + n]);
        match op {
            _ if row == 0 => out.copy_from_slice(values),
            Reduce::Sum => out.iter_mut().zip(values).for_each(|(o, &v)| *o = o.add(v)),
            Reduce::Prod | Reduce::Max | Reduce::Min => {
                out.iter_mut().zip(values).for_each(|(o, &v)| *o = apply(op, *o, v));
            }
        }
        from += n;
    }
}

pub(crate) fn run_arg<T: Number>(op: ArgReduce, x: &Input<'_, T>, out: &mut [i64]) -> Result<()> {
    let (kept, folded) = split(x.layout, 1);
    let (n, stride) = (folded.shape[0], folded.strides[0]);
    let better = |v: T, best: T| match op {
        ArgReduce::Max => v > best,
        ArgReduce::Min => v < best,
    };
    for (o, at) in out.iter_mut().zip(kept.positions()) {
        let (mut best, mut place) = (x.data[at], 0);
        for i in 1..n {
            let v = x.data[step(at, stride, i)];
            if !best.is_nan() && (better(v, best) || v.is_nan()) {
                (best, place) = (v, i as i64);
            }
        }
        *o = place;
    }
    Ok(())
}
