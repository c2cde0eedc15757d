//! Functions of two and more operands.

use engine::ops::Rounding;
use engine::{Scalar, Tensor};

use super::table;
use crate::error::{Result, runtime_error};
use crate::native::{Args, Native};
use crate::torch::operand::{Operand, computed, deliver};
use crate::torch::tensor::{floor_divide, power, shifted};
use crate::value::Value;

pub(in crate::torch) const BOTH: &[Native] = table! {
    "add(input, other, *, alpha=1, out=None)", "add_(input, other, *, alpha=1)" => |x, args| {
        let alpha = args.scalar(2)?;
        let other = args.operand(1)?;
        Ok(if one(alpha) { x.add(other.arg())? } else { x.add_scaled(other.arg(), alpha)? })
    };
    "sub(input, other, *, alpha=1, out=None)", "sub_(input, other, *, alpha=1)" => subtract;
    "subtract(input, other, *, alpha=1, out=None)", "subtract_(input, other, *, alpha=1)" => subtract;
    "rsub(input, other, *, alpha=1)" => |x, args| Ok(x.rsub(args.operand(1)?.arg())?);
    "mul(input, other, *, out=None)", "mul_(input, other)" => |x, args| Ok(x.mul(args.operand(1)?.arg())?);
    "multiply(input, other, *, out=None)", "multiply_(input, other)" => |x, args| Ok(x.mul(args.operand(1)?.arg())?);
    "div(input, other, *, rounding_mode=None, out=None)", "div_(input, other, *, rounding_mode=None)" => divide;
    "divide(input, other, *, rounding_mode=None, out=None)", "divide_(input, other, *, rounding_mode=None)" => divide;
    "true_divide(input, other, *, out=None)", "true_divide_(input, other)" => |x, args| Ok(x.div(args.operand(1)?.arg())?);
    "floor_divide(input, other, *, out=None)", "floor_divide_(input, other)" => |x, args| {
        floor_divide(x, args.operand(1)?.arg())
    };
    "remainder(input, other, *, out=None)", "remainder_(input, other)" => |x, args| Ok(x.remainder(args.operand(1)?.arg())?);
    "fmod(input, other, *, out=None)", "fmod_(input, other)" => |x, args| Ok(x.fmod(args.operand(1)?.arg())?);
    "pow(input, exponent, *, out=None)", "pow_(input, exponent)" => |x, args| power(x, args.operand(1)?.arg());
    "maximum(input, other, *, out=None)" => |x, args| Ok(x.maximum(args.operand(1)?.arg())?);
    "minimum(input, other, *, out=None)" => |x, args| Ok(x.minimum(args.operand(1)?.arg())?);
    "fmax(input, other, *, out=None)" => |x, args| Ok(x.fmax(args.operand(1)?.arg())?);
    "fmin(input, other, *, out=None)" => |x, args| Ok(x.fmin(args.operand(1)?.arg())?);
    "atan2(input, other, *, out=None)", "atan2_(input, other)" => |x, args| Ok(x.atan2(&args.tensor(1)?)?);
    "arctan2(input, other, *, out=None)" => |x, args| Ok(x.atan2(&args.tensor(1)?)?);
    "hypot(input, other, *, out=None)" => |x, args| Ok(x.square()?.add(&args.tensor(1)?.square()?)?.sqrt()?);
    "logaddexp(input, other, *, out=None)" => |x, args| {
        let y = args.tensor(1)?;
        Ok(x.maximum(&y)?.add(&x.sub(&y)?.abs()?.neg()?.exp()?.log1p()?)?)
    };
    "xlogy(input, other, *, out=None)" => |x, args| {
        let y = args.operand(1)?;
        let log = match &y {
            Operand::Tensor(y) => Operand::Tensor(y.log()?),
            Operand::Scalar(y) => Operand::Scalar(y.to_f64().ln().into()),
        };
        Ok(x.eq(0i64)?.where_(0.0, &x.mul(log.arg())?)?)
    };
    "float_power(input, exponent, *, out=None)" => |x, args| {
        Ok(x.to(engine::DType::Float64)?.pow(args.operand(1)?.arg())?)
    };
    "copysign(input, other, *, out=None)" => |x, args| {
        let negative = match args.operand(1)? {
            Operand::Tensor(y) => y.lt(0i64)?,
            Operand::Scalar(y) => x.engine().full(&[], y.to_f64().is_sign_negative(), engine::DType::Bool)?,
        };
        let size = x.abs()?;
        Ok(negative.where_(&size.neg()?, &size)?)
    };
    "heaviside(input, values, *, out=None)" => |x, args| {
        let values = args.tensor(1)?;
        Ok(x.eq(0i64)?.where_(&values, &x.gt(0i64)?.to(x.dtype())?)?)
    };
    "clamp(input, min=None, max=None, *, out=None)", "clamp_(input, min=None, max=None)" => clamp;
    "clip(input, min=None, max=None, *, out=None)", "clip_(input, min=None, max=None)" => clamp;
    "clamp_min(input, min, *, out=None)", "clamp_min_(input, min)" => |x, args| {
        Ok(x.clamp(Some(args.operand(1)?.arg()), None)?)
    };
    "clamp_max(input, max, *, out=None)", "clamp_max_(input, max)" => |x, args| {
        Ok(x.clamp(None, Some(args.operand(1)?.arg()))?)
    };
    "lerp(input, end, weight, *, out=None)", "lerp_(input, end, weight)" => |x, args| {
        Ok(x.lerp(&args.tensor(1)?, args.operand(2)?.arg())?)
    };
    "addcmul(input, tensor1, tensor2, *, value=1, out=None)", "addcmul_(input, tensor1, tensor2, *, value=1)" => |x, args| {
        Ok(x.addcmul(&args.tensor(1)?, &args.tensor(2)?, args.scalar(3)?)?)
    };
    "addcdiv(input, tensor1, tensor2, *, value=1, out=None)", "addcdiv_(input, tensor1, tensor2, *, value=1)" => |x, args| {
        Ok(x.addcdiv(&args.tensor(1)?, &args.tensor(2)?, args.scalar(3)?)?)
    };
    "bitwise_and(input, other, *, out=None)", "bitwise_and_(input, other)" => |x, args| Ok(x.bitwise_and(args.operand(1)?.arg())?);
    "bitwise_or(input, other, *, out=None)", "bitwise_or_(input, other)" => |x, args| Ok(x.bitwise_or(args.operand(1)?.arg())?);
    "bitwise_xor(input, other, *, out=None)", "bitwise_xor_(input, other)" => |x, args| Ok(x.bitwise_xor(args.operand(1)?.arg())?);
    "bitwise_left_shift(input, other, *, out=None)" => |x, args| shifted(x, args.operand(1)?.arg(), true);
    "bitwise_right_shift(input, other, *, out=None)" => |x, args| shifted(x, args.operand(1)?.arg(), false);
    "softmax(input, dim, dtype=None)" => |x, args| Ok(typed(x, args)?.softmax(args.int(1)?)?);
    "log_softmax(input, dim, dtype=None)" => |x, args| Ok(typed(x, args)?.log_softmax(args.int(1)?)?);
};

/// What differs from the method of the same name: the base may be a number.
pub(in crate::torch) const FUNCTIONS: &[Native] =
    &[Native::new("pow(input, exponent, *, out=None)", |_, args| match args.operand(0)? {
        Operand::Tensor(_) => computed(args, |x, args| power(x, args.operand(1)?.arg())),
        Operand::Scalar(base) => deliver(args, args.tensor(1)?.pow_of(base)?),
    })];

fn typed(x: &Tensor, args: &Args) -> Result<Tensor> {
    Ok(match args.opt_dtype(2)? {
        Some(dtype) => x.to(dtype)?,
        None => x.clone(),
    })
}

fn one(alpha: Scalar) -> bool {
    alpha.to_f64() == 1.0
}

fn subtract(x: &Tensor, args: &Args) -> Result<Tensor> {
    let (other, alpha) = (args.operand(1)?, args.scalar(2)?);
    if one(alpha) {
        return Ok(x.sub(other.arg())?);
    }
    let minus = match alpha {
        Scalar::Float(value) => Scalar::Float(-value),
        other => Scalar::Int(other.to_i64().wrapping_neg()),
    };
    Ok(x.add_scaled(other.arg(), minus)?)
}

fn divide(x: &Tensor, args: &Args) -> Result<Tensor> {
    let other = args.operand(1)?;
    match args.get(2) {
        Value::None => Ok(x.div(other.arg())?),
        mode => {
            let name = match &mode {
                Value::Str(name) => name.to_string(),
                _ => return Err(args.wrong(2, "str")),
            };
            Ok(x.div_rounded(other.arg(), Rounding::named(&name)?)?)
        }
    }
}

fn clamp(x: &Tensor, args: &Args) -> Result<Tensor> {
    let (min, max) = (args.opt_operand(1)?, args.opt_operand(2)?);
    if min.is_none() && max.is_none() {
        return runtime_error("torch.clamp: At least one of 'min' or 'max' must not be None");
    }
    Ok(x.clamp(min.as_ref().map(Operand::arg), max.as_ref().map(Operand::arg))?)
}
