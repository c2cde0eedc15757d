//! From a drawing to the image that a model is shown.

use datasets::digit::{self, Digit, Raster};
use datasets::mnist::PIXELS;
use protocol::{Change, Dot, Drawing, INK_SIDE, Ink, Photo, Stages, Stroke};

use crate::sets::Sets;

/// What the model is shown, and how it came about.
pub(crate) struct Seen {
    /// 28×28 grey values.
    pub(crate) image: Vec<u8>,
    pub(crate) stages: Option<Box<Stages>>,
}

/// The image that the model is shown: `None` for an image that is not here (yet).
pub(crate) fn image(drawing: &Drawing, sets: &Sets) -> Option<Vec<u8>> {
    see(drawing, sets).map(|seen| seen.image)
}

/// The same, with the stages on the way to it.
pub(crate) fn see(drawing: &Drawing, sets: &Sets) -> Option<Seen> {
    let (digit, stages) = match &drawing.ink {
        Ink::Sample { index } => {
            let (image, _) = sets.test.get(*index as usize)?;
            (image.try_into().unwrap_or([0; PIXELS]), None)
        }
        Ink::Strokes(strokes) => {
            taken_apart(digit::from_strokes(&strokes.iter().map(smooth).collect::<Vec<_>>()))
        }
        Ink::Image(pixels) => (pixels.as_slice().try_into().unwrap_or([0; PIXELS]), None),
        Ink::Photo(Photo { side, pixels }) => {
            let side = *side as usize;
            let raster = Raster::new(side, side, pixels.as_slice().to_vec());
            taken_apart(raster.and_then(digit::normalize))
        }
    };
    let Change { dx, dy, angle, scale, noise } = drawing.change;
    let image = digit::Change { dx, dy, angle, scale, noise }.of(&digit).to_vec();
    Some(Seen { image, stages })
}

/// The stroke as the pad shows it.
fn smooth(stroke: &Stroke) -> digit::Stroke {
    let place = |dot: &Dot| digit::Dot { x: dot.x, y: dot.y, width: dot.width };
    digit::Stroke { erases: stroke.erases, places: stroke.places.iter().map(place).collect() }.smooth()
}

/// The finished digit, and the stages before it. Without ink the model sees an empty page.
fn taken_apart(digit: Option<Digit>) -> ([u8; PIXELS], Option<Box<Stages>>) {
    let Some(Digit { ink, bounds, scaled, image, .. }) = digit else { return ([0; PIXELS], None) };
    let part = |at: usize, of: usize| at as f32 / of as f32;
    let stages = Stages {
        bounds: [
            part(bounds.x, ink.width()),
            part(bounds.y, ink.height()),
            part(bounds.width, ink.width()),
            part(bounds.height, ink.height()),
        ],
        ink: ink.shrunk(INK_SIDE).pixels().to_vec().into(),
        scaled_width: scaled.width() as u32,
        scaled: scaled.pixels().to_vec().into(),
        centred: image.to_vec().into(),
    };
    (image, Some(Box::new(stages)))
}
