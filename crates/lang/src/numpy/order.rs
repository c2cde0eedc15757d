//! Sorting, searching and counting.

use super::array::own;
use super::elementwise::{order, select};
use super::index::nonzero as places_of;
use super::kind::Kind;
use super::nd::{Nd, count};
use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Functions of `numpy`.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("sort(a, axis=-1, kind=None)", sort),
    Native::new("argsort(a, axis=-1, kind=None)", argsort),
    Native::new("nonzero(a)", nonzero),
    Native::new("where(condition, x=None, y=None)", where_),
    Native::new("searchsorted(a, v, side='left')", searchsorted),
    Native::new("bincount(x, weights=None, minlength=0)", bincount),
    Native::new("_unique(a)", unique),
];

/// The places along an axis in ascending order of the elements: places in the whole array, and along the axis.
fn sorted(nd: &Nd, axis: usize) -> (Vec<usize>, Vec<i64>) {
    let (size, stride) = (nd.shape[axis], super::nd::strides(&nd.shape)[axis]);
    let (mut whole, mut along) = (vec![0; nd.len()], vec![0; nd.len()]);
    for begin in (0..nd.len()).filter(|i| i / stride % size.max(1) == 0) {
        let mut row: Vec<usize> = (0..size).collect();
        sorting::sort_by(&mut row, |&a, &b| order(nd.at(begin + a * stride), nd.at(begin + b * stride)));
        for (i, &from) in row.iter().enumerate() {
            whole[begin + i * stride] = begin + from * stride;
            along[begin + i * stride] = from as i64;
        }
    }
    (whole, along)
}

/// The array and the axis; all elements in a row, if the axis is `None`.
fn along(vm: &mut Machine, args: &Args) -> Result<(Nd, usize)> {
    let nd = vm.nd(&args.get(0))?;
    match args.opt_int(1)? {
        Some(axis) => {
            let axis = nd.axis(axis)?;
            Ok((nd, axis))
        }
        None => {
            let n = nd.len();
            Ok((nd.reshaped(vec![n]), 0))
        }
    }
}

fn sort(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (nd, axis) = along(vm, args)?;
    let (places, _) = sorted(&nd, axis);
    vm.array(nd.gather(&places, nd.shape.clone()))
}

pub(super) fn sort_in_place(vm: &mut Machine, args: &Args) -> Result<Value> {
    own(args, 0)?;
    let (nd, axis) = along(vm, args)?;
    let (places, _) = sorted(&nd, axis);
    let value = args.get(0);
    if let Some(array) = value.downcast::<super::Array>() {
        array.write(vm, nd.gather(&places, nd.shape.clone()))?;
    }
    Ok(Value::None)
}

pub(super) fn argsort(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (nd, axis) = along(vm, args)?;
    let (_, places) = sorted(&nd, axis);
    vm.array(Nd::new(Kind::Int64, nd.shape, places))
}

pub(super) fn nonzero(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let nd = if nd.ndim() == 0 { nd.reshaped(vec![1]) } else { nd };
    let places = places_of(&nd).into_iter().map(|places| vm.array(Nd::vector(places)));
    Ok(Value::tuple(places.collect::<Result<Vec<Value>>>()?))
}

fn where_(vm: &mut Machine, args: &Args) -> Result<Value> {
    match (args.opt(1), args.opt(2)) {
        (None, None) => nonzero(vm, args),
        (Some(x), Some(y)) => {
            let (mask, x, y) = (vm.nd(&args.get(0))?, vm.nd(&x)?, vm.nd(&y)?);
            let chosen = select(&mask, x, y)?;
            vm.array(chosen)
        }
        _ => value_error("either both or neither of x and y should be given"),
    }
}

pub(super) fn searchsorted(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (nd, wanted, side) = (vm.nd(&args.get(0))?, vm.nd(&args.get(1))?, args.str(2)?);
    let values = nd.f64s();
    let place = |x: f64| match &*side {
        "right" => values.partition_point(|&y| y <= x),
        _ => values.partition_point(|&y| y < x),
    };
    let places: Vec<i64> = wanted.f64s().into_iter().map(|x| place(x) as i64).collect();
    vm.returned(Nd::new(Kind::Int64, wanted.shape, places))
}

fn bincount(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let weights = args.opt(1).map(|weights| vm.nd(&weights)).transpose()?;
    if nd.kind.is_float() && nd.len() > 0 {
        return crate::error::type_error(
            "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'",
        );
    }
    let values = nd.i64s();
    if values.iter().any(|&i| i < 0) {
        return value_error("'list' argument must have no negative elements");
    }
    let most = values.iter().max().map_or(0, |&i| i as usize + 1);
    let n = count(&[most.max(args.count(2)?)])?;
    if let Some(weights) = weights {
        let mut sums = vec![0.0; n];
        values.iter().zip(weights.f64s()).for_each(|(&i, weight)| sums[i as usize] += weight);
        return vm.array(Nd::vector(sums));
    }
    let mut counts = vec![0i64; n];
    values.iter().for_each(|&i| counts[i as usize] += 1);
    vm.array(Nd::vector(counts))
}

/// The different elements in order; where each first is, which of them each element is, and how often there is each.
fn unique(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let n = nd.len();
    let flat = nd.reshaped(vec![n]);
    let (places, _) = sorted(&flat, 0);
    let (mut first, mut which, mut counts) = (Vec::new(), vec![0i64; n], Vec::new());
    let mut last = None;
    for &at in &places {
        let value = flat.at(at);
        let new = last.is_none_or(|last| order(last, value).is_ne());
        if new {
            first.push(at);
            counts.push(0i64);
            last = Some(value);
        }
        which[at] = first.len() as i64 - 1;
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
    }
    let values = flat.gather(&first, vec![first.len()]);
    let first: Vec<i64> = first.into_iter().map(|i| i as i64).collect();
    let parts = [values, Nd::vector(first), Nd::vector(which), Nd::vector(counts)];
    Ok(Value::tuple(parts.into_iter().map(|part| vm.array(part)).collect::<Result<Vec<Value>>>()?))
}
