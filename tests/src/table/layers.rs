//! Layers: rows of tables, normalisation, and distances between vectors.

use engine::nn::{self, BatchStatistics};
use engine::ops::einsum;
use engine::{Result, Tensor};

use super::rearranging::moved;
use crate::array::Array;
use crate::case::{Case, Kind, distinct, integers, positive, real, values};

/// (x − mean) / √(variance + eps) over these dimensions.
fn normalized(x: &Array, dims: &[usize]) -> Array {
    let mean = |x: &Array| x.fold(dims, true, |g| g.iter().sum::<f64>() / g.len() as f64);
    let off = x.zip(&mean(x), |v, m| v - m);
    off.zip(&mean(&off.map(|v| v * v)), |v, var| v / (var + 1e-5).sqrt())
}

fn length(x: &Array, dim: usize, p: f64) -> Array {
    x.fold(&[dim], true, |g| g.iter().map(|v| v.abs().powf(p)).sum::<f64>().powf(1.0 / p))
}

/// What batch normalisation does to x, `[N, C, …]`, in training.
fn batch_norm(t: &[Tensor]) -> Result<Tensor> {
    let known = BatchStatistics { weight: Some(&t[1]), bias: Some(&t[2]), ..BatchStatistics::default() };
    nn::batch_norm(&t[0], &known, true, 0.1, 1e-5)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = norms();
    cases.extend(distances());
    cases.extend(tables());
    cases.extend(sums());
    cases
}

fn norms() -> Vec<Case> {
    let column = |a: &Array, n: usize| a.reshape(&[&[3], vec![1; n].as_slice()].concat());
    let mut cases: Vec<Case> = [(&[4, 3][..], 0), (&[2, 3, 4], 1), (&[2, 3, 2, 2], 2)]
        .into_iter()
        .map(|(shape, behind)| {
            let dims: Vec<usize> = (0..shape.len()).filter(|&d| d != 1).collect();
            Case::new(
                format!("batch_norm {shape:?}"),
                vec![real(shape, 1), real(&[3], 2), real(&[3], 3)],
                batch_norm,
                move |a| {
                    let scaled = normalized(&a[0], &dims).zip(&column(&a[1], behind), |v, w| v * w);
                    scaled.zip(&column(&a[2], behind), |v, b| v + b)
                },
            )
        })
        .collect();
    cases.push(
        Case::new(
            "batch_norm by what is known",
            vec![real(&[4, 3], 1), real(&[3], 2), positive(&[3], 3)],
            |t| {
                let (mean, var) = (t[1].detach(), t[2].detach());
                let known = BatchStatistics {
                    running_mean: Some(&mean),
                    running_var: Some(&var),
                    ..BatchStatistics::default()
                };
                nn::batch_norm(&t[0], &known, false, 0.1, 1e-5)
            },
            |a| a[0].zip(&a[1], |v, m| v - m).zip(&a[2], |v, var| v / (var + 1e-5).sqrt()),
        )
        .smooth(0),
    );
    cases.push(Case::new(
        "layer_norm of the last dimension",
        vec![real(&[3, 4], 1)],
        |t| nn::layer_norm(&t[0], &[4], None, None, 1e-5),
        |a| normalized(&a[0], &[1]),
    ));
    cases.push(Case::new(
        "layer_norm of two dimensions",
        vec![real(&[2, 3, 2], 1), real(&[3, 2], 2), real(&[3, 2], 3)],
        |t| nn::layer_norm(&t[0], &[3, 2], Some(&t[1]), Some(&t[2]), 1e-5),
        |a| normalized(&a[0], &[1, 2]).zip(&a[1], |v, w| v * w).zip(&a[2], |v, b| v + b),
    ));
    cases
}

fn distances() -> Vec<Case> {
    let norm = |g: &[f64]| g.iter().map(|v| v * v).sum::<f64>().sqrt();
    vec![
        Case::new(
            "cosine_similarity",
            vec![real(&[3, 4], 1), real(&[1, 4], 2)],
            |t| nn::cosine_similarity(&t[0], &t[1], 1, 1e-8),
            |a| {
                let unit = |x: &Array| x.zip(&length(x, 1, 2.0), |v, n| v / n);
                unit(&a[0]).zip(&unit(&a[1]), |v, w| v * w).fold(&[1], false, |g| g.iter().sum())
            },
        ),
        Case::new(
            "pairwise_distance",
            vec![real(&[3, 4], 1), real(&[4], 2)],
            |t| nn::pairwise_distance(&t[0], &t[1], 2.0, 1e-6, true),
            move |a| a[0].zip(&a[1], |x, y| x - y + 1e-6).fold(&[1], true, norm),
        ),
        Case::new(
            "cdist",
            vec![real(&[2, 3, 2], 1), real(&[4, 2], 2)],
            |t| nn::cdist(&t[0], &t[1], 2.0),
            move |a| {
                let apart = |i: &[usize]| {
                    let d = |k: usize| a[0].at(&[i[0], i[1], k]) - a[1].at(&[i[2], k]);
                    norm(&[d(0), d(1)])
                };
                Array::from_fn(&[2, 3, 4], apart)
            },
        ),
        Case::new(
            "cdist by the sum",
            vec![distinct(&[3, 2], 1), real(&[4, 2], 2)],
            |t| nn::cdist(&t[0], &t[1], 1.0),
            |a| {
                Array::from_fn(&[3, 4], |i| {
                    (0..2).map(|k| (a[0].at(&[i[0], k]) - a[1].at(&[i[1], k])).abs()).sum()
                })
            },
        ),
        Case::new(
            "normalize",
            vec![positive(&[3, 4], 1)],
            |t| nn::normalize(&t[0], 3.0, 0, 1e-12),
            |a| a[0].zip(&length(&a[0], 0, 3.0), |v, n| v / n),
        ),
    ]
}

fn tables() -> Vec<Case> {
    let inputs = || vec![integers(&[2, 3], 1, 0, 4), real(&[4, 5], 2)];
    let found = |a: &[Array]| moved(&a[1], &[2, 3, 5], |i| vec![a[0].at(&i[..2]) as usize, i[2]]);
    vec![
        Case::new("embedding", inputs(), |t| nn::embedding(&t[0], &t[1], None), found),
        // Its gradient is cut off in one row, and so is no slope of the value.
        Case::new("embedding with padding", inputs(), |t| nn::embedding(&t[0], &t[1], Some(-1)), found)
            .smooth(0),
        Case::new(
            "embedding of one",
            vec![values(&[], &[2.0], Kind::Integer), real(&[4, 5], 2)],
            |t| nn::embedding(&t[0], &t[1], None),
            |a| moved(&a[1], &[5], |i| vec![2, i[0]]),
        ),
    ]
}

/// Products written as sums over indices.
fn sums() -> Vec<Case> {
    let x = || real(&[2, 3, 4], 1);
    vec![
        Case::new(
            "einsum of batches",
            vec![x(), real(&[2, 4, 3], 2)],
            |t| einsum("bij,bjk->bik", &[&t[0], &t[1]]),
            |a| a[0].matmul(&a[1]),
        ),
        Case::new(
            "einsum of a diagonal",
            vec![real(&[3, 3], 1)],
            |t| einsum("ii->i", &[&t[0]]),
            |a| Array::from_fn(&[3], |i| a[0].at(&[i[0], i[0]])),
        ),
        Case::new(
            "einsum with an ellipsis",
            vec![x(), real(&[4], 2)],
            |t| einsum("...j,j->...", &[&t[0], &t[1]]),
            |a| a[0].zip(&a[1], |v, w| v * w).fold(&[2], false, |g| g.iter().sum()),
        ),
        Case::new(
            "einsum of three",
            vec![real(&[2], 1), real(&[2, 3], 2), real(&[3], 3)],
            |t| einsum("i,ij,j->", &[&t[0], &t[1], &t[2]]),
            |a| {
                let terms = Array::from_fn(&[2, 3], |i| a[0].data[i[0]] * a[1].at(i) * a[2].data[i[1]]);
                terms.fold(&[0, 1], false, |g| g.iter().sum())
            },
        ),
    ]
    .into_iter()
    .map(|case| case.also(&[Kind::Integer]))
    .collect()
}
