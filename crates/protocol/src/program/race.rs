//! Several versions of a program side by side: their losses, and the ways of their parameters over the landscape of the loss.

use serde::{Deserialize, Serialize};

use super::{LossPoint, ProgramState};
use crate::floats::Floats;

/// How a race stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Race {
    /// Which race: that of the command.
    pub id: u32,
    /// One for each text, in their order.
    pub lanes: Vec<Lane>,
    /// What the ways lead over, once all have come to their end.
    pub landscape: Option<Landscape>,
    /// Why there is no landscape, if all have come to their end and there is none.
    pub note: Option<String>,
}

/// One version of the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// How its run does.
    pub state: ProgramState,
    /// The last line of its traceback, if it failed, or why it was ended.
    pub message: Option<String>,
    /// The scalars on which `backward` was called.
    pub losses: Vec<LossPoint>,
    /// The accuracies that it has printed, as parts of one.
    pub accuracies: Vec<LossPoint>,
    /// Milliseconds of computing.
    pub millis: f64,
    /// Where its parameters were on the landscape: before the first step of the optimizer, and after each that was kept.
    pub way: Vec<Stand>,
}

/// Where parameters were.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stand {
    /// Steps of the optimizer before.
    pub steps: u64,
    /// Along the first axis.
    pub x: f64,
    /// Along the second; 0, if there is none.
    pub y: f64,
}

/// The loss of the last step as a function of one or two numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Landscape {
    /// From left to right.
    pub x: Axis,
    /// From the bottom to the top, if there are two.
    pub y: Option<Axis>,
    /// Places along `x`.
    pub columns: u32,
    /// Places along `y`; 1, if there is none.
    pub rows: u32,
    /// The losses, row by row from the bottom.
    pub values: Floats,
}

/// A direction in the space of the parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// `w`, `w[1]`, or in words.
    pub name: String,
    /// The number at its beginning.
    pub low: f64,
    /// The number at its end.
    pub high: f64,
}
