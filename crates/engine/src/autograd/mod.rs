//! The backward pass: a walk over the tape, newest node first, that emits ordinary ops.
//!
//! [`backward`] and [`grad`] are PyTorch's functions of these names; [`backward_walk`] and [`grad_walk`] are the same as
//! a value to be stepped, for whoever wants to watch, or has hooks and functions that the engine cannot call.

mod accumulate;
mod check;
mod event;
mod fork;
pub mod function;
mod plan;
mod walk;

pub use check::{Tolerance, gradcheck, gradgradcheck};
pub use event::{Arrival, Contribution, Event, FunctionCall, HookCall, Visit};
pub use walk::Backward;

use crate::error::{Error, Result};
use crate::ops::Reducer;
use crate::tape::{History, Node};
use crate::tensor::Tensor;

/// How a backward pass treats the graph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Keep the saved values, so that the graph can be walked again.
    pub retain_graph: bool,
    /// Record the backward pass too, so that it can be differentiated. Implies `retain_graph`.
    pub create_graph: bool,
    /// [`grad`] only: an input that has no part in the result is no error.
    pub allow_unused: bool,
}

impl Tensor {
    /// Adds the gradient of this scalar to the `grad` of every leaf below it.
    ///
    /// # Errors
    /// [`Error::NotScalar`], [`Error::NoGraph`], [`Error::BackwardTwice`], [`Error::ModifiedInPlace`].
    pub fn backward(&self) -> Result<()> {
        self.backward_with(None, Options::default())
    }

    /// As [`backward`](Self::backward), from the given gradient of this tensor (1, if none is given).
    ///
    /// # Errors
    /// As for [`backward`](Self::backward), and [`Error::Shape`] if the gradient has another shape.
    pub fn backward_with(&self, gradient: Option<&Tensor>, options: Options) -> Result<()> {
        backward(&[self], &[gradient], None, options)
    }
}

/// Adds the gradients of all `roots` together to the `grad` of the leaves below them, or only of `inputs`, which may be
/// computed tensors too. `gradients` has one for each root (1 for `None`) or is empty.
///
/// # Errors
/// As for [`Tensor::backward_with`].
pub fn backward(
    roots: &[&Tensor],
    gradients: &[Option<&Tensor>],
    inputs: Option<&[&Tensor]>,
    options: Options,
) -> Result<()> {
    match backward_walk(roots, gradients, inputs, options)? {
        Some(mut walk) => walk.run(),
        None => Ok(()),
    }
}

/// As [`backward`], to be stepped; `None` if there are no roots.
///
/// # Errors
/// As for [`Tensor::backward_with`], as far as they can be seen before the first step.
pub fn backward_walk(
    roots: &[&Tensor],
    gradients: &[Option<&Tensor>],
    inputs: Option<&[&Tensor]>,
    options: Options,
) -> Result<Option<Backward>> {
    if inputs.is_some_and(<[&Tensor]>::is_empty) {
        return Err(Error::Shape("'inputs' argument to backward() cannot be empty.".to_owned()));
    }
    let Some(first) = roots.first() else { return Ok(None) };
    let starts = starts(roots, gradients)?;
    first.engine().tell(|watcher| watcher.began(roots));
    let targets = inputs.map(|inputs| {
        let target = |t: &&Tensor| {
            t.retain_grad()?;
            t.current_history()
        };
        inputs.iter().map(target).collect::<Result<Vec<_>>>()
    });
    let targets = targets.transpose()?;
    Backward::start(first.engine(), starts, None, targets.as_deref(), options).map(Some)
}

/// The gradients of the sum of `outputs` with respect to `inputs`, without touching any `grad`: `torch.autograd.grad`.
/// `gradients` has one for each output (1 for `None`) or is empty. `None` where an input was not used, if that is allowed.
///
/// # Errors
/// As for [`Tensor::backward_with`], and [`Error::Unused`].
pub fn grad(
    outputs: &[&Tensor],
    inputs: &[&Tensor],
    gradients: &[Option<&Tensor>],
    options: Options,
) -> Result<Vec<Option<Tensor>>> {
    let Some(mut walk) = grad_walk(outputs, inputs, gradients, options)? else {
        return found(vec![None; inputs.len()], options);
    };
    walk.run()?;
    found(walk.captured(), options)
}

/// As [`grad`], to be stepped: its result is [`found`] of [`Backward::captured`]. `None` if there are no outputs.
///
/// # Errors
/// As for [`grad`], as far as they can be seen before the first step.
pub fn grad_walk(
    outputs: &[&Tensor],
    inputs: &[&Tensor],
    gradients: &[Option<&Tensor>],
    options: Options,
) -> Result<Option<Backward>> {
    if inputs.is_empty() {
        return Err(Error::Shape("grad requires non-empty inputs.".to_owned()));
    }
    let Some(first) = outputs.first() else { return Ok(None) };
    let starts = starts(outputs, gradients)?;
    first.engine().tell(|watcher| watcher.began(outputs));
    let wanted = inputs.iter().map(|t| match t.current_history()? {
        History::None => {
            Err(Error::Shape("One of the differentiated Tensors does not require grad".to_owned()))
        }
        history => Ok(history),
    });
    let wanted = wanted.collect::<Result<Vec<_>>>()?;
    Backward::start(first.engine(), starts, Some(wanted.clone()), Some(&wanted), options).map(Some)
}

/// Gradients that were asked for, or the error that one was not found.
///
/// # Errors
/// [`Error::Unused`], unless that is allowed.
pub fn found(gradients: Vec<Option<Tensor>>, options: Options) -> Result<Vec<Option<Tensor>>> {
    if options.allow_unused || gradients.iter().all(Option::is_some) {
        Ok(gradients)
    } else {
        Err(Error::Unused)
    }
}

/// Where a pass begins, and with which gradients.
fn starts(roots: &[&Tensor], gradients: &[Option<&Tensor>]) -> Result<Vec<(History, Tensor)>> {
    if !gradients.is_empty() && gradients.len() != roots.len() {
        let text = format!("got {} tensors and {} gradients", roots.len(), gradients.len());
        return Err(Error::Shape(text));
    }
    let start = |(i, root): (usize, &&Tensor)| match gradients.get(i).copied().flatten() {
        Some(g) if g.shape() != root.shape() => Err(Error::Shape(format!(
            "Mismatch in shape: grad_output[{i}] has a shape of torch.Size({:?}) and output[{i}] has a shape of \
             torch.Size({:?}).",
            g.shape(),
            root.shape()
        ))),
        Some(g) => Ok(Some(g.clone())),
        None if !root.requires_grad() => Ok(None),
        None if root.numel() == 1 => root.engine().full(root.shape(), 1.0, root.dtype()).map(Some),
        None => Err(Error::NotScalar),
    };
    let given = roots.iter().enumerate().map(start).collect::<Result<Vec<_>>>()?;
    let check = |(i, (root, g)): (usize, (&&Tensor, Option<Tensor>))| match (root.current_history()?, g) {
        (History::None, _) | (_, None) => Err(Error::NoGraph(i)),
        (history, Some(g)) => Ok((history, g.to(root.dtype())?)),
    };
    roots.iter().zip(given).enumerate().map(check).collect()
}

/// Sums over the dimensions that broadcasting added or repeated, so that `g` has the shape of input `i` again.
fn unbroadcast(node: &Node, i: usize, g: &Tensor, shape: &[usize]) -> Result<Tensor> {
    if g.shape() == shape {
        return Ok(g.clone());
    }
    let fits = g.ndim() >= shape.len()
        && shape.iter().rev().zip(g.shape().iter().rev()).all(|(&n, &m)| n == m || n == 1);
    if !fits {
        return Err(Error::Shape(format!(
            "Function {} returned an invalid gradient at index {i} - got {:?} but expected shape compatible with {shape:?}",
            node.grad_fn(),
            g.shape()
        )));
    }
    let front = g.ndim() - shape.len();
    let dims: Vec<i64> = (0..g.ndim())
        .filter(|&d| d < front || shape[d - front] == 1 && g.shape()[d] != 1)
        .map(|d| d as i64)
        .collect();
    let summed = if dims.is_empty() { g.clone() } else { g.reduce_dims(Reducer::Sum, &dims, true)? };
    summed.reshape_to(shape)
}
