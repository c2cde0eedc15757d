//! What the page asks of the worker.

use serde::{Deserialize, Serialize};

use crate::bench::BenchCase;
use crate::program::ProgramCommand;

/// A message to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// The first message: opens a backend.
    Start {
        /// The address of the folder with the four gzipped IDX files, ending in `/`.
        data_url: String,
        /// Which backend to open.
        backend: BackendChoice,
    },
    /// Opens another backend: what programs that are loaded from now on call `cuda`. A run under way goes on where it is.
    SelectBackend(BackendChoice),
    /// Loads what is missing of the data set.
    LoadData,
    /// Lets the model of the program, where its run stands, read a drawing; answered by `Event::Prediction` with the same `id`.
    Predict {
        /// Counts up: only the newest answer is shown.
        id: u32,
        /// What was drawn.
        drawing: Drawing,
    },
    /// Asks for an image of the test set; answered by `Event::Sample`.
    Sample {
        /// Which one: taken modulo the size of the test set.
        index: u32,
    },
    /// Concerns the program.
    Program(ProgramCommand),
    /// Measures one case, on the current backend.
    Bench {
        /// What is measured.
        case: BenchCase,
        /// Whether ops wait and are fused, or each is computed at once.
        fused: bool,
    },
    /// Answered by `Event::Pong`: how the page knows that the worker lives.
    Ping,
}

/// Which backend the user wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BackendChoice {
    /// WebGPU if it works, else the CPU.
    #[default]
    Auto,
    /// The CPU.
    Cpu,
    /// WebGPU; if it does not work, the CPU, with the reason.
    WebGpu,
}

/// What is on the digit pad.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Drawing {
    /// Pen strokes, in units of the pad: [`PAD_SIDE`](crate::PAD_SIDE) square, y downwards.
    Strokes(Vec<Stroke>),
    /// An image of the test set, shown to the model as it is.
    Sample {
        /// Its index.
        index: u32,
    },
}

/// One stroke of the pen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// The pen's diameter, in units of the pad.
    pub width: f32,
    /// Where the pen went. A single point is a dot.
    pub points: Vec<Point>,
}

/// A point on the pad.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}
