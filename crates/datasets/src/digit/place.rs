//! The size and the place of a digit in its image.
//!
//! MNIST itself was placed at whole pixels, so its centres of mass lie up to half a pixel from the middle. Here
//! the digit is scaled straight to its exact place instead: softmax regression reads digits placed so about half a
//! point better (`examples/preprocessing.rs`), for the mean place is what it has learnt.

use super::bounds::Bounds;
use super::raster::Raster;
use super::resample::{Axis, resample, to_bytes};
use super::{BOX, CENTRE};
use crate::mnist::{PIXELS, SIDE};

/// Ink smaller than this part of its picture is scaled as if it were so large: a dot stays a dot, and does not
/// become a disc that fills the image.
const SMALLEST: f32 = 0.1;

/// How often the place is corrected. One correction is enough unless ink is cut off at the edge.
const CORRECTIONS: usize = 3;

/// Pixels of the image for each pixel of the ink.
pub(super) fn scale(ink: &Raster, bounds: Bounds) -> f32 {
    let least = SMALLEST * ink.width().max(ink.height()) as f32;
    BOX as f32 / (bounds.longest() as f32).max(least)
}

/// The ink in its bounds, scaled: up to [`BOX`] pixels wide and high.
pub(super) fn fit(ink: &Raster, bounds: Bounds, scale: f32) -> Raster {
    let axis = |start: usize, len: usize| Axis {
        scale,
        offset: -scale * start as f32,
        // Slightly more than a whole number of pixels is that number: the product was rounded.
        len: ((scale * len as f32 - 1e-3).ceil() as usize).clamp(1, BOX),
    };
    let (x, y) = (axis(bounds.x, bounds.width), axis(bounds.y, bounds.height));
    let pixels = to_bytes(&resample(ink, bounds, x, y)).collect();
    Raster::new(x.len, y.len, pixels).unwrap_or_else(|| Raster::blank(x.len, y.len))
}

/// The ink in its bounds, scaled and with its centre of mass at [`CENTRE`], and where the corner of the bounds went.
pub(super) fn centre(ink: &Raster, bounds: Bounds, scale: f32) -> ([u8; PIXELS], (f32, f32)) {
    // The middle of the bounds goes to the middle of the image first, which nothing is cut off by.
    let axis = |start: usize, len: usize| Axis {
        scale,
        offset: 0.5 * SIDE as f32 - scale * (start as f32 + 0.5 * len as f32),
        len: SIDE,
    };
    let (mut x, mut y) = (axis(bounds.x, bounds.width), axis(bounds.y, bounds.height));
    let mut values = resample(ink, bounds, x, y);
    for _ in 0..CORRECTIONS {
        let Some((at_x, at_y)) = centre_of_mass(&values) else { break };
        x.offset += CENTRE - at_x;
        y.offset += CENTRE - at_y;
        values = resample(ink, bounds, x, y);
    }
    let mut image = [0; PIXELS];
    image.iter_mut().zip(to_bytes(&values)).for_each(|(pixel, value)| *pixel = value);
    (image, (x.offset + scale * bounds.x as f32, y.offset + scale * bounds.y as f32))
}

/// Σ i·v / Σ v in both axes, x first; `None` where there is nothing.
pub(super) fn centre_of_mass(values: &[f32]) -> Option<(f32, f32)> {
    let (mut mass, mut x, mut y) = (0.0, 0.0, 0.0);
    for (row, values) in values.chunks_exact(SIDE).enumerate() {
        for (column, value) in values.iter().enumerate() {
            mass += value;
            x += value * column as f32;
            y += value * row as f32;
        }
    }
    (mass > 0.0).then(|| (x / mass, y / mass))
}
