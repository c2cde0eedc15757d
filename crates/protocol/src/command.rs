//! What the page asks of the worker.

use serde::{Deserialize, Serialize};

use crate::bench::BenchCase;
use crate::drawing::Drawing;
use crate::event::Checkpoint;
use crate::program::ProgramCommand;
use crate::settings::Settings;

/// A message to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// The first message: opens a backend.
    Start {
        /// The address of the folder with the four gzipped IDX files, ending in `/`.
        data_url: String,
        /// Which backend to open.
        backend: BackendChoice,
        /// How to train.
        settings: Settings,
    },
    /// Opens another backend; a model and its training go on there.
    SelectBackend(BackendChoice),
    /// Loads what is missing of the data set.
    LoadData,
    /// Changes the settings. Learning rate and epochs take effect at once; a new batch size, seed or initial
    /// weights start over, as [`Command::Reset`] does.
    Configure(Settings),
    /// Trains until the last epoch, or until [`Command::Pause`].
    Train,
    /// Stops after the step under way.
    Pause,
    /// Trains one step.
    Step,
    /// Back to the initial weights: the same for the same seed.
    Reset,
    /// Goes on from a checkpoint, paused.
    Restore(Box<Checkpoint>),
    /// Classifies a drawing; answered by `Event::Prediction` with the same `id`.
    Predict {
        /// Counts up: only the newest answer is shown.
        id: u32,
        /// What was drawn.
        drawing: Drawing,
        /// Which model reads it.
        by: Reader,
    },
    /// Asks for an image of the test set; answered by `Event::Sample`.
    Sample {
        /// Which one: taken modulo the size of the test set.
        index: u32,
    },
    /// Concerns the program.
    Program(ProgramCommand),
    /// Measures one case, on the current backend, with the model put back afterwards.
    Bench {
        /// What is measured.
        case: BenchCase,
        /// Whether ops wait and are fused, or each is computed at once.
        fused: bool,
    },
    /// Answered by `Event::Pong`: how the page knows that the worker lives.
    Ping,
}

/// Whose model reads a drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reader {
    /// That of the lab.
    #[default]
    Lab,
    /// That of the program, where its run stands.
    Program,
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
