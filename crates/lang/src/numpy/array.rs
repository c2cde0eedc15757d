//! `numpy.ndarray`: an array is a tensor on the CPU, so that sharing memory with PyTorch is sharing the tensor.

use std::any::Any;
use std::rc::Rc;

use engine::{Scalar, Tensor};

use super::kind::Kind;
use super::nd::Nd;
use super::number::Number;
use crate::error::{Result, Stop, type_error, value_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::Args;
use crate::object::Object;
use crate::value::Value;

/// An array.
pub(crate) struct Array {
    pub(crate) tensor: Tensor,
    pub(crate) kind: Kind,
}

impl Array {
    /// The array that shares the elements of a tensor: `tensor.numpy()`. Whoever calls it has refused tensors of other
    /// devices and those that require gradients.
    pub(crate) fn of(tensor: &Tensor) -> Value {
        Value::object(Self { tensor: tensor.detach(), kind: Kind::of(tensor.dtype()) })
    }

    /// The tensor that shares the elements of an array, if the value is one: `torch.from_numpy`.
    pub(crate) fn tensor(value: &Value) -> Option<Tensor> {
        value.downcast::<Self>().map(|array| array.tensor.detach())
    }

    /// An array of the same type that shares elements with this one.
    pub(crate) fn view(&self, tensor: Tensor) -> Value {
        Value::object(Self { tensor, kind: self.kind })
    }

    pub(crate) fn read(&self, vm: &mut Machine) -> Result<Nd> {
        let data = vm.read(&self.tensor)?;
        Ok(Nd { kind: self.kind, shape: self.tensor.shape().to_vec(), data, number: false })
    }

    /// Puts other elements in the place of all of its own.
    pub(crate) fn write(&self, vm: &mut Machine, nd: Nd) -> Result<()> {
        let nd = nd.cast(self.kind);
        let new = vm.array_engine().tensor_as(nd.data, &nd.shape, self.kind.dtype())?;
        self.tensor.copy_(&new)?;
        Ok(())
    }
}

impl Object for Array {
    fn class(&self) -> (&'static str, &'static str) {
        ("numpy", "ndarray")
    }

    fn repr(&self, vm: &mut Machine) -> Result<String> {
        let nd = self.read(vm)?;
        super::print::written(vm, &nd, super::print::repr)
    }

    fn str(&self, vm: &mut Machine) -> Result<String> {
        let nd = self.read(vm)?;
        super::print::written(vm, &nd, super::print::str)
    }

    fn fork(&self, fork: &mut Fork) -> Option<Rc<dyn Object>> {
        Some(Rc::new(Self { tensor: fork.tensor(&self.tensor), kind: self.kind }))
    }

    fn is_hashable(&self) -> bool {
        false
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Machine {
    /// The engine of arrays, which is that of the CPU.
    pub(crate) fn array_engine(&self) -> engine::Engine {
        self.engine()
    }

    /// How arrays are printed.
    pub(crate) fn print_options(&self) -> super::PrintOptions {
        self.numpy_print.clone()
    }

    pub(crate) fn set_print_options(&mut self, options: super::PrintOptions) {
        self.numpy_print = options;
    }

    /// The elements of anything that NumPy makes an array of: arrays, tensors, numbers, and lists of those.
    ///
    /// # Errors
    /// `ValueError` for lists of unequal lengths, `TypeError` for other values.
    pub(crate) fn nd(&mut self, value: &Value) -> Result<Nd> {
        self.try_nd(value)?.map_or_else(
            || {
                let name = value.type_name();
                Err(Stop::error("TypeError", format!("cannot make an array of numbers of '{name}'"))
                    .hint("Arrays hold numbers and truth values here."))
            },
            Ok,
        )
    }

    /// The same, or nothing for values that are no numbers.
    ///
    /// # Errors
    /// As for [`nd`](Self::nd).
    pub(crate) fn try_nd(&mut self, value: &Value) -> Result<Option<Nd>> {
        if let Some(array) = value.downcast::<Array>() {
            return array.read(self).map(Some);
        }
        if let Some(number) = value.downcast::<Number>() {
            return Ok(Some(Nd::of(number.kind, number.value)));
        }
        match value.unwrapped() {
            Value::Tensor(t) => {
                if t.tensor.requires_grad() {
                    return Err(Stop::error(
                        "RuntimeError",
                        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
                    ));
                }
                let data = self.read(&t.tensor)?;
                Ok(Some(Nd::new(Kind::of(t.tensor.dtype()), t.tensor.shape().to_vec(), data)))
            }
            Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
                Ok(value.as_scalar().map(|number| Nd::of(Kind::of_number(number), number)))
            }
            Value::Object(_) => Ok(value.as_scalar().map(|number| Nd::of(Kind::of_number(number), number))),
            Value::List(_) | Value::Tuple(_) => {
                let items = value.sequence().unwrap_or_default();
                self.nested(&items, 0)
            }
            Value::Range(range) => {
                self.reserve(range.len().saturating_mul(8))?;
                Ok(Some(Nd::vector((0..range.len()).map(|i| range.at(i)).collect::<Vec<i64>>())))
            }
            _ => Ok(None),
        }
    }

    /// The array of the items of a list.
    fn nested(&mut self, items: &[Value], depth: usize) -> Result<Option<Nd>> {
        if depth > 30 {
            return value_error("maximum supported dimension for an ndarray is 32");
        }
        // One list may stand in others again and again: together they are small, and their elements are not.
        self.spend(128 + items.len() * 16)?;
        let scalars: Option<Vec<Scalar>> = items
            .iter()
            .map(|item| match item {
                Value::Bool(_) | Value::Int(_) | Value::Float(_) => item.as_scalar(),
                _ => None,
            })
            .collect();
        if let Some(scalars) = scalars {
            return Ok(Some(of_scalars(&scalars)));
        }
        let mut parts = Vec::with_capacity(items.len());
        for item in items {
            let part = match item.unwrapped() {
                Value::List(_) | Value::Tuple(_) => {
                    let inner = item.sequence().unwrap_or_default();
                    self.nested(&inner, depth + 1)?
                }
                _ => self.try_nd(item)?,
            };
            let Some(part) = part else { return Ok(None) };
            parts.push(part);
        }
        if parts.iter().any(|part| part.shape != parts[0].shape) {
            let (n, dims) = (items.len(), depth + 1);
            return value_error(format!(
                "setting an array element with a sequence. The requested array has an inhomogeneous shape after \
                 {dims} dimensions. The detected shape was ({n},) + inhomogeneous part."
            ));
        }
        Ok(Some(joined(&parts)))
    }

    /// A new array.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub(crate) fn array(&mut self, nd: Nd) -> Result<Value> {
        self.charge(64);
        let tensor = self.array_engine().tensor_as(nd.data, &nd.shape, nd.kind.dtype())?;
        Ok(Value::object(Array { tensor, kind: nd.kind }))
    }

    /// A new array, or a number if there are no dimensions: what functions of NumPy return.
    ///
    /// # Errors
    /// As for [`array`](Self::array).
    pub(crate) fn returned(&mut self, nd: Nd) -> Result<Value> {
        if nd.shape.is_empty() {
            return Ok(Number::of(nd.kind, nd.at(0)));
        }
        self.array(nd)
    }

    /// Puts a result into the array that was given for it, if one was; else returns it.
    ///
    /// # Errors
    /// If it does not fit.
    pub(crate) fn returned_to(&mut self, nd: Nd, out: Option<Value>) -> Result<Value> {
        let Some(out) = out else { return self.returned(nd) };
        let out = match &out {
            Value::Tuple(tuple) => tuple.items().first().cloned().unwrap_or(Value::None),
            other => other.clone(),
        };
        let Some(array) = out.downcast::<Array>() else {
            return type_error("return arrays must be of ArrayType");
        };
        let shape = array.tensor.shape().to_vec();
        let nd = nd.fitted(&shape)?;
        array.write(self, nd)?;
        Ok(out)
    }
}

impl Nd {
    /// Broadcast to the shape of an array that it is written to.
    ///
    /// # Errors
    /// `ValueError`.
    pub(crate) fn fitted(self, shape: &[usize]) -> Result<Self> {
        let lead =
            self.shape.iter().take_while(|&&n| n == 1).count().min(self.ndim().saturating_sub(shape.len()));
        let trimmed = self.shape.get(lead..).unwrap_or_default().to_vec();
        let fits = trimmed.len() <= shape.len()
            && trimmed.iter().rev().zip(shape.iter().rev()).all(|(&own, &to)| own == to || own == 1);
        if !fits {
            let (own, to) = (super::nd::tight(&self.shape), super::nd::tight(shape));
            return value_error(format!("could not broadcast input array from shape {own} into shape {to}"));
        }
        Ok(self.reshaped(trimmed).expanded(shape))
    }
}

/// The vector of numbers of Python.
fn of_scalars(scalars: &[Scalar]) -> Nd {
    let kind = scalars.iter().map(|&x| Kind::of_number(x)).reduce(Kind::promote).unwrap_or(Kind::Float64);
    let shape = vec![scalars.len()];
    match kind {
        Kind::Bool => Nd::new(kind, shape, scalars.iter().map(|x| x.to_bool()).collect::<Vec<bool>>()),
        Kind::Int64 => Nd::new(kind, shape, scalars.iter().map(|x| x.to_i64()).collect::<Vec<i64>>()),
        _ => Nd::new(kind, shape, scalars.iter().map(|x| x.to_f64()).collect::<Vec<f64>>()),
    }
}

/// Arrays of one shape, stacked along a new first dimension.
pub(crate) fn joined(parts: &[Nd]) -> Nd {
    let kind = parts.iter().map(|part| part.kind).reduce(Kind::promote).unwrap_or(Kind::Float64);
    let mut shape = vec![parts.len()];
    shape.extend(parts.first().map(|part| part.shape.clone()).unwrap_or_default());
    Nd::new(kind, shape, chained(kind, parts))
}

/// The elements of one after those of another.
pub(crate) fn chained(kind: Kind, parts: &[Nd]) -> engine::HostData {
    match kind {
        Kind::Float32 | Kind::Float64 => parts.iter().flat_map(Nd::f64s).collect::<Vec<f64>>().into(),
        Kind::Bool => parts.iter().flat_map(Nd::bools).collect::<Vec<bool>>().into(),
        _ => parts.iter().flat_map(Nd::i64s).collect::<Vec<i64>>().into(),
    }
}

/// Argument `i` as an array of ours, for methods.
///
/// # Errors
/// `TypeError` if it is none.
pub(crate) fn own(args: &Args, i: usize) -> Result<(Tensor, Kind)> {
    let value = args.get(i);
    match value.downcast::<Array>() {
        Some(array) => Ok((array.tensor.clone(), array.kind)),
        None => type_error(format!("an array is needed, not '{}'", value.type_name())),
    }
}
