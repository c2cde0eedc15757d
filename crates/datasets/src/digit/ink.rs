//! Strokes of a round pen, drawn on a pad with smooth edges.
//!
//! A pixel's ink depends on its distance to the nearest segment of a stroke: full inside the pen's radius, none
//! outside, with a ramp one pixel wide between. Overlapping strokes do not get darker.

use super::raster::Raster;

/// The side of the pad, in its units; ink is rastered at one pixel a unit.
pub const PAD_SIDE: usize = 280;

/// The most pixels that are looked at for one drawing, some tens of milliseconds: over two hundred times the pad.
/// What is drawn after that is not rastered.
pub const MAX_WORK: usize = 1 << 24;

/// One stroke of the pen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stroke {
    /// The pen's diameter, in units of the pad: 1 to [`PAD_SIDE`], and brought there where it is not.
    pub width: f32,
    /// Where the pen went, x to the right and y downwards. A single point is a dot.
    pub points: Vec<(f32, f32)>,
}

/// Draws strokes on an empty pad.
pub(super) fn draw(strokes: &[Stroke]) -> Raster {
    let mut pad = Raster::blank(PAD_SIDE, PAD_SIDE);
    let mut work = MAX_WORK;
    for stroke in strokes.iter().filter(|stroke| !stroke.width.is_nan()) {
        let radius = 0.5 * stroke.width.clamp(1.0, PAD_SIDE as f32);
        let mut last = None;
        for point in stroke.points.iter().filter_map(|&point| near(point)) {
            // Points on top of each other, as a resting pen sends them, add nothing.
            if last == Some(point) {
                continue;
            }
            let segment = Segment { from: last.unwrap_or(point), to: point, radius };
            work = work.saturating_sub(segment.draw(&mut pad));
            if work == 0 {
                return pad;
            }
            last = Some(point);
        }
    }
    pad
}

/// The point, brought to within one pad of the pad; `None` where it is not a number.
fn near((x, y): (f32, f32)) -> Option<(f32, f32)> {
    const SIDE: f32 = PAD_SIDE as f32;
    (x.is_finite() && y.is_finite()).then(|| (x.clamp(-SIDE, 2.0 * SIDE), y.clamp(-SIDE, 2.0 * SIDE)))
}

/// Where a pen went straight: all points nearer to a line than its radius.
struct Segment {
    from: (f32, f32),
    to: (f32, f32),
    radius: f32,
}

impl Segment {
    /// Draws it and says how many rows and pixels were looked at.
    fn draw(&self, pad: &mut Raster) -> usize {
        let reach = self.radius + 0.5;
        let (low, high) = (self.from.1.min(self.to.1) - reach, self.from.1.max(self.to.1) + reach);
        let (dx, dy) = (self.to.0 - self.from.0, self.to.1 - self.from.1);
        let square = dx * dx + dy * dy;
        // How far along the line a point lies, 0 to 1, is its product with this.
        let along = if square > 0.0 { (dx / square, dy / square) } else { (0.0, 0.0) };
        let mut work = 1;
        for y in clip(low, high, pad.height()) {
            let py = y as f32 + 0.5 - self.from.1;
            let (left, right) = self.span(y as f32 + 0.5, reach);
            let columns = clip(left, right, pad.width());
            work += 1 + columns.len();
            let first = columns.start;
            for (x, ink) in pad.row_mut(y)[columns].iter_mut().enumerate() {
                // Where the pen lingers most pixels are full already.
                if *ink == 255 {
                    continue;
                }
                let px = (first + x) as f32 + 0.5 - self.from.0;
                let t = (px * along.0 + py * along.1).clamp(0.0, 1.0);
                let (ex, ey) = (px - t * dx, py - t * dy);
                let inside = reach - (ex * ex + ey * ey).sqrt();
                *ink = (*ink).max((inside.clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
            }
        }
        work
    }

    /// The columns between which a row can have ink. An empty span where it has none.
    fn span(&self, y: f32, reach: f32) -> (f32, f32) {
        let mut span = (f32::INFINITY, f32::NEG_INFINITY);
        let mut widen = |x: f32| span = (span.0.min(x), span.1.max(x));
        // The round ends,
        for (x0, y0) in [self.from, self.to] {
            let half = reach * reach - (y - y0) * (y - y0);
            if half >= 0.0 {
                widen(x0 - half.sqrt());
                widen(x0 + half.sqrt());
            }
        }
        // and the straight edges between them, which lie beside the line at the pen's reach.
        let (dx, dy) = (self.to.0 - self.from.0, self.to.1 - self.from.1);
        let length = dx.hypot(dy);
        if length > 0.0 {
            let normal = (-dy / length * reach, dx / length * reach);
            for side in [-1.0, 1.0] {
                let t = (y - self.from.1 - side * normal.1) / dy;
                if (0.0..=1.0).contains(&t) {
                    widen(self.from.0 + side * normal.0 + t * dx);
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
