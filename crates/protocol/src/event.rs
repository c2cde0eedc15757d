//! What the worker tells the page.

use serde::{Deserialize, Serialize};

use crate::bench::BenchResult;
use crate::command::BackendChoice;
use crate::drawing::Stages;
use crate::floats::Pixels;
use crate::own::OwnData;
use crate::program::ProgramEvent;

/// A message from the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A backend was opened.
    Backend(BackendReport),
    /// How far the data set has come.
    Data(DataStatus),
    /// What programs get in place of MNIST.
    OwnData(OwnData),
    /// What the model sees in a drawing.
    Prediction(Prediction),
    /// An image of the test set.
    Sample(Sample),
    /// Concerns the program.
    Program(ProgramEvent),
    /// A measurement.
    Bench(BenchResult),
    /// A command could not be carried out; nothing else changed.
    Refused {
        /// What, why and what to do.
        message: String,
    },
    /// The worker has failed and answers no more: it must be replaced.
    Crashed {
        /// What it said last.
        message: String,
    },
    /// The answer to `Command::Ping`.
    Pong,
}

/// The two kinds of backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BackendKind {
    /// WebAssembly with SIMD.
    Cpu,
    /// WebGPU.
    WebGpu,
}

/// Which backend computes, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BackendReport {
    /// What was asked for.
    pub choice: BackendChoice,
    /// What computes now.
    pub active: BackendKind,
    /// The adapter's name, or the CPU features in use.
    pub name: String,
    /// Why it is not WebGPU, where WebGPU was wanted.
    pub reason: Option<String>,
}

/// How far the data set has come. The test set comes first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DataStatus {
    /// A file is being fetched.
    Fetching {
        /// Which.
        file: DataFile,
        /// Bytes of all four files that have arrived.
        loaded: u64,
        /// Bytes of all four files.
        total: u64,
    },
    /// A file is being unpacked and checked.
    Decoding {
        /// Which.
        file: DataFile,
        /// The part that is done, 0 to 1.
        fraction: f32,
    },
    /// The test set is complete.
    TestReady {
        /// Its images.
        images: u32,
    },
    /// Both sets are complete.
    Ready {
        /// Images of the training set.
        train: u32,
        /// Images of the test set.
        test: u32,
    },
    /// A file could not be had. `Command::LoadData` tries again.
    Failed {
        /// Which.
        file: DataFile,
        /// What is wrong with it.
        problem: DataProblem,
    },
}

/// The four files of MNIST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DataFile {
    /// `t10k-images-idx3-ubyte.gz`
    TestImages,
    /// `t10k-labels-idx1-ubyte.gz`
    TestLabels,
    /// `train-images-idx3-ubyte.gz`
    TrainImages,
    /// `train-labels-idx1-ubyte.gz`
    TrainLabels,
}

impl DataFile {
    /// All four, in the order in which they are loaded.
    pub const ALL: [Self; 4] = [Self::TestLabels, Self::TestImages, Self::TrainLabels, Self::TrainImages];

    /// The file's name on the server.
    pub fn name(self) -> &'static str {
        match self {
            Self::TestImages => "t10k-images-idx3-ubyte.gz",
            Self::TestLabels => "t10k-labels-idx1-ubyte.gz",
            Self::TrainImages => "train-images-idx3-ubyte.gz",
            Self::TrainLabels => "train-labels-idx1-ubyte.gz",
        }
    }
}

/// What can be wrong with a file of the data set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DataProblem {
    /// The server could not be reached.
    Unreachable(String),
    /// The server answered with another status than success: 404 means that the file is missing.
    Status(u16),
    /// A web page came instead of the file.
    Html,
    /// Neither gzip nor IDX.
    NotGzip,
    /// It ends too early, or its gzip stream is damaged.
    Corrupt(String),
    /// It can be unpacked, but is not the file that was meant.
    Checksum,
    /// It is not a sound IDX file.
    Idx(String),
}

impl std::fmt::Display for DataProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable(why) => write!(f, "the server could not be reached ({why})"),
            Self::Status(404) => write!(f, "the file is missing on the server (404)"),
            Self::Status(status) => write!(f, "the server answered with status {status}"),
            Self::Html => write!(f, "a web page came instead of the file"),
            Self::NotGzip => write!(f, "this is not a gzip file"),
            Self::Corrupt(why) => write!(f, "the file is damaged or cut off ({why})"),
            Self::Checksum => write!(f, "the checksum is wrong: this is not the original file"),
            Self::Idx(why) => write!(f, "this is not a sound IDX file ({why})"),
        }
    }
}

/// What the model makes of a drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The `id` of the command.
    pub id: u32,
    /// The probability of each digit.
    pub probabilities: [f32; crate::CLASSES],
    /// The 28×28 image that the model saw.
    pub image: Pixels,
    /// How a drawing became that image; an image of the test set was one already.
    pub stages: Option<Box<Stages>>,
    /// Milliseconds from the command's arrival to this answer.
    pub millis: f32,
    /// Why there are no probabilities: the program has no model.
    pub error: Option<String>,
}

/// An image of the test set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Its index.
    pub index: u32,
    /// The digit that it shows.
    pub label: u8,
    /// The image, 28×28.
    pub image: Pixels,
}
