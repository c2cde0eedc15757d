//! `repr(module)`: what PyTorch prints.

use super::{Activation, Kind, Loss, Module};
use crate::python::{float, scalar};

impl Module {
    /// The name of its class.
    pub fn class(&self) -> &str {
        match self.kind() {
            Kind::Linear { .. } => "Linear",
            Kind::Flatten { .. } => "Flatten",
            Kind::Identity => "Identity",
            Kind::Activation(Activation::Relu) => "ReLU",
            Kind::Activation(Activation::LeakyRelu(_)) => "LeakyReLU",
            Kind::Activation(Activation::Elu(_)) => "ELU",
            Kind::Activation(Activation::Silu) => "SiLU",
            Kind::Activation(Activation::Sigmoid) => "Sigmoid",
            Kind::Activation(Activation::Tanh) => "Tanh",
            Kind::Activation(Activation::Softmax(_)) => "Softmax",
            Kind::Activation(Activation::LogSoftmax(_)) => "LogSoftmax",
            Kind::Loss(Loss::CrossEntropy, _) => "CrossEntropyLoss",
            Kind::Loss(Loss::Nll, _) => "NLLLoss",
            Kind::Loss(Loss::Mse, _) => "MSELoss",
            Kind::Loss(Loss::L1, _) => "L1Loss",
            Kind::Loss(Loss::SmoothL1, _) => "SmoothL1Loss",
            Kind::Loss(Loss::Huber, _) => "HuberLoss",
            Kind::Loss(Loss::Bce, _) => "BCELoss",
            Kind::Loss(Loss::BceWithLogits, _) => "BCEWithLogitsLoss",
            Kind::Loss(Loss::KlDiv, _) => "KLDivLoss",
            Kind::Loss(Loss::MultiMargin, _) => "MultiMarginLoss",
            Kind::Sequential => "Sequential",
            Kind::List => "ModuleList",
            Kind::Dict => "ModuleDict",
            Kind::Custom(class) => class,
        }
    }

    fn options(&self) -> String {
        match self.kind() {
            Kind::Linear { in_features, out_features, bias } => {
                let bias = scalar((*bias).into());
                format!("in_features={in_features}, out_features={out_features}, bias={bias}")
            }
            Kind::Flatten { start_dim, end_dim } => format!("start_dim={start_dim}, end_dim={end_dim}"),
            Kind::Activation(Activation::LeakyRelu(slope)) => format!("negative_slope={}", float(*slope)),
            Kind::Activation(Activation::Elu(alpha)) => format!("alpha={}", float(*alpha)),
            Kind::Activation(Activation::Softmax(dim) | Activation::LogSoftmax(dim)) => format!("dim={dim}"),
            Kind::Activation(_)
            | Kind::Identity
            | Kind::Loss(..)
            | Kind::Sequential
            | Kind::List
            | Kind::Dict
            | Kind::Custom(_) => String::new(),
        }
    }
}

/// As PyTorch prints it: children on lines of their own, indented.
impl std::fmt::Display for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let children = self.children();
        if children.is_empty() {
            return write!(f, "{}({})", self.class(), self.options());
        }
        writeln!(f, "{}(", self.class())?;
        for (name, child) in children {
            writeln!(f, "  ({name}): {}", child.to_string().replace('\n', "\n  "))?;
        }
        f.write_str(")")
    }
}
