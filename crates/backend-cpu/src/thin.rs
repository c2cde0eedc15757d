//! Products that are too small for blocks: of a few rows, or with vectors. Nothing is packed for them.

use crate::element::Number;
use crate::matmul::Matrix;

/// Sums that are taken at once.
const LANES: usize = 8;
/// Products that are added up one after another. Sums of more are sums of such sums: rounding errors grow less.
const DEPTH: usize = 256;

/// `c = a·b`, as in `gemm::product`.
pub(crate) fn product<T: Number>([m, k, n]: [usize; 3], a: Matrix<'_, T>, b: Matrix<'_, T>, c: &mut [T]) {
    if n == 1 && m > 1 {
        // The same with both turned: a vector lies the same either way.
        return product([1, k, m], b.turned(), a.turned(), c);
    }
    let mut part = vec![T::ZERO; n];
    for (i, c) in c.chunks_exact_mut(n).enumerate() {
        if let ([_, 1], [1, _]) = (a.strides, b.strides) {
            let row = &a.data[a.at(i, 0)..][..k];
            c.iter_mut().enumerate().for_each(|(j, o)| *o = dot(row, &b.data[b.at(0, j)..][..k]));
            continue;
        }
        c.fill(T::ZERO);
        for from in (0..k).step_by(DEPTH) {
            part.fill(T::ZERO);
            for j in from..k.min(from + DEPTH) {
                add_row(a.data[a.at(i, j)], b.moved(j, 0), &mut part);
            }
            c.iter_mut().zip(&part).for_each(|(o, &v)| *o = o.add(v));
        }
    }
}

/// `out += v · row`, for the first row of `b`.
fn add_row<T: Number>(v: T, b: Matrix<'_, T>, out: &mut [T]) {
    if b.strides[1] == 1 {
        let row = &b.data[b.offset..][..out.len()];
        out.iter_mut().zip(row).for_each(|(o, &b)| *o = o.add(v.mul(b)));
    } else {
        out.iter_mut().enumerate().for_each(|(l, o)| *o = o.add(v.mul(b.data[b.at(0, l)])));
    }
}

fn dot<T: Number>(x: &[T], y: &[T]) -> T {
    let ((x, x_rest), (y, y_rest)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
    let mut sums = [T::ZERO; LANES];
    for (x, y) in x.iter().zip(y) {
        for ((sum, &x), &y) in sums.iter_mut().zip(x).zip(y) {
            *sum = sum.add(x.mul(y));
        }
    }
    let total = sums.into_iter().fold(T::ZERO, T::add);
    x_rest.iter().zip(y_rest).fold(total, |sum, (&x, &y)| sum.add(x.mul(y)))
}
