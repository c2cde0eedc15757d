//! Tensors rearranged, repeated, and with a margin.

use engine::ops::Padding;

use crate::array::Array;
use crate::case::{Case, Kind, real};

/// The array of this shape whose element at `i` is the element of `x` at `f(i)`.
pub(super) fn moved(x: &Array, shape: &[usize], f: impl Fn(&[usize]) -> Vec<usize>) -> Array {
    Array::from_fn(shape, |i| x.at(&f(i)))
}

pub(super) fn cases() -> Vec<Case> {
    let x = |shape: &[usize]| vec![real(shape, 7)];
    vec![
        Case::new(
            "repeat",
            x(&[2, 3]),
            |t| t[0].repeat(&[2, 1, 3]),
            |a| moved(&a[0], &[2, 2, 9], |i| vec![i[1], i[2] % 3]),
        )
        .moves(),
        Case::new(
            "repeat_interleave",
            x(&[2, 3]),
            |t| t[0].repeat_interleave(2, Some(1)),
            |a| moved(&a[0], &[2, 6], |i| vec![i[0], i[1] / 2]),
        )
        .moves(),
        Case::new(
            "flip",
            x(&[2, 3, 2]),
            |t| t[0].flip(&[0, -2]),
            |a| moved(&a[0], &[2, 3, 2], |i| vec![1 - i[0], 2 - i[1], i[2]]),
        )
        .moves(),
        Case::new(
            "flip of squares",
            x(&[5]),
            |t| t[0].mul(&t[0])?.flip(&[0]),
            |a| moved(&a[0].map(|v| v * v), &[5], |i| vec![4 - i[0]]),
        )
        .also(&[Kind::Integer]),
        Case::new(
            "roll",
            x(&[3, 4]),
            |t| t[0].roll(&[1, -6], &[0, 1]),
            |a| moved(&a[0], &[3, 4], |i| vec![(i[0] + 2) % 3, (i[1] + 2) % 4]),
        )
        .moves(),
        Case::new(
            "tril",
            x(&[2, 3, 4]),
            |t| t[0].tril(1),
            |a| Array::from_fn(&[2, 3, 4], |i| if i[2] <= i[1] + 1 { a[0].at(i) } else { 0.0 }),
        )
        .moves(),
        Case::new(
            "triu",
            x(&[4, 3]),
            |t| t[0].triu(-1),
            |a| Array::from_fn(&[4, 3], |i| if i[1] + 1 >= i[0] { a[0].at(i) } else { 0.0 }),
        )
        .moves(),
        Case::new(
            "diagonal",
            x(&[3, 2, 4]),
            |t| t[0].diagonal(1, 0, 2),
            |a| moved(&a[0], &[2, 3], |i| vec![i[1], i[0], i[1] + 1]),
        )
        .moves(),
        Case::new(
            "diag of a vector",
            x(&[3]),
            |t| t[0].diag(-1),
            |a| Array::from_fn(&[4, 4], |i| if i[0] == i[1] + 1 { a[0].at(&i[1..]) } else { 0.0 }),
        )
        .moves(),
        Case::new("squeeze", x(&[1, 3, 1]), |t| t[0].squeeze()?.unsqueeze(0), |a| a[0].reshape(&[1, 3]))
            .moves(),
        Case::new(
            "movedim",
            x(&[2, 3, 4]),
            |t| t[0].movedim(&[0, 1], &[-1, 0]),
            |a| a[0].permute(&[1, 2, 0]),
        )
        .moves(),
        Case::new(
            "flatten",
            x(&[2, 3, 4]),
            |t| t[0].transpose(0, 1)?.flatten(0, 1),
            |a| a[0].permute(&[1, 0, 2]).reshape(&[6, 4]),
        )
        .moves(),
        Case::new("unflatten", x(&[2, 6]), |t| t[0].unflatten(1, &[-1, 2]), |a| a[0].reshape(&[2, 3, 2]))
            .moves(),
        Case::new("tile", x(&[3]), |t| t[0].tile(&[2, 2]), |a| moved(&a[0], &[2, 6], |i| vec![i[1] % 3]))
            .moves(),
        Case::new(
            "repeat_interleave of all",
            x(&[2, 2]),
            |t| t[0].repeat_interleave(3, None),
            |a| moved(&a[0], &[12], |i| vec![i[0] / 6, i[0] / 3 % 2]),
        )
        .moves(),
        Case::new(
            "roll of all",
            x(&[2, 3]),
            |t| t[0].roll(&[2], &[]),
            |a| moved(&a[0], &[2, 3], |i| vec![((3 * i[0] + i[1] + 4) % 6) / 3, (i[1] + 1) % 3]),
        )
        .moves(),
        Case::new(
            "diag of a matrix",
            x(&[3, 4]),
            |t| t[0].diag(2),
            |a| moved(&a[0], &[2], |i| vec![i[0], i[0] + 2]),
        )
        .moves(),
        Case::new(
            "diagonal below",
            x(&[4, 3]),
            |t| t[0].diagonal(-2, 0, 1),
            |a| moved(&a[0], &[2], |i| vec![i[0] + 2, i[0]]),
        )
        .moves(),
        Case::new(
            "pad by one",
            x(&[2, 3]),
            |t| t[0].pad(&[2, -1, 1, 0], Padding::Constant(true.into())),
            |a| {
                Array::from_fn(&[3, 4], |i| {
                    if i[0] > 0 && i[1] > 1 { a[0].at(&[i[0] - 1, i[1] - 2]) } else { 1.0 }
                })
            },
        )
        .moves(),
        Case::new(
            "pad that reflects",
            x(&[2, 4]),
            |t| t[0].pad(&[2, 1], Padding::Reflect),
            |a| moved(&a[0], &[2, 7], |i| vec![i[0], [2, 1, 0, 1, 2, 3, 2][i[1]]]),
        ),
        Case::new(
            "pad that replicates",
            x(&[1, 2, 2]),
            |t| t[0].pad(&[1, 1, 0, 2], Padding::Replicate),
            |a| moved(&a[0], &[1, 4, 4], |i| vec![0, i[1].min(1), [0, 0, 1, 1][i[2]]]),
        ),
        Case::new(
            "pad that goes around",
            x(&[2, 3]),
            |t| t[0].pad(&[2, 1], Padding::Circular),
            |a| moved(&a[0], &[2, 6], |i| vec![i[0], (i[1] + 1) % 3]),
        )
        .moves(),
    ]
}
