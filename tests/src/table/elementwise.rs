//! Elementwise ops, with every kind of broadcasting.

use engine::DType;
use engine::ops::{Binary, Compare, Unary};

use crate::array::Array;
use crate::case::{Case, Input, Kind, bytes, distinct, integers, positive, real, truths, values};

/// What a unary op computes.
pub fn unary(op: Unary, x: f64) -> f64 {
    match op {
        Unary::Neg => -x,
        Unary::Abs => x.abs(),
        Unary::Sign => {
            if x.is_nan() || x == 0.0 {
                0.0
            } else {
                x.signum()
            }
        }
        Unary::Exp => x.exp(),
        Unary::Log => x.ln(),
        Unary::Sqrt => x.sqrt(),
        Unary::Sin => x.sin(),
        Unary::Cos => x.cos(),
        Unary::Tanh => x.tanh(),
        Unary::Sigmoid => 1.0 / (1.0 + (-x).exp()),
        Unary::Relu => {
            if x <= 0.0 {
                0.0
            } else {
                x
            }
        }
        Unary::Log1p => x.ln_1p(),
        Unary::Expm1 => x.exp_m1(),
        Unary::Rsqrt => 1.0 / x.sqrt(),
        Unary::Reciprocal => 1.0 / x,
        Unary::Floor => x.floor(),
        Unary::Ceil => x.ceil(),
        Unary::Round => x.round_ties_even(),
        Unary::Trunc => x.trunc(),
        Unary::Erf => erf(x),
    }
}

/// Kummer's series, whose terms all have one sign: erf x = 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5⋯(2n+1)).
pub(super) fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return x.signum();
    }
    let (mut term, mut sum) = (x, x);
    for n in 1..300 {
        term *= 2.0 * x * x / f64::from(2 * n + 1);
        sum += term;
    }
    std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp() * sum
}

/// What a binary op computes.
pub(super) fn binary(op: Binary, x: f64, y: f64) -> f64 {
    let nan = x.is_nan() || y.is_nan();
    match op {
        Binary::Add => x + y,
        Binary::Sub => x - y,
        Binary::Mul => x * y,
        Binary::Div => x / y,
        Binary::Pow => x.powf(y),
        Binary::Maximum => {
            if nan {
                f64::NAN
            } else {
                x.max(y)
            }
        }
        Binary::Minimum => {
            if nan {
                f64::NAN
            } else {
                x.min(y)
            }
        }
        Binary::FloorDivide => {
            let (rest, quotient) = (x % y, x / y);
            // An infinity has no remainder, and so no whole quotient.
            if y == 0.0 {
                quotient
            } else if rest.is_nan() {
                f64::NAN
            } else {
                ((x - rest) / y).round() - f64::from(u8::from(rest != 0.0 && (rest < 0.0) != (y < 0.0)))
            }
        }
        Binary::Remainder => {
            let rest = x % y;
            if rest != 0.0 && (rest < 0.0) != (y < 0.0) { rest + y } else { rest }
        }
        Binary::And => (x as i64 & y as i64) as f64,
        Binary::Or => (x as i64 | y as i64) as f64,
        Binary::Xor => (x as i64 ^ y as i64) as f64,
    }
}

/// What a comparison answers: 1 for true.
pub(super) fn compare(op: Compare, x: f64, y: f64) -> f64 {
    f64::from(u8::from(match op {
        Compare::Eq => x == y,
        Compare::Ne => x != y,
        Compare::Lt => x < y,
        Compare::Le => x <= y,
        Compare::Gt => x > y,
        Compare::Ge => x >= y,
    }))
}

/// Runs a unary op by its method.
pub(super) fn run_unary(op: Unary, x: &engine::Tensor) -> engine::Result<engine::Tensor> {
    match op {
        Unary::Neg => x.neg(),
        Unary::Abs => x.abs(),
        Unary::Sign => x.sign(),
        Unary::Exp => x.exp(),
        Unary::Log => x.log(),
        Unary::Sqrt => x.sqrt(),
        Unary::Sin => x.sin(),
        Unary::Cos => x.cos(),
        Unary::Tanh => x.tanh(),
        Unary::Sigmoid => x.sigmoid(),
        Unary::Relu => x.relu(),
        Unary::Log1p => x.log1p(),
        Unary::Expm1 => x.expm1(),
        Unary::Rsqrt => x.rsqrt(),
        Unary::Reciprocal => x.reciprocal(),
        Unary::Floor => x.floor(),
        Unary::Ceil => x.ceil(),
        Unary::Round => x.round(),
        Unary::Trunc => x.trunc(),
        Unary::Erf => x.erf(),
    }
}

/// Runs a binary op by its method.
pub(super) fn run_binary(
    op: Binary,
    x: &engine::Tensor,
    y: &engine::Tensor,
) -> engine::Result<engine::Tensor> {
    match op {
        Binary::Add => x.add(y),
        Binary::Sub => x.sub(y),
        Binary::Mul => x.mul(y),
        Binary::Div => x.div(y),
        Binary::Pow => x.pow(y),
        Binary::Maximum => x.maximum(y),
        Binary::Minimum => x.minimum(y),
        Binary::FloorDivide => x.floor_divide(y),
        Binary::Remainder => x.remainder(y),
        Binary::And => x.bitwise_and(y),
        Binary::Or => x.bitwise_or(y),
        Binary::Xor => x.bitwise_xor(y),
    }
}

/// Runs a comparison by its method.
pub(super) fn run_compare(
    op: Compare,
    x: &engine::Tensor,
    y: &engine::Tensor,
) -> engine::Result<engine::Tensor> {
    match op {
        Compare::Eq => x.eq(y),
        Compare::Ne => x.ne(y),
        Compare::Lt => x.lt(y),
        Compare::Le => x.le(y),
        Compare::Gt => x.gt(y),
        Compare::Ge => x.ge(y),
    }
}

/// Pairs of shapes that broadcast in every way.
const PAIRS: [(&[usize], &[usize]); 9] = [
    (&[2, 3], &[2, 3]),
    (&[4, 3], &[3]),
    (&[3], &[4, 3]),
    (&[2, 1, 3], &[4, 1]),
    (&[], &[2, 2]),
    (&[5], &[]),
    (&[2, 1, 2, 1, 3], &[1, 2, 1, 2, 1]),
    (&[0, 3], &[3]),
    (&[2, 1, 2, 1, 1, 1, 2, 1], &[1, 2, 1, 1, 2, 1, 2]),
];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for op in Unary::ALL {
        for shape in [&[7][..], &[], &[3, 5], &[2, 3, 2, 2], &[0], &[1030]] {
            let x = match op {
                Unary::Log | Unary::Sqrt | Unary::Log1p | Unary::Rsqrt | Unary::Reciprocal => {
                    positive(shape, 1)
                }
                _ if shape == [1030] => real(shape, 2),
                _ => distinct(shape, 2),
            };
            // Gradients of a thousand elements cost a thousand evaluations and show nothing new.
            let smooth = if shape == [1030] { 0 } else { 2 };
            cases.push(
                Case::new(
                    format!("{} {shape:?}", op.name()),
                    vec![x],
                    move |t| run_unary(op, &t[0]),
                    move |a| a[0].map(|v| unary(op, v)),
                )
                .smooth(smooth)
                .also(takes(op)),
            );
        }
    }
    for op in Binary::ALL {
        if op.takes(DType::Float32) {
            let smooth = if op == Binary::FloorDivide { 0 } else { 2 };
            cases.extend(PAIRS.map(|(a, b)| binary_case(op, "", operands(op, a, b)).smooth(smooth)));
        }
        if op.takes(DType::Int64) {
            let right = match op {
                Binary::FloorDivide | Binary::Remainder => {
                    values(&[4], &[3.0, -3.0, -1.0, 2.0], Kind::Integer)
                }
                _ => integers(&[4], 6, 0, 4),
            };
            let whole = vec![integers(&[3, 4], 5, -5, 6), right];
            cases.push(binary_case(op, " of integers", whole).smooth(0));
        }
        if op.takes(DType::Bool) {
            let inputs = vec![truths(&[3, 4], 5), truths(&[4], 6)];
            cases.push(binary_case(op, " of truth values", inputs).smooth(0));
        }
    }
    for op in Compare::ALL {
        for (inputs, what) in [
            (vec![integers(&[4, 5], 7, 0, 3), integers(&[5], 8, 0, 3)], "integers"),
            (vec![real(&[4, 5], 7), real(&[4, 1], 8)], "real numbers"),
            (vec![truths(&[4, 5], 7), truths(&[4, 1], 8)], "truth values"),
            (vec![bytes(&[4, 5], 7), bytes(&[4, 1], 8)], "bytes"),
        ] {
            let name = format!("{} of {what}", op.name());
            cases.push(
                Case::new(
                    name,
                    inputs,
                    move |t| run_compare(op, &t[0], &t[1]),
                    move |a| a[0].zip(&a[1], |x, y| compare(op, x, y)),
                )
                .smooth(0),
            );
        }
    }
    cases.extend(selections());
    cases
}

/// What a function takes instead of real numbers: whole functions of them, or real functions of what is converted.
/// Bytes wrap around in `neg`, and their exponentials leave the range.
fn takes(op: Unary) -> &'static [Kind] {
    match op {
        Unary::Neg | Unary::Exp | Unary::Expm1 => &[Kind::Integer],
        Unary::Abs | Unary::Relu | Unary::Floor | Unary::Ceil | Unary::Round | Unary::Trunc => {
            &[Kind::Integer, Kind::Byte]
        }
        Unary::Sign
        | Unary::Log
        | Unary::Sqrt
        | Unary::Sin
        | Unary::Cos
        | Unary::Tanh
        | Unary::Sigmoid
        | Unary::Log1p
        | Unary::Rsqrt
        | Unary::Reciprocal
        | Unary::Erf => &Kind::OTHERS,
    }
}

fn operands(op: Binary, a: &[usize], b: &[usize]) -> Vec<Input> {
    match op {
        Binary::Pow => vec![positive(a, 3), real(b, 4)],
        Binary::Div => vec![real(a, 3), positive(b, 4)],
        // Both signs, and no quotient near a whole number.
        Binary::FloorDivide | Binary::Remainder => {
            let mut y = values(b, &vec![1.0; b.iter().product()], Kind::Real);
            y.array.data.iter_mut().enumerate().for_each(|(i, v)| *v = if i % 2 == 0 { 0.75 } else { -0.75 });
            vec![distinct(a, 3), y]
        }
        // Shifted, so that no pair is equal.
        Binary::Maximum | Binary::Minimum => {
            let mut y = distinct(b, 4);
            y.array = y.array.map(|v| f64::from((v + 0.02) as f32));
            vec![distinct(a, 3), y]
        }
        Binary::Add | Binary::Sub | Binary::Mul | Binary::And | Binary::Or | Binary::Xor => {
            vec![real(a, 3), real(b, 4)]
        }
    }
}

fn binary_case(op: Binary, what: &str, inputs: Vec<Input>) -> Case {
    let name = format!("{}{what} {:?} {:?}", op.name(), inputs[0].array.shape, inputs[1].array.shape);
    Case::new(
        name,
        inputs,
        move |t| run_binary(op, &t[0], &t[1]),
        move |a| a[0].zip(&a[1], |x, y| binary(op, x, y)),
    )
}

fn selections() -> Vec<Case> {
    let pick = |a: &[Array]| {
        let pairs = a[1].zip(&a[2], |_, _| 0.0);
        Array::from_fn(
            &a[0].common_shape(&pairs),
            |i| if a[0].at(i) != 0.0 { a[1].at(i) } else { a[2].at(i) },
        )
    };
    [(&[3, 4][..], &[3, 4][..], &[3, 4][..]), (&[4], &[3, 1], &[]), (&[2, 3, 1], &[3, 2], &[2])]
        .map(|(c, x, y)| {
            let inputs = vec![truths(c, 1), real(x, 2), real(y, 3)];
            Case::new(format!("where {c:?} {x:?} {y:?}"), inputs, |t| t[0].where_(&t[1], &t[2]), pick).moves()
        })
        .into()
}
