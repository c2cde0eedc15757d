//! Elementwise kernels of one input.

use engine::Result;
use engine::ops::Unary;

use crate::element::Number;

/// The functions of real numbers; integers have those that stay among them.
pub(crate) trait UnaryMath: Number {
    fn apply(op: Unary, x: &[Self], out: &mut [Self]) -> Result<()>;
}

pub(crate) fn run<T: UnaryMath>(op: Unary, x: &[T], out: &mut [T]) -> Result<()> {
    match op {
        Unary::Neg => map(x, out, T::neg),
        Unary::Abs => map(x, out, abs),
        Unary::Sign => map(x, out, sign),
        Unary::Relu => map(x, out, relu),
        Unary::Exp | Unary::Log | Unary::Sqrt | Unary::Sin | Unary::Cos | Unary::Tanh | Unary::Sigmoid => {
            return T::apply(op, x, out);
        }
    }
    Ok(())
}

fn relu<T: Number>(v: T) -> T {
    if v < T::ZERO { T::ZERO } else { v }
}

/// Adding zero turns −0 into 0.
fn abs<T: Number>(v: T) -> T {
    if v < T::ZERO { v.neg() } else { v.add(T::ZERO) }
}

/// NaN has the sign 0, as in PyTorch.
fn sign<T: Number>(v: T) -> T {
    if v > T::ZERO {
        T::ONE
    } else if v < T::ZERO {
        T::ONE.neg()
    } else {
        T::ZERO
    }
}

macro_rules! real_math {
    ($($rust:ty),*) => {
        $(impl UnaryMath for $rust {
            fn apply(op: Unary, x: &[Self], out: &mut [Self]) -> Result<()> {
                // One loop for all of them: the function costs more than the choice.
                map(x, out, |v| match op {
                    Unary::Exp => v.exp(),
                    Unary::Log => v.ln(),
                    Unary::Sqrt => v.sqrt(),
                    Unary::Sin => v.sin(),
                    Unary::Cos => v.cos(),
                    Unary::Tanh => v.tanh(),
                    Unary::Sigmoid => 1.0 / (1.0 + (-v).exp()),
                    Unary::Neg | Unary::Abs | Unary::Sign | Unary::Relu => v,
                });
                Ok(())
            }
        })*
    };
}

real_math!(f32, f64);

impl UnaryMath for i64 {
    fn apply(op: Unary, _: &[Self], _: &mut [Self]) -> Result<()> {
        Err(engine::Error::Unsupported {
            device: "the CPU",
            what: format!("compute {} of integers", op.name()),
        })
    }
}

fn map<T: Number>(x: &[T], out: &mut [T], f: impl Fn(T) -> T) {
    for (o, &v) in out.iter_mut().zip(x) {
        *o = f(v);
    }
}
