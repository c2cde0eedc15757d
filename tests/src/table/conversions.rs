//! Element types: conversions, and what becomes of operands of different types.

use engine::{DType, Result, Tensor};

use crate::array::Array;
use crate::case::{Case, Kind, bytes, integers, real, truths, values};

/// What an element becomes.
fn cast(v: f64, to: DType) -> f64 {
    match to {
        DType::Bool => f64::from(u8::from(v != 0.0)),
        DType::UInt8 => v.trunc().rem_euclid(256.0),
        DType::Int8 => wrapped(v, 256.0),
        DType::Int16 => wrapped(v, 65536.0),
        DType::Int32 => wrapped(v, 4_294_967_296.0),
        DType::Int64 => v.trunc(),
        DType::Float32 => f64::from(v as f32),
        DType::Float64 => v,
    }
}

/// What an integer becomes in a type of so many values.
fn wrapped(v: f64, all: f64) -> f64 {
    (v.trunc() + all / 2.0).rem_euclid(all) - all / 2.0
}

/// From every type to every type: values that fit, and what is cut off of those that do not.
fn pairs() -> Vec<Case> {
    let numbers = [0.0, -0.0, 0.5, -0.99, 1.0, -1.5, 3.99, 255.0, 256.0, 300.7, -300.7, 16_777_217.0, -1e9];
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e-40, -3e38, 2.0];
    let whole = [0.0, 1.0, -1.0, 255.0, 256.0, -300.0, 16_777_217.0, -2_147_483_648.0];
    let few = [0.0, 1.0, 7.0, 255.0];
    let bits = [0.0, 1.0, 1.0, 0.0];
    let sources = [
        values(&[13], &numbers.map(|v| f64::from(v as f32)), Kind::Real),
        values(&[2, 3], &odd.map(|v| f64::from(v as f32)), Kind::Real),
        values(&[2, 4], &whole, Kind::Integer),
        values(&[4], &few, Kind::Byte),
        values(&[2, 2], &bits, Kind::Bool),
    ];
    let mut cases = Vec::new();
    for from in sources {
        for to in DType::ALL {
            if to.is_integer() && !from.array.data.iter().all(|v| v.is_finite()) {
                // No integer stands for these: C leaves open which one it is.
                continue;
            }
            let name = format!("to {} from {:?} {:?}", to.name(), from.kind, from.array.shape);
            let row =
                Case::new(name, vec![from.clone()], move |t| t[0].to(to), move |a| a[0].map(|v| cast(v, to)));
            let row = if to == DType::Float64 { row.wide() } else { row };
            cases.push(row.smooth(0));
        }
    }
    cases
}

/// The methods that are named after types.
fn named() -> Vec<Case> {
    let row = |name: &str, run: fn(&Tensor) -> Result<Tensor>, to: DType| {
        let reference = move |a: &[Array]| a[0].map(|v| cast(v, to));
        Case::new(name, vec![real(&[3, 4], 1)], move |t| run(&t[0]), reference).also(&Kind::OTHERS).smooth(0)
    };
    let mut cases = vec![
        row("float", Tensor::float, DType::Float32),
        row("long", Tensor::long, DType::Int64),
        row("bool", Tensor::bool, DType::Bool),
        row("byte", Tensor::byte, DType::UInt8),
        row("int", Tensor::int, DType::Int32),
        row("short", Tensor::short, DType::Int16),
        row("char", Tensor::char, DType::Int8),
        row("double", Tensor::double, DType::Float64).wide(),
    ];
    // A gradient comes back in the type of the input.
    let square = |t: &[Tensor]| t[0].double()?.mul(&t[0].double()?);
    cases.push(Case::new("double squared", vec![real(&[4], 1)], square, |a| a[0].map(|v| v * v)).wide());
    cases
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = pairs();
    cases.extend(named());
    cases.extend(operands());
    cases
}

fn operands() -> Vec<Case> {
    vec![
        Case::new(
            "uint8 to float32",
            vec![bytes(&[3, 5], 1)],
            |t| t[0].transpose(0, 1)?.to(DType::Float32),
            |a| a[0].permute(&[1, 0]),
        )
        .smooth(0),
        Case::new(
            "bytes chosen",
            vec![truths(&[5, 3], 1), bytes(&[3, 5], 2), bytes(&[5, 3], 3)],
            |t| t[0].where_(&t[1].transpose(0, 1)?, &t[2]),
            |a| {
                Array::from_fn(
                    &[5, 3],
                    |i| {
                        if a[0].at(i) != 0.0 { a[1].at(&[i[1], i[0]]) } else { a[2].at(i) }
                    },
                )
            },
        )
        .smooth(0),
        Case::new(
            "integers plus real numbers",
            vec![integers(&[4], 1, 0, 9), real(&[4], 2)],
            |t| t[0].add(&t[1]),
            |a| a[0].zip(&a[1], |x, y| x + y),
        ),
        Case::new(
            "a number on the right",
            vec![real(&[3, 2], 1)],
            |t| t[0].mul(2.5)?.add(-1.0),
            |a| a[0].map(|v| v * 2.5 - 1.0),
        ),
        Case::new("clone", vec![real(&[3, 2], 1)], |t| t[0].copy(), |a| a[0].clone()).moves(),
    ]
}
