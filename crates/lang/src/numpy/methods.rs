//! Operators, methods and attributes of arrays and numbers.

use engine::Scalar;

use super::array::{Array, own};
use super::elementwise::{in_place, operator};
use super::functions as by;
use super::kind::{DTypeOf, Kind};
use super::nd::Nd;
use super::number::Number;
use super::{index, order, products, reduce, shape};
use crate::error::{Result, index_error, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Getter, Native};
use crate::value::Value;

macro_rules! operators {
    ($($name:literal $id:ident;)*) => {
        &[$(
            Native::new(concat!("__", $name, "__(self, other, /)"), |vm, args| operator(vm, args, &by::$id, false)),
            Native::new(concat!("__r", $name, "__(self, other, /)"), |vm, args| operator(vm, args, &by::$id, true)),
            Native::new(concat!("__i", $name, "__(self, other, /)"), |vm, args| in_place(vm, args, &by::$id)),
        )*
        Native::new("__eq__(self, other, /)", |vm, args| operator(vm, args, &by::EQUAL, false)),
        Native::new("__ne__(self, other, /)", |vm, args| operator(vm, args, &by::NOT_EQUAL, false)),
        Native::new("__lt__(self, other, /)", |vm, args| operator(vm, args, &by::LESS, false)),
        Native::new("__le__(self, other, /)", |vm, args| operator(vm, args, &by::LESS_EQUAL, false)),
        Native::new("__gt__(self, other, /)", |vm, args| operator(vm, args, &by::GREATER, false)),
        Native::new("__ge__(self, other, /)", |vm, args| operator(vm, args, &by::GREATER_EQUAL, false)),
        Native::new("__neg__(self)", |vm, args| unary(vm, args, &by::NEGATIVE)),
        Native::new("__pos__(self)", |vm, args| unary(vm, args, &by::POSITIVE)),
        Native::new("__invert__(self)", |vm, args| unary(vm, args, &by::INVERT)),
        Native::new("__abs__(self)", |vm, args| unary(vm, args, &by::ABSOLUTE)),
        Native::new("__matmul__(self, other, /)", |vm, args| products::operator(vm, args, false)),
        Native::new("__rmatmul__(self, other, /)", |vm, args| products::operator(vm, args, true)),
        Native::new("__bool__(self)", truth),
        Native::new("__float__(self)", |vm, args| Ok(Value::Float(single(vm, args)?.to_f64()))),
        Native::new("__int__(self)", |vm, args| Ok(Value::Int(single(vm, args)?.to_i64()))),
        Native::new("__contains__(self, item, /)", contains),
        Native::new("__format__(self, spec, /)", format)]
    };
}

/// The operators of arrays and numbers.
pub(super) const OPERATORS: &[Native] = operators! {
    "add" ADD;
    "sub" SUBTRACT;
    "mul" MULTIPLY;
    "truediv" DIVIDE;
    "floordiv" FLOOR_DIVIDE;
    "mod" REMAINDER;
    "pow" POWER;
    "and" BITWISE_AND;
    "or" BITWISE_OR;
    "xor" BITWISE_XOR;
    "lshift" LEFT_SHIFT;
    "rshift" RIGHT_SHIFT;
};

/// The methods of arrays and numbers.
pub(super) const METHODS: &[Native] = &[
    Native::new("sum(self, axis=None, dtype=None, out=None, keepdims=False, initial=None)", reduce::sum),
    Native::new("prod(self, axis=None, dtype=None, out=None, keepdims=False, initial=None)", reduce::prod),
    Native::new("mean(self, axis=None, dtype=None, out=None, keepdims=False)", reduce::mean),
    Native::new("var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False)", |vm, args| {
        reduce::spread(vm, args, false)
    }),
    Native::new("std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False)", |vm, args| {
        reduce::spread(vm, args, true)
    }),
    Native::new("max(self, axis=None, out=None, keepdims=False, initial=None)", |vm, args| {
        reduce::extreme(vm, args, true)
    }),
    Native::new("min(self, axis=None, out=None, keepdims=False, initial=None)", |vm, args| {
        reduce::extreme(vm, args, false)
    }),
    Native::new("argmax(self, axis=None, out=None, *, keepdims=False)", |vm, args| {
        reduce::place(vm, args, true)
    }),
    Native::new("argmin(self, axis=None, out=None, *, keepdims=False)", |vm, args| {
        reduce::place(vm, args, false)
    }),
    Native::new("all(self, axis=None, out=None, keepdims=False)", |vm, args| reduce::truth(vm, args, true)),
    Native::new("any(self, axis=None, out=None, keepdims=False)", |vm, args| reduce::truth(vm, args, false)),
    Native::new("cumsum(self, axis=None, dtype=None, out=None)", |vm, args| reduce::running(vm, args, false)),
    Native::new("cumprod(self, axis=None, dtype=None, out=None)", |vm, args| reduce::running(vm, args, true)),
    Native::new("clip(self, min=None, max=None, out=None)", shape::clip),
    Native::new("round(self, decimals=0, out=None)", shape::round),
    Native::new("dot(self, b, out=None)", products::dot),
    Native::new("reshape(self, *shape, order='C')", shape::reshape_method),
    Native::new("transpose(self, *axes)", shape::transpose_method),
    Native::new("swapaxes(self, axis1, axis2)", shape::swapaxes),
    Native::new("squeeze(self, axis=None)", shape::squeeze),
    Native::new("ravel(self, order='C')", shape::ravel),
    Native::new("flatten(self, order='C')", shape::flatten),
    Native::new("copy(self, order='C')", shape::copy),
    Native::new("astype(self, dtype, order='K', copy=True)", shape::astype),
    Native::new("repeat(self, repeats, axis=None)", shape::repeat),
    Native::new("take(self, indices, axis=None)", shape::take),
    Native::new("diagonal(self, offset=0, axis1=0, axis2=1)", shape::diagonal),
    Native::new("nonzero(self)", order::nonzero),
    Native::new("argsort(self, axis=-1, kind=None)", order::argsort),
    Native::new("searchsorted(self, v, side='left')", order::searchsorted),
    Native::new("tolist(self)", tolist),
    Native::new("item(self, *args)", item),
    Native::new("conj(self)", |_, args| Ok(args.get(0))),
];

/// What only arrays have.
pub(super) const FOR_ARRAYS: &[Native] = &[
    Native::new("__len__(self)", |_, args| match own(args, 0)?.0.shape() {
        [] => type_error("len() of unsized object"),
        [n, ..] => Ok(Value::from(*n)),
    }),
    Native::new("__iter__(self)", |vm, args| Ok(Value::items_iterator(index::rows(vm, &args.get(0))?))),
    Native::new("__getitem__(self, key, /)", index::get),
    Native::new("__setitem__(self, key, value, /)", index::set),
    Native::new("fill(self, value)", fill),
    Native::new("sort(self, axis=-1, kind=None)", order::sort_in_place),
    Native::new("__array__(self, dtype=None)", |_, args| Ok(args.get(0))),
];

/// What only numbers have.
pub(super) const FOR_NUMBERS: &[Native] = &[
    Native::new("__getitem__(self, key, /)", |_, _| index_error("invalid index to scalar variable.")),
    Native::new("__index__(self)", |_, args| match args.get(0).as_int() {
        Some(i) => Ok(Value::Int(i)),
        None => {
            type_error(format!("'{}' object cannot be interpreted as an integer", args.get(0).type_name()))
        }
    }),
    Native::new("__round__(self, ndigits=None)", round_number),
    Native::new("is_integer(self)", |vm, args| {
        let x = single(vm, args)?.to_f64();
        Ok(Value::Bool(x.is_finite() && x == x.trunc()))
    }),
];

/// The attributes of arrays and numbers.
pub(super) const GETTERS: &[Getter] = &[
    Getter::new("shape", |vm, args| {
        let (shape, _) = outline(vm, args)?;
        Ok(Value::tuple(shape.into_iter().map(Value::from).collect()))
    }),
    Getter::new("ndim", |vm, args| Ok(Value::from(outline(vm, args)?.0.len()))),
    Getter::new("size", |vm, args| Ok(Value::from(outline(vm, args)?.0.iter().product::<usize>()))),
    Getter::new("dtype", |vm, args| Ok(Value::object(DTypeOf(outline(vm, args)?.1)))),
    Getter::new("itemsize", |vm, args| Ok(Value::Int(outline(vm, args)?.1.size()))),
    Getter::new("nbytes", |vm, args| {
        let (shape, kind) = outline(vm, args)?;
        Ok(Value::Int(kind.size().saturating_mul(shape.iter().product::<usize>() as i64)))
    }),
    Getter::new("T", shape::reversed),
    Getter::new("real", |_, args| Ok(args.get(0))),
    Getter::new("base", |_, args| {
        let value = args.get(0);
        Ok(match value.downcast::<Array>() {
            Some(array) => array.tensor.base().map_or(Value::None, |base| array.view(base)),
            None => Value::None,
        })
    }),
    Getter::new("flat", |vm, args| {
        let nd = vm.nd(&args.get(0))?;
        Ok(Value::items_iterator((0..nd.len()).map(|i| Number::of(nd.kind, nd.at(i))).collect()))
    }),
];

/// Shape and type, without reading an array.
fn outline(vm: &mut Machine, args: &Args) -> Result<(Vec<usize>, Kind)> {
    let value = args.get(0);
    match value.downcast::<Array>() {
        Some(array) => Ok((array.tensor.shape().to_vec(), array.kind)),
        None => vm.nd(&value).map(|nd| (nd.shape, nd.kind)),
    }
}

fn unary(vm: &mut Machine, args: &Args, function: &by::Unary) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    vm.returned(function.apply(&nd)?)
}

/// The only element.
fn single(vm: &mut Machine, args: &Args) -> Result<Scalar> {
    let nd = vm.nd(&args.get(0))?;
    if nd.len() == 1 {
        Ok(nd.at(0))
    } else {
        type_error("only size-1 arrays can be converted to Python scalars")
    }
}

fn truth(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    match nd.len() {
        0 => Ok(Value::Bool(false)),
        1 => Ok(Value::Bool(nd.at(0).to_bool())),
        _ => Err(crate::error::Stop::error(
            "ValueError",
            "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
        )
        .hint("A comparison of arrays gives one truth value per element.")),
    }
}

fn contains(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let Some(item) = vm.try_nd(&args.get(1))? else { return Ok(Value::Bool(false)) };
    Ok(Value::Bool(by::EQUAL.apply(nd, item)?.bools().contains(&true)))
}

/// `format(x, spec)`: numbers are formatted as those of Python.
fn format(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (value, spec) = (args.get(0), args.str(1)?);
    if spec.is_empty() {
        let Value::Object(object) = &value else { return Ok(value) };
        return Ok(Value::from(object.str(vm)?));
    }
    if let Some(array) = Array::tensor(&value) {
        if array.ndim() == 0 {
            let number = crate::torch::operand::number(vm.wait(|| array.item())?);
            return Err(crate::error::Stop::call(vm.helper("format"), vec![number, Value::Str(spec)]));
        }
        return type_error("unsupported format string passed to numpy.ndarray.__format__");
    }
    Err(crate::error::Stop::call(vm.helper("format"), vec![value.plain(), Value::Str(spec)]))
}

fn round_number(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    match args.opt_int(1)? {
        Some(decimals) => vm.returned(shape::rounded(nd, decimals)),
        None => Ok(Value::Int(nd.at(0).to_f64().round_ties_even() as i64)),
    }
}

fn plain(value: Scalar) -> Value {
    match value {
        Scalar::Bool(b) => Value::Bool(b),
        Scalar::Int(i) => Value::Int(i),
        Scalar::Float(x) => Value::Float(x),
    }
}

fn tolist(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    vm.reserve(nd.len().saturating_mul(32))?;
    Ok(listed(&nd, 0, 0))
}

fn listed(nd: &Nd, dim: usize, at: usize) -> Value {
    let Some(&size) = nd.shape.get(dim) else { return plain(nd.at(at)) };
    let stride = nd.shape.get(dim + 1..).unwrap_or_default().iter().product::<usize>();
    Value::list((0..size).map(|i| listed(nd, dim + 1, at + i * stride)).collect())
}

fn item(vm: &mut Machine, args: &Args) -> Result<Value> {
    let nd = vm.nd(&args.get(0))?;
    let places = args.rest_ints()?;
    let at = match &*places {
        [] if nd.len() == 1 => 0,
        [] => return value_error("can only convert an array of size 1 to a Python scalar"),
        [i] => wrapped(*i, nd.len(), 0)?,
        several if several.len() == nd.ndim() => {
            let mut at = 0;
            for (d, (&i, &size)) in several.iter().zip(&nd.shape).enumerate() {
                at = at * size + wrapped(i, size, d)?;
            }
            at
        }
        _ => return value_error("incorrect number of indices for array"),
    };
    Ok(plain(nd.at(at)))
}

fn wrapped(i: i64, size: usize, dim: usize) -> Result<usize> {
    let place = if i < 0 { i.checked_add(size as i64) } else { Some(i) };
    match place.and_then(|i| usize::try_from(i).ok()).filter(|&i| i < size) {
        Some(i) => Ok(i),
        None => index_error(format!("index {i} is out of bounds for axis {dim} with size {size}")),
    }
}

fn fill(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (tensor, kind) = own(args, 0)?;
    let value = vm.nd(&args.get(1))?;
    tensor.fill_(kind.cast(value.at(0)))?;
    Ok(Value::None)
}
