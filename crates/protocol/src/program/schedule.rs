//! The kernels of a program: as its ops run one by one, and as they are fused.

use serde::{Deserialize, Serialize};

/// What a program comes to, in both ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// Of which question: that of the command.
    pub id: u32,
    /// Each op runs at once.
    pub eager: Launches,
    /// Ops wait for each other, and share kernels.
    pub fused: Launches,
    /// Fused, with everything on the CPU: where the program uses a GPU.
    pub on_cpu: Option<Launches>,
    /// Why only the beginning of the program is in it, or why there is nothing.
    pub note: Option<String>,
}

/// The kernels of one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Launches {
    /// Steps of optimizers in it.
    pub steps: u64,
    /// Kernels that ran.
    pub count: u64,
    /// Bytes that they read and wrote at least.
    pub bytes: u64,
    /// Arithmetic operations.
    pub flops: u64,
    /// Milliseconds in kernels, where all their devices tell them.
    pub millis: Option<f64>,
    /// The kernels, those that compute the same together, in the order in which they first ran.
    pub kernels: Vec<Launch>,
}

/// A kernel that ran, perhaps several times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Launch {
    /// Its name.
    pub name: String,
    /// The device that ran it: `CPU` or `WebGPU`.
    pub device: String,
    /// The ops that it computes.
    pub ops: Vec<String>,
    /// How often it ran.
    pub times: u64,
    /// Bytes that all of them read and wrote at least.
    pub bytes: u64,
    /// Arithmetic operations of all of them.
    pub flops: u64,
    /// Milliseconds of all of them, where the device tells them.
    pub millis: Option<f64>,
    /// How it is computed.
    pub text: String,
}
