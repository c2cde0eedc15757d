//! Making modules, with PyTorch's initial values, drawn from the engine's generator in PyTorch's order.

use super::{BatchNorm, Cell, Conv, Kind, Loss, Module, Recurrence};
use crate::dtype::{DType, Scalar};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::checked_numel;
use crate::nn::Reduction;
use crate::random::init;
use crate::tensor::Tensor;

/// A leaf without values of its own.
fn leaf(engine: &Engine, shape: &[usize], value: f64) -> Result<Tensor> {
    let parameter = engine.full(shape, value, DType::Float32)?;
    parameter.requires_grad_(true)?;
    Ok(parameter)
}

impl Module {
    /// Adds a parameter; without one its name keeps a place, as in PyTorch.
    fn with(self, name: &str, parameter: Option<Tensor>) -> Self {
        self.set_parameter(name, parameter);
        self
    }

    /// A weight and perhaps a bias, uniform within ±1/√fan_in.
    fn affine(engine: &Engine, kind: Kind, shape: &[usize], bias: bool) -> Result<Self> {
        let weight = leaf(engine, shape, 0.0)?;
        let bias = if bias { Some(leaf(engine, &shape[..1], 0.0)?) } else { None };
        // A convolution of nothing draws no bias.
        let drawn = bias.as_ref().filter(|_| shape.len() == 2 || !shape.contains(&0));
        init::linear_(&weight, drawn)?;
        Ok(Self::new(kind).with("weight", Some(weight)).with("bias", bias))
    }

    /// `Linear(in_features, out_features, bias)`.
    ///
    /// # Errors
    /// [`Error::TooLarge`], and what the backend says.
    pub fn linear(engine: &Engine, in_features: usize, out_features: usize, bias: bool) -> Result<Self> {
        let kind = Kind::Linear { in_features, out_features, bias };
        Self::affine(engine, kind, &[out_features, in_features], bias)
    }

    /// `Conv1d` or `Conv2d`: see [`Conv::new`].
    ///
    /// # Errors
    /// [`Error::Value`] for options that do not fit each other; [`Error::Shape`], [`Error::TooLarge`].
    pub fn conv(engine: &Engine, conv: Conv) -> Result<Self> {
        conv.check()?;
        let (shape, bias) = (conv.weight_shape()?, conv.bias);
        Self::affine(engine, Kind::Conv(conv), &shape, bias)
    }

    /// `Embedding(rows, width, padding_idx)`: normal values. A negative `padding_idx` counts from the end.
    ///
    /// # Errors
    /// [`Error::Value`] if there is no such row, [`Error::TooLarge`].
    pub fn embedding(engine: &Engine, rows: usize, width: usize, padding_idx: Option<i64>) -> Result<Self> {
        let n = rows as i64;
        if padding_idx.is_some_and(|i| !(-n..n).contains(&i)) {
            return Err(Error::Value("Padding_idx must be within num_embeddings".to_owned()));
        }
        let padding_idx = padding_idx.map(|i| if i < 0 { i + n } else { i });
        let weight = leaf(engine, &[rows, width], 0.0)?;
        init::embedding_(&weight, padding_idx.and_then(|i| usize::try_from(i).ok()))?;
        Ok(Self::new(Kind::Embedding { rows, width, padding_idx }).with("weight", Some(weight)))
    }

    /// `BatchNorm1d` or `BatchNorm2d`: see [`BatchNorm::new`].
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn batch_norm(engine: &Engine, norm: BatchNorm) -> Result<Self> {
        let shape = [norm.features];
        let parameter = |value| if norm.affine { leaf(engine, &shape, value).map(Some) } else { Ok(None) };
        let module = Self::new(Kind::BatchNorm(norm));
        let module = module.with("weight", parameter(1.0)?).with("bias", parameter(0.0)?);
        let buffer = |shape: &[usize], value: Scalar, dtype| {
            if norm.track_running_stats { engine.full(shape, value, dtype).map(Some) } else { Ok(None) }
        };
        module.set_buffer("running_mean", buffer(&shape, 0.0.into(), DType::Float32)?);
        module.set_buffer("running_var", buffer(&shape, 1.0.into(), DType::Float32)?);
        module.set_buffer("num_batches_tracked", buffer(&[], 0i64.into(), DType::Int64)?);
        Ok(module)
    }

    /// `LayerNorm(shape, eps, elementwise_affine)`.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn layer_norm(
        engine: &Engine,
        shape: &[usize],
        eps: impl Into<Scalar>,
        affine: bool,
    ) -> Result<Self> {
        let parameter = |value| if affine { leaf(engine, shape, value).map(Some) } else { Ok(None) };
        let module = Self::new(Kind::LayerNorm { shape: shape.to_vec(), eps: eps.into(), affine });
        Ok(module.with("weight", parameter(1.0)?).with("bias", parameter(0.0)?))
    }

    /// `Dropout(p, inplace)`, or with `channels` `Dropout2d`.
    ///
    /// # Errors
    /// [`Error::Value`] unless 0 ≤ p ≤ 1.
    pub fn dropout(p: impl Into<Scalar>, inplace: bool, channels: bool) -> Result<Self> {
        let p = p.into();
        if !(0.0..=1.0).contains(&p.to_f64()) {
            let found = crate::python::scalar(p);
            let text = "dropout probability has to be between 0 and 1, but got";
            return Err(Error::Value(format!("{text} {found}")));
        }
        Ok(Self::new(Kind::Dropout { p, inplace, channels }))
    }

    /// `RNNCell`, `LSTMCell` or `GRUCell`: weights `[gates · hidden, input]` and `[gates · hidden, hidden]`, uniform within
    /// ±1/√hidden.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn cell(engine: &Engine, cell: Cell) -> Result<Self> {
        let gates = match cell.recurrence {
            Recurrence::Tanh | Recurrence::Relu => 1,
            Recurrence::Gru => 3,
            Recurrence::Lstm => 4,
        };
        let rows = cell.hidden_size.saturating_mul(gates);
        checked_numel(&[rows])?;
        let mut parameters =
            vec![leaf(engine, &[rows, cell.input_size], 0.0)?, leaf(engine, &[rows, cell.hidden_size], 0.0)?];
        if cell.bias {
            parameters.extend([leaf(engine, &[rows], 0.0)?, leaf(engine, &[rows], 0.0)?]);
        }
        init::recurrent_(&parameters, cell.hidden_size)?;
        let module = Self::new(Kind::Cell(cell));
        for (i, name) in ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].iter().enumerate() {
            module.set_parameter(name, parameters.get(i).cloned());
        }
        Ok(module)
    }

    /// A loss, with the weights that it may have: of classes or elements, and (`BCEWithLogitsLoss`) of positive targets.
    ///
    /// # Errors
    /// [`Error::Type`] for a weight that the loss does not take.
    pub fn loss(
        loss: Loss,
        reduction: Reduction,
        weight: Option<Tensor>,
        pos_weight: Option<Tensor>,
    ) -> Result<Self> {
        let module = Self::new(Kind::Loss(loss, reduction));
        for (name, value) in [("weight", weight), ("pos_weight", pos_weight)] {
            if loss.weights().contains(&name) {
                module.set_buffer(name, value);
            } else if value.is_some() {
                let text = format!("__init__() got an unexpected keyword argument '{name}'");
                return Err(Error::Type(text));
            }
        }
        Ok(module)
    }
}
