//! What becomes of a gradient that stays: `.grad`, and the replacements that hooks give.

use std::rc::Rc;

use crate::backend::Kernel;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::ops::Op;
use crate::storage::{Data, Storage};
use crate::tape::{History, Leaf, Slot};
use crate::tensor::Tensor;

/// Adds `g` to the `.grad` of a leaf: in place, so that whoever holds it sees it, unless the addition is recorded. Gives
/// back what it is now.
pub(super) fn into_leaf(
    engine: &Engine,
    leaf: &Leaf,
    g: &Tensor,
    create_graph: bool,
) -> Result<Option<Tensor>> {
    let Some(slot) = leaf.slot() else { return Ok(None) };
    let before = slot.grad.borrow().clone();
    let total = match before {
        None => own(engine, g, create_graph)?,
        Some(before) if create_graph => engine.with_grad(true, || before.add(g))?,
        Some(before) => {
            engine.no_grad(|| before.add_(g, 1.0))?;
            return Ok(Some(before));
        }
    };
    let before = slot.grad.replace(Some(total.clone()));
    drop(before);
    Ok(Some(total))
}

/// Adds `g` to the `.grad` of a tensor that was computed: a new tensor every time, as in PyTorch.
pub(super) fn retain(engine: &Engine, slot: &Rc<Slot>, g: &Tensor, create_graph: bool) -> Result<()> {
    let before = slot.grad.borrow().clone();
    let total = match before {
        None => own(engine, g, create_graph)?,
        Some(before) => engine.with_grad(create_graph, || before.add(g))?,
    };
    let before = slot.grad.replace(Some(total));
    drop(before);
    Ok(())
}

/// A tensor of its own with the elements of `g`. The buffer is shared until one of them is written to.
fn own(engine: &Engine, g: &Tensor, create_graph: bool) -> Result<Tensor> {
    let layout = Layout::contiguous(g.shape());
    let source = g.storage();
    let constant = if let Data::Constant(value) = source.source() { Some(value) } else { None };
    let out = if let Some(value) = constant {
        let storage = Storage::constant(value, g.numel());
        Tensor::new(engine, storage, layout, g.dtype(), History::None)
    } else if *g.layout() == layout && source.len() == g.numel() {
        let storage = Storage::constant(0.0.into(), g.numel());
        storage.replace(&source);
        Tensor::new(engine, storage, layout, g.dtype(), History::None)
    } else {
        engine.run(Kernel::Copy, &[(g, g.layout())], g.shape(), g.dtype())?
    };
    if create_graph && g.requires_grad() {
        engine.call("clone", "CopyBackwards", || engine.record(Op::Clone, &[g], &[&out]))?;
    }
    Ok(out)
}

/// The gradient that a hook gave instead of `g`.
///
/// # Errors
/// [`Error::Shape`] for another shape or dtype.
pub(super) fn replaced(name: &str, g: &Tensor, other: &Tensor) -> Result<Tensor> {
    let fail = |text: String| Err(Error::Shape(format!("hook '{name}' has changed the {text}")));
    if other.dtype() != g.dtype() {
        return fail(format!(
            "type of value (was {} got {})",
            g.dtype().tensor_type(),
            other.dtype().tensor_type()
        ));
    }
    if other.shape() != g.shape() {
        return fail("size of value".to_owned());
    }
    Ok(other.clone())
}
