//! Truth values, questions about numbers, and what bytes and truth values become in arithmetic.

use engine::ops::{Binary, Closeness, Rounding};
use engine::{DType, Result, Tensor};

use super::elementwise::{binary, run_binary};
use crate::array::Array;
use crate::case::{Case, Input, Kind, integers, real, truths, values};

/// Of two numbers: its name, what the engine does, its definition.
type Pair = (&'static str, fn(&[Tensor]) -> Result<Tensor>, fn(f64, f64) -> f64);

const ODD: [f64; 6] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1.5];

fn truth(v: bool) -> f64 {
    f64::from(u8::from(v))
}

/// Numbers of any type count as true unless they are 0.
const LOGIC: [Pair; 4] = [
    ("logical_and", |t| t[0].logical_and(&t[1]), |x, y| truth(x != 0.0 && y != 0.0)),
    ("logical_or", |t| t[0].logical_or(&t[1]), |x, y| truth(x != 0.0 || y != 0.0)),
    ("logical_xor", |t| t[0].logical_xor(&t[1]), |x, y| truth((x != 0.0) != (y != 0.0))),
    ("isclose", |t| t[0].isclose(&t[1], CLOSE), close),
];

const CLOSE: Closeness = Closeness { rtol: 0.25, atol: 0.5, equal_nan: true };

fn close(x: f64, y: f64) -> f64 {
    truth(x == y || x.is_nan() && y.is_nan() || (x - y).abs() <= 0.5 + 0.25 * y.abs() && (x - y).is_finite())
}

/// Of integers of both signs, and of bytes.
const WHOLE: [Pair; 5] = [
    ("fmod", |t| t[0].fmod(&t[1]), |x, y| x % y),
    ("div_rounded to zero", |t| t[0].div_rounded(&t[1], Rounding::Trunc), |x, y| (x / y).trunc()),
    ("div_rounded down", |t| t[0].div_rounded(&t[1], Rounding::Floor), |x, y| (x / y).floor()),
    ("fmax", |t| t[0].fmax(&t[1]), f64::max),
    ("clamp by both", |t| t[0].clamp(Some((&t[1]).into()), Some(2i64.into())), |x, y| x.max(y).min(2.0)),
];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let odd = || values(&[6], &ODD, Kind::Real);
    for (name, run, definition) in LOGIC {
        let inputs = vec![values(&[6, 1], &ODD, Kind::Real), odd()];
        let row = Case::new(name, inputs, run, move |a| a[0].zip(&a[1], definition)).smooth(0);
        let whole = vec![integers(&[3, 4], 1, -1, 2), integers(&[4], 2, -1, 2)];
        cases.push(row);
        cases.push(
            Case::new(format!("{name} of integers"), whole, run, move |a| a[0].zip(&a[1], definition))
                .smooth(0),
        );
    }
    for (name, run, definition) in WHOLE {
        let divisors = values(&[4], &[3.0, -3.0, 1.0, -2.0], Kind::Integer);
        let signed = vec![integers(&[5, 4], 1, -9, 10), divisors];
        let bytes = vec![byte(integers(&[5, 4], 1, 0, 256)), byte(integers(&[4], 2, 1, 9))];
        for (what, inputs) in [("integers", signed), ("bytes", bytes)] {
            let row =
                Case::new(format!("{name} of {what}"), inputs, run, move |a| a[0].zip(&a[1], definition));
            cases.push(row.smooth(0));
        }
    }
    cases.extend(questions());
    cases.extend(bytes_wrap());
    cases.extend(shorts_wrap());
    cases.extend(mixed());
    cases
}

fn byte(input: Input) -> Input {
    Input { kind: Kind::Byte, ..input }
}

fn questions() -> Vec<Case> {
    let odd = || vec![values(&[2, 3], &ODD, Kind::Real)];
    let one = |v: f64| Array { shape: vec![], data: vec![v] };
    let rows = vec![
        Case::new("isnan", odd(), |t| t[0].isnan(), |a| a[0].map(|v| truth(v.is_nan()))).also(&Kind::OTHERS),
        Case::new("isinf", odd(), |t| t[0].isinf(), |a| a[0].map(|v| truth(v.is_infinite()))),
        Case::new("isinf of", vec![real(&[3], 1)], |t| t[0].isinf(), |a| a[0].map(|_| 0.0))
            .also(&Kind::OTHERS),
        Case::new("isfinite", odd(), |t| t[0].isfinite(), |a| a[0].map(|v| truth(v.is_finite()))),
        Case::new("isfinite of", vec![real(&[3], 1)], |t| t[0].isfinite(), |a| a[0].map(|_| 1.0))
            .also(&Kind::OTHERS),
        Case::new("logical_not", odd(), |t| t[0].logical_not(), |a| a[0].map(|v| truth(v == 0.0)))
            .also(&Kind::OTHERS),
        Case::new(
            "bitwise_not of integers",
            vec![integers(&[6], 1, -9, 9)],
            |t| t[0].bitwise_not(),
            |a| a[0].map(|v| -v - 1.0),
        ),
        Case::new(
            "bitwise_not of bytes",
            vec![byte(integers(&[6], 1, 0, 256))],
            |t| t[0].bitwise_not(),
            |a| a[0].map(|v| 255.0 - v),
        ),
        Case::new(
            "bitwise_not of truth values",
            vec![truths(&[6], 1)],
            |t| t[0].bitwise_not(),
            |a| a[0].map(|v| 1.0 - v),
        ),
        Case::new(
            "nan_to_num",
            odd(),
            |t| t[0].nan_to_num(Some(2.0), Some(9.0), Some(-7.0)),
            |a| {
                a[0].map(|v| match v {
                    v if v.is_nan() => 2.0,
                    f64::NEG_INFINITY => -7.0,
                    f64::INFINITY => 9.0,
                    v => v,
                })
            },
        ),
        Case::new(
            "allclose",
            vec![real(&[4], 1)],
            |t| t[0].allclose(&t[0].add(0.1)?, CLOSE),
            move |_| one(1.0),
        ),
        Case::new("equal", vec![real(&[4], 1)], |t| t[0].equal(&t[0].copy()?), move |_| one(1.0))
            .also(&Kind::OTHERS),
        Case::new("equal but for NaN", odd(), |t| t[0].equal(&t[0].copy()?), move |_| one(0.0)),
    ];
    rows.into_iter().map(|case| case.smooth(0)).collect()
}

/// Bytes are computed modulo 256.
fn bytes_wrap() -> Vec<Case> {
    let inputs = || vec![byte(integers(&[4, 5], 1, 0, 256)), byte(integers(&[5], 2, 1, 256))];
    let ops = Binary::ALL.into_iter().filter(|&op| op != Binary::Div && op != Binary::Pow);
    let mut cases: Vec<Case> = ops
        .map(|op| {
            let name = format!("{} of bytes", op.name());
            let wrapped = move |a: &[Array]| a[0].zip(&a[1], |x, y| binary(op, x, y).rem_euclid(256.0));
            Case::new(name, inputs(), move |t| run_binary(op, &t[0], &t[1]), wrapped)
        })
        .collect();
    for (name, right) in [("div", 3.0), ("pow", 2.0)] {
        let run = move |t: &[Tensor]| if right == 2.0 { t[0].pow(2i64) } else { t[0].div(3i64) };
        let f = move |x: f64| if right == 2.0 { (x * x).rem_euclid(256.0) } else { x / 3.0 };
        cases.push(Case::new(format!("{name} of bytes by a number"), inputs(), run, move |a| a[0].map(f)));
    }
    cases.into_iter().map(|case| case.smooth(0)).collect()
}

/// Smaller integers wrap around at their range, and so do those that are left behind by a shorter one.
fn shorts_wrap() -> Vec<Case> {
    let short = |seed: u64, low: i64| Input { kind: Kind::Short, ..integers(&[4, 5], seed, low, 30_000) };
    let inputs = move || vec![short(1, -30_000), short(2, 1)];
    let wrapped = |v: f64| (v + 32_768.0).rem_euclid(65_536.0) - 32_768.0;
    let ops = Binary::ALL.into_iter().filter(|&op| op != Binary::Div && op != Binary::Pow);
    let mut cases: Vec<Case> = ops
        .map(|op| {
            let name = format!("{} of short integers", op.name());
            let result = move |a: &[Array]| a[0].zip(&a[1], |x, y| wrapped(binary(op, x, y)));
            Case::new(name, inputs(), move |t| run_binary(op, &t[0], &t[1]), result)
        })
        .collect();
    type Row = (&'static str, fn(&Tensor) -> Result<Tensor>, fn(f64) -> f64);
    let rows: [Row; 4] = [
        ("neg", Tensor::neg, |x| -x),
        ("square", Tensor::square, |x| x * x),
        ("bitwise_not", Tensor::bitwise_not, |x| -x - 1.0),
        ("div by a number", |t| t.div(3i64), |x| x / 3.0),
    ];
    cases.extend(rows.map(|(name, run, f)| {
        let whole = name != "div by a number";
        let result = move |a: &[Array]| a[0].map(|x| if whole { wrapped(f(x)) } else { f(x) });
        Case::new(format!("{name} of short integers"), inputs(), move |t| run(&t[0]), result)
    }));
    cases.into_iter().map(|case| case.smooth(0)).collect()
}

/// Operands of different types.
fn mixed() -> Vec<Case> {
    let whole = || integers(&[4], 1, -3, 4);
    let sum = |a: &[Array]| a[0].zip(&a[1], |x, y| x + y);
    let rows = vec![
        Case::new(
            "add: truth values and integers",
            vec![truths(&[3, 4], 1), whole()],
            |t| t[0].add(&t[1]),
            sum,
        ),
        Case::new(
            "add: bytes and integers",
            vec![byte(integers(&[3, 4], 1, 0, 256)), whole()],
            |t| t[0].add(&t[1]),
            sum,
        ),
        Case::new(
            "add: truth values and real numbers",
            vec![truths(&[3, 4], 1), real(&[4], 2)],
            |t| t[0].add(&t[1]),
            sum,
        ),
        Case::new(
            "add: truth values",
            vec![truths(&[3, 4], 1), truths(&[4], 2)],
            |t| t[0].add(&t[1]),
            |a| a[0].zip(&a[1], f64::max),
        ),
        Case::new(
            "mul: truth values",
            vec![truths(&[3, 4], 1), truths(&[4], 2)],
            |t| t[0].mul(&t[1]),
            |a| a[0].zip(&a[1], f64::min),
        ),
        Case::new(
            "div: integers become real",
            vec![whole(), values(&[2, 1], &[2.0, 0.0], Kind::Integer)],
            |t| t[0].div(&t[1]),
            |a| a[0].zip(&a[1], |x, y| x / y),
        ),
        Case::new(
            "add_scaled of integers",
            vec![whole(), integers(&[3, 1], 2, -3, 4)],
            |t| t[0].add_scaled(&t[1], 3i64.into()),
            |a| a[0].zip(&a[1], |x, y| x + 3.0 * y),
        ),
        Case::new("rsub of integers", vec![whole()], |t| t[0].rsub(7i64), |a| a[0].map(|v| 7.0 - v)),
        Case::new(
            "rfloor_divide of integers",
            vec![values(&[4], &[2.0, -2.0, 3.0, -7.0], Kind::Integer)],
            |t| t[0].rfloor_divide(7i64),
            |a| a[0].map(|v| (7.0 / v).floor()),
        ),
        Case::new(
            "rremainder of integers",
            vec![values(&[4], &[2.0, -2.0, 3.0, -7.0], Kind::Integer)],
            |t| t[0].rremainder(7i64),
            |a| a[0].map(|v| binary(Binary::Remainder, 7.0, v)),
        ),
        Case::new(
            "rpow of integers",
            vec![integers(&[4], 1, 0, 5)],
            |t| t[0].rpow(3i64),
            |a| a[0].map(|v| 3f64.powf(v)),
        ),
        Case::new(
            "where by bytes",
            vec![byte(integers(&[4], 1, 0, 2)), whole(), integers(&[2, 1], 3, -3, 4)],
            |t| t[0].where_(&t[1], &t[2]),
            |a| Array::from_fn(&[2, 4], |i| if a[0].at(i) != 0.0 { a[1].at(i) } else { a[2].at(i) }),
        ),
        Case::new(
            "where of truth values and integers",
            vec![truths(&[4], 1), truths(&[3, 1], 2), whole()],
            |t| t[0].where_(&t[1], &t[2]),
            |a| Array::from_fn(&[3, 4], |i| if a[0].at(i) != 0.0 { a[1].at(i) } else { a[2].at(i) }),
        ),
        Case::new("type_as", vec![real(&[4], 1), whole()], |t| t[0].type_as(&t[1]), |a| a[0].map(f64::trunc)),
        Case::new(
            "sum_as integers",
            vec![real(&[3, 4], 1)],
            |t| t[0].sum_as(&[0], false, DType::Int64),
            |a| a[0].map(f64::trunc).fold(&[0], false, |g| g.iter().sum()),
        ),
    ];
    rows.into_iter().map(|case| case.smooth(0)).collect()
}
