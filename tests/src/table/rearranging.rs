//! Tensors joined, taken apart and rearranged, running sums, and sorting.

use engine::{Result, Tensor};

use crate::array::{Array, indices};
use crate::case::{Case, Kind, distinct, integers, positive, real, truths, values};

/// The array of this shape whose element at `i` is the element of `x` at `f(i)`.
pub(super) fn moved(x: &Array, shape: &[usize], f: impl Fn(&[usize]) -> Vec<usize>) -> Array {
    Array::from_fn(shape, |i| x.at(&f(i)))
}

/// `f` of every line along `dim`, which it may change in length.
fn lines(x: &Array, dim: usize, f: impl Fn(&[f64]) -> Vec<f64>) -> Array {
    let mut first = x.shape.clone();
    first[dim] = 1;
    let line = |i: &[usize]| -> Vec<f64> {
        let at = |j: usize| [&i[..dim], &[j], &i[dim + 1..]].concat();
        f(&(0..x.shape[dim]).map(|j| x.at(&at(j))).collect::<Vec<_>>())
    };
    let mut shape = first.clone();
    shape[dim] = indices(&first).first().map_or(0, |i| line(i).len());
    Array::from_fn(&shape, |i| line(i)[i[dim]])
}

/// The places of a line in order: NaN last.
fn order(line: &[f64], descending: bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..line.len()).collect();
    let key = |i: usize| if line[i].is_nan() { f64::INFINITY } else { line[i] };
    places.sort_by(|&i, &j| {
        let up = key(i).total_cmp(&key(j)).then(line[i].is_nan().cmp(&line[j].is_nan()));
        let equal = line[i] == line[j];
        if equal {
            std::cmp::Ordering::Equal
        } else if descending {
            up.reverse()
        } else {
            up
        }
    });
    places
}

fn running(line: &[f64], f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let step = |total: &mut Option<f64>, &v: &f64| {
        *total = Some(total.map_or(v, |t| f(t, v)));
        *total
    };
    line.iter().scan(None, step).collect()
}

/// A value for which gradients reach all of several tensors.
fn weigh(parts: &[Tensor]) -> Result<Tensor> {
    let flat = parts.iter().enumerate().map(|(i, t)| t.reshape(&[-1])?.mul(1.0 + i as f64));
    Tensor::cat(&flat.collect::<Result<Vec<_>>>()?, 0)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = joined();
    cases.extend(rearranged());
    cases.extend(scans());
    cases.extend(sorted());
    cases
}

fn joined() -> Vec<Case> {
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
        Case::new("cat", three(), |t| Tensor::cat(t, 1), cat),
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
        ),
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
        ),
        Case::new(
            "unbind",
            vec![real(&[3, 2], 1)],
            |t| weigh(&t[0].unbind(0)?),
            |a| Array::from_fn(&[6], |i| a[0].data[i[0]] * (1 + i[0] / 2) as f64),
        ),
        Case::new(
            "select",
            vec![real(&[3, 4, 2], 1)],
            |t| t[0].select(1, -2),
            |a| moved(&a[0], &[3, 2], |i| vec![i[0], 2, i[1]]),
        ),
    ]
}

fn bytes_case() -> Vec<crate::case::Input> {
    let bytes = |shape: &[usize], from: usize| {
        let n: usize = shape.iter().product();
        values(shape, &(0..n).map(|i| ((i + from) * 37 % 256) as f64).collect::<Vec<_>>(), Kind::Byte)
    };
    vec![bytes(&[3, 5], 0), bytes(&[3, 2], 9)]
}

fn rearranged() -> Vec<Case> {
    let x = |shape: &[usize]| vec![real(shape, 7)];
    vec![
        Case::new(
            "repeat",
            x(&[2, 3]),
            |t| t[0].repeat(&[2, 1, 3]),
            |a| moved(&a[0], &[2, 2, 9], |i| vec![i[1], i[2] % 3]),
        ),
        Case::new(
            "repeat_interleave",
            x(&[2, 3]),
            |t| t[0].repeat_interleave(2, Some(1)),
            |a| moved(&a[0], &[2, 6], |i| vec![i[0], i[1] / 2]),
        ),
        Case::new(
            "flip",
            x(&[2, 3, 2]),
            |t| t[0].flip(&[0, -2]),
            |a| moved(&a[0], &[2, 3, 2], |i| vec![1 - i[0], 2 - i[1], i[2]]),
        ),
        Case::new(
            "flip of squares",
            x(&[5]),
            |t| t[0].mul(&t[0])?.flip(&[0]),
            |a| moved(&a[0].map(|v| v * v), &[5], |i| vec![4 - i[0]]),
        ),
        Case::new(
            "roll",
            x(&[3, 4]),
            |t| t[0].roll(&[1, -6], &[0, 1]),
            |a| moved(&a[0], &[3, 4], |i| vec![(i[0] + 2) % 3, (i[1] + 2) % 4]),
        ),
        Case::new(
            "tril",
            x(&[2, 3, 4]),
            |t| t[0].tril(1),
            |a| Array::from_fn(&[2, 3, 4], |i| if i[2] <= i[1] + 1 { a[0].at(i) } else { 0.0 }),
        ),
        Case::new(
            "triu",
            x(&[4, 3]),
            |t| t[0].triu(-1),
            |a| Array::from_fn(&[4, 3], |i| if i[1] + 1 >= i[0] { a[0].at(i) } else { 0.0 }),
        ),
        Case::new(
            "diagonal",
            x(&[3, 2, 4]),
            |t| t[0].diagonal(1, 0, 2),
            |a| moved(&a[0], &[2, 3], |i| vec![i[1], i[0], i[1] + 1]),
        ),
        Case::new(
            "diag of a vector",
            x(&[3]),
            |t| t[0].diag(-1),
            |a| Array::from_fn(&[4, 4], |i| if i[0] == i[1] + 1 { a[0].at(&i[1..]) } else { 0.0 }),
        ),
        Case::new("squeeze", x(&[1, 3, 1]), |t| t[0].squeeze()?.unsqueeze(0), |a| a[0].reshape(&[1, 3])),
        Case::new(
            "movedim",
            x(&[2, 3, 4]),
            |t| t[0].movedim(&[0, 1], &[-1, 0]),
            |a| a[0].permute(&[1, 2, 0]),
        ),
        Case::new(
            "flatten",
            x(&[2, 3, 4]),
            |t| t[0].transpose(0, 1)?.flatten(0, 1),
            |a| a[0].permute(&[1, 0, 2]).reshape(&[6, 4]),
        ),
        Case::new("unflatten", x(&[2, 6]), |t| t[0].unflatten(1, &[-1, 2]), |a| a[0].reshape(&[2, 3, 2])),
    ]
}

fn scans() -> Vec<Case> {
    let sum = |line: &[f64]| running(line, |a, b| a + b);
    let prod = |line: &[f64]| running(line, |a, b| a * b);
    let mut cases = Vec::new();
    for (shape, dim) in [(&[5][..], 0usize), (&[3, 4], 0), (&[2, 3, 4], 1), (&[2, 700], 1)] {
        let smooth = if shape[1..].contains(&700) { 0 } else { 2 };
        let d = dim as i64;
        let name = format!("cumsum {shape:?} along {dim}");
        let run = move |t: &[Tensor]| t[0].cumsum(d);
        cases.push(
            Case::new(name, vec![real(shape, 1)], run, move |a| lines(&a[0], dim, sum))
                .smooth(smooth)
                .within(5e-5),
        );
    }
    for (shape, dim) in [(&[5][..], 0usize), (&[2, 3, 4], 1), (&[3, 4], 1)] {
        let (d, name) = (dim as i64, format!("cumprod {shape:?} along {dim}"));
        let run = move |t: &[Tensor]| t[0].cumprod(d);
        cases.push(Case::new(name, vec![positive(shape, 1)], run, move |a| lines(&a[0], dim, prod)));
    }
    let zeros = values(&[3, 4], &[1.5, 0.0, -2.0, 3.0, 0.0, 2.0, 0.0, 1.0, 2.0, 3.0, 0.5, 0.0], Kind::Real);
    cases.push(Case::new(
        "cumprod with zeros",
        vec![zeros],
        |t| t[0].cumprod(1),
        move |a| lines(&a[0], 1, prod),
    ));
    cases.push(
        Case::new(
            "cumsum of integers",
            vec![integers(&[3, 40], 1, -9, 9)],
            |t| t[0].cumsum(1),
            move |a| lines(&a[0], 1, sum),
        )
        .smooth(0),
    );
    cases.extend(extremes_so_far());
    cases
}

fn extremes_so_far() -> Vec<Case> {
    let most = |line: &[f64]| running(line, f64::max);
    let least = |line: &[f64]| running(line, f64::min);
    let x = || vec![distinct(&[2, 700], 1)];
    let whole = || vec![integers(&[3, 600], 1, -40, 40)];
    vec![
        Case::new(
            "cummax",
            vec![distinct(&[3, 4], 1)],
            |t| Ok(t[0].cummax(0)?.0),
            move |a| lines(&a[0], 0, most),
        ),
        Case::new("cummin of many", x(), |t| Ok(t[0].cummin(1)?.0), move |a| lines(&a[0], 1, least))
            .smooth(0),
        Case::new("cummin of integers", whole(), |t| Ok(t[0].cummin(1)?.0), move |a| lines(&a[0], 1, least))
            .smooth(0),
    ]
}

fn sorted() -> Vec<Case> {
    let pick = |descending: bool| {
        move |line: &[f64]| order(line, descending).into_iter().map(|i| line[i]).collect::<Vec<_>>()
    };
    let places = |descending: bool| {
        move |line: &[f64]| order(line, descending).into_iter().map(|i| i as f64).collect::<Vec<_>>()
    };
    let odd = [1.0, f64::NAN, 0.0, -0.0, f64::INFINITY, -1.0, 1.0, f64::NAN, f64::NEG_INFINITY, 2.0];
    let odd = || vec![values(&[10], &odd, Kind::Real)];
    let mut cases = Vec::new();
    for descending in [false, true] {
        cases.push(Case::new(
            format!("sort, descending {descending}"),
            vec![distinct(&[3, 5], 1)],
            move |t| Ok(t[0].sort(0, descending)?.0),
            move |a| lines(&a[0], 0, pick(descending)),
        ));
        cases.push(
            Case::new(
                format!("argsort of specials, descending {descending}"),
                odd(),
                move |t| t[0].argsort(0, descending),
                move |a| lines(&a[0], 0, places(descending)),
            )
            .smooth(0),
        );
        cases.push(
            Case::new(
                format!("argsort of integers, descending {descending}"),
                vec![integers(&[2, 600], 1, -20, 20)],
                move |t| t[0].argsort(1, descending),
                move |a| lines(&a[0], 1, places(descending)),
            )
            .smooth(0),
        );
    }
    cases.push(Case::new(
        "topk",
        vec![distinct(&[3, 6], 1)],
        |t| Ok(t[0].topk(2, 1, true)?.0),
        move |a| lines(&a[0], 1, |line| pick(true)(line)[..2].to_vec()),
    ));
    cases.push(Case::new(
        "kthvalue",
        vec![distinct(&[3, 6], 1)],
        |t| Ok(t[0].kthvalue(2, 1, true)?.0),
        move |a| lines(&a[0], 1, |line| pick(false)(line)[1..2].to_vec()),
    ));
    for max in [true, false] {
        cases.push(Case::new(
            if max { "max along a dimension" } else { "min along a dimension" },
            vec![distinct(&[3, 4], 1)],
            move |t| Ok(if max { t[0].max_dim(0, false)? } else { t[0].min_dim(0, false)? }.0),
            move |a| {
                let best = lines(&a[0], 0, |line| pick(max)(line)[..1].to_vec());
                best.reshape(&[4])
            },
        ));
    }
    cases
}
