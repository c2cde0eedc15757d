//! Sliding windows and what is made of them, and the folds that have gradients of their own.

use engine::nn::{self, Divisor, Margin, Pooling, Sliding};
use engine::ops::Padding;

use crate::array::{Array, indices};
use crate::case::{Case, distinct, positive, real};

/// The definition of a convolution with one group: x is padded with zeros.
fn convolve(x: &Array, w: &Array, stride: usize, pad: usize, dilation: usize) -> Array {
    let size = |d: usize| (x.shape[d] + 2 * pad - dilation * (w.shape[d] - 1) - 1) / stride + 1;
    Array::from_fn(&[x.shape[0], w.shape[0], size(2), size(3)], |i| {
        let place =
            |d: usize, k: usize| (i[d] * stride + k * dilation).checked_sub(pad).filter(|&p| p < x.shape[d]);
        let term = |k: &Vec<usize>| match (place(2, k[1]), place(3, k[2])) {
            (Some(r), Some(c)) => x.at(&[i[0], k[0], r, c]) * w.at(&[i[1], k[0], k[1], k[2]]),
            _ => 0.0,
        };
        indices(&w.shape[1..]).iter().map(term).sum()
    })
}

/// `f` of the elements of every window of 2 × 2.
fn pool(x: &Array, stride: usize, f: impl Fn(&[f64]) -> f64) -> Array {
    let size = |d: usize| (x.shape[d] - 2) / stride + 1;
    Array::from_fn(&[x.shape[0], x.shape[1], size(2), size(3)], |i| {
        let element = |k: usize| x.at(&[i[0], i[1], i[2] * stride + k / 2, i[3] * stride + k % 2]);
        f(&[element(0), element(1), element(2), element(3)])
    })
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (stride, pad, dilation) in [(1, 0, 1), (2, 1, 1), (1, 2, 2), (3, 0, 1)] {
        cases.push(Case::new(
            format!("conv2d stride {stride} padding {pad} dilation {dilation}"),
            vec![real(&[2, 2, 5, 6], 1), real(&[3, 2, 2, 3], 2)],
            move |t| {
                let (stride, dilation) = ([stride as i64], [dilation as i64]);
                let padding = [pad as i64];
                let padding = Margin::Sizes(&padding);
                nn::conv2d(
                    &t[0],
                    &t[1],
                    None,
                    &Sliding { stride: &stride, padding, dilation: &dilation, groups: 1 },
                )
            },
            move |a| convolve(&a[0], &a[1], stride, pad, dilation),
        ));
    }
    for stride in [1, 2, 3] {
        let pooling = Pooling { stride: [stride; 2], ..Pooling::new([2, 2]) };
        cases.push(Case::new(
            format!("max_pool2d stride {stride}"),
            vec![distinct(&[2, 2, 4, 5], 1)],
            move |t| nn::max_pool2d(&t[0], &pooling),
            move |a| pool(&a[0], stride as usize, |w| w.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        ));
        cases.push(Case::new(
            format!("avg_pool2d stride {stride}"),
            vec![real(&[2, 2, 4, 5], 1)],
            move |t| nn::avg_pool2d(&t[0], &pooling, Divisor::All),
            move |a| pool(&a[0], stride as usize, |w| w.iter().sum::<f64>() / 4.0),
        ));
    }
    for (size, step) in [(3, 1), (2, 2), (2, 3)] {
        cases.push(Case::new(
            format!("unfold {size} by {step}"),
            vec![real(&[3, 7, 2], 4)],
            move |t| t[0].unfold(1, size, step),
            move |a| {
                let n = (7 - size) / step + 1;
                Array::from_fn(&[3, n, 2, size], |i| a[0].at(&[i[0], i[1] * step + i[3], i[2]]))
            },
        ));
    }
    cases.push(Case::new(
        "constant_pad_nd",
        vec![real(&[2, 3], 4)],
        |t| t[0].pad(&[1, 2, 0, 1], Padding::Constant(3.0.into())),
        |a| {
            Array::from_fn(&[3, 6], |i| {
                if i[0] < 2 && (1..4).contains(&i[1]) { a[0].at(&[i[0], i[1] - 1]) } else { 3.0 }
            })
        },
    ));
    cases.extend(statistics());
    cases
}

fn statistics() -> Vec<Case> {
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
    ]
}
