//! Normalisation by mean and variance: of each channel over a batch, or of each example over its features.

use crate::engine::Engine;
use crate::error::{Error, Result, shape_error};
use crate::tensor::Tensor;

/// What batch normalisation knows besides its input. Each tensor has one element for a channel.
#[derive(Clone, Copy, Default)]
pub struct BatchStatistics<'a> {
    /// The mean of earlier batches; in training it is moved towards that of this one, in place.
    pub running_mean: Option<&'a Tensor>,
    /// Likewise their variance (with n − 1).
    pub running_var: Option<&'a Tensor>,
    /// What results are multiplied with.
    pub weight: Option<&'a Tensor>,
    /// What is added then.
    pub bias: Option<&'a Tensor>,
}

/// (x − mean) / √(variance + eps) · weight + bias for each channel, the second dimension of x (`[N, C, …]`). In
/// `training`, mean and variance are those of this batch, and the running ones become
/// (1 − momentum) · old + momentum · new; otherwise they are the running ones.
///
/// # Errors
/// [`Error::Shape`], with PyTorch's words, for shapes that do not fit.
pub fn batch_norm(
    x: &Tensor,
    known: &BatchStatistics<'_>,
    training: bool,
    momentum: f64,
    eps: f64,
) -> Result<Tensor> {
    let channels = x.shape().get(1).copied().unwrap_or(0);
    let per_channel = x.numel() / channels.max(1);
    if training && per_channel == 1 && x.ndim() > 1 {
        return shape_error(format!(
            "Expected more than 1 value per channel when training, got input size torch.Size({:?})",
            x.shape()
        ));
    }
    let named = [
        (known.running_mean, "running_mean"),
        (known.running_var, "running_var"),
        (known.weight, "weight"),
        (known.bias, "bias"),
    ];
    for (tensor, name) in named {
        match tensor {
            Some(t) if t.numel() != channels => {
                return shape_error(format!("{name} should contain {channels} elements not {}", t.numel()));
            }
            None if !training && name.starts_with("running") => {
                return shape_error(format!("{name} must be defined in evaluation mode"));
            }
            Some(_) | None => {}
        }
    }
    if x.ndim() < 2 {
        return shape_error(format!("expected at least 2D input (got {}D input)", x.ndim()));
    }
    let mut shape = vec![1; x.ndim()];
    shape[1] = channels;
    let others: Vec<i64> = (0..x.ndim()).filter(|&d| d != 1).map(|d| d as i64).collect();
    let statistics = || match (training, known.running_mean, known.running_var) {
        (false, Some(mean), Some(var)) => Ok((mean.reshape_to(&shape)?, var.reshape_to(&shape)?)),
        _ => Ok::<_, Error>((x.mean(&others, true)?, x.var(&others, 0, true)?)),
    };
    let engine = x.engine();
    engine.call("batch_norm", "NativeBatchNormBackward0", || {
        let (mean, var) = statistics()?;
        if training && x.numel() > 0 {
            track(engine, known, &mean, &var, per_channel, momentum)?;
        }
        scale(x, (&mean, &var), eps, [known.weight, known.bias], &shape)
    })
}

/// Moves the running statistics towards those of this batch.
fn track(
    engine: &Engine,
    known: &BatchStatistics<'_>,
    mean: &Tensor,
    var: &Tensor,
    n: usize,
    momentum: f64,
) -> Result<()> {
    engine.no_grad(|| {
        let unbiased = var.mul(n as f64 / (n as f64 - 1.0))?;
        for (running, new) in [(known.running_mean, mean), (known.running_var, &unbiased)] {
            if let Some(running) = running {
                let new = new.detach().reshape_to(running.shape())?;
                running.copy_(&running.mul(1.0 - momentum)?.add(&new.mul(momentum)?)?)?;
            }
        }
        Ok(())
    })
}

/// (x − mean) / √(var + eps) · weight + bias, in which weight and bias have `shape`.
fn scale(
    x: &Tensor,
    (mean, var): (&Tensor, &Tensor),
    eps: f64,
    [weight, bias]: [Option<&Tensor>; 2],
    shape: &[usize],
) -> Result<Tensor> {
    let mut out = x.sub(mean)?.div(&var.add(eps)?.sqrt()?)?;
    if let Some(weight) = weight {
        out = out.mul(&weight.reshape_to(shape)?)?;
    }
    match bias {
        Some(bias) => out.add(&bias.reshape_to(shape)?),
        None => Ok(out),
    }
}

/// (x − mean) / √(variance + eps) · weight + bias over the last dimensions, which must be `shape`; so must weight and
/// bias.
///
/// # Errors
/// [`Error::Shape`], with PyTorch's words, for shapes that do not fit.
pub fn layer_norm(
    x: &Tensor,
    shape: &[usize],
    weight: Option<&Tensor>,
    bias: Option<&Tensor>,
    eps: f64,
) -> Result<Tensor> {
    if shape.is_empty() {
        return shape_error(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got \
             normalized_shape = []",
        );
    }
    for (tensor, name) in [(weight, "weight"), (bias, "bias")] {
        if let Some(t) = tensor
            && t.shape() != shape
        {
            return shape_error(format!(
                "Expected {name} to be of same shape as normalized_shape, but got {name} of shape {:?} and \
                 normalized_shape = {shape:?}",
                t.shape()
            ));
        }
    }
    if !x.shape().ends_with(shape) {
        let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
        return shape_error(format!(
            "Given normalized_shape={shape:?}, expected input with shape [*, {}], but got input of size{:?}",
            sizes.join(", "),
            x.shape()
        ));
    }
    let dims: Vec<i64> = (1..=shape.len() as i64).map(|d| -d).collect();
    x.engine().call("layer_norm", "NativeLayerNormBackward0", || {
        scale(x, (&x.mean(&dims, true)?, &x.var(&dims, 0, true)?), eps, [weight, bias], shape)
    })
}
