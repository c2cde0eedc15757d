//! The kernels of convolutions, and what they may touch.

use std::cell::OnceCell;
use std::ops::Range;

use crate::jit::dots::Dots;
use crate::jit::host::{self, Made};
use crate::jit::strip::{Lie, Strip, Sum};

/// Columns of a tile of [`Listed`].
pub(crate) const COLUMNS: usize = 8;
/// Neighbours that [`Met`] adds side by side.
pub(crate) const LANES: usize = 4;
/// The most places that a row is met at at once.
pub(crate) const MOST_TAPS: usize = 5;

/// Products of weights and rows that lie where a list says: `c = a·b`, [`COLUMNS`] columns of it.
pub(crate) struct Listed<'a> {
    /// Element (i, j) of the left matrix, of `rows` rows, is `weights[j * rows + i]`.
    pub(crate) weights: &'a [f32],
    pub(crate) rows: usize,
    /// Where the rows of the right matrix are, in bytes. Of a range of them, none is before the first or after the last.
    pub(crate) list: &'a [u32],
    /// Counted from this element of `data`, which need not be there itself.
    pub(crate) base: isize,
    pub(crate) data: &'a [f32],
    /// From a row of the product to the next.
    pub(crate) ldc: usize,
    /// Whether it is added to what is there.
    pub(crate) add: bool,
}

/// Rows of some channels, and rows that they meet at neighbouring places.
pub(crate) struct Met<'a> {
    /// Rows of `vectors` times [`LANES`] elements side by side, and from a channel to the next.
    pub(crate) y: &'a [f32],
    pub(crate) ldy: usize,
    pub(crate) channels: usize,
    pub(crate) lines: usize,
    pub(crate) vectors: usize,
    /// The rows that they meet, and from a row to the next.
    pub(crate) x: &'a [f32],
    pub(crate) ldx: usize,
    pub(crate) taps: usize,
    /// From the sums of a channel to the next.
    pub(crate) ld: usize,
}

/// What computes them.
#[derive(Default)]
pub(crate) struct Kernels {
    /// For tiles of 4 and of 5 rows.
    listed: [OnceCell<Option<Made>>; 2],
    /// For each number of places.
    met: [OnceCell<Option<Made>>; MOST_TAPS],
    /// Whether loops do it instead: for tests.
    #[cfg(test)]
    loops: bool,
}

impl Kernels {
    /// Loops.
    #[cfg(test)]
    pub(crate) fn loops() -> Self {
        Self { loops: true, ..Self::default() }
    }

    /// How many there are.
    pub(crate) fn made(&self) -> usize {
        self.listed.iter().chain(&self.met).filter(|made| matches!(made.get(), Some(Some(_)))).count()
    }

    /// For products of so many rows.
    fn of_rows(&self, rows: usize) -> Option<Made> {
        let tile = if rows.is_multiple_of(4) && !rows.is_multiple_of(5) { 4 } else { 5 };
        *self.listed[tile - 4].get_or_init(|| {
            let make = |sum| {
                let strip = Strip { rows: tile, vectors: 2, lie: Lie::Columns, sum, listed: true };
                host::make(&strip.module(), None)
            };
            make(Sum::Relaxed).or_else(|| make(Sum::Single))
        })
    }

    fn of_taps(&self, taps: usize) -> Option<Made> {
        *self.met.get(taps.wrapping_sub(1))?.get_or_init(|| {
            let make = |relaxed| {
                // Its sums, an element of each row and one place are what the processor's registers hold.
                let rows = 14 / (taps + 1);
                host::make(&Dots { rows, taps, relaxed }.module(), None)
            };
            make(true).or_else(|| make(false))
        })
    }

    /// Whether products of so many rows can be computed.
    pub(crate) fn has_rows(&self, rows: usize) -> bool {
        #[cfg(test)]
        if self.loops {
            return true;
        }
        self.of_rows(rows).is_some()
    }

    /// Whether rows can be met at so many places.
    pub(crate) fn has_taps(&self, taps: usize) -> bool {
        #[cfg(test)]
        if self.loops {
            return taps <= MOST_TAPS;
        }
        self.of_taps(taps).is_some()
    }

    /// The product, of columns of the left matrix and the rows with the same numbers, at the start of `c`.
    pub(crate) fn product(&self, p: &Listed<'_>, range: Range<usize>, c: &mut [f32]) {
        let (list, k) = (&p.list[range.clone()], range.len());
        let weights = &p.weights[range.start * p.rows..range.end * p.rows];
        let (Some(&low), Some(&high)) = (list.first(), list.last()) else { return };
        let at = |offset: u32| p.base + offset as isize / size_of::<f32>() as isize;
        assert!(at(low) >= 0 && at(high) as usize + COLUMNS <= p.data.len(), "a list leaves its slice");
        assert!(p.rows > 0 && (p.rows - 1) * p.ldc + COLUMNS <= c.len(), "a product leaves its slice");
        #[cfg(test)]
        if self.loops {
            debug_assert!(list.iter().all(|v| (low..=high).contains(v)));
            return loops::product(p, weights, list, c);
        }
        let Some(made) = self.of_rows(p.rows) else { return };
        let tile = if p.rows.is_multiple_of(4) && !p.rows.is_multiple_of(5) { 4 } else { 5 };
        let base = (p.data.as_ptr() as usize).wrapping_add_signed(p.base * 4);
        let a = weights.as_ptr() as usize;
        let (list, c) = (list.as_ptr() as usize, c.as_mut_ptr() as usize);
        // SAFETY: the function was made for this; what the list names is inside `data` where its ends are, and weights and products were found to be inside their slices.
        unsafe { made.strip([p.rows, k, a, 4 * p.rows, 4 * tile, base, list, c, 4 * p.ldc, p.add.into()]) }
    }

    /// Adds the sums of products to `sums`: [`LANES`] for each place.
    pub(crate) fn meet(&self, m: &Met<'_>, sums: &mut [f32]) {
        let width = m.vectors * LANES;
        if m.lines == 0 || m.vectors == 0 || m.channels == 0 {
            return;
        }
        assert!((m.channels - 1) * m.ldy + m.lines * width <= m.y.len(), "rows leave their slice");
        assert!((m.lines - 1) * m.ldx + width + m.taps - 1 <= m.x.len(), "places leave their slice");
        assert!((m.channels - 1) * m.ld + m.taps * LANES <= sums.len(), "sums leave their slice");
        #[cfg(test)]
        if self.loops {
            return loops::meet(m, sums);
        }
        let Some(made) = self.of_taps(m.taps) else { return };
        let (y, x) = (m.y.as_ptr() as usize, m.x.as_ptr() as usize);
        let gap = (m.ldx * 4).wrapping_sub(width * 4);
        let sums = sums.as_mut_ptr() as usize;
        // SAFETY: the function was made for this, and what it reads and writes was found to be inside the slices.
        unsafe {
            made.strip([m.channels, m.lines, m.vectors, y, 4 * m.ldy, x, gap, sums, 4 * m.ld, 0]);
        }
    }
}

/// The same in loops.
#[cfg(test)]
mod loops {
    use super::*;

    pub(super) fn product(p: &Listed<'_>, weights: &[f32], list: &[u32], c: &mut [f32]) {
        for i in 0..p.rows {
            for column in 0..COLUMNS {
                let term = |(j, &offset): (usize, &u32)| {
                    weights[j * p.rows + i] * p.data[(p.base + offset as isize / 4) as usize + column]
                };
                let sum: f32 = list.iter().enumerate().map(term).sum();
                let c = &mut c[i * p.ldc + column];
                *c = if p.add { *c + sum } else { sum };
            }
        }
    }

    pub(super) fn meet(m: &Met<'_>, sums: &mut [f32]) {
        let width = m.vectors * LANES;
        for (channel, tap) in (0..m.channels).flat_map(|i| (0..m.taps).map(move |t| (i, t))) {
            for (line, column) in (0..m.lines).flat_map(|l| (0..width).map(move |v| (l, v))) {
                sums[channel * m.ld + tap * LANES + column % LANES] +=
                    m.y[channel * m.ldy + line * width + column] * m.x[line * m.ldx + column + tap];
            }
        }
    }
}
