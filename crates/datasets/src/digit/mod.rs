//! From a drawing to an image such as MNIST's, with every stage in between kept to be shown.
//!
//! MNIST's digits were scaled, anti-aliased, to fit a box of 20×20 pixels, and then placed with their centre of mass
//! in the middle of 28×28 pixels. A model trained on them knows no other sizes and places, so a drawing goes the same
//! way: its ink is rastered, cut to its bounding box, scaled by area averaging, and placed. Nothing is
//! recognised here, and nothing else about the drawing is made alike: neither its slant nor its pen.

mod bounds;
mod change;
mod ink;
mod place;
mod raster;
mod resample;
mod stroke;

pub use bounds::Bounds;
pub use change::Change;
pub use ink::{MAX_WORK, PAD_SIDE};
pub use raster::Raster;
pub use stroke::{Dot, Stroke};

use crate::mnist::PIXELS;

/// The longest side of a scaled digit, in pixels.
pub const BOX: usize = 20;
/// Where the centre of mass of a placed digit lies, as a pixel index: Σ i·v / Σ v in both axes.
pub const CENTRE: f32 = 14.0;

/// A drawing on its way to a digit: one field for each stage, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Digit {
    /// The ink where it was drawn, 0 to 255.
    pub ink: Raster,
    /// The smallest rectangle that holds it.
    pub bounds: Bounds,
    /// What is inside, scaled so that its longest side is [`BOX`] pixels.
    pub scaled: Raster,
    /// Where the top left corner of `scaled` lies in the image, x and y in pixels.
    pub offset: (f32, f32),
    /// The image that a model reads: 28×28, row by row, white ink (255) on black.
    pub image: [u8; PIXELS],
}

/// Makes a digit of pen strokes on a pad of [`PAD_SIDE`] × [`PAD_SIDE`]; `None` where no ink is on the pad.
///
/// Places that are not numbers are left out, and the work is bounded whatever the strokes are: see [`MAX_WORK`].
///
/// ```
/// use datasets::digit::{Stroke, from_strokes};
///
/// let one = Stroke::pen(20.0, &[(140.0, 40.0), (140.0, 240.0)]);
/// let digit = from_strokes(&[one]).ok_or("nothing drawn")?;
/// assert_eq!((digit.scaled.width(), digit.scaled.height()), (2, 20));
/// assert_eq!(from_strokes(&[]), None);
/// # Ok::<(), &str>(())
/// ```
pub fn from_strokes(strokes: &[Stroke]) -> Option<Digit> {
    normalize(ink::draw(strokes))
}

/// Makes a digit of ink (0 is paper, 255 is ink) of any size; `None` where there is none.
pub fn normalize(ink: Raster) -> Option<Digit> {
    let bounds = Bounds::of(&ink)?;
    let scale = place::scale(&ink, bounds);
    let scaled = place::fit(&ink, bounds, scale);
    let (image, offset) = place::centre(&ink, bounds, scale);
    Some(Digit { ink, bounds, scaled, offset, image })
}

/// The centre of mass of an image of 28×28 pixels, as pixel indices x and y; `None` for an empty one.
pub fn centre_of_mass(image: &[u8; PIXELS]) -> Option<(f32, f32)> {
    place::centre_of_mass(&image.map(f32::from))
}
