//! The loss modules: their options, and the functions they call.

use super::Module;
use crate::error::Result;
use crate::nn::{ClassLoss, Reduction, loss};
use crate::tensor::Tensor;

/// Which loss. Weights are buffers of the module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Loss {
    /// `CrossEntropyLoss`
    CrossEntropy {
        /// Targets of this class do not count.
        ignore_index: i64,
        /// The part of each target that is spread over all classes.
        label_smoothing: f64,
    },
    /// `NLLLoss`
    Nll {
        /// Targets of this class do not count.
        ignore_index: i64,
    },
    /// `MSELoss`
    Mse,
    /// `L1Loss`
    L1,
    /// `SmoothL1Loss`
    SmoothL1 {
        /// From where on it is straight.
        beta: f64,
    },
    /// `HuberLoss`
    Huber {
        /// From where on it is straight.
        delta: f64,
    },
    /// `BCELoss`
    Bce,
    /// `BCEWithLogitsLoss`
    BceWithLogits,
    /// `KLDivLoss`
    KlDiv {
        /// Whether targets are logarithms, too.
        log_target: bool,
    },
    /// `MultiMarginLoss`
    MultiMargin {
        /// The power, 1 or 2.
        p: i64,
        /// The margin.
        margin: f64,
    },
    /// `HingeEmbeddingLoss`
    HingeEmbedding {
        /// The margin.
        margin: f64,
    },
    /// `SoftMarginLoss`
    SoftMargin,
    /// `MarginRankingLoss`, of two inputs and a target
    MarginRanking {
        /// The margin.
        margin: f64,
    },
    /// `CosineEmbeddingLoss`, of two inputs and a target
    CosineEmbedding {
        /// The margin.
        margin: f64,
    },
    /// `GaussianNLLLoss`, of an input, a target and a variance
    GaussianNll {
        /// Whether the constant term is added.
        full: bool,
        /// The smallest variance.
        eps: f64,
    },
    /// `PoissonNLLLoss`
    PoissonNll {
        /// Whether inputs are logarithms.
        log_input: bool,
        /// Whether Stirling's term is added.
        full: bool,
        /// What is added to inputs that are not logarithms.
        eps: f64,
    },
}

/// Every loss with PyTorch's defaults.
const DEFAULTS: [Loss; 16] = [
    Loss::CrossEntropy { ignore_index: -100, label_smoothing: 0.0 },
    Loss::Nll { ignore_index: -100 },
    Loss::Mse,
    Loss::L1,
    Loss::SmoothL1 { beta: 1.0 },
    Loss::Huber { delta: 1.0 },
    Loss::Bce,
    Loss::BceWithLogits,
    Loss::KlDiv { log_target: false },
    Loss::MultiMargin { p: 1, margin: 1.0 },
    Loss::HingeEmbedding { margin: 1.0 },
    Loss::SoftMargin,
    Loss::MarginRanking { margin: 0.0 },
    Loss::CosineEmbedding { margin: 0.0 },
    Loss::GaussianNll { full: false, eps: 1e-6 },
    Loss::PoissonNll { log_input: true, full: false, eps: 1e-8 },
];

impl Loss {
    /// The loss of this class, with PyTorch's default options.
    pub fn named(class: &str) -> Option<Self> {
        DEFAULTS.into_iter().find(|loss| loss.class() == class)
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::CrossEntropy { .. } => "CrossEntropyLoss",
            Self::Nll { .. } => "NLLLoss",
            Self::Mse => "MSELoss",
            Self::L1 => "L1Loss",
            Self::SmoothL1 { .. } => "SmoothL1Loss",
            Self::Huber { .. } => "HuberLoss",
            Self::Bce => "BCELoss",
            Self::BceWithLogits => "BCEWithLogitsLoss",
            Self::KlDiv { .. } => "KLDivLoss",
            Self::MultiMargin { .. } => "MultiMarginLoss",
            Self::HingeEmbedding { .. } => "HingeEmbeddingLoss",
            Self::SoftMargin => "SoftMarginLoss",
            Self::MarginRanking { .. } => "MarginRankingLoss",
            Self::CosineEmbedding { .. } => "CosineEmbeddingLoss",
            Self::GaussianNll { .. } => "GaussianNLLLoss",
            Self::PoissonNll { .. } => "PoissonNLLLoss",
        }
    }

    /// What its forward takes.
    pub(super) fn inputs(self) -> &'static [&'static str] {
        match self {
            Self::MarginRanking { .. } | Self::CosineEmbedding { .. } => &["input1", "input2", "target"],
            Self::GaussianNll { .. } => &["input", "target", "var"],
            Self::PoissonNll { .. } => &["log_input", "target"],
            Self::CrossEntropy { .. }
            | Self::Nll { .. }
            | Self::Mse
            | Self::L1
            | Self::SmoothL1 { .. }
            | Self::Huber { .. }
            | Self::Bce
            | Self::BceWithLogits
            | Self::KlDiv { .. }
            | Self::MultiMargin { .. }
            | Self::HingeEmbedding { .. }
            | Self::SoftMargin => &["input", "target"],
        }
    }

    /// The buffers that it has, if the program gave them values.
    pub(super) fn weights(self) -> &'static [&'static str] {
        match self {
            Self::CrossEntropy { .. } | Self::Nll { .. } | Self::MultiMargin { .. } | Self::Bce => {
                &["weight"]
            }
            Self::BceWithLogits => &["weight", "pos_weight"],
            Self::Mse
            | Self::L1
            | Self::SmoothL1 { .. }
            | Self::Huber { .. }
            | Self::KlDiv { .. }
            | Self::HingeEmbedding { .. }
            | Self::SoftMargin
            | Self::MarginRanking { .. }
            | Self::CosineEmbedding { .. }
            | Self::GaussianNll { .. }
            | Self::PoissonNll { .. } => &[],
        }
    }
}

impl Module {
    /// The loss of two tensors, or of three: `z` is that of [`Loss::inputs`].
    pub(super) fn compute_loss(&self, loss: Loss, r: Reduction, [x, y, z]: [&Tensor; 3]) -> Result<Tensor> {
        let (weight, pos_weight) = (self.buffer("weight"), self.buffer("pos_weight"));
        let classes = |ignore_index, label_smoothing| ClassLoss {
            weight: weight.clone(),
            ignore_index: Some(ignore_index),
            label_smoothing,
            reduction: r,
        };
        let weight = weight.as_ref();
        match loss {
            Loss::CrossEntropy { ignore_index, label_smoothing } => {
                loss::cross_entropy_with(x, y, &classes(ignore_index, label_smoothing))
            }
            Loss::Nll { ignore_index } => loss::nll_loss(x, y, &classes(ignore_index, 0.0)),
            Loss::Mse => loss::mse_loss(x, y, r),
            Loss::L1 => loss::l1_loss(x, y, r),
            Loss::SmoothL1 { beta } => loss::smooth_l1_loss(x, y, beta, r),
            Loss::Huber { delta } => loss::huber_loss(x, y, delta, r),
            Loss::Bce => loss::binary_cross_entropy(x, y, weight, r),
            Loss::BceWithLogits => {
                loss::binary_cross_entropy_with_logits(x, y, weight, pos_weight.as_ref(), r)
            }
            Loss::KlDiv { log_target } => loss::kl_div(x, y, log_target, r),
            Loss::MultiMargin { p, margin } => loss::multi_margin_loss(x, y, p, margin, weight, r),
            Loss::HingeEmbedding { margin } => loss::hinge_embedding_loss(x, y, margin, r),
            Loss::SoftMargin => loss::soft_margin_loss(x, y, r),
            Loss::MarginRanking { margin } => loss::margin_ranking_loss(x, y, z, margin, r),
            Loss::CosineEmbedding { margin } => loss::cosine_embedding_loss(x, y, z, margin, r),
            Loss::GaussianNll { full, eps } => loss::gaussian_nll_loss(x, y, z, full, eps, r),
            Loss::PoissonNll { log_input, full, eps } => {
                loss::poisson_nll_loss(x, y, log_input, full, eps, r)
            }
        }
    }
}
