//! Elementwise kernels of one input.

use engine::Result;
use engine::ops::Unary;

use crate::element::{Input, Number};
use crate::math::{Math, abs, relu, sign};
use crate::walk::{Walk, step};

pub(crate) fn run<T: Math + Number>(op: Unary, x: &Input<'_, T>, out: &mut [T]) -> Result<()> {
    match op {
        Unary::Neg => map(x, out, T::neg),
        Unary::Abs => map(x, out, abs),
        Unary::Sign => map(x, out, sign),
        Unary::Relu => map(x, out, relu),
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
    Ok(())
}

fn map<T: Number>(x: &Input<'_, T>, out: &mut [T], f: impl Fn(T) -> T) {
    let walk = Walk::new([x.layout]);
    let (n, [sx]) = (walk.run, walk.strides);
    let mut rest = out;
    walk.each_run(&mut |[at]| {
        let (now, later) = std::mem::take(&mut rest).split_at_mut(n);
        rest = later;
        if sx == 1 && T::DENSE_LOOPS {
            for (o, &v) in now.iter_mut().zip(&x.data[at..at + n]) {
                *o = f(v);
            }
        } else {
            for (i, o) in now.iter_mut().enumerate() {
                *o = f(x.data[step(at, sx, i)]);
            }
        }
    });
}
