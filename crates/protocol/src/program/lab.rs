//! The lab: what the model of a program makes of digits, how well it does while it is trained, and what is inside it. A *model* is whatever
//! a variable of the program holds that makes ten numbers of a 28×28 image.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::drawing::Drawing;
use crate::event::Sample;
use crate::floats::{Floats, Pixels};

/// What the page asks of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LabCommand {
    /// Whether to measure the model now and then while it is trained; answered by `LabEvent::Measured`.
    Watch(bool),
    /// Lets it read the test set, where the run stands; answered by `LabEvent::Tested`, several times.
    Test,
    /// Asks for what happens inside it with a drawing; answered by `LabEvent::Looked`.
    Look {
        /// Counts up; the answer carries it.
        id: u32,
        /// What it is shown.
        drawing: Drawing,
        /// The layer and its unit of which the sum is asked for; without one, that which answers most.
        unit: Option<(u32, u32)>,
    },
    /// Asks for the same image, changed so that it is read wrong; answered by `LabEvent::Fooled`.
    Fool {
        /// The image.
        drawing: Drawing,
        /// What it shows.
        label: u8,
        /// How far a pixel may go, 1 being from paper to ink.
        strength: f32,
    },
    /// Trains it on a drawing, with the program's own optimizer; the run goes on from there.
    Teach {
        /// What was drawn.
        drawing: Drawing,
        /// What it shows.
        label: u8,
    },
    /// Asks for its parameters as a file; answered by `ProgramEvent::Saved`.
    Export(WeightsFile),
    /// Puts weights of a file into it: safetensors, or one array as `.npy`. The run goes on from there.
    Import {
        /// The file's name.
        name: String,
        /// Its content.
        content: ByteBuf,
    },
    /// Asks for what there is to say about it; answered by `LabEvent::Card`.
    Describe,
    /// Asks for images of the data set; answered by `LabEvent::Images`.
    Browse(Browse),
    /// Puts back what was kept of a training of this program, once the model is there.
    Resume,
    /// Forgets what was kept.
    Forget,
}

/// A form of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WeightsFile {
    /// All parameters and buffers.
    Safetensors,
    /// One parameter, by its place among all: `.npy`.
    Array(u32),
}

/// Which images are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browse {
    /// Those of the training set, or of the test set.
    pub train: bool,
    /// Only those that show this.
    pub digit: Option<u8>,
    /// Only those that were read right, or wrong, when the test set was read last.
    pub right: Option<bool>,
    /// So many of them are passed over.
    pub skip: u32,
}

/// What the worker tells of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LabEvent {
    /// How it did on a part of both sets at a moment of its training.
    Measured(Box<Measured>),
    /// How it does on the test set.
    Tested(Box<Tested>),
    /// What happens inside it with a drawing.
    Looked(Box<Looked>),
    /// An image that was changed, 28×28; or why it could not be.
    Fooled(Result<Pixels, String>),
    /// It was trained on a drawing, or got weights; or why not.
    Changed(Result<String, String>),
    /// What there is to say about it: kinds of facts, and the facts.
    Card(Vec<(String, String)>),
    /// Images of the data set.
    Images(Box<Images>),
    /// What is kept of a training of this program, if anything is.
    Kept(Option<Kept>),
}

/// The program's model on some images of both sets, at a moment of its training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The clock of the moment.
    pub clock: u64,
    /// Steps of optimizers before it.
    pub steps: u64,
    /// Images of each set that were read.
    pub images: u32,
    /// Loss (mean negative log-likelihood, in nats) and accuracy (0 to 1) on the training set.
    pub train: (f32, f32),
    /// The same on the test set.
    pub test: (f32, f32),
    /// How the parameters lie, and their gradients.
    pub spreads: Vec<Spread>,
}

/// How the elements of a parameter lie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Its name.
    pub name: String,
    /// Whether it is the gradient that is told of.
    pub grad: bool,
    /// The greatest magnitude.
    pub most: f32,
    /// How many lie in each of as many classes of one width, from −`most` to `most`.
    pub counts: Floats,
}

/// The program's model on the test set, as far as it has been read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tested {
    /// Images that were read.
    pub count: u32,
    /// Images of the whole set.
    pub of: u32,
    /// The sum of their losses (negative log-likelihoods, in nats).
    pub loss: f64,
    /// How many of each digit (ten rows) were read as each (ten columns).
    pub confusion: Vec<u32>,
    /// For each tenth of confidence: how many images were read with it, the sum of that confidence, and how many of them were read right.
    pub calibration: Vec<(u32, f64, u32)>,
    /// The images that were read wrong with the most confidence, the surest first.
    pub wrong: Vec<Misread>,
    /// Why nothing can be read.
    pub error: Option<String>,
}

/// An image that was read wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misread {
    /// Its index in the test set.
    pub index: u32,
    /// The digit that it shows.
    pub label: u8,
    /// What it was taken for.
    pub read: u8,
    /// How probable that seemed.
    pub probability: f32,
    /// The image, 28×28.
    pub image: Pixels,
}

/// What happens inside the model with one image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Looked {
    /// That of the question.
    pub id: u32,
    /// The image, 28×28.
    pub image: Pixels,
    /// The gradient of the highest output by each pixel, 28×28.
    pub saliency: Pictures,
    /// What each layer has and gives, from the first to the last.
    pub layers: Vec<Layer>,
    /// Weight times pixel for one unit of the first layer.
    pub because: Option<Because>,
    /// Why there is nothing to see.
    pub error: Option<String>,
}

/// A layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// `conv1`.
    pub name: String,
    /// As PyTorch prints it: `Conv2d(1, 10, kernel_size=(5, 5), stride=(1, 1))`.
    pub kind: String,
    /// Its weights, if they are pictures: filters, or one weight for each pixel of the image.
    pub weight: Pictures,
    /// What it gives: maps, or numbers.
    pub output: Pictures,
}

/// Pictures of one size.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pictures {
    /// Rows and columns of each; none if these are numbers.
    pub sides: Option<(u32, u32)>,
    /// All of them, one after the other.
    pub values: Floats,
}

/// Why a unit answers as it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Because {
    /// The layer, by its place.
    pub layer: u32,
    /// The unit.
    pub unit: u32,
    /// Weight times pixel, 28×28.
    pub product: Pictures,
    /// What they sum to.
    pub sum: f32,
    /// That with the bias.
    pub total: f32,
}

/// Images of the data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Images {
    /// What was asked for.
    pub browse: Browse,
    /// How many there are.
    pub of: u32,
    /// Some of them.
    pub images: Vec<Sample>,
    /// What they were read as, where that is known.
    pub read: Vec<Option<u8>>,
}

/// What is kept of a training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Steps of optimizers that it had taken.
    pub steps: u64,
    /// When it was kept, in milliseconds since 1970.
    pub at: f64,
    /// Where it was in its loop; nothing, if it was in none that can be gone on with.
    pub round: Option<KeptRound>,
}

/// A round of the loop in which a program trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRound {
    /// The line of the loop, counted from 1.
    pub line: u32,
    /// Rounds that are over.
    pub over: u64,
}
