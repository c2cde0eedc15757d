//! What can be measured. `tests/bench/README.md` defines the cases.

use serde::{Deserialize, Serialize};

/// A case of the bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenchCase {
    /// One training step of softmax regression at batch 128, without reading anything back.
    #[serde(rename = "train_step_b128")]
    TrainStep,
    /// One epoch of the same, the loss read every ten steps.
    #[serde(rename = "epoch_b128")]
    Epoch,
    /// One training step of a network with a hidden layer of 128 at batch 128.
    #[serde(rename = "mlp_step_b128")]
    MlpStep,
    /// One training step of a network with two convolutions at batch 64.
    #[serde(rename = "conv_step_b64")]
    ConvStep,
    /// Classifying one image, the probabilities read back.
    #[serde(rename = "predict1")]
    Predict,
    /// A product of two square matrices, 256 wide.
    #[serde(rename = "matmul_256")]
    MatMul256,
    /// The same, 512 wide.
    #[serde(rename = "matmul_512")]
    MatMul512,
    /// The same, 1024 wide.
    #[serde(rename = "matmul_1024")]
    MatMul1024,
    /// relu(a·b + c) on 4 Mi floats.
    #[serde(rename = "elementwise_4m")]
    Elementwise,
}

impl BenchCase {
    /// All cases.
    pub const ALL: [Self; 9] = [
        Self::TrainStep,
        Self::Epoch,
        Self::MlpStep,
        Self::ConvStep,
        Self::Predict,
        Self::MatMul256,
        Self::MatMul512,
        Self::MatMul1024,
        Self::Elementwise,
    ];
}

/// A measurement: times in milliseconds for one run of the case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchResult {
    /// `cpu` or `webgpu`.
    pub backend: String,
    /// Whether ops waited and were fused.
    pub fused: bool,
    /// The case.
    pub case: BenchCase,
    /// The loss of the 50th step, for training steps: it is known what must come out.
    pub loss: Option<f64>,
    /// The median of the samples.
    pub median_ms: f64,
    /// The best of the samples.
    pub min_ms: f64,
    /// The number of samples.
    pub n: u32,
    /// Billions of floating-point operations a second at the median, for products.
    pub gflops: Option<f64>,
    /// Billions of bytes read and written a second at the median, for elementwise kernels.
    pub gb_per_s: Option<f64>,
}
