//! Softmax cross-entropy: one workgroup for the loss, one invocation per row for its gradient; one workgroup for both, if
//! there are few rows.

use engine::{Error, Result, Target};

use super::{Plan, ROW_GROUP, Slot, View, launch};
use crate::params::{Params, word};
use crate::shaders::Variant;

/// Parameters for scores `x [N, C]` and classes `y [N]`.
fn params(ignore: i64, x: &View, y: &View) -> Result<(Params, usize)> {
    let (&[rows, classes], &[along, across], &[y_stride]) =
        (x.shape.as_slice(), x.strides.as_slice(), y.strides.as_slice())
    else {
        return Err(Error::Internal(format!("classes {:?} for scores {:?}", y.shape, x.shape)));
    };
    // A class that 32 bits cannot hold is in no buffer.
    let ignore = i32::try_from(ignore).unwrap_or(i32::MIN);
    let params = Params::new(rows, classes).more([word(along), word(across), word(y_stride), ignore as u32]);
    Ok((params, rows))
}

pub(super) fn forward(ignore: i64, x: &View, y: &View, output: &Target<'_>) -> Result<Plan> {
    let (params, _) = params(ignore, x, y)?;
    Ok(launch(Variant::cross_entropy(x.dtype)?, &[x, y], output, params, 1).into())
}

pub(super) fn backward(ignore: i64, [x, y, g, both]: [&View; 4], output: &Target<'_>) -> Result<Plan> {
    let (params, rows) = params(ignore, x, y)?;
    let params = params.rest([both.offset as u32, 0, 0, 0]);
    let variant = Variant::cross_entropy_grad(x.dtype)?;
    let mut launch = launch(variant, &[x, y, g], output, params, rows.div_ceil(ROW_GROUP));
    launch.inputs.push(both.slot);
    Ok(launch.into())
}

/// With more rows, the gradient wants more than one workgroup.
const FEW: usize = 16 * ROW_GROUP;

pub(super) fn both(ignore: i64, [x, y, g]: [&View; 3], grad: &Target<'_>, loss: &Target<'_>) -> Result<Plan> {
    let (params, rows) = params(ignore, x, y)?;
    if rows > FEW || grad.layout.numel() == 0 {
        let mut plan = forward(ignore, x, y, loss)?;
        let means = View {
            slot: Slot::Buffer(loss.buffer),
            dtype: loss.dtype,
            shape: loss.layout.shape.clone(),
            strides: loss.layout.strides.clone(),
            offset: loss.layout.offset,
        };
        if grad.layout.numel() > 0 {
            plan.launches.extend(backward(ignore, [x, y, g, &means], grad)?.launches);
        }
        return Ok(plan);
    }
    let mut launch = launch(Variant::cross_entropy_both(x.dtype)?, &[x, y, g], grad, params, 1);
    launch.outputs.push(Slot::Buffer(loss.buffer));
    Ok(launch.into())
}
