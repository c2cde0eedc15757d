//! New tensors: from numbers, of one value, in sequence.

use engine::{DType, Engine, Scalar, Tensor};

use super::operand::{Operand, deliver, item, tensor_of};
use super::sequence::{arange, corner, linspace};
use super::{data, device};
use crate::error::{Result, Stop, runtime_error, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Functions of `torch`.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new(
        "tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False)",
        |vm, args| {
            let engine = place(vm, args)?;
            data::listed(vm, args, 0)?;
            let x = data::tensor(vm, &engine, &args.get(0), args.opt_dtype(1)?)?;
            finish(args, x)
        },
    ),
    Native::new("as_tensor(data, dtype=None, device=None)", as_tensor),
    Native::new("from_numpy(ndarray)", |_, args| match crate::numpy::Array::tensor(&args.get(0)) {
        Some(x) => Ok(x.into()),
        None if args.get(0).type_name() == "_Texts" => type_error(
            "can't convert np.ndarray of type numpy.str_. The only supported types are: float64, float32, float16, \
             complex64, complex128, int64, int32, int16, int8, uint8, and bool.",
        ),
        None => type_error(format!("expected np.ndarray (got {})", args.get(0).type_name())),
    }),
    Native::new("asarray(data, dtype=None, device=None, *, copy=None, requires_grad=False)", as_tensor),
    Native::new(
        "zeros(*size, size=None, out=None, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False)",
        |vm, args| filled(vm, args, Scalar::Int(0)),
    ),
    Native::new(
        "ones(*size, size=None, out=None, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False)",
        |vm, args| filled(vm, args, Scalar::Int(1)),
    ),
    Native::new(
        "empty(*size, size=None, out=None, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False, memory_format=None)",
        |vm, args| filled(vm, args, Scalar::Int(0)),
    ),
    Native::new(
        "full(size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)",
        |vm, args| {
            let (shape, value) = (sizes(&args.ints(0)?)?, fill_value(vm, args, 1)?);
            let dtype = match (dtype(args)?, value) {
                (Some(dtype), _) => dtype,
                (None, Scalar::Float(_)) => vm.torch.default_dtype,
                (None, Scalar::Int(_)) => DType::Int64,
                (None, Scalar::Bool(_)) => DType::Bool,
            };
            finish(args, place(vm, args)?.full(&shape, value, dtype)?)
        },
    ),
    Native::new(
        "eye(n, m=None, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)",
        |vm, args| {
            let n = args.int(0)?;
            let dtype = dtype(args)?.unwrap_or(vm.torch.default_dtype);
            finish(args, place(vm, args)?.eye(n, args.opt_int(1)?.unwrap_or(n), dtype)?)
        },
    ),
    Native::new(
        "arange(start, end=None, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)",
        arange,
    ),
    Native::new(
        "range(start, end, step=1, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)",
        |vm, args| {
            let (start, end, step) = (args.float(0)?, args.float(1)?, args.float(2)?);
            let dtype = dtype(args)?.unwrap_or(vm.torch.default_dtype);
            let x = place(vm, args)?.arange(
                Scalar::Float(start),
                Scalar::Float(end + step / 2.0),
                Scalar::Float(step),
            )?;
            finish(args, x.to(dtype)?)
        },
    ),
    Native::new(
        "linspace(start, end, steps, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)",
        |vm, args| {
            let x = linspace(vm, args)?;
            finish(args, x)
        },
    ),
    Native::new(
        "logspace(start, end, steps, base=10.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)",
        |vm, args| {
            let exponents = linspace(vm, args)?;
            let base = args.float(3)?;
            finish(args, exponents.rpow(base)?)
        },
    ),
    Native::new(
        "zeros_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None)",
        |vm, args| like(vm, args, Scalar::Int(0)),
    ),
    Native::new(
        "ones_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None)",
        |vm, args| like(vm, args, Scalar::Int(1)),
    ),
    Native::new(
        "empty_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None)",
        |vm, args| like(vm, args, Scalar::Int(0)),
    ),
    Native::new(
        "full_like(input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None)",
        |vm, args| {
            let value = fill_value(vm, args, 1)?;
            like(vm, args, value)
        },
    ),
    Native::new("tril_indices(row, col, offset=0, *, dtype=None, device=None)", |vm, args| {
        corner(vm, args, false)
    }),
    Native::new("triu_indices(row, col, offset=0, *, dtype=None, device=None)", |vm, args| {
        corner(vm, args, true)
    }),
];

/// `x.new_zeros(…)` and its like: of the type and on the device of another tensor.
pub(super) const METHODS: &[Native] = &[
    Native::new(
        "new_zeros(self, *size, size=None, dtype=None, device=None, requires_grad=False)",
        |vm, args| new_filled(vm, args, Scalar::Int(0)),
    ),
    Native::new(
        "new_ones(self, *size, size=None, dtype=None, device=None, requires_grad=False)",
        |vm, args| new_filled(vm, args, Scalar::Int(1)),
    ),
    Native::new(
        "new_empty(self, *size, size=None, dtype=None, device=None, requires_grad=False)",
        |vm, args| new_filled(vm, args, Scalar::Int(0)),
    ),
    Native::new(
        "new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False)",
        |vm, args| {
            let x = args.tensor(0)?;
            let engine = device::wanted(vm, args)?.unwrap_or_else(|| x.engine().clone());
            let dtype = dtype(args)?.unwrap_or(x.dtype());
            finish(args, engine.full(&sizes(&args.ints(1)?)?, args.scalar(2)?, dtype)?)
        },
    ),
    Native::new("new_tensor(self, data, *, dtype=None, device=None, requires_grad=False)", |vm, args| {
        let x = args.tensor(0)?;
        let engine = device::wanted(vm, args)?.unwrap_or_else(|| x.engine().clone());
        let dtype = dtype(args)?.unwrap_or(x.dtype());
        let made = data::tensor(vm, &engine, &args.get(1), Some(dtype))?;
        finish(args, made)
    }),
    Native::new("new(self, *size)", |_, args| {
        let x = args.tensor(0)?;
        Ok(x.engine().empty(&sizes(&args.rest_ints()?)?, x.dtype())?.into())
    }),
];

/// Sizes that are counts.
///
/// # Errors
/// In PyTorch's words if one is negative.
pub(crate) fn sizes(sizes: &[i64]) -> Result<Vec<usize>> {
    let size = |&n: &i64| match usize::try_from(n) {
        Ok(n) => Ok(n),
        Err(_) => {
            let all: Vec<String> = sizes.iter().map(i64::to_string).collect();
            runtime_error(format!(
                "Trying to create tensor with negative dimension {n}: [{}]",
                all.join(", ")
            ))
        }
    };
    sizes.iter().map(size).collect()
}

/// The shape that `*size` or `size=` gives.
pub(super) fn shape(args: &Args) -> Result<Vec<usize>> {
    if let Some(value) = args.by_name("size").filter(|_| args.rest.is_empty()) {
        let items = value.sequence().unwrap_or_else(|| vec![value.clone()]);
        let ints: Option<Vec<i64>> = items.iter().map(Value::as_int).collect();
        return match ints {
            Some(ints) => sizes(&ints),
            None => wrong_size(args, &value, ""),
        };
    }
    let items = match &*args.rest {
        [one] => match one.sequence() {
            Some(items) => items,
            None if one.as_int().is_none() => return wrong_size(args, one, " (position 1)"),
            None => vec![one.clone()],
        },
        several => several.to_vec(),
    };
    let mut ints = Vec::new();
    for (i, item) in items.iter().enumerate() {
        match item.as_int() {
            Some(n) => ints.push(n),
            None if args.rest.len() == 1 => return wrong_size(args, &args.rest[0], " (position 1)"),
            None => {
                let (name, found, i) = (args.function(), item.type_name(), i + 1);
                return type_error(format!(
                    "{name}(): argument 'size' must be tuple of SymInts, but found element of type {found} at pos {i}"
                ));
            }
        }
    }
    sizes(&ints)
}

fn wrong_size<T>(args: &Args, value: &Value, place: &str) -> Result<T> {
    let (name, found) = (args.function(), value.type_name());
    type_error(format!("{name}(): argument 'size'{place} must be tuple of SymInts, not {found}"))
}

/// What `dtype=` says.
pub(super) fn dtype(args: &Args) -> Result<Option<DType>> {
    match args.by_name("dtype") {
        None => Ok(None),
        Some(value) => match value.as_dtype() {
            Some(dtype) => Ok(Some(dtype)),
            None => {
                let (name, found) = (args.function(), value.type_name());
                let wrong = || format!("{name}(): argument 'dtype' must be torch.dtype, not {found}");
                type_error(super::dtype::no_dtype(&value, wrong))
            }
        },
    }
}

/// The engine of a new tensor.
pub(super) fn place(vm: &Machine, args: &Args) -> Result<Engine> {
    Ok(device::wanted(vm, args)?.unwrap_or_else(|| vm.engine()))
}

/// What `requires_grad=` and `out=` say, done to a new tensor.
pub(super) fn finish(args: &Args, x: Tensor) -> Result<Value> {
    if args.by_name("requires_grad").is_some_and(|value| matches!(value, Value::Bool(true))) {
        if !x.dtype().is_floating_point() {
            return runtime_error("Only Tensors of floating point and complex dtype can require gradients")
                .map_err(|stop: Stop| {
                    stop.hint("Gradients need real numbers: write torch.tensor([1., 2.]) with points.")
                });
        }
        x.requires_grad_(true)?;
    }
    deliver(args, x)
}

fn filled(vm: &mut Machine, args: &Args, value: Scalar) -> Result<Value> {
    let dtype = dtype(args)?.unwrap_or(vm.torch.default_dtype);
    finish(args, place(vm, args)?.full(&shape(args)?, value, dtype)?)
}

fn new_filled(vm: &mut Machine, args: &Args, value: Scalar) -> Result<Value> {
    let x = args.tensor(0)?;
    let engine = device::wanted(vm, args)?.unwrap_or_else(|| x.engine().clone());
    let dtype = dtype(args)?.unwrap_or(x.dtype());
    finish(args, engine.full(&shape(args)?, value, dtype)?)
}

fn like(vm: &mut Machine, args: &Args, value: Scalar) -> Result<Value> {
    let x = args.tensor(0)?;
    let engine = device::wanted(vm, args)?.unwrap_or_else(|| x.engine().clone());
    finish(args, engine.full(x.shape(), value, dtype(args)?.unwrap_or(x.dtype()))?)
}

fn fill_value(vm: &mut Machine, args: &Args, i: usize) -> Result<Scalar> {
    match args.operand(i)? {
        Operand::Scalar(number) => Ok(number),
        Operand::Tensor(t) => item(vm, &t),
    }
}

fn as_tensor(vm: &mut Machine, args: &Args) -> Result<Value> {
    let value = args.get(0);
    let engine = match (device::wanted(vm, args)?, &value) {
        (Some(engine), _) => engine,
        (None, Value::Tensor(t)) => t.tensor.engine().clone(),
        (None, _) => vm.engine(),
    };
    let dtype = dtype(args)?;
    match tensor_of(&value) {
        Some(x) if x.engine().same_as(&engine) && dtype.is_none_or(|dtype| dtype == x.dtype()) => match value
        {
            Value::Tensor(_) => Ok(value),
            _ => Ok(x.into()),
        },
        Some(x) => Ok(device::moved(vm, &x, &engine, dtype.unwrap_or(x.dtype()))?.into()),
        None => Ok(data::tensor(vm, &engine, &value, dtype)?.into()),
    }
}
