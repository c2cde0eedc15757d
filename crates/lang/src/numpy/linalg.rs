//! Systems of linear equations, and eigenvalues of symmetric matrices.

use super::kind::Kind;
use super::nd::Nd;
use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// The native part of `numpy.linalg`.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_solve(a, b)", solve),
    Native::new("_det(a)", det),
    Native::new("_eigh(a)", eigh),
    Native::new("_pivots(a)", pivots),
];

/// A square matrix, and its size. The part in Python has refused others in NumPy's words.
fn square(vm: &mut Machine, value: &Value) -> Result<(Vec<f64>, usize)> {
    let nd = vm.nd(value)?;
    match *nd.shape {
        [n, m] if n == m => Ok((nd.f64s(), n)),
        // A list of no rows.
        [0] => Ok((Vec::new(), 0)),
        _ => value_error("the matrix must be square"),
    }
}

/// A matrix as a list of its rows. What `torch.linalg` takes is no array: a device may have no float64.
pub(super) fn rows(values: &[f64], rows: usize) -> Value {
    let columns = values.len() / rows.max(1);
    Value::list((0..rows).map(|i| numbers(&values[i * columns..][..columns])).collect())
}

/// A list of numbers.
pub(super) fn numbers(values: &[f64]) -> Value {
    Value::list(values.iter().map(|&x| Value::Float(x)).collect())
}

/// Brings a matrix to an upper triangle, the same done to `right`; which rows were exchanged, or nothing if it is singular.
fn eliminate(a: &mut [f64], n: usize, right: &mut [f64], m: usize) -> Option<Vec<(usize, usize)>> {
    let mut exchanged = Vec::new();
    for j in 0..n {
        let pivot =
            (j..n).max_by(|&x, &y| a[x * n + j].abs().total_cmp(&a[y * n + j].abs()).then(y.cmp(&x)))?;
        if a[pivot * n + j] == 0.0 {
            return None;
        }
        if pivot != j {
            (0..n).for_each(|k| a.swap(j * n + k, pivot * n + k));
            (0..m).for_each(|k| right.swap(j * m + k, pivot * m + k));
            exchanged.push((j, pivot));
        }
        for i in j + 1..n {
            let factor = a[i * n + j] / a[j * n + j];
            (j..n).for_each(|k| a[i * n + k] -= factor * a[j * n + k]);
            (0..m).for_each(|k| right[i * m + k] -= factor * right[j * m + k]);
        }
    }
    Some(exchanged)
}

/// Minus one for an odd number of exchanges.
fn sign(exchanged: &[(usize, usize)]) -> f64 {
    if exchanged.len() % 2 == 1 { -1.0 } else { 1.0 }
}

/// The order of rows in which the pivots of an elimination stand, and its sign; `None` and 0 if the matrix is singular.
fn pivots(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mut a, n) = square(vm, &args.get(0))?;
    let Some(exchanged) = eliminate(&mut a, n, &mut [], 0) else {
        return Ok(Value::tuple(vec![Value::None, Value::Int(0)]));
    };
    let mut order: Vec<usize> = (0..n).collect();
    exchanged.iter().for_each(|&(i, j)| order.swap(i, j));
    let order = order.into_iter().map(Value::from).collect();
    Ok(Value::tuple(vec![Value::list(order), Value::Int(sign(&exchanged) as i64)]))
}

/// The `x` of `a @ x = b`, for a matrix or a vector `b`; nothing, if `a` is singular.
fn solve(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mut a, n) = square(vm, &args.get(0))?;
    let b = vm.nd(&args.get(1))?;
    if b.shape.first() != Some(&n) {
        let size = b.shape.first().copied().unwrap_or(0);
        return value_error(format!(
            "solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) (size \
             {size} is different from {n})"
        ));
    }
    let m = b.len() / n.max(1);
    let mut x = b.f64s();
    if eliminate(&mut a, n, &mut x, m).is_none() {
        return Ok(Value::None);
    }
    for i in (0..n).rev() {
        for k in 0..m {
            let known: f64 = (i + 1..n).map(|j| a[i * n + j] * x[j * m + k]).sum();
            x[i * m + k] = (x[i * m + k] - known) / a[i * n + i];
        }
    }
    vm.array(Nd::new(Kind::Float64, b.shape, x))
}

fn det(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mut a, n) = square(vm, &args.get(0))?;
    let value = match eliminate(&mut a, n, &mut [], 0) {
        // By logarithms, as NumPy computes it.
        Some(exchanged) => {
            let pivots = || (0..n).map(|i| a[i * n + i]);
            let sign = pivots().fold(sign(&exchanged), |sign, pivot| sign * pivot.signum());
            sign * pivots().map(|pivot| pivot.abs().ln()).sum::<f64>().exp()
        }
        None => 0.0,
    };
    vm.returned(Nd::new(Kind::Float64, Vec::new(), vec![value]))
}

/// Eigenvalues of a symmetric matrix in ascending order, and its eigenvectors as columns, by Jacobi's rotations: lists.
fn eigh(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mut a, n) = square(vm, &args.get(0))?;
    let mut vectors: Vec<f64> = (0..n * n).map(|i| f64::from(u8::from(i / n == i % n))).collect();
    let total: f64 = a.iter().map(|x| x * x).sum();
    for _ in 0..100 {
        let off: f64 = (0..n * n).filter(|i| i / n != i % n).map(|i| a[i] * a[i]).sum();
        if off <= total * 1e-31 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut vectors, n, p, q);
            }
        }
    }
    let mut places: Vec<usize> = (0..n).collect();
    sorting::sort_by(&mut places, |&i, &j| a[i * n + i].total_cmp(&a[j * n + j]));
    let values: Vec<f64> = places.iter().map(|&i| a[i * n + i]).collect();
    let columns: Vec<f64> = (0..n)
        .flat_map(|row| places.iter().map(move |&i| (row, i)))
        .map(|(row, i)| vectors[row * n + i])
        .collect();
    Ok(Value::tuple(vec![numbers(&values), rows(&columns, n)]))
}

/// Turns the plane of two axes so that `a[p, q]` becomes zero.
fn rotate(a: &mut [f64], vectors: &mut [f64], n: usize, p: usize, q: usize) {
    if a[p * n + q] == 0.0 {
        return;
    }
    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * a[p * n + q]);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for k in 0..n {
        let (x, y) = (a[k * n + p], a[k * n + q]);
        a[k * n + p] = c * x - s * y;
        a[k * n + q] = s * x + c * y;
    }
    for k in 0..n {
        let (x, y) = (a[p * n + k], a[q * n + k]);
        a[p * n + k] = c * x - s * y;
        a[q * n + k] = s * x + c * y;
    }
    for k in 0..n {
        let (x, y) = (vectors[k * n + p], vectors[k * n + q]);
        vectors[k * n + p] = c * x - s * y;
        vectors[k * n + q] = s * x + c * y;
    }
}
