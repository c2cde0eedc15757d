//! Element types: conversions, and what becomes of operands of different types.

use engine::DType;

use crate::array::Array;
use crate::case::{Case, bytes, integers, real, truths};

pub(super) fn cases() -> Vec<Case> {
    let truth = |v: f64| f64::from(u8::from(v != 0.0));
    vec![
        Case::new("to int64", vec![real(&[3, 4], 1)], |t| t[0].to(DType::Int64), |a| a[0].map(f64::trunc))
            .smooth(0),
        Case::new(
            "to bool",
            vec![integers(&[3, 4], 1, -1, 2)],
            |t| t[0].to(DType::Bool),
            move |a| a[0].map(truth),
        )
        .smooth(0),
        Case::new(
            "int64 to float32",
            vec![integers(&[3, 4], 1, -99, 99)],
            |t| t[0].to(DType::Float32),
            |a| a[0].clone(),
        )
        .smooth(0),
        Case::new("bool to float32", vec![truths(&[3, 4], 1)], |t| t[0].to(DType::Float32), |a| a[0].clone())
            .smooth(0),
        Case::new(
            "int64 to uint8",
            vec![integers(&[3, 5], 1, -300, 300)],
            |t| t[0].to(DType::UInt8),
            |a| a[0].map(|v| v.rem_euclid(256.0)),
        )
        .smooth(0),
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
        Case::new("copy", vec![real(&[3, 2], 1)], |t| t[0].copy(), |a| a[0].clone()),
    ]
}
