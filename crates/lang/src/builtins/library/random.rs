//! The generator behind `random`, as an object: its methods are put together in Python.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::builtins::number::index;
use crate::class::Layout;
use crate::error::{Result, overflow, value_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::object::Object;
use crate::random::python::Twister;
use crate::value::Value;

pub(crate) const GENERATOR: NativeClass = NativeClass {
    module: "random",
    name: "_Generator",
    base: None,
    layout: Layout::Native,
    constructor: Some(Native::new("_Generator()", make)),
    methods: &[&[
        Native::new("seed(self, seed)", seed),
        Native::new("random(self)", random),
        Native::new("getrandbits(self, k)", bits),
        Native::new("state(self)", state),
        Native::new("set_state(self, state)", set_state),
    ]],
    getters: &[],
};

/// A generator.
struct Generator(RefCell<Twister>);

impl Object for Generator {
    fn class(&self) -> (&'static str, &'static str) {
        ("random", "_Generator")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok("<random generator>".to_owned())
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        Some(Rc::new(Self(self.0.clone())))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn with<T>(args: &Args, f: impl FnOnce(&mut Twister) -> T) -> Result<T> {
    match args.get(0).downcast::<Generator>() {
        Some(generator) => Ok(f(&mut generator.0.borrow_mut())),
        None => Err(args.wrong(0, "generator")),
    }
}

/// One that was not seeded: programs are the same each time they run, so it begins as if it had been seeded with 5489.
fn make(_vm: &mut Machine, _args: &Args) -> Result<Value> {
    Ok(Value::object(Generator(RefCell::new(Twister::from_int(5489)))))
}

fn seed(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let new = match args.get(1).unwrapped() {
        Value::Str(text) => Twister::from_text(&text),
        other => Twister::from_int(index(&other)?),
    };
    with(args, |twister| *twister = new).map(|()| Value::None)
}

fn random(_vm: &mut Machine, args: &Args) -> Result<Value> {
    with(args, Twister::random).map(Value::Float)
}

fn bits(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let count = index(&args.get(1))?;
    match u32::try_from(count) {
        Err(_) => value_error("number of bits must be non-negative"),
        Ok(64..) => overflow(),
        Ok(count) => {
            let bits = with(args, |twister| twister.bits(count))?;
            i64::try_from(bits).map_or_else(|_| overflow(), |bits| Ok(Value::Int(bits)))
        }
    }
}

fn state(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let words = with(args, |twister| twister.state())?;
    Ok(Value::tuple(words.into_iter().map(|word| Value::Int(word.into())).collect()))
}

fn set_state(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = args.get(1).sequence().unwrap_or_default();
    let words: Option<Vec<u32>> = items.iter().map(|item| u32::try_from(item.as_int()?).ok()).collect();
    match words.and_then(|words| Twister::from_state(&words)) {
        Some(new) => with(args, |twister| *twister = new).map(|()| Value::None),
        None => value_error("state vector is the wrong size"),
    }
}
