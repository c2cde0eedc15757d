//! Running sums and products, sorting, and what is found by it.

use engine::Tensor;

use crate::array::{Array, indices};
use crate::case::{Case, Kind, distinct, integers, positive, real, values};

/// `f` of every line along `dim`, which it may change in length.
pub(super) fn lines(x: &Array, dim: usize, f: impl Fn(&[f64]) -> Vec<f64>) -> Array {
    let mut first = x.shape.clone();
    first[dim] = 1;
    let line = |i: &Vec<usize>| -> Vec<f64> {
        let at = |j: usize| [&i[..dim], &[j], &i[dim + 1..]].concat();
        f(&(0..x.shape[dim]).map(|j| x.at(&at(j))).collect::<Vec<_>>())
    };
    let found: Vec<Vec<f64>> = indices(&first).iter().map(line).collect();
    let mut shape = first.clone();
    // Without any line, one of zeros says how long they would be.
    shape[dim] = found.first().map_or_else(|| f(&vec![0.0; x.shape[dim]]).len(), Vec::len);
    Array::from_fn(&shape, |i| {
        let place = |d: usize| if d == dim { 0 } else { i[d] };
        found[(0..i.len()).fold(0, |at, d| at * first[d] + place(d))][i[dim]]
    })
}

/// The places of a line in order: NaN last.
pub(super) fn order(line: &[f64], descending: bool) -> Vec<usize> {
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

pub(super) fn running(line: &[f64], f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let step = |total: &mut Option<f64>, &v: &f64| {
        *total = Some(total.map_or(v, |t| f(t, v)));
        *total
    };
    line.iter().scan(None, step).collect()
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = scans();
    cases.extend(sorted());
    cases.extend(of_all());
    cases
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
                .within(5e-5)
                .also(&Kind::OTHERS),
        );
    }
    for (shape, dim) in [(&[5][..], 0usize), (&[2, 3, 4], 1), (&[3, 4], 1)] {
        let (d, name) = (dim as i64, format!("cumprod {shape:?} along {dim}"));
        let run = move |t: &[Tensor]| t[0].cumprod(d);
        let row = Case::new(name, vec![positive(shape, 1)], run, move |a| lines(&a[0], dim, prod));
        cases.push(row.also(&[Kind::Integer, Kind::Bool]));
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
        cases.push(
            Case::new(
                format!("sort, descending {descending}"),
                vec![distinct(&[3, 5], 1)],
                move |t| Ok(t[0].sort(0, descending)?.0),
                move |a| lines(&a[0], 0, pick(descending)),
            )
            .moves(),
        );
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
    cases.push(
        Case::new(
            "topk",
            vec![distinct(&[3, 6], 1)],
            |t| Ok(t[0].topk(2, 1, true)?.0),
            move |a| lines(&a[0], 1, |line| pick(true)(line)[..2].to_vec()),
        )
        .also(&[Kind::Integer, Kind::Byte]),
    );
    cases.push(
        Case::new(
            "kthvalue",
            vec![distinct(&[3, 6], 1)],
            |t| Ok(t[0].kthvalue(2, 1, true)?.0),
            move |a| lines(&a[0], 1, |line| pick(false)(line)[1..2].to_vec()),
        )
        .also(&[Kind::Integer, Kind::Byte]),
    );
    for (name, wanted) in [
        ("the places of topk", 0),
        ("the place of kthvalue", 1),
        ("the places of max_dim", 2),
        ("the places of min_dim", 3),
    ] {
        let run = move |t: &[Tensor]| match wanted {
            0 => Ok(t[0].topk(3, 1, false)?.1),
            1 => Ok(t[0].kthvalue(4, 1, true)?.1),
            2 => Ok(t[0].max_dim(1, true)?.1),
            _ => Ok(t[0].min_dim(1, true)?.1),
        };
        let reference = move |a: &[Array]| {
            lines(&a[0], 1, |line| match wanted {
                0 => places(false)(line)[..3].to_vec(),
                1 => places(false)(line)[3..4].to_vec(),
                2 => places(true)(line)[..1].to_vec(),
                _ => places(false)(line)[..1].to_vec(),
            })
        };
        cases.push(Case::new(name, vec![distinct(&[3, 6], 1)], run, reference).smooth(0));
    }
    for max in [true, false] {
        cases.push(
            Case::new(
                if max { "max along a dimension" } else { "min along a dimension" },
                vec![distinct(&[3, 4], 1)],
                move |t| Ok(if max { t[0].max_dim(0, false)? } else { t[0].min_dim(0, false)? }.0),
                move |a| {
                    let best = lines(&a[0], 0, |line| pick(max)(line)[..1].to_vec());
                    best.reshape(&[4])
                },
            )
            .moves(),
        );
    }
    cases
}

/// The largest, the smallest and the one in the middle.
fn of_all() -> Vec<Case> {
    let ranked = |at: usize| move |line: &[f64]| vec![line[order(line, false)[at]]];
    let all = move |a: &Array, at: usize| lines(&a.reshape(&[12]), 0, ranked(at)).reshape(&[]);
    let x = || vec![distinct(&[3, 4], 1)];
    vec![
        Case::new("median of all", x(), |t| t[0].median(), move |a| all(&a[0], 5)),
        Case::new("max of all", x(), |t| t[0].max_all(), move |a| all(&a[0], 11)),
        Case::new("min of all", x(), |t| t[0].min_all(), move |a| all(&a[0], 0)),
        Case::new(
            "median along a dimension",
            vec![distinct(&[3, 6], 1)],
            |t| Ok(t[0].median_dim(1, true)?.0),
            move |a| lines(&a[0], 1, ranked(2)),
        ),
    ]
}
