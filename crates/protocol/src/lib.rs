//! The messages between the page (`app`) and the worker that owns the engine. Data only: nothing here
//! computes, and nothing knows how a message travels.
//!
//! Commands go to the worker, events come back; neither side waits for the other. Big arrays are
//! [`Floats`] and [`Pixels`]: byte buffers that the worker moves to the page instead of copying them.

mod bench;
mod command;
mod drawing;
mod event;
mod floats;
mod own;
pub mod program;

pub use bench::{BenchCase, BenchResult};
pub use command::{BackendChoice, Command};
pub use drawing::{Change, Dot, Drawing, INK_SIDE, Ink, Photo, Point, Stages, Stroke};
pub use event::{BackendKind, BackendReport, DataFile, DataProblem, DataStatus, Event, Prediction, Sample};
pub use floats::{Floats, Pixels};
pub use own::OwnData;

/// The classes of the data set: the ten digits.
pub const CLASSES: usize = 10;
/// The side of an image in pixels.
pub const SIDE: usize = 28;
/// The pixels of an image.
pub const PIXELS: usize = SIDE * SIDE;
/// The side of the square that strokes are drawn in, in its own units: ten to a pixel.
pub const PAD_SIDE: f32 = 280.0;
