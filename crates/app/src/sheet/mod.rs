//! What is on the digit pad, and the tools that draw on it. Values: nothing here draws or asks.

mod picture;

use protocol::{Change, Dot, Drawing, Ink, PAD_SIDE, Point, Sample, Stroke};

pub use picture::Picture;

/// The pen's usual diameter in units of the pad: about as thick, on a digit that fills it, as MNIST's ink.
pub const PEN_WIDTH: f32 = 22.0;
/// How far the pen must go for another place.
const SPACING: f32 = 1.5;
/// How far a stroke follows the hand at each report of where it is: less than all the way, so that it trembles less.
const FOLLOWING: f32 = 0.6;
/// The most places on a sheet: hundreds of strokes. More ink is not taken.
const LIMIT: usize = 10_000;
/// Strokes of the eraser over a picture that can be taken back.
const MOST_RUBBED: usize = 50;

/// What the hand holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tool {
    /// Its diameter, in units of the pad.
    pub width: f32,
    /// Whether it is the eraser.
    pub erases: bool,
}

impl Default for Tool {
    fn default() -> Self {
        Self { width: PEN_WIDTH, erases: false }
    }
}

impl Tool {
    /// Where it touches the pad with so much pressure, 0 to 1: at a half, it is as wide as it was set.
    pub fn at(self, point: Point, pressure: f32) -> Dot {
        Dot { x: point.x, y: point.y, width: self.width * (0.4 + 1.2 * pressure.clamp(0.0, 1.0)) }
    }
}

/// A sheet: strokes, or a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    strokes: Vec<Stroke>,
    picture: Option<Picture>,
    /// The picture as it was before each stroke of the eraser over it.
    before: Vec<Picture>,
    /// Where the hand is, while it draws: the stroke may not have got there yet.
    hand: Option<Dot>,
    places: usize,
}

impl Sheet {
    /// Pen or eraser touch the sheet. A picture makes way for the pen; the eraser takes ink away from it.
    pub fn begin(&mut self, at: Dot, erases: bool) {
        if erases && self.picture.is_some() {
            self.before.extend(self.picture.clone());
            self.before.drain(..self.before.len().saturating_sub(MOST_RUBBED));
            self.hand = Some(inside(at));
            self.rub(inside(at));
            return;
        }
        if erases && self.strokes.is_empty() {
            return;
        }
        self.picture = None;
        self.before.clear();
        self.hand = None;
        if self.places < LIMIT {
            self.places += 1;
            let at = inside(at);
            self.hand = Some(at);
            self.strokes.push(Stroke { erases, places: vec![at] });
        }
    }

    /// The hand moves; nothing happens while it is up. Returns whether the sheet changed.
    pub fn extend(&mut self, to: Dot) -> bool {
        if self.hand.is_none() {
            return false;
        }
        let to = inside(to);
        if self.picture.is_some() {
            return self.rub(to);
        }
        self.hand = Some(to);
        self.follow(to, FOLLOWING)
    }

    /// The eraser goes over the picture, from where it was.
    fn rub(&mut self, to: Dot) -> bool {
        let (Some(picture), Some(from)) = (&mut self.picture, self.hand.replace(to)) else { return false };
        picture.rub(from, to);
        true
    }

    /// Takes the last stroke so far towards a place.
    fn follow(&mut self, to: Dot, part: f32) -> bool {
        let Some(stroke) = self.strokes.last_mut().filter(|_| self.places < LIMIT) else { return false };
        let Some(last) = stroke.places.last() else { return false };
        let mix = |from: f32, to: f32| from + (to - from) * part;
        let next = Dot { x: mix(last.x, to.x), y: mix(last.y, to.y), width: mix(last.width, to.width) };
        if (last.x - next.x).hypot(last.y - next.y) < SPACING {
            return false;
        }
        stroke.places.push(next);
        self.places += 1;
        true
    }

    /// The hand is lifted: the stroke ends where it was. Returns whether the sheet changed.
    pub fn end(&mut self) -> bool {
        self.hand.take().is_some_and(|hand| self.picture.is_none() && self.follow(hand, 1.0))
    }

    /// Takes back the last stroke, or the picture.
    pub fn undo(&mut self) {
        self.hand = None;
        if let Some(before) = self.before.pop() {
            self.picture = Some(before);
        } else if self.picture.take().is_none()
            && let Some(stroke) = self.strokes.pop()
        {
            self.places -= stroke.places.len();
        }
    }

    /// An empty sheet.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Shows a picture instead of strokes.
    pub fn show(&mut self, picture: Picture) {
        *self = Self { picture: Some(picture), ..Self::default() };
    }

    /// The strokes, oldest first.
    pub fn strokes(&self) -> &[Stroke] {
        &self.strokes
    }

    /// The picture: its side, and its pixels.
    pub fn pixels(&self) -> Option<(u32, &[u8])> {
        self.picture.as_ref().map(Picture::pixels)
    }

    /// The image of the test set.
    pub fn sample(&self) -> Option<&Sample> {
        match &self.picture {
            Some(Picture::Sample(sample)) => Some(sample),
            Some(Picture::Photo(_) | Picture::Image(_)) | None => None,
        }
    }

    /// Whether there is nothing on it.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty() && self.picture.is_none()
    }

    /// What the model is to look at, changed so; nothing while the sheet is empty.
    pub fn drawing(&self, change: Change) -> Option<Drawing> {
        let ink = match &self.picture {
            Some(picture) => picture.ink(),
            None if self.strokes.is_empty() => return None,
            None => Ink::Strokes(self.strokes.clone()),
        };
        Some(Drawing { ink, change })
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
        Self { at: Point { x: on_pad(self.at.x + dx), y: on_pad(self.at.y + dy) }, ..self }
    }
}

/// A pen that leaves the pad draws along its edge.
fn inside(dot: Dot) -> Dot {
    Dot { x: on_pad(dot.x), y: on_pad(dot.y), width: dot.width }
}

/// A position that is no number counts as the corner.
fn on_pad(at: f32) -> f32 {
    if at.is_nan() { 0.0 } else { at.clamp(0.0, PAD_SIDE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(x: f32, y: f32) -> Dot {
        Dot { x, y, width: PEN_WIDTH }
    }

    fn sample() -> Picture {
        Picture::Sample(Sample { index: 7, label: 3, image: vec![9; 784].into() })
    }

    fn with_stroke() -> Sheet {
        let mut sheet = Sheet::default();
        sheet.begin(dot(10.0, 10.0), false);
        sheet.extend(dot(20.0, 10.0));
        sheet.end();
        sheet
    }

    #[test]
    fn a_lifted_pen_draws_nothing() {
        let mut sheet = with_stroke();
        assert!(!sheet.extend(dot(90.0, 90.0)) && !sheet.end());
        assert_eq!(sheet, with_stroke());
    }

    #[test]
    fn a_stroke_follows_the_hand_and_ends_where_it_was() {
        assert_eq!(with_stroke().strokes()[0].places, [dot(10.0, 10.0), dot(16.0, 10.0), dot(20.0, 10.0)]);
    }

    #[test]
    fn undo_takes_back_one_stroke_at_a_time() {
        let mut sheet = with_stroke();
        sheet.begin(dot(50.0, 50.0), false);
        sheet.undo();
        assert_eq!(sheet, with_stroke());
        sheet.undo();
        assert_eq!((sheet.is_empty(), sheet.drawing(Change::default())), (true, None));
        sheet.undo();
        assert_eq!(sheet, Sheet::default());
    }

    #[test]
    fn a_picture_makes_way_for_a_stroke() {
        let mut sheet = with_stroke();
        sheet.show(sample());
        let drawing = sheet.drawing(Change::default());
        assert!(matches!(drawing, Some(Drawing { ink: Ink::Sample { index: 7 }, .. })), "{drawing:?}");
        sheet.begin(dot(1.0, 1.0), false);
        let drawing = sheet.drawing(Change::default());
        assert!(matches!(drawing, Some(Drawing { ink: Ink::Strokes(strokes), .. }) if strokes.len() == 1));
    }

    #[test]
    fn the_eraser_takes_ink_from_a_picture_stroke_by_stroke() {
        let mut sheet = Sheet::default();
        sheet.show(sample());
        let ink = |sheet: &Sheet| {
            sheet.pixels().map_or(0, |(_, pixels)| pixels.iter().map(|&ink| usize::from(ink)).sum())
        };
        sheet.begin(dot(20.0, 20.0), true);
        assert_eq!((sheet.sample(), sheet.strokes()), (None, [].as_slice()));
        let (after_one, all) = (ink(&sheet), 9 * 784);
        assert!(sheet.extend(dot(260.0, 20.0)));
        sheet.end();
        let after_line = ink(&sheet);
        assert!(after_line + 20 < after_one && after_one < all, "{after_line} {after_one}");
        sheet.begin(dot(100.0, 200.0), true);
        assert!(ink(&sheet) < after_line);
        sheet.undo();
        assert_eq!(ink(&sheet), after_line);
        sheet.undo();
        assert_eq!(sheet.sample().map(|sample| sample.index), Some(7));
        sheet.undo();
        assert!(sheet.is_empty());
    }

    #[test]
    fn the_eraser_is_a_stroke_that_can_be_undone() {
        let mut sheet = with_stroke();
        sheet.begin(dot(15.0, 10.0), true);
        sheet.end();
        assert!(sheet.strokes()[1].erases);
        sheet.undo();
        assert_eq!(sheet, with_stroke());
    }

    #[test]
    fn pressure_makes_the_pen_wider() {
        let tool = Tool::default();
        let widths = [0.0, 0.5, 1.0, 7.0].map(|pressure| tool.at(Point { x: 1.0, y: 2.0 }, pressure).width);
        assert!(widths[0] > 1.0 && widths[0] < widths[1] && widths[1] < widths[2], "{widths:?}");
        assert_eq!((widths[1], widths[3]), (PEN_WIDTH, widths[2]));
    }

    #[test]
    fn every_place_lies_on_the_pad() {
        let mut sheet = Sheet::default();
        sheet.begin(dot(-5.0, f32::NAN), false);
        sheet.extend(dot(1e9, 0.0));
        sheet.end();
        assert_eq!(sheet.strokes()[0].places.last(), Some(&dot(PAD_SIDE, 0.0)));
        assert_eq!(sheet.strokes()[0].places[0], dot(0.0, 0.0));
        assert_eq!(Pen::default().moved(-1e9, 1e9).at, Point { x: 0.0, y: PAD_SIDE });
    }

    #[test]
    fn a_sheet_takes_a_bounded_amount_of_ink() {
        let mut sheet = Sheet::default();
        for i in 0..3 * LIMIT {
            sheet.begin(dot(0.0, 0.0), false);
            sheet.extend(dot((i % 250) as f32, 100.0));
        }
        let places: usize = sheet.strokes().iter().map(|stroke| stroke.places.len()).sum();
        assert_eq!(places, LIMIT);
    }
}
