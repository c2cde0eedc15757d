//! `x[…]` and `x[…] = v`.

use engine::{DType, Item, Tensor};

use crate::error::{Result, Stop, index_error, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::torch::data;
use crate::torch::operand::{Operand, index, tensor_of};
use crate::value::{Slice, Value};

pub(super) const METHODS: &[Native] = &[
    Native::new("__getitem__(self, index)", get),
    Native::new("__setitem__(self, index, value)", set),
    Native::new("__contains__(self, element)", |vm, args| {
        let (x, element) = (args.tensor(0)?, args.operand(1)?);
        let any = x.eq(element.arg())?.any(&[], false)?;
        Ok(Value::Bool(super::super::operand::item(vm, &any)?.to_bool()))
    }),
];

fn get(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?;
    // The most frequent form, without detours.
    if let Value::Int(i) = args.get(1)
        && x.ndim() > 0
    {
        return Ok(x.get(&[Item::Int(i)])?.into());
    }
    let items = items(vm, &x, &args.get(1)).map_err(|stop| zero_dim_hint(stop, &x))?;
    let items = if items.iter().any(reads) { vm.wait(|| x.read_items(&items))? } else { items };
    x.get(&items).map(Value::from).map_err(|error| zero_dim_hint(error.into(), &x))
}

/// `loss.data[0]` is how numbers were read in PyTorch's first years.
fn zero_dim_hint(stop: Stop, x: &Tensor) -> Stop {
    if x.ndim() == 0 {
        stop.hint("Write .item() to read the number of a tensor of one element.")
    } else {
        stop
    }
}

fn set(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?;
    let items = items(vm, &x, &args.get(1))?;
    let value = args.get(2);
    let Some(value) = Operand::of(&value) else {
        let (found, kind) = (value.type_name(), x.dtype().tensor_type());
        return type_error(format!("can't assign a {found} to a {kind}"));
    };
    let spread = match &value {
        Operand::Tensor(t) => t.numel() != 1,
        Operand::Scalar(_) => false,
    };
    let masks = items.iter().filter(|item| matches!(item, Item::Tensor(_))).count();
    let exact = items.iter().any(|item| matches!(item, Item::Tensor(t) if t.ndim() == 0));
    let items = if items.iter().any(reads) && (spread || masks > 1 || exact) {
        vm.wait(|| x.read_items(&items))?
    } else {
        items
    };
    x.set(&items, value.arg()).map_err(|error| misfit(&x, &items, &value, error))?;
    Ok(Value::None)
}

/// PyTorch says that the value cannot be expanded, where it is written into a view.
fn misfit(x: &Tensor, items: &[Item], value: &Operand, error: engine::Error) -> Stop {
    let views = !items.iter().any(|item| matches!(item, Item::Tensor(_) | Item::Bool(_)));
    if let (Operand::Tensor(value), true, engine::Error::Broadcast { .. }) = (value, views, &error)
        && let Ok(part) = x.get(items)
    {
        let sizes: Vec<i64> = part.shape().iter().map(|&n| n as i64).collect();
        if let Err(other) = value.expand_sizes(&sizes) {
            return other.into();
        }
    }
    error.into()
}

/// Whether what is selected depends on values.
fn reads(item: &Item) -> bool {
    matches!(item, Item::Tensor(t) if t.ndim() == 0 || matches!(t.dtype(), DType::Bool | DType::UInt8))
}

/// What stands between the brackets.
fn items(vm: &mut Machine, x: &Tensor, index: &Value) -> Result<Vec<Item>> {
    match index {
        Value::Tuple(tuple) => tuple.items().iter().map(|one| item(vm, x, one)).collect(),
        Value::List(list) if is_tuple(&list.0.borrow()) => {
            let parts = list.0.borrow().clone();
            parts.iter().map(|one| item(vm, x, one)).collect()
        }
        one => Ok(vec![item(vm, x, one)?]),
    }
}

/// Whether a list stands for a tuple: one that holds anything but numbers does.
fn is_tuple(items: &[Value]) -> bool {
    items.len() < 32
        && items.iter().any(|item| {
            matches!(
                item,
                Value::Tensor(_)
                    | Value::List(_)
                    | Value::Tuple(_)
                    | Value::Slice(_)
                    | Value::None
                    | Value::Ellipsis
            )
        })
}

fn item(vm: &mut Machine, x: &Tensor, value: &Value) -> Result<Item> {
    Ok(match value {
        Value::None => Item::NewAxis,
        Value::Ellipsis => Item::Ellipsis,
        Value::Bool(keep) => Item::Bool(*keep),
        Value::Slice(slice) => slice_item(vm, slice)?,
        Value::List(_) | Value::Tuple(_) | Value::Range(_) | Value::Str(_) => {
            let tensor = data::tensor(vm, &x.engine().clone(), value, None)?;
            let empty = tensor.numel() == 0;
            Item::Tensor(if empty { tensor.to(DType::Int64)? } else { tensor })
        }
        other => match (tensor_of(other), other.as_int()) {
            (Some(tensor), _) if tensor.engine().same_as(x.engine()) => Item::Tensor(tensor),
            (Some(tensor), _) => {
                let data = vm.read(&tensor)?;
                Item::Tensor(x.engine().tensor_as(data, tensor.shape(), tensor.dtype())?)
            }
            (None, Some(i)) => Item::Int(i),
            (None, None) => {
                let found = other.type_name();
                return index_error(format!(
                    "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices \
                     (got {found})"
                ));
            }
        },
    })
}

fn slice_item(vm: &mut Machine, slice: &Slice) -> Result<Item> {
    let mut bound = |value: &Value| match value {
        Value::None => Ok(None),
        other => match index(vm, other)? {
            Some(i) => Ok(Some(i)),
            None => type_error("slice indices must be integers or None or have an __index__ method"),
        },
    };
    let (start, end, step) = (bound(&slice.start)?, bound(&slice.stop)?, bound(&slice.step)?.unwrap_or(1));
    if step < 1 {
        return Err(Stop::error("ValueError", "step must be greater than zero")
            .hint("Tensors cannot be walked backwards by a slice: use x.flip(0)."));
    }
    Ok(Item::Slice { start, end, step })
}
