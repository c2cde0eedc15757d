//! Scaling and shifting a picture by area averaging.
//!
//! Every pixel is a little square of ink. The squares are scaled and shifted, and each new pixel gathers what falls
//! into it: its mean over the area. So no ink is lost or sampled twice, at any scale and any fraction of a pixel.

use super::bounds::Bounds;
use super::raster::Raster;

/// How one axis is mapped: source coordinate `x` goes to `scale * x + offset`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    /// New pixels for each old one.
    pub(super) scale: f32,
    /// Where the source's zero goes.
    pub(super) offset: f32,
    /// The number of new pixels.
    pub(super) len: usize,
}

impl Axis {
    /// The new pixels that an old pixel touches, each with the part of its side that is covered.
    fn touched(self, at: usize) -> impl Iterator<Item = (usize, f32)> {
        let start = self.scale * at as f32 + self.offset;
        let end = start + self.scale;
        let first = start.max(0.0) as usize;
        let last = (end.max(0.0).ceil() as usize).min(self.len);
        (first..last).map(move |new| (new, end.min(new as f32 + 1.0) - start.max(new as f32)))
    }
}

/// The part of a picture inside `bounds`, mapped; values 0 to 255, row by row. What falls outside is cut off.
pub(super) fn resample(source: &Raster, bounds: Bounds, x: Axis, y: Axis) -> Vec<f32> {
    let mut out = vec![0.0; x.len * y.len];
    let columns: Vec<Vec<(usize, f32)>> =
        (bounds.x..bounds.x + bounds.width).map(|at| x.touched(at).collect()).collect();
    let mut line = vec![0.0; x.len];
    for (at, row) in source.rows().enumerate().skip(bounds.y).take(bounds.height) {
        line.fill(0.0);
        for (&value, touched) in row[bounds.x..].iter().zip(&columns) {
            for &(new, part) in touched {
                line[new] += f32::from(value) * part;
            }
        }
        for (new, part) in y.touched(at) {
            for (sum, &value) in out[new * x.len..][..x.len].iter_mut().zip(&line) {
                *sum += value * part;
            }
        }
    }
    out
}

/// Values 0 to 255 as bytes, rounded.
pub(super) fn to_bytes(values: &[f32]) -> impl Iterator<Item = u8> {
    values.iter().map(|value| value.round() as u8)
}
