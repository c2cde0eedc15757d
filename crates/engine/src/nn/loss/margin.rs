//! Losses that ask for a margin and no more.

use super::{Reduction, positive_part, sizes};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// Σ max(0, margin − x[y] + x[j])ᵖ · weight[y] / C over the classes j other than the right one, y. x is `[N, C]` or `[C]`.
///
/// # Errors
/// [`Error::Value`] if p is neither 1 nor 2; [`Error::Shape`] for other shapes or target types.
pub fn multi_margin_loss(
    x: &Tensor,
    target: &Tensor,
    p: i64,
    margin: f64,
    weight: Option<&Tensor>,
    reduction: Reduction,
) -> Result<Tensor> {
    let text = if p != 1 && p != 2 {
        return Err(Error::Value("only p == 1 and p == 2 supported".to_owned()));
    } else if !matches!(x.ndim(), 1 | 2) || x.numel() == 0 {
        let found = sizes(x.shape());
        format!("Expected non-empty vector or matrix with optional 0-dim batch size, but got: {found}")
    } else if target.ndim() > 1 || target.numel() != if x.ndim() == 2 { x.shape()[0] } else { 1 } {
        format!("inconsistent target size, got: {}", sizes(target.shape()))
    } else if target.dtype() != DType::Int64 {
        format!("expected scalar type Long but found {}", target.dtype().scalar_type())
    } else {
        String::new()
    };
    if !text.is_empty() {
        return Err(Error::Shape(text));
    }
    x.engine().call("multi_margin_loss", "MultiMarginLossBackward0", || {
        let (n, c) = (target.numel(), x.shape()[x.ndim() - 1]);
        let (rows, column) = (x.reshape_to(&[n, c])?, target.reshape_to(&[n, 1])?);
        let classes = x.engine().tensor((0..c as i64).collect::<Vec<_>>(), &[1, c])?;
        let short = rows.sub(&rows.gather(1, &column)?)?.add(margin)?.relu()?;
        let short = if p == 2 { short.mul(&short)? } else { short };
        let mut losses = classes.eq(&column)?.where_(0.0, &short)?;
        if let Some(weight) = weight {
            losses = losses.mul(&weight.index_select(0, &target.reshape_to(&[n])?)?.reshape_to(&[n, 1])?)?;
        }
        let losses = losses.sum(&[1], false)?.div(c as f64)?;
        reduction.apply(&if x.ndim() == 1 { losses.reshape_to(&[])? } else { losses })
    })
}

/// x where the target is 1, max(0, margin − x) where it is −1.
///
/// # Errors
/// [`Error::Broadcast`].
pub fn hinge_embedding_loss(
    x: &Tensor,
    target: &Tensor,
    margin: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    let apart = positive_part(&x.mul(-1.0)?.add(margin)?)?;
    let far = target.ne(1.0)?.where_(&apart, 0.0)?;
    reduction.apply(&far.add(&target.ne(-1.0)?.where_(x, 0.0)?)?)
}

/// max(0, margin − y · (a − b)): y is 1 where a is to be the larger one, else −1.
///
/// # Errors
/// [`Error::Shape`] if the numbers of dimensions differ, [`Error::Broadcast`].
pub fn margin_ranking_loss(
    a: &Tensor,
    b: &Tensor,
    target: &Tensor,
    margin: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    if a.ndim() != b.ndim() || a.ndim() != target.ndim() {
        let [a, b, target] = [a, b, target].map(|t| format!("torch.Size({:?})", t.shape()));
        return Err(Error::Shape(format!(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {a}, \
             input2: {b}, target: {target} "
        )));
    }
    reduction.apply(&positive_part(&target.neg()?.mul(&a.sub(b)?)?.add(margin)?)?)
}

/// 1 − cos(a, b) where the target is 1, max(0, cos(a, b) − margin) where it is −1. a and b are `[N, D]` or `[D]`.
///
/// # Errors
/// [`Error::Broadcast`].
pub fn cosine_embedding_loss(
    a: &Tensor,
    b: &Tensor,
    target: &Tensor,
    margin: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    const LEAST: f64 = 1e-12;
    let dot = |x: &Tensor, y: &Tensor| x.mul(y)?.sum(&[-1], false);
    let norms = dot(a, a)?.add(LEAST)?.mul(&dot(b, b)?.add(LEAST)?)?.sqrt()?;
    let cosine = dot(a, b)?.div(&norms)?;
    let alike = target.eq(1.0)?.where_(&cosine.mul(-1.0)?.add(1.0)?, 0.0)?;
    let unlike = target.eq(-1.0)?.where_(&positive_part(&cosine.sub(margin)?)?, 0.0)?;
    reduction.apply(&alike.add(&unlike)?)
}

/// ln(1 + e^(−y · x)), y being 1 or −1.
///
/// # Errors
/// [`Error::Broadcast`].
pub fn soft_margin_loss(x: &Tensor, target: &Tensor, reduction: Reduction) -> Result<Tensor> {
    x.engine().call("soft_margin_loss", "SoftMarginLossBackward0", || {
        reduction.apply(&target.neg()?.mul(x)?.exp()?.add(1.0)?.log()?)
    })
}
