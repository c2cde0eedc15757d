//! A picture of one byte a pixel.

use super::bounds::Bounds;
use super::resample::{Axis, resample, to_bytes};

/// A picture of one byte a pixel: 0 is paper, 255 is ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Raster {
    /// An empty picture.
    pub fn blank(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![0; width * height] }
    }

    /// A picture of these pixels, row by row; `None` unless there are `width * height` of them.
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        (width.checked_mul(height)? == pixels.len()).then_some(Self { width, height, pixels })
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The rows from the top down.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        // A width of zero has no pixels, and any size of chunk gives no rows.
        self.pixels.chunks_exact(self.width.max(1))
    }

    /// A picture of `side` × `side` pixels of it, each the mean of those that it stands for.
    #[must_use]
    pub fn shrunk(&self, side: usize) -> Self {
        let whole = Bounds { x: 0, y: 0, width: self.width, height: self.height };
        let axis = |len: usize| Axis { scale: side as f32 / len.max(1) as f32, offset: 0.0, len: side };
        let pixels = to_bytes(&resample(self, whole, axis(self.width), axis(self.height))).collect();
        Self { width: side, height: side, pixels }
    }

    /// One row, `y` below the height.
    pub(super) fn row_mut(&mut self, y: usize) -> &mut [u8] {
        &mut self.pixels[y * self.width..(y + 1) * self.width]
    }
}
