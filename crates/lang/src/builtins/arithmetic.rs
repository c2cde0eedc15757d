//! `divmod`, `pow`, and whole numbers as texts of another base.

use super::number::index;
use crate::ast::BinOp;
use crate::error::{Result, Stop, overflow, type_error, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("divmod(x, y, /)", divmod),
    Native::new("pow(base, exp, mod=None)", pow),
    Native::new("bin(number, /)", |_, args| radix(args, 'b')),
    Native::new("oct(number, /)", |_, args| radix(args, 'o')),
    Native::new("hex(number, /)", |_, args| radix(args, 'x')),
    Native::new("chr(i, /)", chr),
    Native::new("ord(c, /)", ord),
];

fn divmod(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (a, b) = (args.get(0), args.get(1));
    if let (Some(x), Some(y)) = (a.as_float(), b.as_float()) {
        let whole = a.as_int().is_some() && b.as_int().is_some();
        if y == 0.0 && !whole {
            return Err(Stop::error("ZeroDivisionError", "float divmod()"));
        }
        let _ = x;
        return Ok(Value::tuple(vec![vm.binary(BinOp::FloorDiv, &a, &b)?, vm.binary(BinOp::Mod, &a, &b)?]));
    }
    match vm.operator(&a, "__divmod__") {
        Some(function) => Err(Stop::call(function, vec![a, b])),
        None if matches!(a, Value::Instance(_)) => Err(Stop::call(vm.helper("_divmod"), vec![a, b])),
        None => {
            let (a, b) = (a.type_name(), b.type_name());
            type_error(format!("unsupported operand type(s) for divmod(): '{a}' and '{b}'"))
        }
    }
}

fn pow(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (base, exponent) = (args.get(0), args.get(1));
    let Some(modulus) = args.opt(2) else { return vm.binary(BinOp::Pow, &base, &exponent) };
    let (Some(base), Some(exponent), Some(modulus)) = (base.as_int(), exponent.as_int(), modulus.as_int())
    else {
        return type_error("pow() 3rd argument not allowed unless all arguments are integers");
    };
    if modulus == 0 {
        return value_error("pow() 3rd argument cannot be 0");
    }
    let m = i128::from(modulus).abs();
    let mut base = i128::from(base).rem_euclid(m);
    if exponent < 0 {
        match inverse(base, m) {
            Some(inverse) => base = inverse,
            None => return value_error("base is not invertible for the given modulus"),
        }
    }
    let (mut result, mut left) = (1 % m, exponent.unsigned_abs());
    while left > 0 {
        if left & 1 == 1 {
            result = result * base % m;
        }
        base = base * base % m;
        left >>= 1;
    }
    let signed = if modulus < 0 && result > 0 { result - m } else { result };
    i64::try_from(signed).map_or_else(|_| overflow(), |i| Ok(Value::Int(i)))
}

fn inverse(a: i128, m: i128) -> Option<i128> {
    let (mut r, mut next, mut t, mut next_t) = (m, a, 0, 1);
    while next != 0 {
        let q = r / next;
        (r, next) = (next, r - q * next);
        (t, next_t) = (next_t, t - q * next_t);
    }
    (r == 1).then(|| t.rem_euclid(m))
}

fn radix(args: &Args, kind: char) -> Result<Value> {
    let i = index(&args.get(0))?;
    let digits = match kind {
        'b' => format!("{:b}", i.unsigned_abs()),
        'o' => format!("{:o}", i.unsigned_abs()),
        _ => format!("{:x}", i.unsigned_abs()),
    };
    let sign = if i < 0 { "-" } else { "" };
    Ok(Value::from(format!("{sign}0{kind}{digits}")))
}

fn chr(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let i = index(&args.get(0))?;
    match u32::try_from(i).ok().and_then(char::from_u32) {
        Some(c) => Ok(Value::from(c.to_string())),
        None => value_error("chr() arg not in range(0x110000)"),
    }
}

fn ord(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Str(text) = args.get(0).unwrapped() else {
        let kind = args.get(0).type_name();
        return type_error(format!("ord() expected string of length 1, but {kind} found"));
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(Value::Int(i64::from(u32::from(c)))),
        _ => {
            let len = text.chars().count();
            type_error(format!("ord() expected a character, but string of length {len} found"))
        }
    }
}
