//! `torch.Generator`: streams of random numbers, and their states.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use engine::Engine;
use engine::random::Generator;

use super::device;
use crate::class::Layout;
use crate::error::{Result, Stop, type_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::object::Object;
use crate::value::Value;

/// `torch.Generator`; without one of its own it is `torch.default_generator`, that of the engine.
struct GeneratorObject(Option<RefCell<Generator>>);

/// `torch.default_generator`.
pub(super) fn default_generator() -> Value {
    Value::object(GeneratorObject(None))
}

impl Object for GeneratorObject {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "Generator")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(format!("<torch._C.Generator object at {:#014x}>", std::ptr::from_ref(self) as usize))
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        Some(Rc::new(Self(self.0.clone())))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The state of a generator, as a value.
pub(super) struct StateObject(pub(super) Generator);

impl Object for StateObject {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "GeneratorState")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok("<state of a torch.Generator>".to_owned())
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The class of states of generators.
pub(super) const STATE: NativeClass = NativeClass {
    module: "torch",
    name: "GeneratorState",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[&[Native::new("clone(self)", |_, args| Ok(args.get(0)))]],
    getters: &[],
};

/// The class `torch.Generator`.
pub(super) const GENERATOR: NativeClass = NativeClass {
    module: "torch",
    name: "Generator",
    base: None,
    layout: Layout::Native,
    constructor: Some(Native::new("Generator(device='cpu')", |_, _| {
        Ok(Value::object(GeneratorObject(Some(RefCell::default()))))
    })),
    methods: &[&[
        Native::new("manual_seed(self, seed)", |vm, args| {
            let seed = args.int(1)?;
            of(vm, &args.get(0), |own| *own = Generator::manual_seed(seed as u64))?;
            Ok(args.get(0))
        }),
        Native::new("initial_seed(self)", |vm, args| {
            of(vm, &args.get(0), |own| Value::Int(own.initial_seed() as i64))
        }),
        Native::new("seed(self)", |vm, args| {
            of(vm, &args.get(0), |own| Value::Int(own.initial_seed() as i64))
        }),
        Native::new("get_state(self)", |vm, args| {
            of(vm, &args.get(0), |own| Value::object(StateObject(own.clone())))
        }),
        Native::new("set_state(self, new_state)", |vm, args| {
            let state = state(args, 1)?;
            of(vm, &args.get(0), |own| *own = state)?;
            Ok(args.get(0))
        }),
    ]],
    getters: &[crate::native::Getter::new("device", |vm, _| {
        Ok(Value::object(device::Device::of(vm, &vm.torch.engine)))
    })],
};

fn of<T>(vm: &Machine, value: &Value, body: impl FnOnce(&mut Generator) -> T) -> Result<T> {
    match value.downcast::<GeneratorObject>() {
        Some(GeneratorObject(Some(own))) => Ok(body(&mut own.borrow_mut())),
        Some(GeneratorObject(None)) => Ok(vm.torch.engine.generator(body)),
        None => type_error(format!("expected a torch.Generator, not {}", value.type_name())),
    }
}

pub(super) fn state(args: &Args, i: usize) -> Result<Generator> {
    args.get(i).downcast::<StateObject>().map(|state| state.0.clone()).ok_or_else(|| args.wrong(i, "a state"))
}

/// The generator that `generator=` names, as its value, for those who draw by themselves; the engine's, if none is given.
pub(crate) fn drawn<T>(
    vm: &mut Machine,
    engine: &Engine,
    args: &Args,
    draw: impl FnOnce(&Engine) -> engine::Result<T>,
) -> Result<T> {
    let given = args.by_name("generator");
    let own = given.filter(|given| !matches!(given.downcast(), Some(GeneratorObject(None))));
    let Some(own) = own else { return Ok(draw(engine)?) };
    of(vm, &own, |own| {
        let before = engine.rng_state();
        engine.set_rng_state(own.clone());
        let drawn = draw(engine);
        *own = engine.rng_state();
        engine.set_rng_state(before);
        drawn
    })?
    .map_err(Stop::from)
}
