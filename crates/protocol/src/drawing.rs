//! What is on the digit pad, and what becomes of it on its way to a model.

use serde::{Deserialize, Serialize};

use crate::floats::Pixels;

/// The side of [`Stages::ink`], in pixels.
pub const INK_SIDE: usize = 70;

/// What is on the digit pad, and what is done to the digit that is made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// What is there.
    pub ink: Ink,
    /// What is done to the finished digit.
    pub change: Change,
}

/// What is on the digit pad.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ink {
    /// Pen strokes, in units of the pad: [`PAD_SIDE`](crate::PAD_SIDE) square, y downwards.
    Strokes(Vec<Stroke>),
    /// An image of the test set, shown to the model as it is.
    Sample {
        /// Its index.
        index: u32,
    },
    /// A picture of a digit, made into one as strokes are.
    Photo(Photo),
    /// A finished image, 28×28, shown to the model as it is.
    Image(Pixels),
}

/// A square picture, white ink on black.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    /// Its side.
    pub side: u32,
    /// Its grey values, row by row.
    pub pixels: Pixels,
}

/// One stroke.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// Whether it takes ink away.
    pub erases: bool,
    /// Where it went. A single place is a dot.
    pub places: Vec<Dot>,
}

/// A place of a stroke, in units of the pad.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// The pen's diameter.
    pub width: f32,
}

/// A point on the pad.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

/// What is done to a finished digit, before the model gets it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Pixels to the right.
    pub dx: f32,
    /// Pixels downwards.
    pub dy: f32,
    /// Degrees clockwise.
    pub angle: f32,
    /// How many times as large.
    pub scale: f32,
    /// The standard deviation of the noise on each pixel, where white is 1.
    pub noise: f32,
}

impl Default for Change {
    fn default() -> Self {
        Self { dx: 0.0, dy: 0.0, angle: 0.0, scale: 1.0, noise: 0.0 }
    }
}

/// How a drawing became a digit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stages {
    /// The ink where it was drawn, [`INK_SIDE`] square.
    pub ink: Pixels,
    /// Its bounding box: left, top, width and height, as parts of the pad.
    pub bounds: [f32; 4],
    /// What is inside, scaled so that its longest side has 20 pixels.
    pub scaled: Pixels,
    /// Pixels in a row of it.
    pub scaled_width: u32,
    /// The same with its centre of mass in the middle, 28×28.
    pub centred: Pixels,
}
