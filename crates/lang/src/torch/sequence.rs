//! Numbers in sequence: `arange`, `linspace`, and the places beside a diagonal.

use engine::{DType, Scalar, Tensor};

use super::creation::{dtype, finish, place};
use super::operand::{Operand, item};
use crate::error::Result;
use crate::machine::Machine;
use crate::native::Args;
use crate::value::Value;

/// `torch.arange`.
pub(super) fn arange(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut number = |i: usize| match args.operand(i)? {
        Operand::Scalar(number) => Ok(number),
        Operand::Tensor(t) => item(vm, &t),
    };
    let (start, end) = match args.given(1) && !args.get(1).is_none() {
        true => (number(0)?, number(1)?),
        false => (Scalar::Int(0), number(0)?),
    };
    let step = number(2)?;
    let whole = !(start.is_float() || end.is_float() || step.is_float());
    let dtype = dtype(args)?.unwrap_or(if whole { DType::Int64 } else { vm.torch.default_dtype });
    let engine = place(vm, args)?;
    let x = match dtype {
        DType::Float64 => {
            // Counted by the engine, which checks the range, and computed in double precision.
            let n = engine
                .arange(
                    Scalar::Float(start.to_f64()),
                    Scalar::Float(end.to_f64()),
                    Scalar::Float(step.to_f64()),
                )?
                .numel();
            let values: Vec<f64> = (0..n).map(|i| start.to_f64() + step.to_f64() * i as f64).collect();
            engine.tensor(values, &[n])?
        }
        DType::Float32 if whole => engine.arange(start, end, step)?.to(dtype)?,
        DType::Float32 => engine.arange(start, end, step)?,
        _ => {
            let whole = |x: Scalar| Scalar::Int(x.to_i64());
            engine.arange(whole(start), whole(end), whole(step))?.to(dtype)?
        }
    };
    finish(args, x)
}

/// `torch.linspace`.
pub(super) fn linspace(vm: &mut Machine, args: &Args) -> Result<Tensor> {
    let (start, end, steps) = (args.float(0)?, args.float(1)?, args.int(2)?);
    let engine = place(vm, args)?;
    let dtype = dtype(args)?.unwrap_or(vm.torch.default_dtype);
    if dtype != DType::Float64 {
        return Ok(engine.linspace(start, end, steps)?.to(dtype)?);
    }
    let n = engine.linspace(start, end, steps)?.numel();
    let step = if n > 1 { (end - start) / (n - 1) as f64 } else { 0.0 };
    let at = |i: usize| {
        if i < n / 2 || n == 1 { start + step * i as f64 } else { end - step * (n - i - 1) as f64 }
    };
    Ok(engine.tensor((0..n).map(at).collect::<Vec<f64>>(), &[n])?)
}

/// The places above or below a diagonal: rows, then columns.
pub(super) fn corner(vm: &mut Machine, args: &Args, upper: bool) -> Result<Value> {
    let (rows, columns, offset) = (args.count(0)?, args.count(1)?, args.int(2)?);
    vm.reserve(rows.saturating_mul(columns).saturating_mul(16))?;
    let within = |i: usize, j: usize| {
        let distance = j as i64 - i as i64;
        if upper { distance >= offset } else { distance <= offset }
    };
    let places: Vec<(usize, usize)> =
        (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j))).filter(|&(i, j)| within(i, j)).collect();
    let n = places.len();
    let all: Vec<i64> = places.iter().map(|p| p.0 as i64).chain(places.iter().map(|p| p.1 as i64)).collect();
    Ok(place(vm, args)?.tensor(all, &[2, n])?.into())
}
