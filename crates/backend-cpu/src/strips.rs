//! Panels of products: all rows of a block times the columns of a tile, by a kernel that was made for it or by a loop.

use crate::element::Number;
use crate::jit::host::{self, Made};
use crate::jit::strip::{Lie, Strip, Sum};

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
        let [down, across] = if lie == Lie::Rows { [lda, 1] } else { [1, lda] };
        for (t, top) in (0..m).step_by(ROWS).enumerate() {
            let (a, rows) = (&a[t * step..], ROWS.min(m - top));
            let mut sums = [[T::ZERO; COLUMNS]; ROWS];
            // Where rows are missing, the last one is computed again: a loop of known length is worth more.
            let starts: [usize; ROWS] = std::array::from_fn(|i| i.min(rows - 1) * down);
            for j in 0..k {
                let Some(b) = panel.b[j * panel.ldb..].first_chunk::<COLUMNS>() else { break };
                for (sums, start) in sums.iter_mut().zip(starts) {
                    let v = a[start + j * across];
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

/// Kernels that were made: for rows and for columns.
#[derive(Clone, Copy)]
pub(crate) struct Kernels {
    tile: [usize; 2],
    /// The bytes of an element.
    size: usize,
    made: [Made; 2],
}

impl Kernels {
    /// Kernels for tiles of these rows and vectors of columns; `None` if they cannot be made.
    pub(crate) fn new(rows: usize, vectors: usize, sum: Sum) -> Option<Self> {
        let made = |lie| host::make(&Strip { rows, vectors, lie, sum, listed: false }.module(), None);
        let size = sum.size();
        Some(Self { tile: [rows, vectors * 16 / size], size, made: [made(Lie::Rows)?, made(Lie::Columns)?] })
    }

    /// Those for float32: with one rounding for each product and its sum, if the browser can. Without, products that are
    /// not yet added need registers too, and `rows` are those of the second number.
    pub(crate) fn single(rows: [usize; 2], vectors: usize) -> Option<Self> {
        Self::new(rows[0], vectors, Sum::Relaxed).or_else(|| Self::new(rows[1], vectors, Sum::Single))
    }
}

/// Whether `rows` of `columns` elements each, so far apart, are inside a slice.
fn holds<T>(slice: &[T], rows: usize, step: usize, columns: usize) -> bool {
    rows == 0 || (rows - 1) * step + columns <= slice.len()
}

impl<T: Number> Strips<T> for Kernels {
    fn tile(&self) -> [usize; 2] {
        self.tile
    }

    fn run(&self, [m, k]: [usize; 2], a: &[T], lie: Lie, [lda, step]: [usize; 2], panel: &mut Panel<'_, T>) {
        let ([rows, columns], size) = (self.tile, self.size);
        let tile = |t: usize, rows: usize| match (lie, a.get(t * step..)) {
            (_, None) => false,
            (Lie::Rows, Some(a)) => holds(a, rows, lda, k),
            (Lie::Columns, Some(a)) => holds(a, k, lda, rows),
        };
        // The highest addresses are those of the last tile, or of the last whole one.
        let (whole, rest) = (m / rows, m % rows);
        let inside = (whole == 0 || tile(whole - 1, rows)) && (rest == 0 || tile(whole, rest));
        assert!(size == size_of::<T>(), "a kernel of another type");
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
                lda * size,
                step * size,
                b,
                panel.ldb * size,
                c,
                panel.ldc * size,
                panel.add.into(),
            ]);
        }
    }
}
