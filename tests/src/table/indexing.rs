//! Elements and rows chosen by indices.

use engine::Tensor;

use crate::array::Array;
use crate::case::{Case, Kind, integers, real, values};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (shape, dim, index) in [
        (&[4, 5][..], 1usize, &[4, 3][..]),
        (&[4, 5], 0, &[6, 5]),
        (&[6], 0, &[9]),
        (&[2, 3, 4], 1, &[2, 2, 4]),
        (&[300, 10], 1, &[300, 1]),
    ] {
        let inputs = vec![real(shape, 1), integers(index, 2, 0, shape[dim] as i64)];
        let smooth = if shape[0] == 300 { 0 } else { 2 };
        cases.push(
            Case::new(
                format!("gather {shape:?} {index:?} along {dim}"),
                inputs,
                move |t| t[0].gather(dim as i64, &t[1]),
                move |a| {
                    Array::from_fn(&a[1].shape, |i| {
                        let mut from = i.to_vec();
                        from[dim] = a[1].at(i) as usize;
                        a[0].at(&from)
                    })
                },
            )
            .smooth(smooth)
            .moves(),
        );
    }
    for (shape, dim, size) in
        [(&[4, 5][..], 1usize, 7), (&[4, 5], 0, 3), (&[8], 0, 3), (&[2, 3, 4], 1, 5), (&[70, 1], 1, 10)]
    {
        let inputs = vec![real(shape, 1), integers(shape, 2, 0, size as i64)];
        let run = move |t: &[Tensor]| t[0].scatter_sum(dim as i64, &t[1], size);
        let name = format!("scatter_sum {shape:?} along {dim} into {size}");
        let reference = move |a: &[Array]| scatter(&a[0], &a[1], dim, size);
        cases.push(Case::new(name, inputs, run, reference).also(&[Kind::Integer]));
    }
    for shape in [&[5, 3][..], &[5], &[4, 2, 3]] {
        let inputs = vec![real(shape, 1), integers(&[7], 2, 0, shape[0] as i64)];
        let run = |t: &[Tensor]| t[0].index_select(0, &t[1]);
        let name = format!("index_select {shape:?}");
        cases.push(Case::new(name, inputs, run, |a| rows(&a[0], &a[1])).moves());
    }
    cases.extend(batches());
    cases
}

fn scatter(x: &Array, index: &Array, dim: usize, size: usize) -> Array {
    let mut shape = x.shape.clone();
    shape[dim] = size;
    let mut out = Array::from_fn(&shape, |_| 0.0);
    for i in crate::array::indices(&x.shape) {
        let mut to = i.clone();
        to[dim] = index.at(&i) as usize;
        let flat = shape.iter().zip(&to).fold(0, |flat, (&n, &k)| flat * n + k);
        out.data[flat] += x.at(&i);
    }
    out
}

fn rows(x: &Array, index: &Array) -> Array {
    let mut shape = x.shape.clone();
    shape[0] = index.data.len();
    Array::from_fn(&shape, |i| {
        let mut from = i.to_vec();
        from[0] = index.data[i[0]] as usize;
        x.at(&from)
    })
}

fn batches() -> Vec<Case> {
    let bytes = |shape: &[usize]| {
        let n: usize = shape.iter().product();
        values(shape, &(0..n).map(|i| (i * 37 % 256) as f64).collect::<Vec<_>>(), Kind::Byte)
    };
    // Rows of 5 bytes do not begin at words.
    [&[6, 5][..], &[9, 784], &[4, 2, 6]]
        .map(|shape| {
            let inputs = vec![bytes(shape), integers(&[11], 3, 0, shape[0] as i64)];
            let scaled = |a: &[Array]| rows(&a[0], &a[1]).map(|v| v * f64::from(1.0f32 / 255.0));
            Case::new(
                format!("batch of {shape:?}"),
                inputs,
                |t| t[0].contiguous()?.batch(&t[1], 1.0 / 255.0),
                scaled,
            )
            .smooth(0)
        })
        .into()
}
