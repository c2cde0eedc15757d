//! Functions of each element by itself.

use engine::{DType, Tensor};

use super::table;
use crate::error::Result;
use crate::native::Native;

/// Functions without further arguments, each with its form in place.
macro_rules! unary {
    ($($name:literal => $compute:expr;)*) => {
        &[$(
            Native::new(concat!($name, "(input, *, out=None)"), |_, args| {
                crate::torch::operand::computed(args, |x, _| Ok($compute(x)?))
            }),
            Native::new(concat!($name, "_(input)"), |_, args| {
                crate::torch::operand::written(args, |x, _| Ok($compute(x)?))
            }),
        )*]
    };
}

pub(in crate::torch) const BOTH: &[Native] = unary! {
    "neg" => Tensor::neg;
    "negative" => Tensor::neg;
    "abs" => Tensor::abs;
    "absolute" => Tensor::abs;
    "sign" => Tensor::sign;
    "sgn" => Tensor::sign;
    "exp" => Tensor::exp;
    "exp2" => Tensor::exp2;
    "expm1" => Tensor::expm1;
    "log" => Tensor::log;
    "log1p" => Tensor::log1p;
    "log2" => Tensor::log2;
    "log10" => Tensor::log10;
    "sqrt" => Tensor::sqrt;
    "rsqrt" => Tensor::rsqrt;
    "square" => Tensor::square;
    "reciprocal" => Tensor::reciprocal;
    "sin" => Tensor::sin;
    "cos" => Tensor::cos;
    "tan" => Tensor::tan;
    "sinh" => Tensor::sinh;
    "cosh" => Tensor::cosh;
    "asin" => Tensor::asin;
    "arcsin" => Tensor::asin;
    "acos" => Tensor::acos;
    "arccos" => Tensor::acos;
    "atan" => Tensor::atan;
    "arctan" => Tensor::atan;
    "tanh" => Tensor::tanh;
    "sigmoid" => Tensor::sigmoid;
    "relu" => Tensor::relu;
    "erf" => Tensor::erf;
    "floor" => whole(Tensor::floor);
    "ceil" => whole(Tensor::ceil);
    "trunc" => whole(Tensor::trunc);
    "fix" => whole(Tensor::trunc);
    "frac" => Tensor::frac;
    "asinh" => |x: &Tensor| x.square()?.add(1.0)?.sqrt()?.add(&x.abs()?)?.log()?.mul(&x.sign()?);
    "arcsinh" => |x: &Tensor| x.square()?.add(1.0)?.sqrt()?.add(&x.abs()?)?.log()?.mul(&x.sign()?);
    "acosh" => |x: &Tensor| x.square()?.sub(1.0)?.sqrt()?.add(x)?.log();
    "arccosh" => |x: &Tensor| x.square()?.sub(1.0)?.sqrt()?.add(x)?.log();
    "atanh" => |x: &Tensor| x.log1p()?.sub(&x.neg()?.log1p()?)?.mul(0.5);
    "arctanh" => |x: &Tensor| x.log1p()?.sub(&x.neg()?.log1p()?)?.mul(0.5);
    "deg2rad" => |x: &Tensor| x.mul(std::f64::consts::PI / 180.0);
    "rad2deg" => |x: &Tensor| x.mul(180.0 / std::f64::consts::PI);
    "logical_not" => Tensor::logical_not;
    "bitwise_not" => Tensor::bitwise_not;
};

/// Rounding leaves integers as they are.
fn whole(round: fn(&Tensor) -> engine::Result<Tensor>) -> impl Fn(&Tensor) -> engine::Result<Tensor> {
    move |x| if x.dtype().is_floating_point() || x.dtype() == DType::Bool { round(x) } else { x.copy() }
}

pub(in crate::torch) const MORE: &[Native] = table! {
    "round(input, *, decimals=0, out=None)", "round_(input, *, decimals=0)" => |x, args| rounded(x, args.int(1)?);
    "isnan(input)" => |x, _| Ok(x.isnan()?);
    "isinf(input)" => |x, _| Ok(x.isinf()?);
    "isfinite(input)" => |x, _| Ok(x.isfinite()?);
    "isposinf(input)" => |x, _| Ok(x.eq(f64::INFINITY)?);
    "isneginf(input)" => |x, _| Ok(x.eq(f64::NEG_INFINITY)?);
    "isreal(input)" => |x, _| Ok(x.engine().full(x.shape(), true, DType::Bool)?);
    "signbit(input)" => |x, _| Ok(x.lt(0i64)?);
    "positive(input)" => |x, _| Ok(x.clone());
    "logit(input, eps=None)", "logit_(input, eps=None)" => |x, args| {
        let x = match args.opt_float(1)? {
            Some(eps) => x.clamp(Some(eps.into()), Some((1.0 - eps).into()))?,
            None => x.clone(),
        };
        Ok(x.div(&x.rsub(1.0)?)?.log()?)
    };
    "nan_to_num(input, nan=None, posinf=None, neginf=None, *, out=None)",
    "nan_to_num_(input, nan=None, posinf=None, neginf=None)" => |x, args| {
        Ok(x.nan_to_num(args.opt_float(1)?, args.opt_float(2)?, args.opt_float(3)?)?)
    };
    "clone(input, *, memory_format=None)" => |x, _| Ok(x.copy()?);
};

/// The nearest number with so many decimals.
fn rounded(x: &Tensor, decimals: i64) -> Result<Tensor> {
    if decimals == 0 {
        return if x.dtype().is_floating_point() { Ok(x.round()?) } else { Ok(x.copy()?) };
    }
    let factor = 10f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    Ok(x.mul(factor)?.round()?.div(factor)?)
}
