//! The gamma and error functions of `math`.

use std::f64::consts::PI;

use super::math::domain;
use crate::builtins::number::real;
use crate::error::{Result, Stop};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("gamma(x, /)", gamma),
    Native::new("lgamma(x, /)", lgamma),
    Native::new("erf(x, /)", |vm, args| Ok(Value::Float(erf(real(vm, &args.get(0))?)))),
    Native::new("erfc(x, /)", |vm, args| Ok(Value::Float(erfc(real(vm, &args.get(0))?)))),
];

/// Lanczos' approximation with g = 607/128 and 15 terms (Godfrey): about 15 digits.
const LANCZOS: [f64; 15] = [
    0.999_999_999_999_997_1,
    57.156_235_665_862_92,
    -59.597_960_355_475_49,
    14.136_097_974_741_746,
    -0.491_913_816_097_620_2,
    3.399_464_998_481_189e-5,
    4.652_362_892_704_858e-5,
    -9.837_447_530_487_956e-5,
    1.580_887_032_249_125e-4,
    -2.102_644_417_241_049e-4,
    2.174_396_181_152_126_5e-4,
    -1.643_181_065_367_639e-4,
    8.441_822_398_385_275e-5,
    -2.619_083_840_158_141e-5,
    3.689_918_265_953_162_5e-6,
];

/// The logarithm of gamma of a positive number.
fn ln_gamma(x: f64) -> f64 {
    let x = x - 1.0;
    let mut sum = 0.0;
    for (i, c) in LANCZOS.iter().enumerate().rev() {
        sum += if i == 0 { *c } else { c / (x + i as f64) };
    }
    let t = x + 607.0 / 128.0 + 0.5;
    (x + 0.5) * t.ln() - t + (2.0 * PI).sqrt().ln() + sum.ln()
}

fn gamma(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = real(vm, &args.get(0))?;
    if x == f64::NEG_INFINITY || (x <= 0.0 && x.trunc() == x) {
        return domain();
    }
    if x > 171.7 && x.is_finite() {
        return Err(Stop::error("OverflowError", "math range error"));
    }
    Ok(Value::Float(if x.is_nan() || x.is_infinite() {
        x
    } else if x.trunc() == x && x <= 23.0 {
        (2..x as u32).fold(1.0, |product, k| product * f64::from(k))
    } else if x < 0.5 {
        PI / ((PI * x).sin() * ln_gamma(1.0 - x).exp())
    } else {
        ln_gamma(x).exp()
    }))
}

fn lgamma(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = real(vm, &args.get(0))?;
    if x <= 0.0 && x.is_finite() && x.trunc() == x {
        return domain();
    }
    Ok(Value::Float(if x.is_nan() {
        x
    } else if x.is_infinite() {
        f64::INFINITY
    } else if x == 1.0 || x == 2.0 {
        0.0
    } else if x < 0.5 {
        (PI / (PI * x).sin().abs()).ln() - ln_gamma(1.0 - x)
    } else {
        ln_gamma(x)
    }))
}

/// The error function: its series up to 2.5, beyond that the complement's continued fraction.
fn erf(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.abs() > 2.5 {
        return (1.0 - erfc(x.abs())).copysign(x);
    }
    // 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms have one sign.
    let (mut term, mut sum) = (x, x);
    for n in 1..100 {
        term *= 2.0 * x * x / f64::from(2 * n + 1);
        sum += term;
        if term.abs() < 1e-17 * sum.abs() {
            break;
        }
    }
    2.0 / PI.sqrt() * (-x * x).exp() * sum
}

fn erfc(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x < 2.5 {
        return 1.0 - erf(x);
    }
    if x > 27.0 {
        return 0.0;
    }
    let mut fraction = 0.0;
    for k in (1..=80).rev() {
        fraction = f64::from(k) / 2.0 / (x + fraction);
    }
    (-x * x).exp() / PI.sqrt() / (x + fraction)
}
