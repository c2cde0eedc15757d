//! The backward pass: a walk over the tape, newest node first, that emits ordinary ops.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::ops::{Reducer, Vjp};
use crate::tape::{History, Leaf, Node, Origin, Pass};
use crate::tensor::Tensor;

/// How a backward pass treats the graph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Keep the saved values, so that the graph can be walked again.
    pub retain_graph: bool,
    /// Record the backward pass too, so that it can be differentiated. Implies `retain_graph`.
    pub create_graph: bool,
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
        let mut walk = Walk::new(self.engine(), options, Sink::Accumulate);
        walk.start(self, gradient)?;
        walk.run()
    }
}

/// The gradients of `output` (summed, if `gradient` weighs its elements) with respect to `inputs`, without touching any
/// `grad`: `torch.autograd.grad`. `None` where an input was not used.
///
/// # Errors
/// As for [`Tensor::backward_with`].
pub fn grad(
    output: &Tensor,
    inputs: &[&Tensor],
    gradient: Option<&Tensor>,
    options: Options,
) -> Result<Vec<Option<Tensor>>> {
    let wanted = inputs.iter().map(|t| t.history()).collect();
    let found = vec![None; inputs.len()];
    let mut walk = Walk::new(output.engine(), options, Sink::Capture { wanted, found });
    walk.start(output, gradient)?;
    walk.run()?;
    match walk.sink {
        Sink::Capture { found, .. } => Ok(found),
        Sink::Accumulate => Err(Error::Internal("a walk changed its sink".to_owned())),
    }
}

/// Where gradients end up.
enum Sink {
    /// In the leaves.
    Accumulate,
    /// In a list, beside the tensors that were asked for.
    Capture { wanted: Vec<History>, found: Vec<Option<Tensor>> },
}

struct Walk<'a> {
    engine: &'a Engine,
    options: Options,
    /// The nodes that have received a gradient, by age: a node comes after everything that used its result.
    pending: BTreeMap<u64, (Rc<Node>, Tensor)>,
    sink: Sink,
}

impl<'a> Walk<'a> {
    fn new(engine: &'a Engine, options: Options, sink: Sink) -> Self {
        Self { engine, options, pending: BTreeMap::new(), sink }
    }

    fn start(&mut self, output: &Tensor, gradient: Option<&Tensor>) -> Result<()> {
        if !output.requires_grad() {
            return Err(Error::NoGraph);
        }
        let g = match gradient {
            Some(g) if g.shape() == output.shape() => g.clone(),
            Some(g) => {
                return Err(Error::Shape(format!(
                    "Mismatch in shape: grad_output[0] has a shape of {:?} and output[0] has a shape of {:?}.",
                    g.shape(),
                    output.shape()
                )));
            }
            None if output.numel() == 1 => self.engine.full(output.shape(), 1.0, output.dtype())?,
            None => return Err(Error::NotScalar),
        };
        self.send(&output.history(), g)
    }

    fn run(&mut self) -> Result<()> {
        while let Some((_, (node, g))) = self.pending.pop_last() {
            if let Sink::Capture { wanted, found } = &mut self.sink {
                for (history, slot) in wanted.iter().zip(found) {
                    if matches!(history, History::Op(w) if Rc::ptr_eq(w, &node)) {
                        *slot = Some(g.clone());
                    }
                }
            }
            self.visit(&node, &g)?;
        }
        Ok(())
    }

    fn visit(&mut self, node: &Rc<Node>, g: &Tensor) -> Result<()> {
        if node.is_released() {
            return Err(Error::BackwardTwice);
        }
        let span = node.origin().span;
        let origin = Origin { pass: Pass::Backward, forward: Some(node.seq()), span, call: None };
        let engine = self.engine;
        engine.with_origin(origin, || {
            engine.with_grad(self.options.create_graph, || {
                let gradients = node.op().vjp(&Vjp::new(node, g))?;
                for (input, gradient) in node.inputs().iter().zip(gradients) {
                    if let Some(gradient) = gradient
                        && !matches!(input.history, History::None)
                    {
                        let gradient = unbroadcast(&gradient, &input.shape)?.to(input.dtype)?;
                        self.send(&input.history, gradient)?;
                    }
                }
                Ok(())
            })
        })?;
        if !(self.options.retain_graph || self.options.create_graph) {
            node.release();
        }
        Ok(())
    }

    /// Adds a gradient to what an earlier node or a leaf has received.
    fn send(&mut self, history: &History, g: Tensor) -> Result<()> {
        match history {
            History::None => Ok(()),
            History::Leaf(leaf) => self.arrive(leaf, g),
            History::Op(node) => {
                let total = match self.pending.remove(&node.seq()) {
                    Some((_, before)) => before.add(&g)?,
                    None => g,
                };
                self.pending.insert(node.seq(), (Rc::clone(node), total));
                Ok(())
            }
        }
    }

    fn arrive(&mut self, leaf: &Rc<Leaf>, g: Tensor) -> Result<()> {
        match &mut self.sink {
            Sink::Accumulate => {
                let mut grad = leaf.grad.borrow_mut();
                let total = match grad.take() {
                    Some(before) => self.engine.with_grad(self.options.create_graph, || before.add(&g))?,
                    None => g,
                };
                *grad = Some(total);
            }
            Sink::Capture { wanted, found } => {
                for (history, slot) in wanted.iter().zip(found) {
                    if matches!(history, History::Leaf(w) if Rc::ptr_eq(w, leaf)) {
                        *slot = Some(match slot.take() {
                            Some(before) => before.add(&g)?,
                            None => g.clone(),
                        });
                    }
                }
            }
        }
        Ok(())
    }
}

/// Sums over the dimensions that broadcasting added or repeated, so that `g` has the shape of the input again.
fn unbroadcast(g: &Tensor, shape: &[usize]) -> Result<Tensor> {
    if g.shape() == shape {
        return Ok(g.clone());
    }
    let front = g.ndim() - shape.len();
    let dims: Vec<i64> = (0..g.ndim())
        .filter(|&d| d < front || shape[d - front] == 1 && g.shape()[d] != 1)
        .map(|d| d as i64)
        .collect();
    let summed = if dims.is_empty() { g.clone() } else { g.reduce_dims(Reducer::Sum, &dims, true)? };
    summed.reshape_to(shape)
}
