//! Functions of one tensor, element by element, and those that make probabilities.

use engine::ops::Gelu;
use engine::{Scalar, Tensor};

use super::apply;
use crate::error::{Result, runtime_error};
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("relu(input, inplace=False)", |_, a| apply(a, 1, Tensor::relu)),
    Native::new("relu_(input)", |_, a| in_place(a, Tensor::relu)),
    Native::new("relu6(input, inplace=False)", |_, a| apply(a, 1, Tensor::relu6)),
    Native::new("leaky_relu(input, negative_slope=0.01, inplace=False)", |_, a| {
        let slope = a.float(1)?;
        apply(a, 2, |x| x.leaky_relu(slope))
    }),
    Native::new("leaky_relu_(input, negative_slope=0.01)", |_, a| {
        let slope = a.float(1)?;
        in_place(a, |x| x.leaky_relu(slope))
    }),
    Native::new("elu(input, alpha=1.0, inplace=False)", |_, a| {
        let alpha = a.float(1)?;
        apply(a, 2, |x| x.elu(alpha))
    }),
    Native::new("elu_(input, alpha=1.0)", |_, a| {
        let alpha = a.float(1)?;
        in_place(a, |x| x.elu(alpha))
    }),
    Native::new("selu(input, inplace=False)", |_, a| apply(a, 1, selu)),
    Native::new("celu(input, alpha=1.0, inplace=False)", |_, a| {
        let alpha = a.float(1)?;
        apply(a, 2, |x| celu(x, alpha))
    }),
    Native::new("gelu(input, *, approximate='none')", |_, a| {
        let approximate = Gelu::named(&a.str(1)?)?;
        Ok(a.tensor(0)?.gelu(approximate)?.into())
    }),
    Native::new("silu(input, inplace=False)", |_, a| apply(a, 1, Tensor::silu)),
    Native::new("mish(input, inplace=False)", |_, a| apply(a, 1, mish)),
    Native::new("softplus(input, beta=1, threshold=20)", |_, a| {
        Ok(a.tensor(0)?.softplus(a.float(1)?, a.float(2)?)?.into())
    }),
    Native::new("softsign(input)", |_, a| {
        let x = a.tensor(0)?;
        Ok(x.div(&x.abs()?.add(1.0)?)?.into())
    }),
    Native::new("log_sigmoid(input)", |_, a| Ok(log_sigmoid(&a.tensor(0)?)?.into())),
    Native::new("hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)", |_, a| {
        let (low, high) = (a.scalar(1)?, a.scalar(2)?);
        apply(a, 3, |x| x.hardtanh(low, high))
    }),
    Native::new("hardsigmoid(input, inplace=False)", |_, a| apply(a, 1, hardsigmoid)),
    Native::new("hardswish(input, inplace=False)", |_, a| apply(a, 1, hardswish)),
    Native::new("tanhshrink(input)", |_, a| {
        let x = a.tensor(0)?;
        Ok(x.sub(&x.tanh()?)?.into())
    }),
    Native::new("softshrink(input, lambd=0.5)", |_, a| Ok(softshrink(&a.tensor(0)?, a.float(1)?)?.into())),
    Native::new("hardshrink(input, lambd=0.5)", |_, a| Ok(hardshrink(&a.tensor(0)?, a.float(1)?)?.into())),
    Native::new("threshold(input, threshold, value, inplace=False)", |_, a| {
        let (threshold, value) = (a.scalar(1)?, a.scalar(2)?);
        apply(a, 3, |x| above(x, threshold, value))
    }),
    Native::new("prelu(input, weight)", |_, a| prelu(&a.tensor(0)?, &a.tensor(1)?)),
    Native::new("glu(input, dim=-1)", |_, a| glu(&a.tensor(0)?, a.int(1)?)),
    Native::new("sigmoid(input)", |_, a| Ok(a.tensor(0)?.sigmoid()?.into())),
    Native::new("tanh(input)", |_, a| Ok(a.tensor(0)?.tanh()?.into())),
    Native::new("softmax(input, dim=None, _stacklevel=3, dtype=None)", |_, a| {
        let (x, dim) = probabilities(a)?;
        Ok(x.softmax(dim)?.into())
    }),
    Native::new("softmin(input, dim=None, _stacklevel=3, dtype=None)", |_, a| {
        let (x, dim) = probabilities(a)?;
        Ok(x.neg()?.softmax(dim)?.into())
    }),
    Native::new("log_softmax(input, dim=None, _stacklevel=3, dtype=None)", |_, a| {
        let (x, dim) = probabilities(a)?;
        Ok(x.log_softmax(dim)?.into())
    }),
];

fn in_place(args: &Args, f: impl FnOnce(&Tensor) -> engine::Result<Tensor>) -> Result<Value> {
    args.tensor(0)?.update_(f)?;
    Ok(args.get(0))
}

/// The tensor in the dtype that is asked for, and the dimension: without one, the one that PyTorch takes for that of classes.
fn probabilities(args: &Args) -> Result<(Tensor, i64)> {
    let mut x = args.tensor(0)?;
    if let Some(dtype) = args.opt_dtype(3)? {
        x = x.to(dtype)?;
    }
    let guess = i64::from(!matches!(x.ndim(), 0 | 1 | 3));
    let dim = args.opt_int(1)?.unwrap_or(guess);
    Ok((x, dim))
}

fn selu(x: &Tensor) -> engine::Result<Tensor> {
    // Klambauer et al., 2017.
    const ALPHA: f64 = 1.673_263_242_354_377_2;
    const SCALE: f64 = 1.050_700_987_355_480_5;
    x.engine().call("selu", "EluBackward0", || {
        let positive = x.gt(0.0)?;
        let below = positive.where_(0.0, x)?.expm1()?.mul(ALPHA * SCALE)?;
        positive.where_(&x.mul(SCALE)?, &below)
    })
}

fn celu(x: &Tensor, alpha: f64) -> engine::Result<Tensor> {
    x.engine().call("celu", "EluBackward0", || {
        let positive = x.gt(0.0)?;
        let below = positive.where_(0.0, x)?.div(alpha)?.expm1()?.mul(alpha)?;
        positive.where_(x, &below)
    })
}

fn mish(x: &Tensor) -> engine::Result<Tensor> {
    x.engine().call("mish", "MishBackward0", || x.mul(&x.softplus(1.0, 20.0)?.tanh()?))
}

/// min(x, 0) − ln(1 + e^(−|x|)), which overflows nowhere.
fn log_sigmoid(x: &Tensor) -> engine::Result<Tensor> {
    x.engine().call("log_sigmoid", "LogSigmoidBackward0", || {
        let negative = x.lt(0.0)?;
        let size = negative.where_(x, &x.neg()?)?;
        negative.where_(x, 0.0)?.sub(&size.exp()?.log1p()?)
    })
}

fn hardsigmoid(x: &Tensor) -> engine::Result<Tensor> {
    x.engine().call("hardsigmoid", "HardsigmoidBackward0", || x.add(3.0)?.relu6()?.div(6.0))
}

fn hardswish(x: &Tensor) -> engine::Result<Tensor> {
    x.engine().call("hardswish", "HardswishBackward0", || x.mul(&x.add(3.0)?.relu6()?)?.div(6.0))
}

fn softshrink(x: &Tensor, bound: f64) -> Result<Tensor> {
    if bound < 0.0 {
        return runtime_error(format!(
            "lambda must be greater or equal to 0, but found to be {}.",
            engine::print::general(bound)
        ));
    }
    Ok(x.engine().call("softshrink", "SoftshrinkBackward0", || {
        let above = x.gt(bound)?.where_(&x.sub(bound)?, 0.0)?;
        x.lt(-bound)?.where_(&x.add(bound)?, &above)
    })?)
}

fn hardshrink(x: &Tensor, bound: f64) -> Result<Tensor> {
    Ok(x.engine().call("hardshrink", "HardshrinkBackward0", || {
        let inside = x.ge(-bound)?.bitwise_and(&x.le(bound)?)?;
        inside.where_(0.0, x)
    })?)
}

fn above(x: &Tensor, threshold: Scalar, value: Scalar) -> engine::Result<Tensor> {
    x.engine().call("threshold", "ThresholdBackward0", || x.gt(threshold)?.where_(x, value))
}

/// x where it is positive, weight · x elsewhere: one weight for all, or one for each channel.
fn prelu(x: &Tensor, weight: &Tensor) -> Result<Value> {
    let channels = x.shape().get(1).copied().unwrap_or(1);
    if weight.numel() != 1 && weight.numel() != channels {
        return runtime_error(format!(
            "Mismatch of parameter numbers and input channel size. Found parameter numbers = {} and channel size = \
             {channels}.",
            weight.numel()
        ));
    }
    let shaped = || {
        let mut shape = vec![1; x.ndim()];
        if let Some(place) = shape.get_mut(1).filter(|_| weight.numel() > 1) {
            *place = -1;
        }
        weight.reshape(&shape)
    };
    Ok(x.engine().call("prelu", "PreluBackward0", || x.gt(0.0)?.where_(x, &x.mul(&shaped()?)?))?.into())
}

/// The first half along `dim`, times the sigmoid of the second.
fn glu(x: &Tensor, dim: i64) -> Result<Value> {
    let halves = x.chunk(2, dim)?;
    match halves.as_slice() {
        [a, b] if a.shape() == b.shape() => {
            Ok(x.engine().call("glu", "GluBackward0", || a.mul(&b.sigmoid()?))?.into())
        }
        _ => {
            let place = if dim < 0 { dim + x.ndim() as i64 } else { dim };
            let size = usize::try_from(place).ok().and_then(|i| x.shape().get(i).copied()).unwrap_or(0);
            runtime_error(format!("Halving dimension must be even, but dimension {place} is size {size}"))
        }
    }
}
