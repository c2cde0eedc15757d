//! Operators.

use super::Machine;
use crate::ast::{BinOp, UnaryOp};
use crate::error::{Result, Stop, overflow, type_error};
use crate::value::Value;

/// The methods of an operator, and how it is written: `__add__`, `__radd__`, `__iadd__`, `+`.
pub(crate) fn methods(op: BinOp) -> (&'static str, &'static str, &'static str, &'static str) {
    match op {
        BinOp::Add => ("__add__", "__radd__", "__iadd__", "+"),
        BinOp::Sub => ("__sub__", "__rsub__", "__isub__", "-"),
        BinOp::Mul => ("__mul__", "__rmul__", "__imul__", "*"),
        BinOp::Div => ("__truediv__", "__rtruediv__", "__itruediv__", "/"),
        BinOp::FloorDiv => ("__floordiv__", "__rfloordiv__", "__ifloordiv__", "//"),
        BinOp::Mod => ("__mod__", "__rmod__", "__imod__", "%"),
        BinOp::Pow => ("__pow__", "__rpow__", "__ipow__", "** or pow()"),
        BinOp::MatMul => ("__matmul__", "__rmatmul__", "__imatmul__", "@"),
        BinOp::And => ("__and__", "__rand__", "__iand__", "&"),
        BinOp::Or => ("__or__", "__ror__", "__ior__", "|"),
        BinOp::Xor => ("__xor__", "__rxor__", "__ixor__", "^"),
        BinOp::Shl => ("__lshift__", "__rlshift__", "__ilshift__", "<<"),
        BinOp::Shr => ("__rshift__", "__rrshift__", "__irshift__", ">>"),
    }
}

impl Machine {
    /// `a op b`.
    ///
    /// # Errors
    /// `TypeError`, and what the operator says.
    pub(crate) fn binary(&mut self, op: BinOp, a: &Value, b: &Value) -> Result<Value> {
        if let Some(value) = numbers(op, a, b)? {
            return Ok(value);
        }
        let (name, reflected, _, _) = methods(op);
        let (left, right) = (self.operator(a, name), self.operator(b, reflected));
        let by_program = |f: &Option<Value>| matches!(f, Some(Value::Function(_)));
        if by_program(&left) || by_program(&right) {
            // The helper tries both, as a method of a program may answer NotImplemented.
            let (left, right) = (left.unwrap_or(Value::None), right.unwrap_or(Value::None));
            let symbol = Value::str(methods(op).3);
            return Err(Stop::call(self.helper("_binary"), vec![symbol, a.clone(), b.clone(), left, right]));
        }
        if let Some(value) = self.native_answer([left, right], a, b)? {
            return Ok(value);
        }
        self.no_operator(methods(op).3, a, b)
    }

    /// The method of a value's class.
    pub(crate) fn operator(&self, value: &Value, name: &str) -> Option<Value> {
        self.class_of(value).and_then(|class| class.lookup(name))
    }

    pub(super) fn no_operator(&self, symbol: &str, a: &Value, b: &Value) -> Result<Value> {
        let (a, b) = (a.type_name(), b.type_name());
        type_error(format!("unsupported operand type(s) for {symbol}: '{a}' and '{b}'"))
    }

    /// `a op= b`.
    ///
    /// # Errors
    /// As for [`binary`](Self::binary).
    pub(super) fn in_place(&mut self, op: BinOp, a: &Value, b: &Value) -> Result<Value> {
        let (_, _, name, symbol) = methods(op);
        match self.operator(a, name) {
            Some(function @ Value::Function(_)) => Err(Stop::call(function, vec![a.clone(), b.clone()])),
            Some(Value::Native(function)) => {
                match self.call_native(&function, vec![a.clone(), b.clone()])? {
                    Value::NotImplemented => self.binary(op, a, b),
                    value => Ok(value),
                }
            }
            _ => self.binary(op, a, b).map_err(|error| match error {
                Stop::Error(mut fault) => {
                    let plain = format!("for {symbol}: ");
                    fault.text = fault.text.replacen(&plain, &format!("for {}=: ", symbol_only(symbol)), 1);
                    Stop::Error(fault)
                }
                other => other,
            }),
        }
    }

    /// `-a`, `+a`, `~a`.
    ///
    /// # Errors
    /// As for [`binary`](Self::binary).
    pub(super) fn unary(&mut self, op: UnaryOp, a: &Value) -> Result<Value> {
        match (op, a) {
            (UnaryOp::Neg, Value::Float(x)) => return Ok(Value::Float(-x)),
            (UnaryOp::Pos, Value::Float(x)) => return Ok(Value::Float(*x)),
            (op, a @ (Value::Int(_) | Value::Bool(_))) => {
                let i = a.as_int().unwrap_or_default();
                return match op {
                    UnaryOp::Neg => i.checked_neg().map_or_else(overflow, |i| Ok(Value::Int(i))),
                    UnaryOp::Pos => Ok(Value::Int(i)),
                    UnaryOp::Invert => Ok(Value::Int(!i)),
                    UnaryOp::Not => Ok(Value::Bool(i == 0)),
                };
            }
            _ => {}
        }
        let (name, symbol) = match op {
            UnaryOp::Neg => ("__neg__", "-"),
            UnaryOp::Pos => ("__pos__", "+"),
            UnaryOp::Invert | UnaryOp::Not => ("__invert__", "~"),
        };
        match self.operator(a, name) {
            Some(function) => Err(Stop::call(function, vec![a.clone()])),
            None => type_error(format!("bad operand type for unary {symbol}: '{}'", a.type_name())),
        }
    }

    /// `not a`: the truth of `a`, if the operator is that and it is known without running the program.
    pub(super) fn truth_for_not(&mut self, op: UnaryOp, a: &Value) -> Result<Option<bool>> {
        if op == UnaryOp::Not { self.truth(a) } else { Ok(None) }
    }
}

fn symbol_only(symbol: &str) -> &str {
    symbol.split(' ').next().unwrap_or(symbol)
}

/// Operators of two numbers; nothing, if they are no numbers, or these numbers do not have the operator.
pub(crate) fn numbers(op: BinOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => ints(op, *a, *b),
        (Value::Float(a), Value::Float(b)) => floats(op, *a, *b),
        (Value::Bool(a), Value::Bool(b)) => Ok(match op {
            BinOp::And => Some(Value::Bool(a & b)),
            BinOp::Or => Some(Value::Bool(a | b)),
            BinOp::Xor => Some(Value::Bool(a ^ b)),
            _ => return ints(op, i64::from(*a), i64::from(*b)),
        }),
        (Value::Float(x), Value::Int(_) | Value::Bool(_)) => floats(op, *x, b.as_float().unwrap_or_default()),
        (Value::Int(_) | Value::Bool(_), Value::Float(y)) => floats(op, a.as_float().unwrap_or_default(), *y),
        (Value::Int(_) | Value::Bool(_), Value::Int(_) | Value::Bool(_)) => {
            ints(op, a.as_int().unwrap_or_default(), b.as_int().unwrap_or_default())
        }
        _ => Ok(None),
    }
}

fn zero_division<T>(text: &str) -> Result<T> {
    Err(Stop::error("ZeroDivisionError", text))
}

fn ints(op: BinOp, a: i64, b: i64) -> Result<Option<Value>> {
    let whole = |value: Option<i64>| value.map_or_else(overflow, |i| Ok(Some(Value::Int(i))));
    match op {
        BinOp::Add => whole(a.checked_add(b)),
        BinOp::Sub => whole(a.checked_sub(b)),
        BinOp::Mul => whole(a.checked_mul(b)),
        BinOp::Div if b == 0 => zero_division("division by zero"),
        BinOp::Div => Ok(Some(Value::Float(a as f64 / b as f64))),
        BinOp::FloorDiv if b == 0 => zero_division("integer division or modulo by zero"),
        BinOp::Mod if b == 0 => zero_division("integer modulo by zero"),
        BinOp::FloorDiv => whole(a.checked_div_euclid(b).map(|_| floor_div(a, b))),
        BinOp::Mod => whole(Some(a.wrapping_sub(floor_div(a, b).wrapping_mul(b)))),
        BinOp::Pow => power(a, b).map(Some),
        BinOp::And => whole(Some(a & b)),
        BinOp::Or => whole(Some(a | b)),
        BinOp::Xor => whole(Some(a ^ b)),
        BinOp::Shl | BinOp::Shr if b < 0 => Err(Stop::error("ValueError", "negative shift count")),
        BinOp::Shl => {
            let shifted = (b < 63).then(|| i128::from(a) << b).and_then(|wide| i64::try_from(wide).ok());
            whole(if a == 0 { Some(0) } else { shifted })
        }
        BinOp::Shr => whole(Some(a >> b.min(63))),
        BinOp::MatMul => Ok(None),
    }
}

fn floor_div(a: i64, b: i64) -> i64 {
    let quotient = a.wrapping_div(b);
    if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
}

fn power(a: i64, b: i64) -> Result<Value> {
    if b < 0 {
        if a == 0 {
            return zero_division("0.0 cannot be raised to a negative power");
        }
        return Ok(Value::Float((a as f64).powf(b as f64)));
    }
    let small = |base: i64| match base {
        0 => Some(i64::from(b == 0)),
        1 => Some(1),
        -1 => Some(if b % 2 == 0 { 1 } else { -1 }),
        _ => u32::try_from(b).ok().and_then(|exponent| base.checked_pow(exponent)),
    };
    small(a).map_or_else(overflow, |i| Ok(Value::Int(i)))
}

fn floats(op: BinOp, a: f64, b: f64) -> Result<Option<Value>> {
    let real = |x: f64| Ok(Some(Value::Float(x)));
    match op {
        BinOp::Add => real(a + b),
        BinOp::Sub => real(a - b),
        BinOp::Mul => real(a * b),
        BinOp::Div if b == 0.0 => zero_division("float division by zero"),
        BinOp::Div => real(a / b),
        BinOp::FloorDiv if b == 0.0 => zero_division("float floor division by zero"),
        BinOp::Mod if b == 0.0 => zero_division("float modulo"),
        BinOp::FloorDiv => real(((a - modulo(a, b)) / b).round()),
        BinOp::Mod => real(modulo(a, b)),
        BinOp::Pow if a == 0.0 && b < 0.0 => zero_division("0.0 cannot be raised to a negative power"),
        BinOp::Pow => {
            let power = a.powf(b);
            if power.is_infinite() && a.is_finite() && b.is_finite() {
                return Err(Stop::error("OverflowError", "(34, 'Numerical result out of range')"));
            }
            real(power)
        }
        BinOp::MatMul | BinOp::And | BinOp::Or | BinOp::Xor | BinOp::Shl | BinOp::Shr => Ok(None),
    }
}

/// The remainder with the sign of the divisor.
pub(crate) fn modulo(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest == 0.0 {
        0.0_f64.copysign(b)
    } else if (rest < 0.0) != (b < 0.0) {
        rest + b
    } else {
        rest
    }
}
