//! Copying, functions of one and two tensors, comparing and choosing: one invocation per element.

use engine::{DType, Error, Result, Target};

use super::{GROUP, Plan, View, launch};
use crate::params::{Params, Walk};
use crate::shaders::Variant;

/// Elementwise functions into a dense output.
pub(super) fn map(variant: Variant, inputs: &[&View], output: &Target<'_>) -> Result<Plan> {
    let shape = &output.layout.shape;
    if let Some(view) = inputs.iter().find(|view| view.shape != *shape) {
        return Err(Error::Internal(format!("an input of shape {:?} for {shape:?}", view.shape)));
    }
    let strides: Vec<&[isize]> = inputs.iter().map(|view| view.strides.as_slice()).collect();
    let count = output.layout.numel();
    let params = Params::new(count, 1).walks(&Walk::new(shape, &strides), None)?;
    Ok(launch(variant, inputs, output, params, count.div_ceil(GROUP)).into())
}

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
