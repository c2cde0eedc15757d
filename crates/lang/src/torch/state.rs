//! What `torch` remembers in a machine, and whose turn it is on an engine that copies of a machine share.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use engine::print::PrintOptions;
use engine::{DType, Engine, EngineState};

use super::outside::Outside;
use crate::class::Class;
use crate::fork::Fork;
use crate::value::Value;

/// What `torch` remembers.
pub(crate) struct Torch {
    /// The engine of new tensors: the CPU.
    pub(crate) engine: Engine,
    /// The engine of the device `cuda`, if there is one.
    pub(crate) cuda: Option<Engine>,
    /// `torch.set_printoptions`.
    pub(crate) print: PrintOptions,
    /// `torch.set_default_dtype`.
    pub(crate) default_dtype: DType,
    /// Hooks and functions of the program that the engine asks for.
    pub(crate) outside: Outside,
    /// The objects of dtypes, by name.
    pub(crate) dtypes: HashMap<&'static str, Value>,
    /// The classes of nodes, by name: made when somebody asks for one.
    pub(crate) node_classes: RefCell<HashMap<String, Rc<Class>>>,
    turn: Turn,
}

/// The states of the engines of machines that do not run. An engine holds the state of one machine at a time.
#[derive(Clone)]
struct Turn {
    own: u64,
    shared: Rc<RefCell<Shared>>,
}

#[derive(Default)]
struct Shared {
    last: u64,
    running: u64,
    waiting: HashMap<u64, Vec<EngineState>>,
}

impl Torch {
    pub(crate) fn new(engine: Engine, cuda: Option<Engine>) -> Self {
        Self {
            engine,
            cuda,
            print: PrintOptions::default(),
            default_dtype: DType::Float32,
            outside: Outside::default(),
            dtypes: HashMap::new(),
            node_classes: RefCell::default(),
            turn: Turn { own: 0, shared: Rc::default() },
        }
    }

    /// All engines.
    pub(crate) fn engines(&self) -> impl Iterator<Item = &Engine> {
        std::iter::once(&self.engine).chain(&self.cuda)
    }

    /// How many ops were recorded so far.
    pub(crate) fn recorded(&self) -> u64 {
        self.engines().map(Engine::recorded).sum()
    }

    /// Bytes that tensors take on all devices.
    pub(crate) fn tensor_bytes(&self) -> u64 {
        self.engines().map(|engine| engine.memory().bytes).sum()
    }

    fn states(&self) -> Vec<EngineState> {
        self.engines().map(Engine::state).collect()
    }

    /// Lets the engines be in the state of this machine. To be called before it runs; costs nothing if no copy has run since.
    pub(crate) fn enter(&self) {
        let mut shared = self.turn.shared.borrow_mut();
        if shared.running == self.turn.own {
            return;
        }
        let before = shared.running;
        shared.waiting.insert(before, self.states());
        if let Some(states) = shared.waiting.remove(&self.turn.own) {
            self.engines().zip(&states).for_each(|(engine, state)| engine.set_state(state));
        }
        shared.running = self.turn.own;
    }

    /// A copy for another machine.
    pub(crate) fn fork(&self, fork: &mut Fork) -> Self {
        let own = {
            let mut shared = self.turn.shared.borrow_mut();
            let states = if shared.running == self.turn.own {
                self.states()
            } else {
                shared.waiting.get(&self.turn.own).cloned().unwrap_or_else(|| self.states())
            };
            shared.last += 1;
            let own = shared.last;
            shared.waiting.insert(own, states);
            own
        };
        Self {
            engine: self.engine.clone(),
            cuda: self.cuda.clone(),
            print: self.print.clone(),
            default_dtype: self.default_dtype,
            outside: self.outside.fork(fork),
            dtypes: self.dtypes.clone(),
            node_classes: RefCell::default(),
            turn: Turn { own, shared: Rc::clone(&self.turn.shared) },
        }
    }
}

impl Drop for Torch {
    fn drop(&mut self) {
        self.turn.shared.borrow_mut().waiting.remove(&self.turn.own);
    }
}
