//! Writing to a tensor, with all that it means for gradients.
//!
//! An in-place op is computed as the op that gives a new tensor; the value is then written, and its past becomes that
//! of the tensor. What the op saves of the tensor's *old* elements is a copy-on-write alias, so it costs nothing unless
//! it is needed, and stays right.

use std::rc::Rc;

use super::{Look, Tensor};
use crate::backend::Kernel;
use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::layout::Layout;
use crate::ops::{Arg, Op};
use crate::storage::Storage;
use crate::tape::History;

impl Tensor {
    /// Computes a value from this tensor and writes it back: every in-place op. `compute` gets the tensor as it was, and
    /// must use that rather than the tensor itself.
    ///
    /// # Errors
    /// [`Error::LeafInPlace`], [`Error::ViewOfLeafInPlace`] while gradients are recorded; [`Error::Shape`] if the value is
    /// larger than the tensor, of a dtype that cannot be stored in it, if elements of the tensor share memory, or the
    /// tensor was made in inference mode and this is outside; what `compute` says.
    pub fn update_(&self, compute: impl FnOnce(&Tensor) -> Result<Tensor>) -> Result<()> {
        self.check_inplace(self.requires_grad())?;
        self.check_overlap()?;
        let value = if self.engine().is_recording() {
            let before = self.snapshot()?;
            compute(&before)?
        } else {
            compute(self)?
        };
        self.finish(&value)
    }

    /// Writes a value that was computed from something else than this tensor, with its past: `assign_`.
    ///
    /// # Errors
    /// As for [`update_`](Self::update_).
    pub fn assign_(&self, value: &Tensor) -> Result<()> {
        self.check_inplace(self.requires_grad() || value.requires_grad())?;
        self.check_overlap()?;
        self.finish(value)
    }

    fn finish(&self, value: &Tensor) -> Result<()> {
        self.check_fits(value)?;
        self.check_inplace(value.requires_grad())?;
        let value = value.to(self.dtype())?;
        self.commit(&value)
    }

    /// Writes `value`, of this dtype and of a shape that broadcasts to this one, and takes over its past.
    fn commit(&self, value: &Tensor) -> Result<()> {
        let value = if self.engine().is_recording() { value.expand(self.shape())? } else { value.clone() };
        self.write_elements(&value)?;
        if self.engine().is_recording() && value.requires_grad() { self.rebase(&value) } else { Ok(()) }
    }

    /// Gives the tensor itself another shape: that of a view of its elements, which `view` takes of a tensor like it.
    ///
    /// # Errors
    /// As for [`update_`](Self::update_); what `view` says.
    pub fn reshape_(&self, view: impl FnOnce(&Tensor) -> Result<Tensor>) -> Result<()> {
        self.check_inplace(self.requires_grad())?;
        let past = self.current_history()?;
        let before = self.alias(self.layout().clone(), past, self.look().view.clone());
        let after = view(&before)?;
        if !Rc::ptr_eq(&after.storage(), &self.storage()) {
            let text =
                "the elements lie in an order in which they do not have this shape: take .contiguous() first";
            return Err(Error::Shape(text.to_owned()));
        }
        let look = after.look();
        let is_view = self.look().view.is_some();
        self.look_again(Look::new(look.layout.clone(), look.view.clone().filter(|_| is_view)));
        self.count_write();
        if let History::Op(node, output) = after.current_history()? {
            node.move_output(self)?;
            self.set_history(History::Op(node, output));
        }
        self.engine().tell(|watcher| watcher.written(self, &after));
        Ok(())
    }

    /// Overwrites the elements with those of `value`, which is broadcast and converted. The past becomes that of the
    /// value.
    ///
    /// # Errors
    /// As for [`update_`](Self::update_), except that every dtype is converted.
    pub fn copy_(&self, value: &Tensor) -> Result<()> {
        let engine = self.engine();
        self.check_inplace(self.requires_grad() || value.requires_grad())?;
        self.check_overlap()?;
        self.check_partial_overlap(value)?;
        self.check_broadcast(value.shape())?;
        if !(engine.is_recording() && (value.requires_grad() || self.requires_grad())) {
            return self.write_elements(value);
        }
        if self.requires_grad() {
            // What was there before gets zeros for a gradient, not none.
            let source = value.to(self.dtype())?;
            let past = self.severed("copy_", "CopyBackwards", &source)?;
            self.write_elements(&source)?;
            return self.rebase(&past);
        }
        let source = engine.call("copy_", "CopyBackwards", || {
            let source = value.to(self.dtype())?.expand(self.shape())?;
            if source.same_as(value) {
                // A node of its own, without a copy: the write makes one.
                let out = source.with_history(History::None);
                engine.record(Op::Clone, &[value], &[&out])?;
                return Ok(out);
            }
            Ok::<_, Error>(source)
        })?;
        self.write_elements(&source)?;
        self.rebase(&source)
    }

    /// Writes one number to all elements. Elements that share memory may be filled.
    ///
    /// # Errors
    /// As for [`update_`](Self::update_); [`Error::Shape`] for a tensor that is no single number.
    pub fn fill_<'a>(&self, value: impl Into<Arg<'a>>) -> Result<()> {
        match value.into() {
            Arg::Scalar(number) => self.fill_number(number, "fill_", "FillBackward1"),
            Arg::Tensor(number) if number.ndim() > 0 => Err(Error::Shape(format!(
                "fill_ only supports 0-dimension value tensor but got tensor with {} dimensions.",
                number.ndim()
            ))),
            Arg::Tensor(number) => {
                self.check_inplace(self.requires_grad() || number.requires_grad())?;
                let number = number.to(self.dtype())?;
                if !(self.engine().is_recording() && (self.requires_grad() || number.requires_grad())) {
                    return self.write_elements(&number);
                }
                let value = self.severed("fill_", "FillBackward2", &number)?;
                self.write_elements(&number)?;
                self.rebase(&value)
            }
        }
    }

    /// Writes 0 to all elements. Elements that share memory may be written.
    ///
    /// # Errors
    /// As for [`update_`](Self::update_).
    pub fn zero_(&self) -> Result<()> {
        self.fill_number(0.0.into(), "zero_", "ZeroBackward0")
    }

    fn fill_number(&self, value: Scalar, name: &'static str, grad_fn: &'static str) -> Result<()> {
        self.check_inplace(self.requires_grad())?;
        let number = self.engine().full(&[], value, self.dtype())?;
        if !(self.engine().is_recording() && self.requires_grad()) {
            return self.write_elements(&number);
        }
        let value = self.severed(name, grad_fn, &number)?;
        self.write_elements(&number)?;
        self.rebase(&value)
    }

    /// `value` in this shape, with a past in which this tensor was, but nothing flows to it: it is the branch of `where`
    /// that is never taken.
    fn severed(&self, name: &'static str, grad_fn: &'static str, value: &Tensor) -> Result<Tensor> {
        let engine = self.engine();
        let always = engine.full(self.shape(), true, DType::Bool)?;
        let out = engine.full(self.shape(), 0.0, self.dtype())?;
        let before = self.snapshot()?;
        engine.call(name, grad_fn, || engine.record(Op::Where, &[&always, value, &before], &[&out]))?;
        Ok(out)
    }

    /// The elements as they are now, whatever is written later, without a past. Nothing is copied before that.
    pub fn frozen(&self) -> Self {
        self.labelled(self.dtype())
    }

    /// The elements as they are now as another type, which is stored in the same way and holds them all.
    pub(crate) fn labelled(&self, dtype: DType) -> Self {
        debug_assert_eq!(
            dtype.stored(),
            self.dtype().stored(),
            "a tensor cannot be read as what it does not hold"
        );
        let storage = Storage::constant(0.0.into(), self.storage().len());
        storage.replace(&self.storage());
        Self::new(self.engine(), storage, self.layout().clone(), dtype, History::None)
    }

    /// The elements as they are now, with their past.
    fn snapshot(&self) -> Result<Tensor> {
        Ok(self.frozen().with_history(self.current_history()?))
    }

    /// `requires_grad`: whether anything that takes part does.
    fn check_inplace(&self, requires_grad: bool) -> Result<()> {
        if self.is_inference() && !self.engine().is_inference_mode() {
            let text = "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone \
                        to get a normal tensor before doing inplace update.See \
                        https://github.com/pytorch/rfcs/pull/17 for more details.";
            return Err(Error::Shape(text.to_owned()));
        }
        if !requires_grad || !self.engine().is_recording() {
            return Ok(());
        }
        self.check_view()?;
        match self.current_history()? {
            History::Leaf(_) => Err(Error::LeafInPlace),
            History::None | History::Op(..) => Ok(()),
        }
    }

    /// Whether a function of the user's may say that it has written to it.
    pub(crate) fn check_dirty(&self) -> Result<()> {
        self.check_inplace(true)
    }

    /// # Errors
    /// [`Error::Shape`] if two elements share memory: a write would be ambiguous.
    pub(crate) fn check_overlap(&self) -> Result<()> {
        // PyTorch refuses a stride of 0 only, and leaves it open what becomes of windows that overlap.
        if self.layout().overlaps() {
            let text = "unsupported operation: more than one element of the written-to tensor refers to a single memory \
                        location. Please clone() the tensor before performing the operation.";
            return Err(Error::Shape(text.to_owned()));
        }
        Ok(())
    }

    /// Reading one dense stretch of a storage and writing another that overlaps it is refused, as in PyTorch.
    pub(super) fn check_partial_overlap(&self, other: &Tensor) -> Result<()> {
        let stretch = |t: &Tensor| {
            let layout = t.layout();
            (layout.is_contiguous() && t.numel() > 0).then(|| (layout.offset, layout.offset + t.numel()))
        };
        match (stretch(self), stretch(other)) {
            (Some(a), Some(b))
                if Rc::ptr_eq(&self.storage(), &other.storage()) && a != b && a.0 < b.1 && b.0 < a.1 =>
            {
                let text = "unsupported operation: some elements of the input tensor and the written-to tensor refer to a \
                            single memory location. Please clone() the tensor before performing the operation.";
                Err(Error::Shape(text.to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn check_broadcast(&self, shape: &[usize]) -> Result<()> {
        let common = crate::layout::broadcast(self.shape(), shape)?;
        if common == self.shape() {
            return Ok(());
        }
        let text =
            format!("output with shape {:?} doesn't match the broadcast shape {common:?}", self.shape());
        Err(Error::Shape(text))
    }

    /// A real number is not stored as an integer, and no number as a truth value.
    fn check_fits(&self, value: &Tensor) -> Result<()> {
        let (from, to) = (value.dtype(), self.dtype());
        let loses =
            from.is_floating_point() && !to.is_floating_point() || to == DType::Bool && from != DType::Bool;
        if loses {
            let text = format!(
                "result type {} can't be cast to the desired output type {}",
                from.scalar_type(),
                to.scalar_type()
            );
            return Err(Error::Shape(text));
        }
        self.check_broadcast(value.shape())
    }

    fn count_write(&self) {
        match &self.0.version {
            None => self.storage().bump_version(),
            Some(count) => count.set(count.get() + 1),
        }
    }

    /// Overwrites the elements with those of `value`, broadcast and converted, and counts it. Pasts stay as they are.
    pub(super) fn write_elements(&self, value: &Tensor) -> Result<()> {
        let engine = self.engine();
        // A device does not cut what it copies.
        let cut = self.dtype().is_cut().then(|| value.to(self.dtype())).transpose()?;
        let value = cut.as_ref().unwrap_or(value);
        let layout = value.layout().expand(self.shape())?;
        let storage = self.storage();
        let covers = self.layout().is_contiguous() && self.numel() == storage.len();
        if covers {
            // A new buffer instead of the old one: nothing that still reads the old one has to be copied.
            let fits = value.dtype() == self.dtype()
                && layout == Layout::contiguous(self.shape())
                && value.storage().len() == self.numel();
            let dense = if fits {
                value.storage()
            } else {
                engine.run(Kernel::Copy, &[(value, &layout)], self.shape(), self.dtype())?.storage()
            };
            storage.replace(&dense);
        } else {
            // If the two overlap, the buffer is held twice, and the write goes to a copy of it.
            engine.run_into(Kernel::Copy, &[(value, &layout)], self)?;
        }
        self.count_write();
        if matches!(*self.0.history.borrow(), History::Leaf(_)) {
            engine.end_step();
        }
        engine.tell(|watcher| watcher.written(self, value));
        Ok(())
    }
}
