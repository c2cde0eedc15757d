//! Products of matrices in blocks. The right matrix is packed into panels of as many columns as a tile has, so that it is
//! read in order; the left one is read where it lies, unless that is nowhere in order. A block of either fits into the
//! processor's caches. `strips` computes a panel.
//!
//! Every sum is taken in the order of k, in blocks of [`DEPTH`]: its value depends on the sizes only, not on how the
//! matrices lie.

use crate::element::Number;
use crate::jit::strip::Lie;
use crate::matmul::Matrix;
use crate::strips::{Panel, Strips};

/// Products that are summed up at once, at most: a panel and a tile's rows of that depth fit into a first cache.
const DEPTH: usize = 512;
/// Rows that are computed with one panel after another: a block of them fits into a second cache.
const HEIGHT: usize = 192;
/// With at most so many rows, packing the right matrix costs more than it gains.
const FEW: usize = 16;
/// With at most so many columns, packing the left matrix does.
const ONCE: usize = 32;

/// `c = a·b`: a is [m, k], b is [k, n], c is [m, n] without gaps; no size is 0, and every element is inside its slice.
pub(crate) fn product<T: Number>(
    [m, k, n]: [usize; 3],
    a: Matrix<'_, T>,
    b: Matrix<'_, T>,
    c: &mut [T],
    strips: &dyn Strips<T>,
) {
    let [rows, width] = strips.tile();
    let blocks = k.div_ceil(DEPTH);
    let depth = k.div_ceil(blocks);
    let direct = b.strides[1] == 1 && b.strides[0] > 0 && m <= FEW;
    let (mut right, mut left, mut aside) = (Vec::new(), Vec::new(), Vec::new());
    for from in (0..k).step_by(depth) {
        let k = depth.min(k - from);
        let (a, b) = (a.moved(0, from), b.moved(from, 0));
        right.clear();
        for column in (0..n).step_by(width) {
            if !direct || n - column < width {
                pack_columns(b.moved(0, column), k, width.min(n - column), width, &mut right);
            }
        }
        for top in (0..m).step_by(HEIGHT) {
            let m = HEIGHT.min(m - top);
            let block = Block::new(a.moved(top, 0), [m, k, n], rows, &mut left);
            let mut packed = right.chunks_exact(k * width);
            for column in (0..n).step_by(width) {
                let now = width.min(n - column);
                let (b, ldb) = if direct && now == width {
                    (&b.data[b.offset + column..], b.strides[0] as usize)
                } else {
                    (packed.next().unwrap_or_default(), width)
                };
                let c = &mut c[top * n + column..];
                let add = from > 0;
                if now == width {
                    block.times(Panel { b, ldb, c, ldc: n, add }, strips);
                } else {
                    aside.resize(m * width, T::ZERO);
                    block.times(Panel { b, ldb, c: &mut aside, ldc: width, add: false }, strips);
                    put(&aside, width, c, n, now, add);
                }
            }
        }
    }
}

/// Copies (or adds) the first `columns` of each row.
fn put<T: Number>(from: &[T], width: usize, to: &mut [T], n: usize, columns: usize, add: bool) {
    for (from, to) in from.chunks_exact(width).zip(to.chunks_mut(n)) {
        for (o, &v) in to[..columns].iter_mut().zip(from) {
            *o = if add { o.add(v) } else { v };
        }
    }
}

/// Appends `k` rows of `n` columns, each filled up to `width` with zeros.
fn pack_columns<T: Number>(b: Matrix<'_, T>, k: usize, n: usize, width: usize, to: &mut Vec<T>) {
    let start = to.len();
    to.resize(start + k * width, T::ZERO);
    let to = &mut to[start..];
    let [down, across] = b.strides;
    if across == 1 && n == 8 && width == 8 {
        copy_rows::<T, 8>(b, to);
    } else if across == 1 && n == 4 && width == 4 {
        copy_rows::<T, 4>(b, to);
    } else if across == 1 {
        for (i, row) in to.chunks_exact_mut(width).enumerate() {
            let from = &b.data[b.at(i, 0)..][..n];
            row.iter_mut().zip(from).for_each(|(o, &v)| *o = v);
        }
    } else if down == 1 {
        for j in 0..n {
            let column = &b.data[b.at(0, j)..][..k];
            to[j..].iter_mut().step_by(width).zip(column).for_each(|(o, &v)| *o = v);
        }
    } else {
        for (i, row) in to.chunks_exact_mut(width).enumerate() {
            row[..n].iter_mut().enumerate().for_each(|(j, o)| *o = b.data[b.at(i, j)]);
        }
    }
}

/// Copies whole rows. Of a length that is known they are a few vectors; else each would be a call.
fn copy_rows<T: Number, const WIDTH: usize>(b: Matrix<'_, T>, to: &mut [T]) {
    for (i, row) in to.as_chunks_mut::<WIDTH>().0.iter_mut().enumerate() {
        if let Some(from) = b.data.get(b.at(i, 0)..).and_then(|rest| rest.first_chunk::<WIDTH>()) {
            *row = *from;
        }
    }
}

/// Tiles of `m` rows, each column by column.
fn pack_rows<T: Number>(a: Matrix<'_, T>, [m, k]: [usize; 2], rows: usize, to: &mut Vec<T>) {
    to.clear();
    to.resize(m * k, T::ZERO);
    for (top, tile) in (0..m).step_by(rows).zip(to.chunks_mut(rows * k)) {
        let a = a.moved(top, 0);
        if a.strides[0] == 1 && rows == 4 && tile.len() == 4 * k {
            copy_rows::<T, 4>(a.turned(), tile);
        } else {
            for (j, column) in tile.chunks_exact_mut(tile.len() / k).enumerate() {
                column.iter_mut().enumerate().for_each(|(i, o)| *o = a.data[a.at(i, j)]);
            }
        }
    }
}

/// Rows of the left matrix, as a strip reads them.
struct Block<'a, T> {
    data: &'a [T],
    lie: Lie,
    /// From a row (or column) to the next, and from a tile to the next.
    steps: [usize; 2],
    size: [usize; 2],
    /// The rows of a tile, if the last tile is smaller and lies closer together than the others.
    packed: Option<usize>,
}

impl<'a, T: Number> Block<'a, T> {
    /// Rows for products with `n` columns.
    fn new(a: Matrix<'a, T>, [m, k, n]: [usize; 3], rows: usize, room: &'a mut Vec<T>) -> Self {
        let size = [m, k];
        match a.strides {
            [down, 1] if down >= 0 => {
                let down = down as usize;
                Self {
                    data: &a.data[a.offset..],
                    lie: Lie::Rows,
                    steps: [down, down * rows],
                    size,
                    packed: None,
                }
            }
            // Of every stretch of memory that the processor fetches, a tile reads a part. That is no loss if the others are
            // soon to follow.
            [1, across] if across >= 0 && n <= ONCE => {
                let steps = [across as usize, rows];
                Self { data: &a.data[a.offset..], lie: Lie::Columns, steps, size, packed: None }
            }
            _ => {
                pack_rows(a, size, rows, room);
                Self { data: room, lie: Lie::Columns, steps: [rows, rows * k], size, packed: Some(rows) }
            }
        }
    }

    fn times(&self, mut panel: Panel<'_, T>, strips: &dyn Strips<T>) {
        let [m, k] = self.size;
        let rest = self.packed.map_or(0, |rows| m % rows);
        if m > rest {
            strips.run([m - rest, k], self.data, self.lie, self.steps, &mut panel);
        }
        if rest > 0 {
            let whole = m - rest;
            panel.c = &mut panel.c[whole * panel.ldc..];
            strips.run([rest, k], &self.data[whole * k..], self.lie, [rest, 0], &mut panel);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strips::Loops;
    use crate::thin;

    type Product = fn([usize; 3], Matrix<'_, f64>, Matrix<'_, f64>, &mut [f64]);

    /// Small whole numbers, so that every order of a sum gives the same.
    fn numbers(n: usize, seed: usize) -> Vec<f64> {
        (0..n).map(|i| ((i * 7 + seed * 3) % 11) as f64 - 5.0).collect()
    }

    /// A matrix that lies by rows, by columns, with gaps either way, or with one row for all.
    fn lie(data: &[f64], [rows, columns]: [usize; 2], how: usize) -> Matrix<'_, f64> {
        let (r, c) = (rows as isize, columns as isize);
        let strides = [[c, 1], [1, r], [2 * c, 2], [2, 2 * r], [0, 1]][how];
        Matrix { data, offset: 3, strides }
    }

    #[test]
    fn products_are_sums_of_products_however_the_matrices_lie() {
        let all: [(&str, Product); 2] =
            [("blocks", |size, a, b, c| product(size, a, b, c, &Loops)), ("thin", thin::product)];
        let sizes = [
            [1, 1, 1],
            [4, 8, 8],
            [5, 3, 9],
            [17, 30, 10],
            [16, 40, 24],
            [3, 1100, 13],
            [200, 9, 7],
            [9, 600, 1],
        ];
        for [m, k, n] in sizes {
            let (x, y) = (numbers(4 * m * k + 4, 1), numbers(4 * k * n + 4, 2));
            for (left, right) in (0..5).flat_map(|left| (0..5).map(move |right| (left, right))) {
                let (a, b) = (lie(&x, [m, k], left), lie(&y, [k, n], right));
                let sum = |i: usize, j: usize| (0..k).map(|l| x[a.at(i, l)] * y[b.at(l, j)]).sum::<f64>();
                let expected: Vec<f64> = (0..m * n).map(|at| sum(at / n, at % n)).collect();
                for (name, product) in all {
                    let mut c = vec![f64::NAN; m * n];
                    product([m, k, n], a, b, &mut c);
                    assert_eq!(c, expected, "{name} {m}×{k}×{n}, lying {left} and {right}");
                }
            }
        }
    }
}
