//! Losses of probabilities, their logarithms, and other parameters of distributions.

use std::f64::consts::PI;

use super::Reduction;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// −weight · (y · ln x + (1 − y) · ln(1 − x)), the logarithms not below −100. x and y have one shape.
///
/// # Errors
/// [`Error::Value`] for other shapes, [`Error::Shape`] for different element types.
pub fn binary_cross_entropy(
    x: &Tensor,
    target: &Tensor,
    weight: Option<&Tensor>,
    reduction: Reduction,
) -> Result<Tensor> {
    if x.shape() != target.shape() {
        let [of_target, of_x] = [target, x].map(|t| format!("torch.Size({:?})", t.shape()));
        return Err(Error::Value(format!(
            "Using a target size ({of_target}) that is different to the input size ({of_x}) is deprecated. \
             Please ensure they have the same size."
        )));
    }
    if x.dtype() != target.dtype() {
        let (found, expected) = (target.dtype().scalar_type(), x.dtype().scalar_type());
        return Err(Error::Shape(format!("Found dtype {found} but expected {expected}")));
    }
    x.engine().call("binary_cross_entropy", "BinaryCrossEntropyBackward0", || {
        weighted(&bernoulli(x, target)?, weight, reduction)
    })
}

/// The slope is (x − y) / max(x · (1 − x), 1e-12), as PyTorch defines it. Where the lower bound counts, this is the slope
/// of a parabola whose value is put in place of the loss only while differentiating.
fn bernoulli(x: &Tensor, target: &Tensor) -> Result<Tensor> {
    // PyTorch has it in float32, whatever the tensors are.
    const LEAST: f64 = 1e-12f32 as f64;
    let inside = x.mul(&x.mul(-1.0)?.add(1.0)?)?.gt(LEAST)?;
    let loss = |x: &Tensor| {
        let other = x.mul(-1.0)?.add(1.0)?;
        let miss = target.sub(1.0)?.mul(&other.log()?.maximum(-100.0)?)?;
        miss.sub(&target.mul(&x.log()?.maximum(-100.0)?)?)
    };
    let safe = loss(&inside.where_(x, 0.5)?)?;
    let value = loss(&x.detach())?;
    let parabola = x.sub(target)?;
    let parabola = parabola.mul(&parabola)?.mul(0.5 / LEAST)?;
    let at_edge = value.detach().add(&parabola.sub(&parabola.detach())?)?;
    inside.where_(&safe, &at_edge)
}

fn weighted(losses: &Tensor, weight: Option<&Tensor>, reduction: Reduction) -> Result<Tensor> {
    match weight {
        Some(weight) => reduction.apply(&losses.mul(weight)?),
        None => reduction.apply(losses),
    }
}

/// Binary cross entropy of sigmoid(x), stable for any x; `pos_weight` weighs the targets that are 1.
///
/// # Errors
/// [`Error::Value`] if x and target have different shapes; [`Error::Broadcast`] for weights that do not fit.
pub fn binary_cross_entropy_with_logits(
    x: &Tensor,
    target: &Tensor,
    weight: Option<&Tensor>,
    pos_weight: Option<&Tensor>,
    reduction: Reduction,
) -> Result<Tensor> {
    if x.shape() != target.shape() {
        let [of_target, of_x] = [target, x].map(|t| format!("torch.Size({:?})", t.shape()));
        let text = format!("Target size ({of_target}) must be the same as input size ({of_x})");
        return Err(Error::Value(text));
    }
    x.engine().call("binary_cross_entropy_with_logits", "BinaryCrossEntropyWithLogitsBackward0", || {
        // ln(1 + e⁻ˣ) = ln(e⁻ᵐ + e⁻ˣ⁻ᵐ) + m for any m: the slope does not depend on it.
        let m = x.detach().neg()?.relu()?;
        let raised = m.neg()?.exp()?.add(&x.neg()?.sub(&m)?.exp()?)?.log()?.add(&m)?;
        let raised = match pos_weight {
            Some(w) => raised.mul(&w.sub(1.0)?.mul(target)?.add(1.0)?)?,
            None => raised,
        };
        let losses = target.mul(-1.0)?.add(1.0)?.mul(x)?.add(&raised)?;
        weighted(&losses, weight, reduction)
    })
}

/// y · (ln y − x), or eʸ · (y − x) if the target is a logarithm too; x is one. Shapes are broadcast.
///
/// # Errors
/// [`Error::Broadcast`].
pub fn kl_div(x: &Tensor, target: &Tensor, log_target: bool, reduction: Reduction) -> Result<Tensor> {
    if log_target {
        return reduction.apply(&target.exp()?.mul(&target.sub(x)?)?);
    }
    let zero = target.eq(0.0)?;
    let entropy = zero.where_(0.0, &target.mul(&zero.where_(1.0, target)?.log()?)?)?;
    reduction.apply(&entropy.sub(&target.mul(x)?)?)
}

/// (ln v + (x − y)² / v) / 2, where v is the variance but at least `eps`; with `full`, the constant ln(2π) / 2 too.
///
/// # Errors
/// [`Error::Value`] if the variance has neither the shape of x nor that with one value for the last dimension.
pub fn gaussian_nll_loss(
    x: &Tensor,
    target: &Tensor,
    variance: &Tensor,
    full: bool,
    eps: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    let (shape, of_variance) = (x.shape(), variance.shape());
    let front = &shape[..shape.len().saturating_sub(1)];
    let variance = if of_variance == shape || of_variance == [front, &[1]].concat() {
        variance.clone()
    } else if of_variance == front && !shape.is_empty() {
        variance.reshape_to(&[front, &[1]].concat())?
    } else {
        return Err(Error::Value("var is of incorrect size".to_owned()));
    };
    // The bound is not differentiated: what is below it has the slope that it would have there.
    let low = variance.detach();
    let variance = variance.add(&low.maximum(eps)?.sub(&low)?)?;
    let difference = x.sub(target)?;
    let mut losses = variance.log()?.add(&difference.mul(&difference)?.div(&variance)?)?.mul(0.5)?;
    if full {
        losses = losses.add(0.5 * (2.0 * PI).ln())?;
    }
    reduction.apply(&losses)
}

/// eˣ − y · x, or x − y · ln(x + eps) if x is no logarithm; with `full`, Stirling's approximation of ln y! for y > 1 too.
///
/// # Errors
/// [`Error::Broadcast`].
pub fn poisson_nll_loss(
    x: &Tensor,
    target: &Tensor,
    log_input: bool,
    full: bool,
    eps: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    let mut losses =
        if log_input { x.exp()?.sub(&target.mul(x)?)? } else { x.sub(&target.mul(&x.add(eps)?.log()?)?)? };
    if full {
        let large = target.gt(1.0)?;
        let y = large.where_(target, 1.0)?;
        let stirling = y.mul(&y.log()?)?.sub(&y)?.add(&y.mul(2.0 * PI)?.log()?.mul(0.5)?)?;
        losses = losses.add(&large.where_(&stirling, 0.0)?)?;
    }
    reduction.apply(&losses)
}
