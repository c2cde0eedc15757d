//! What was drawn on the digit pad, and the pen of whoever draws with keys. A value: nothing here draws or asks.

use protocol::{Drawing, PAD_SIDE, Point, Sample, Stroke};

/// The pen's diameter in units of the pad: about as thick, on a digit that fills it, as MNIST's ink.
pub const PEN_WIDTH: f32 = 22.0;
/// How far the pen must go for another point.
const SPACING: f32 = 1.5;
/// The most points on a sheet: hundreds of strokes. More ink is not taken.
const LIMIT: usize = 10_000;

/// A sheet: strokes, or an image of the test set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    strokes: Vec<Stroke>,
    sample: Option<Sample>,
    drawing: bool,
    points: usize,
}

impl Sheet {
    /// The pen touches the sheet. An image makes way.
    pub fn begin(&mut self, at: Point) {
        self.sample = None;
        self.drawing = self.points < LIMIT;
        if self.drawing {
            self.points += 1;
            self.strokes.push(Stroke { width: PEN_WIDTH, points: vec![inside(at)] });
        }
    }

    /// The pen moves; nothing happens while it is up. Returns whether the sheet changed.
    pub fn extend(&mut self, to: Point) -> bool {
        let Some(stroke) = self.strokes.last_mut().filter(|_| self.drawing && self.points < LIMIT) else {
            return false;
        };
        let to = inside(to);
        if stroke.points.last().is_some_and(|last| (last.x - to.x).hypot(last.y - to.y) < SPACING) {
            return false;
        }
        stroke.points.push(to);
        self.points += 1;
        true
    }

    /// The pen is lifted.
    pub fn end(&mut self) {
        self.drawing = false;
    }

    /// Takes back the last stroke, or the image.
    pub fn undo(&mut self) {
        self.drawing = false;
        if self.sample.take().is_none()
            && let Some(stroke) = self.strokes.pop()
        {
            self.points -= stroke.points.len();
        }
    }

    /// An empty sheet.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Shows an image instead of strokes.
    pub fn show(&mut self, sample: Sample) {
        *self = Self { sample: Some(sample), ..Self::default() };
    }

    /// The strokes, oldest first.
    pub fn strokes(&self) -> &[Stroke] {
        &self.strokes
    }

    /// The image of the test set.
    pub fn sample(&self) -> Option<&Sample> {
        self.sample.as_ref()
    }

    /// Whether there is nothing on it.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty() && self.sample.is_none()
    }

    /// What the model is to look at; nothing while the sheet is empty.
    pub fn drawing(&self) -> Option<Drawing> {
        match &self.sample {
            Some(sample) => Some(Drawing::Sample { index: sample.index }),
            None if self.strokes.is_empty() => None,
            None => Some(Drawing::Strokes(self.strokes.clone())),
        }
    }
}

/// The pen that keys move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// Where it is.
    pub at: Point,
    /// Whether it draws.
    pub down: bool,
}

impl Default for Pen {
    fn default() -> Self {
        Self { at: Point { x: PAD_SIDE / 2.0, y: PAD_SIDE / 4.0 }, down: false }
    }
}

impl Pen {
    /// The pen moved by so much, kept on the pad.
    pub fn moved(self, dx: f32, dy: f32) -> Self {
        Self { at: inside(Point { x: self.at.x + dx, y: self.at.y + dy }), ..self }
    }
}

/// A pen that leaves the pad draws along its edge. A position that is no number counts as the corner.
fn inside(point: Point) -> Point {
    let clamp = |x: f32| if x.is_nan() { 0.0 } else { x.clamp(0.0, PAD_SIDE) };
    Point { x: clamp(point.x), y: clamp(point.y) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    fn with_stroke() -> Sheet {
        let mut sheet = Sheet::default();
        sheet.begin(point(10.0, 10.0));
        sheet.extend(point(20.0, 10.0));
        sheet.end();
        sheet
    }

    #[test]
    fn a_lifted_pen_draws_nothing() {
        let mut sheet = with_stroke();
        assert!(!sheet.extend(point(90.0, 90.0)));
        assert_eq!(sheet, with_stroke());
    }

    #[test]
    fn undo_takes_back_one_stroke_at_a_time() {
        let mut sheet = with_stroke();
        sheet.begin(point(50.0, 50.0));
        sheet.undo();
        assert_eq!(sheet, with_stroke());
        sheet.undo();
        assert_eq!((sheet.is_empty(), sheet.drawing()), (true, None));
        sheet.undo();
        assert_eq!(sheet, Sheet::default());
    }

    #[test]
    fn an_image_makes_way_for_a_stroke() {
        let mut sheet = with_stroke();
        sheet.show(Sample { index: 7, label: 3, image: Vec::new().into() });
        assert_eq!(sheet.drawing(), Some(Drawing::Sample { index: 7 }));
        sheet.begin(point(1.0, 1.0));
        assert!(matches!(sheet.drawing(), Some(Drawing::Strokes(strokes)) if strokes.len() == 1));
    }

    #[test]
    fn every_point_lies_on_the_pad() {
        let mut sheet = Sheet::default();
        sheet.begin(point(-5.0, f32::NAN));
        sheet.extend(point(1e9, 30.0));
        assert_eq!(sheet.strokes()[0].points, [point(0.0, 0.0), point(PAD_SIDE, 30.0)]);
        assert_eq!(Pen::default().moved(-1e9, 1e9).at, point(0.0, PAD_SIDE));
    }

    #[test]
    fn a_sheet_takes_a_bounded_amount_of_ink() {
        let mut sheet = Sheet::default();
        for i in 0..3 * LIMIT {
            sheet.begin(point(0.0, 0.0));
            sheet.extend(point((i % 250) as f32, 100.0));
        }
        let points: usize = sheet.strokes().iter().map(|stroke| stroke.points.len()).sum();
        assert_eq!(points, LIMIT);
    }
}
