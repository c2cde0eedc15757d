//! Views remember what they are views of, so that a write to one of them changes the past of all.
//!
//! A write to a view becomes a new past of the *base* (see [`crate::ops::Region`]); each view, when it is next
//! used, derives its own past from the base by taking the same steps again.

use std::cell::Cell;

use super::Tensor;
use super::path::Path;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::ops::{Op, Region, View};
use crate::tape::{History, Leaf};

/// Under what circumstances a view was made: some of them forbid writing to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Creation {
    /// While ops were recorded.
    Normal,
    /// Under `no_grad`.
    NoGrad,
    /// In inference mode.
    Inference,
    /// By a function that gives several views at once.
    Multiple,
}

/// What a tensor is a view of.
#[derive(Clone)]
pub(super) struct ViewOf {
    /// The tensor that is no view itself.
    pub(super) base: Tensor,
    /// How often the shape of that had been changed in place.
    pub(super) looks: usize,
    /// How to get from there to here.
    pub(super) path: Path,
    pub(super) creation: Creation,
    /// At which version its past was derived.
    pub(super) seen: Cell<u64>,
}

/// The functions whose several results are views.
const MULTIPLE: [&str; 5] = ["unbind", "split", "split_with_sizes", "chunk", "tensor_split"];

impl Tensor {
    /// `self`, fresh from `op` on `input` and without a past, as a view of what `input` is a view of.
    pub(crate) fn as_view_of(&self, input: &Tensor, op: &View, recording: bool) -> Self {
        let engine = self.engine();
        let creation = match engine.origin().call {
            _ if engine.is_inference_mode() => Creation::Inference,
            Some(call) if MULTIPLE.contains(&call.name) => Creation::Multiple,
            _ if recording => Creation::Normal,
            _ => Creation::NoGrad,
        };
        let (base, looks, path, before) = match &input.look().view {
            Some(view) => (view.base.clone(), view.looks, view.path.then(op.clone()), view.creation),
            None => (input.clone(), input.looks(), Path::default().then(op.clone()), Creation::Normal),
        };
        let creation = if creation == Creation::Normal { before } else { creation };
        let seen = Cell::new(self.version());
        self.alias(self.layout().clone(), History::None, Some(ViewOf { base, looks, path, creation, seen }))
    }

    /// The tensor that this one is a view of: `._base`.
    pub fn base(&self) -> Option<Tensor> {
        self.look().view.as_ref().map(|view| view.base.clone())
    }

    /// How it came to be. A view whose base was written to is brought up to date first.
    ///
    /// # Errors
    /// If it was made under `no_grad` or in inference mode, and its base was written to outside.
    pub(crate) fn current_history(&self) -> Result<History> {
        self.refresh()?;
        Ok(self.0.history.borrow().clone())
    }

    /// As [`current_history`](Self::current_history), with what there was before where that fails.
    pub(crate) fn history(&self) -> History {
        // An error stays until somebody computes with the tensor: asking about it must not fail.
        let _ = self.refresh();
        self.0.history.borrow().clone()
    }

    fn refresh(&self) -> Result<()> {
        let Some(view) = &self.look().view else { return Ok(()) };
        if !view.base.requires_grad() {
            return Ok(());
        }
        let version = self.version();
        let past = self.0.history.borrow().clone();
        if view.seen.get() == version || view.base.is_leaf() {
            // A view of what became a leaf later is a leaf of its own.
            if !past.is_some() {
                self.set_history(History::Leaf(Leaf::new(self.slot())));
            }
            return Ok(());
        }
        forbid(view.creation, "its base or another view of its base has been")?;
        if view.base.looks() != view.looks {
            return Err(Error::Shape(
                "the tensor that this is a view of was given another shape in place, and then written to: take the view \
                 again"
                    .to_owned(),
            ));
        }
        let engine = self.engine();
        let again = engine.outside_calls(|| {
            engine.call("as_strided", "AsStridedBackward0", || {
                engine.with_grad(true, || {
                    view.path.steps().iter().try_fold(view.base.clone(), |t, step| {
                        let out = step.eval(engine, &[&t])?;
                        engine.record(Op::View(step.clone()), &[&t], &[&out])?;
                        Ok::<_, Error>(out)
                    })
                })
            })
        })?;
        self.set_history(again.0.history.borrow().clone());
        view.seen.set(version);
        Ok(())
    }

    pub(crate) fn set_history(&self, history: History) {
        // Dropped after the borrow has ended: freeing a past may free tensors.
        let before = self.0.history.replace(history);
        drop(before);
    }

    /// After a write while gradients are recorded: the past is that of the value now.
    pub(crate) fn rebase(&self, value: &Tensor) -> Result<()> {
        let History::Op(node, output) = value.current_history()? else { return Ok(()) };
        node.move_output(self)?;
        let retained = self.0.grad.get().filter(|slot| match &*self.0.history.borrow() {
            History::Op(before, _) => before.hooks().release(slot),
            History::None | History::Leaf(_) => false,
        });
        match &self.look().view {
            None => self.set_history(History::Op(node, output)),
            Some(view) => {
                let region = Region::new(&view.base, view.path.steps());
                let engine = self.engine();
                engine
                    .outside_calls(|| engine.record(Op::Put(region), &[&view.base, value], &[&view.base]))?;
                self.refresh()?;
            }
        }
        if let (Some(slot), History::Op(node, output)) = (retained, &*self.0.history.borrow()) {
            node.hooks().add(*output, crate::tape::Action::Retain(std::rc::Rc::downgrade(slot)));
        }
        Ok(())
    }

    /// Whether writing to it would be ambiguous because of how it came to be a view.
    pub(super) fn check_view(&self) -> Result<()> {
        let Some(view) = &self.look().view else { return Ok(()) };
        if view.creation == Creation::Multiple {
            let name = self.grad_fn().map_or_else(|| "None".to_owned(), |node| node.grad_fn());
            return Err(Error::Shape(format!(
                "Output {} of {name} is a view and is being modified inplace. This view is the output of a function \
                 that returns multiple views. Such functions do not allow the output views to be modified inplace. You \
                 should replace the inplace operation by an out-of-place one.",
                self.output_nr()
            )));
        }
        forbid(view.creation, "is being")?;
        if view.base.requires_grad() && view.base.is_leaf() {
            return Err(Error::ViewOfLeafInPlace);
        }
        Ok(())
    }
}

/// PyTorch's words about a view that was made in another mode than it is changed in.
fn forbid(creation: Creation, who: &str) -> Result<()> {
    let (made, now, block) = match creation {
        Creation::Normal | Creation::Multiple => return Ok(()),
        Creation::NoGrad => ("no_grad mode", "with grad mode enabled", "no_grad"),
        Creation::Inference => ("inference mode", "in normal mode", "inference_mode"),
    };
    Err(Error::Shape(format!(
        "A view was created in {made} and {who} modified inplace {now}. Given that this use case is ambiguous and \
         error-prone, it is forbidden. You can clarify your code by moving both the view and the inplace either both \
         inside the {block} block (if you don't want the inplace to be tracked) or both outside (if you want the \
         inplace to be tracked)."
    )))
}

impl Engine {
    /// Runs `body` as if no call of a composed function were under way: what it records is a node of its own.
    pub(crate) fn outside_calls<T>(&self, body: impl FnOnce() -> T) -> T {
        let origin = crate::tape::Origin { call: None, ..self.origin() };
        self.with_origin(origin, body)
    }
}
