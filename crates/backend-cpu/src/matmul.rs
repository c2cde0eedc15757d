//! Products of matrices, by the `matrixmultiply` crate: cache-blocked, packed, and with a simd128 kernel for wasm.
//! It takes any strides, so that transposed operands are read where they lie.

use engine::Result;

use crate::element::{Input, Number};

/// A type that there is a kernel for.
pub(crate) trait MatMul: Number {
    /// `c = a·b`: a is [m, k], b is [k, n], c is [m, n] without gaps.
    fn product(size: [usize; 3], a: Matrix<'_, Self>, b: Matrix<'_, Self>, c: &mut [Self]);
}

/// A matrix in a slice.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<'a, T> {
    data: &'a [T],
    offset: usize,
    /// From a row to the next, and from a column to the next.
    strides: [isize; 2],
}

impl<T> Matrix<'_, T> {
    /// Whether every element of a `rows`×`columns` matrix is inside the slice.
    fn holds(&self, rows: usize, columns: usize) -> bool {
        let reach =
            |stride: isize, n: usize| (stride * (n as isize - 1)).min(0)..=(stride * (n as isize - 1)).max(0);
        let (r, c) = (reach(self.strides[0], rows), reach(self.strides[1], columns));
        let (low, high) = (r.start() + c.start(), r.end() + c.end());
        self.offset as isize + low >= 0 && self.offset as isize + high < self.data.len() as isize
    }
}

macro_rules! by_crate {
    ($($rust:ty => $gemm:ident),*) => {
        $(impl MatMul for $rust {
            fn product([m, k, n]: [usize; 3], a: Matrix<'_, Self>, b: Matrix<'_, Self>, c: &mut [Self]) {
                assert!(a.holds(m, k) && b.holds(k, n) && c.len() == m * n, "a layout leaves its buffer");
                let ([ra, ca], [rb, cb]) = (a.strides, b.strides);
                // SAFETY: the assertion above: every element of the three matrices is inside its slice.
                unsafe {
                    matrixmultiply::$gemm(
                        m, k, n, 1.0,
                        a.data.as_ptr().add(a.offset), ra, ca,
                        b.data.as_ptr().add(b.offset), rb, cb,
                        0.0, c.as_mut_ptr(), n as isize, 1,
                    );
                }
            }
        })*
    };
}

by_crate!(f32 => sgemm, f64 => dgemm);

pub(crate) fn run<T: MatMul>(x: &Input<'_, T>, y: &Input<'_, T>, out: &mut [T]) -> Result<()> {
    let (a, b) = (x.layout, y.layout);
    let (batch, m, k, n) = (a.shape[0], a.shape[1], a.shape[2], b.shape[2]);
    if batch * m * n == 0 {
        return Ok(());
    }
    if k == 0 {
        out.fill(T::ZERO);
        return Ok(());
    }
    for (i, c) in out.chunks_exact_mut(m * n).enumerate() {
        let at = |layout: &engine::Layout| (layout.offset as isize + i as isize * layout.strides[0]) as usize;
        let left = Matrix { data: x.data, offset: at(a), strides: [a.strides[1], a.strides[2]] };
        let right = Matrix { data: y.data, offset: at(b), strides: [b.strides[1], b.strides[2]] };
        T::product([m, k, n], left, right, c);
    }
    Ok(())
}
