//! Functions composed of elementwise ops.

use engine::ops::{Gelu, Rounding};
use engine::{Result, Scalar, Tensor};

use crate::array::Array;
use crate::case::{Case, distinct, positive, real};

/// A function of one number: its name, what the engine does, its definition.
type Function = (&'static str, fn(&Tensor) -> Result<Tensor>, fn(f64) -> f64);

const FUNCTIONS: [Function; 21] = [
    ("leaky_relu", |t| t.leaky_relu(0.1), |x| if x > 0.0 { x } else { 0.1 * x }),
    ("elu", |t| t.elu(1.5), |x| if x > 0.0 { x } else { 1.5 * x.exp_m1() }),
    ("gelu", |t| t.gelu(Gelu::None), |x| 0.5 * x * (1.0 + super::elementwise::erf(x / 2f64.sqrt()))),
    (
        "gelu by tanh",
        |t| t.gelu(Gelu::Tanh),
        |x| 0.5 * x * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (x + 0.044715 * x.powi(3))).tanh()),
    ),
    ("silu", Tensor::silu, |x| x / (1.0 + (-x).exp())),
    ("softplus", |t| t.softplus(2.0, 1.0), |x| if 2.0 * x > 1.0 { x } else { (2.0 * x).exp().ln_1p() / 2.0 }),
    ("hardtanh", |t| t.hardtanh(-0.4, 0.4), |x| x.clamp(-0.4, 0.4)),
    ("relu6", Tensor::relu6, |x| x.clamp(0.0, 6.0)),
    ("clamp", |t| t.clamp(Some((-0.4).into()), Some(0.4.into())), |x| x.clamp(-0.4, 0.4)),
    ("square", Tensor::square, |x| x * x),
    ("exp2", Tensor::exp2, f64::exp2),
    ("tan", |t| t.mul(0.5)?.tan(), |x| (0.5 * x).tan()),
    ("sinh", Tensor::sinh, f64::sinh),
    ("cosh", Tensor::cosh, f64::cosh),
    ("atan", Tensor::atan, f64::atan),
    ("asin", |t| t.mul(0.3)?.asin(), |x| (0.3 * x).asin()),
    ("acos", |t| t.mul(0.3)?.acos(), |x| (0.3 * x).acos()),
    ("frac", |t| t.mul(1.7)?.frac(), |x| (1.7 * x).fract()),
    ("rsub", |t| t.rsub(2.0), |x| 2.0 - x),
    ("rpow", |t| t.rpow(3.0), |x| 3f64.powf(x)),
    ("pow of a number", |t| t.pow_of(3.0.into()), |x| 3f64.powf(x)),
];

/// Functions of positive numbers.
const OF_POSITIVE: [Function; 6] = [
    ("log2", Tensor::log2, f64::log2),
    ("log10", Tensor::log10, f64::log10),
    ("rdiv", |t| t.rdiv(2.0), |x| 2.0 / x),
    ("pow 0.5", |t| t.pow(0.5), f64::sqrt),
    ("pow -1.5", |t| t.pow(-1.5), |x| x.powf(-1.5)),
    ("pow 3", |t| t.pow(3i64), |x| x.powi(3)),
];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for shape in [&[7][..], &[], &[3, 4]] {
        cases.extend(FUNCTIONS.map(|(name, run, definition)| {
            let input = vec![distinct(shape, 3)];
            Case::new(format!("{name} {shape:?}"), input, move |t| run(&t[0]), move |a| a[0].map(definition))
        }));
        cases.extend(OF_POSITIVE.map(|(name, run, definition)| {
            let input = vec![positive(shape, 3)];
            Case::new(format!("{name} {shape:?}"), input, move |t| run(&t[0]), move |a| a[0].map(definition))
        }));
    }
    cases.extend(of_several());
    cases
}

fn of_several() -> Vec<Case> {
    let apart = |shape: &[usize]| {
        let mut y = distinct(shape, 4);
        y.array = y.array.map(|v| f64::from((v + 0.02) as f32));
        y
    };
    let zip3 = |a: &[Array], f: fn(f64, f64, f64) -> f64| {
        let pairs = a[1].zip(&a[2], |_, _| 0.0);
        Array::from_fn(&a[0].common_shape(&pairs), |i| f(a[0].at(i), a[1].at(i), a[2].at(i)))
    };
    vec![
        Case::new(
            "fmax",
            vec![distinct(&[3, 4], 3), apart(&[4])],
            |t| t[0].fmax(&t[1]),
            |a| a[0].zip(&a[1], f64::max),
        ),
        Case::new(
            "fmin",
            vec![distinct(&[3, 4], 3), apart(&[4])],
            |t| t[0].fmin(&t[1]),
            |a| a[0].zip(&a[1], f64::min),
        ),
        Case::new(
            "atan2",
            vec![distinct(&[3, 4], 3), positive(&[4], 4)],
            |t| t[0].atan2(&t[1]),
            |a| a[0].zip(&a[1], f64::atan2),
        ),
        Case::new("fmod", vec![distinct(&[3, 4], 3)], |t| t[0].fmod(0.7), |a| a[0].map(|x| x % 0.7)),
        Case::new(
            "clamp by tensors",
            vec![distinct(&[3, 4], 3), apart(&[4])],
            |t| t[0].clamp(Some((&t[1]).into()), None),
            |a| a[0].zip(&a[1], f64::max),
        ),
        Case::new(
            "div rounded down",
            vec![distinct(&[3, 4], 3)],
            |t| t[0].div_rounded(0.7, Rounding::Floor),
            |a| a[0].map(|x| (x / 0.7).floor()),
        ),
        Case::new(
            "div rounded",
            vec![distinct(&[3, 4], 3)],
            |t| t[0].div_rounded(0.7, Rounding::Trunc),
            |a| a[0].map(|x| (x / 0.7).trunc()),
        ),
        Case::new(
            "lerp",
            vec![real(&[3, 4], 1), real(&[4], 2)],
            |t| t[0].lerp(&t[1], 0.3),
            |a| a[0].zip(&a[1], |x, y| x + 0.3 * (y - x)),
        ),
        Case::new(
            "lerp by tensors",
            vec![real(&[3, 4], 1), real(&[4], 2), distinct(&[3, 1], 3)],
            |t| t[0].lerp(&t[1], &t[2]),
            move |a| zip3(a, |x, y, w| x + w * (y - x)),
        ),
        Case::new(
            "addcmul",
            vec![real(&[3, 4], 1), real(&[4], 2), real(&[3, 1], 3)],
            |t| t[0].addcmul(&t[1], &t[2], Scalar::Float(0.5)),
            move |a| zip3(a, |x, y, z| x + 0.5 * y * z),
        ),
        Case::new(
            "addcdiv",
            vec![real(&[3, 4], 1), real(&[4], 2), positive(&[3, 1], 3)],
            |t| t[0].addcdiv(&t[1], &t[2], Scalar::Float(0.5)),
            move |a| zip3(a, |x, y, z| x + 0.5 * y / z),
        ),
    ]
}
