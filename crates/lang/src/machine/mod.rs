//! The machine: a program that runs, as a value.

mod attribute;
pub(crate) mod bind;
mod collect;
mod compare;
mod copy;
mod define;
mod exec;
mod frame;
mod import;
mod indices;
mod inspect;
mod interlude;
mod invoke;
mod memory;
mod name;
mod operate;
mod outside;
mod quick;
mod raise;
mod registry;
mod report;
mod result;
mod rounds;
mod run;
mod store;
mod subscript;
mod suspend;

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use engine::Engine;

use crate::class::Class;
use crate::need::Answer;
use crate::numpy::PrintOptions;
use crate::torch::Torch;
use crate::value::{Module, Value};

pub(crate) use frame::{Exhausted, Frame, NewClass, Then};
pub use inspect::Named;
pub use interlude::{Interrupted, Prepared, Sees};
pub(crate) use operate::numbers;
pub(crate) use report::told;
pub use rounds::Round;
pub use run::{Event, Limits, Request, Settled, Stops, Traceback};
pub(crate) use subscript::{bounds, places};

/// A program that runs: its frames, everything they refer to, and what it will do next.
pub struct Machine {
    pub(crate) frames: Vec<Frame>,
    /// By name, those that were imported.
    pub(crate) modules: HashMap<String, Rc<Module>>,
    pub(crate) builtins: Rc<Module>,
    /// The native classes, by module and name.
    pub(crate) classes: HashMap<(&'static str, &'static str), Rc<Class>>,
    /// The text of the program.
    pub(crate) text: Rc<str>,
    /// What the instruction that runs got from outside so far, and how much of that it used.
    answers: Vec<Answer>,
    used: Cell<usize>,
    events: VecDeque<Event>,
    request: Option<Request>,
    pub(crate) torch: Torch,
    /// How arrays are printed.
    pub(crate) numpy_print: PrintOptions,
    pub(crate) limits: Limits,
    /// What it stops at now.
    pub(crate) stops: Stops,
    /// Whether backward passes run node by node.
    pub(crate) stepped_passes: bool,
    clock: u64,
    pub(crate) lines: u64,
    optimizer_steps: u64,
    /// What the program leaves with.
    exit_code: u8,
    allocated: usize,
    /// What the instruction that runs has used so far: bytes, and comparisons of items.
    spent: usize,
    compared: usize,
}

impl Machine {
    /// A machine without a program, whose tensors are on one device.
    pub fn new(engine: Engine, limits: Limits) -> Self {
        Self::with_devices(engine, None, limits)
    }

    /// A machine without a program. New tensors are made by `cpu`; `cuda` is what the program calls that, if it is there.
    pub fn with_devices(cpu: Engine, cuda: Option<Engine>, limits: Limits) -> Self {
        let mut vm = Self {
            frames: Vec::new(),
            modules: HashMap::new(),
            builtins: Module::new("builtins"),
            classes: HashMap::new(),
            text: "".into(),
            answers: Vec::new(),
            used: Cell::new(0),
            events: VecDeque::new(),
            request: None,
            torch: Torch::new(cpu, cuda),
            numpy_print: PrintOptions::default(),
            limits,
            stops: Stops::default(),
            stepped_passes: false,
            clock: 0,
            lines: 0,
            optimizer_steps: 0,
            exit_code: 0,
            allocated: 0,
            spent: 0,
            compared: 0,
        };
        for engine in std::iter::once(&vm.torch.engine).chain(&vm.torch.cuda) {
            engine.set_memory_limit(vm.limits.tensor_bytes);
            engine.set_early_checks(true);
        }
        vm.register();
        vm
    }

    /// The engine of new tensors.
    pub(crate) fn engine(&self) -> Engine {
        self.torch.engine.clone()
    }

    /// A function of ours that is written in Python: see `builtins/prelude.py`.
    pub(crate) fn helper(&self, name: &str) -> Value {
        self.builtins.get(name).unwrap_or(Value::None)
    }

    /// A native class.
    pub(crate) fn class(&self, module: &'static str, name: &'static str) -> Option<Rc<Class>> {
        self.classes.get(&(module, name)).cloned()
    }

    /// Whether no instruction is under way.
    fn can_leave(&self) -> bool {
        self.request.is_none() && self.answers.is_empty() && self.events.is_empty()
    }

    /// The class of a value.
    pub(crate) fn class_of(&self, value: &Value) -> Option<Rc<Class>> {
        match value {
            Value::Instance(instance) => Some(instance.class()),
            other => {
                if let Some(node) = other.downcast::<crate::torch::node::NodeObject>() {
                    return node.node_class(self);
                }
                let (module, name) = other.native_class();
                self.class(module, name).or_else(|| self.class("builtins", "object"))
            }
        }
    }
}
