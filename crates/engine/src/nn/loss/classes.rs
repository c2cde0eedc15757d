//! Losses of scores against classes: cross entropy and negative log-likelihood.

use super::{Reduction, sizes};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// How classes are counted.
#[derive(Clone, Debug)]
pub struct ClassLoss {
    /// A weight for each class: `[C]`.
    pub weight: Option<Tensor>,
    /// Targets of this class do not count; with `None`, all targets are classes, which saves some kernels.
    pub ignore_index: Option<i64>,
    /// The part of each target that is spread over all classes; for cross entropy only.
    pub label_smoothing: f64,
    /// What becomes of the losses. The mean is weighted.
    pub reduction: Reduction,
}

/// PyTorch's defaults.
impl Default for ClassLoss {
    fn default() -> Self {
        Self { weight: None, ignore_index: Some(-100), label_smoothing: 0.0, reduction: Reduction::Mean }
    }
}

/// The mean over a batch of −log softmax(logits) at the right class: logits are `[N, C]`, targets `[N]` (int64). Targets of
/// −100 do not count.
///
/// # Errors
/// As for [`cross_entropy_with`].
pub fn cross_entropy(logits: &Tensor, targets: &Tensor) -> Result<Tensor> {
    cross_entropy_with(logits, targets, &ClassLoss::default())
}

/// More classes or scores than this are for kernels that share the work of a row.
const FEW_CLASSES: usize = 512;
const FEW_SCORES: usize = 1 << 20;

/// Whether it is the mean over a batch of classes, nothing else, which has a kernel of its own.
fn is_plain(logits: &Tensor, target: &Tensor, options: &ClassLoss) -> bool {
    options.weight.is_none()
        && options.label_smoothing == 0.0
        && options.reduction == Reduction::Mean
        && logits.ndim() == 2
        && logits.dtype().is_floating_point()
        && target.dtype() == DType::Int64
        && target.shape() == &logits.shape()[..1]
        && logits.shape()[1] <= FEW_CLASSES
        && logits.numel() <= FEW_SCORES
}

/// −log softmax(logits) at the right class. Logits are `[C]`, `[N, C]` or `[N, C, d₁, …]`; targets have the same shape
/// without `C` (int64: classes), or the very same shape (real numbers: the probability of each class).
///
/// # Errors
/// [`Error::Value`] and [`Error::Shape`] for shapes, weights or types that do not fit; on the CPU for a class out of range.
pub fn cross_entropy_with(logits: &Tensor, target: &Tensor, options: &ClassLoss) -> Result<Tensor> {
    let smoothing = options.label_smoothing;
    if logits.shape() == target.shape() {
        return with_probabilities(logits, target, options);
    }
    if !(0.0..=1.0).contains(&smoothing) {
        let found = crate::python::float(smoothing);
        return Err(Error::Shape(format!("label_smoothing must be between 0.0 and 1.0. Got: {found}")));
    }
    if is_plain(logits, target, options) {
        let ignore = options.ignore_index.unwrap_or(-100);
        return logits
            .engine()
            .call("cross_entropy", "NllLossBackward0", || logits.softmax_cross_entropy(target, ignore));
    }
    let classes = class_dim(logits);
    let log_p = if logits.ndim() == 0 { logits.clone() } else { logits.log_softmax(classes as i64)? };
    let right = nll_loss(&log_p, target, options)?;
    if smoothing == 0.0 {
        return Ok(right);
    }
    let c = log_p.shape()[classes] as f64;
    let spread = match &options.weight {
        Some(weight) => log_p.mul(&along(weight, classes, log_p.ndim())?)?,
        None => log_p.clone(),
    };
    let spread = spread.sum(&[classes as i64], false)?.neg()?;
    let counted = Targets::new(target, options.ignore_index)?;
    let spread = counted.only(&spread)?;
    let spread = match options.reduction {
        Reduction::None => spread,
        Reduction::Sum | Reduction::BatchMean => spread.sum(&[], false)?,
        Reduction::Mean => {
            let count = counted.total(options.weight.as_ref(), log_p.dtype())?;
            spread.sum(&[], false)?.div(&count)?
        }
    };
    right.mul(1.0 - smoothing)?.add(&spread.mul(smoothing / c)?)
}

/// −log_p at the right class, for logarithms of probabilities. Shapes are those of [`cross_entropy_with`] for classes.
///
/// # Errors
/// As for [`cross_entropy_with`].
pub fn nll_loss(log_p: &Tensor, target: &Tensor, options: &ClassLoss) -> Result<Tensor> {
    check(log_p, target, options.weight.as_ref())?;
    let grad_fn = if log_p.ndim() > 2 { "NllLoss2DBackward0" } else { "NllLossBackward0" };
    log_p.engine().call("nll_loss", grad_fn, || {
        if options.weight.is_none() && options.ignore_index.is_none() && options.reduction == Reduction::Mean
        {
            return pick(log_p, target)?.mean(&[], false)?.neg();
        }
        let targets = Targets::new(target, options.ignore_index)?;
        let picked = pick(log_p, &targets.classes)?;
        let losses = match &options.weight {
            Some(weight) => picked.mul(&targets.weights(weight)?)?,
            None => picked,
        };
        let losses = targets.only(&losses)?;
        match options.reduction {
            Reduction::None => losses.neg(),
            Reduction::Sum | Reduction::BatchMean => losses.sum(&[], false)?.neg(),
            Reduction::Mean => {
                let count = targets.total(options.weight.as_ref(), log_p.dtype())?;
                losses.sum(&[], false)?.div(&count)?.neg()
            }
        }
    })
}

/// The value at the right class, in the shape of the targets.
fn pick(log_p: &Tensor, classes: &Tensor) -> Result<Tensor> {
    let dim = class_dim(log_p);
    let mut shape = log_p.shape().to_vec();
    shape[dim] = 1;
    let picked = log_p.gather(dim as i64, &classes.reshape_to(&shape)?).map_err(|error| match error {
        Error::Index { index, .. } => Error::Shape(format!("Target {index} is out of bounds.")),
        other => other,
    })?;
    picked.reshape_to(classes.shape())
}

/// Classes, and which of them count.
struct Targets {
    /// Class 0 in place of what does not count.
    classes: Tensor,
    counts: Option<Tensor>,
}

impl Targets {
    fn new(target: &Tensor, ignore_index: Option<i64>) -> Result<Self> {
        let Some(ignored) = ignore_index else { return Ok(Self { classes: target.clone(), counts: None }) };
        let counts = target.ne(ignored)?;
        Ok(Self { classes: counts.where_(target, 0i64)?, counts: Some(counts) })
    }

    /// Zero for those that do not count.
    fn only(&self, losses: &Tensor) -> Result<Tensor> {
        self.counts.as_ref().map_or_else(|| Ok(losses.clone()), |counts| counts.where_(losses, 0.0))
    }

    /// The weight of each target.
    fn weights(&self, weight: &Tensor) -> Result<Tensor> {
        let n = self.classes.numel();
        weight.index_select(0, &self.classes.reshape_to(&[n])?)?.reshape_to(self.classes.shape())
    }

    /// How many count, or their weight.
    fn total(&self, weight: Option<&Tensor>, dtype: DType) -> Result<Tensor> {
        match (weight, &self.counts) {
            (Some(weight), _) => self.only(&self.weights(weight)?)?.sum(&[], false),
            (None, Some(counts)) => counts.to(dtype)?.sum(&[], false),
            (None, None) => self.classes.engine().full(&[], self.classes.numel() as f64, dtype),
        }
    }
}

/// Where the classes are: in the second dimension, or the only one.
fn class_dim(x: &Tensor) -> usize {
    usize::from(x.ndim() > 1)
}

/// A vector laid along one of several dimensions.
fn along(vector: &Tensor, dim: usize, ndim: usize) -> Result<Tensor> {
    let mut shape = vec![1; ndim];
    shape[dim] = vector.numel();
    vector.reshape_to(&shape)
}

fn with_probabilities(logits: &Tensor, target: &Tensor, options: &ClassLoss) -> Result<Tensor> {
    let smoothing = options.label_smoothing;
    let classes = class_dim(logits);
    let c = logits.shape().get(classes).copied().unwrap_or(1);
    let text = if !target.dtype().is_floating_point() {
        let found = target.dtype().scalar_type();
        format!("Expected floating point type for target with class probabilities, got {found}")
    } else if options.ignore_index.is_some_and(|ignored| ignored >= 0) {
        "ignore_index is not supported for floating point target".to_owned()
    } else if !(0.0..=1.0).contains(&smoothing) {
        format!("label_smoothing must be between 0.0 and 1.0. Got: {}", crate::python::float(smoothing))
    } else if let Some(shape) = wrong_weight(options.weight.as_ref(), c) {
        format!("cross_entropy: {shape}")
    } else {
        String::new()
    };
    if !text.is_empty() {
        return Err(Error::Shape(text));
    }
    if logits.ndim() == 0 {
        return Err(Error::Shape("Expected 1 or more dimensions (got 0)".to_owned()));
    }
    let mut p = target.clone();
    if smoothing > 0.0 {
        p = p.mul(1.0 - smoothing)?.add(smoothing / c as f64)?;
    }
    if let Some(weight) = &options.weight {
        p = p.mul(&along(weight, classes, logits.ndim())?)?;
    }
    let terms = logits.log_softmax(classes as i64)?.mul(&p)?;
    match options.reduction {
        Reduction::None => terms.sum(&[classes as i64], false)?.neg(),
        Reduction::Sum | Reduction::BatchMean => terms.sum(&[], false)?.neg(),
        Reduction::Mean => {
            let sum = terms.sum(&[], false)?.neg()?;
            let count = terms.numel() as f64 / c as f64;
            logits.engine().call("div", "DivBackward1", || sum.div(count))
        }
    }
}

fn wrong_weight(weight: Option<&Tensor>, classes: usize) -> Option<String> {
    let found = weight.filter(|w| w.shape() != [classes])?;
    let found = sizes(found.shape());
    Some(format!(
        "weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of \
         shape: {found}"
    ))
}

fn check(x: &Tensor, target: &Tensor, weight: Option<&Tensor>) -> Result<()> {
    let (shape, of_target) = (x.shape(), target.shape());
    if shape.is_empty() {
        return Err(Error::Value("Expected 1 or more dimensions (got 0)".to_owned()));
    }
    let batch = of_target.first().copied();
    if shape.len() > 1 && batch != Some(shape[0]) {
        let (expected, found) = (shape[0], batch.unwrap_or(1));
        let text = format!("Expected input batch_size ({expected}) to match target batch_size ({found}).");
        return Err(Error::Value(text));
    }
    let text = match shape.len() {
        1 | 2 if of_target.len() > 1 => {
            "0D or 1D target tensor expected, multi-target not supported".to_owned()
        }
        1 if batch.is_some_and(|n| n != shape[0] || n != 1) => {
            format!("size mismatch (got input: {}, target: {})", sizes(shape), sizes(of_target))
        }
        4 if of_target.len() != 3 => format!(
            "only batches of spatial targets supported (3D tensors) but got targets of dimension: {}",
            of_target.len()
        ),
        4 if of_target[1..] != shape[2..] => {
            format!("size mismatch (got input: {} , target: {}", sizes(shape), sizes(of_target))
        }
        n if n > 2 && of_target[1..] != shape[2..] => {
            let expected = sizes(&[&shape[..1], &shape[2..]].concat());
            format!("Expected target size {expected}, got {}", sizes(of_target))
        }
        n => match wrong_weight(weight, shape[usize::from(n > 1)]) {
            Some(text) => text,
            None if target.dtype() != DType::Int64 => {
                format!("expected scalar type Long but found {}", target.dtype().scalar_type())
            }
            None => return Ok(()),
        },
    };
    Err(Error::Shape(text))
}
