//! A tensor with one region of it replaced: what a write to a view is to its base. PyTorch's `CopySlices`.

use super::{Gradients, View, Vjp};
use crate::backend::Kernel;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::tensor::Tensor;

pub(super) const FORMULA: &str = "x, with y in the region";

/// Which elements of a tensor: those that a chain of views leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    steps: Vec<View>,
    /// The dimensions of the base, from the one with the largest stride to that with the smallest: in this order a
    /// dense copy is laid out, so that the views are views of it too.
    order: Vec<usize>,
}

impl Region {
    pub(crate) fn new(base: &Tensor, steps: Vec<View>) -> Self {
        let strides = &base.layout().strides;
        let mut order: Vec<usize> = Vec::with_capacity(strides.len());
        for d in 0..strides.len() {
            let larger = |&before: &usize| strides[before].unsigned_abs() >= strides[d].unsigned_abs();
            order.insert(order.iter().take_while(|before| larger(before)).count(), d);
        }
        Self { steps, order }
    }

    /// Follows the steps, on tensors without a past.
    fn layout_in(&self, engine: &Engine, whole: &Tensor) -> Result<Layout> {
        let mut part = whole.view_as(whole.layout().clone());
        for step in &self.steps {
            part = step.eval(engine, &[&part])?;
        }
        if std::rc::Rc::ptr_eq(&part.storage(), &whole.storage()) {
            Ok(part.layout().clone())
        } else {
            Err(Error::Internal("a view of a tensor is no view of its dense copy".to_owned()))
        }
    }

    /// The elements of the region, with a past.
    fn of(&self, whole: &Tensor) -> Result<Tensor> {
        self.steps.iter().try_fold(whole.clone(), |part, step| part.view(step.clone()))
    }
}

/// Inputs: the base, and a value that broadcasts to the shape of the region.
pub(super) fn eval(region: &Region, engine: &Engine, inputs: &[&Tensor]) -> Result<Tensor> {
    let (base, value) = (inputs[0], inputs[1]);
    let back = super::view::inverse(&region.order);
    let from = base.layout().permute(&region.order);
    let dense = engine.run(Kernel::Copy, &[(base, &from)], &from.shape, base.dtype())?;
    let out = dense.view_as(dense.layout().permute(&back));
    let layout = region.layout_in(engine, &out)?;
    let value_layout = value.layout().expand(&layout.shape)?;
    drop(dense);
    engine.run_into(Kernel::Copy, &[(value, &value_layout)], &out.view_as(layout))?;
    Ok(out)
}

/// Nothing flows to what was overwritten; the rest of g does, and the region of g flows to the value.
pub(super) fn vjp(region: &Region, v: &Vjp<'_>) -> Gradients {
    let base = v.wanted(0, || {
        let zero = v.g.engine().full(&[], 0.0, v.g.dtype())?;
        v.g.engine().apply(super::Op::Put(region.clone()), &[v.g, &zero])
    })?;
    let value = v.wanted(1, || region.of(v.g))?;
    Ok(vec![base, value])
}
