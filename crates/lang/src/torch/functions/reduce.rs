//! Functions that make few numbers of many.

use engine::Tensor;

use super::table;
use crate::error::{Result, Stop, runtime_error};
use crate::native::{Args, Native};
use crate::torch::operand::{Operand, deliver, named};
use crate::value::Value;

pub(in crate::torch) const BOTH: &[Native] = table! {
    "sum(input, dim=None, keepdim=False, *, dtype=None, out=None)" => |x, args| {
        let (dims, keep) = (args.dims(1)?, args.bool(2)?);
        Ok(match args.opt_dtype(3)? {
            Some(dtype) => x.sum_as(&dims, keep, dtype)?,
            None => x.sum(&dims, keep)?,
        })
    };
    "nansum(input, dim=None, keepdim=False, *, dtype=None)" => |x, args| {
        let clean = x.isnan()?.where_(0.0, x)?;
        Ok(clean.sum(&args.dims(1)?, args.bool(2)?)?)
    };
    "mean(input, dim=None, keepdim=False, *, dtype=None, out=None)" => mean;
    "prod(input, dim=None, keepdim=False, *, dtype=None)" => |x, args| {
        let x = match args.opt_dtype(3)? {
            Some(dtype) => x.to(dtype)?,
            None => x.clone(),
        };
        Ok(x.prod(&args.dims(1)?, args.bool(2)?)?)
    };
    "amax(input, dim=(), keepdim=False, *, out=None)" => |x, args| Ok(x.amax(&args.dims(1)?, args.bool(2)?)?);
    "amin(input, dim=(), keepdim=False, *, out=None)" => |x, args| Ok(x.amin(&args.dims(1)?, args.bool(2)?)?);
    "std(input, dim=None, unbiased=True, keepdim=False, *, correction=None)" => |x, args| {
        let (dims, correction, keep) = spread(args)?;
        Ok(x.std(&dims, correction, keep)?)
    };
    "var(input, dim=None, unbiased=True, keepdim=False, *, correction=None)" => |x, args| {
        let (dims, correction, keep) = spread(args)?;
        Ok(x.var(&dims, correction, keep)?)
    };
    "norm(input, p='fro', dim=None, keepdim=False, dtype=None)" => norm;
    "dist(input, other, p=2)" => |x, args| Ok(x.sub(&args.tensor(1)?)?.norm(args.float(2)?, &[], false)?);
    "count_nonzero(input, dim=None)" => |x, args| Ok(x.count_nonzero(&args.dims(1)?)?);
    "any(input, dim=None, keepdim=False)" => |x, args| Ok(x.any(&args.dims(1)?, args.bool(2)?)?);
    "all(input, dim=None, keepdim=False)" => |x, args| Ok(x.all(&args.dims(1)?, args.bool(2)?)?);
    "logsumexp(input, dim, keepdim=False)" => |x, args| Ok(x.logsumexp(&args.dims(1)?, args.bool(2)?)?);
    "argmax(input, dim=None, keepdim=False)" => |x, args| Ok(x.argmax(args.opt_int(1)?, args.bool(2)?)?);
    "argmin(input, dim=None, keepdim=False)" => |x, args| Ok(x.argmin(args.opt_int(1)?, args.bool(2)?)?);
    "trace(input)" => |x, _| {
        if x.ndim() != 2 {
            return runtime_error("trace: expected a matrix");
        }
        let engine = x.engine().clone();
        Ok(engine.call("trace", "TraceBackward0", || x.diagonal(0, 0, 1)?.sum(&[], false))?)
    };
};

pub(in crate::torch) const MORE: &[Native] = &[
    Native::new("max(input, dim=None, keepdim=False, *, other=None, out=None)", |_, args| {
        extreme(args, true)
    }),
    Native::new("min(input, dim=None, keepdim=False, *, other=None, out=None)", |_, args| {
        extreme(args, false)
    }),
    Native::new("aminmax(input, *, dim=None, keepdim=False)", |_, args| {
        let (x, dims, keep) = (args.tensor(0)?, args.dims(1)?, args.bool(2)?);
        Ok(named("aminmax", &["min", "max"], vec![x.amin(&dims, keep)?, x.amax(&dims, keep)?]))
    }),
    Native::new("median(input, dim=None, keepdim=False)", |_, args| {
        let x = args.tensor(0)?;
        Ok(match args.opt_int(1)? {
            None => x.median()?.into(),
            Some(dim) => {
                let (value, place) = x.median_dim(dim, args.bool(2)?)?;
                named("median", &["values", "indices"], vec![value, place])
            }
        })
    }),
    Native::new("std_mean(input, dim=None, unbiased=True, keepdim=False, *, correction=None)", |_, args| {
        let (dims, correction, keep) = spread(args)?;
        let (spread, mean) = args.tensor(0)?.std_mean(&dims, correction, keep)?;
        Ok(vec![spread, mean].into())
    }),
    Native::new("var_mean(input, dim=None, unbiased=True, keepdim=False, *, correction=None)", |_, args| {
        let (dims, correction, keep) = spread(args)?;
        let (spread, mean) = args.tensor(0)?.var_mean(&dims, correction, keep)?;
        Ok(vec![spread, mean].into())
    }),
];

fn mean(x: &Tensor, args: &Args) -> Result<Tensor> {
    let dtype = args.opt_dtype(3)?;
    let x = match dtype {
        Some(dtype) => x.to(dtype)?,
        None => x.clone(),
    };
    if !x.dtype().is_floating_point() {
        let name = x.dtype().scalar_type();
        return Err(Stop::error(
            "RuntimeError",
            format!(
                "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: \
                 {name}"
            ),
        )
        .hint("Integers have no mean of their type: call .float() first."));
    }
    Ok(x.mean(&args.dims(1)?, args.bool(2)?)?)
}

/// Dimensions, correction and `keepdim` of a variance. `std(False)` means `unbiased`.
fn spread(args: &Args) -> Result<(Vec<i64>, i64, bool)> {
    if let Value::Bool(unbiased) = args.get(1) {
        return Ok((Vec::new(), unbiased.into(), args.bool(3)?));
    }
    let unbiased = args.get(2).is_none() || args.bool(2)?;
    Ok((args.dims(1)?, args.opt_int(4)?.unwrap_or(unbiased.into()), args.bool(3)?))
}

/// `norm(p)`: 2 for `'fro'`.
fn norm(x: &Tensor, args: &Args) -> Result<Tensor> {
    let p = match args.get(1) {
        Value::None => 2.0,
        Value::Str(name) => match &*name {
            "fro" => 2.0,
            "inf" => f64::INFINITY,
            "-inf" => f64::NEG_INFINITY,
            _ => return runtime_error(format!("norm(): p='{name}' is not part of Seegrad")),
        },
        _ => args.float(1)?,
    };
    let x = match args.opt_dtype(4)? {
        Some(dtype) => x.to(dtype)?,
        None => x.clone(),
    };
    Ok(x.norm(p, &args.dims(2)?, args.bool(3)?)?)
}

/// `max` in its three forms: of all elements, along a dimension, of pairs.
fn extreme(args: &Args, largest: bool) -> Result<Value> {
    let x = args.tensor(0)?;
    let other = args.opt(3).or_else(|| Some(args.get(1)).filter(|value| matches!(value, Value::Tensor(_))));
    if let Some(other) = other {
        let Some(Operand::Tensor(other)) = Operand::of(&other) else { return Err(args.wrong(3, "Tensor")) };
        return deliver(args, if largest { x.maximum(&other)? } else { x.minimum(&other)? });
    }
    let (name, grad_fn) = if largest { ("max", "MaxBackward1") } else { ("min", "MinBackward1") };
    let Some(dim) = args.opt_int(1)? else {
        if x.numel() == 0 {
            return runtime_error(format!(
                "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the \
                 'dim' argument."
            ));
        }
        let engine = x.engine().clone();
        let all = || if largest { x.amax(&[], false) } else { x.amin(&[], false) };
        return Ok(engine.call(name, grad_fn, all)?.into());
    };
    let keep = args.bool(2)?;
    let (value, place) = if largest { x.max_dim(dim, keep)? } else { x.min_dim(dim, keep)? };
    Ok(named(name, &["values", "indices"], vec![value, place]))
}
