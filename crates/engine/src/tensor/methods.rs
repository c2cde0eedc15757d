//! The in-place forms of the elementwise ops: each is the op of the same name, written back.

use super::Tensor;
use crate::dtype::Scalar;
use crate::error::Result;
use crate::ops::Arg;

macro_rules! unary_in_place {
    ($($name:ident => $op:ident),* $(,)?) => {
        /// In-place ops of one tensor. Errors: as for [`Tensor::update_`], and what the op itself says.
        impl Tensor {
            $(
            #[doc = concat!("[`", stringify!($op), "`](Self::", stringify!($op), ") in place.")]
            ///
            /// # Errors
            /// As for [`update_`](Self::update_).
            pub fn $name(&self) -> Result<()> {
                self.update_(Tensor::$op)
            })*
        }
    };
}

unary_in_place! {
    neg_ => neg,
    abs_ => abs,
    sign_ => sign,
    exp_ => exp,
    log_ => log,
    sqrt_ => sqrt,
    sin_ => sin,
    cos_ => cos,
    tanh_ => tanh,
    sigmoid_ => sigmoid,
    relu_ => relu,
}

macro_rules! binary_in_place {
    ($($name:ident => $op:ident),* $(,)?) => {
        /// In-place ops of a tensor and another or a number. Errors: as for [`Tensor::update_`], and what the op itself
        /// says.
        impl Tensor {
            $(
            #[doc = concat!("[`", stringify!($op), "`](Self::", stringify!($op), ") in place.")]
            ///
            /// # Errors
            /// As for [`update_`](Self::update_).
            pub fn $name<'a>(&self, other: impl Into<Arg<'a>>) -> Result<()> {
                let other = other.into();
                self.check_operand(&other)?;
                self.update_(|before| before.$op(other))
            })*
        }
    };
}

binary_in_place! {
    mul_ => mul,
    div_ => div,
    pow_ => pow,
}

impl Tensor {
    /// Adds `alpha · other` to the elements.
    ///
    /// # Errors
    /// As for [`update_`](Self::update_).
    pub fn add_<'a>(&self, other: impl Into<Arg<'a>>, alpha: f64) -> Result<()> {
        let other = other.into();
        self.check_operand(&other)?;
        self.update_(|before| scaled(other, alpha, |other| before.add(other)))
    }

    /// Subtracts `alpha · other` from the elements.
    ///
    /// # Errors
    /// As for [`update_`](Self::update_).
    pub fn sub_<'a>(&self, other: impl Into<Arg<'a>>, alpha: f64) -> Result<()> {
        let other = other.into();
        self.check_operand(&other)?;
        self.update_(|before| scaled(other, alpha, |other| before.sub(other)))
    }

    fn check_operand(&self, other: &Arg<'_>) -> Result<()> {
        match other {
            Arg::Tensor(t) => self.check_partial_overlap(t),
            Arg::Scalar(_) => Ok(()),
        }
    }
}

/// Goes on with `alpha · other`.
fn scaled(other: Arg<'_>, alpha: f64, go_on: impl FnOnce(Arg<'_>) -> Result<Tensor>) -> Result<Tensor> {
    // A whole number keeps integers what they are.
    let whole = alpha.fract() == 0.0;
    match other {
        other if alpha == 1.0 => go_on(other),
        Arg::Tensor(t) if whole && !t.dtype().is_floating_point() => {
            go_on(Arg::Tensor(&t.mul(alpha as i64)?))
        }
        Arg::Tensor(t) => go_on(Arg::Tensor(&t.mul(alpha)?)),
        Arg::Scalar(Scalar::Float(x)) => go_on((alpha * x).into()),
        Arg::Scalar(n) if whole => go_on(n.to_i64().wrapping_mul(alpha as i64).into()),
        Arg::Scalar(n) => go_on((alpha * n.to_f64()).into()),
    }
}
