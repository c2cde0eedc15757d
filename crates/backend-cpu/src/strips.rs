//! Panels of products: all rows of a block times the columns of a tile, by a kernel that was made for it or by a loop.

use crate::element::Number;
use crate::jit::host::{self, Made};
use crate::jit::strip::{Lie, Strip};

/// The right side of a strip, and where the product goes.
pub(crate) struct Panel<'a, T> {
    /// As many columns as a tile has; from a row to the next.
    pub(crate) b: &'a [T],
    pub(crate) ldb: usize,
    /// From a row to the next.
    pub(crate) c: &'a mut [T],
    pub(crate) ldc: usize,
    /// Whether the product is added to what is there.
    pub(crate) add: bool,
}

/// What computes panels.
pub(crate) trait Strips<T> {
    /// The rows and columns of a tile.
    fn tile(&self) -> [usize; 2];
    /// Multiplies a matrix `[m, k]`, where the steps go from a row (or column) to the next and from a tile to the next.
    fn run(&self, size: [usize; 2], a: &[T], lie: Lie, steps: [usize; 2], panel: &mut Panel<'_, T>);
}

/// Tiles of 4 rows and 8 columns, by a loop that the compiler vectorises.
pub(crate) struct Loops;

const ROWS: usize = 4;
const COLUMNS: usize = 8;

impl<T: Number> Strips<T> for Loops {
    fn tile(&self) -> [usize; 2] {
        [ROWS, COLUMNS]
    }

    fn run(&self, [m, k]: [usize; 2], a: &[T], lie: Lie, [lda, step]: [usize; 2], panel: &mut Panel<'_, T>) {
        for (t, top) in (0..m).step_by(ROWS).enumerate() {
            let (a, rows) = (&a[t * step..], ROWS.min(m - top));
            let mut sums = [[T::ZERO; COLUMNS]; ROWS];
            for j in 0..k {
                let b = &panel.b[j * panel.ldb..][..COLUMNS];
                for (i, sums) in sums[..rows].iter_mut().enumerate() {
                    let v = a[if lie == Lie::Rows { i * lda + j } else { j * lda + i }];
                    sums.iter_mut().zip(b).for_each(|(sum, &b)| *sum = sum.add(v.mul(b)));
                }
            }
            for (i, sums) in sums[..rows].iter().enumerate() {
                let c = &mut panel.c[(top + i) * panel.ldc..][..COLUMNS];
                for (o, &sum) in c.iter_mut().zip(sums) {
                    *o = if panel.add { o.add(sum) } else { sum };
                }
            }
        }
    }
}

/// Kernels that were made for float32: for rows and for columns.
#[derive(Clone, Copy)]
pub(crate) struct Kernels {
    tile: [usize; 2],
    made: [Made; 2],
}

impl Kernels {
    /// Kernels for tiles of these rows and vectors of columns, with one rounding for each product and sum if the browser
    /// can; `None` if none can be made.
    pub(crate) fn new(rows: usize, vectors: usize) -> Option<Self> {
        let made = |relaxed| {
            let made = |lie| host::make(&Strip { rows, vectors, lie, relaxed }.module(), None);
            Some([made(Lie::Rows)?, made(Lie::Columns)?])
        };
        Some(Self { tile: [rows, 4 * vectors], made: made(true).or_else(|| made(false))? })
    }
}

/// Whether `rows` of `columns` elements each, so far apart, are inside a slice.
fn holds<T>(slice: &[T], rows: usize, step: usize, columns: usize) -> bool {
    rows == 0 || (rows - 1) * step + columns <= slice.len()
}

impl Strips<f32> for Kernels {
    fn tile(&self) -> [usize; 2] {
        self.tile
    }

    fn run(
        &self,
        [m, k]: [usize; 2],
        a: &[f32],
        lie: Lie,
        [lda, step]: [usize; 2],
        panel: &mut Panel<'_, f32>,
    ) {
        const SIZE: usize = size_of::<f32>();
        let [rows, columns] = self.tile;
        let tile = |t: usize, rows: usize| match (lie, a.get(t * step..)) {
            (_, None) => false,
            (Lie::Rows, Some(a)) => holds(a, rows, lda, k),
            (Lie::Columns, Some(a)) => holds(a, k, lda, rows),
        };
        // The highest addresses are those of the last tile, or of the last whole one.
        let (whole, rest) = (m / rows, m % rows);
        let inside = (whole == 0 || tile(whole - 1, rows)) && (rest == 0 || tile(whole, rest));
        assert!(k > 0 && panel.ldb > 0 && inside, "the left matrix leaves its slice");
        assert!(
            holds(panel.b, k, panel.ldb, columns) && holds(panel.c, m, panel.ldc, columns),
            "a panel leaves its slice"
        );
        let (a, b, c) = (a.as_ptr() as usize, panel.b.as_ptr() as usize, panel.c.as_mut_ptr() as usize);
        let made = self.made[usize::from(lie == Lie::Columns)];
        // SAFETY: the function was made for this; what it reads and writes was found to be inside the slices, where
        // tiles but the last end before it does.
        unsafe {
            made.strip([
                m,
                k,
                a,
                lda * SIZE,
                step * SIZE,
                b,
                panel.ldb * SIZE,
                c,
                panel.ldc * SIZE,
                panel.add.into(),
            ]);
        }
    }
}
