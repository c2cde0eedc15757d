//! Arithmetic composed of the elementwise ops: powers, bounds, remainders, and ops with a number on the left.

use super::Arg;
use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::ops::Binary;
use crate::promote::{bool_subtraction, missing, overflow, result_type};
use crate::tensor::Tensor;

/// How a quotient is made whole: PyTorch's `rounding_mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Towards zero, as in C.
    Trunc,
    /// Downwards, as `//` in Python.
    Floor,
}

impl Rounding {
    /// What PyTorch's argument names.
    ///
    /// # Errors
    /// [`Error::Shape`] for other names than `trunc` and `floor`.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "trunc" => Ok(Self::Trunc),
            "floor" => Ok(Self::Floor),
            _ => Err(Error::Shape(format!(
                "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{name}'"
            ))),
        }
    }
}

impl Tensor {
    /// xʸ. Integers to powers of integers stay integers and wrap around.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] for a negative integer as the exponent of integers, and for truth
    /// values to powers of truth values.
    pub fn pow<'a>(&self, exponent: impl Into<Arg<'a>>) -> Result<Tensor> {
        let exponent = exponent.into();
        let Arg::Scalar(number) = &exponent else {
            return self.engine().call("pow", "PowBackward1", || self.binary(Binary::Pow, &exponent));
        };
        let whole = !result_type(&[Arg::Tensor(self), exponent.clone()]).is_floating_point();
        if whole && number.to_i64() < 0 {
            return Err(Error::Shape("Integers to negative integer powers are not allowed.".to_owned()));
        }
        self.engine().call("pow", "PowBackward0", || match number.to_f64() {
            // More precise, and not defined for −∞, as in PyTorch.
            0.5 if self.dtype().is_floating_point() => self.sqrt(),
            -0.5 if self.dtype().is_floating_point() => self.rsqrt(),
            -1.0 if self.dtype().is_floating_point() => self.reciprocal(),
            _ => self.binary(Binary::Pow, &exponent),
        })
    }

    /// x².
    ///
    /// # Errors
    /// What the backend says.
    pub fn square(&self) -> Result<Tensor> {
        self.pow(2i64)
    }

    /// `left` op self.
    fn flipped(&self, op: Binary, left: &Arg<'_>) -> Result<Tensor> {
        let common = result_type(&[left.clone(), Arg::Tensor(self)]);
        left.beside(self, common)?.binary(op, &Arg::Tensor(self))
    }

    /// `left` − x.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] for truth values.
    pub fn rsub<'a>(&self, left: impl Into<Arg<'a>>) -> Result<Tensor> {
        let left = left.into();
        if left.is_bool() || self.dtype() == DType::Bool {
            return Err(bool_subtraction(left.is_bool() && self.dtype() == DType::Bool));
        }
        let grad_fn = if matches!(left, Arg::Scalar(_)) { "RsubBackward1" } else { "RsubBackward0" };
        self.engine().call("rsub", grad_fn, || self.flipped(Binary::Sub, &left))
    }

    /// `left` / x: as in PyTorch the reciprocal, times the number.
    ///
    /// # Errors
    /// [`Error::Broadcast`].
    pub fn rdiv<'a>(&self, left: impl Into<Arg<'a>>) -> Result<Tensor> {
        let left = left.into();
        self.engine().call("mul", "MulBackward0", || self.reciprocal()?.mul(left))
    }

    /// `left`ˣ.
    ///
    /// # Errors
    /// As for [`pow`](Self::pow).
    pub fn rpow<'a>(&self, left: impl Into<Arg<'a>>) -> Result<Tensor> {
        let left = left.into();
        self.engine().call("pow", "PowBackward1", || self.flipped(Binary::Pow, &left))
    }

    /// `base`ˣ, as [`rpow`](Self::rpow): `torch.pow` of a number, whose node has another name than that of `**`.
    ///
    /// # Errors
    /// As for [`pow`](Self::pow).
    pub fn pow_of(&self, base: Scalar) -> Result<Tensor> {
        self.engine().call("pow", "PowBackward2", || self.flipped(Binary::Pow, &Arg::Scalar(base)))
    }

    /// ⌊`left` / x⌋.
    ///
    /// # Errors
    /// As for [`floor_divide`](Self::floor_divide).
    pub fn rfloor_divide<'a>(&self, left: impl Into<Arg<'a>>) -> Result<Tensor> {
        self.flipped(Binary::FloorDivide, &left.into())
    }

    /// What `left % x` is in Python.
    ///
    /// # Errors
    /// As for [`remainder`](Self::remainder).
    pub fn rremainder<'a>(&self, left: impl Into<Arg<'a>>) -> Result<Tensor> {
        let left = left.into();
        self.engine().call("remainder", "RemainderBackward1", || self.flipped(Binary::Remainder, &left))
    }

    /// What `%` is in Python: x − y·⌊x / y⌋, with the sign of y.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] for truth values, and on the CPU for integers and zero, where a GPU,
    /// which cannot report it, gives 0.
    pub fn remainder<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
        let other = other.into();
        let grad_fn =
            if matches!(other, Arg::Scalar(_)) { "RemainderBackward0" } else { "RemainderBackward1" };
        self.engine().call("remainder", grad_fn, || self.binary(Binary::Remainder, &other))
    }

    /// What is left of x / y cut off towards zero: it has the sign of x.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] for truth values, and as for [`remainder`](Self::remainder).
    pub fn fmod<'a>(&self, other: impl Into<Arg<'a>>) -> Result<Tensor> {
        let other = other.into();
        let common = result_type(&[Arg::Tensor(self), other.clone()]);
        if common == DType::Bool {
            return Err(missing("fmod_cpu", common));
        }
        let grad_fn = if matches!(other, Arg::Scalar(_)) { "FmodBackward0" } else { "FmodBackward1" };
        self.engine().call("fmod", grad_fn, || {
            let (x, y) = (self.to(common)?, other.beside(self, common)?);
            let negative = x.lt(0i64)?;
            if !common.is_floating_point() {
                // The smallest integer has no absolute value.
                let rest = x.remainder(&y)?;
                let other_sign = rest.ne(0i64)?.bitwise_and(&negative.ne(&y.lt(0i64)?)?)?;
                return other_sign.where_(&rest.sub(&y)?, &rest);
            }
            // Of two numbers that are not negative, both remainders are the same. Absolute values are taken by hand,
            // because their gradient at 0 is to be 1.
            let size = |t: &Tensor| t.lt(0i64)?.where_(&t.neg()?, t);
            let rest = size(&x)?.remainder(&size(&y)?)?;
            negative.where_(&rest.neg()?, &rest)
        })
    }

    /// x / y made whole. Integers stay integers; no gradient flows through the steps.
    ///
    /// # Errors
    /// As for [`floor_divide`](Self::floor_divide).
    pub fn div_rounded<'a>(&self, other: impl Into<Arg<'a>>, rounding: Rounding) -> Result<Tensor> {
        let other = other.into();
        let common = result_type(&[Arg::Tensor(self), other.clone()]);
        if common == DType::Bool && rounding == Rounding::Trunc {
            return Err(missing("div_trunc_cpu", common));
        }
        self.engine().call("div", "DivBackward2", || {
            let (x, y) = (self.to(common)?, other.beside(self, common)?);
            let (a, b) = (x.detach(), y.detach());
            let quotient = match rounding {
                Rounding::Floor => a.floor_divide(&b)?,
                Rounding::Trunc if common.is_floating_point() => a.div(&b)?.trunc()?,
                Rounding::Trunc => {
                    // One more than the floor, unless that is exact or the quotient positive. The smallest integer has
                    // no absolute value.
                    let floor = a.floor_divide(&b)?;
                    let negative = a.lt(0i64)?.ne(&b.lt(0i64)?)?;
                    let more = a.remainder(&b)?.ne(0i64)?.bitwise_and(&negative)?;
                    more.where_(&floor.add(1i64)?, &floor)?
                }
            };
            // Never chosen, but recorded: the result requires gradients, which are zero.
            let never = self.engine().full(&[], false, DType::Bool)?;
            never.where_(&x, &never.where_(&y, &quotient)?)
        })
    }

    /// x, but at least `min` and at most `max`; `max` where the two contradict. NaN stays NaN. The gradient flows
    /// to x from `min` to `max`, both included, and to a bound where it is taken.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] if there is no bound.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "bounds are made where they are given, as all arguments"
    )]
    pub fn clamp(&self, min: Option<Arg<'_>>, max: Option<Arg<'_>>) -> Result<Tensor> {
        if min.is_none() && max.is_none() {
            let text = "torch.clamp: At least one of 'min' or 'max' must not be None";
            return Err(Error::Shape(text.to_owned()));
        }
        let bounds = [&min, &max].into_iter().flatten();
        let tensors = bounds.clone().any(|bound| matches!(bound, Arg::Tensor(_)));
        let operands: Vec<Arg<'_>> = [Arg::Tensor(self)].into_iter().chain(bounds.cloned()).collect();
        let dtype = result_type(&operands);
        if dtype == DType::Bool {
            return Err(missing("clamp", dtype));
        }
        if operands.iter().any(|bound| matches!(bound, Arg::Scalar(value) if !value.fits(dtype))) {
            return Err(overflow(dtype));
        }
        self.engine().call("clamp", if tensors { "ClampBackward0" } else { "ClampBackward1" }, || {
            let x = self.to(dtype)?;
            let bound = |arg: &Option<Arg<'_>>| arg.as_ref().map(|a| a.beside(self, dtype)).transpose();
            let (low, high) = (bound(&min)?, bound(&max)?);
            let mut value = x.detach();
            if let Some(low) = &low {
                value = value.maximum(&low.detach())?;
            }
            if let Some(high) = &high {
                value = value.minimum(&high.detach())?;
            }
            let mut inside = x.eq(&value)?;
            if let (Some(low), Some(high)) = (&low, &high) {
                inside = inside.bitwise_and(&low.le(high)?)?;
            }
            let mut out = inside.where_(&x, &value)?;
            if let Some(low) = low.as_ref().filter(|low| low.requires_grad()) {
                let below = x.lt(low)?;
                let taken =
                    high.as_ref().map_or(Ok(below.clone()), |high| below.bitwise_and(&low.lt(high)?))?;
                out = taken.where_(low, &out)?;
            }
            if let Some(high) = high.as_ref().filter(|high| high.requires_grad()) {
                let above = x.gt(high)?;
                let taken = low.as_ref().map_or(Ok(above.clone()), |low| above.bitwise_or(&high.lt(low)?))?;
                out = taken.where_(high, &out)?;
            }
            Ok(out)
        })
    }

    /// x + `alpha` · y.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] for a real `alpha` with integers.
    pub fn add_scaled<'a>(&self, other: impl Into<Arg<'a>>, alpha: Scalar) -> Result<Tensor> {
        let other = other.into();
        let common = result_type(&[Arg::Tensor(self), other.clone()]);
        if alpha.is_float() && !common.is_floating_point() {
            let text = "For integral input tensors, argument alpha must not be a floating point number.";
            return Err(Error::Shape(text.to_owned()));
        }
        let scaled = || other.beside(self, common)?.mul(alpha)?.to(common);
        self.engine().call("add", "AddBackward0", || self.add(&scaled()?))
    }

    /// x + `weight` · (`end` − x), computed from the nearer end.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] for integers and for ends of different types.
    pub fn lerp<'a>(&self, end: &Tensor, weight: impl Into<Arg<'a>>) -> Result<Tensor> {
        let weight = weight.into();
        if self.dtype() != end.dtype() {
            let (a, b) = (self.dtype().c_name(), end.dtype().c_name());
            return Err(Error::Shape(format!("expected dtype {a} for `end` but got dtype {b}")));
        }
        if !self.dtype().is_floating_point() {
            let kind = if matches!(weight, Arg::Scalar(_)) { "scalar" } else { "tensor" };
            return Err(missing(&format!("lerp_kernel_{kind}"), self.dtype()));
        }
        let from_start = |w: &Arg<'_>| self.add(&end.sub(self)?.mul(w.clone())?);
        let from_end = |rest: Arg<'_>| end.sub(&end.sub(self)?.mul(rest)?);
        match &weight {
            Arg::Scalar(w) => self.engine().call("lerp", "LerpBackward0", || {
                let w = w.to_f64();
                if w.abs() < 0.5 { from_start(&weight) } else { from_end(Arg::from(1.0 - w)) }
            }),
            Arg::Tensor(w) => self.engine().call("lerp", "LerpBackward1", || {
                let rest = w.rsub(1.0)?;
                w.abs()?.lt(0.5)?.where_(&from_start(&weight)?, &from_end(Arg::Tensor(&rest))?)
            }),
        }
    }

    /// x + `value` · `a` · `b`.
    ///
    /// # Errors
    /// [`Error::Broadcast`].
    pub fn addcmul(&self, a: &Tensor, b: &Tensor, value: Scalar) -> Result<Tensor> {
        self.engine().call("addcmul", "AddcmulBackward0", || {
            let whole =
                !result_type(&[Arg::Tensor(self), Arg::Tensor(a), Arg::Tensor(b)]).is_floating_point();
            let value = if whole { Scalar::Int(value.to_i64()) } else { value };
            self.add(&a.mul(value)?.mul(b)?)
        })
    }

    /// x + `value` · `a` / `b`, of real numbers.
    ///
    /// # Errors
    /// [`Error::Broadcast`]; [`Error::Shape`] where integers would be divided.
    pub fn addcdiv(&self, a: &Tensor, b: &Tensor, value: Scalar) -> Result<Tensor> {
        if !a.dtype().is_floating_point() && !b.dtype().is_floating_point() {
            return Err(Error::Shape(INTEGER_ADDCDIV.to_owned()));
        }
        let add = || self.add(&a.mul(value)?.div(b)?);
        self.engine().call("addcdiv", "AddcdivBackward0", add)
    }
}

const INTEGER_ADDCDIV: &str = "Integer division with addcdiv is no longer supported, and in a future  release addcdiv \
    will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input \
    + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / \
    tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * \
    tensor1 / tensor2), for all dtypes.";
