//! Elements of tensors on the CPU, where nothing has to be waited for.

use engine::{HostData, Tensor};

/// The elements of a tensor.
///
/// # Panics
/// If it cannot be read: in fused mode, if what computes it failed.
#[track_caller]
pub fn read(t: &Tensor) -> HostData {
    pollster::block_on(t.read()).expect("the CPU can be read")
}

/// The elements of a tensor as real numbers.
///
/// # Panics
/// As [`read`] does.
#[track_caller]
pub fn values(t: &Tensor) -> Vec<f64> {
    read(t).to_f64()
}
