//! The bounding box of ink.

use super::raster::Raster;

/// The least value that counts as ink: fainter pixels are noise or the outermost edge of a stroke. Digits that were
/// blurred by enlarging them are read better with this than with 16; drawings do not care.
const INK: u8 = 64;

/// A rectangle of pixels, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The first column.
    pub x: usize,
    /// The first row.
    pub y: usize,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Bounds {
    /// The smallest rectangle that holds all ink; `None` where there is none.
    pub fn of(raster: &Raster) -> Option<Self> {
        let mut rows = None;
        let mut columns = None;
        for (y, row) in raster.rows().enumerate() {
            let Some(left) = row.iter().position(|&value| value >= INK) else { continue };
            let right = row.iter().rposition(|&value| value >= INK).unwrap_or(left);
            let (top, _) = rows.unwrap_or((y, y));
            rows = Some((top, y));
            let (leftmost, rightmost) = columns.unwrap_or((left, right));
            columns = Some((left.min(leftmost), right.max(rightmost)));
        }
        let ((top, bottom), (left, right)) = (rows?, columns?);
        Some(Self { x: left, y: top, width: right - left + 1, height: bottom - top + 1 })
    }

    /// The longer side.
    pub fn longest(&self) -> usize {
        self.width.max(self.height)
    }
}
