//! Functions of one element and of two: NumPy's ufuncs, and the operators of arrays.

use std::cmp::Ordering;

use engine::{HostData, Scalar};

use super::array::Array;
use super::functions::{Binary, Rule, Unary};
use super::kind::Kind;
use super::nd::{Nd, broadcast};
use crate::error::{Result, type_error, value_error};
use crate::machine::Machine;
use crate::native::Args;
use crate::value::Value;

/// The type in which two operands meet. A number only counts by its category, or if it does not fit.
pub(super) fn common(a: &Nd, b: &Nd) -> Kind {
    let (array, number) = match (a.ndim() == 0, b.ndim() == 0) {
        (false, true) => (a, b),
        (true, false) => (b, a),
        _ => return a.kind.promote(b.kind),
    };
    if number.kind.category() > array.kind.category() {
        return array.kind.promote(number.kind);
    }
    let fits = match (array.kind, number.at(0)) {
        (kind, value @ Scalar::Int(_)) if !kind.is_float() => kind.cast(value) == value,
        (Kind::Float32, Scalar::Float(x)) => !x.is_finite() || x.abs() <= f64::from(f32::MAX),
        _ => true,
    };
    let wider = |kind: &Kind| kind.promote(array.kind) == *kind && kind.cast(number.at(0)) == number.at(0);
    if fits {
        array.kind
    } else if array.kind != Kind::UInt8 && !array.kind.is_float() {
        [Kind::Int16, Kind::Int32].into_iter().find(wider).unwrap_or(Kind::Int64)
    } else {
        array.kind.promote(number.kind).promote(if array.kind.is_float() {
            Kind::Float64
        } else {
            Kind::Int64
        })
    }
}

impl Binary {
    /// The type in which it is computed.
    ///
    /// # Errors
    /// `TypeError` for types that it does not take.
    fn operand_kind(&self, a: &Nd, b: &Nd) -> Result<Kind> {
        let kind = common(a, b);
        match self.rule {
            Rule::Real if !kind.is_float() => Ok(Kind::Float64),
            Rule::Bits if kind.is_float() => not_supported(self.name),
            Rule::Same if kind == Kind::Bool => match self.name {
                "subtract" => type_error(
                    "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, \
                     or the logical_xor function instead.",
                ),
                "floor_divide" | "remainder" | "mod" | "power" | "fmod" => Ok(Kind::Int64),
                _ => Ok(kind),
            },
            _ => Ok(kind),
        }
    }

    /// The function of each two elements, broadcast.
    ///
    /// # Errors
    /// For shapes and types that do not fit.
    pub(super) fn apply(&self, a: Nd, b: Nd) -> Result<Nd> {
        let kind = self.operand_kind(&a, &b)?;
        let shape = broadcast(&[&a.shape, &b.shape])?;
        let out = if self.rule == Rule::Truth { Kind::Bool } else { kind };
        let number = a.number && b.number;
        let data: HostData = if kind.is_float() {
            let (a, b) = (a.cast(kind), b.cast(kind));
            pairs(&a, &b, &shape, Nd::f64s, self.real).into()
        } else {
            if self.name == "power" && b.i64s().iter().any(|&exponent| exponent < 0) {
                return value_error("Integers to negative integer powers are not allowed.");
            }
            pairs(&a, &b, &shape, Nd::i64s, self.whole).into()
        };
        Ok(Nd { number, ..converted(out, shape, data) })
    }
}

/// What was computed, as elements of the type of the result.
fn converted(kind: Kind, shape: Vec<usize>, data: HostData) -> Nd {
    let nd = Nd::new(Kind::of(data.dtype()), shape, data);
    // A difference of uint8 wraps around; `cast` would too, but from what fits an int64 only.
    nd.cast(kind)
}

/// A function of each two elements of two arrays that are broadcast to `shape`.
fn pairs<T: Copy, R>(a: &Nd, b: &Nd, shape: &[usize], read: fn(&Nd) -> Vec<T>, f: fn(T, T) -> R) -> Vec<R> {
    let single = |nd: &Nd| nd.len() == 1 && nd.ndim() <= shape.len();
    match (single(a), single(b)) {
        (_, true) if a.shape == shape => {
            let y = read(b);
            read(a).into_iter().zip(y.into_iter().cycle()).map(|(x, y)| f(x, y)).collect()
        }
        (true, _) if b.shape == shape => {
            let x = read(a);
            x.into_iter().cycle().zip(read(b)).map(|(x, y)| f(x, y)).collect()
        }
        _ => {
            let (x, y) = (read(&a.clone().expanded(shape)), read(&b.clone().expanded(shape)));
            x.into_iter().zip(y).map(|(x, y)| f(x, y)).collect()
        }
    }
}

impl Unary {
    /// The function of each element.
    ///
    /// # Errors
    /// `TypeError` for types that it does not take.
    pub(super) fn apply(&self, a: &Nd) -> Result<Nd> {
        let (shape, number, kind) = (a.shape.clone(), a.number, a.kind);
        let kind = match self.rule {
            Rule::Real if !kind.is_float() => Kind::Float64,
            Rule::Bits if kind.is_float() => return not_supported(self.name),
            Rule::Same if kind == Kind::Bool && self.name == "negative" => {
                return type_error(
                    "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the \
                     logical_not function instead.",
                );
            }
            _ => kind,
        };
        let out = if self.rule == Rule::Truth { Kind::Bool } else { kind };
        let data: HostData = if kind == Kind::Bool && self.rule == Rule::Bits {
            a.bools().into_iter().map(|b| !b).collect::<Vec<bool>>().into()
        } else if kind.is_float() {
            a.f64s().into_iter().map(self.real).collect::<Vec<f64>>().into()
        } else {
            a.i64s().into_iter().map(self.whole).collect::<Vec<i64>>().into()
        };
        Ok(Nd { number, ..converted(out, shape, data) })
    }
}

fn not_supported<T>(name: &str) -> Result<T> {
    type_error(format!(
        "ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any supported \
         types according to the casting rule ''safe''"
    ))
}

/// `numpy.add` and its like.
pub(super) fn binary(vm: &mut Machine, args: &Args, function: &Binary) -> Result<Value> {
    let (a, b) = (vm.nd(&args.get(0))?, vm.nd(&args.get(1))?);
    let mut result = function.apply(a, b)?;
    if let Some(kind) = Kind::argument(args, 4)? {
        result = result.cast(kind);
    }
    returned_where(vm, args, 2, result)
}

/// `numpy.exp` and its like.
pub(super) fn unary(vm: &mut Machine, args: &Args, function: &Unary) -> Result<Value> {
    let mut a = vm.nd(&args.get(0))?;
    if let Some(kind) = Kind::argument(args, 3)? {
        a = a.cast(kind);
    }
    let result = function.apply(&a)?;
    if let (Value::Tensor(_), None) = (args.get(0), args.opt(1)) {
        return Ok(vm.engine().tensor_as(result.data, &result.shape, result.kind.dtype())?.into());
    }
    returned_where(vm, args, 1, result)
}

/// The result, into `out` if that is given, and there only `where` that is true.
fn returned_where(vm: &mut Machine, args: &Args, at: usize, result: Nd) -> Result<Value> {
    let (out, mask) = (args.opt(at), args.get(at + 1));
    let (Some(into), true) = (&out, mask.is_array()) else { return vm.returned_to(result, out) };
    let (old, mask) = (vm.nd(into)?, vm.nd(&mask)?);
    let shape = old.shape.clone();
    let (mask, result) = (mask.fitted(&shape)?, result.fitted(&shape)?);
    let merged = select(&mask, result, old)?;
    vm.returned_to(merged, out)
}

/// `numpy.where(mask, a, b)`.
///
/// # Errors
/// For shapes that do not fit.
pub(super) fn select(mask: &Nd, a: Nd, b: Nd) -> Result<Nd> {
    let shape = broadcast(&[&mask.shape, &a.shape, &b.shape])?;
    let kind = common(&a, &b);
    let mask = mask.clone().expanded(&shape).bools();
    let n = mask.len();
    let places: Vec<usize> = mask.iter().enumerate().map(|(i, &yes)| if yes { i } else { n + i }).collect();
    let (a, b) = (a.cast(kind).expanded(&shape), b.cast(kind).expanded(&shape));
    let both = Nd::new(kind, vec![2 * n], super::array::chained(kind, &[a, b]));
    Ok(both.gather(&places, shape))
}

/// `a op b` of an array or number and anything else.
pub(super) fn operator(vm: &mut Machine, args: &Args, function: &Binary, reflected: bool) -> Result<Value> {
    let (own, other) = (args.get(0), args.get(1));
    if matches!(other, Value::Tensor(_)) {
        return Ok(Value::NotImplemented);
    }
    let Some(b) = vm.try_nd(&other)? else { return Ok(Value::NotImplemented) };
    let a = vm.nd(&own)?;
    let result = if reflected { function.apply(b, a) } else { function.apply(a, b) }?;
    vm.returned(result)
}

/// `a op= b`: into the array itself.
pub(super) fn in_place(vm: &mut Machine, args: &Args, function: &Binary) -> Result<Value> {
    let own = args.get(0);
    let Some(array) = own.downcast::<Array>() else { return Ok(Value::NotImplemented) };
    let other = args.get(1);
    let Some(b) = vm.try_nd(&other)? else { return Ok(Value::NotImplemented) };
    let a = array.read(vm)?;
    let (shape, kind) = (a.shape.clone(), a.kind);
    let result = function.apply(a, b)?;
    if result.kind.category() > kind.category() {
        let (name, from, to) = (function.name, result.kind.name(), kind.name());
        return type_error(format!(
            "Cannot cast ufunc '{name}' output from dtype('{from}') to dtype('{to}') with casting rule 'same_kind'"
        ));
    }
    if result.shape != shape {
        let (from, to) = (super::nd::tight(&result.shape), super::nd::tight(&shape));
        return value_error(format!(
            "non-broadcastable output operand with shape {to} doesn't match the broadcast shape {from}"
        ));
    }
    array.write(vm, result)?;
    Ok(own)
}

/// How two elements are ordered, NaN last.
pub(super) fn order(a: Scalar, b: Scalar) -> Ordering {
    match (a, b) {
        (Scalar::Int(a), Scalar::Int(b)) => a.cmp(&b),
        _ => {
            let (a, b) = (a.to_f64(), b.to_f64());
            a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
        }
    }
}
