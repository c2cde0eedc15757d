//! The singular values of a matrix, by Jacobi's rotations of its columns.

use super::linalg::{numbers, rows as rows_of};
use crate::error::Result;
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Those of `numpy.linalg`.
pub(super) const FUNCTIONS: &[Native] = &[Native::new("_svd(a, full)", svd)];

/// The columns of `u` and `v` and the singular values of a matrix with at least as many rows as columns; of a wider one, those of its
/// transposed: lists. With `full`, `u` has as many columns as rows.
fn svd(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let [rows, columns] = *nd.shape else { return Err(args.wrong(0, "matrix")) };
    let (long, short, values) = (rows.max(columns), rows.min(columns), nd.f64s());
    let at =
        |i: usize, j: usize| if rows >= columns { values[i * columns + j] } else { values[j * columns + i] };
    let mut u: Vec<Vec<f64>> = (0..short).map(|j| (0..long).map(|i| at(i, j)).collect()).collect();
    let mut v: Vec<Vec<f64>> =
        (0..short).map(|j| (0..short).map(|i| f64::from(u8::from(i == j))).collect()).collect();
    // Each round squares what is left of the angles; thirty are more than any matrix needs.
    let _ = (0..30).find(|_| !turn(&mut u, &mut v));
    let size = |column: &Vec<f64>| dot(column, column).sqrt();
    let mut order: Vec<(f64, usize)> = u.iter().map(size).zip(0..).collect();
    sorting::sort_by(&mut order, |a, b| b.0.total_cmp(&a.0));
    let least = order.first().map_or(0.0, |first| first.0) * 1e-14;
    let mut images: Vec<Vec<f64>> = Vec::new();
    for &(size, j) in order.iter().filter(|(size, _)| *size > least) {
        images.push(u[j].iter().map(|x| x / size).collect());
    }
    complete(&mut images, long, if args.bool(1)? { long } else { short });
    let factors: Vec<Vec<f64>> = order.iter().map(|&(_, j)| v[j].clone()).collect();
    let sizes: Vec<f64> = order.iter().map(|&(size, _)| if size > least { size } else { 0.0 }).collect();
    let matrix = |columns: &[Vec<f64>], n: usize| {
        let values: Vec<f64> = (0..n).flat_map(|i| columns.iter().map(move |column| column[i])).collect();
        rows_of(&values, n)
    };
    Ok(Value::tuple(vec![matrix(&images, long), matrix(&factors, short), numbers(&sizes)]))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Turns each pair of columns until they are at a right angle; whether any was turned.
fn turn(u: &mut [Vec<f64>], v: &mut [Vec<f64>]) -> bool {
    let mut turned = false;
    for q in 1..u.len() {
        for p in 0..q {
            let (a, b, c) = (dot(&u[p], &u[p]), dot(&u[q], &u[q]), dot(&u[p], &u[q]));
            if c * c <= 1e-27 * a * b || !(a * b * c).is_finite() {
                continue;
            }
            turned = true;
            let theta = (b - a) / (2.0 * c);
            let tangent = 1f64.copysign(theta) / (theta.abs() + theta.hypot(1.0));
            let cosine = 1.0 / tangent.hypot(1.0);
            for all in [&mut *u, &mut *v] {
                let (left, right) = all.split_at_mut(q);
                for (x, y) in left[p].iter_mut().zip(&mut right[0]) {
                    (*x, *y) = (cosine * (*x - tangent * *y), cosine * (*y + tangent * *x));
                }
            }
        }
    }
    turned
}

/// Adds columns of length one at right angles to all others, up to `count`.
fn complete(columns: &mut Vec<Vec<f64>>, n: usize, count: usize) {
    for axis in 0..n {
        if columns.len() >= count {
            return;
        }
        let mut new: Vec<f64> = (0..n).map(|i| f64::from(u8::from(i == axis))).collect();
        // Twice, because the first time leaves an error where little is left of the axis.
        for _ in 0..2 {
            for column in &*columns {
                let along = dot(column, &new);
                new.iter_mut().zip(column).for_each(|(x, y)| *x -= along * y);
            }
        }
        let size = dot(&new, &new).sqrt();
        if size > 1e-6 {
            columns.push(new.iter().map(|x| x / size).collect());
        }
    }
}
