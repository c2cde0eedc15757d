//! The modules of `torch.nn`, as data: a [`Kind`] with its options, parameters, buffers and children by name.
//!
//! A module that a program defines is [`Kind::Custom`]: it holds what its attributes are, and the program runs its forward.

mod activation;
mod describe;
mod fork;
mod forward;
mod kind;
mod layers;
mod losses;
mod recurrent;
mod state;

pub use activation::Activation;
pub use kind::{AvgPool, BatchNorm, Cell, Conv, ConvPadding, Kind, MaxPool, Numbers, Recurrence};
pub use losses::Loss;
pub use recurrent::recurrent_step;
pub use state::Mismatch;

use std::cell::{Cell as Flag, RefCell};
use std::rc::Rc;

use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::optim::clear;
use crate::tensor::Tensor;

/// How many modules may be inside each other: what walks them calls itself, and a browser's stack is short.
const DEEPEST: usize = 200;

/// A module. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Module(Rc<Inner>);

struct Inner {
    kind: Kind,
    parameters: RefCell<Vec<(String, Option<Tensor>)>>,
    buffers: RefCell<Vec<(String, Option<Tensor>)>>,
    children: RefCell<Vec<(String, Module)>>,
    training: Flag<bool>,
    /// The largest number of modules that this one has been inside of.
    depth: Flag<usize>,
}

impl Module {
    /// A module of this kind with nothing in it. See [`Kind`] for what has parameters: those have functions of their own.
    pub fn new(kind: Kind) -> Self {
        Self(Rc::new(Inner {
            kind,
            parameters: RefCell::default(),
            buffers: RefCell::default(),
            children: RefCell::default(),
            training: Flag::new(true),
            depth: Flag::new(0),
        }))
    }

    /// A module of a class that the program defines.
    pub fn custom(class: &str) -> Self {
        Self::new(Kind::Custom(class.to_owned()))
    }

    /// `Sequential(…)` or `ModuleList([…])`: children named 0, 1, ….
    ///
    /// # Errors
    /// As for [`set_child`](Self::set_child).
    pub fn numbered(kind: Kind, children: Vec<Self>) -> Result<Self> {
        let module = Self::new(kind);
        for (i, child) in children.into_iter().enumerate() {
            module.set_child(&i.to_string(), child)?;
        }
        Ok(module)
    }

    /// What it is.
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// Whether both are handles to one module.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Whether it is in training mode; it is at first.
    pub fn training(&self) -> bool {
        self.0.training.get()
    }

    /// Sets the mode, of all modules below it too: `.train(mode)`, `.eval()`.
    pub fn train(&self, mode: bool) {
        for (_, module) in self.named_modules() {
            module.0.training.set(mode);
        }
    }

    /// Its own parameter of that name, if it has one.
    pub fn parameter(&self, name: &str) -> Option<Tensor> {
        find(&self.0.parameters.borrow(), name)
    }

    /// Its own buffer of that name, if it has one.
    pub fn buffer(&self, name: &str) -> Option<Tensor> {
        find(&self.0.buffers.borrow(), name)
    }

    /// Its own child of that name, if it has one.
    pub fn child(&self, name: &str) -> Option<Self> {
        self.0.children.borrow().iter().find(|(n, _)| n == name).map(|(_, child)| child.clone())
    }

    /// Sets a parameter; `None` keeps its place, as `register_parameter(name, None)` does.
    pub fn set_parameter(&self, name: &str, parameter: Option<Tensor>) {
        set(&mut self.0.parameters.borrow_mut(), name, parameter);
    }

    /// Sets a buffer.
    pub fn set_buffer(&self, name: &str, buffer: Option<Tensor>) {
        set(&mut self.0.buffers.borrow_mut(), name, buffer);
    }

    /// Sets a child.
    ///
    /// # Errors
    /// [`Error::Value`] if this module is the child or a part of it, or if too many modules would be inside each other.
    /// PyTorch takes such a child, and fails at the first use with "maximum recursion depth exceeded".
    pub fn set_child(&self, name: &str, child: Self) -> Result<()> {
        if child.named_modules().iter().any(|(_, part)| part.is(self)) {
            let (class, of_child) = (self.class(), child.class());
            let text =
                format!("cannot add module '{name}' ({of_child}) to {class}: a module cannot contain itself");
            return Err(Error::Value(text));
        }
        if !child.deepen(self.0.depth.get() + 1) {
            let text =
                format!("cannot add module '{name}': more than {DEEPEST} modules are inside each other");
            return Err(Error::Value(text));
        }
        set(&mut self.0.children.borrow_mut(), name, child);
        Ok(())
    }

    /// Notes how deep it is, and whether everything in it is within bounds.
    fn deepen(&self, depth: usize) -> bool {
        if depth <= self.0.depth.get() {
            return true;
        }
        if depth > DEEPEST {
            return false;
        }
        self.0.depth.set(depth);
        self.0.children.borrow().iter().all(|(_, child)| child.deepen(depth + 1))
    }

    /// Its own children, in order.
    pub fn children(&self) -> Vec<(String, Self)> {
        self.0.children.borrow().clone()
    }

    /// Itself and everything below it, each once, depth first, with the path to it.
    pub fn named_modules(&self) -> Vec<(String, Self)> {
        let mut found = Vec::new();
        self.collect("", &mut found);
        found
    }

    fn collect(&self, path: &str, found: &mut Vec<(String, Self)>) {
        if found.iter().any(|(_, known)| known.is(self)) {
            return;
        }
        found.push((path.to_owned(), self.clone()));
        for (name, child) in self.children() {
            child.collect(&join(path, &name), found);
        }
    }

    /// All parameters, each once, with the path to it.
    pub fn named_parameters(&self) -> Vec<(String, Tensor)> {
        self.tensors(|inner| &inner.parameters)
    }

    /// All buffers, each once, with the path to it.
    pub fn named_buffers(&self) -> Vec<(String, Tensor)> {
        self.tensors(|inner| &inner.buffers)
    }

    fn tensors(
        &self,
        of: impl Fn(&Inner) -> &RefCell<Vec<(String, Option<Tensor>)>>,
    ) -> Vec<(String, Tensor)> {
        let mut found: Vec<(String, Tensor)> = Vec::new();
        for (path, module) in self.named_modules() {
            for (name, tensor) in of(&module.0).borrow().iter() {
                if let Some(tensor) = tensor
                    && !found.iter().any(|(_, known)| known.same_as(tensor))
                {
                    found.push((join(&path, name), tensor.clone()));
                }
            }
        }
        found
    }

    /// All parameters.
    pub fn parameters(&self) -> Vec<Tensor> {
        self.named_parameters().into_iter().map(|(_, p)| p).collect()
    }

    /// The number of elements of all parameters.
    pub fn num_parameters(&self) -> usize {
        self.parameters().iter().map(Tensor::numel).sum()
    }

    /// Clears the gradients of all parameters: to none, or to zeros.
    ///
    /// # Errors
    /// What the engine says to a tensor of zeros.
    pub fn zero_grad(&self, set_to_none: bool) -> Result<()> {
        self.parameters().iter().try_for_each(|p| clear(p, set_to_none))
    }

    /// Converts all real parameters and buffers. They become new tensors: make optimizers afterwards.
    ///
    /// # Errors
    /// If the backend has no such element type.
    pub fn to(&self, dtype: DType) -> Result<()> {
        for (_, module) in self.named_modules() {
            for tensors in [&module.0.parameters, &module.0.buffers] {
                for (_, slot) in tensors.borrow_mut().iter_mut() {
                    let Some(old) = slot.as_ref().filter(|t| t.dtype().is_floating_point()) else { continue };
                    if old.dtype() != dtype {
                        let new = old.detach().to(dtype)?.detach();
                        new.requires_grad_(old.requires_grad())?;
                        *slot = Some(new);
                    }
                }
            }
        }
        Ok(())
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn find(list: &[(String, Option<Tensor>)], name: &str) -> Option<Tensor> {
    list.iter().find(|(n, _)| n == name).and_then(|(_, t)| t.clone())
}

fn set<T>(list: &mut Vec<(String, T)>, name: &str, value: T) {
    match list.iter_mut().find(|(n, _)| n == name) {
        Some((_, old)) => *old = value,
        None => list.push((name.to_owned(), value)),
    }
}
