//! Functions of one element and of two: NumPy's ufuncs, and the operators of arrays.

use std::cmp::Ordering;

use engine::{HostData, Scalar};

use super::array::Array;
use super::kind::Kind;
use super::nd::{Nd, broadcast};
use crate::error::{Result, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Which type a result has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// That of the operands.
    Same,
    /// A real number.
    Real,
    /// A truth value.
    Truth,
    /// That of the operands, which must not be real numbers.
    Bits,
}

/// A function of two elements.
pub(super) struct Binary {
    name: &'static str,
    rule: Rule,
    real: fn(f64, f64) -> f64,
    whole: fn(i64, i64) -> i64,
}

/// A function of one element.
pub(super) struct Unary {
    name: &'static str,
    rule: Rule,
    real: fn(f64) -> f64,
    whole: fn(i64) -> i64,
}

macro_rules! binary {
    ($($id:ident $name:literal $rule:ident $real:expr, $whole:expr;)*) => {
        $(pub(super) const $id: Binary = Binary { name: $name, rule: Rule::$rule, real: $real, whole: $whole };)*
        /// `numpy.add` and its like.
        pub(super) const BINARY: &[Native] = &[$(Native::new(
            concat!($name, "(x1, x2, /, out=None, *, where=True, dtype=None)"),
            |vm, args| binary(vm, args, &$id),
        )),*];
    };
}

macro_rules! unary {
    ($($id:ident $name:literal $rule:ident $real:expr, $whole:expr;)*) => {
        $(pub(super) const $id: Unary = Unary { name: $name, rule: Rule::$rule, real: $real, whole: $whole };)*
        /// `numpy.exp` and its like.
        pub(super) const UNARY: &[Native] = &[$(Native::new(
            concat!($name, "(x, /, out=None, *, where=True, dtype=None)"),
            |vm, args| unary(vm, args, &$id),
        )),*];
    };
}

fn truth(b: bool) -> f64 {
    f64::from(u8::from(b))
}

/// No whole number: the rule of the function makes its operands real.
fn never(_: i64, _: i64) -> i64 {
    0
}

binary! {
    ADD "add" Same |a, b| a + b, i64::wrapping_add;
    SUBTRACT "subtract" Same |a, b| a - b, i64::wrapping_sub;
    MULTIPLY "multiply" Same |a, b| a * b, i64::wrapping_mul;
    DIVIDE "divide" Real |a, b| a / b, never;
    TRUE_DIVIDE "true_divide" Real |a, b| a / b, never;
    FLOOR_DIVIDE "floor_divide" Same floor_divide, whole_floor_divide;
    REMAINDER "remainder" Same remainder, whole_remainder;
    MOD "mod" Same remainder, whole_remainder;
    FMOD "fmod" Same |a, b| a % b, |a, b| if b == 0 { 0 } else { a.wrapping_rem(b) };
    POWER "power" Same f64::powf, whole_power;
    FLOAT_POWER "float_power" Real f64::powf, never;
    MAXIMUM "maximum" Same |a, b| if a.is_nan() || a > b { a } else { b }, i64::max;
    MINIMUM "minimum" Same |a, b| if a.is_nan() || a < b { a } else { b }, i64::min;
    FMAX "fmax" Same f64::max, i64::max;
    FMIN "fmin" Same f64::min, i64::min;
    ARCTAN2 "arctan2" Real f64::atan2, never;
    HYPOT "hypot" Real f64::hypot, never;
    LOGADDEXP "logaddexp" Real log_add_exp, never;
    EQUAL "equal" Truth |a, b| truth(a == b), |a, b| i64::from(a == b);
    NOT_EQUAL "not_equal" Truth |a, b| truth(a != b), |a, b| i64::from(a != b);
    LESS "less" Truth |a, b| truth(a < b), |a, b| i64::from(a < b);
    LESS_EQUAL "less_equal" Truth |a, b| truth(a <= b), |a, b| i64::from(a <= b);
    GREATER "greater" Truth |a, b| truth(a > b), |a, b| i64::from(a > b);
    GREATER_EQUAL "greater_equal" Truth |a, b| truth(a >= b), |a, b| i64::from(a >= b);
    LOGICAL_AND "logical_and" Truth |a, b| truth(a != 0.0 && b != 0.0), |a, b| i64::from(a != 0 && b != 0);
    LOGICAL_OR "logical_or" Truth |a, b| truth(a != 0.0 || b != 0.0), |a, b| i64::from(a != 0 || b != 0);
    LOGICAL_XOR "logical_xor" Truth |a, b| truth((a != 0.0) != (b != 0.0)), |a, b| i64::from((a != 0) != (b != 0));
    BITWISE_AND "bitwise_and" Bits |a, _| a, |a, b| a & b;
    BITWISE_OR "bitwise_or" Bits |a, _| a, |a, b| a | b;
    BITWISE_XOR "bitwise_xor" Bits |a, _| a, |a, b| a ^ b;
    LEFT_SHIFT "left_shift" Bits |a, _| a, |a, b| if (0..64).contains(&b) { a << b } else { 0 };
    RIGHT_SHIFT "right_shift" Bits |a, _| a, |a, b| a >> b.clamp(0, 63);
}

unary! {
    NEGATIVE "negative" Same |a| -a, i64::wrapping_neg;
    POSITIVE "positive" Same |a| a, |a| a;
    ABSOLUTE "absolute" Same f64::abs, i64::wrapping_abs;
    ABS "abs" Same f64::abs, i64::wrapping_abs;
    FABS "fabs" Real f64::abs, |a| a;
    SQUARE "square" Same |a| a * a, |a| a.wrapping_mul(a);
    SIGN "sign" Same |a| if a.is_nan() || a == 0.0 { a + 0.0 } else { a.signum() }, i64::signum;
    RECIPROCAL "reciprocal" Same |a| 1.0 / a, |a| if a == 0 { i64::MIN } else { 1 / a };
    SQRT "sqrt" Real f64::sqrt, |a| a;
    CBRT "cbrt" Real f64::cbrt, |a| a;
    EXP "exp" Real f64::exp, |a| a;
    EXP2 "exp2" Real f64::exp2, |a| a;
    EXPM1 "expm1" Real f64::exp_m1, |a| a;
    LOG "log" Real f64::ln, |a| a;
    LOG2 "log2" Real f64::log2, |a| a;
    LOG10 "log10" Real f64::log10, |a| a;
    LOG1P "log1p" Real f64::ln_1p, |a| a;
    SIN "sin" Real f64::sin, |a| a;
    COS "cos" Real f64::cos, |a| a;
    TAN "tan" Real f64::tan, |a| a;
    ARCSIN "arcsin" Real f64::asin, |a| a;
    ARCCOS "arccos" Real f64::acos, |a| a;
    ARCTAN "arctan" Real f64::atan, |a| a;
    SINH "sinh" Real f64::sinh, |a| a;
    COSH "cosh" Real f64::cosh, |a| a;
    TANH "tanh" Real f64::tanh, |a| a;
    ARCTANH "arctanh" Real f64::atanh, |a| a;
    DEGREES "degrees" Real f64::to_degrees, |a| a;
    RAD2DEG "rad2deg" Real f64::to_degrees, |a| a;
    RADIANS "radians" Real f64::to_radians, |a| a;
    DEG2RAD "deg2rad" Real f64::to_radians, |a| a;
    FLOOR "floor" Real f64::floor, |a| a;
    CEIL "ceil" Real f64::ceil, |a| a;
    TRUNC "trunc" Real f64::trunc, |a| a;
    RINT "rint" Real f64::round_ties_even, |a| a;
    ISNAN "isnan" Truth |a| truth(a.is_nan()), |_| 0;
    ISINF "isinf" Truth |a| truth(a.is_infinite()), |_| 0;
    ISFINITE "isfinite" Truth |a| truth(a.is_finite()), |_| 1;
    SIGNBIT "signbit" Truth |a| truth(a.is_sign_negative()), |a| i64::from(a < 0);
    LOGICAL_NOT "logical_not" Truth |a| truth(a == 0.0), |a| i64::from(a == 0);
    INVERT "invert" Bits |a| a, |a| !a;
    BITWISE_NOT "bitwise_not" Bits |a| a, |a| !a;
}

fn floor_divide(a: f64, b: f64) -> f64 {
    if b == 0.0 {
        return a / b;
    }
    let rest = a % b;
    let quotient = (a - rest) / b;
    let quotient = if rest != 0.0 && (b < 0.0) != (rest < 0.0) { quotient - 1.0 } else { quotient };
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}

fn remainder(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest != 0.0 && (b < 0.0) != (rest < 0.0) { rest + b } else { rest }
}

fn whole_floor_divide(a: i64, b: i64) -> i64 {
    if b == 0 {
        return 0;
    }
    let quotient = a.wrapping_div(b);
    if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
}

fn whole_remainder(a: i64, b: i64) -> i64 {
    if b == 0 { 0 } else { a.wrapping_sub(whole_floor_divide(a, b).wrapping_mul(b)) }
}

fn whole_power(a: i64, b: i64) -> i64 {
    let (mut base, mut left, mut product) = (a, b, 1i64);
    while left > 0 {
        if left & 1 == 1 {
            product = product.wrapping_mul(base);
        }
        base = base.wrapping_mul(base);
        left >>= 1;
    }
    product
}

fn log_add_exp(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if a == b { a + std::f64::consts::LN_2 } else { high + (low - high).exp().ln_1p() }
}

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
        (Kind::UInt8 | Kind::Int32, value @ Scalar::Int(_)) => array.kind.cast(value) == value,
        (Kind::Float32, Scalar::Float(x)) => !x.is_finite() || x.abs() <= f64::from(f32::MAX),
        _ => true,
    };
    if fits {
        array.kind
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
    pub(super) fn apply(&self, a: Nd) -> Result<Nd> {
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

fn binary(vm: &mut Machine, args: &Args, function: &Binary) -> Result<Value> {
    let (a, b) = (vm.nd(&args.get(0))?, vm.nd(&args.get(1))?);
    let mut result = function.apply(a, b)?;
    if let Some(kind) = Kind::argument(args, 4)? {
        result = result.cast(kind);
    }
    returned_where(vm, args, 2, result)
}

fn unary(vm: &mut Machine, args: &Args, function: &Unary) -> Result<Value> {
    let mut a = vm.nd(&args.get(0))?;
    if let Some(kind) = Kind::argument(args, 3)? {
        a = a.cast(kind);
    }
    let result = function.apply(a)?;
    if let (Value::Tensor(_), None) = (args.get(0), args.opt(1)) {
        return Ok(vm.engine().tensor(result.data, &result.shape)?.into());
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
