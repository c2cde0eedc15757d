//! Products of matrices, and the layers made of them.

use engine::nn;

use crate::array::Array;
use crate::case::{Case, Kind, integers, real};

/// Shapes that `matmul` takes, from vectors to batches.
const SHAPES: [(&[usize], &[usize]); 12] = [
    (&[2, 3], &[3, 4]),
    (&[1, 1], &[1, 1]),
    (&[5, 7], &[7, 1]),
    (&[1, 7], &[7, 5]),
    (&[4, 0], &[0, 3]),
    (&[0, 4], &[4, 3]),
    (&[3], &[3]),
    (&[2, 3], &[3]),
    (&[3], &[3, 2]),
    (&[2, 3, 4], &[2, 4, 3]),
    (&[2, 1, 2, 3], &[3, 3, 2]),
    (&[4, 2, 3], &[3]),
];

/// Sizes that fill tiles, leave rests, or are long and thin: rows, inner size, columns.
const LARGE: [(usize, usize, usize); 9] = [
    (64, 64, 64),
    (65, 33, 70),
    (128, 784, 10),
    (10, 100, 784),
    (784, 100, 10),
    (1, 784, 10),
    (130, 3, 129),
    (17, 1000, 3),
    (1, 1, 300),
];

fn matmul(a: &Array, b: &Array) -> Array {
    let (x, y) = (a.shape.len() == 1, b.shape.len() == 1);
    let left = if x { a.reshape(&[1, a.shape[0]]) } else { a.clone() };
    let right = if y { b.reshape(&[b.shape[0], 1]) } else { b.clone() };
    let out = left.matmul(&right);
    let mut shape = out.shape.clone();
    let n = shape.len();
    if y {
        shape.remove(n - 1);
    }
    if x {
        shape.remove(n - 2);
    }
    out.reshape(&shape)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (a, b) in SHAPES {
        let inputs = vec![real(a, 1), real(b, 2)];
        cases.push(
            Case::new(
                format!("matmul {a:?} {b:?}"),
                inputs,
                |t| t[0].matmul(&t[1]),
                |a| matmul(&a[0], &a[1]),
            )
            .also(&[Kind::Integer]),
        );
    }
    for (m, k, n) in LARGE {
        let inputs = vec![real(&[m, k], 1), real(&[k, n], 2)];
        cases.push(
            Case::new(format!("matmul {m}×{k}×{n}"), inputs, |t| t[0].matmul(&t[1]), |a| dense(&a[0], &a[1]))
                .smooth(0)
                .within(1e-4),
        );
    }
    cases.extend(layers());
    cases.extend(named());
    cases
}

/// The products that have names of their own.
fn named() -> Vec<Case> {
    let (m, n) = (|| real(&[2, 3], 1), || real(&[3, 4], 2));
    let vector = |size: usize, seed: u64| real(&[size], seed);
    let batches = || [real(&[2, 2, 3], 1), real(&[2, 3, 2], 2)];
    let product = |a: &[Array]| matmul(&a[0], &a[1]);
    vec![
        Case::new("mm", vec![m(), n()], |t| t[0].mm(&t[1]), product),
        Case::new("bmm", batches().into(), |t| t[0].bmm(&t[1]), product),
        Case::new("mv", vec![m(), vector(3, 2)], |t| t[0].mv(&t[1]), product),
        Case::new("dot", vec![vector(5, 1), vector(5, 2)], |t| t[0].dot(&t[1]), product),
        Case::new(
            "outer",
            vec![vector(3, 1), vector(2, 2)],
            |t| t[0].outer(&t[1]),
            |a| Array::from_fn(&[3, 2], |i| a[0].data[i[0]] * a[1].data[i[1]]),
        ),
        Case::new(
            "addmm",
            vec![vector(4, 3), m(), n()],
            |t| t[0].addmm(&t[1], &t[2], 2.0, 3.0),
            |a| a[0].zip(&matmul(&a[1], &a[2]), |x, y| 2.0 * x + 3.0 * y),
        ),
        Case::new(
            "baddbmm",
            [vec![real(&[2, 1], 3)], batches().into()].concat(),
            |t| t[0].baddbmm(&t[1], &t[2], 2.0, 3.0),
            |a| a[0].zip(&matmul(&a[1], &a[2]), |x, y| 2.0 * x + 3.0 * y),
        ),
    ]
    .into_iter()
    .map(|case| case.also(&[Kind::Integer]))
    .collect()
}

/// The product again, without a search for indices: the sizes here are large.
fn dense(a: &Array, b: &Array) -> Array {
    let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1]);
    let mut data = vec![0.0; m * n];
    for i in 0..m {
        for j in 0..k {
            for c in 0..n {
                data[i * n + c] += a.data[i * k + j] * b.data[j * n + c];
            }
        }
    }
    Array { shape: vec![m, n], data }
}

pub(super) fn log_softmax(a: &Array, dim: usize) -> Array {
    let max = a.fold(&[dim], true, |g| g.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    let shifted = a.zip(&max, |v, m| v - m);
    let norm = shifted.fold(&[dim], true, |g| g.iter().map(|v| v.exp()).sum::<f64>().ln());
    shifted.zip(&norm, |v, n| v - n)
}

fn layers() -> Vec<Case> {
    let mut cases: Vec<Case> = [(&[4, 5][..], 1), (&[4, 5], 0), (&[2, 3, 4], 1), (&[6], 0), (&[3, 1], 1)]
        .into_iter()
        .map(|(shape, dim)| {
            Case::new(
                format!("log_softmax {shape:?} along {dim}"),
                vec![real(shape, 3)],
                move |t| t[0].log_softmax(dim),
                move |a| log_softmax(&a[0], dim as usize),
            )
        })
        .collect();
    let mut large = real(&[3, 4], 5);
    large.array = large.array.map(|v| f64::from((v * 400.0) as f32));
    cases.push(
        Case::new(
            "log_softmax of large values",
            vec![large],
            |t| t[0].log_softmax(1),
            |a| log_softmax(&a[0], 1),
        )
        .smooth(0),
    );
    cases.push(
        Case::new(
            "log_softmax of long rows",
            vec![real(&[3, 1500], 5)],
            |t| t[0].log_softmax(1),
            |a| log_softmax(&a[0], 1),
        )
        .smooth(0),
    );
    cases.push(Case::new(
        "linear",
        vec![real(&[3, 4], 1), real(&[2, 4], 2), real(&[2], 3)],
        |t| nn::linear(&t[0], &t[1], &t[2]),
        |a| matmul(&a[0], &a[1].permute(&[1, 0])).zip(&a[2], |v, b| v + b),
    ));
    for (rows, classes) in [(6, 4), (1, 7), (70, 3)] {
        cases.push(Case::new(
            format!("cross_entropy [{rows}, {classes}]"),
            vec![real(&[rows, classes], 1), integers(&[rows], 2, 0, classes as i64)],
            |t| nn::cross_entropy(&t[0], &t[1]),
            |a| cross_entropy(a, -100.0),
        ));
    }
    cases.push(Case::new(
        "cross_entropy without one class",
        vec![real(&[8, 3], 1), integers(&[8], 4, 0, 3)],
        |t| t[0].softmax_cross_entropy(&t[1], 1),
        |a| cross_entropy(a, 1.0),
    ));
    cases
}

pub(super) fn cross_entropy(a: &[Array], ignore: f64) -> Array {
    let scores = log_softmax(&a[0], 1);
    let counting: Vec<usize> = (0..a[1].data.len()).filter(|&i| a[1].data[i] != ignore).collect();
    let total: f64 = counting.iter().map(|&i| -scores.at(&[i, a[1].data[i] as usize])).sum();
    Array { shape: vec![], data: vec![total / counting.len() as f64] }
}
