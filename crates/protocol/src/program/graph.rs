//! The graph that a program has recorded, as it is drawn.

use serde::{Deserialize, Serialize};

use crate::floats::Floats;

/// A range of bytes of the program text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// What was recorded, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    /// Which text recorded it.
    pub edition: u32,
    /// The clock at which it looked like this.
    pub clock: u64,
    /// A node comes after its inputs.
    pub nodes: Vec<Node>,
    /// Older nodes that are not in `nodes`, because there are too many.
    pub left_out: u64,
}

/// A tensor of the graph, and the op that computed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Names it as long as the text and the run are the same; a rerun of the same text gives the same numbers.
    pub id: u32,
    /// What it is.
    pub kind: NodeKind,
    /// PyTorch's name of the function: `mul`, `linear`; empty for what was not computed.
    pub op: String,
    /// The variable that holds it: `w`, `fc1.weight`.
    pub name: Option<String>,
    /// Its sizes.
    pub shape: Vec<u32>,
    /// `float32`, as PyTorch names it.
    pub dtype: String,
    /// The line that made it, counted from 1.
    pub line: Option<u32>,
    /// The expression that made it.
    pub place: Option<Place>,
    /// The modules that were being called, from the outermost: `["net", "fc1"]`. A fold of the drawing.
    pub modules: Vec<String>,
    /// The passes of the innermost loop of the program around it that came before; 0 outside of loops.
    pub turn: u32,
    /// What it was computed of, in the order of the op's arguments.
    pub inputs: Vec<u32>,
    /// Whether gradients flow through it.
    pub requires_grad: bool,
    /// What PyTorch prints: `MulBackward0`.
    pub grad_fn: Option<String>,
    /// Whether it was computed in a backward pass.
    pub backward: bool,
    /// Its value, made small.
    pub value: Option<Mini>,
    /// Its gradient, made small; none yet if nothing has arrived.
    pub gradient: Option<Mini>,
    /// How often a gradient has been added into its `.grad` (leaves) or arrived (others).
    pub arrivals: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NodeKind {
    /// A tensor from outside, without a gradient.
    Data,
    /// A number of the program text.
    Constant,
    /// A tensor whose gradient accumulates.
    Leaf,
    /// The same, as a parameter of a module.
    Parameter,
    /// The result of an op.
    Op,
    /// A result on which `backward` was called.
    Loss,
}

/// A tensor made small: at most 16 × 16 numbers, each the mean of those it stands for. Its last dimension lies in rows; all before it are
/// laid under each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mini {
    /// Rows of `values`.
    pub rows: u32,
    /// Columns of `values`.
    pub columns: u32,
    /// Row by row.
    pub values: Floats,
    /// The smallest finite number of the tensor itself.
    pub low: f32,
    /// The largest.
    pub high: f32,
    /// The numbers that are infinite or NaN.
    pub not_finite: u64,
}
