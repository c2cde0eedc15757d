//! The messages about a program that is run, stepped, gone back in and looked into.
//!
//! Each text that is run has an *edition*, which the page counts; what is told about a run carries it, so that late news of an older text
//! are known as such. Moments of a run are told apart by their *clock*: the instructions that were run before.

mod command;
mod detail;
mod event;
mod graph;
mod lab;
mod race;
mod schedule;

pub use command::{ProgramCommand, Unit};
pub use detail::{Broadcast, Check, Derivative, Detail, KernelInfo, Numbers, Statistics, Step};
pub use event::{
    Diagnostic, Evaluated, Inline, LossPoint, Moment, Output, Position, ProgramEvent, ProgramState,
    SavedFile, Severity,
};
pub use graph::{Graph, Mini, Node, NodeKind, Place};
pub use lab::{
    Because, Browse, Images, Kept, KeptRound, LabCommand, LabEvent, Layer, Looked, Measured, Misread,
    Pictures, Spread, Tested, WeightsFile,
};
pub use race::{Axis, Landscape, Lane, Race, Stand};
pub use schedule::{Launch, Launches, Schedule};
