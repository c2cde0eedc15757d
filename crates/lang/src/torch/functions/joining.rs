//! Joining tensors, and taking them apart.

use engine::{DType, Tensor};

use super::table;
use crate::error::{Result, runtime_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::torch::operand::deliver;
use crate::value::Value;

/// What tensors have as methods too.
pub(in crate::torch) const BOTH: &[Native] = &[
    Native::new("split(tensor, split_size_or_sections, dim=0)", split),
    Native::new("split_with_sizes(tensor, split_sizes, dim=0)", split),
    Native::new("chunk(input, chunks, dim=0)", |vm, args| {
        vm.reserve_parts(args.int(1)?.clamp(0, args.tensor(0)?.numel() as i64) as usize)?;
        Ok(args.tensor(0)?.chunk(args.int(1)?, args.int(2)?)?.into())
    }),
    Native::new("tensor_split(input, indices_or_sections, dim=0)", tensor_split),
    Native::new("hsplit(input, indices_or_sections)", |_, args| {
        let x = args.tensor(0)?;
        Ok(parts(&x, &args.get(1), if x.ndim() == 1 { 0 } else { 1 }, args)?.into())
    }),
    Native::new("vsplit(input, indices_or_sections)", |_, args| {
        Ok(parts(&args.tensor(0)?, &args.get(1), 0, args)?.into())
    }),
    Native::new("unbind(input, dim=0)", |vm, args| {
        let (x, dim) = (args.tensor(0)?, args.int(1)?);
        if let Ok(d) = engine::layout::wrap_dim(dim, x.ndim()) {
            vm.reserve_parts(x.shape().get(d).copied().unwrap_or(0))?;
        }
        Ok(x.unbind(dim)?.into())
    }),
    Native::new("repeat_interleave(input, repeats, dim=None, *, output_size=None)", repeat_interleave),
];

/// What only `torch` has.
pub(in crate::torch) const FUNCTIONS: &[Native] = &[
    Native::new("cat(tensors, dim=0, *, out=None)", cat),
    Native::new("concat(tensors, dim=0, *, out=None)", cat),
    Native::new("concatenate(tensors, dim=0, *, out=None)", cat),
    Native::new("stack(tensors, dim=0, *, out=None)", |vm, args| {
        let tensors = list(vm, args)?;
        deliver(args, Tensor::stack(&tensors, args.int(1)?)?)
    }),
    Native::new("hstack(tensors, *, out=None)", |vm, args| {
        let tensors = list(vm, args)?;
        deliver(args, Tensor::hstack(&tensors)?)
    }),
    Native::new("vstack(tensors, *, out=None)", |vm, args| {
        let tensors = list(vm, args)?;
        deliver(args, Tensor::vstack(&tensors)?)
    }),
    Native::new("row_stack(tensors, *, out=None)", |vm, args| {
        let tensors = list(vm, args)?;
        deliver(args, Tensor::vstack(&tensors)?)
    }),
    Native::new("dstack(tensors, *, out=None)", |vm, args| {
        let tensors = list(vm, args)?;
        let deep = |t: &Tensor| match t.ndim() {
            0 => t.reshape(&[1, 1, 1]),
            1 => t.unsqueeze(0)?.unsqueeze(2),
            2 => t.unsqueeze(2),
            _ => Ok(t.clone()),
        };
        let deep = tensors.iter().map(deep).collect::<engine::Result<Vec<_>>>()?;
        deliver(args, Tensor::cat(&deep, 2)?)
    }),
    Native::new("column_stack(tensors, *, out=None)", |vm, args| {
        let tensors = list(vm, args)?;
        let column = |t: &Tensor| if t.ndim() < 2 { t.reshape(&[-1, 1]) } else { Ok(t.clone()) };
        let columns = tensors.iter().map(column).collect::<engine::Result<Vec<_>>>()?;
        deliver(args, Tensor::cat(&columns, 1)?)
    }),
    Native::new("meshgrid(*tensors, indexing='ij')", |_, args| {
        let tensors = spread(args)?;
        let vectors = tensors.iter().map(|t| t.reshape(&[-1])).collect::<engine::Result<Vec<_>>>()?;
        let xy = match &*args.str(0)? {
            "xy" => true,
            "ij" => false,
            _ => return runtime_error("torch.meshgrid: indexing must be one of \"xy\" or \"ij\""),
        };
        Ok(Tensor::meshgrid(&vectors, xy)?.into())
    }),
    Native::new("broadcast_tensors(*tensors)", |_, args| {
        Ok(Tensor::broadcast_tensors(&spread(args)?)?.into())
    }),
    Native::new("broadcast_shapes(*shapes)", |_, args| {
        let mut common = Vec::new();
        for shape in &args.rest {
            let sizes = shape.sequence().unwrap_or_else(|| vec![shape.clone()]);
            let sizes = sizes.iter().map(|n| n.as_int().and_then(|n| usize::try_from(n).ok()));
            let Some(sizes) = sizes.collect::<Option<Vec<usize>>>() else {
                return runtime_error("broadcast_shapes: sizes must be integers that are not negative");
            };
            common = engine::layout::broadcast(&common, &sizes).or_else(|_| {
                runtime_error("Shape mismatch: objects cannot be broadcast to a single shape")
            })?;
        }
        Ok(Value::size(&common))
    }),
    Native::new("cartesian_prod(*tensors)", |_, args| {
        let tensors = spread(args)?;
        if let [one] = &*tensors {
            return Ok(one.clone().into());
        }
        let grids = Tensor::meshgrid(&tensors, false)?;
        let flat = grids.iter().map(|t| t.reshape(&[-1])).collect::<engine::Result<Vec<_>>>()?;
        Ok(Tensor::stack(&flat, 1)?.into())
    }),
];

/// More of both.
pub(in crate::torch) const MORE: &[Native] = table! {
    "atleast_3d(input)" => |x, _| Ok(match x.ndim() {
        0 => x.reshape(&[1, 1, 1])?,
        1 => x.unsqueeze(0)?.unsqueeze(2)?,
        2 => x.unsqueeze(2)?,
        _ => x.clone(),
    });
};

/// The tensors of a list, of a tuple or of anything else that gives some.
fn list(vm: &mut Machine, args: &Args) -> Result<Vec<Tensor>> {
    match args.get(0) {
        Value::List(_) | Value::Tuple(_) | Value::Instance(_) => args.tensors(0),
        Value::Tensor(_) => Err(args.wrong(0, "tuple of Tensors")),
        _ => {
            vm.items(args, 0)?;
            Err(args.wrong(0, "tuple of Tensors"))
        }
    }
}

fn cat(vm: &mut Machine, args: &Args) -> Result<Value> {
    let tensors = list(vm, args)?;
    deliver(args, Tensor::cat(&tensors, args.int(1)?)?)
}

/// The tensors given one by one, or in one list.
fn spread(args: &Args) -> Result<Vec<Tensor>> {
    let items = match &*args.rest {
        [one] => one.sequence().unwrap_or_else(|| vec![one.clone()]),
        several => several.to_vec(),
    };
    let tensor = |value: &Value| match value {
        Value::Tensor(t) => Ok(t.tensor.clone()),
        other => {
            let (name, found) = (args.function(), other.type_name());
            crate::error::type_error(format!(
                "{name}(): argument 'tensors' must be tuple of Tensors, not {found}"
            ))
        }
    };
    items.iter().map(tensor).collect()
}

fn split(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, dim) = (args.tensor(0)?, args.int(2)?);
    if let (Some(size), Ok(d)) = (args.get(1).as_int(), engine::layout::wrap_dim(dim, x.ndim())) {
        vm.reserve_parts(x.shape().get(d).map_or(0, |&n| n / size.max(1) as usize))?;
    }
    Ok(match args.get(1).as_int() {
        Some(size) => x.split(size, dim)?.into(),
        None => x.split_sizes(&args.ints(1)?, dim)?.into(),
    })
}

fn tensor_split(vm: &mut Machine, args: &Args) -> Result<Value> {
    vm.reserve_parts(args.get(1).as_int().map_or(0, |count| count.max(0) as usize))?;
    Ok(parts(&args.tensor(0)?, &args.get(1), args.int(2)?, args)?.into())
}

/// So many parts, of nearly equal sizes, or those between the given places.
fn parts(x: &Tensor, sections: &Value, dim: i64, args: &Args) -> Result<Vec<Tensor>> {
    let n = x.shape().get(engine::layout::wrap_dim(dim, x.ndim())?).map_or(1, |&n| n as i64);
    let cuts: Vec<i64> = match sections.as_int() {
        Some(count) if count > 0 => {
            let (each, more) = (n / count, n % count);
            (0..=count).map(|i| i * each + i.min(more)).collect()
        }
        Some(count) => {
            return runtime_error(format!("number of sections must be larger than 0, got {count}"));
        }
        None => {
            let inner = args.ints(1)?.into_iter().map(|i| if i < 0 { (i + n).max(0) } else { i.min(n) });
            std::iter::once(0).chain(inner).chain([n]).collect()
        }
    };
    let part = |pair: &[i64]| match pair {
        [from, to] => Ok(x.slice(dim, *from, (*to).max(*from), 1)?),
        _ => Ok(x.clone()),
    };
    cuts.windows(2).map(part).collect()
}

fn repeat_interleave(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, dim) = (args.tensor(0)?, args.opt_int(2)?);
    let Value::Tensor(repeats) = args.get(1) else {
        return Ok(x.repeat_interleave(args.int(1)?, dim)?.into());
    };
    let counts = vm.read(&repeats.tensor.to(DType::Int64)?)?;
    let counts: Vec<i64> =
        (0..counts.len()).filter_map(|i| counts.get(i)).map(engine::Scalar::to_i64).collect();
    if let [one] = &*counts {
        return Ok(x.repeat_interleave(*one, dim)?.into());
    }
    if counts.iter().any(|&n| n < 0) {
        return runtime_error("repeats can not be negative");
    }
    let (x, dim) = match dim {
        Some(dim) => (x, dim),
        None => (x.reshape(&[-1])?, 0),
    };
    let n = x.shape().get(engine::layout::wrap_dim(dim, x.ndim())?).copied().unwrap_or(1);
    if n != counts.len() {
        return runtime_error("repeats must have the same size as input along dim");
    }
    let total = counts.iter().sum::<i64>();
    vm.reserve(usize::try_from(total).unwrap_or(usize::MAX).saturating_mul(8))?;
    let places: Vec<i64> =
        counts.iter().zip(0i64..).flat_map(|(&count, i)| std::iter::repeat_n(i, count as usize)).collect();
    let len = places.len();
    Ok(x.index_select(dim, &x.engine().tensor(places, &[len])?)?.into())
}
