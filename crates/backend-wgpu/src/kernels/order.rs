//! Running sums, products and extremes, and sorting, along the last dimension.

use engine::{Result, Scan, Target};

use super::reduce::rows;
use super::{GROUP, Plan, View, launch};
use crate::shaders::Variant;

/// A workgroup for each row.
pub(super) fn scan(op: Scan, x: &View, output: &Target<'_>) -> Result<Plan> {
    let (params, count, _) = rows(x)?;
    Ok(launch(Variant::scan(op, x.dtype)?, &[x], output, params, count).into())
}

/// Workgroups that find the places of 256 elements each.
pub(super) fn argsort(descending: bool, x: &View, output: &Target<'_>) -> Result<Plan> {
    let (params, count, length) = rows(x)?;
    let blocks = length.div_ceil(GROUP);
    let params = params.more([blocks as u32, 0, 0, 0]);
    Ok(launch(Variant::argsort(x.dtype, descending)?, &[x], output, params, count * blocks).into())
}
