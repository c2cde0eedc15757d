//! Images made larger or smaller.

use engine::{Engine, Tensor};

use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[Native::new(
    "interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)",
    interpolate,
)];

fn interpolate(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let x = a.tensor(0)?;
    let dims = x.ndim().saturating_sub(2);
    let mode = a.str(3)?;
    let linear = match (&*mode, dims) {
        ("nearest" | "nearest-exact", 1..) => false,
        ("linear", 1) | ("bilinear", 2) => true,
        _ => {
            let text =
                format!("interpolate with mode '{mode}' of a {}D input is not part of Seegrad", x.ndim());
            return Err(crate::error::Stop::error("NotImplementedError", text));
        }
    };
    let corners = a.opt(4).is_some() && a.bool(4)?;
    if !linear && a.opt(4).is_some() {
        let text = "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | \
                    trilinear";
        return value_error(text);
    }
    let mut out = x.clone();
    for (d, dim) in (2..x.ndim()).enumerate() {
        let old = x.shape().get(dim).copied().unwrap_or(0);
        let (new, scale) = size(a, d, dims, old)?;
        let at = match (&*mode, linear) {
            (_, true) => Places::between(old, new, scale, corners),
            ("nearest", _) => Places::nearest(old, new, scale, 0.0),
            _ => Places::nearest(old, new, scale, 0.5),
        };
        out = at.take(&out, dim as i64)?;
    }
    Ok(out.into())
}

/// The new size of a dimension, and how many old elements a new one is.
fn size(a: &Args, d: usize, dims: usize, old: usize) -> Result<(usize, f64)> {
    let entry = |i: usize| -> Result<Option<f64>> {
        match a.get(i).sequence() {
            None => a.opt_float(i),
            Some(items) if items.len() == dims => Ok(items.get(d).and_then(Value::as_float)),
            Some(items) => value_error(format!(
                "Input and output must have the same number of spatial dimensions, but got input with spatial dimensions \
                 of {dims} and output size of {}",
                items.len()
            )),
        }
    };
    match (entry(1)?, entry(2)?) {
        (Some(new), None) => Ok((new.max(0.0) as usize, old as f64 / new)),
        (None, Some(factor)) => Ok(((old as f64 * factor).floor().max(0.0) as usize, 1.0 / factor)),
        (None, None) => value_error("either size or scale_factor should be defined"),
        (Some(_), Some(_)) => value_error("only one of size or scale_factor should be defined"),
    }
}

/// From where each new element is taken: two old ones and the weight of the second.
struct Places {
    first: Vec<i64>,
    second: Vec<i64>,
    weight: Vec<f32>,
}

impl Places {
    fn nearest(old: usize, new: usize, scale: f64, shift: f64) -> Self {
        let last = old.saturating_sub(1) as i64;
        let first = (0..new).map(|i| (((i as f64 + shift) * scale).floor() as i64).min(last)).collect();
        Self { first, second: Vec::new(), weight: Vec::new() }
    }

    fn between(old: usize, new: usize, scale: f64, corners: bool) -> Self {
        let last = old.saturating_sub(1) as i64;
        let step = if new > 1 { (old as f64 - 1.0) / (new as f64 - 1.0) } else { 0.0 };
        let source = |i: usize| {
            if corners { i as f64 * step } else { ((i as f64 + 0.5) * scale - 0.5).max(0.0) }
        };
        let first: Vec<i64> = (0..new).map(|i| (source(i).floor() as i64).min(last)).collect();
        let second = first.iter().map(|&at| (at + 1).min(last)).collect();
        let weight = (0..new).zip(&first).map(|(i, &at)| (source(i) - at as f64) as f32).collect();
        Self { first, second, weight }
    }

    fn take(self, x: &Tensor, dim: i64) -> Result<Tensor> {
        let engine: &Engine = x.engine();
        let n = self.first.len();
        let a = x.index_select(dim, &engine.tensor(self.first, &[n])?)?;
        if self.second.is_empty() {
            return Ok(a);
        }
        let b = x.index_select(dim, &engine.tensor(self.second, &[n])?)?;
        let mut shape = vec![1; x.ndim()];
        if let Some(place) = usize::try_from(dim).ok().and_then(|dim| shape.get_mut(dim)) {
            *place = n as i64;
        }
        let weight = engine.tensor(self.weight, &[n])?.reshape(&shape)?;
        Ok(a.mul(&weight.neg()?.add(1.0)?)?.add(&b.mul(&weight)?)?)
    }
}
