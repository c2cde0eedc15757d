//! Tensors of nested lists: `torch.tensor`.

use engine::{DType, Engine, HostData, Scalar, Tensor};

use super::operand::{item, tensor_of};
use crate::error::{Result, Stop, runtime_error, type_error, value_error};
use crate::machine::Machine;
use crate::native::Args;
use crate::numpy::number::Number;
use crate::value::Value;

/// How deep lists may be inside each other.
const DEEPEST: usize = 64;

/// What was found in nested lists.
#[derive(Default)]
struct Found {
    shape: Vec<usize>,
    numbers: Vec<Scalar>,
    /// The type that those of all numbers promote to.
    dtype: Option<DType>,
}

impl Found {
    fn meet(&mut self, dtype: DType) {
        self.dtype = Some(self.dtype.map_or(dtype, |before| before.promote(dtype)));
    }
}

/// A new tensor with these elements. Without a dtype, they decide.
///
/// # Errors
/// In PyTorch's words for what is no number, and for lists of different lengths.
pub(crate) fn tensor(
    vm: &mut Machine,
    engine: &Engine,
    value: &Value,
    dtype: Option<DType>,
) -> Result<Tensor> {
    if let Some(source) = tensor_of(value) {
        let dtype = dtype.unwrap_or(source.dtype());
        let source = source.detach();
        return match source.engine().same_as(engine) {
            true => Ok(source.to(dtype)?.copy()?),
            false => super::device::moved(vm, &source, engine, dtype),
        };
    }
    if let Value::Str(_) = value {
        return type_error("new(): invalid data type 'str'");
    }
    let mut found = Found::default();
    measure(vm, value, &mut found.shape)?;
    let count = found.shape.iter().fold(1u64, |count, &size| count.saturating_mul(size as u64));
    if count > vm.limits.tensor_bytes {
        return runtime_error("a tensor of so many elements takes more memory than is allowed");
    }
    gather(vm, value, 0, &mut found)?;
    let dtype = dtype.or(found.dtype).unwrap_or(vm.torch.default_dtype);
    if found.numbers.iter().any(|number| !number.fits(dtype)) {
        let name = dtype.name();
        return runtime_error(format!("value cannot be converted to type {name} without overflow"));
    }
    let host = host(&found.numbers, dtype);
    Ok(engine.tensor_as(host, &found.shape, dtype)?)
}

/// Lets the program walk what is a sequence by its methods, such as a `deque`: the function is then called again with a list.
///
/// # Errors
/// That call.
pub(crate) fn listed(vm: &mut Machine, args: &Args, i: usize) -> Result<()> {
    let value = args.get(i);
    let walked = |name: &str| matches!(vm.operator(&value, name), Some(Value::Function(_)));
    if matches!(value.unwrapped(), Value::Instance(_)) && walked("__len__") && walked("__getitem__") {
        return Err(args.again(vm, i));
    }
    Ok(())
}

/// Numbers as the host holds them.
pub(crate) fn host(numbers: &[Scalar], dtype: DType) -> HostData {
    match dtype {
        DType::Float32 => numbers.iter().map(|n| n.to_f64() as f32).collect::<Vec<_>>().into(),
        DType::Float64 => numbers.iter().map(|n| n.to_f64()).collect::<Vec<_>>().into(),
        DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => {
            numbers.iter().map(|n| n.to_i64()).collect::<Vec<_>>().into()
        }
        DType::UInt8 => numbers.iter().map(|n| n.to_i64() as u8).collect::<Vec<_>>().into(),
        DType::Bool => numbers.iter().map(|n| n.to_bool()).collect::<Vec<_>>().into(),
    }
}

/// The parts of what counts as a sequence.
fn parts(vm: &mut Machine, value: &Value) -> Result<Option<Vec<Value>>> {
    match value.unwrapped() {
        Value::List(list) => Ok(Some(list.0.borrow().clone())),
        Value::Tuple(tuple) => Ok(Some(tuple.items().to_vec())),
        Value::Range(_) => vm.items_of(value),
        _ => Ok(None),
    }
}

/// The shape, which the first elements give.
fn measure(vm: &mut Machine, value: &Value, shape: &mut Vec<usize>) -> Result<()> {
    let mut value = value.clone();
    loop {
        if let Value::Str(_) = value {
            return value_error("too many dimensions 'str'");
        }
        if let Some(tensor) = tensor_of(&value) {
            if !matches!(value, Value::Tensor(_)) {
                shape.extend(tensor.shape());
            }
            return Ok(());
        }
        let Some(items) = parts(vm, &value)? else { return Ok(()) };
        if shape.len() >= DEEPEST {
            return value_error("too many dimensions in a nested list");
        }
        shape.push(items.len());
        match items.into_iter().next() {
            Some(first) => value = first,
            None => return Ok(()),
        }
    }
}

fn gather(vm: &mut Machine, value: &Value, depth: usize, found: &mut Found) -> Result<()> {
    if let Some(tensor) = tensor_of(value) {
        return gather_tensor(vm, value, &tensor, depth, found);
    }
    let Some(&size) = found.shape.get(depth) else {
        let number = match value {
            Value::Str(_) | Value::List(_) | Value::Tuple(_) if !found.shape.is_empty() => {
                let kind = value.type_name();
                return type_error(format!("'{kind}' object cannot be interpreted as an integer"));
            }
            other => other.as_scalar(),
        };
        return match number {
            Some(number) => {
                // Numbers of NumPy know their type.
                found.meet(match (value.downcast::<Number>(), number) {
                    (Some(known), _) => known.kind.dtype(),
                    (None, Scalar::Bool(_)) => DType::Bool,
                    (None, Scalar::Int(_)) => DType::Int64,
                    (None, Scalar::Float(_)) => vm.torch.default_dtype,
                });
                found.numbers.push(number);
                Ok(())
            }
            None => runtime_error(format!("Could not infer dtype of {}", value.type_name())),
        };
    };
    let Some(items) = parts(vm, value)? else {
        if let Value::None | Value::Dict(_) = value {
            return runtime_error(format!("Could not infer dtype of {}", value.type_name()));
        }
        return type_error("not a sequence");
    };
    if items.len() != size {
        let got = items.len();
        return Err(Stop::error(
            "ValueError",
            format!("expected sequence of length {size} at dim {depth} (got {got})"),
        )
        .hint("All rows must have the same length."));
    }
    // One list may stand in others again and again: together they are small, and their elements are not.
    vm.spend((1 + size) * size_of::<Scalar>())?;
    items.iter().try_for_each(|item| gather(vm, item, depth + 1, found))
}

fn gather_tensor(
    vm: &mut Machine,
    value: &Value,
    tensor: &Tensor,
    depth: usize,
    found: &mut Found,
) -> Result<()> {
    if let Value::Tensor(_) = value {
        let number = item(vm, tensor)?;
        found.numbers.push(number);
        found.meet(tensor.dtype());
        return Ok(());
    }
    if found.shape.get(depth..) != Some(tensor.shape()) {
        let (size, got) =
            (found.shape.get(depth).copied().unwrap_or(0), tensor.shape().first().copied().unwrap_or(0));
        return value_error(format!("expected sequence of length {size} at dim {depth} (got {got})"));
    }
    let data = vm.read(tensor)?;
    found.numbers.extend((0..data.len()).filter_map(|i| data.get(i)));
    found.meet(tensor.dtype());
    Ok(())
}
