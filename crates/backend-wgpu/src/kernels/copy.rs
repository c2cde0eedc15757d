//! Copies: one invocation per element.

use engine::{DType, Result, Target};

use super::{GROUP, Launch, Plan, Slot, View, launch};
use crate::params::{Params, Walk};
use crate::shaders::Variant;

/// A copy between any layouts and types.
pub(super) fn copy(x: &View, output: &Target<'_>) -> Result<Plan> {
    let layout = output.layout;
    let gaps = !layout.is_contiguous();
    let variant = Variant::copy(x.dtype, output.dtype, gaps)?;
    let numel = layout.numel();
    if output.dtype != DType::UInt8 || gaps {
        let unused = vec![0; x.strides.len()];
        let walk = Walk::new(&layout.shape, &[&x.strides, &unused, &unused, &layout.strides]);
        let params = Params::new(numel, 1).walks(&walk, None)?;
        return Ok(launch(variant, &[x], output, params, numel.div_ceil(GROUP)).into());
    }
    let words = (layout.offset % 4 + numel).div_ceil(4);
    let params = Params::new(words, 1).walks(&Walk::new(&layout.shape, &[&x.strides]), None)?;
    let params = params.more([numel as u32, 0, 0, 0]);
    Ok(launch(variant, &[x], output, params, words.div_ceil(GROUP)).into())
}

/// A launch of a kernel that writes words. Where the output has bytes, they are packed by a second one.
pub(super) fn packed(mut first: Launch, output: &Target<'_>) -> Result<Plan> {
    if output.dtype != DType::UInt8 {
        return Ok(first.into());
    }
    first.outputs = vec![Slot::Scratch];
    let shape = output.layout.shape.clone();
    let strides = engine::Layout::contiguous(&shape).strides;
    let words = View { slot: Slot::Scratch, dtype: DType::Int64, shape, strides, offset: 0 };
    let Plan { mut launches, .. } = copy(&words, output)?;
    launches.insert(0, first);
    Ok(Plan { launches, scratch: output.layout.numel(), spare: 0 })
}
