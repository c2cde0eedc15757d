//! Folds of several steps that PyTorch counts as one op each. Their values are composed of other ops; their gradients
//! are formulas of their own, because those that the steps would give lose digits or are NaN where they should not.

use super::{Gradients, Reducer, Reduction, Saves, Vjp};
use crate::engine::Engine;
use crate::error::Result;
use crate::tensor::Tensor;

/// A fold over `dims` (ascending, each once); they stay with size 1 if `keepdim`. Of real numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Statistic {
    /// eˣ / Σ eˣ along a dimension.
    Softmax {
        /// Which.
        dim: usize,
    },
    /// ln Σ eˣ.
    LogSumExp {
        /// Over which dimensions.
        dims: Vec<usize>,
        /// Whether they stay.
        keepdim: bool,
    },
    /// (Σ |x|ᵖ)^(1/p); the largest or smallest |x| for an infinite p; the number of x ≠ 0 for p = 0.
    Norm {
        /// The exponent.
        p: f64,
        /// Over which dimensions.
        dims: Vec<usize>,
        /// Whether they stay.
        keepdim: bool,
    },
    /// Σ (x − mean)² / (n − correction), or the root of it.
    Variance {
        /// Over which dimensions.
        dims: Vec<usize>,
        /// Whether they stay.
        keepdim: bool,
        /// What is taken from the number of elements: 1 where the mean was estimated from them.
        correction: i64,
        /// Whether the standard deviation is asked for.
        root: bool,
    },
}

impl Statistic {
    /// PyTorch's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Softmax { .. } => "softmax",
            Self::LogSumExp { .. } => "logsumexp",
            Self::Norm { .. } => "norm",
            Self::Variance { root: false, .. } => "var",
            Self::Variance { root: true, .. } => "std",
        }
    }

    /// What it computes.
    pub fn formula(&self) -> &'static str {
        match self {
            Self::Softmax { .. } => "eˣ / Σ eˣ",
            Self::LogSumExp { .. } => "ln Σ eˣ",
            Self::Norm { .. } => "(Σ |x|ᵖ)^(1/p)",
            Self::Variance { root: false, .. } => "Σ (x − mean x)² / (n − c)",
            Self::Variance { root: true, .. } => "√(Σ (x − mean x)² / (n − c))",
        }
    }

    pub(super) fn saves(&self) -> Saves {
        match self {
            Self::Softmax { .. } => Saves::OUTPUT,
            Self::LogSumExp { .. } | Self::Norm { .. } | Self::Variance { .. } => {
                Saves::inputs(true, false, false).and_output()
            }
        }
    }

    fn fold(&self, t: &Tensor, by: Reducer, keepdim: bool) -> Result<Tensor> {
        let dims = match self {
            Self::Softmax { dim } => vec![*dim],
            Self::LogSumExp { dims, .. } | Self::Norm { dims, .. } | Self::Variance { dims, .. } => {
                dims.clone()
            }
        };
        let dims = if t.ndim() == 0 { Vec::new() } else { dims };
        t.reduce(&Reduction { by, dims, keepdim, named: true })
    }

    pub(super) fn eval(&self, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
        engine.no_grad(|| self.value(inputs[0]))
    }

    fn value(&self, x: &Tensor) -> Result<Tensor> {
        match *self {
            Self::Softmax { .. } if x.numel() == 0 => x.copy(),
            Self::Softmax { .. } => {
                let e = x.sub(&self.fold(x, Reducer::Max, true)?)?.exp()?;
                e.div(&self.fold(&e, Reducer::Sum, true)?)
            }
            Self::LogSumExp { keepdim, .. } if x.numel() == 0 => self.fold(x, Reducer::Sum, keepdim)?.log(),
            Self::LogSumExp { keepdim, .. } => {
                let max = self.fold(x, Reducer::Max, true)?;
                // An infinite maximum is the result itself, and would make NaN of what is taken from it.
                let max = max.abs()?.eq(f64::INFINITY)?.where_(0.0, &max)?;
                let sum = self.fold(&x.sub(&max)?.exp()?, Reducer::Sum, keepdim)?;
                sum.log()?.add(&max.reshape_to(sum.shape())?)
            }
            Self::Norm { p, keepdim, .. } => self.norm(x, p, keepdim),
            Self::Variance { keepdim, correction, root, .. } => {
                let off = x.sub(&self.fold(x, Reducer::Mean, true)?)?;
                let sum = self.fold(&off.mul(&off)?, Reducer::Sum, keepdim)?;
                let variance = sum.div((self.folded(x) as i64).saturating_sub(correction).max(0) as f64)?;
                if root { variance.sqrt() } else { Ok(variance) }
            }
        }
    }

    fn norm(&self, x: &Tensor, p: f64, keepdim: bool) -> Result<Tensor> {
        let size = if p == 2.0 || p == 0.0 { x.clone() } else { x.abs()? };
        if p.is_infinite() {
            let by = match (x.numel(), p > 0.0) {
                (0, _) => Reducer::Sum,
                (_, true) => Reducer::Max,
                (_, false) => Reducer::Min,
            };
            return self.fold(&size, by, keepdim);
        }
        let part = match p {
            0.0 => x.ne(0.0)?.to(x.dtype())?,
            1.0 => size,
            2.0 => x.mul(x)?,
            _ => size.pow(p)?,
        };
        let sum = self.fold(&part, Reducer::Sum, keepdim)?;
        match p {
            0.0 | 1.0 => Ok(sum),
            2.0 => sum.sqrt(),
            _ => sum.pow(1.0 / p),
        }
    }

    /// How many elements go into one result.
    fn folded(&self, x: &Tensor) -> usize {
        match self {
            Self::Softmax { dim } => x.shape().get(*dim).copied().unwrap_or(1),
            Self::LogSumExp { dims, .. } | Self::Norm { dims, .. } | Self::Variance { dims, .. } => {
                dims.iter().map(|&d| x.shape().get(d).copied().unwrap_or(1)).product()
            }
        }
    }

    pub(super) fn vjp(&self, v: &Vjp<'_>) -> Gradients {
        let gx = match *self {
            Self::Softmax { .. } => {
                let gy = v.g.mul(&v.ans()?)?;
                gy.sub(&v.ans()?.mul(&self.fold(&gy, Reducer::Sum, true)?)?)
            }
            Self::LogSumExp { .. } => {
                let x = v.input(0)?;
                self.kept(v.g, &x)?.mul(&x.sub(&self.kept(&v.ans()?, &x)?)?.exp()?)
            }
            Self::Norm { p, .. } => {
                let x = v.input(0)?;
                self.norm_vjp(p, &x, &self.kept(v.g, &x)?, &self.kept(&v.ans()?, &x)?)
            }
            Self::Variance { correction, root, .. } => {
                let x = v.input(0)?;
                let mut g = self.kept(v.g, &x)?;
                if root {
                    let deviation = self.kept(&v.ans()?, &x)?;
                    g = self.over(&g, &deviation.mul(2.0)?)?;
                }
                let off = x.sub(&self.fold(&x, Reducer::Mean, true)?)?;
                let n = self.folded(&x) as f64 - correction as f64;
                g.mul(2.0 / n)?.mul(&off)
            }
        };
        Ok(vec![Some(gx?)])
    }

    /// A result with the folded dimensions back, with size 1.
    fn kept(&self, t: &Tensor, x: &Tensor) -> Result<Tensor> {
        let dims: &[usize] = match self {
            Self::Softmax { dim } => std::slice::from_ref(dim),
            Self::LogSumExp { dims, .. } | Self::Norm { dims, .. } | Self::Variance { dims, .. } => dims,
        };
        let sizes = x.shape().iter().enumerate().map(|(d, &n)| if dims.contains(&d) { 1 } else { n });
        t.reshape_to(&sizes.collect::<Vec<_>>())
    }

    /// g / t, and 0 where t is: there the function has a corner, and 0 is one of its slopes.
    fn over(&self, g: &Tensor, t: &Tensor) -> Result<Tensor> {
        let zero = t.eq(0.0)?;
        zero.where_(0.0, &g.div(&zero.where_(1.0, t)?)?)
    }

    fn norm_vjp(&self, p: f64, x: &Tensor, g: &Tensor, ans: &Tensor) -> Result<Tensor> {
        let rest = |g: &Tensor| self.over(g, &ans.pow(p - 1.0)?);
        match p {
            0.0 => x.mul(0.0)?.mul(g),
            1.0 => x.sign()?.mul(g),
            2.0 => x.mul(&self.over(g, ans)?),
            _ if p.is_infinite() => {
                let hit = x.abs()?.eq(ans)?.to(x.dtype())?;
                let share = hit.div(&self.fold(&hit, Reducer::Sum, true)?)?;
                x.sign()?.mul(&share)?.mul(g)
            }
            _ => {
                let zero = x.eq(0.0)?;
                let size = zero.where_(1.0, &x.abs()?)?.pow(p - 1.0)?;
                x.sign()?.mul(&size)?.mul(&rest(g)?)
            }
        }
    }
}
