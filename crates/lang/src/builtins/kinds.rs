//! The other classes of plain Python: numbers, ranges, functions, generators and what else has a type.

use super::class;
use super::number;
use crate::ast::{BinOp, CmpOp};
use crate::class::Layout;
use crate::error::{Result, Stop, type_error, value_error};
use crate::machine::{Machine, numbers};
use crate::native::{Args, Getter, Native, NativeClass};
use crate::value::{Slice, Value};
use std::rc::Rc;

pub(super) const INT: NativeClass = NativeClass {
    constructor: Some(Native::new("int(x=0, base=10)", number::int)),
    methods: &[
        NUMBER,
        &[
            Native::new("bit_length(self)", bit_length),
            Native::new("bit_count(self)", bit_count),
            Native::new("conjugate(self)", same),
            Native::new("__index__(self)", same),
            Native::new("__and__(self, other)", |_, args| operator(args, BinOp::And, false)),
            Native::new("__or__(self, other)", |_, args| operator(args, BinOp::Or, false)),
            Native::new("__xor__(self, other)", |_, args| operator(args, BinOp::Xor, false)),
            Native::new("__lshift__(self, other)", |_, args| operator(args, BinOp::Shl, false)),
            Native::new("__rshift__(self, other)", |_, args| operator(args, BinOp::Shr, false)),
            Native::new("as_integer_ratio(self)", int_ratio),
        ],
    ],
    getters: &[
        Getter::new("real", same),
        Getter::new("imag", zero),
        Getter::new("numerator", same),
        Getter::new("denominator", one),
    ],
    ..class("int", Layout::Around)
};

pub(super) const BOOL: NativeClass = NativeClass {
    base: Some("int"),
    constructor: Some(Native::new("bool(x=False, /)", truth)),
    ..class("bool", Layout::Native)
};

pub(super) const FLOAT: NativeClass = NativeClass {
    constructor: Some(Native::new("float(x=0.0, /)", number::float)),
    methods: &[
        NUMBER,
        &[
            Native::new("is_integer(self)", is_integer),
            Native::new("conjugate(self)", same),
            Native::new("as_integer_ratio(self)", float_ratio),
        ],
    ],
    getters: &[Getter::new("real", same), Getter::new("imag", zero)],
    ..class("float", Layout::Around)
};

/// The operators of numbers, for classes derived from them.
const NUMBER: &[Native] = &[
    Native::new("__add__(self, other)", |_, args| operator(args, BinOp::Add, false)),
    Native::new("__radd__(self, other)", |_, args| operator(args, BinOp::Add, true)),
    Native::new("__sub__(self, other)", |_, args| operator(args, BinOp::Sub, false)),
    Native::new("__rsub__(self, other)", |_, args| operator(args, BinOp::Sub, true)),
    Native::new("__mul__(self, other)", |_, args| operator(args, BinOp::Mul, false)),
    Native::new("__rmul__(self, other)", |_, args| operator(args, BinOp::Mul, true)),
    Native::new("__truediv__(self, other)", |_, args| operator(args, BinOp::Div, false)),
    Native::new("__rtruediv__(self, other)", |_, args| operator(args, BinOp::Div, true)),
    Native::new("__floordiv__(self, other)", |_, args| operator(args, BinOp::FloorDiv, false)),
    Native::new("__rfloordiv__(self, other)", |_, args| operator(args, BinOp::FloorDiv, true)),
    Native::new("__mod__(self, other)", |_, args| operator(args, BinOp::Mod, false)),
    Native::new("__rmod__(self, other)", |_, args| operator(args, BinOp::Mod, true)),
    Native::new("__pow__(self, other)", |_, args| operator(args, BinOp::Pow, false)),
    Native::new("__rpow__(self, other)", |_, args| operator(args, BinOp::Pow, true)),
    Native::new("__lt__(self, other)", |vm, args| comparison(vm, args, CmpOp::Lt)),
    Native::new("__le__(self, other)", |vm, args| comparison(vm, args, CmpOp::Le)),
    Native::new("__gt__(self, other)", |vm, args| comparison(vm, args, CmpOp::Gt)),
    Native::new("__ge__(self, other)", |vm, args| comparison(vm, args, CmpOp::Ge)),
    Native::new("__neg__(self)", negative),
    Native::new("__pos__(self)", same),
    Native::new("__abs__(self)", absolute),
    Native::new("__int__(self)", |vm, args| vm.make("int", args)),
    Native::new("__float__(self)", |vm, args| vm.make("float", args)),
];

pub(super) const RANGE: NativeClass = NativeClass {
    constructor: Some(Native::new("range(*numbers)", super::walk::range)),
    methods: &[&[
        Native::new("index(self, value, /)", range_index),
        Native::new("count(self, value, /)", range_count),
        Native::new("__contains__(self, item, /)", super::contain::contains),
        Native::new("__iter__(self)", super::contain::iter),
        Native::new("__len__(self)", super::contain::len),
    ]],
    getters: &[
        Getter::new("start", |_, args| range_part(args, 0)),
        Getter::new("stop", |_, args| range_part(args, 1)),
        Getter::new("step", |_, args| range_part(args, 2)),
    ],
    ..class("range", Layout::Native)
};

pub(super) const SLICE: NativeClass = NativeClass {
    constructor: Some(Native::new("slice(*parts)", slice)),
    methods: &[&[Native::new("indices(self, len, /)", slice_indices)]],
    getters: &[
        Getter::new("start", |_, args| slice_part(args, 0)),
        Getter::new("stop", |_, args| slice_part(args, 1)),
        Getter::new("step", |_, args| slice_part(args, 2)),
    ],
    ..class("slice", Layout::Native)
};

/// Classes without methods.
pub(super) const PLAIN: [NativeClass; 8] = [
    class("NoneType", Layout::Native),
    class("ellipsis", Layout::Native),
    class("NotImplementedType", Layout::Native),
    class("function", Layout::Native),
    class("builtin_function_or_method", Layout::Native),
    class("method", Layout::Native),
    class("module", Layout::Native),
    class("cell", Layout::Native),
];

impl Machine {
    /// Calls the constructor of a class of plain Python with argument 0.
    fn make(&mut self, class: &str, args: &Args) -> Result<Value> {
        Err(Stop::call(self.helper(class), vec![args.get(0).unwrapped()]))
    }
}

pub(super) fn same(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(match args.get(0).unwrapped() {
        Value::Bool(b) => Value::Int(i64::from(b)),
        other => other,
    })
}

fn zero(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(if matches!(args.get(0).unwrapped(), Value::Float(_)) { Value::Float(0.0) } else { Value::Int(0) })
}

fn one(_vm: &mut Machine, _args: &Args) -> Result<Value> {
    Ok(Value::Int(1))
}

fn plain(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_))
}

fn operator(args: &Args, op: BinOp, reflected: bool) -> Result<Value> {
    let (a, b) = (args.get(0).unwrapped(), args.get(1).unwrapped());
    let answer = if reflected { numbers(op, &b, &a) } else { numbers(op, &a, &b) };
    Ok(answer?.unwrap_or(Value::NotImplemented))
}

fn comparison(vm: &mut Machine, args: &Args, op: CmpOp) -> Result<Value> {
    let (a, b) = (args.get(0).unwrapped(), args.get(1).unwrapped());
    if plain(&a) && plain(&b) { vm.compare(op, &a, &b) } else { Ok(Value::NotImplemented) }
}

fn negative(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0).unwrapped() {
        Value::Float(x) => Ok(Value::Float(-x)),
        number => vm.binary(BinOp::Sub, &Value::Int(0), &number),
    }
}

fn absolute(vm: &mut Machine, args: &Args) -> Result<Value> {
    Err(Stop::call(vm.helper("abs"), vec![args.get(0).unwrapped()]))
}

fn truth(vm: &mut Machine, args: &Args) -> Result<Value> {
    match vm.truth(&args.get(0))? {
        Some(truth) => Ok(Value::Bool(truth)),
        None => Err(Stop::call(vm.helper("_truth"), vec![args.get(0)])),
    }
}

fn bit_length(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let i = number::index(&args.get(0))?.unsigned_abs();
    Ok(Value::from(i64::from(u64::BITS - i.leading_zeros())))
}

fn bit_count(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(Value::from(i64::from(number::index(&args.get(0))?.unsigned_abs().count_ones())))
}

fn int_ratio(_vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(Value::tuple(vec![Value::Int(number::index(&args.get(0))?), Value::Int(1)]))
}

fn is_integer(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.get(0).unwrapped().as_float().unwrap_or_default();
    Ok(Value::Bool(x.is_finite() && x.trunc() == x))
}

fn float_ratio(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut x = args.get(0).unwrapped().as_float().unwrap_or_default();
    if !x.is_finite() {
        let (class, what) = if x.is_nan() { ("ValueError", "NaN") } else { ("OverflowError", "Infinity") };
        return Err(Stop::error(class, format!("cannot convert {what} to integer ratio")));
    }
    let mut denominator: i64 = 1;
    while x.trunc() != x && denominator < 1 << 61 {
        x *= 2.0;
        denominator *= 2;
    }
    Ok(Value::tuple(vec![Value::Int(number::truncated(x)?), Value::Int(denominator)]))
}

fn range_index(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (Value::Range(range), value) = (args.get(0), args.get(1)) else { return Err(args.wrong(0, "range")) };
    let place = value.as_int().and_then(|x| {
        let (offset, step) = (i128::from(x) - i128::from(range.start), i128::from(range.step));
        let i = usize::try_from(offset / step).ok()?;
        (offset % step == 0 && i < range.len()).then_some(i)
    });
    match place {
        Some(i) => Ok(Value::from(i)),
        None => value_error(format!("{} is not in range", vm.repr_plain(&value))),
    }
}

fn range_count(vm: &mut Machine, args: &Args) -> Result<Value> {
    let found = vm.compare(CmpOp::In, &args.get(1), &args.get(0))?;
    Ok(Value::Int(i64::from(found.plain_truth() == Some(true))))
}

fn range_part(args: &Args, i: usize) -> Result<Value> {
    match args.get(0) {
        Value::Range(range) => Ok(Value::Int(if i == 0 {
            range.start
        } else if i == 1 {
            range.stop
        } else {
            range.step
        })),
        _ => Err(args.wrong(0, "range")),
    }
}

fn slice(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let part = |i: usize| args.rest.get(i).cloned().unwrap_or(Value::None);
    let (start, stop, step) = match args.rest.len() {
        0 => return type_error("slice expected at least 1 argument, got 0"),
        1 => (Value::None, part(0), Value::None),
        _ => (part(0), part(1), part(2)),
    };
    Ok(Value::Slice(Rc::new(Slice { start, stop, step })))
}

fn slice_of(args: &Args) -> Result<Rc<Slice>> {
    match args.get(0) {
        Value::Slice(slice) => Ok(slice),
        _ => Err(args.wrong(0, "slice")),
    }
}

fn slice_part(args: &Args, i: usize) -> Result<Value> {
    let slice = slice_of(args)?;
    Ok([&slice.start, &slice.stop, &slice.step].get(i).map_or(Value::None, |part| (*part).clone()))
}

fn slice_indices(vm: &mut Machine, args: &Args) -> Result<Value> {
    let len = args.count(1)?;
    let (start, stop, step) = vm.slice_bounds(&*slice_of(args)?, len)?;
    Ok(Value::tuple(vec![Value::Int(start), Value::Int(stop), Value::Int(step)]))
}
