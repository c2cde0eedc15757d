//! What the worker tells of a program.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{Detail, Graph, LabEvent, Place, Race, Schedule};

/// A message about a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ProgramEvent {
    /// Where the run stands; sent at every change, a few times a second while it runs.
    Position(Position),
    /// What was printed since the last report, and the figures that were shown.
    Output(Vec<Output>),
    /// All output up to here: sent after the run went back.
    Rewound(Vec<Output>),
    /// Everything that is wrong with the text, or with the run: none, once it is mended.
    Diagnostics(Vec<Diagnostic>),
    /// What was recorded, with small pictures of the values.
    Graph(Box<Graph>),
    /// The losses (the scalars on which `backward` was called) up to here; sent as they come.
    Losses(Vec<LossPoint>),
    /// Short values to stand behind the lines that made them.
    Inline(Vec<Inline>),
    /// Everything about the node that was asked for.
    Detail(Box<Detail>),
    /// What an expression came to.
    Evaluated(Evaluated),
    /// The program has written a file.
    Saved(SavedFile),
    /// How a race stands.
    Race(Box<Race>),
    /// Something about the program's model.
    Lab(LabEvent),
    /// The kernels of a program.
    Schedule(Box<Schedule>),
}

/// Whether a program runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProgramState {
    /// There is no text, or it has errors.
    Empty,
    /// It is running.
    Running,
    /// It stands before a statement, an op or a node.
    Paused,
    /// It waits for data that are being loaded.
    Waiting(String),
    /// It has come to its end.
    Finished,
    /// It ended with an exception.
    Failed,
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Which text.
    pub edition: u32,
    /// Whether it runs.
    pub state: ProgramState,
    /// The line of the statement that is about to run, or is running, counted from 1.
    pub line: Option<u32>,
    /// Instructions run so far.
    pub clock: u64,
    /// The clock at the farthest moment that was reached.
    pub end: u64,
    /// Ops recorded so far.
    pub ops: u64,
    /// Steps of optimizers so far.
    pub steps: u64,
    /// The node of a backward pass that was visited last, if one is under way.
    pub visiting: Option<u32>,
    /// Milliseconds of computing since the start.
    pub millis: f64,
    /// Moments that can be gone to at once.
    pub moments: Vec<Moment>,
    /// The moment from which texts go on, if they do not begin at their start.
    pub pinned: Option<Moment>,
}

/// A moment that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Its clock.
    pub clock: u64,
    /// Steps of optimizers before it.
    pub steps: u64,
}

/// Something that a program puts out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Output {
    /// Text, with its line ends.
    Text(String),
    /// Text to `sys.stderr`, and tracebacks.
    Error(String),
    /// A figure, as SVG.
    Figure(String),
}

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Severity {
    /// The program cannot go on.
    Error,
    /// A likely mistake.
    Warning,
}

/// Something wrong, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad.
    pub severity: Severity,
    /// Where, in bytes of the text.
    pub place: Place,
    /// `RuntimeError: …`, in PyTorch's or Python's words.
    pub message: String,
    /// What a learner can do.
    pub hint: Option<String>,
    /// An edit that mends it, if there is one that is certain: the bytes that are replaced, and by what.
    pub fix: Option<(Place, String)>,
    /// The node that is to blame.
    pub node: Option<u32>,
}

/// The value of a loss at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LossPoint {
    /// When.
    pub clock: u64,
    /// Steps of optimizers before it.
    pub steps: u64,
    /// The value.
    pub value: f64,
}

/// A short value behind a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inline {
    /// Counted from 1.
    pub line: u32,
    /// `[3, 4]  mean 0.12`
    pub text: String,
    /// The newest node of that line.
    pub node: Option<u32>,
}

/// What an expression came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluated {
    /// Of the command.
    pub id: u32,
    /// What Python would print.
    pub output: Vec<Output>,
}

/// A file that a program has written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: ByteBuf,
}
