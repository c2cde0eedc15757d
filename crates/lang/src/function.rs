//! What can be called: functions of the program, native ones, and both bound to an object.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::code::Code;
use crate::error::Result;
use crate::map::Attrs;
use crate::native::{Native, Signature};
use crate::value::{Module, Value};

/// A function of the program: its code, and what it closes over.
pub(crate) struct Function {
    /// Its names and parameters; what runs is the [`whole`](Self::whole).
    pub(crate) code: Rc<Code>,
    pub(crate) globals: Rc<Module>,
    /// The defaults of the last parameters that can be given by place.
    pub(crate) defaults: RefCell<Vec<Value>>,
    /// The defaults of those that can only be given by name, in their order.
    pub(crate) keyword_defaults: RefCell<Vec<Option<Value>>>,
    /// The variables of enclosing functions, in the order of `code.free`.
    pub(crate) closure: RefCell<Vec<Rc<CellBox>>>,
    /// `__name__`, `__doc__` and whatever else was set.
    pub(crate) attrs: RefCell<Attrs>,
}

/// A variable that functions share.
#[derive(Default)]
pub(crate) struct CellBox(pub(crate) RefCell<Option<Value>>);

/// A native function.
pub(crate) struct NativeFunction {
    pub(crate) native: &'static Native,
    /// Whether its first parameter is the object that it is a method of: messages do not count that.
    pub(crate) method: bool,
    signature: OnceCell<Rc<Signature>>,
}

impl NativeFunction {
    pub(crate) fn new(native: &'static Native) -> Rc<Self> {
        Rc::new(Self { native, method: false, signature: OnceCell::new() })
    }

    /// One that is a method.
    pub(crate) fn method(native: &'static Native) -> Rc<Self> {
        Rc::new(Self { native, method: true, signature: OnceCell::new() })
    }

    /// Its parameters, parsed at the first call.
    pub(crate) fn signature(&self) -> &Rc<Signature> {
        self.signature.get_or_init(|| Rc::new(Signature::parse(self.native.signature)))
    }
}

/// A function bound to the object that its first parameter is.
pub(crate) struct Method {
    pub(crate) receiver: RefCell<Value>,
    pub(crate) function: RefCell<Value>,
}

impl Method {
    pub(crate) fn bind(receiver: Value, function: Value) -> Value {
        Value::Method(Rc::new(Self { receiver: RefCell::new(receiver), function: RefCell::new(function) }))
    }
}

/// What a class holds that is no plain attribute.
pub(crate) struct Property {
    pub(crate) kind: PropertyKind,
    pub(crate) get: RefCell<Value>,
    pub(crate) set: RefCell<Value>,
    pub(crate) del: RefCell<Value>,
}

/// How an attribute is computed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PropertyKind {
    /// `@property`: `get` is called.
    Property,
    /// `@staticmethod`: `get` is the function.
    Static,
    /// `@classmethod`: `get` is bound to the class.
    Class,
    /// A native attribute: `get` and `set` are native functions.
    Native,
}

impl Function {
    /// The code that a call runs.
    ///
    /// # Errors
    /// A fault of ours: it was to follow and cannot be had, or is wrong.
    pub(crate) fn whole(&self) -> Result<&Rc<Code>> {
        self.code.late.as_ref().map_or(Ok(&self.code), |late| late.code(&self.code.qualname))
    }

    /// Its name behind that of its class: `Net.forward`.
    pub(crate) fn title(&self) -> String {
        match self.attrs.borrow().get("__qualname__") {
            Some(Value::Str(name)) => name.to_string(),
            _ => self.code.qualname.to_string(),
        }
    }
}

impl Property {
    pub(crate) fn value(kind: PropertyKind, get: Value, set: Value) -> Value {
        Self::with(kind, [get, set, Value::None])
    }

    /// One of the functions that get, set and delete.
    pub(crate) fn with(kind: PropertyKind, [get, set, del]: [Value; 3]) -> Value {
        let (get, set, del) = (RefCell::new(get), RefCell::new(set), RefCell::new(del));
        Value::Property(Rc::new(Self { kind, get, set, del }))
    }
}
