//! Elementwise comparisons.

use engine::Result;
use engine::ops::Compare;

use crate::binary::map;
use crate::element::{Input, Number};

pub(crate) fn run<T: Number>(
    op: Compare,
    x: &Input<'_, T>,
    y: &Input<'_, T>,
    out: &mut [bool],
) -> Result<()> {
    match op {
        Compare::Eq => map(x, y, out, |a, b| a == b),
        Compare::Ne => map(x, y, out, |a, b| a != b),
        Compare::Lt => map(x, y, out, |a, b| a < b),
        Compare::Le => map(x, y, out, |a, b| a <= b),
        Compare::Gt => map(x, y, out, |a, b| a > b),
        Compare::Ge => map(x, y, out, |a, b| a >= b),
    }
    Ok(())
}
