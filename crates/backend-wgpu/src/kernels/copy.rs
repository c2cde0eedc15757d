//! Copies: one invocation per element.

use engine::{DType, Error, Result, Target};

use super::{GROUP, Plan, View, launch};
use crate::params::{Params, Walk};
use crate::shaders::Variant;

/// A copy between any layouts and types. Bytes can only be written without gaps.
pub(super) fn copy(x: &View, output: &Target<'_>) -> Result<Plan> {
    let layout = output.layout;
    let variant = Variant::copy(x.dtype, output.dtype)?;
    let numel = layout.numel();
    if output.dtype != DType::UInt8 {
        let unused = vec![0; x.strides.len()];
        let walk = Walk::new(&layout.shape, &[&x.strides, &unused, &unused, &layout.strides]);
        let params = Params::new(numel, 1).walks(&walk, None)?;
        return Ok(launch(variant, &[x], output, params, numel.div_ceil(GROUP)).into());
    }
    if !layout.is_contiguous() {
        let what = "write uint8 elements with gaps between them".to_owned();
        return Err(Error::Unsupported { device: crate::NAME, what });
    }
    let words = (layout.offset % 4 + numel).div_ceil(4);
    let params = Params::new(words, 1).walks(&Walk::new(&layout.shape, &[&x.strides]), None)?;
    let params = params.more([numel as u32, 0, 0, 0]);
    Ok(launch(variant, &[x], output, params, words.div_ceil(GROUP)).into())
}
