//! Gradients kept within bounds, as by `torch.nn.utils.clip_grad_norm_` and `clip_grad_value_`.
//!
//! Nothing is read back: the norm stays on the device, and gradients are scaled by a factor that is there. The clipped
//! gradients are new tensors, because one tensor may be the gradient of several parameters.

use crate::engine::Engine;
use crate::error::Result;
use crate::ops::Reducer;
use crate::tensor::Tensor;

/// Scales the gradients so that the norm of all of them together is at most `max_norm`. Gives the norm before, as
/// a number on the device: 2 is the usual `norm_type`, infinity the largest absolute value.
///
/// # Errors
/// What the backend says.
pub fn clip_grad_norm_(engine: &Engine, params: &[Tensor], max_norm: f64, norm_type: f64) -> Result<Tensor> {
    engine.no_grad(|| {
        let mut total: Option<Tensor> = None;
        for g in params.iter().filter_map(Tensor::grad) {
            let part = measure(&g, norm_type)?;
            total = Some(match total {
                None => part,
                Some(before) if norm_type == f64::INFINITY => before.maximum(&part)?,
                Some(before) => before.add(&part)?,
            });
        }
        let Some(total) = total else { return engine.zeros(&[]) };
        let norm = if norm_type == f64::INFINITY || norm_type == 1.0 {
            total
        } else if norm_type == 2.0 {
            total.sqrt()?
        } else {
            total.pow(1.0 / norm_type)?
        };
        let over = norm.add(1e-6)?;
        let scale = engine.full(&[], max_norm, norm.dtype())?.div(&over)?.minimum(1.0)?;
        change(params, |g| g.mul(&scale.to(g.dtype())?))?;
        Ok(norm)
    })
}

/// What the norm of several tensors is put together from: Σ |g|ᵖ, or max |g|.
fn measure(g: &Tensor, norm_type: f64) -> Result<Tensor> {
    let size = g.abs()?;
    if norm_type == f64::INFINITY {
        return size.reduce_dims(Reducer::Max, &[], false);
    }
    let powers = if norm_type == 1.0 {
        size
    } else if norm_type == 2.0 {
        g.mul(g)?
    } else {
        size.pow(norm_type)?
    };
    powers.sum(&[], false)
}

/// Brings every element of the gradients into [−`clip_value`, `clip_value`].
///
/// # Errors
/// What the backend says.
pub fn clip_grad_value_(params: &[Tensor], clip_value: f64) -> Result<()> {
    change(params, |g| g.engine().no_grad(|| g.maximum(-clip_value)?.minimum(clip_value)))
}

fn change(params: &[Tensor], clip: impl Fn(&Tensor) -> Result<Tensor>) -> Result<()> {
    for p in params {
        if let Some(g) = p.grad() {
            p.set_grad(Some(clip(&g.detach())?));
        }
    }
    Ok(())
}
