//! The context in which ops run: which backend computes, whether they are recorded, and where they come from.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::backend::{Backend, Memory};
use crate::dims::Dims;
use crate::dtype::{DType, Scalar};
use crate::error::{Error, Result};
use crate::host::HostData;
use crate::layout::{Layout, checked_numel};
use crate::lazy::Queue;
use crate::ops::Op;
use crate::program::{Program, Step};
use crate::promote::overflow;
use crate::quick::QuickMap;
use crate::random::Generator;
use crate::storage::Storage;
use crate::tape::{Call, History, Node, Origin, Pass, Span};
use crate::tensor::Tensor;
use crate::trace::{Clock, OpTag, Trace};
use crate::watch::{Ran, Watcher};

/// An engine on one backend. Cloning gives another handle to the same engine.
#[derive(Clone)]
pub struct Engine(pub(crate) Rc<Inner>);

/// Programs of one step, by that and the dtypes of what it reads.
type Singles = QuickMap<(Step, Dims<DType>), Rc<Program>>;

pub(crate) struct Inner {
    pub(crate) backend: Rc<dyn Backend>,
    pub(crate) grad_enabled: Cell<bool>,
    pub(crate) inference: Cell<bool>,
    pub(crate) next_seq: Cell<u64>,
    pub(crate) next_call: Cell<u64>,
    pub(crate) origin: Cell<Origin>,
    pub(crate) fused: Cell<bool>,
    pub(crate) queue: RefCell<Queue>,
    pub(crate) step_ended: Cell<bool>,
    pub(crate) rng: RefCell<Generator>,
    /// The programs of one step that were run.
    pub(crate) singles: RefCell<Singles>,
    /// The op that asks for kernels now.
    pub(crate) op: Cell<OpTag>,
    pub(crate) trace: RefCell<Option<Trace>>,
    /// Whether indices that are at hand are looked at before an op waits.
    pub(crate) early_checks: Cell<bool>,
    /// The bytes that all tensors may take, and those of the results that wait.
    pub(crate) limit: Cell<u64>,
    pub(crate) waiting: Cell<u64>,
    pub(crate) clock: Cell<Option<Clock>>,
    pub(crate) watcher: RefCell<Option<Rc<dyn Watcher>>>,
    /// Whether what runs now is a part of something that is told as a whole.
    pub(crate) aside: Cell<bool>,
    pub(crate) ops_run: Cell<u64>,
}

impl Engine {
    /// An engine that computes on `backend`.
    pub fn new(backend: Rc<dyn Backend>) -> Self {
        let origin = Origin { pass: Pass::Forward, forward: None, span: None, call: None };
        Self(Rc::new(Inner {
            backend,
            grad_enabled: Cell::new(true),
            inference: Cell::new(false),
            next_seq: Cell::new(0),
            next_call: Cell::new(0),
            origin: Cell::new(origin),
            fused: Cell::new(false),
            queue: RefCell::default(),
            step_ended: Cell::new(false),
            rng: RefCell::new(Generator::default()),
            singles: RefCell::default(),
            op: Cell::new(OpTag { name: "", seq: 0 }),
            trace: RefCell::default(),
            early_checks: Cell::new(false),
            limit: Cell::new(u64::MAX),
            waiting: Cell::new(0),
            clock: Cell::new(None),
            watcher: RefCell::default(),
            aside: Cell::new(false),
            ops_run: Cell::new(0),
        }))
    }

    /// The default generator of random numbers.
    pub(crate) fn rng(&self) -> &RefCell<Generator> {
        &self.0.rng
    }

    /// Where it computes.
    pub fn backend(&self) -> &Rc<dyn Backend> {
        &self.0.backend
    }

    /// What its tensors hold on the device.
    pub fn memory(&self) -> Memory {
        self.0.backend.memory()
    }

    /// Whether two handles are of one engine.
    pub fn same_as(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// The tensor with these elements in row-major order.
    ///
    /// # Errors
    /// [`Error::View`] if their number does not fit the shape, or what the backend says to an upload.
    pub fn tensor(&self, data: impl Into<HostData>, shape: &[usize]) -> Result<Tensor> {
        let data = data.into();
        if self.admit(shape, data.dtype())? != data.len() {
            let shape: Vec<i64> = shape.iter().map(|&n| n as i64).collect();
            return Err(Error::View { shape: crate::layout::shape_text(&shape), numel: data.len() });
        }
        let dtype = data.dtype();
        let storage = Storage::upload(&self.0.backend, &data)?;
        Ok(Tensor::new(self, storage, Layout::contiguous(shape), dtype, History::None))
    }

    /// The tensor with these elements as `dtype`; integers that do not fit wrap around.
    ///
    /// # Errors
    /// As for [`tensor`](Self::tensor).
    pub fn tensor_as(&self, data: impl Into<HostData>, shape: &[usize], dtype: DType) -> Result<Tensor> {
        let mut data = data.into();
        if !dtype.is_cut() {
            return self.tensor(data, shape)?.to(dtype);
        }
        if let HostData::Int64(values) = &mut data {
            values.iter_mut().for_each(|value| *value = dtype.wrap(*value));
            let whole = self.tensor(data, shape)?;
            return Ok(whole.labelled(dtype));
        }
        self.tensor(data, shape)?.to(dtype)
    }

    /// A tensor of one value. It takes no memory until it is written to.
    ///
    /// # Errors
    /// [`Error::TooLarge`]; [`Error::Shape`] if an integer type does not hold the value.
    pub fn full(&self, shape: &[usize], value: impl Into<Scalar>, dtype: DType) -> Result<Tensor> {
        let (len, value) = (checked_numel(shape)?, value.into());
        if !value.fits(dtype) {
            return Err(overflow(dtype));
        }
        let storage = Storage::constant(value.cast(dtype), len);
        Ok(Tensor::new(self, storage, Layout::contiguous(shape), dtype, History::None))
    }

    /// A float32 tensor of zeros.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn zeros(&self, shape: &[usize]) -> Result<Tensor> {
        self.full(shape, 0.0, DType::Float32)
    }

    /// A float32 tensor of ones.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn ones(&self, shape: &[usize]) -> Result<Tensor> {
        self.full(shape, 1.0, DType::Float32)
    }

    pub(crate) fn grad_flag(&self) -> &Cell<bool> {
        &self.0.grad_enabled
    }

    pub(crate) fn inference_flag(&self) -> &Cell<bool> {
        &self.0.inference
    }

    pub(crate) fn origin(&self) -> Origin {
        self.0.origin.get()
    }

    /// Names the place in the program text that the ops of `body` come from.
    pub fn at<T>(&self, span: Span, body: impl FnOnce() -> T) -> T {
        let origin = Origin { span: Some(span), ..self.0.origin.get() };
        self.with_origin(origin, body)
    }

    /// Runs a function that PyTorch counts as one op and that `body` computes by several. Inside another call it
    /// is a part of that one.
    pub fn call<T>(&self, name: &'static str, grad_fn: &'static str, body: impl FnOnce() -> T) -> T {
        let origin = self.0.origin.get();
        if origin.call.is_some() {
            return body();
        }
        let id = self.0.next_call.get();
        self.0.next_call.set(id + 1);
        self.with_origin(Origin { call: Some(Call { name, grad_fn, id }), ..origin }, body)
    }

    pub(crate) fn with_origin<T>(&self, origin: Origin, body: impl FnOnce() -> T) -> T {
        let before = self.0.origin.replace(origin);
        let out = body();
        self.0.origin.set(before);
        out
    }

    /// Hands all work that was dispatched so far to the device without waiting for it.
    pub fn submit(&self) {
        self.0.backend.submit();
    }

    /// Runs `op`, and records it if one of its inputs requires gradients.
    ///
    /// # Errors
    /// What the op's shape rule or the backend says.
    pub(crate) fn apply(&self, op: Op, inputs: &[&Tensor]) -> Result<Tensor> {
        if let Some(stranger) = inputs.iter().find(|t| !t.engine().same_as(self)) {
            let (a, b) = (self.0.backend.name(), stranger.engine().0.backend.name());
            return Err(Error::Devices(a.to_owned(), b.to_owned()));
        }
        let recording = self.is_recording();
        let may_record = recording && inputs.iter().any(|t| t.requires_grad());
        if may_record && self.0.step_ended.take() {
            self.flush()?;
            self.submit();
        }
        self.0.op.set(OpTag { name: op.name(), seq: self.0.next_seq.get() });
        let mut out = self.aside(|| op.eval(self, inputs))?;
        if inputs.iter().any(|t| t.same_as(&out)) {
            out = out.view_as(out.layout().clone());
        }
        if let (Op::View(view), Some(input)) = (&op, inputs.first())
            && Rc::ptr_eq(&out.storage(), &input.storage())
        {
            out = out.as_view_of(input, view, recording);
        }
        let told = (!self.0.aside.get()).then(|| {
            self.0.ops_run.set(self.0.ops_run.get() + 1);
            self.is_watched().then(|| op.clone())
        });
        if may_record && out.dtype().is_floating_point() && op.is_differentiable() {
            self.record(op, inputs, &[&out])?;
        }
        if let Some(Some(op)) = told {
            let (origin, node) = (self.0.origin.get(), out.grad_fn());
            self.tell(|watcher| watcher.ran(&Ran { op: &op, inputs, output: &out, origin, node }));
        }
        Ok(out)
    }

    /// Puts a node on the tape, as the past of `outputs`.
    ///
    /// # Errors
    /// If a tensor that is to be saved was made in inference mode, or is a view that must not be used any more.
    pub(crate) fn record(&self, op: Op, inputs: &[&Tensor], outputs: &[&Tensor]) -> Result<()> {
        // Bringing a view up to date records nodes, which must be older than this one.
        for input in inputs {
            input.current_history()?;
        }
        // An op may have been computed by others.
        let seq = self.0.next_seq.get();
        self.0.next_seq.set(seq + 1);
        let node = Rc::new(Node::record(seq, op, inputs, outputs, self.0.origin.get())?);
        for (i, out) in outputs.iter().enumerate() {
            out.set_history(History::Op(Rc::clone(&node), i));
        }
        Ok(())
    }
}
