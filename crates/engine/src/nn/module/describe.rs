//! `repr(module)`: what PyTorch prints.

use super::{Activation, Conv, ConvPadding, Kind, Module, Numbers, Recurrence};
use crate::dtype::Scalar;
use crate::ops::{Gelu, Padding};
use crate::python::{scalar, tuple};

fn flag(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

fn list<T: ToString>(items: &[T]) -> String {
    tuple(&items.iter().map(T::to_string).collect::<Vec<_>>())
}

fn numbers<T: Copy>(value: Numbers<T>, text: impl Fn(T) -> String) -> String {
    match value {
        Numbers::Both(n) => text(n),
        Numbers::Each(h, w) => tuple(&[text(h), text(w)]),
    }
}

impl Module {
    /// The name of its class.
    pub fn class(&self) -> &str {
        match self.kind() {
            Kind::Linear { .. } => "Linear",
            Kind::Conv(conv) if conv.kernel.len() == 1 => "Conv1d",
            Kind::Conv(_) => "Conv2d",
            Kind::Embedding { .. } => "Embedding",
            Kind::BatchNorm(norm) if norm.dims == 1 => "BatchNorm1d",
            Kind::BatchNorm(_) => "BatchNorm2d",
            Kind::LayerNorm { .. } => "LayerNorm",
            Kind::Dropout { channels: false, .. } => "Dropout",
            Kind::Dropout { channels: true, .. } => "Dropout2d",
            Kind::MaxPool2d(_) => "MaxPool2d",
            Kind::AvgPool2d(_) => "AvgPool2d",
            Kind::AdaptiveAvgPool2d(_) => "AdaptiveAvgPool2d",
            Kind::Cell(cell) => match cell.recurrence {
                Recurrence::Tanh | Recurrence::Relu => "RNNCell",
                Recurrence::Lstm => "LSTMCell",
                Recurrence::Gru => "GRUCell",
            },
            Kind::Flatten { .. } => "Flatten",
            Kind::Unflatten { .. } => "Unflatten",
            Kind::Identity => "Identity",
            Kind::Activation(activation) | Kind::InPlace(activation) => activation.class(),
            Kind::Loss(loss, _) => loss.class(),
            Kind::Sequential => "Sequential",
            Kind::List => "ModuleList",
            Kind::Dict => "ModuleDict",
            Kind::Custom(class) => class,
        }
    }

    fn options(&self) -> String {
        let number = |n: i64| n.to_string();
        match self.kind() {
            Kind::Linear { in_features, out_features, bias } => {
                let bias = flag(*bias);
                format!("in_features={in_features}, out_features={out_features}, bias={bias}")
            }
            Kind::Conv(conv) => convolution(conv),
            Kind::Embedding { rows, width, padding_idx: None } => format!("{rows}, {width}"),
            Kind::Embedding { rows, width, padding_idx: Some(i) } => {
                format!("{rows}, {width}, padding_idx={i}")
            }
            Kind::BatchNorm(norm) => format!(
                "{}, eps={}, momentum={}, affine={}, track_running_stats={}",
                norm.features,
                scalar(norm.eps),
                norm.momentum.map_or_else(|| "None".to_owned(), scalar),
                flag(norm.affine),
                flag(norm.track_running_stats)
            ),
            Kind::LayerNorm { shape, eps, affine } => {
                let (shape, eps, affine) = (list(shape), scalar(*eps), flag(*affine));
                format!("{shape}, eps={eps}, elementwise_affine={affine}")
            }
            Kind::Dropout { p, inplace, .. } => format!("p={}, inplace={}", scalar(*p), flag(*inplace)),
            Kind::MaxPool2d(pool) => {
                let sizes = [pool.kernel, pool.stride, pool.padding, pool.dilation];
                let [kernel, stride, padding, dilation] = sizes.map(|n| numbers(n, number));
                let ceil = flag(pool.ceil_mode);
                format!(
                    "kernel_size={kernel}, stride={stride}, padding={padding}, dilation={dilation}, ceil_mode={ceil}"
                )
            }
            Kind::AvgPool2d(pool) => {
                let [kernel, stride, padding] =
                    [pool.kernel, pool.stride, pool.padding].map(|n| numbers(n, number));
                format!("kernel_size={kernel}, stride={stride}, padding={padding}")
            }
            Kind::AdaptiveAvgPool2d(size) => {
                let text = |n: Option<i64>| n.map_or_else(|| "None".to_owned(), number);
                format!("output_size={}", numbers(*size, text))
            }
            Kind::Cell(cell) => {
                let bias = if cell.bias { "" } else { ", bias=False" };
                let relu = if cell.recurrence == Recurrence::Relu { ", nonlinearity=relu" } else { "" };
                format!("{}, {}{bias}{relu}", cell.input_size, cell.hidden_size)
            }
            Kind::Flatten { start_dim, end_dim } => format!("start_dim={start_dim}, end_dim={end_dim}"),
            Kind::Unflatten { dim, sizes } => format!("dim={dim}, unflattened_size={}", list(sizes)),
            Kind::Activation(activation) => activation.options(),
            Kind::InPlace(activation) => match activation.options() {
                none if none.is_empty() => "inplace=True".to_owned(),
                some => format!("{some}, inplace=True"),
            },
            Kind::Identity
            | Kind::Loss(..)
            | Kind::Sequential
            | Kind::List
            | Kind::Dict
            | Kind::Custom(_) => String::new(),
        }
    }
}

fn convolution(conv: &Conv) -> String {
    let mut text = format!(
        "{}, {}, kernel_size={}, stride={}",
        conv.in_channels,
        conv.out_channels,
        list(&conv.kernel),
        list(&conv.stride)
    );
    match &conv.padding {
        ConvPadding::Sizes(sizes) if sizes.iter().all(|&n| n == 0) => {}
        ConvPadding::Sizes(sizes) => text += &format!(", padding={}", list(sizes)),
        ConvPadding::Valid => text += ", padding=valid",
        ConvPadding::Same => text += ", padding=same",
    }
    if conv.dilation.iter().any(|&n| n != 1) {
        text += &format!(", dilation={}", list(&conv.dilation));
    }
    if conv.groups != 1 {
        text += &format!(", groups={}", conv.groups);
    }
    if !conv.bias {
        text += ", bias=False";
    }
    text + match conv.mode {
        Padding::Constant(_) => "",
        Padding::Reflect => ", padding_mode=reflect",
        Padding::Replicate => ", padding_mode=replicate",
        Padding::Circular => ", padding_mode=circular",
    }
}

impl Activation {
    fn options(self) -> String {
        let two = |a: &str, x: Scalar, b: &str, y: Scalar| format!("{a}={}, {b}={}", scalar(x), scalar(y));
        match self {
            Self::LeakyRelu(slope) => format!("negative_slope={}", scalar(slope)),
            Self::Elu(alpha) => format!("alpha={}", scalar(alpha)),
            Self::Gelu(Gelu::None) => "approximate='none'".to_owned(),
            Self::Gelu(Gelu::Tanh) => "approximate='tanh'".to_owned(),
            Self::Softplus(beta, threshold) => two("beta", beta, "threshold", threshold),
            Self::Hardtanh(low, high) => two("min_val", low, "max_val", high),
            Self::Softmax(dim) | Self::LogSoftmax(dim) => {
                dim.map_or_else(|| "dim=None".to_owned(), |dim| format!("dim={dim}"))
            }
            Self::Relu | Self::Relu6 | Self::Silu | Self::Sigmoid | Self::Tanh => String::new(),
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
