//! What the page asks about a program.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::LabCommand;

/// A message about a program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ProgramCommand {
    /// Takes this text and stands at its start; with `go`, runs it to its end.
    Load {
        /// Counts the texts.
        edition: u32,
        /// The program.
        text: String,
        /// Whether to run it at once.
        go: bool,
        /// Whether a run that is under way goes on under it from where it is, if it can.
        live: bool,
    },
    /// Runs on to the end.
    Go,
    /// Runs on by one unit.
    Step(Unit),
    /// Goes back by one unit.
    Back(Unit),
    /// Runs on until a statement on this line (counted from 1) is about to run.
    RunTo(u32),
    /// Stands still after the instruction under way.
    Pause,
    /// Goes to a moment: forward or back.
    Seek {
        /// Its clock.
        clock: u64,
    },
    /// Runs of any kind stop at these lines, counted from 1.
    Breakpoints(Vec<u32>),
    /// From now on, texts that are loaded go on from this moment; or, with false, begin at their start again. A run that has ended cannot
    /// be pinned.
    Pin(bool),
    /// Runs several versions of the program side by side, and nothing else of that kind any more; answered by `ProgramEvent::Race`, a few
    /// times a second and at the end.
    Race {
        /// Counts up; the answers carry it.
        id: u32,
        /// The versions. None ends a race.
        texts: Vec<String>,
    },
    /// Concerns the program's model.
    Lab(LabCommand),
    /// Asks for the kernels of a program, eager and fused; answered by `ProgramEvent::Schedule`.
    Schedule {
        /// Counts up; the answer carries it.
        id: u32,
        /// The program.
        text: String,
    },
    /// Asks for everything about a node, or for nothing any more; answered by `ProgramEvent::Detail`, now and whenever the run moves.
    Inspect {
        /// Which.
        node: Option<u32>,
        /// The first element that is to be shown, in row-major order.
        offset: u64,
    },
    /// Computes an expression, or runs a statement, on a copy of the run where it stands.
    Evaluate {
        /// Counts up; the answer carries it.
        id: u32,
        /// What was typed.
        text: String,
    },
    /// Puts a file into the program's folder.
    PutFile {
        /// Its name.
        name: String,
        /// Its content.
        content: ByteBuf,
    },
}

/// By what a run is stepped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// A line, into functions.
    Into,
    /// A line; calls count as a part of it.
    #[default]
    Line,
    /// Until the function is left.
    Out,
    /// An op of PyTorch.
    Op,
    /// A node of a backward pass.
    Node,
    /// A step of an optimizer.
    OptimizerStep,
}

impl Unit {
    /// All units, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Line, Self::Into, Self::Out, Self::Op, Self::Node, Self::OptimizerStep];
}
