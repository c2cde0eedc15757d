//! NaN, infinities, signed zeros and numbers near the ends of the range.

use engine::DType;
use engine::ops::{Binary, Compare, Unary};

use super::elementwise::{binary, compare, run_binary, run_compare, run_unary, unary};
use crate::case::{Case, Kind, values};

const SPECIALS: [f64; 12] =
    [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1.0, -1.0, 2.0, -3.0, 0.5, 1e30, -1e30];

pub(super) fn cases() -> Vec<Case> {
    let n = SPECIALS.len();
    // As float32 holds them: the remainder of a huge number shows its last digit.
    let specials = SPECIALS.map(|v| f64::from(v as f32));
    let line = || values(&[n], &specials, Kind::Real);
    let column = || values(&[n, 1], &specials, Kind::Real);
    let mut cases = Vec::new();
    for op in Unary::ALL {
        let input = match op {
            // How far sine is reduced is the device's own affair; that it has no value at infinity is not.
            Unary::Sin | Unary::Cos => values(&[5], &SPECIALS[..5], Kind::Real),
            _ => line(),
        };
        cases.push(Case::new(
            format!("{} of specials", op.name()),
            vec![input],
            move |t| run_unary(op, &t[0]),
            move |a| a[0].map(|v| unary(op, v)),
        ));
    }
    for op in Binary::ALL.into_iter().filter(|op| op.takes(DType::Float32)) {
        let name = format!("{} of specials", op.name());
        cases.push(
            Case::new(
                name,
                vec![line(), column()],
                move |t| run_binary(op, &t[0], &t[1]),
                move |a| {
                    a[0].zip(&a[1], |x, y| {
                        // The definition is in float32's range: what leaves it is infinite.
                        binary(op, x, y)
                    })
                },
            )
            .within(2e-5),
        );
    }
    for op in Compare::ALL {
        let name = format!("{} of specials", op.name());
        cases.push(Case::new(
            name,
            vec![line(), column()],
            move |t| run_compare(op, &t[0], &t[1]),
            move |a| a[0].zip(&a[1], |x, y| compare(op, x, y)),
        ));
    }
    cases.push(Case::new(
        "where among specials",
        vec![line()],
        |t| t[0].gt(0.0)?.where_(&t[0], f64::NEG_INFINITY),
        |a| a[0].map(|v| if v > 0.0 { v } else { f64::NEG_INFINITY }),
    ));
    cases.into_iter().map(|case| case.smooth(0)).collect()
}
