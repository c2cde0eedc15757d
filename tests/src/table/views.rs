//! Changes of layout, alone and in chains.

use crate::array::Array;
use crate::case::{Case, real};

pub(super) fn cases() -> Vec<Case> {
    let x = |shape: &[usize]| vec![real(shape, 11)];
    let moved = vec![
        Case::new("reshape", x(&[2, 6]), |t| t[0].reshape(&[3, -1]), |a| a[0].reshape(&[3, 4])),
        Case::new("reshape to 0-d", x(&[1, 1]), |t| t[0].reshape(&[]), |a| a[0].reshape(&[])),
        Case::new("permute", x(&[2, 3, 4]), |t| t[0].permute(&[2, 0, -2]), |a| a[0].permute(&[2, 0, 1])),
        Case::new("transpose", x(&[2, 3, 4]), |t| t[0].transpose(-1, 0), |a| a[0].permute(&[2, 1, 0])),
        Case::new("t", x(&[2, 3]), |t| t[0].t(), |a| a[0].permute(&[1, 0])),
        Case::new(
            "expand",
            x(&[3, 1]),
            |t| t[0].expand(&[2, 3, 4]),
            |a| Array::from_fn(&[2, 3, 4], |i| a[0].at(i)),
        ),
        Case::new("squeeze_dim", x(&[2, 1, 3]), |t| t[0].squeeze_dim(-2), |a| a[0].reshape(&[2, 3])),
        Case::new("reversed", x(&[2, 3, 4]), |t| t[0].reversed(), |a| a[0].permute(&[2, 1, 0])),
        Case::new(
            "matrix_transpose",
            x(&[2, 3, 4]),
            |t| t[0].matrix_transpose(),
            |a| a[0].permute(&[0, 2, 1]),
        ),
        Case::new("view_to", x(&[1, 6]), |t| t[0].copy()?.view_to(&[2, -1]), |a| a[0].reshape(&[2, 3])),
        Case::new(
            "expand_sizes",
            x(&[3, 1]),
            |t| t[0].expand_sizes(&[2, -1, 4]),
            |a| Array::from_fn(&[2, 3, 4], |i| a[0].at(i)),
        ),
        Case::new(
            "expand of 0-d",
            x(&[]),
            |t| t[0].expand(&[2, 3]),
            |a| Array::from_fn(&[2, 3], |i| a[0].at(i)),
        ),
        Case::new(
            "permute of nothing",
            x(&[2, 0, 3]),
            |t| t[0].permute(&[2, 0, 1]),
            |a| a[0].permute(&[2, 0, 1]),
        ),
        Case::new("narrow", x(&[5, 2]), |t| t[0].narrow(0, -3, 2), |a| a[0].slice(0, 2, 2, 1)),
        Case::new("select of 1-d", x(&[4]), |t| t[0].select(0, 3), |a| a[0].slice(0, 3, 1, 1).reshape(&[])),
        Case::new(
            "eight dimensions moved",
            x(&[2, 1, 2, 1, 3, 1, 2, 1]),
            |t| t[0].permute(&[7, 6, 5, 4, 3, 2, 1, 0])?.contiguous(),
            |a| a[0].permute(&[7, 6, 5, 4, 3, 2, 1, 0]),
        ),
        Case::new("slice", x(&[5, 4]), |t| t[0].slice(0, 1, 4, 1), |a| a[0].slice(0, 1, 3, 1)),
        Case::new("slice with a step", x(&[7, 2]), |t| t[0].slice(0, -6, 100, 3), |a| a[0].slice(0, 1, 2, 3)),
        Case::new("slice of nothing", x(&[4]), |t| t[0].slice(0, 3, 1, 1), |a| a[0].slice(0, 3, 0, 1)),
        Case::new(
            "slice with a huge step",
            x(&[4]),
            |t| t[0].slice(0, 1, 4, i64::MAX),
            |a| a[0].slice(0, 1, 1, 1),
        ),
        Case::new("contiguous", x(&[3, 4]), |t| t[0].t()?.contiguous(), |a| a[0].permute(&[1, 0])),
        Case::new(
            "transposed, sliced, reshaped",
            x(&[4, 6]),
            |t| t[0].t()?.slice(0, 1, 6, 2)?.reshape(&[2, 6]),
            |a| a[0].permute(&[1, 0]).slice(0, 1, 3, 2).reshape(&[2, 6]),
        ),
    ];
    let mut cases: Vec<Case> = moved.into_iter().map(Case::moves).collect();
    cases.extend([
        Case::new(
            "a view used twice",
            x(&[3, 3]),
            |t| t[0].mul(&t[0].t()?),
            |a| a[0].zip(&a[0].permute(&[1, 0]), |x, y| x * y),
        ),
        Case::new(
            "sliced, then squared",
            x(&[5, 2]),
            |t| t[0].slice(0, 1, 5, 2)?.square(),
            |a| a[0].slice(0, 1, 2, 2).map(|v| v * v),
        ),
        Case::new(
            "expanded, then multiplied",
            x(&[1, 3]),
            |t| t[0].expand(&[4, 3])?.mul(&t[0]),
            |a| Array::from_fn(&[4, 3], |i| a[0].at(i) * a[0].at(i)),
        ),
        Case::new(
            "eight dimensions",
            x(&[2, 1, 2, 1, 3, 1, 2, 1]),
            |t| t[0].permute(&[7, 6, 5, 4, 3, 2, 1, 0])?.exp(),
            |a| a[0].permute(&[7, 6, 5, 4, 3, 2, 1, 0]).map(f64::exp),
        ),
    ]);
    cases
}
