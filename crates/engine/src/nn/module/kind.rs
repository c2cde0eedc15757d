//! What a module can be, with the options that PyTorch prints. Numbers are kept as the program wrote them: `2` and
//! `(2, 2)`, or `1` and `1.0`, mean the same and are printed differently.

use super::{Activation, Loss};
use crate::dtype::Scalar;
use crate::error::{Error, Result};
use crate::nn::Reduction;
use crate::ops::Padding;

/// What a module is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `Linear`: x · weightᵀ + bias.
    Linear {
        /// The size of the last dimension of x.
        in_features: usize,
        /// The size of it in the result.
        out_features: usize,
        /// Whether there is a bias.
        bias: bool,
    },
    /// `Conv1d` and `Conv2d`.
    Conv(Conv),
    /// `Embedding`: a row of a table for each integer.
    Embedding {
        /// The number of rows.
        rows: usize,
        /// The size of a row.
        width: usize,
        /// The row that begins as zeros and receives no gradient.
        padding_idx: Option<i64>,
    },
    /// `BatchNorm1d` and `BatchNorm2d`.
    BatchNorm(BatchNorm),
    /// `LayerNorm`.
    LayerNorm {
        /// The sizes of the last dimensions, over which it normalises.
        shape: Vec<usize>,
        /// What is added to the variance.
        eps: Scalar,
        /// Whether there are a weight and a bias.
        affine: bool,
    },
    /// `Dropout` and `Dropout2d`.
    Dropout {
        /// The probability of becoming zero.
        p: Scalar,
        /// Whether it writes into its input.
        inplace: bool,
        /// Whether whole channels become zero: `Dropout2d`.
        channels: bool,
    },
    /// `MaxPool2d`.
    MaxPool2d(MaxPool),
    /// `AvgPool2d`.
    AvgPool2d(AvgPool),
    /// `AdaptiveAvgPool2d`: the size of the result, in which `None` is that of the input.
    AdaptiveAvgPool2d(Numbers<Option<i64>>),
    /// `RNNCell`, `LSTMCell` and `GRUCell`.
    Cell(Cell),
    /// `Flatten`.
    Flatten {
        /// The first dimension of those that become one.
        start_dim: i64,
        /// The last one.
        end_dim: i64,
    },
    /// `Unflatten`.
    Unflatten {
        /// The dimension that becomes several.
        dim: i64,
        /// Their sizes; one may be −1.
        sizes: Vec<i64>,
    },
    /// `Identity`.
    Identity,
    /// An elementwise function or a softmax.
    Activation(Activation),
    /// The same with `inplace=True`: it writes into its input.
    InPlace(Activation),
    /// `MSELoss`, `CrossEntropyLoss` and so on.
    Loss(Loss, Reduction),
    /// `Sequential`.
    Sequential,
    /// `ModuleList`.
    List,
    /// `ModuleDict`.
    Dict,
    /// A class of the program.
    Custom(String),
}

/// An option for height and width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers<T> {
    /// One number for both.
    Both(T),
    /// One for each.
    Each(T, T),
}

impl<T: Copy> Numbers<T> {
    /// Height and width.
    pub fn pair(self) -> [T; 2] {
        match self {
            Self::Both(n) => [n, n],
            Self::Each(h, w) => [h, w],
        }
    }
}

/// The options of a convolution: lists have an entry for each dimension, and the kernel's length says how many there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Conv {
    /// Channels of the input.
    pub in_channels: usize,
    /// Channels of the result.
    pub out_channels: usize,
    /// The size of a window.
    pub kernel: Vec<i64>,
    /// From a window to the next.
    pub stride: Vec<i64>,
    /// What is added around the input.
    pub padding: ConvPadding,
    /// From an element of a window to the next.
    pub dilation: Vec<i64>,
    /// Into how many parts the channels are cut.
    pub groups: i64,
    /// Whether there is a bias.
    pub bias: bool,
    /// What the margin is filled with. The constant of `zeros` is 0.
    pub mode: Padding,
}

/// The margin of a convolution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConvPadding {
    /// So much at both ends of each dimension.
    Sizes(Vec<i64>),
    /// None.
    Valid,
    /// As much as keeps the input's size.
    Same,
}

impl Conv {
    /// PyTorch's defaults: stride 1, no margin, a bias. One kernel size makes it a `Conv1d`, two a `Conv2d`.
    pub fn new(in_channels: usize, out_channels: usize, kernel: &[i64]) -> Self {
        let each = |n| vec![n; kernel.len()];
        let padding = ConvPadding::Sizes(each(0));
        let mode = Padding::Constant(0.0.into());
        let (stride, dilation, kernel) = (each(1), each(1), kernel.to_vec());
        Self { in_channels, out_channels, kernel, stride, padding, dilation, groups: 1, bias: true, mode }
    }

    /// Refuses what PyTorch's constructor refuses.
    pub(super) fn check(&self) -> Result<()> {
        let value = |text: &str| Err(Error::Value(text.to_owned()));
        let dims = self.kernel.len();
        let margins = if let ConvPadding::Sizes(sizes) = &self.padding { sizes.len() } else { dims };
        if !matches!(dims, 1 | 2) || [self.stride.len(), self.dilation.len(), margins] != [dims; 3] {
            return value("a convolution has options for one dimension or for two");
        }
        let groups = usize::try_from(self.groups).unwrap_or(0);
        if groups == 0 {
            return value("groups must be a positive integer");
        }
        if !self.in_channels.is_multiple_of(groups) {
            return value("in_channels must be divisible by groups");
        }
        if !self.out_channels.is_multiple_of(groups) {
            return value("out_channels must be divisible by groups");
        }
        if self.padding == ConvPadding::Same && self.stride.iter().any(|&s| s != 1) {
            return value("padding='same' is not supported for strided convolutions");
        }
        Ok(())
    }

    /// `[out, in / groups, kernel…]`.
    pub(super) fn weight_shape(&self) -> Result<Vec<usize>> {
        let inner = self.in_channels / usize::try_from(self.groups).unwrap_or(1).max(1);
        let mut shape = vec![self.out_channels, inner];
        for &n in &self.kernel {
            let Ok(n) = usize::try_from(n) else {
                let text = "Trying to create tensor with negative dimension";
                let sizes = [&[self.out_channels as i64, inner as i64], self.kernel.as_slice()].concat();
                return Err(Error::Shape(format!("{text} {n}: {sizes:?}")));
            };
            shape.push(n);
        }
        Ok(shape)
    }

    /// The margin as [`Tensor::pad`](crate::Tensor::pad) takes it: the last dimension first, both ends of each.
    pub(super) fn margin(&self) -> Vec<i64> {
        let dims = self.kernel.iter().zip(&self.dilation);
        match &self.padding {
            ConvPadding::Sizes(sizes) => sizes.iter().rev().flat_map(|&n| [n, n]).collect(),
            ConvPadding::Valid => vec![0; 2 * self.kernel.len()],
            ConvPadding::Same => {
                let totals = dims.rev().map(|(&k, d)| d.saturating_mul(k.saturating_sub(1)));
                totals.flat_map(|total| [total / 2, total - total / 2]).collect()
            }
        }
    }
}

/// The options of `MaxPool2d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxPool {
    /// The size of a window.
    pub kernel: Numbers<i64>,
    /// From a window to the next.
    pub stride: Numbers<i64>,
    /// The margin at both ends.
    pub padding: Numbers<i64>,
    /// From an element of a window to the next.
    pub dilation: Numbers<i64>,
    /// Whether windows that reach beyond the end count.
    pub ceil_mode: bool,
    /// Whether the places of the largest elements are given, too.
    pub return_indices: bool,
}

impl MaxPool {
    /// Windows of this size side by side.
    pub fn new(kernel: Numbers<i64>) -> Self {
        let (padding, dilation) = (Numbers::Both(0), Numbers::Both(1));
        Self { kernel, stride: kernel, padding, dilation, ceil_mode: false, return_indices: false }
    }
}

/// The options of `AvgPool2d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AvgPool {
    /// The size of a window.
    pub kernel: Numbers<i64>,
    /// From a window to the next.
    pub stride: Numbers<i64>,
    /// The margin at both ends.
    pub padding: Numbers<i64>,
    /// Whether windows that reach beyond the end count.
    pub ceil_mode: bool,
    /// Whether the zeros of the margin count.
    pub count_include_pad: bool,
    /// What sums are divided by, whatever counts.
    pub divisor_override: Option<i64>,
}

impl AvgPool {
    /// Windows of this size side by side.
    pub fn new(kernel: Numbers<i64>) -> Self {
        let padding = Numbers::Both(0);
        let (stride, divisor_override) = (kernel, None);
        Self { kernel, stride, padding, ceil_mode: false, count_include_pad: true, divisor_override }
    }
}

/// The options of batch normalisation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchNorm {
    /// 1 for `BatchNorm1d`, 2 for `BatchNorm2d`.
    pub dims: usize,
    /// The number of channels.
    pub features: usize,
    /// What is added to the variance.
    pub eps: Scalar,
    /// How far the running statistics move towards those of a batch; with `None` they are the means of all batches.
    pub momentum: Option<Scalar>,
    /// Whether there are a weight and a bias.
    pub affine: bool,
    /// Whether there are running statistics.
    pub track_running_stats: bool,
}

impl BatchNorm {
    /// PyTorch's defaults.
    pub fn new(dims: usize, features: usize) -> Self {
        let (eps, momentum) = (1e-5.into(), Some(0.1.into()));
        Self { dims, features, eps, momentum, affine: true, track_running_stats: true }
    }
}

/// One step of a recurrent network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What the step computes.
    pub recurrence: Recurrence,
    /// The size of an input.
    pub input_size: usize,
    /// The size of the state.
    pub hidden_size: usize,
    /// Whether there are biases.
    pub bias: bool,
}

/// What a [`Cell`] computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recurrence {
    /// `RNNCell` with tanh.
    Tanh,
    /// `RNNCell` with ReLU.
    Relu,
    /// `LSTMCell`.
    Lstm,
    /// `GRUCell`.
    Gru,
}
