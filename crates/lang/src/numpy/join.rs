//! New arrays: of values, of ranges, and of other arrays joined.

use super::array::{Array, chained};
use super::kind::Kind;
use super::nd::{Nd, axis_of, count};
use super::shape::shape;
use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// What the part in Python makes arrays with.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_asarray(a, dtype=None, copy=False)", asarray),
    Native::new("_full(shape, value, dtype=None)", full),
    Native::new("_arange(start, stop, step, dtype=None)", arange),
    Native::new("_concatenate(arrays, axis)", concatenate),
];

/// An array of what is given: itself, if it is one of that type and need not be copied.
fn asarray(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    let kind = Kind::argument(args, 1)?;
    if let Some(array) = value.downcast::<Array>()
        && !args.bool(2)?
        && kind.is_none_or(|kind| kind == array.kind)
    {
        return Ok(value);
    }
    let nd = vm.nd(&value)?;
    let kind = kind.unwrap_or(nd.kind);
    vm.array(Nd { number: false, ..nd.cast(kind) })
}

fn full(vm: &mut Machine, args: &Args) -> Result<Value> {
    let shape = shape(args, 0)?;
    let nd = vm.nd(&args.get(1))?;
    let kind = Kind::argument(args, 2)?.unwrap_or(nd.kind);
    vm.array(nd.cast(kind).fitted(&shape)?)
}

fn arange(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (start, stop, step) = (vm.nd(&args.get(0))?, vm.nd(&args.get(1))?, vm.nd(&args.get(2))?);
    let natural = start.kind.promote(stop.kind).promote(step.kind);
    let natural = if natural.is_float() { natural } else { Kind::Int64 };
    let kind = Kind::argument(args, 3)?.unwrap_or(natural);
    let (from, to, by) = (start.at(0).to_f64(), stop.at(0).to_f64(), step.at(0).to_f64());
    if by == 0.0 {
        return Err(crate::error::Stop::error("ZeroDivisionError", "division by zero"));
    }
    let steps = ((to - from) / by).ceil().max(0.0);
    let n = count(&[steps as usize])?;
    let nd = if natural.is_float() {
        // As NumPy: from the first two, and their difference.
        let second = from + by;
        Nd::vector(
            (0..n)
                .map(|i| if i == 0 { from } else { from + i as f64 * (second - from) })
                .collect::<Vec<f64>>(),
        )
    } else {
        let (from, by) = (start.at(0).to_i64(), step.at(0).to_i64());
        Nd::vector((0..n as i64).map(|i| from.wrapping_add(i.wrapping_mul(by))).collect::<Vec<i64>>())
    };
    vm.array(nd.cast(kind))
}

fn concatenate(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut parts = Vec::new();
    for item in vm.items(args, 0)? {
        parts.push(vm.nd(&item)?);
    }
    let Some(first) = parts.first().cloned() else {
        return value_error("need at least one array to concatenate");
    };
    if first.ndim() == 0 {
        return value_error("zero-dimensional arrays cannot be concatenated");
    }
    let axis = axis_of(args.int(1)?, first.ndim())?;
    for (i, part) in parts.iter().enumerate() {
        if part.ndim() != first.ndim() {
            let (a, b) = (first.ndim(), part.ndim());
            return value_error(format!(
                "all the input arrays must have same number of dimensions, but the array at index 0 has {a} dimension(s) \
                 and the array at index {i} has {b} dimension(s)"
            ));
        }
        for (d, (&a, &b)) in first.shape.iter().zip(&part.shape).enumerate() {
            if d != axis && a != b {
                return value_error(format!(
                    "all the input array dimensions except for the concatenation axis must match exactly, but along \
                     dimension {d}, the array at index 0 has size {a} and the array at index {i} has size {b}"
                ));
            }
        }
    }
    let mut shape = first.shape.clone();
    shape[axis] = parts.iter().map(|part| part.shape[axis]).sum();
    count(&shape)?;
    let kind = parts.iter().map(|part| part.kind).reduce(Kind::promote).unwrap_or(Kind::Float64);
    let all = Nd::new(kind, vec![parts.iter().map(Nd::len).sum()], chained(kind, &parts));
    // Block by block: those of all parts with the same place in front of the axis follow each other.
    let outer: usize = first.shape[..axis].iter().product();
    let mut places = Vec::with_capacity(all.len());
    for i in 0..outer {
        let mut begin = 0;
        for part in &parts {
            let block = part.len() / outer.max(1);
            places.extend(begin + i * block..begin + (i + 1) * block);
            begin += part.len();
        }
    }
    vm.array(all.gather(&places, shape))
}
