//! Tensors of indices in all their forms: `x[…]`, index_put, gather and scatter, and masks.

use engine::Item;

use super::rearranging::moved;
use crate::array::{Array, indices};
use crate::case::{Case, Kind, bytes, integers, real, truths, values};

pub(super) fn cases() -> Vec<Case> {
    let with = |shape: &[usize], n: &[usize], high: i64| vec![real(shape, 1), integers(n, 2, -high, high)];
    let wrap = |i: f64, n: usize| if i < 0.0 { (i + n as f64) as usize } else { i as usize };
    vec![
        Case::new(
            "index in front",
            with(&[4, 3], &[2, 5], 4),
            |t| t[0].get(&[Item::Tensor(t[1].clone())]),
            move |a| moved(&a[0], &[2, 5, 3], |i| vec![wrap(a[1].at(&i[..2]), 4), i[2]]),
        )
        .moves(),
        Case::new(
            "index in the middle",
            with(&[2, 4, 3], &[5], 4),
            |t| {
                t[0].get(&[
                    Item::ALL,
                    Item::Tensor(t[1].clone()),
                    Item::Slice { start: Some(1), end: None, step: 1 },
                ])
            },
            move |a| moved(&a[0], &[2, 5, 2], |i| vec![i[0], wrap(a[1].at(&i[1..2]), 4), i[2] + 1]),
        )
        .moves(),
        Case::new(
            "index apart",
            with(&[3, 2, 3], &[4], 3),
            |t| t[0].get(&[Item::Tensor(t[1].clone()), Item::ALL, Item::Tensor(t[1].clone())]),
            move |a| {
                moved(&a[0], &[4, 2], |i| {
                    let k = wrap(a[1].at(&i[..1]), 3);
                    vec![k, i[1], k]
                })
            },
        )
        .moves(),
        Case::new(
            "index_put added",
            vec![real(&[3, 2], 1), integers(&[5], 2, -3, 3), real(&[5, 2], 3)],
            |t| t[0].index_put(&[t[1].clone()], &t[2], true),
            move |a| {
                let mut out = a[0].clone();
                for i in indices(&[5, 2]) {
                    out.data[2 * wrap(a[1].at(&i[..1]), 3) + i[1]] += a[2].at(&i);
                }
                out
            },
        )
        .also(&[Kind::Integer]),
        Case::new(
            "index_put assigned",
            vec![real(&[4, 2], 1), values(&[2], &[-1.0, 1.0], Kind::Integer), real(&[2], 3)],
            |t| t[0].index_put(&[t[1].clone()], &t[2], false),
            |a| Array::from_fn(&[4, 2], |i| if i[0] % 2 == 1 { a[2].at(&i[1..]) } else { a[0].at(i) }),
        )
        .moves(),
        Case::new(
            "scatter into a part",
            vec![real(&[3, 4], 1), values(&[2, 2], &[3.0, 0.0, 1.0, 2.0], Kind::Integer), real(&[2, 3], 3)],
            |t| t[0].scatter(1, &t[1], &t[2]),
            |a| {
                let mut out = a[0].clone();
                for i in indices(&[2, 2]) {
                    out.data[4 * i[0] + a[1].at(&i) as usize] = a[2].at(&i);
                }
                out
            },
        )
        .moves(),
        Case::new(
            "scatter that multiplies",
            vec![real(&[3, 4], 1), integers(&[3, 5], 2, 0, 4), real(&[3, 5], 2)],
            |t| t[0].scatter_by(1, &t[1], &t[2], "multiply"),
            |a| {
                let mut out = a[0].clone();
                for (k, (&at, &v)) in a[1].data.iter().zip(&a[2].data).enumerate() {
                    out.data[k / 5 * 4 + at as usize] *= v;
                }
                out
            },
        )
        .smooth(0),
        Case::new(
            "scatter_add into a part",
            vec![real(&[4, 3], 1), integers(&[5, 2], 2, 0, 4), real(&[5, 3], 3)],
            |t| t[0].scatter_add(0, &t[1], &t[2]),
            |a| {
                let mut out = a[0].clone();
                for i in indices(&[5, 2]) {
                    out.data[3 * a[1].at(&i) as usize + i[1]] += a[2].at(&i);
                }
                out
            },
        )
        .also(&[Kind::Integer]),
        Case::new(
            "gather from a part",
            vec![real(&[3, 4], 1), integers(&[2, 6], 2, 0, 4)],
            |t| t[0].gather(1, &t[1]),
            |a| moved(&a[0], &[2, 6], |i| vec![i[0], a[1].at(i) as usize]),
        )
        .moves(),
        Case::new(
            "index_add",
            vec![real(&[2, 3], 1), integers(&[4], 2, 0, 3), real(&[2, 4], 3)],
            |t| t[0].index_add(1, &t[1], &t[2], 2.0),
            |a| {
                let mut out = a[0].clone();
                for i in indices(&[2, 4]) {
                    out.data[3 * i[0] + a[1].at(&i[1..]) as usize] += 2.0 * a[2].at(&i);
                }
                out
            },
        )
        .also(&[Kind::Integer]),
        Case::new(
            "index_select in a dimension",
            with(&[2, 4], &[5], 1),
            |t| t[0].index_select(1, &t[1].mul(&t[1])?),
            |a| moved(&a[0], &[2, 5], |i| vec![i[0], (a[1].at(&i[1..]) * a[1].at(&i[1..])) as usize]),
        )
        .moves(),
        Case::new(
            "take",
            with(&[2, 3], &[2, 2], 6),
            |t| t[0].take(&t[1]),
            move |a| Array::from_fn(&[2, 2], |i| a[0].data[wrap(a[1].at(i), 6)]),
        )
        .moves(),
        Case::new(
            "masked_fill",
            vec![real(&[2, 3], 1), truths(&[3], 5)],
            |t| t[0].masked_fill(&t[1], 7.0),
            |a| a[0].zip(&a[1], |v, m| if m != 0.0 { 7.0 } else { v }),
        ),
        Case::new(
            "masked_fill by one",
            vec![real(&[2, 3], 1), truths(&[2, 1], 5)],
            |t| t[0].masked_fill(&t[1], true),
            |a| a[0].zip(&a[1], |v, m| if m != 0.0 { 1.0 } else { v }),
        )
        .moves(),
        Case::new(
            "copy_slices: a part set",
            vec![real(&[3, 4], 1), real(&[2], 2)],
            |t| {
                let x = t[0].copy()?;
                x.set(&[Item::Slice { start: Some(1), end: None, step: 1 }, Item::Int(-1)], &t[1])?;
                Ok(x)
            },
            |a| {
                Array::from_fn(
                    &[3, 4],
                    |i| if i[0] > 0 && i[1] == 3 { a[1].data[i[0] - 1] } else { a[0].at(i) },
                )
            },
        )
        .moves(),
        Case::new(
            "gather of bytes",
            vec![bytes(&[3, 5], 1), integers(&[3, 6], 2, 0, 5)],
            |t| t[0].gather(1, &t[1]),
            |a| moved(&a[0], &[3, 6], |i| vec![i[0], a[1].at(i) as usize]),
        )
        .smooth(0),
        Case::new(
            "scatter of bytes",
            vec![bytes(&[3, 5], 1), values(&[2], &[3.0, -5.0], Kind::Integer), bytes(&[3, 2], 3)],
            |t| t[0].transpose(0, 1)?.index_put(&[t[1].clone()], &t[2].transpose(0, 1)?, false),
            |a| {
                Array::from_fn(&[5, 3], |i| match i[0] {
                    3 => a[2].at(&[i[1], 0]),
                    0 => a[2].at(&[i[1], 1]),
                    _ => a[0].at(&[i[1], i[0]]),
                })
            },
        )
        .smooth(0),
        Case::new(
            "one_hot",
            vec![integers(&[2, 3], 1, 0, 4)],
            |t| t[0].one_hot(5),
            |a| Array::from_fn(&[2, 3, 5], |i| f64::from(u8::from(a[0].at(&i[..2]) == i[2] as f64))),
        )
        .smooth(0),
    ]
}
