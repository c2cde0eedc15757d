//! What the page asks of the worker.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::bench::BenchCase;
use crate::drawing::{Drawing, Ink};
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
    /// Takes a file of a data set (IDX, gzipped or not) that programs are to get in place of MNIST; answered by `Event::OwnData`.
    TakeData {
        /// Its name, which says which half it belongs to.
        name: String,
        /// Its content.
        content: ByteBuf,
    },
    /// Takes pictures as a half of such a data set; answered by `Event::OwnData`.
    TakePictures {
        /// Whether they are the training set.
        train: bool,
        /// Each with the class that it shows.
        pictures: Vec<(Ink, u8)>,
    },
    /// Gives programs MNIST again; answered by `Event::OwnData`.
    BackToMnist,
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
