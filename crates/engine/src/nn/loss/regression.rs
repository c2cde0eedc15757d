//! Losses of real numbers against real numbers. Shapes are broadcast, as in PyTorch.

use super::Reduction;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// (x − y)²
///
/// # Errors
/// [`Error::Broadcast`].
pub fn mse_loss(x: &Tensor, target: &Tensor, reduction: Reduction) -> Result<Tensor> {
    x.engine().call("mse_loss", "MseLossBackward0", || {
        let difference = x.sub(target)?;
        reduction.apply(&difference.mul(&difference)?)
    })
}

/// |x − y|
///
/// # Errors
/// [`Error::Broadcast`].
pub fn l1_loss(x: &Tensor, target: &Tensor, reduction: Reduction) -> Result<Tensor> {
    reduction.apply(&x.sub(target)?.abs()?)
}

/// d² / (2 · beta) where d = |x − y| is below beta, else d − beta / 2.
///
/// # Errors
/// [`Error::Broadcast`]; [`Error::Shape`] for a negative beta.
pub fn smooth_l1_loss(x: &Tensor, target: &Tensor, beta: f64, reduction: Reduction) -> Result<Tensor> {
    if beta < 0.0 {
        return Err(Error::Shape("smooth_l1_loss does not support negative values for beta.".to_owned()));
    }
    x.engine().call("smooth_l1_loss", "SmoothL1LossBackward0", || {
        let signed = x.sub(target)?;
        let d = signed.abs()?;
        let losses = if beta == 0.0 {
            // At 0 PyTorch's slope is that of the left side here, unlike that of |d|.
            signed.gt(0.0)?.where_(&signed, &signed.neg()?)?
        } else {
            let near = d.mul(0.5)?.mul(&d)?.div(beta)?;
            d.lt(beta)?.where_(&near, &d.sub(0.5 * beta)?)?
        };
        reduction.apply(&losses)
    })
}

/// d² / 2 where d = |x − y| is at most delta, else delta · (d − delta / 2).
///
/// # Errors
/// [`Error::Broadcast`]; [`Error::Shape`] for a delta that is not positive.
pub fn huber_loss(x: &Tensor, target: &Tensor, delta: f64, reduction: Reduction) -> Result<Tensor> {
    if delta <= 0.0 {
        return Err(Error::Shape("huber_loss does not support non-positive values for delta.".to_owned()));
    }
    x.engine().call("huber_loss", "HuberLossBackward0", || {
        let d = x.sub(target)?.abs()?;
        let near = d.mul(0.5)?.mul(&d)?;
        let far = d.sub(0.5 * delta)?.mul(delta)?;
        reduction.apply(&d.le(delta)?.where_(&near, &far)?)
    })
}
