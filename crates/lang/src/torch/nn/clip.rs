//! `torch.nn.utils`: clipped gradients.

use engine::nn;

use crate::error::Result;
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_clip_norm(parameters, max_norm, norm_type)", norm),
    Native::new("_clip_value(parameters, clip_value)", value),
];

fn norm(vm: &mut Machine, a: &Args) -> Result<Value> {
    let parameters = a.tensors(0)?;
    let engine = parameters.first().map_or_else(|| vm.engine(), |p| p.engine().clone());
    Ok(nn::clip_grad_norm_(&engine, &parameters, a.float(1)?, a.float(2)?)?.into())
}

fn value(_vm: &mut Machine, a: &Args) -> Result<Value> {
    nn::clip_grad_value_(&a.tensors(0)?, a.float(1)?)?;
    Ok(Value::None)
}
