//! Everything about one node.

use serde::{Deserialize, Serialize};

use super::Mini;

/// Everything about one node, at the moment where the run stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// Which.
    pub node: u32,
    /// Its value; `None` if it is not kept any more.
    pub value: Option<Numbers>,
    /// Its gradient; `None` if nothing has arrived yet.
    pub gradient: Option<Numbers>,
    /// What is computed, with shapes: `z = x · W   [64×10] = [64×784]·[784×10]`.
    pub formula: String,
    /// How its gradient goes on to each input.
    pub derivatives: Vec<Derivative>,
    /// Analytic against finite differences, and this backend against the other.
    pub checks: Vec<Check>,
    /// The kernels that computed it.
    pub kernels: Vec<KernelInfo>,
    /// The update of the optimizer that changed it last, line by line.
    pub update: Vec<Step>,
}

/// A tensor in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numbers {
    /// Its sizes.
    pub shape: Vec<u32>,
    /// `float32`.
    pub dtype: String,
    /// The place of the first of `elements` in row-major order.
    pub offset: u64,
    /// A page of elements, as PyTorch prints numbers.
    pub elements: Vec<String>,
    /// The tensor as a picture: at most 64 × 64.
    pub picture: Mini,
    /// What can be said of all elements.
    pub statistics: Statistics,
}

/// What can be said of all elements of a tensor. Of those that are finite, except for the counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// Elements.
    pub count: u64,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation (of the sample).
    pub std: f64,
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
    /// Zeros.
    pub zeros: u64,
    /// NaN.
    pub nans: u64,
    /// Infinities.
    pub infinities: u64,
    /// Elements in each of some bins of equal width from `low` to `high`.
    pub histogram: Vec<u32>,
}

/// How a gradient goes on to one input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Derivative {
    /// Which input of the op, from 0.
    pub input: u32,
    /// The node of the graph that it is.
    pub node: Option<u32>,
    /// In tensor form: `∂L/∂W = xᵀ · G`.
    pub formula: String,
    /// With the shapes put in: `[784×64] · [64×10]`.
    pub shapes: String,
    /// With numbers put in, where they are few: `2 · 3 = 6`.
    pub numbers: Option<String>,
    /// What was repeated to fit, and is summed in the gradient.
    pub broadcast: Option<Broadcast>,
}

/// A broadcast input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Broadcast {
    /// Its own sizes.
    pub from: Vec<u32>,
    /// The sizes that it was repeated to.
    pub to: Vec<u32>,
    /// The dimensions of `to` over which its gradient is summed.
    pub summed: Vec<u32>,
}

/// One computation against another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// `analytic against finite difference`
    pub name: String,
    /// The largest difference, relative to the larger of the two.
    pub error: f64,
    /// Whether that is as it should be.
    pub passed: bool,
    /// What was compared, or why nothing could be.
    pub note: String,
}

/// A kernel that ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KernelInfo {
    /// Its name.
    pub name: String,
    /// The ops that it computed.
    pub ops: Vec<String>,
    /// WGSL, or how the CPU computes it.
    pub text: String,
    /// Workgroups, on a GPU.
    pub dispatch: Option<[u32; 3]>,
    /// Bytes read and written.
    pub bytes: u64,
    /// Arithmetic operations.
    pub flops: u64,
    /// Milliseconds, where they can be measured.
    pub millis: Option<f64>,
}

/// A line of an optimizer's update.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// `m ← β₁ · m + (1 − β₁) · g`
    pub formula: String,
    /// `0.9 · 0.5 + 0.1 · 2 = 0.65`, of the first elements.
    pub numbers: String,
}
