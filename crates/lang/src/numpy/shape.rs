//! Other shapes, joined arrays, and other ways to write the same elements.

use engine::Tensor;

use super::array::Array;
use super::kind::Kind;
use super::nd::{Nd, axis_of, count, strides, tight};
use crate::error::{Result, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Functions of `numpy`.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_isarray(a)", |_, args| Ok(Value::Bool(args.get(0).is_array()))),
    Native::new("reshape(a, newshape, order='C')", reshape),
    Native::new("transpose(a, axes=None)", transpose),
    Native::new("swapaxes(a, axis1, axis2)", swapaxes),
    Native::new("squeeze(a, axis=None)", squeeze),
    Native::new("ravel(a, order='C')", ravel),
    Native::new("expand_dims(a, axis)", expand_dims),
    Native::new("broadcast_to(array, shape)", broadcast_to),
    Native::new("copy(a, order='C')", copy),
    Native::new("repeat(a, repeats, axis=None)", repeat),
    Native::new("take(a, indices, axis=None)", take),
    Native::new("diagonal(a, offset=0, axis1=0, axis2=1)", diagonal),
    Native::new("clip(a, a_min, a_max, out=None)", clip),
    Native::new("round(a, decimals=0, out=None)", round),
    Native::new("around(a, decimals=0, out=None)", round),
    Native::new("round_(a, decimals=0, out=None)", round),
];

/// The tensor of an array, or a new one of what is none.
fn tensor(vm: &mut Machine, value: &Value) -> Result<(Tensor, Kind)> {
    if let Some(array) = value.downcast::<Array>() {
        return Ok((array.tensor.clone(), array.kind));
    }
    let nd = vm.nd(value)?;
    Ok((vm.array_engine().tensor_as(nd.data, &nd.shape, nd.kind.dtype())?, nd.kind))
}

fn view(tensor: Tensor, kind: Kind) -> Result<Value> {
    Ok(Value::object(Array { tensor, kind }))
}

/// The shape that an argument gives.
pub(super) fn shape(args: &Args, i: usize) -> Result<Vec<usize>> {
    let value = args.get(i);
    let items = match value.as_int() {
        Some(n) => vec![Value::Int(n)],
        None => value.sequence().unwrap_or_else(|| vec![value.clone()]),
    };
    let size = |item: &Value| match item.as_int() {
        Some(n) => usize::try_from(n).or_else(|_| value_error("negative dimensions are not allowed")),
        None => type_error(format!("'{}' object cannot be interpreted as an integer", item.type_name())),
    };
    let shape = items.iter().map(size).collect::<Result<Vec<usize>>>()?;
    count(&shape)?;
    Ok(shape)
}

/// The sizes of a new shape, one of which may be -1.
fn sizes(wanted: &[i64], len: usize) -> Result<Vec<i64>> {
    let known = wanted.iter().filter(|&&n| n >= 0).fold(1i64, |product, &n| product.saturating_mul(n));
    let open = wanted.iter().filter(|&&n| n < 0).count();
    if open > 1 {
        return value_error("can only specify one unknown dimension");
    }
    let fits = if open == 0 { known == len as i64 } else { known > 0 && len as i64 % known == 0 };
    if !fits {
        let names: Vec<String> =
            wanted.iter().map(|&n| if n < 0 { "newaxis".to_owned() } else { n.to_string() }).collect();
        let shape = names.join(",") + if names.len() == 1 { "," } else { "" };
        return value_error(format!("cannot reshape array of size {len} into shape ({shape})"));
    }
    Ok(wanted.iter().map(|&n| if n < 0 { len as i64 / known.max(1) } else { n }).collect())
}

fn reshaped(vm: &mut Machine, value: &Value, wanted: &[i64], order: &Value) -> Result<Value> {
    let (tensor, kind) = tensor(vm, value)?;
    let mut sizes = sizes(wanted, tensor.numel())?;
    if matches!(order, Value::Str(order) if &**order == "F") {
        sizes.reverse();
        return view(tensor.reversed()?.reshape(&sizes)?.reversed()?, kind);
    }
    view(tensor.reshape(&sizes)?, kind)
}

fn reshape(vm: &mut Machine, args: &Args) -> Result<Value> {
    reshaped(vm, &args.get(0), &args.ints(1)?, &args.get(2))
}

pub(super) fn reshape_method(vm: &mut Machine, args: &Args) -> Result<Value> {
    reshaped(vm, &args.get(0), &args.rest_ints()?, &args.get(1))
}

/// The dimensions that an order names, each once.
fn permutation(axes: &[i64], ndim: usize) -> Result<Vec<i64>> {
    if axes.len() != ndim {
        return value_error("axes don't match array");
    }
    let mut seen = vec![false; ndim];
    for &axis in axes {
        if std::mem::replace(&mut seen[axis_of(axis, ndim)?], true) {
            return value_error("repeated axis in transpose");
        }
    }
    Ok(axes.to_vec())
}

fn transposed(vm: &mut Machine, value: &Value, axes: &[i64]) -> Result<Value> {
    let (tensor, kind) = tensor(vm, value)?;
    let order = permutation(axes, tensor.ndim())?;
    view(tensor.permute(&order)?, kind)
}

fn transpose(vm: &mut Machine, args: &Args) -> Result<Value> {
    if args.get(1).is_none() { reversed(vm, args) } else { transposed(vm, &args.get(0), &args.ints(1)?) }
}

pub(super) fn transpose_method(vm: &mut Machine, args: &Args) -> Result<Value> {
    if args.rest.iter().all(Value::is_none) {
        return reversed(vm, args);
    }
    transposed(vm, &args.get(0), &args.rest_ints()?)
}

pub(super) fn reversed(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (tensor, kind) = tensor(vm, &args.get(0))?;
    view(tensor.reversed()?, kind)
}

pub(super) fn swapaxes(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (tensor, kind) = tensor(vm, &args.get(0))?;
    let (a, b) = (axis_of(args.int(1)?, tensor.ndim())?, axis_of(args.int(2)?, tensor.ndim())?);
    view(tensor.transpose(a as i64, b as i64)?, kind)
}

pub(super) fn squeeze(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mut tensor, kind) = tensor(vm, &args.get(0))?;
    let Some(axes) = args.opt_ints(1)? else { return view(tensor.squeeze()?, kind) };
    let mut dims = axes.iter().map(|&axis| axis_of(axis, tensor.ndim())).collect::<Result<Vec<usize>>>()?;
    sorting::sort_by(&mut dims, Ord::cmp);
    for d in dims.into_iter().rev() {
        if tensor.shape()[d] != 1 {
            return value_error("cannot select an axis to squeeze out which has size not equal to one");
        }
        tensor = tensor.squeeze_dim(d as i64)?;
    }
    view(tensor, kind)
}

fn expand_dims(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (mut tensor, kind) = tensor(vm, &args.get(0))?;
    let axes = args.ints(1)?;
    let ndim = tensor.ndim() + axes.len();
    let mut dims = axes.iter().map(|&axis| axis_of(axis, ndim)).collect::<Result<Vec<usize>>>()?;
    sorting::sort_by(&mut dims, Ord::cmp);
    for d in dims {
        tensor = tensor.unsqueeze(d as i64)?;
    }
    view(tensor, kind)
}

fn broadcast_to(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let to = shape(args, 1)?;
    if nd.clone().fitted(&to).is_err() || nd.ndim() > to.len() {
        let (from, to) = (tight(&nd.shape), tight(&to));
        return value_error(format!(
            "operands could not be broadcast together with remapped shapes [original->remapped]: {from} and requested \
             shape {to}"
        ));
    }
    vm.array(nd.expanded(&to))
}

/// Row by row: a view where that is possible.
pub(super) fn ravel(vm: &mut Machine, args: &Args) -> Result<Value> {
    reshaped(vm, &args.get(0), &[-1], &args.get(1))
}

pub(super) fn flatten(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let (n, fortran) = (nd.len(), matches!(args.get(1), Value::Str(order) if &*order == "F"));
    let order: Vec<usize> = (0..nd.ndim()).rev().collect();
    let nd = if fortran { nd.permuted(&order) } else { nd };
    vm.array(nd.reshaped(vec![n]))
}

pub(super) fn copy(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    if args.get(0).is_array() { vm.array(nd) } else { vm.returned(nd) }
}

pub(super) fn astype(vm: &mut Machine, args: &Args) -> Result<Value> {
    let kind = Kind::from_value(&args.get(1))?;
    let nd = vm.nd(&args.get(0))?.cast(kind);
    if args.get(0).is_array() { vm.array(nd) } else { vm.returned(nd) }
}

/// With `axis=None`, the elements row by row, and their only axis.
fn along(vm: &mut Machine, args: &Args, axis: usize) -> Result<(Nd, usize)> {
    let nd = vm.nd(&args.get(0))?;
    match args.opt_int(axis)? {
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

/// The parts at these places of an axis, whose dimension is replaced by `inner`.
fn picked(nd: &Nd, axis: usize, chosen: &[usize], inner: &[usize]) -> Result<Nd> {
    let (size, stride) = (nd.shape[axis], strides(&nd.shape)[axis]);
    let outer: usize = nd.shape[..axis].iter().product();
    let mut shape = nd.shape[..axis].to_vec();
    shape.extend(inner);
    shape.extend(&nd.shape[axis + 1..]);
    let mut places = Vec::with_capacity(count(&shape)?);
    for i in 0..outer {
        for &at in chosen {
            let begin = (i * size + at) * stride;
            places.extend(begin..begin + stride);
        }
    }
    Ok(nd.gather(&places, shape))
}

pub(super) fn repeat(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (nd, axis) = along(vm, args, 2)?;
    let size = nd.shape[axis];
    let repeats = vm.nd(&args.get(1))?.i64s();
    let times =
        |i: usize| repeats.get(if repeats.len() == 1 { 0 } else { i }).copied().unwrap_or(0).max(0) as usize;
    if repeats.len() != 1 && repeats.len() != size {
        let n = repeats.len();
        return value_error(format!("operands could not be broadcast together with shape ({size},) ({n},)"));
    }
    count(&[(0..size).fold(0usize, |sum, i| sum.saturating_add(times(i)))])?;
    let chosen: Vec<usize> = (0..size).flat_map(|i| std::iter::repeat_n(i, times(i))).collect();
    vm.array(picked(&nd, axis, &chosen, &[chosen.len()])?)
}

pub(super) fn take(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (nd, axis) = along(vm, args, 2)?;
    let indices = vm.nd(&args.get(1))?;
    let size = nd.shape[axis];
    let place = |i: i64| {
        let at = if i < 0 { i.saturating_add(size as i64) } else { i };
        usize::try_from(at).ok().filter(|&at| at < size).ok_or_else(|| {
            let text = format!("index {i} is out of bounds for axis {axis} with size {size}");
            crate::error::Stop::error("IndexError", text)
        })
    };
    let chosen = indices.i64s().into_iter().map(place).collect::<Result<Vec<usize>>>()?;
    vm.returned(picked(&nd, axis, &chosen, &indices.shape)?)
}

pub(super) fn diagonal(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (tensor, kind) = tensor(vm, &args.get(0))?;
    if tensor.ndim() < 2 {
        return value_error("diag requires an array of at least two dimensions");
    }
    view(tensor.diagonal(args.int(1)?, args.int(2)?, args.int(3)?)?, kind)
}

pub(super) fn clip(vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut nd = vm.nd(&args.get(0))?;
    if let Some(low) = args.opt(1) {
        nd = super::functions::MAXIMUM.apply(nd, vm.nd(&low)?)?;
    }
    if let Some(high) = args.opt(2) {
        nd = super::functions::MINIMUM.apply(nd, vm.nd(&high)?)?;
    }
    vm.returned_to(nd, args.opt(3))
}

/// Rounded to decimals as NumPy does: multiplied, rounded to the even neighbour, divided.
pub(super) fn rounded(nd: Nd, decimals: i64) -> Nd {
    let kind = nd.kind;
    if !kind.is_float() && decimals >= 0 {
        return nd;
    }
    let by = 10f64.powi(i32::try_from(decimals.unsigned_abs().min(400)).unwrap_or(400));
    let cut = |x: f64| if kind == Kind::Float32 { f64::from(x as f32) } else { x };
    let round = |x: f64| match decimals {
        0 => x.round_ties_even(),
        1.. => cut(cut(x * by).round_ties_even() / by),
        _ => cut(cut(x / by).round_ties_even() * by),
    };
    let values: Vec<f64> = nd.f64s().into_iter().map(round).collect();
    Nd { number: nd.number, ..Nd::new(kind, nd.shape, values) }
}

pub(super) fn round(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let result = rounded(nd, args.int(1)?);
    vm.returned_to(result, args.opt(2))
}
