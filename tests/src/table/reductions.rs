//! Folds over any dimensions, and the indices of extreme values.

use engine::ops::Reducer;
use engine::{Result, Tensor};

use crate::array::Array;
use crate::case::{Case, Kind, distinct, integers, real, truths, values};

fn fold(by: Reducer, group: &[f64]) -> f64 {
    let nan = group.iter().any(|v| v.is_nan());
    match by {
        Reducer::Sum => group.iter().sum(),
        Reducer::Mean => group.iter().sum::<f64>() / group.len() as f64,
        Reducer::Prod => group.iter().product(),
        Reducer::Max => {
            if nan {
                f64::NAN
            } else {
                group.iter().copied().fold(f64::NEG_INFINITY, f64::max)
            }
        }
        Reducer::Min => {
            if nan {
                f64::NAN
            } else {
                group.iter().copied().fold(f64::INFINITY, f64::min)
            }
        }
    }
}

fn case(by: Reducer, name: String, input: crate::case::Input, dims: &'static [i64], keepdim: bool) -> Case {
    let run = move |t: &[Tensor]| match by {
        Reducer::Sum => t[0].sum(dims, keepdim),
        Reducer::Mean => t[0].mean(dims, keepdim),
        Reducer::Prod => t[0].prod(dims, keepdim),
        Reducer::Max => t[0].amax(dims, keepdim),
        Reducer::Min => t[0].amin(dims, keepdim),
    };
    let reference = move |a: &[Array]| {
        let ndim = a[0].shape.len();
        let dims: Vec<usize> = match dims {
            [] => (0..ndim).collect(),
            dims => {
                dims.iter().map(|&d| if d < 0 { (d + ndim as i64) as usize } else { d as usize }).collect()
            }
        };
        a[0].fold(&dims, keepdim, |group| fold(by, group))
    };
    Case::new(name, vec![input], run, reference)
}

/// Shapes with the dimensions to fold.
const FOLDS: [(&[usize], &[i64], bool); 11] = [
    (&[7], &[], false),
    (&[], &[], false),
    (&[3, 4], &[0], false),
    (&[3, 4], &[1], true),
    (&[3, 4], &[-1, 0], true),
    (&[2, 3, 4], &[1], false),
    (&[2, 3, 4], &[0, 2], false),
    (&[2, 3, 4], &[2, 1], true),
    (&[1, 3, 1], &[0, 1], false),
    (&[2, 2, 2, 2], &[1, 3], false),
    (&[2, 1, 2, 1, 2, 1, 2, 1], &[0, 2, 7], true),
];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for by in Reducer::ALL {
        for (shape, dims, keepdim) in FOLDS {
            let name = format!("{by:?} {shape:?} over {dims:?}");
            let row = case(by, name.clone(), distinct(shape, 5), dims, keepdim);
            cases.push(match by {
                Reducer::Sum => row.also(&Kind::OTHERS),
                Reducer::Max | Reducer::Min => row.moves(),
                Reducer::Mean | Reducer::Prod => row,
            });
            if by == Reducer::Prod {
                let small = [integers(shape, 5, -2, 3), truths(shape, 5)];
                cases.extend(
                    small.map(|input| case(by, format!("{name} of {:?}", input.kind), input, dims, keepdim)),
                );
            }
        }
        let nan = [1.0, f64::NAN, 2.0, f64::INFINITY, -1.0, 3.0];
        cases.push(
            case(by, format!("{by:?} with NaN"), values(&[3, 2], &nan, Kind::Real), &[1], false).smooth(0),
        );
        if by != Reducer::Mean {
            cases.push(
                case(by, format!("{by:?} of integers"), integers(&[4, 3], 6, -3, 4), &[0], false).smooth(0),
            );
        }
        if !matches!(by, Reducer::Max | Reducer::Min) {
            cases.push(case(by, format!("{by:?} of nothing"), real(&[0, 3], 7), &[0], false));
        }
        // Long rows and long columns take paths of their own.
        for (shape, dims) in
            [(&[3, 2500][..], &[1][..]), (&[2500, 3], &[0]), (&[70_001], &[]), (&[300, 70], &[0])]
        {
            let input = if by == Reducer::Prod { ones(shape) } else { real(shape, 8) };
            let tolerance = if by == Reducer::Prod { 5e-3 } else { 1e-4 };
            cases.push(
                case(by, format!("{by:?} of long {shape:?}"), input, dims, false).smooth(0).within(tolerance),
            );
        }
    }
    let zeros = values(&[2, 3], &[2.0, 0.0, 3.0, 0.0, 4.0, 0.0], Kind::Real);
    cases.push(
        case(Reducer::Prod, "the product of zeros and others".to_owned(), zeros, &[1], false).smooth(1),
    );
    cases.extend(extremes());
    cases.extend(counts());
    cases
}

/// How many elements are not zero, and whether any or all are.
fn counts() -> Vec<Case> {
    type Count = (&'static str, fn(&Tensor, &[i64]) -> Result<Tensor>, fn(usize, usize) -> f64);
    const COUNTS: [Count; 3] = [
        ("any", |t, dims| t.any(dims, false), |found, _| f64::from(u8::from(found > 0))),
        ("all", |t, dims| t.all(dims, false), |found, n| f64::from(u8::from(found == n))),
        ("count_nonzero", |t, dims| t.count_nonzero(dims), |found, _| found as f64),
    ];
    let mut cases = Vec::new();
    for (name, run, definition) in COUNTS {
        for (shape, dims) in
            [(&[3, 4][..], &[1][..]), (&[2, 3, 2], &[0, 2]), (&[5], &[]), (&[], &[]), (&[0, 2], &[0])]
        {
            let n: usize = shape.iter().product();
            // 0.2 becomes 1 as an integer and true as a truth value.
            let data: Vec<f64> = (0..n).map(|i| [0.2, 0.0, 0.0, f64::NAN, 0.2, -0.0][i % 6]).collect();
            let whole: Vec<f64> = data.iter().map(|v| if v.is_nan() { 0.5 } else { *v }).collect();
            for (what, data) in [("with NaN", data), ("", whole)] {
                let row = Case::new(
                    format!("{name} {shape:?} over {dims:?} {what}"),
                    vec![values(shape, &data, Kind::Real)],
                    move |t| run(&t[0], dims),
                    move |a| {
                        let all: Vec<usize> = (0..a[0].shape.len()).collect();
                        let dims: Vec<usize> = dims.iter().map(|&d| d as usize).collect();
                        let dims = if dims.is_empty() { all } else { dims };
                        a[0].fold(&dims, false, |g| {
                            definition(g.iter().filter(|v| **v != 0.0).count(), g.len())
                        })
                    },
                );
                cases.push(row.smooth(0).also(if what.is_empty() { &Kind::OTHERS } else { &[] }));
            }
        }
    }
    cases
}

/// Numbers near 1, whose product stays in range.
fn ones(shape: &[usize]) -> crate::case::Input {
    let mut input = real(shape, 8);
    input.array = input.array.map(|v| f64::from((1.0 + v * 1e-5) as f32));
    input
}

fn extremes() -> Vec<Case> {
    let place = |better: fn(f64, f64) -> bool| {
        move |group: &[f64]| {
            let mut best = 0;
            for i in 1..group.len() {
                if !group[best].is_nan() && (better(group[i], group[best]) || group[i].is_nan()) {
                    best = i;
                }
            }
            best as f64
        }
    };
    let mut cases = Vec::new();
    let ties = integers(&[5, 6], 9, 0, 3);
    let long = real(&[3, 700], 4);
    let nan = values(&[2, 3], &[1.0, f64::NAN, 2.0, 5.0, 5.0, f64::NAN], Kind::Real);
    for (name, input) in
        [("of ties", ties), ("of real numbers", real(&[4, 7], 3)), ("of long rows", long), ("with NaN", nan)]
    {
        let (max, min) = (place(|a, b| a > b), place(|a, b| a < b));
        let (x, y) = (input.clone(), input);
        cases.push(
            Case::new(
                format!("argmax {name}"),
                vec![x],
                |t| t[0].argmax(1, false),
                move |a| a[0].fold(&[1], false, max),
            )
            .also(&[Kind::Byte]),
        );
        cases.push(Case::new(
            format!("argmin {name}"),
            vec![y],
            |t| t[0].argmin(0, true),
            move |a| a[0].fold(&[0], true, min),
        ));
    }
    cases.push(
        Case::new(
            "argmax of all",
            vec![distinct(&[3, 4], 5)],
            |t| t[0].argmax(None, false),
            move |a| a[0].fold(&[0, 1], false, place(|a, b| a > b)),
        )
        .also(&[Kind::Integer, Kind::Byte]),
    );
    cases.into_iter().map(|case| case.smooth(0)).collect()
}
