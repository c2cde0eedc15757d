//! Windows added up where they slid over each other: one invocation per result.

use engine::{Error, Result, Target};

use super::{GROUP, Plan, View, launch};
use crate::params::{Params, Walk, word};
use crate::shaders::Variant;

pub(super) fn windows([dim, step, dilation]: [usize; 3], x: &View, output: &Target<'_>) -> Result<Plan> {
    let [(places, strides), (&[size], &[along])] = x.split(1)? else {
        return Err(Error::Internal(format!("windows of shape {:?}", x.shape)));
    };
    if dim >= places.len() {
        return Err(Error::Internal(format!("windows along {dim} of shape {:?}", x.shape)));
    }
    let length = output.layout.shape[dim];
    let (before, after) = (Walk::new(&places[..dim], &[&strides[..dim]]), &places[dim + 1..]);
    let inner = Walk::new(after, &[&strides[dim + 1..]]);
    let count = output.layout.numel();
    let params = Params::new(count, after.iter().product())
        .walks(&before, Some(&inner))?
        .more([length as u32, places[dim] as u32, size as u32, step as u32])
        .rest([dilation as u32, word(strides[dim]), word(along), 0]);
    Ok(launch(Variant::fold(x.dtype)?, &[x], output, params, count.div_ceil(GROUP)).into())
}
