//! Tensors as other things: numbers, lists, texts, arrays; and of other types and on other devices.

use engine::{DType, List};

use super::repr_tensor;
use crate::error::{Result, Stop, runtime_error, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::numpy::Array;
use crate::torch::operand::{index, item, number};
use crate::torch::{device, dtype};
use crate::value::Value;

pub(super) const METHODS: &[Native] = &[
    Native::new("item(self)", |vm, args| Ok(number(item(vm, &args.tensor(0)?)?))),
    Native::new("__int__(self)", |vm, args| {
        let value = item(vm, &args.tensor(0)?)?.to_f64();
        if !value.is_finite() {
            let what = if value.is_nan() { "NaN" } else { "infinity" };
            return Err(Stop::error("ValueError", format!("cannot convert float {what} to integer")));
        }
        Ok(Value::Int(item(vm, &args.tensor(0)?)?.to_i64()))
    }),
    Native::new("__float__(self)", |vm, args| Ok(Value::Float(item(vm, &args.tensor(0)?)?.to_f64()))),
    Native::new("__index__(self)", |vm, args| {
        args.tensor(0)?;
        Ok(Value::from(index(vm, &args.get(0))?))
    }),
    Native::new("__bool__(self)", |vm, args| {
        Ok(Value::Bool(super::super::tensor_truth(vm, &args.tensor(0)?)?))
    }),
    Native::new("is_nonzero(self)", |vm, args| {
        Ok(Value::Bool(super::super::tensor_truth(vm, &args.tensor(0)?)?))
    }),
    Native::new("__len__(self)", |_, args| match args.tensor(0)?.shape().first() {
        Some(&n) => Ok(n.into()),
        None => type_error("len() of a 0-d tensor"),
    }),
    Native::new("__hash__(self)", |_, args| Ok(args.tensor(0)?.id().into())),
    Native::new("__repr__(self)", text),
    Native::new("__str__(self)", text),
    Native::new("__format__(self, spec)", format),
    Native::new("tolist(self)", |vm, args| {
        let x = args.tensor(0)?;
        Ok(list(vm.wait(|| x.tolist())?))
    }),
    Native::new("numpy(self, *, force=False)", numpy),
    Native::new("__array__(self, dtype=None)", numpy),
    Native::new("type(self, dtype=None, non_blocking=False)", type_of),
    Native::new("to(self, *args, dtype=None, device=None, non_blocking=False, copy=False)", to),
    Native::new("cpu(self)", |vm, args| {
        let engine = vm.engine();
        let x = args.tensor(0)?;
        if x.engine().same_as(&engine) {
            return Ok(args.get(0));
        }
        Ok(device::moved(vm, &x, &engine, x.dtype())?.into())
    }),
    Native::new("cuda(self, device=None, non_blocking=False)", |vm, args| {
        let value = args.opt(1).unwrap_or_else(|| Value::str("cuda"));
        let wanted = device::of(&value).unwrap_or_else(|| Err(args.wrong(1, "torch.device")))?;
        let (x, engine) = (args.tensor(0)?, wanted.engine(vm)?);
        if x.engine().same_as(&engine) {
            return Ok(args.get(0));
        }
        Ok(device::moved(vm, &x, &engine, x.dtype())?.into())
    }),
    Native::new("float(self)", |_, args| cast(args, DType::Float32)),
    Native::new("double(self)", |_, args| cast(args, DType::Float64)),
    Native::new("long(self)", |_, args| cast(args, DType::Int64)),
    Native::new("bool(self)", |_, args| cast(args, DType::Bool)),
    Native::new("byte(self)", |_, args| cast(args, DType::UInt8)),
    Native::new("int(self)", |_, args| cast(args, DType::Int32)),
    Native::new("short(self)", |_, args| cast(args, DType::Int16)),
    Native::new("char(self)", |_, args| cast(args, DType::Int8)),
    Native::new("half(self)", |_, _| refused("half")),
    Native::new("bfloat16(self)", |_, _| refused("bfloat16")),
    Native::new("type_as(self, other)", |_, args| cast(args, args.tensor(1)?.dtype())),
    Native::new("__deepcopy__(self, memo=None)", deepcopy),
];

fn refused(name: &str) -> Result<Value> {
    runtime_error(dtype::refusal(name).unwrap_or_else(|| format!("torch.{name} is not part of Seegrad")))
}

/// The tensor as another type; itself, if it has it.
fn cast(args: &Args, dtype: DType) -> Result<Value> {
    let x = args.tensor(0)?;
    if x.dtype() == dtype { Ok(args.get(0)) } else { Ok(x.to(dtype)?.into()) }
}

fn text(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0) {
        Value::Tensor(tensor) => Ok(repr_tensor(vm, &tensor)?.into()),
        _ => Err(args.wrong(0, "Tensor")),
    }
}

fn format(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, spec) = (args.tensor(0)?, args.str(1)?);
    if x.ndim() == 0 {
        let value = number(item(vm, &x)?);
        return Err(Stop::call(vm.helper("format"), vec![value, Value::Str(spec)]));
    }
    if spec.is_empty() {
        return text(vm, args);
    }
    let kind = args.get(0).type_name();
    Err(Stop::error("TypeError", format!("unsupported format string passed to {kind}.__format__"))
        .hint("Only single numbers can be formatted: use .item(), or print the tensor as it is."))
}

/// The array that shares the elements.
fn numpy(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?;
    let force = args.by_name("force").is_some_and(|value| matches!(value, Value::Bool(true)));
    if !x.engine().same_as(&vm.torch.engine) {
        if force {
            let engine = vm.engine();
            return Ok(Array::of(&device::moved(vm, &x.detach(), &engine, x.dtype())?));
        }
        let name = device::Device::of(vm, x.engine()).name();
        return type_error(format!(
            "can't convert {name} device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first."
        ));
    }
    if x.requires_grad() && !force {
        return runtime_error(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        );
    }
    Ok(Array::of(&x))
}

fn list(list: List) -> Value {
    match list {
        List::Number(scalar) => number(scalar),
        List::Items(items) => Value::list(items.into_iter().map(self::list).collect()),
    }
}

/// What a value means as a type: a dtype, the name of a tensor type, or its class.
pub(crate) fn dtype_named(value: &Value) -> Option<DType> {
    let name = match value {
        Value::Str(name) => name.strip_prefix("torch.")?.to_owned(),
        Value::Class(class) if class.builtin.get() && &*class.module == "torch" => class.name.to_string(),
        other => return other.as_dtype(),
    };
    Some(match name.strip_prefix("cuda.").unwrap_or(&name) {
        "FloatTensor" | "Tensor" => DType::Float32,
        "DoubleTensor" => DType::Float64,
        "LongTensor" => DType::Int64,
        "IntTensor" => DType::Int32,
        "ShortTensor" => DType::Int16,
        "CharTensor" => DType::Int8,
        "ByteTensor" => DType::UInt8,
        "BoolTensor" => DType::Bool,
        _ => return None,
    })
}

fn type_of(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?;
    let Some(value) = args.opt(1) else {
        let kind = x.dtype().tensor_type();
        let cuda = !x.engine().same_as(&vm.torch.engine);
        return Ok(Value::from(if cuda { kind.replace("torch.", "torch.cuda.") } else { kind }));
    };
    let Some(dtype) = dtype_named(&value) else {
        return match &value {
            Value::Str(name) => value_error(format!("invalid type: '{name}'")),
            other => {
                type_error(dtype::no_dtype(other, || "dtype must be a type, str, or dtype object".to_owned()))
            }
        };
    };
    let to_cuda = matches!(&value, Value::Str(name) if name.contains(".cuda."));
    if to_cuda {
        let engine =
            device::of(&Value::str("cuda")).unwrap_or_else(|| Err(args.wrong(1, "str")))?.engine(vm)?;
        return Ok(device::moved(vm, &x, &engine, dtype)?.into());
    }
    cast(args, dtype)
}

fn to(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?;
    let (mut dtype, mut engine) = (args.opt_dtype(1)?, device::wanted(vm, args)?);
    let mut places = args.rest.iter();
    let mut copy = args.bool(4)?;
    while let Some(value) = places.next() {
        match value {
            Value::Tensor(other) => {
                dtype = Some(other.tensor.dtype());
                engine = Some(other.tensor.engine().clone());
            }
            Value::Bool(_) => {
                copy |= matches!(places.next(), Some(Value::Bool(true)));
                break;
            }
            other => match (other.as_dtype(), device::of(other)) {
                (Some(wanted), _) => dtype = Some(wanted),
                (None, Some(device)) => engine = Some(device?.engine(vm)?),
                (None, None) => {
                    let found = other.type_name();
                    return type_error(dtype::no_dtype(other, || {
                        format!(
                            "to() received an invalid combination of arguments - got ({found}), but expected a dtype, a device \
                             or a tensor"
                        )
                    }));
                }
            },
        }
    }
    let (dtype, engine) = (dtype.unwrap_or(x.dtype()), engine.unwrap_or_else(|| x.engine().clone()));
    if !copy && dtype == x.dtype() && engine.same_as(x.engine()) {
        return Ok(args.get(0));
    }
    let moved = device::moved(vm, &x, &engine, dtype)?;
    Ok(if copy && moved.same_as(&x) { x.copy()?.into() } else { moved.into() })
}

fn deepcopy(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Tensor(old) = args.get(0) else { return Err(args.wrong(0, "Tensor")) };
    let x = &old.tensor;
    if !x.is_leaf() {
        return runtime_error(
            "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment",
        );
    }
    let copy = x.detach().copy()?;
    copy.requires_grad_(x.requires_grad())?;
    if let Some(grad) = x.grad() {
        copy.set_grad(Some(grad.detach().copy()?));
    }
    Ok(Value::Tensor(crate::value::TensorRef { tensor: copy, parameter: old.parameter }))
}
