//! Folds of several steps: softmax, norms and variances.

use crate::array::Array;
use crate::case::{Case, Kind, distinct, positive, real, values};

pub(super) fn cases() -> Vec<Case> {
    let variance = |group: &[f64], correction: f64| {
        let mean = group.iter().sum::<f64>() / group.len() as f64;
        group.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (group.len() as f64 - correction)
    };
    let sum = |group: &[f64], f: fn(f64) -> f64| group.iter().map(|&v| f(v)).sum::<f64>();
    vec![
        Case::new(
            "softmax",
            vec![real(&[3, 4], 1)],
            |t| t[0].softmax(1),
            |a| {
                let e = a[0].map(f64::exp);
                e.zip(&e.fold(&[1], true, |g| g.iter().sum()), |v, s| v / s)
            },
        ),
        Case::new(
            "logsumexp",
            vec![real(&[3, 4], 2)],
            |t| t[0].logsumexp(&[0], false),
            move |a| a[0].fold(&[0], false, |g| sum(g, f64::exp).ln()),
        ),
        Case::new(
            "var",
            vec![real(&[3, 4], 3)],
            |t| t[0].var(&[1], 1, true),
            move |a| a[0].fold(&[1], true, |g| variance(g, 1.0)),
        ),
        Case::new(
            "std",
            vec![real(&[3, 4], 3)],
            |t| t[0].std(&[], 0, false),
            move |a| a[0].fold(&[0, 1], false, |g| variance(g, 0.0).sqrt()),
        ),
        Case::new(
            "norm",
            vec![real(&[3, 4], 3)],
            |t| t[0].norm(2.0, &[1], false),
            move |a| a[0].fold(&[1], false, |g| sum(g, |v| v * v).sqrt()),
        ),
        Case::new(
            "norm of the third power",
            vec![positive(&[3, 4], 3)],
            |t| t[0].norm(3.0, &[0], false),
            move |a| a[0].fold(&[0], false, |g| sum(g, |v| v * v * v).cbrt()),
        ),
        Case::new(
            "norm of the largest",
            vec![distinct(&[3, 4], 3)],
            |t| t[0].norm(f64::INFINITY, &[0], false),
            move |a| a[0].fold(&[0], false, |g| g.iter().fold(0.0, |m, v| f64::max(m, v.abs()))),
        ),
        Case::new(
            "norm of nothing but zeros and others counted",
            vec![values(&[2, 3], &[0.0, 1.0, -2.0, 0.0, 0.0, 3.0], Kind::Real)],
            |t| t[0].norm(0.0, &[1], true),
            |a| a[0].fold(&[1], true, |g| g.iter().filter(|v| **v != 0.0).count() as f64),
        )
        .smooth(0),
        Case::new(
            "norm of the smallest",
            vec![distinct(&[3, 4], 3)],
            |t| t[0].norm(f64::NEG_INFINITY, &[1], false),
            |a| a[0].fold(&[1], false, |g| g.iter().fold(f64::INFINITY, |m, v| f64::min(m, v.abs()))),
        ),
        Case::new(
            "norm of one dimension of three",
            vec![real(&[2, 3, 2], 3)],
            |t| t[0].norm(1.0, &[1], true),
            move |a| a[0].fold(&[1], true, |g| sum(g, f64::abs)),
        ),
        Case::new(
            "softmin",
            vec![real(&[3, 4], 1)],
            |t| t[0].softmin(0),
            |a| {
                let e = a[0].map(|v| (-v).exp());
                e.zip(&e.fold(&[0], true, |g| g.iter().sum()), |v, s| v / s)
            },
        ),
        Case::new("softmax of 0-d", vec![real(&[], 1)], |t| t[0].softmax(0), |a| a[0].map(|_| 1.0)),
        Case::new("softmax of nothing", vec![real(&[0, 3], 1)], |t| t[0].softmax(1), |a| a[0].clone()),
        Case::new(
            "logsumexp of large and infinite values",
            vec![values(
                &[3, 2],
                &[900.0, 901.0, f64::NEG_INFINITY, f64::NEG_INFINITY, f64::INFINITY, 0.0],
                Kind::Real,
            )],
            |t| t[0].logsumexp(&[1], true),
            move |a| {
                a[0].fold(&[1], true, |g| {
                    let max = g.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    if max.is_infinite() {
                        max
                    } else {
                        max + g.iter().map(|v| (v - max).exp()).sum::<f64>().ln()
                    }
                })
            },
        )
        .smooth(0),
        Case::new(
            "logsumexp of all",
            vec![real(&[2, 3], 2)],
            |t| t[0].logsumexp(&[0, 1], false),
            move |a| a[0].fold(&[0, 1], false, |g| sum(g, f64::exp).ln()),
        )
        .also(&[Kind::Integer, Kind::Bool]),
        Case::new(
            "var_mean: both",
            vec![real(&[3, 4], 3)],
            |t| {
                let (var, mean) = t[0].var_mean(&[0], 0, false)?;
                var.mul(3.0)?.add(&mean)
            },
            move |a| a[0].fold(&[0], false, |g| 3.0 * variance(g, 0.0) + g.iter().sum::<f64>() / 3.0),
        ),
        Case::new(
            "std_mean: both",
            vec![real(&[3, 4], 3)],
            |t| {
                let (std, mean) = t[0].std_mean(&[-1], 1, true)?;
                std.mul(3.0)?.add(&mean)
            },
            move |a| a[0].fold(&[1], true, |g| 3.0 * variance(g, 1.0).sqrt() + g.iter().sum::<f64>() / 4.0),
        ),
        Case::new(
            "var of one element is no number",
            vec![real(&[3, 1], 3)],
            |t| t[0].var(&[1], 1, false),
            |a| Array { shape: vec![3], data: a[0].data.iter().map(|_| f64::NAN).collect() },
        )
        .smooth(0),
    ]
}
