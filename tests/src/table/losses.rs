//! Losses, each with nothing done to its elements, with their mean, and with their sum.

use engine::nn::{self, ClassLoss, Reduction};
use engine::{Result, Tensor};

use super::products::{cross_entropy, log_softmax};
use crate::array::{Array, indices};
use crate::case::{Case, Input, Kind, distinct, integers, positive, real, values};

/// Of each pair of elements: its name, what the engine does, its definition.
type Loss = (&'static str, fn(&[Tensor], Reduction) -> Result<Tensor>, fn(f64, f64) -> f64);

/// Of real numbers, with kinks where both are equal or half apart.
const OF_REALS: [Loss; 7] = [
    ("mse_loss", |t, r| nn::mse_loss(&t[0], &t[1], r), |x, y| (x - y) * (x - y)),
    ("l1_loss", |t, r| nn::l1_loss(&t[0], &t[1], r), |x, y| (x - y).abs()),
    (
        "smooth_l1_loss",
        |t, r| nn::smooth_l1_loss(&t[0], &t[1], 0.5, r),
        |x, y| {
            let d = (x - y).abs();
            if d < 0.5 { d * d } else { d - 0.25 }
        },
    ),
    (
        "huber_loss",
        |t, r| nn::huber_loss(&t[0], &t[1], 0.5, r),
        |x, y| {
            let d = (x - y).abs();
            if d <= 0.5 { d * d / 2.0 } else { 0.5 * (d - 0.25) }
        },
    ),
    (
        "poisson_nll_loss",
        |t, r| nn::poisson_nll_loss(&t[0], &t[1], true, false, 1e-8, r),
        |x, y| x.exp() - y * x,
    ),
    ("kl_div of logarithms", |t, r| nn::kl_div(&t[0], &t[1], true, r), |x, y| y.exp() * (y - x)),
    (
        "binary_cross_entropy_with_logits",
        |t, r| nn::binary_cross_entropy_with_logits(&t[0], &t[1].expand(t[0].shape())?, None, None, r),
        |x, y| (-x).exp().ln_1p() + (1.0 - y) * x,
    ),
];

/// Of positive numbers.
const OF_POSITIVE: [Loss; 2] = [
    ("kl_div", |t, r| nn::kl_div(&t[0], &t[1], false, r), |x, y| y * (y.ln() - x)),
    (
        "poisson_nll_loss of no logarithms",
        |t, r| nn::poisson_nll_loss(&t[0], &t[1], false, false, 1e-8, r),
        |x, y| x - y * (x + 1e-8).ln(),
    ),
];

/// Of numbers between 0 and 1.
const OF_CHANCES: [Loss; 1] = [(
    "binary_cross_entropy",
    |t, r| nn::binary_cross_entropy(&t[0], &t[1].expand(t[0].shape())?, None, r),
    |x, y| -(y * x.ln() + (1.0 - y) * (1.0 - x).ln()),
)];

/// Of numbers and of signs.
const OF_SIGNS: [Loss; 2] = [
    ("soft_margin_loss", |t, r| nn::soft_margin_loss(&t[0], &t[1], r), |x, y| (-y * x).exp().ln_1p()),
    (
        "hinge_embedding_loss",
        |t, r| nn::hinge_embedding_loss(&t[0], &t[1], 0.7, r),
        |x, y| if y == 1.0 { x } else { (0.7 - x).max(0.0) },
    ),
];

const REDUCTIONS: [Reduction; 3] = [Reduction::None, Reduction::Mean, Reduction::Sum];

fn reduced(losses: &Array, reduction: Reduction) -> Array {
    let (sum, n) = (losses.data.iter().sum::<f64>(), losses.data.len() as f64);
    let one = |v: f64| Array { shape: vec![], data: vec![v] };
    match reduction {
        Reduction::None => losses.clone(),
        Reduction::Mean => one(sum / n),
        Reduction::Sum => one(sum),
        Reduction::BatchMean => one(sum / losses.shape.first().map_or(1.0, |&n| n as f64)),
    }
}

fn shifted(input: Input, f: impl Fn(f64) -> f64) -> Input {
    let Input { array, kind } = input;
    Input { array: array.map(|v| f64::from(f(v) as f32)), kind }
}

/// −1 or 1, as integers.
fn signs(shape: &[usize], seed: u64) -> Input {
    let mut input = integers(shape, seed, 0, 2);
    input.array = input.array.map(|v| 2.0 * v - 1.0);
    input
}

fn pairs(losses: &'static [Loss], x: impl Fn(&[usize]) -> Input, y: impl Fn(&[usize]) -> Input) -> Vec<Case> {
    let shapes: [(&[usize], &[usize]); 3] = [(&[3, 4], &[3, 4]), (&[3, 4], &[4]), (&[], &[])];
    let mut cases = Vec::new();
    for &(name, run, definition) in losses {
        for reduction in REDUCTIONS {
            for (a, b) in shapes {
                cases.push(Case::new(
                    format!("{name} {a:?} {b:?} {reduction:?}"),
                    vec![x(a), y(b)],
                    move |t| run(t, reduction),
                    move |a| reduced(&a[0].zip(&a[1], definition), reduction),
                ));
            }
        }
    }
    cases
}

pub(super) fn cases() -> Vec<Case> {
    let chance = |shape: &[usize], seed: u64| shifted(real(shape, seed), |v| 0.5 + v / 5.0);
    let mut cases = pairs(&OF_REALS, |s| distinct(s, 3), |s| shifted(distinct(s, 4), |v| v + 0.02));
    cases.extend(pairs(&OF_POSITIVE, |s| positive(s, 3), |s| positive(s, 4)));
    cases.extend(pairs(&OF_CHANCES, |s| chance(s, 3), |s| chance(s, 4)));
    cases.extend(pairs(&OF_SIGNS, |s| distinct(s, 3), |s| signs(s, 4)));
    cases.extend(of_several());
    cases.extend(of_classes());
    cases
}

fn of_several() -> Vec<Case> {
    let positive_part = |v: f64| v.max(0.0);
    let cosine = |a: &Array, b: &Array| {
        let dot = |x: &Array, y: &Array| x.zip(y, |v, w| v * w).fold(&[1], false, |g| g.iter().sum());
        dot(a, b).zip(&dot(a, a).zip(&dot(b, b), |v, w| (v * w).sqrt()), |v, w| v / w)
    };
    vec![
        Case::new(
            "kl_div with the mean of the batch",
            vec![real(&[3, 4], 1), positive(&[3, 4], 2)],
            |t| nn::kl_div(&t[0], &t[1], false, Reduction::BatchMean),
            |a| reduced(&a[0].zip(&a[1], |x, y| y * (y.ln() - x)), Reduction::BatchMean),
        ),
        Case::new(
            "binary_cross_entropy with weights",
            vec![shifted(real(&[3, 2], 1), |v| 0.5 + v / 5.0), positive(&[2], 2)],
            |t| {
                nn::binary_cross_entropy(&t[0], &t[0].gt(0.5)?.to(t[0].dtype())?, Some(&t[1]), Reduction::Sum)
            },
            |a| reduced(&a[0].zip(&a[1], |x, w| -w * x.max(1.0 - x).ln()), Reduction::Sum),
        ),
        Case::new(
            "binary_cross_entropy_with_logits with both weights",
            vec![real(&[3, 2], 1), positive(&[3, 1], 2), positive(&[2], 3)],
            |t| {
                let y = t[0].gt(0.0)?.to(t[0].dtype())?;
                nn::binary_cross_entropy_with_logits(&t[0], &y, Some(&t[1]), Some(&t[2]), Reduction::Mean)
            },
            |a| {
                let loss = a[0].zip(&a[2], |x, p| if x > 0.0 { p } else { 1.0 } * (-x.abs()).exp().ln_1p());
                reduced(&loss.zip(&a[1], |v, w| v * w), Reduction::Mean)
            },
        ),
        Case::new(
            "gaussian_nll_loss",
            vec![real(&[3, 2], 1), real(&[3, 2], 2), positive(&[3], 3)],
            |t| nn::gaussian_nll_loss(&t[0], &t[1], &t[2], true, 1e-6, Reduction::Sum),
            |a| {
                let loss = |i: &[usize]| {
                    let (d, v) = (a[0].at(i) - a[1].at(i), a[2].data[i[0]]);
                    0.5 * (v.ln() + d * d / v + (2.0 * std::f64::consts::PI).ln())
                };
                reduced(&Array::from_fn(&[3, 2], loss), Reduction::Sum)
            },
        ),
        Case::new(
            "poisson_nll_loss with Stirling's formula",
            vec![real(&[4], 1), values(&[4], &[0.5, 1.5, 3.0, 7.25], Kind::Real)],
            |t| nn::poisson_nll_loss(&t[0], &t[1], true, true, 1e-8, Reduction::None),
            |a| {
                let stirling = |y: f64| y * y.ln() - y + (2.0 * std::f64::consts::PI * y).ln() / 2.0;
                a[0].zip(&a[1], |x, y| x.exp() - y * x + if y > 1.0 { stirling(y) } else { 0.0 })
            },
        ),
        Case::new(
            "margin_ranking_loss",
            vec![distinct(&[3, 4], 1), shifted(distinct(&[1, 4], 2), |v| v + 0.03), signs(&[3, 1], 3)],
            |t| nn::margin_ranking_loss(&t[0], &t[1], &t[2], 0.2, Reduction::Mean),
            move |a| {
                let apart = a[0].zip(&a[1], |x, y| x - y);
                reduced(&apart.zip(&a[2], |d, y| positive_part(0.2 - y * d)), Reduction::Mean)
            },
        ),
        Case::new(
            "cosine_embedding_loss",
            vec![real(&[4, 3], 1), real(&[4, 3], 2), values(&[4], &[1.0, -1.0, 1.0, -1.0], Kind::Integer)],
            |t| nn::cosine_embedding_loss(&t[0], &t[1], &t[2], 0.1, Reduction::None),
            move |a| {
                let loss = |c: f64, y: f64| if y == 1.0 { 1.0 - c } else { positive_part(c - 0.1) };
                cosine(&a[0], &a[1]).zip(&a[2], loss)
            },
        ),
        Case::new(
            "multi_margin_loss",
            vec![distinct(&[3, 4], 1), integers(&[3], 2, 0, 4), positive(&[4], 3)],
            |t| nn::multi_margin_loss(&t[0], &t[1], 2, 0.73, Some(&t[2]), Reduction::None),
            |a| {
                Array::from_fn(&[3], |i| {
                    let right = a[1].at(i) as usize;
                    let short = |j: usize| (0.73 - a[0].at(&[i[0], right]) + a[0].at(&[i[0], j])).max(0.0);
                    let sum: f64 = (0..4).filter(|&j| j != right).map(|j| short(j) * short(j)).sum();
                    a[2].data[right] * sum / 4.0
                })
            },
        ),
    ]
}

/// −Σ weight · log_p at the right class, and the sum of these weights; scores are `[N, C, …]`.
fn picked(log_p: &Array, target: &Array, weight: &[f64; 3], ignore: f64) -> (Array, f64) {
    let mut total = 0.0;
    let mut losses = target.map(|_| 0.0);
    for (k, i) in indices(&target.shape).iter().enumerate() {
        let class = target.data[k];
        if class != ignore {
            let w = weight[class as usize];
            losses.data[k] = -w * log_p.at(&[&i[..1], &[class as usize], &i[1..]].concat());
            total += w;
        }
    }
    (losses, total)
}

/// The weights of three classes. They are constants: PyTorch gives them no gradient.
const WEIGHTS: [f64; 3] = [0.5, 1.25, 2.0];

fn of_classes() -> Vec<Case> {
    let mut cases = Vec::new();
    for (shape, targets) in [(&[4, 3][..], &[4][..]), (&[2, 3, 5], &[2, 5])] {
        for reduction in REDUCTIONS {
            let options = move |x: &Tensor| -> Result<ClassLoss> {
                let weight =
                    Some(x.engine().tensor(WEIGHTS.map(|w| w as f32).to_vec(), &[3])?.to(x.dtype())?);
                Ok(ClassLoss { weight, ignore_index: Some(1), label_smoothing: 0.0, reduction })
            };
            let mean = move |(losses, total): (Array, f64)| match reduction {
                Reduction::Mean => reduced(&losses, Reduction::Sum).map(|v| v / total),
                other => reduced(&losses, other),
            };
            let inputs = || vec![real(shape, 1), integers(targets, 2, 0, 3)];
            cases.push(Case::new(
                format!("nll_loss {shape:?} {reduction:?}"),
                inputs(),
                move |t| nn::nll_loss(&t[0], &t[1], &options(&t[0])?),
                move |a| mean(picked(&a[0], &a[1], &WEIGHTS, 1.0)),
            ));
            cases.push(Case::new(
                format!("cross_entropy_with weights {shape:?} {reduction:?}"),
                inputs(),
                move |t| nn::cross_entropy_with(&t[0], &t[1], &options(&t[0])?),
                move |a| mean(picked(&log_softmax(&a[0], 1), &a[1], &WEIGHTS, 1.0)),
            ));
        }
    }
    cases.push(Case::new(
        "cross_entropy_with smoothed labels",
        vec![real(&[4, 3], 1), integers(&[4], 2, 0, 3)],
        |t| {
            let options = ClassLoss { label_smoothing: 0.3, ..ClassLoss::default() };
            nn::cross_entropy_with(&t[0], &t[1], &options)
        },
        |a| {
            let flat = reduced(&log_softmax(&a[0], 1), Reduction::Mean);
            cross_entropy(a, -100.0).zip(&flat, |right, all| 0.7 * right - 0.3 * all)
        },
    ));
    cases.push(Case::new(
        "cross_entropy_with probabilities",
        vec![real(&[4, 3], 1), positive(&[4, 3], 2)],
        |t| nn::cross_entropy_with(&t[0], &t[1], &ClassLoss::default()),
        |a| {
            let terms = log_softmax(&a[0], 1).zip(&a[1], |l, p| -l * p);
            reduced(&terms, Reduction::Sum).map(|v| v / 4.0)
        },
    ));
    cases
}
