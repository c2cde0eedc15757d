//! Functions of angles and of hyperbolas, composed of others.

use std::f64::consts::{FRAC_PI_2, PI};

use crate::dtype::{DType, Scalar};
use crate::error::Result;
use crate::tensor::Tensor;

impl Tensor {
    /// Integers as real numbers.
    fn real(&self) -> Result<Tensor> {
        if self.dtype().is_floating_point() { Ok(self.clone()) } else { self.to(DType::Float32) }
    }

    /// (eˣ − e⁻ˣ) / 2
    ///
    /// # Errors
    /// What the backend says.
    pub fn sinh(&self) -> Result<Tensor> {
        let x = self.real()?;
        self.engine().call("sinh", "SinhBackward0", || x.expm1()?.sub(&x.neg()?.expm1()?)?.mul(0.5))
    }

    /// (eˣ + e⁻ˣ) / 2
    ///
    /// # Errors
    /// What the backend says.
    pub fn cosh(&self) -> Result<Tensor> {
        let x = self.real()?;
        self.engine().call("cosh", "CoshBackward0", || x.exp()?.add(&x.neg()?.exp()?)?.mul(0.5))
    }

    /// The angle, from −π/2 to π/2, whose tangent is x.
    ///
    /// # Errors
    /// What the backend says.
    pub fn atan(&self) -> Result<Tensor> {
        let x = self.real()?;
        self.engine().call("atan", "AtanBackward0", || x.arc_tangent())
    }

    /// The angle, from −π/2 to π/2, whose sine is x.
    ///
    /// # Errors
    /// What the backend says.
    pub fn asin(&self) -> Result<Tensor> {
        let x = self.real()?;
        self.engine().call("asin", "AsinBackward0", || x.arc_sine())
    }

    /// The angle, from 0 to π, whose cosine is x.
    ///
    /// # Errors
    /// What the backend says.
    pub fn acos(&self) -> Result<Tensor> {
        let x = self.real()?;
        self.engine().call("acos", "AcosBackward0", || x.arc_sine()?.rsub(FRAC_PI_2))
    }

    /// The angle, from −π to π, of the point (other, self).
    ///
    /// # Errors
    /// [`Broadcast`](crate::Error::Broadcast).
    pub fn atan2(&self, other: &Tensor) -> Result<Tensor> {
        let (y, x) = (self.real()?, other.real()?);
        self.engine().call("atan2", "Atan2Backward0", || {
            // Where x is 0 the quotient is not looked at.
            let upright = x.eq(0.0)?;
            let slope = y.div(&upright.where_(1.0, &x)?)?;
            let angle = slope.arc_tangent()?;
            let side = y.lt(0.0)?.where_(Scalar::Float(-1.0), Scalar::Float(1.0))?.to(y.dtype())?;
            let turned = x.lt(0.0)?.where_(&angle.add(&side.mul(PI)?)?, &angle)?;
            upright.where_(&y.sign()?.mul(FRAC_PI_2)?, &turned)
        })
    }

    /// x − the whole number without the fraction.
    ///
    /// # Errors
    /// What the backend says.
    pub fn frac(&self) -> Result<Tensor> {
        self.engine().call("frac", "FracBackward0", || self.sub(&self.trunc()?.detach()))
    }

    fn arc_sine(&self) -> Result<Tensor> {
        // tan (α/2) = sin α / (1 + cos α), which is never infinite.
        let cosine = self.square()?.rsub(1.0)?.sqrt()?;
        self.div(&cosine.add(1.0)?)?.arc_tangent()?.mul(2.0)
    }

    fn arc_tangent(&self) -> Result<Tensor> {
        // Of large numbers it is what is left to a right angle by that of 1/x.
        let large = self.abs()?.gt(1.0)?;
        let inverse = large.where_(self, 1.0)?.reciprocal()?;
        let angle = large.where_(&inverse, self)?.small_arc_tangent()?;
        large.where_(&self.sign()?.mul(FRAC_PI_2)?.sub(&angle)?, &angle)
    }

    /// Of numbers from −1 to 1: halved twice, then by its series, of which eleven terms reach double precision.
    fn small_arc_tangent(&self) -> Result<Tensor> {
        let halved = |x: &Tensor| x.div(&x.square()?.add(1.0)?.sqrt()?.add(1.0)?);
        let x = halved(&halved(self)?)?;
        let square = x.square()?;
        let mut sum = square.mul(1.0 / 21.0)?;
        for odd in (3..=19).rev().step_by(2) {
            // 1/3, 1/5, … with alternating signs.
            sum = sum.neg()?.add(1.0 / f64::from(odd))?.mul(&square)?;
        }
        sum.neg()?.add(1.0)?.mul(&x)?.mul(4.0)
    }
}
