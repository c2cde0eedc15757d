//! Functions over tensors of every kind of shape: no dimensions, one element, none, eight dimensions.

use engine::ops::Padding;
use engine::{Result, Tensor};

use super::order::{lines, order, running};
use super::rearranging::moved;
use crate::array::Array;
use crate::case::{Case, distinct, integers};

const SHAPES: [&[usize]; 8] =
    [&[], &[1], &[1, 1, 1], &[0], &[3, 0], &[0, 2, 1], &[2, 3], &[2, 1, 2, 1, 3, 1, 2, 1]];

/// A function of x and of indices into its last dimension, of the same shape.
struct Function {
    name: &'static str,
    /// The number of dimensions that it needs.
    ndim: usize,
    run: fn(&[Tensor]) -> Result<Tensor>,
    reference: fn(&[Array]) -> Array,
    /// Whether elements are only moved.
    moves: bool,
}

/// `f` of every line along the last dimension; a tensor without dimensions is a line of one.
fn last(x: &Array, f: impl Fn(&[f64]) -> Vec<f64>) -> Array {
    match x.shape.len() {
        0 => lines(&x.reshape(&[1]), 0, f).reshape(&[]),
        n => lines(x, n - 1, f),
    }
}

/// The fold of all elements.
fn all(x: &Array, f: impl Fn(&[f64]) -> f64) -> Array {
    Array { shape: vec![], data: vec![f(&x.data)] }
}

fn softmax(line: &[f64]) -> Vec<f64> {
    let sum: f64 = line.iter().map(|v| v.exp()).sum();
    line.iter().map(|v| v.exp() / sum).collect()
}

fn variance(data: &[f64]) -> f64 {
    let n = data.len() as f64;
    let mean = data.iter().sum::<f64>() / n;
    let sum = data.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>();
    if data.len() < 2 { f64::NAN } else { sum / (n - 1.0) }
}

/// The element of x whose last index is f of the last index and of the size.
fn along_last(x: &Array, f: impl Fn(usize, usize) -> usize) -> Array {
    last(x, |line| (0..line.len()).map(|i| line[f(i, line.len())]).collect())
}

const fn function(
    name: &'static str,
    ndim: usize,
    run: fn(&[Tensor]) -> Result<Tensor>,
    reference: fn(&[Array]) -> Array,
) -> Function {
    Function { name, ndim, run, reference, moves: false }
}

const COMPUTED: [Function; 16] = [
    function("cumsum", 0, |t| t[0].cumsum(-1), |a| last(&a[0], |line| running(line, |x, y| x + y))),
    function("cumprod", 0, |t| t[0].cumprod(-1), |a| last(&a[0], |line| running(line, |x, y| x * y))),
    function("softmax", 0, |t| t[0].softmax(-1), |a| last(&a[0], softmax)),
    function(
        "log_softmax",
        0,
        |t| t[0].log_softmax(-1),
        |a| last(&a[0], |line| softmax(line).iter().map(|v| v.ln()).collect()),
    ),
    function("sum", 0, |t| t[0].sum(&[], false), |a| all(&a[0], |d| d.iter().sum())),
    function("prod", 0, |t| t[0].prod(&[], false), |a| all(&a[0], |d| d.iter().product())),
    function(
        "mean",
        0,
        |t| t[0].mean(&[], false),
        |a| all(&a[0], |d| d.iter().sum::<f64>() / d.len() as f64),
    ),
    function(
        "mean of the last dimension",
        1,
        |t| t[0].mean(&[-1], true),
        |a| a[0].fold(&[a[0].shape.len() - 1], true, |d| d.iter().sum::<f64>() / d.len() as f64),
    ),
    function("var", 0, |t| t[0].var(&[], 1, false), |a| all(&a[0], variance)),
    function(
        "norm",
        0,
        |t| t[0].norm(2.0, &[], false),
        |a| all(&a[0], |d| d.iter().map(|v| v * v).sum::<f64>().sqrt()),
    ),
    function(
        "logsumexp",
        0,
        |t| t[0].logsumexp(&[], false),
        |a| all(&a[0], |d| d.iter().map(|v| v.exp()).sum::<f64>().ln()),
    ),
    function(
        "scatter_add",
        0,
        |t| t[0].scatter_add(-1, &t[1], &t[0]),
        |a| {
            let added = |i: &[usize]| {
                let k = i.last().copied().unwrap_or(0);
                let n = a[0].shape.last().copied().unwrap_or(1);
                let place = |j: usize| [&i[..i.len().saturating_sub(1)], &[j]].concat();
                let other = |j: usize| if i.is_empty() { vec![] } else { place(j) };
                let sent = (0..n).filter(|&j| a[1].at(&other(j)) as usize == k);
                a[0].at(i) + sent.map(|j| a[0].at(&other(j))).sum::<f64>()
            };
            Array::from_fn(&a[0].shape, added)
        },
    ),
    function(
        "matmul",
        2,
        |t| t[0].matmul(&t[0].transpose(-1, -2)?),
        |a| {
            let n = a[0].shape.len();
            let mut dims: Vec<usize> = (0..n).collect();
            dims.swap(n - 1, n - 2);
            a[0].matmul(&a[0].permute(&dims))
        },
    ),
    function(
        "where",
        0,
        |t| t[0].gt(0.0)?.where_(&t[0].square()?, &t[0]),
        |a| a[0].map(|v| if v > 0.0 { v * v } else { v }),
    ),
    function(
        "outer",
        1,
        |t| t[0].flatten(0, -1)?.outer(&t[0].flatten(0, -1)?),
        |a| {
            let n = a[0].data.len();
            Array::from_fn(&[n, n], |i| a[0].data[i[0]] * a[0].data[i[1]])
        },
    ),
    function(
        "layer_norm",
        2,
        |t| engine::nn::layer_norm(&t[0], t[0].shape(), None, None, 1e-5),
        |a| {
            let n = a[0].data.len() as f64;
            let mean = a[0].data.iter().sum::<f64>() / n;
            let var = a[0].data.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n;
            a[0].map(|v| (v - mean) / (var + 1e-5).sqrt())
        },
    ),
];

const MOVED: [Function; 13] = [
    function(
        "sort",
        0,
        |t| Ok(t[0].sort(-1, true)?.0),
        |a| last(&a[0], |line| order(line, true).into_iter().map(|i| line[i]).collect()),
    ),
    function("flip", 0, |t| t[0].flip(&[-1]), |a| along_last(&a[0], |i, n| n - 1 - i)),
    function("roll", 1, |t| t[0].roll(&[1], &[-1]), |a| along_last(&a[0], |i, n| (i + n - 1) % n)),
    function(
        "gather",
        0,
        |t| t[0].gather(-1, &t[1]),
        |a| {
            Array::from_fn(&a[0].shape, |i| match i.split_last() {
                Some((_, front)) => a[0].at(&[front, &[a[1].at(i) as usize]].concat()),
                None => a[0].at(i),
            })
        },
    ),
    function(
        "cat",
        1,
        |t| Tensor::cat(&[t[0].clone(), t[0].clone()], -1),
        |a| last(&a[0], |line| [line, line].concat()),
    ),
    function(
        "stack",
        0,
        |t| Tensor::stack(&[t[0].clone(), t[0].clone()], 0),
        |a| {
            let shape = [&[2], a[0].shape.as_slice()].concat();
            Array { shape, data: [a[0].data.as_slice(), &a[0].data].concat() }
        },
    ),
    function(
        "tile",
        0,
        |t| t[0].tile(&[2, 1]),
        |a| {
            let mut shape = a[0].shape.clone();
            while shape.len() < 2 {
                shape.insert(0, 1);
            }
            let n = shape.len();
            let x = a[0].reshape(&shape);
            shape[n - 2] *= 2;
            moved(&x, &shape, |i| {
                let mut from = i.to_vec();
                from[n - 2] %= x.shape[n - 2];
                from
            })
        },
    ),
    function(
        "unsqueeze",
        0,
        |t| t[0].unsqueeze(-1),
        |a| a[0].reshape(&[a[0].shape.as_slice(), &[1]].concat()),
    ),
    function("flatten", 0, |t| t[0].flatten(0, -1), |a| a[0].reshape(&[a[0].data.len()])),
    function(
        "reversed",
        0,
        |t| t[0].reversed()?.contiguous(),
        |a| {
            let dims: Vec<usize> = (0..a[0].shape.len()).rev().collect();
            a[0].permute(&dims)
        },
    ),
    function(
        "masked_fill",
        0,
        |t| t[0].masked_fill(&t[1].eq(0i64)?, false),
        |a| a[0].zip(&a[1], |v, i| if i == 0.0 { 0.0 } else { v }),
    ),
    function(
        "tril",
        2,
        |t| t[0].tril(0),
        |a| {
            let n = a[0].shape.len();
            Array::from_fn(&a[0].shape, |i| if i[n - 1] <= i[n - 2] { a[0].at(i) } else { 0.0 })
        },
    ),
    function(
        "pad",
        1,
        |t| t[0].pad(&[1, 2], Padding::Constant(false.into())),
        |a| last(&a[0], |line| [&[0.0], line, &[0.0, 0.0]].concat()),
    ),
];

pub(super) fn cases() -> Vec<Case> {
    let functions = COMPUTED.into_iter().chain(MOVED.map(|function| Function { moves: true, ..function }));
    let mut cases = Vec::new();
    for Function { name, ndim, run, reference, moves } in functions {
        for shape in SHAPES.into_iter().filter(|shape| shape.len() >= ndim) {
            let places = shape.last().copied().unwrap_or(1).max(1) as i64;
            let inputs = vec![distinct(shape, 7), integers(shape, 8, 0, places)];
            let row = Case::new(format!("{name} {shape:?} among shapes"), inputs, run, reference);
            cases.push(if moves { row.moves() } else { row });
        }
    }
    cases
}
