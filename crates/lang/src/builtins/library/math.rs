//! `math`.

use crate::builtins::number::{index, real, truncated};
use crate::error::{Result, Stop, overflow, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::{Module, Value};
use std::rc::Rc;

pub(super) const FUNCTIONS: &[&[Native]] = &[REAL, WHOLE, super::special::FUNCTIONS];

const REAL: &[Native] = &[
    Native::new("sqrt(x, /)", |vm, args| one(vm, args, f64::sqrt)),
    Native::new("cbrt(x, /)", |vm, args| one(vm, args, f64::cbrt)),
    Native::new("exp(x, /)", |vm, args| one(vm, args, f64::exp)),
    Native::new("exp2(x, /)", |vm, args| one(vm, args, f64::exp2)),
    Native::new("expm1(x, /)", |vm, args| one(vm, args, f64::exp_m1)),
    Native::new("log(x, base=None, /)", log),
    Native::new("log2(x, /)", |vm, args| logarithm(vm, args, f64::log2)),
    Native::new("log10(x, /)", |vm, args| logarithm(vm, args, f64::log10)),
    Native::new("log1p(x, /)", |vm, args| one(vm, args, f64::ln_1p)),
    Native::new("sin(x, /)", |vm, args| one(vm, args, f64::sin)),
    Native::new("cos(x, /)", |vm, args| one(vm, args, f64::cos)),
    Native::new("tan(x, /)", |vm, args| one(vm, args, f64::tan)),
    Native::new("asin(x, /)", |vm, args| one(vm, args, f64::asin)),
    Native::new("acos(x, /)", |vm, args| one(vm, args, f64::acos)),
    Native::new("atan(x, /)", |vm, args| one(vm, args, f64::atan)),
    Native::new("sinh(x, /)", |vm, args| one(vm, args, f64::sinh)),
    Native::new("cosh(x, /)", |vm, args| one(vm, args, f64::cosh)),
    Native::new("tanh(x, /)", |vm, args| one(vm, args, f64::tanh)),
    Native::new("asinh(x, /)", |vm, args| one(vm, args, f64::asinh)),
    Native::new("acosh(x, /)", |vm, args| one(vm, args, f64::acosh)),
    Native::new("atanh(x, /)", |vm, args| one(vm, args, f64::atanh)),
    Native::new("fabs(x, /)", |vm, args| one(vm, args, f64::abs)),
    Native::new("degrees(x, /)", |vm, args| one(vm, args, |x| x * (180.0 / std::f64::consts::PI))),
    Native::new("radians(x, /)", |vm, args| one(vm, args, |x| x * (std::f64::consts::PI / 180.0))),
    Native::new("atan2(y, x, /)", |vm, args| two(vm, args, f64::atan2)),
    Native::new("copysign(x, y, /)", |vm, args| two(vm, args, f64::copysign)),
    Native::new("fmod(x, y, /)", fmod),
    Native::new("pow(x, y, /)", pow),
    Native::new("ldexp(x, i, /)", ldexp),
    Native::new("frexp(x, /)", frexp),
    Native::new("modf(x, /)", modf),
    Native::new("hypot(*coordinates)", hypot),
    Native::new("dist(p, q, /)", dist),
    Native::new("fsum(seq, /)", fsum),
    Native::new("isnan(x, /)", |vm, args| asked(vm, args, f64::is_nan)),
    Native::new("isinf(x, /)", |vm, args| asked(vm, args, f64::is_infinite)),
    Native::new("isfinite(x, /)", |vm, args| asked(vm, args, f64::is_finite)),
    Native::new("isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", isclose),
    Native::new("nextafter(x, y, /)", nextafter),
];

const WHOLE: &[Native] = &[
    Native::new("floor(x, /)", |vm, args| rounded(vm, args, f64::floor)),
    Native::new("ceil(x, /)", |vm, args| rounded(vm, args, f64::ceil)),
    Native::new("trunc(x, /)", |vm, args| rounded(vm, args, f64::trunc)),
    Native::new("gcd(*integers)", gcd),
    Native::new("lcm(*integers)", lcm),
    Native::new("isqrt(n, /)", isqrt),
];

/// The constants.
pub(super) fn build(_vm: &mut Machine, module: &Rc<Module>) {
    module.set("pi", std::f64::consts::PI);
    module.set("e", std::f64::consts::E);
    module.set("tau", std::f64::consts::TAU);
    module.set("inf", f64::INFINITY);
    module.set("nan", f64::NAN);
}

pub(super) fn domain<T>() -> Result<T> {
    value_error("math domain error")
}

/// A result that is not finite although the arguments were is an error.
fn checked(x: f64, finite: bool) -> Result<Value> {
    if x.is_nan() && finite {
        return domain();
    }
    if x.is_infinite() && finite {
        return Err(Stop::error("OverflowError", "math range error"));
    }
    Ok(Value::Float(x))
}

fn one(vm: &mut Machine, args: &Args, f: fn(f64) -> f64) -> Result<Value> {
    let x = real(vm, &args.get(0))?;
    if x.is_infinite() && f(x).is_nan() {
        return domain();
    }
    // The poles: atanh(1), log1p(-1).
    if matches!(args.function(), "atanh" | "log1p") && f(x).is_infinite() && x.is_finite() {
        return domain();
    }
    checked(f(x), x.is_finite())
}

fn two(vm: &mut Machine, args: &Args, f: fn(f64, f64) -> f64) -> Result<Value> {
    let (x, y) = (real(vm, &args.get(0))?, real(vm, &args.get(1))?);
    Ok(Value::Float(f(x, y)))
}

fn asked(vm: &mut Machine, args: &Args, f: fn(f64) -> bool) -> Result<Value> {
    Ok(Value::Bool(f(real(vm, &args.get(0))?)))
}

fn logarithm(vm: &mut Machine, args: &Args, f: fn(f64) -> f64) -> Result<Value> {
    let x = real(vm, &args.get(0))?;
    if x <= 0.0 { domain() } else { Ok(Value::Float(f(x))) }
}

fn log(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = real(vm, &args.get(0))?;
    let base = args.opt(1).map(|base| real(vm, &base)).transpose()?;
    if x <= 0.0 || base.is_some_and(|base| base <= 0.0) {
        return domain();
    }
    match base {
        None => Ok(Value::Float(x.ln())),
        Some(base) if base.ln() == 0.0 => Err(Stop::error("ZeroDivisionError", "float division by zero")),
        Some(base) => Ok(Value::Float(x.ln() / base.ln())),
    }
}

fn fmod(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, y) = (real(vm, &args.get(0))?, real(vm, &args.get(1))?);
    checked(x % y, !x.is_nan() && !y.is_nan())
}

fn pow(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, y) = (real(vm, &args.get(0))?, real(vm, &args.get(1))?);
    if x == 0.0 && y < 0.0 {
        return domain();
    }
    checked(x.powf(y), x.is_finite() && y.is_finite())
}

fn ldexp(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, i) = (real(vm, &args.get(0))?, index(&args.get(1))?);
    let i = i32::try_from(i.clamp(-3000, 3000)).unwrap_or(0);
    // In three steps, so that no power of two leaves the range on the way.
    let step = |k: i32| 2_f64.powi(k);
    checked(x * step(i / 3) * step(i / 3) * step(i - 2 * (i / 3)), x.is_finite())
}

fn frexp(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = real(vm, &args.get(0))?;
    let (mut mantissa, mut exponent) = (x, 0);
    if x != 0.0 && x.is_finite() {
        while mantissa.abs() >= 1.0 {
            mantissa /= 2.0;
            exponent += 1;
        }
        while mantissa.abs() < 0.5 {
            mantissa *= 2.0;
            exponent -= 1;
        }
    }
    Ok(Value::tuple(vec![Value::Float(mantissa), Value::Int(exponent)]))
}

fn modf(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = real(vm, &args.get(0))?;
    let fraction = if x.is_infinite() { 0.0 } else { x.fract() };
    Ok(Value::tuple(vec![Value::Float(fraction.copysign(x)), Value::Float(x.trunc())]))
}

fn reals(vm: &mut Machine, values: &[Value]) -> Result<Vec<f64>> {
    values.iter().map(|value| real(vm, value)).collect()
}

/// The length of a vector, scaled so that no square leaves the range.
fn norm(xs: &[f64]) -> f64 {
    let largest = xs.iter().fold(0.0, |most: f64, x| if x.is_nan() { *x } else { most.max(x.abs()) });
    if largest == 0.0 || !largest.is_finite() {
        return largest;
    }
    if let [x, y] = xs {
        return x.hypot(*y);
    }
    if (1e-100..1e100).contains(&largest) {
        return xs.iter().map(|x| x * x).sum::<f64>().sqrt();
    }
    largest * xs.iter().map(|x| (x / largest) * (x / largest)).sum::<f64>().sqrt()
}

fn hypot(vm: &mut Machine, args: &Args) -> Result<Value> {
    Ok(Value::Float(norm(&reals(vm, &args.rest)?)))
}

fn dist(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (p, q) = (vm.items(args, 0)?, vm.items(args, 1)?);
    if p.len() != q.len() {
        return value_error("both points must have the same number of dimensions");
    }
    let (p, q) = (reals(vm, &p)?, reals(vm, &q)?);
    let differences: Vec<f64> = p.iter().zip(&q).map(|(p, q)| p - q).collect();
    Ok(Value::Float(norm(&differences)))
}

/// The exact sum, rounded once: partial sums that do not overlap (Shewchuk, 1997).
fn fsum(vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = vm.items(args, 0)?;
    let mut partials: Vec<f64> = Vec::new();
    let mut special = 0.0;
    for x in reals(vm, &items)? {
        if !x.is_finite() {
            special += x;
            continue;
        }
        let (mut x, mut kept) = (x, Vec::with_capacity(partials.len() + 1));
        for &y in &partials {
            let (high, low) = if x.abs() < y.abs() { (y, x) } else { (x, y) };
            let sum = high + low;
            let error = low - (sum - high);
            if error != 0.0 {
                kept.push(error);
            }
            x = sum;
        }
        kept.push(x);
        partials = kept;
    }
    if special != 0.0 {
        return Ok(Value::Float(special));
    }
    let mut rest = partials.into_iter().rev();
    let (mut sum, mut error) = (rest.next().unwrap_or(0.0), 0.0);
    for x in rest.by_ref() {
        let before = sum;
        sum += x;
        error = x - (sum - before);
        if error != 0.0 {
            break;
        }
    }
    // Half to even: what is left decides if the error is exactly half a place.
    if let Some(next) = rest.next()
        && ((error < 0.0 && next < 0.0) || (error > 0.0 && next > 0.0))
    {
        let doubled = 2.0 * error;
        let up = sum + doubled;
        if doubled == up - sum {
            sum = up;
        }
    }
    Ok(Value::Float(sum))
}

fn isclose(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (a, b) = (real(vm, &args.get(0))?, real(vm, &args.get(1))?);
    let (relative, absolute) = (args.float(2)?, args.float(3)?);
    if relative < 0.0 || absolute < 0.0 {
        return value_error("tolerances must be non-negative");
    }
    let difference = (a - b).abs();
    let close = difference <= relative * a.abs().max(b.abs()) || difference <= absolute;
    Ok(Value::Bool(a == b || (!a.is_infinite() && !b.is_infinite() && close)))
}

fn nextafter(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, y) = (real(vm, &args.get(0))?, real(vm, &args.get(1))?);
    let next = if x == y || y.is_nan() {
        y
    } else if y > x {
        x.next_up()
    } else {
        x.next_down()
    };
    Ok(Value::Float(next))
}

fn rounded(vm: &mut Machine, args: &Args, f: fn(f64) -> f64) -> Result<Value> {
    let value = args.get(0);
    if let Some(i) = value.unwrapped().as_int() {
        return Ok(Value::Int(i));
    }
    let name = format!("__{}__", args.function());
    if let Value::Instance(_) = value
        && let Some(function @ Value::Function(_)) = vm.operator(&value, &name)
    {
        return Err(Stop::call(function, vec![value]));
    }
    truncated(f(real(vm, &value)?)).map(Value::Int)
}

fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

fn gcd(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut all = 0;
    for value in &args.rest {
        all = divisor(all, index(value)?.unsigned_abs());
    }
    i64::try_from(all).map_or_else(|_| overflow(), |i| Ok(Value::Int(i)))
}

fn lcm(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let mut all: u64 = 1;
    for value in &args.rest {
        let i = index(value)?.unsigned_abs();
        if i == 0 {
            return Ok(Value::Int(0));
        }
        match (all / divisor(all, i)).checked_mul(i) {
            Some(product) => all = product,
            None => return overflow(),
        }
    }
    i64::try_from(all).map_or_else(|_| overflow(), |i| Ok(Value::Int(i)))
}

fn isqrt(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let n = index(&args.get(0))?;
    match u64::try_from(n) {
        Ok(n) => i64::try_from(n.isqrt()).map_or_else(|_| overflow(), |i| Ok(Value::Int(i))),
        Err(_) => value_error("isqrt() argument must be nonnegative"),
    }
}
