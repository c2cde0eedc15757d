//! Tensors joined and taken apart.

use engine::{Result, Tensor};

use super::rearranging::moved;
use crate::array::{Array, indices};
use crate::case::{Case, Kind, integers, real, truths, values};

/// A value for which gradients reach all of several tensors.
fn weigh(parts: &[Tensor]) -> Result<Tensor> {
    let flat = parts.iter().enumerate().map(|(i, t)| t.reshape(&[-1])?.mul(1.0 + i as f64));
    Tensor::cat(&flat.collect::<Result<Vec<_>>>()?, 0)
}

pub(super) fn cases() -> Vec<Case> {
    let three = || vec![real(&[2, 3], 1), real(&[2, 1], 2), real(&[2, 4], 3)];
    let cat = |a: &[Array]| {
        Array::from_fn(&[2, 8], |i| match i[1] {
            j @ 0..3 => a[0].at(&[i[0], j]),
            3 => a[1].at(&[i[0], 0]),
            j => a[2].at(&[i[0], j - 4]),
        })
    };
    let pair = || vec![real(&[2, 3], 1), real(&[2, 3], 2)];
    vec![
        Case::new("cat", three(), |t| Tensor::cat(t, 1), cat).moves(),
        Case::new(
            "cat of squares",
            three(),
            |t| Tensor::cat(t, -1)?.pow(2.0),
            move |a| cat(a).map(|v| v * v),
        ),
        Case::new(
            "cat of types",
            vec![real(&[2, 3], 1), integers(&[1, 3], 2, -3, 3), truths(&[2, 3], 3)],
            |t| Tensor::cat(t, 0),
            |a| {
                Array::from_fn(&[5, 3], |i| match i[0] {
                    r @ 0..2 => a[0].at(&[r, i[1]]),
                    2 => a[1].at(&[0, i[1]]),
                    r => a[2].at(&[r - 3, i[1]]),
                })
            },
        ),
        Case::new(
            "cat of bytes",
            bytes_case(),
            |t| Tensor::cat(t, 1),
            |a| Array::from_fn(&[3, 7], |i| if i[1] < 5 { a[0].at(i) } else { a[1].at(&[i[0], i[1] - 5]) }),
        )
        .smooth(0),
        Case::new(
            "stack",
            pair(),
            |t| Tensor::stack(t, 1),
            |a| Array::from_fn(&[2, 2, 3], |i| a[i[1]].at(&[i[0], i[2]])),
        )
        .moves(),
        Case::new(
            "split",
            vec![real(&[2, 5], 1)],
            |t| weigh(&t[0].split(2, 1)?),
            |a| {
                let parts: Vec<f64> = (0..3)
                    .flat_map(|p| indices(&[2, if p == 2 { 1 } else { 2 }]).into_iter().map(move |i| (p, i)))
                    .map(|(p, i)| a[0].at(&[i[0], 2 * p + i[1]]) * (1 + p) as f64)
                    .collect();
                Array { shape: vec![10], data: parts }
            },
        )
        .also(&Kind::OTHERS),
        Case::new(
            "unbind",
            vec![real(&[3, 2], 1)],
            |t| weigh(&t[0].unbind(0)?),
            |a| Array::from_fn(&[6], |i| a[0].data[i[0]] * (1 + i[0] / 2) as f64),
        )
        .also(&Kind::OTHERS),
        Case::new(
            "select",
            vec![real(&[3, 4, 2], 1)],
            |t| t[0].select(1, -2),
            |a| moved(&a[0], &[3, 2], |i| vec![i[0], 2, i[1]]),
        )
        .moves(),
        Case::new(
            "cat with an empty vector",
            vec![real(&[2, 3], 1), real(&[0], 2), real(&[0, 3], 3)],
            |t| Tensor::cat(t, 0),
            |a| a[0].clone(),
        )
        .moves(),
        Case::new("hstack", vec![real(&[2], 1), real(&[3], 2), real(&[], 3)], Tensor::hstack, |a| Array {
            shape: vec![6],
            data: a.iter().flat_map(|x| x.data.clone()).collect(),
        })
        .moves(),
        Case::new("vstack", vec![real(&[3], 1), real(&[2, 3], 2)], Tensor::vstack, |a| Array {
            shape: vec![3, 3],
            data: a.iter().flat_map(|x| x.data.clone()).collect(),
        })
        .moves(),
        Case::new(
            "split_sizes",
            vec![real(&[5, 2], 1)],
            |t| weigh(&t[0].split_sizes(&[1, 0, 4], 0)?),
            |a| Array::from_fn(&[10], |i| a[0].data[i[0]] * if i[0] < 2 { 1.0 } else { 3.0 }),
        )
        .also(&Kind::OTHERS),
        Case::new(
            "chunk",
            vec![real(&[7], 1)],
            |t| weigh(&t[0].chunk(3, 0)?),
            |a| Array::from_fn(&[7], |i| a[0].data[i[0]] * (1 + i[0] / 3) as f64),
        )
        .also(&Kind::OTHERS),
        Case::new(
            "broadcast_tensors",
            vec![real(&[3, 1], 1), real(&[2], 2)],
            |t| weigh(&Tensor::broadcast_tensors(t)?),
            |a| {
                Array::from_fn(&[12], |i| {
                    let (k, place) = (i[0] / 6, [i[0] % 6 / 2, i[0] % 2]);
                    (1 + k) as f64 * a[k].at(&place)
                })
            },
        )
        .also(&Kind::OTHERS),
        Case::new(
            "meshgrid",
            vec![real(&[3], 1), real(&[2], 2)],
            |t| weigh(&Tensor::meshgrid(t, true)?),
            |a| {
                Array::from_fn(&[12], |i| {
                    let (row, column) = (i[0] % 6 / 3, i[0] % 3);
                    if i[0] < 6 { a[0].data[column] } else { 2.0 * a[1].data[row] }
                })
            },
        )
        .also(&Kind::OTHERS),
    ]
}

fn bytes_case() -> Vec<crate::case::Input> {
    let bytes = |shape: &[usize], from: usize| {
        let n: usize = shape.iter().product();
        values(shape, &(0..n).map(|i| ((i + from) * 37 % 256) as f64).collect::<Vec<_>>(), Kind::Byte)
    };
    vec![bytes(&[3, 5], 0), bytes(&[3, 2], 9)]
}
