//! Which part of the drawing shows, and how large.

use super::layout::Rect;
use crate::format::fixed;

/// What is free around a drawing that fits.
const MARGIN: f64 = 24.0;
/// The smallest and the largest scale.
const SCALES: (f64, f64) = (0.03, 3.0);
/// A small drawing is not made larger than this to fill the pane.
const FIT: f64 = 1.15;
/// Of a drawing that would have to be smaller than this, nothing can be made out.
const LEGIBLE: f64 = 0.2;

/// A point of the drawing lies at `scale · point + (x, y)` of the pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Where the drawing's origin lies in the pane.
    pub x: f64,
    /// The same, down.
    pub y: f64,
    /// Pixels for each unit of the drawing.
    pub scale: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self { x: 0.0, y: 0.0, scale: 1.0 }
    }
}

impl Camera {
    /// Shows all of the drawing, in the middle of the pane.
    pub fn fit(bounds: Rect, pane: (f64, f64)) -> Self {
        let (w, h) = (f64::from(bounds.w.max(1)), f64::from(bounds.h.max(1)));
        let free = |side: f64| (side - 2.0 * MARGIN).max(1.0);
        let scale = (free(pane.0) / w).min(free(pane.1) / h).clamp(SCALES.0, FIT);
        let centre = |side: f64, start: i32, size: f64| side / 2.0 - (f64::from(start) + size / 2.0) * scale;
        Self { x: centre(pane.0, bounds.x, w), y: centre(pane.1, bounds.y, h), scale }
    }

    /// Shows all of the drawing; of one of which nothing could be made out then, the end, where its losses are.
    pub fn follow(bounds: Rect, pane: (f64, f64)) -> Self {
        let whole = Self::fit(bounds, pane);
        if whole.scale >= LEGIBLE {
            return whole;
        }
        let place = |side: f64, start: i32, size: i32| {
            let (start, size) = (f64::from(start) * LEGIBLE, f64::from(size) * LEGIBLE);
            let free = side - 2.0 * MARGIN - size;
            MARGIN - start + if free > 0.0 { free / 2.0 } else { free }
        };
        Self { x: place(pane.0, bounds.x, bounds.w), y: place(pane.1, bounds.y, bounds.h), scale: LEGIBLE }
    }

    /// Moved by so many pixels.
    pub fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Made larger; the point of the pane stays where it is.
    pub fn zoomed(self, at: (f64, f64), factor: f64) -> Self {
        let scale = (self.scale * factor).clamp(SCALES.0, SCALES.1);
        let part = scale / self.scale;
        Self { x: at.0 - (at.0 - self.x) * part, y: at.1 - (at.1 - self.y) * part, scale }
    }

    /// The part of the drawing that shows in a pane of this size.
    pub fn view(self, pane: (f64, f64)) -> Rect {
        let at = |pixel: f64, origin: f64| ((pixel - origin) / self.scale) as i32;
        let (x, y) = (at(0.0, self.x), at(0.0, self.y));
        Rect { x, y, w: at(pane.0, self.x) - x, h: at(pane.1, self.y) - y }
    }

    /// Moved just so far that a part of the drawing shows.
    pub fn showing(self, part: Rect, pane: (f64, f64)) -> Self {
        let shift = |start: i32, size: i32, origin: f64, side: f64| {
            let low = f64::from(start) * self.scale + origin;
            let high = low + f64::from(size) * self.scale;
            if low < MARGIN { MARGIN - low } else { (side - MARGIN - high).min(0.0) }
        };
        self.moved(shift(part.x, part.w, self.x, pane.0), shift(part.y, part.h, self.y, pane.1))
    }

    /// As a style.
    pub fn style(self) -> String {
        let (x, y, scale) = (fixed(self.x, 2), fixed(self.y, 2), fixed(self.scale, 5));
        format!("transform:translate({x}px,{y}px) scale({scale})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANE: (f64, f64) = (600.0, 400.0);

    #[test]
    fn what_fits_shows_as_a_whole() {
        for bounds in [Rect { x: 0, y: 0, w: 50, h: 40 }, Rect { x: -300, y: 20, w: 4000, h: 900 }] {
            assert!(Camera::fit(bounds, PANE).view(PANE).holds(&bounds), "{bounds:?}");
        }
    }

    #[test]
    fn of_a_long_drawing_the_end_shows() {
        let small = Rect { x: 0, y: 0, w: 500, h: 400 };
        assert_eq!(Camera::follow(small, PANE), Camera::fit(small, PANE));
        let camera = Camera::follow(Rect { x: -100, y: 20, w: 10_000, h: 400 }, PANE);
        assert_eq!(
            (camera.x, camera.y, camera.scale),
            (600.0 - 24.0 - 9_900.0 * 0.2, 200.0 - 220.0 * 0.2, 0.2)
        );
    }

    #[test]
    fn the_point_under_the_pointer_stays() {
        let camera = Camera { x: 10.0, y: -20.0, scale: 0.5 };
        let zoomed = camera.zoomed((110.0, 80.0), 2.0);
        assert_eq!(zoomed, Camera { x: -90.0, y: -120.0, scale: 1.0 });
        assert_eq!(camera.zoomed((0.0, 0.0), 1e9).scale, SCALES.1);
    }

    #[test]
    fn the_camera_moves_only_if_it_must() {
        let camera = Camera::default();
        assert_eq!(camera.showing(Rect { x: 100, y: 100, w: 50, h: 50 }, PANE), camera);
        let moved = camera.showing(Rect { x: 700, y: -80, w: 50, h: 50 }, PANE);
        assert_eq!((moved.x, moved.y), (-174.0, 104.0));
    }
}
