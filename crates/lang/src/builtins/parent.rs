//! `super()`.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::class::{Class, Layout};
use crate::error::{Result, Stop, runtime_error, type_error};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::object::Object;
use crate::value::Value;

/// The class `super`.
pub(crate) const SUPER: NativeClass = NativeClass {
    module: "builtins",
    name: "super",
    base: None,
    layout: Layout::Native,
    constructor: Some(Native::new("super(kind=None, object=None)", make)),
    methods: &[],
    getters: &[],
};

/// What `super()` gives: the attributes that an object has from the classes behind one.
pub(crate) struct Super {
    after: RefCell<Value>,
    receiver: RefCell<Value>,
}

impl Super {
    /// The class, if there is one, and the object.
    pub(crate) fn parts(&self) -> (Option<Rc<Class>>, Value) {
        let after = match &*self.after.borrow() {
            Value::Class(class) => Some(Rc::clone(class)),
            _ => None,
        };
        (after, self.receiver.borrow().clone())
    }
}

impl Object for Super {
    fn class(&self) -> (&'static str, &'static str) {
        ("builtins", "super")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok("<super object>".to_owned())
    }

    fn fork(&self, fork: &mut Fork) -> Option<Rc<dyn Object>> {
        let copy = Rc::new(Self { after: RefCell::new(Value::None), receiver: RefCell::new(Value::None) });
        fork.fill_cell(&copy, &self.after, |copy| &copy.after);
        fork.fill_cell(&copy, &self.receiver, |copy| &copy.receiver);
        Some(copy)
    }

    fn each(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.after.borrow());
        visit(&self.receiver.borrow());
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn make(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (after, receiver) = match (args.opt(0), args.opt(1)) {
        (Some(kind), Some(object)) => (kind, object),
        (Some(_), None) => return type_error("super() of a class alone is not part of Seegrad"),
        (None, _) => implicit(vm)?,
    };
    Ok(Value::object(Super { after: RefCell::new(after), receiver: RefCell::new(receiver) }))
}

/// The class in which the running method stands, and its first argument.
fn implicit(vm: &mut Machine) -> Result<(Value, Value)> {
    let Some(frame) = vm.frames.last() else { return runtime_error("super(): no current frame") };
    let captured = frame.code.cells.iter().map(|(name, _)| name).chain(&frame.code.free);
    let class = captured.zip(&frame.cells).find(|(name, _)| &***name == "__class__");
    let class = class.and_then(|(_, cell)| cell.0.borrow().clone());
    let first = match frame.code.cells.iter().position(|(_, from)| *from == Some(0)) {
        Some(i) => frame.cells.get(i).and_then(|cell| cell.0.borrow().clone()),
        None => frame.locals.first().cloned().flatten(),
    };
    match (class, first) {
        (Some(class), Some(first)) => Ok((class, first)),
        (None, _) => Err(Stop::error("RuntimeError", "super(): __class__ cell not found")),
        (_, None) => runtime_error("super(): no arguments"),
    }
}
