//! Products of matrices. They take any strides, so that transposed operands are read where they lie. In the browser they
//! are computed here: `thin` or in blocks (`gemm`); elsewhere by the `matrixmultiply` crate, which knows more processors.

use std::cell::RefCell;
use std::thread::LocalKey;

use engine::{Part, Result};

use crate::convolve::Sizes;
use crate::element::{Input, Number};
use crate::jit::strip::Sum;
use crate::strips::{Kernels, Loops, Strips};
use crate::{gemm, thin, windows};

/// A type that there is a kernel for.
pub(crate) trait MatMul: Number {
    /// `c = a·b`: a is [m, k], b is [k, n], c is [m, n] without gaps; no size is 0, and every element is inside its slice.
    /// False if there is no library that does it.
    fn by_library(_: [usize; 3], _: Matrix<'_, Self>, _: Matrix<'_, Self>, _: &mut [Self]) -> bool {
        false
    }
    /// The kernels for products of so many columns.
    fn kernels(columns: usize) -> &'static LocalKey<Option<Kernels>>;
    /// Computes a part of a convolution by kernels that read windows where they lie; false if there are none for it.
    fn by_windows(_: Part, _: &Sizes, _: [&[Self]; 2], _: &mut [Self]) -> bool {
        false
    }
    /// Room for what lies between two steps of a kernel. It is kept from kernel to kernel.
    fn room() -> &'static LocalKey<RefCell<Room<Self>>>;
}

/// As many vectors as a kernel needs at once.
pub(crate) type Room<T> = [Vec<T>; 4];

/// A matrix in a slice.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<'a, T> {
    pub(crate) data: &'a [T],
    pub(crate) offset: usize,
    /// From a row to the next, and from a column to the next.
    pub(crate) strides: [isize; 2],
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

/// What the products of this crate need.
impl<T> Matrix<'_, T> {
    /// Where an element is.
    pub(crate) fn at(&self, row: usize, column: usize) -> usize {
        (self.offset as isize + row as isize * self.strides[0] + column as isize * self.strides[1]) as usize
    }

    /// The matrix that starts at an element.
    pub(crate) fn moved(self, row: usize, column: usize) -> Self {
        Self { offset: self.at(row, column), ..self }
    }

    /// Its transpose.
    pub(crate) fn turned(self) -> Self {
        Self { strides: [self.strides[1], self.strides[0]], ..self }
    }
}

/// With fewer products than that, blocks do not pay; nor for a row or two, nor for a column.
const SMALL: usize = 256;

thread_local! {
    /// Made when they are first used. Sums of 4 rows and 2 vectors, or of 3 and 3, fill the registers.
    static WIDE: Option<Kernels> = Kernels::single([4, 4], 2);
    static NARROW: Option<Kernels> = Kernels::single([3, 2], 3);
    static DOUBLE: Option<Kernels> = Kernels::new(4, 2, Sum::Double);
    static ROOM: RefCell<Room<f32>> = const { RefCell::new([const { Vec::new() }; 4]) };
    static DOUBLE_ROOM: RefCell<Room<f64>> = const { RefCell::new([const { Vec::new() }; 4]) };
}

/// For how many kinds of products (wide, narrow, of float64) there are kernels, made at run time. Natively there are none.
pub fn product_kernels() -> usize {
    [&WIDE, &NARROW, &DOUBLE].into_iter().filter(|kernels| kernels.with(Option::is_some)).count()
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! by_library {
    ($gemm:ident) => {
        fn by_library(
            [m, k, n]: [usize; 3],
            a: Matrix<'_, Self>,
            b: Matrix<'_, Self>,
            c: &mut [Self],
        ) -> bool {
            let ([ra, ca], [rb, cb]) = (a.strides, b.strides);
            assert!(a.holds(m, k) && b.holds(k, n) && c.len() == m * n, "a layout leaves its buffer");
            // SAFETY: the assertion above: every element of the three matrices is inside its slice.
            unsafe {
                matrixmultiply::$gemm(
                    m,
                    k,
                    n,
                    1.0,
                    a.data.as_ptr().add(a.offset),
                    ra,
                    ca,
                    b.data.as_ptr().add(b.offset),
                    rb,
                    cb,
                    0.0,
                    c.as_mut_ptr(),
                    n as isize,
                    1,
                );
            }
            true
        }
    };
}

impl MatMul for f32 {
    #[cfg(not(target_arch = "wasm32"))]
    by_library!(sgemm);

    fn kernels(columns: usize) -> &'static LocalKey<Option<Kernels>> {
        if (9..=12).contains(&columns) { &NARROW } else { &WIDE }
    }

    fn by_windows(part: Part, sizes: &Sizes, inputs: [&[Self]; 2], out: &mut [Self]) -> bool {
        windows::kernels(|kernels| {
            Self::room().with_borrow_mut(|room| windows::run(kernels, part, sizes, inputs, out, room))
        })
    }

    fn room() -> &'static LocalKey<RefCell<Room<Self>>> {
        &ROOM
    }
}

impl MatMul for f64 {
    #[cfg(not(target_arch = "wasm32"))]
    by_library!(dgemm);

    fn kernels(_: usize) -> &'static LocalKey<Option<Kernels>> {
        &DOUBLE
    }

    fn room() -> &'static LocalKey<RefCell<Room<Self>>> {
        &DOUBLE_ROOM
    }
}

fn product<T: MatMul>(size: [usize; 3], a: Matrix<'_, T>, b: Matrix<'_, T>, c: &mut [T]) {
    let [m, k, n] = size;
    if m < 3 || n == 1 || m * k * n < SMALL {
        return thin::product(size, a, b, c);
    }
    T::kernels(n).with(|made| {
        let strips: &dyn Strips<T> = made.as_ref().map_or(&Loops, |made| made);
        gemm::product(size, a, b, c, strips);
    });
}

/// `c = a·b`: a is [m, k], b is [k, n], c is [m, n] without gaps; no size is 0, and every element is inside its slice.
pub(crate) fn multiply<T: MatMul>(size: [usize; 3], a: Matrix<'_, T>, b: Matrix<'_, T>, c: &mut [T]) {
    if !T::by_library(size, a, b, c) {
        product(size, a, b, c);
    }
}

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
        assert!(left.holds(m, k) && right.holds(k, n), "a layout leaves its buffer");
        multiply([m, k, n], left, right, c);
    }
    Ok(())
}
