//! Elementwise steps of one operand.

use engine::ops::Unary;

use crate::element::Number;
use crate::math::{Math, abs, relu, sign};

pub(crate) fn run<T: Math + Number>(op: Unary, x: &[T], out: &mut [T]) {
    if T::unary_all(op, x, out) {
        return;
    }
    match op {
        Unary::Neg => map(x, out, T::neg),
        Unary::Abs => map(x, out, abs),
        Unary::Sign => map(x, out, sign),
        Unary::Relu => map(x, out, relu),
        Unary::Sqrt if T::DENSE_LOOPS => map(x, out, |v| T::unary(Unary::Sqrt, v)),
        // One loop for all of them: the function costs more than the choice.
        Unary::Exp
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
        | Unary::Floor
        | Unary::Ceil
        | Unary::Round
        | Unary::Trunc
        | Unary::Erf => map(x, out, |v| T::unary(op, v)),
    }
}

fn map<T: Copy>(x: &[T], out: &mut [T], f: impl Fn(T) -> T) {
    for (o, &v) in out.iter_mut().zip(x) {
        *o = f(v);
    }
}
