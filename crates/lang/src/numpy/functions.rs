//! The functions of one element and of two, as a table: names, rules for types, and what they compute.

use super::elementwise::{binary, unary};
use crate::native::Native;

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
    pub(super) name: &'static str,
    pub(super) rule: Rule,
    pub(super) real: fn(f64, f64) -> f64,
    pub(super) whole: fn(i64, i64) -> i64,
}

/// A function of one element.
pub(super) struct Unary {
    pub(super) name: &'static str,
    pub(super) rule: Rule,
    pub(super) real: fn(f64) -> f64,
    pub(super) whole: fn(i64) -> i64,
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
