//! Operands of ops, `out=`, and how results get back: what every function of `torch` does alike.

use engine::ops::Arg;
use engine::{Error, Scalar, Tensor};

use crate::error::{Result, Stop, type_error};
use crate::machine::Machine;
use crate::native::Args;
use crate::numpy::Array;
use crate::value::Value;

/// What an op computes with besides its tensor: another one, or a number.
#[derive(Clone)]
pub(crate) enum Operand {
    Tensor(Tensor),
    Scalar(Scalar),
}

impl Operand {
    /// As the engine takes it.
    pub(crate) fn arg(&self) -> Arg<'_> {
        match self {
            Self::Tensor(tensor) => Arg::Tensor(tensor),
            Self::Scalar(number) => Arg::Scalar(*number),
        }
    }

    /// A value that can be an operand: a tensor, an array, a number.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        tensor_of(value).map(Self::Tensor).or_else(|| value.as_scalar().map(Self::Scalar))
    }
}

/// The tensor that a value is, or that an array of NumPy holds.
pub(crate) fn tensor_of(value: &Value) -> Option<Tensor> {
    match value {
        Value::Tensor(tensor) => Some(tensor.tensor.clone()),
        other => Array::tensor(other),
    }
}

impl Args {
    /// A tensor or a number.
    ///
    /// # Errors
    /// `TypeError` for anything else.
    pub(crate) fn operand(&self, i: usize) -> Result<Operand> {
        Operand::of(&self.get(i)).ok_or_else(|| self.wrong(i, "Tensor"))
    }

    /// As [`operand`](Self::operand); nothing for `None`.
    ///
    /// # Errors
    /// `TypeError` for anything else.
    pub(crate) fn opt_operand(&self, i: usize) -> Result<Option<Operand>> {
        if self.get(i).is_none() { Ok(None) } else { self.operand(i).map(Some) }
    }

    /// The dimensions that are named; all of them, if none is.
    ///
    /// # Errors
    /// `TypeError` if they are no integers.
    pub(crate) fn dims(&self, i: usize) -> Result<Vec<i64>> {
        Ok(self.opt_ints(i)?.unwrap_or_default())
    }
}

/// What computes a result of a tensor and further arguments. The tensor is argument 0, or what it was before it is written to.
pub(crate) type Compute = fn(&Tensor, &Args) -> Result<Tensor>;

/// A function: its result is a new tensor, or is written into `out`.
pub(crate) fn computed(args: &Args, compute: Compute) -> Result<Value> {
    let x = args.tensor(0)?;
    let result = compute(&x, args)?;
    if result.same_as(&x) { deliver_same(args, 0) } else { deliver(args, result) }
}

/// A function whose name ends in `_`: its result is written into argument 0.
pub(crate) fn written(args: &Args, compute: Compute) -> Result<Value> {
    let x = args.tensor(0)?;
    write_back(&x, |before| compute(before, args))?;
    Ok(args.get(0))
}

/// Writes what is computed of a tensor back into it.
pub(crate) fn write_back(x: &Tensor, compute: impl FnOnce(&Tensor) -> Result<Tensor>) -> Result<()> {
    let mut stopped = None;
    let done = x.update_(|before| {
        compute(before).map_err(|stop| {
            stopped = Some(stop);
            Error::Internal("an in-place op was stopped".to_owned())
        })
    });
    match stopped {
        Some(stop) => Err(stop),
        None => Ok(done?),
    }
}

/// The result is argument `i` itself.
fn deliver_same(args: &Args, i: usize) -> Result<Value> {
    match args.by_name("out") {
        None => Ok(args.get(i)),
        Some(_) => deliver(args, args.tensor(i)?),
    }
}

/// Gives a result back, or writes it into `out`.
pub(crate) fn deliver(args: &Args, result: Tensor) -> Result<Value> {
    let Some(value) = args.by_name("out") else { return Ok(result.into()) };
    let Value::Tensor(out) = &value else {
        let found = value.type_name();
        return type_error(format!("{}(): argument 'out' must be Tensor, not {found}", args.function()));
    };
    let inputs = args.given_tensors();
    let inputs: Vec<&Tensor> = inputs.iter().filter(|t| !t.same_as(&out.tensor)).collect();
    result.write_out(args.function(), &inputs, &out.tensor)?;
    Ok(value)
}

/// Gives several results back as a tuple whose places have names.
pub(crate) fn named(name: &str, fields: &[&str], items: Vec<Tensor>) -> Value {
    Value::named(&format!("torch.return_types.{name}"), fields, items.into_iter().map(Value::from).collect())
}

/// The one element of a tensor.
///
/// # Errors
/// `ValueError` if there is not exactly one; what reading says.
pub(crate) fn item(vm: &mut Machine, tensor: &Tensor) -> Result<Scalar> {
    if tensor.numel() != 1 {
        return Err(Stop::error("ValueError", "only one element tensors can be converted to Python scalars")
            .hint(
                "Reduce it to one number first, for example with .sum() or .mean(); .tolist() gives all.",
            ));
    }
    vm.wait(|| tensor.item())
}

/// A number as a value.
pub(crate) fn number(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool(b) => Value::Bool(b),
        Scalar::Int(i) => Value::Int(i),
        Scalar::Float(x) => Value::Float(x),
    }
}

/// An integer, also one in a tensor of one element.
///
/// # Errors
/// `TypeError` for anything else.
pub(crate) fn index(vm: &mut Machine, value: &Value) -> Result<Option<i64>> {
    if let Value::Tensor(t) = value {
        if t.tensor.dtype().is_floating_point() || t.tensor.numel() != 1 {
            return type_error("only integer tensors of a single element can be converted to an index");
        }
        return item(vm, &t.tensor).map(|number| Some(number.to_i64()));
    }
    Ok(value.as_int())
}
