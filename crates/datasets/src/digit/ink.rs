//! Strokes of a round pen, or of an eraser, drawn on a pad with smooth edges.
//!
//! A pixel's ink depends on its distance to the nearest segment of a stroke: full inside the pen's radius, none
//! outside, with a ramp one pixel wide between. Overlapping strokes do not get darker.

use super::raster::Raster;
use super::stroke::{Dot, Stroke};

/// The side of the pad, in its units; ink is rastered at one pixel a unit.
pub const PAD_SIDE: usize = 280;

/// The most pixels that are looked at for one drawing, some tens of milliseconds: over two hundred times the pad.
/// What is drawn after that is not rastered.
pub const MAX_WORK: usize = 1 << 24;

/// Draws strokes on an empty pad, in their order.
pub(super) fn draw(strokes: &[Stroke]) -> Raster {
    let mut pad = Raster::blank(PAD_SIDE, PAD_SIDE);
    let mut work = MAX_WORK;
    for stroke in strokes {
        let mut last = None;
        for place in stroke.places.iter().filter_map(|&place| near(place)) {
            // Places on top of each other, as a resting pen sends them, add nothing.
            if last == Some(place) {
                continue;
            }
            let segment = Segment { from: last.unwrap_or(place), to: place, erases: stroke.erases };
            work = work.saturating_sub(segment.draw(&mut pad));
            if work == 0 {
                return pad;
            }
            last = Some(place);
        }
    }
    pad
}

/// The place, brought to within one pad of the pad; `None` where it is not a number.
fn near(Dot { x, y, width }: Dot) -> Option<Dot> {
    const SIDE: f32 = PAD_SIDE as f32;
    let is_number = x.is_finite() && y.is_finite() && !width.is_nan();
    let inside = |at: f32| at.clamp(-SIDE, 2.0 * SIDE);
    is_number.then(|| Dot { x: inside(x), y: inside(y), width: width.clamp(1.0, SIDE) })
}

/// Where a pen went straight: all points nearer to a line than its radius, which may change on the way.
struct Segment {
    from: Dot,
    to: Dot,
    erases: bool,
}

impl Segment {
    /// Draws it and says how many rows and pixels were looked at.
    fn draw(&self, pad: &mut Raster) -> usize {
        let Self { from, to, erases } = self;
        let reach = 0.5 * from.width.max(to.width) + 0.5;
        let (low, high) = (from.y.min(to.y) - reach, from.y.max(to.y) + reach);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let square = dx * dx + dy * dy;
        // How far along the line a point lies, 0 to 1, is its product with this.
        let along = if square > 0.0 { (dx / square, dy / square) } else { (0.0, 0.0) };
        // Where the pen lingers most pixels are done already.
        let done = if *erases { 0 } else { 255 };
        let mut work = 1;
        for y in clip(low, high, pad.height()) {
            let py = y as f32 + 0.5 - from.y;
            let (left, right) = self.span(y as f32 + 0.5, reach);
            let columns = clip(left, right, pad.width());
            work += 1 + columns.len();
            let first = columns.start;
            for (x, ink) in pad.row_mut(y)[columns].iter_mut().enumerate() {
                if *ink == done {
                    continue;
                }
                let px = (first + x) as f32 + 0.5 - from.x;
                let t = (px * along.0 + py * along.1).clamp(0.0, 1.0);
                let (ex, ey) = (px - t * dx, py - t * dy);
                let radius = 0.5 * (from.width + t * (to.width - from.width));
                let inside = radius + 0.5 - (ex * ex + ey * ey).sqrt();
                let covered = (inside.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
                *ink = if *erases { (*ink).min(255 - covered) } else { (*ink).max(covered) };
            }
        }
        work
    }

    /// The columns between which a row can have ink. An empty span where it has none.
    fn span(&self, y: f32, reach: f32) -> (f32, f32) {
        let mut span = (f32::INFINITY, f32::NEG_INFINITY);
        let mut widen = |x: f32| span = (span.0.min(x), span.1.max(x));
        // The round ends,
        for end in [self.from, self.to] {
            let half = reach * reach - (y - end.y) * (y - end.y);
            if half >= 0.0 {
                widen(end.x - half.sqrt());
                widen(end.x + half.sqrt());
            }
        }
        // and the straight edges between them, which lie beside the line at the pen's reach.
        let (dx, dy) = (self.to.x - self.from.x, self.to.y - self.from.y);
        let length = dx.hypot(dy);
        if length > 0.0 {
            let normal = (-dy / length * reach, dx / length * reach);
            for side in [-1.0, 1.0] {
                let t = (y - self.from.y - side * normal.1) / dy;
                if (0.0..=1.0).contains(&t) {
                    widen(self.from.x + side * normal.0 + t * dx);
                }
            }
        }
        span
    }
}

/// The pixels between two coordinates, on a side of so many pixels.
fn clip(low: f32, high: f32, side: usize) -> std::ops::Range<usize> {
    // A float becomes the nearest integer that there is: what lies before the pad starts at its first pixel.
    let end = (high.ceil() as usize).min(side);
    (low.floor() as usize).min(end)..end
}
