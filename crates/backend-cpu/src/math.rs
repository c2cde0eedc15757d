//! What the elementwise ops do to one element, or to a pair: one function of the op for each element type. The
//! loops around them are elsewhere.

use engine::ops::{Binary, Unary};

use crate::element::{Element, Number, larger, smaller};

/// The ops on elements of one type. Where an op is not defined for the type, the engine does not ask for it, and
/// the element (the first one) comes back as it is.
pub(crate) trait Math: Element {
    /// `op(v)`
    fn unary(op: Unary, v: Self) -> Self;
    /// `op(a, b)`
    fn binary(op: Binary, a: Self, b: Self) -> Self;
    /// `out = op(x)` for whole slices, if there is a better way than one by one; false if not.
    fn unary_all(_: Unary, _: &[Self], _: &mut [Self]) -> bool {
        false
    }
    /// Whether dividing by it is an error rather than infinite.
    fn is_zero_divisor(self) -> bool;
}

/// max(v, 0); NaN stays NaN.
pub(crate) fn relu<T: Number>(v: T) -> T {
    if v < T::ZERO { T::ZERO } else { v }
}

/// |v|. Adding zero turns −0 into 0.
pub(crate) fn abs<T: Number>(v: T) -> T {
    if v < T::ZERO { v.neg() } else { v.add(T::ZERO) }
}

/// −1, 0 or 1. NaN has the sign 0, as in PyTorch.
pub(crate) fn sign<T: Number>(v: T) -> T {
    if v > T::ZERO {
        T::ONE
    } else if v < T::ZERO {
        T::ONE.neg()
    } else {
        T::ZERO
    }
}

/// Float64 is for checks: it takes the library's functions.
fn one_by_one(_: Unary, _: &[f64], _: &mut [f64]) -> bool {
    false
}

macro_rules! real_math {
    ($($rust:ident, $erf:path, $all:path;)*) => {
        $(impl Math for $rust {
            fn unary(op: Unary, v: Self) -> Self {
                match op {
                    Unary::Neg => -v,
                    Unary::Abs => abs(v),
                    Unary::Sign => sign(v),
                    Unary::Exp => v.exp(),
                    Unary::Log => v.ln(),
                    Unary::Sqrt => v.sqrt(),
                    Unary::Sin => v.sin(),
                    Unary::Cos => v.cos(),
                    Unary::Tanh => v.tanh(),
                    Unary::Sigmoid => 1.0 / (1.0 + (-v).exp()),
                    Unary::Relu => relu(v),
                    Unary::Log1p => v.ln_1p(),
                    Unary::Expm1 => v.exp_m1(),
                    Unary::Rsqrt => 1.0 / v.sqrt(),
                    Unary::Reciprocal => 1.0 / v,
                    Unary::Floor => v.floor(),
                    Unary::Ceil => v.ceil(),
                    Unary::Round => v.round_ties_even(),
                    Unary::Trunc => v.trunc(),
                    Unary::Erf => $erf(v),
                }
            }

            fn binary(op: Binary, a: Self, b: Self) -> Self {
                match op {
                    Binary::Add => a + b,
                    Binary::Sub => a - b,
                    Binary::Mul => a * b,
                    Binary::Div => a / b,
                    // Squares and cubes are everywhere, and PyTorch multiplies for them too.
                    Binary::Pow if b == 2.0 => a * a,
                    Binary::Pow if b == 3.0 => a * a * a,
                    Binary::Pow => a.powf(b),
                    Binary::Maximum => larger(a, b),
                    Binary::Minimum => smaller(a, b),
                    Binary::FloorDivide => {
                        if b == 0.0 {
                            return a / b;
                        }
                        // What is left after the remainder is taken away is a multiple of b but for rounding.
                        let rest = a % b;
                        let turn = if rest != 0.0 && (rest < 0.0) != (b < 0.0) { 1.0 } else { 0.0 };
                        let quotient = (a - rest) / b - turn;
                        if quotient == 0.0 {
                            return (0.0 as $rust).copysign(a / b);
                        }
                        let whole = quotient.floor();
                        if quotient - whole > 0.5 { whole + 1.0 } else { whole }
                    }
                    Binary::Remainder => {
                        let rest = a % b;
                        if rest != 0.0 && (rest < 0.0) != (b < 0.0) { rest + b } else { rest }
                    }
                    Binary::And | Binary::Or | Binary::Xor => a,
                }
            }

            fn unary_all(op: Unary, x: &[Self], out: &mut [Self]) -> bool { $all(op, x, out) }

            fn is_zero_divisor(self) -> bool { false }
        })*
    };
}

real_math! {
    f32, libm::erff, crate::quick::run;
    f64, libm::erf, one_by_one;
}

impl Math for i64 {
    fn unary(op: Unary, v: Self) -> Self {
        match op {
            Unary::Neg => v.wrapping_neg(),
            Unary::Abs => v.wrapping_abs(),
            Unary::Sign => v.signum(),
            Unary::Relu => v.max(0),
            Unary::Floor
            | Unary::Ceil
            | Unary::Round
            | Unary::Trunc
            | Unary::Exp
            | Unary::Log
            | Unary::Sqrt
            | Unary::Sin
            | Unary::Cos
            | Unary::Tanh
            | Unary::Sigmoid
            | Unary::Log1p
            | Unary::Expm1
            | Unary::Rsqrt
            | Unary::Reciprocal
            | Unary::Erf => v,
        }
    }

    /// Wraps around. A quotient by zero, which the kernel refuses before, is 0 here.
    fn binary(op: Binary, a: Self, b: Self) -> Self {
        match op {
            Binary::Add => a.wrapping_add(b),
            Binary::Sub => a.wrapping_sub(b),
            Binary::Mul => a.wrapping_mul(b),
            Binary::Pow => power(a, b),
            Binary::Maximum => a.max(b),
            Binary::Minimum => a.min(b),
            // What is cut off towards zero is one too large where the signs differ and something is left.
            Binary::FloorDivide | Binary::Remainder if b == 0 => 0,
            Binary::FloorDivide => {
                let rest = a.wrapping_rem(b);
                a.wrapping_div(b) - Self::from(rest != 0 && (rest < 0) != (b < 0))
            }
            Binary::Remainder => {
                let rest = a.wrapping_rem(b);
                if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest }
            }
            Binary::And => a & b,
            Binary::Or => a | b,
            Binary::Xor => a ^ b,
            Binary::Div => a,
        }
    }

    fn is_zero_divisor(self) -> bool {
        self == 0
    }
}

/// Wraps around. A negative exponent leaves what is left of the fraction.
fn power(a: i64, b: i64) -> i64 {
    match (a, b) {
        (1, _) => 1,
        (-1, e) => 1 - 2 * (e & 1),
        (_, e) if e < 0 => 0,
        (mut base, mut rest) => {
            let mut value = 1i64;
            while rest > 0 {
                if rest & 1 == 1 {
                    value = value.wrapping_mul(base);
                }
                base = base.wrapping_mul(base);
                rest >>= 1;
            }
            value
        }
    }
}

impl Math for bool {
    fn unary(_: Unary, v: Self) -> Self {
        v
    }

    fn binary(op: Binary, a: Self, b: Self) -> Self {
        match op {
            Binary::And => a & b,
            Binary::Or => a | b,
            Binary::Xor => a ^ b,
            Binary::Add
            | Binary::Sub
            | Binary::Mul
            | Binary::Div
            | Binary::Pow
            | Binary::Maximum
            | Binary::Minimum
            | Binary::FloorDivide
            | Binary::Remainder => a,
        }
    }

    fn is_zero_divisor(self) -> bool {
        false
    }
}
