//! From ops to kernels: at once in eager mode, by way of the queue in fused mode.

use std::rc::Rc;

use crate::backend::{Buffer, Kernel, Target};
use crate::dims::Dims;
use crate::dtype::{DType, Scalar};
use crate::engine::Engine;
use crate::error::Result;
use crate::layout::Layout;
use crate::lazy::{self, Task, Write};
use crate::ops::{Binary, Unary};
use crate::program::{Program, Step};
use crate::storage::{Data, Pending, Storage};
use crate::tape::History;
use crate::tensor::Tensor;
use crate::trace::{self, Launched, Trace};

impl Engine {
    /// Runs one elementwise function into a new contiguous tensor. Of constants, simple functions are constants.
    pub(crate) fn map(&self, step: Step, inputs: &[(&Tensor, &Layout)], shape: &[usize]) -> Result<Tensor> {
        let dtypes: Dims<DType> = inputs.iter().map(|(tensor, _)| tensor.dtype()).collect();
        let dtype = step.dtype(&dtypes);
        if let Some(value) = constant(step, inputs) {
            return self.full(shape, value, dtype);
        }
        let stored: Dims<DType> = dtypes.iter().map(|dtype| dtype.stored()).collect();
        // There are few of them, and they are asked for again and again.
        let known = self
            .0
            .singles
            .borrow_mut()
            .entry((step, stored))
            .or_insert_with_key(|(step, dtypes)| Rc::new(Program::single(*step, dtypes)))
            .clone();
        self.run(Kernel::Map(known), inputs, shape, dtype)
    }

    /// Runs one kernel into a new contiguous tensor.
    pub(crate) fn run(
        &self,
        kernel: Kernel,
        inputs: &[(&Tensor, &Layout)],
        shape: &[usize],
        dtype: DType,
    ) -> Result<Tensor> {
        let len = self.admit(shape, dtype)?;
        let storage = if self.is_fused() {
            self.enqueue(kernel, inputs, shape, dtype, len, None)?
        } else {
            let buffer = Rc::new(Buffer::alloc(&self.0.backend, dtype, len)?);
            self.launch(&kernel, &sources(inputs), inputs, &buffer, &Layout::contiguous(shape))?;
            Data::Buffer(buffer)
        };
        Ok(Tensor::new(self, Storage::new(storage, len), Layout::contiguous(shape), dtype, History::None))
    }

    /// Runs one kernel into the elements of `out`; what else shares their buffer keeps what it sees.
    pub(crate) fn run_into(&self, kernel: Kernel, inputs: &[(&Tensor, &Layout)], out: &Tensor) -> Result<()> {
        let (storage, dtype) = (out.storage(), out.dtype());
        if matches!(storage.source(), Data::Constant(_)) {
            // What is one number until now takes room from here on.
            self.admit(&[storage.len()], dtype)?;
        }
        if self.is_fused() {
            let write = Write { base: storage.source(), layout: out.layout().clone() };
            let data = self.enqueue(kernel, inputs, out.shape(), dtype, storage.len(), Some(write))?;
            storage.swap(data);
            return Ok(());
        }
        let held = sources(inputs);
        let buffer = storage.own(&self.0.backend, dtype)?;
        self.launch(&kernel, &held, inputs, &buffer, out.layout())
    }

    /// Dispatches a kernel now.
    fn launch(
        &self,
        kernel: &Kernel,
        sources: &[Data],
        inputs: &[(&Tensor, &Layout)],
        buffer: &Buffer,
        layout: &Layout,
    ) -> Result<()> {
        let operands: Vec<_> = inputs
            .iter()
            .zip(sources)
            .map(|((tensor, layout), source)| source.operand(tensor.dtype(), layout))
            .collect::<Result<_>>()?;
        let target = [Target { buffer: buffer.id(), dtype: buffer.dtype(), layout }];
        let mut trace = self.0.trace.borrow_mut();
        let ops = || vec![self.0.op.get()];
        trace::dispatch(trace.as_mut(), &*self.0.backend, ops, kernel, &operands, &target)
    }

    /// Lets a kernel wait. Gives back its result.
    fn enqueue(
        &self,
        kernel: Kernel,
        inputs: &[(&Tensor, &Layout)],
        shape: &[usize],
        dtype: DType,
        len: usize,
        write: Option<Write>,
    ) -> Result<Data> {
        if self.0.queue.borrow().len() >= lazy::LONGEST {
            self.flush()?;
        }
        let inputs = inputs
            .iter()
            .map(|(tensor, layout)| lazy::Input {
                data: tensor.storage().source(),
                dtype: tensor.dtype().stored(),
                layout: (*layout).clone(),
            })
            .collect();
        let mut queue = self.0.queue.borrow_mut();
        let output = Pending::new(queue.len());
        let data = Data::Pending(Rc::clone(&output));
        queue.push(Task {
            kernel,
            inputs,
            shape: shape.into(),
            dtype: dtype.stored(),
            len,
            write: write.map(Box::new),
            output,
            op: self.0.op.get(),
        });
        Ok(data)
    }

    /// Dispatches everything that waits. Does nothing in eager mode.
    ///
    /// # Errors
    /// The first failure of an op that waited. Its result, and all that was computed from it, is that error.
    pub fn flush(&self) -> Result<()> {
        if self.0.queue.borrow().len() == 0 {
            return Ok(());
        }
        self.0.waiting.set(0);
        let (mut tasks, plan) = self.0.queue.borrow_mut().take();
        let done = lazy::run(&self.0.backend, &mut tasks, &plan, self.0.trace.borrow_mut().as_mut());
        tasks.clear();
        self.0.queue.borrow_mut().recycle(tasks);
        done
    }

    /// Whether ops wait until a value is needed, and are then fused.
    pub fn is_fused(&self) -> bool {
        self.0.fused.get()
    }

    /// Chooses between computing every op at once (*eager*) and letting ops wait, so that several become one kernel
    /// (*fused*). Results are the same to rounding. An error that only a kernel can find, such as an index out of
    /// range, shows later in fused mode: when the value is read.
    pub fn set_fused(&self, fused: bool) {
        self.0.fused.set(fused);
        if !fused {
            // A failure stays with the tensors that it concerns.
            let _ = self.flush();
        }
    }

    /// Chooses whether, in fused mode, indices that the CPU has already are looked at when an op is called: an index out of range
    /// is then refused where a program wrote it, and not where the result is read. It costs a look at each of them.
    pub fn set_early_checks(&self, early: bool) {
        self.0.early_checks.set(early);
    }

    /// Notes a place where one step of a training ends: what waits is dispatched and submitted before the next op
    /// that is recorded. Then every step has the same structure, and is planned only once.
    pub(crate) fn end_step(&self) {
        self.0.step_ended.set(true);
    }

    /// Gives the engine a clock (milliseconds since some moment), which it has none of its own: traces that begin later
    /// say how long each kernel took, on a device that is done when a dispatch returns.
    pub fn set_clock(&self, clock: fn() -> f64) {
        self.0.clock.set(Some(clock));
    }

    /// Begins or ends to note which kernels run. Returns what was noted so far.
    pub fn trace(&self, on: bool) -> Vec<Launched> {
        let fresh = on.then(|| Trace::new(self.0.clock.get()));
        let before = std::mem::replace(&mut *self.0.trace.borrow_mut(), fresh);
        before.map_or_else(Vec::new, |trace| trace.launched)
    }
}

/// What the inputs hold now.
fn sources(inputs: &[(&Tensor, &Layout)]) -> Vec<Data> {
    inputs.iter().map(|(tensor, _)| tensor.storage().source()).collect()
}

/// The result of an arithmetic function of constants.
fn constant(step: Step, inputs: &[(&Tensor, &Layout)]) -> Option<Scalar> {
    let values: Vec<f64> = inputs
        .iter()
        .map(|(tensor, _)| match tensor.storage().source() {
            Data::Constant(Scalar::Float(value)) => Some(value),
            Data::Constant(Scalar::Int(_) | Scalar::Bool(_)) | Data::Buffer(_) | Data::Pending(_) => None,
        })
        .collect::<Option<_>>()?;
    // Float32 arithmetic rounds as float64 arithmetic does that is rounded afterwards.
    Some(Scalar::Float(match (step, values.as_slice()) {
        (Step::Unary(Unary::Neg, _), [x]) => -x,
        (Step::Binary(Binary::Add, ..), [x, y]) => x + y,
        (Step::Binary(Binary::Sub, ..), [x, y]) => x - y,
        (Step::Binary(Binary::Mul, ..), [x, y]) => x * y,
        (Step::Binary(Binary::Div, ..), [x, y]) => x / y,
        (Step::Cast(dtype, _), [x]) if dtype.is_floating_point() => *x,
        (Step::Unary(..) | Step::Binary(..) | Step::Compare(..) | Step::Where(..) | Step::Cast(..), _) => {
            return None;
        }
    }))
}
