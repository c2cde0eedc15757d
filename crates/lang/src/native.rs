//! Native functions and classes: how they are declared, and how they get at their arguments.

mod args;
mod signature;

pub(crate) use args::Args;
pub(crate) use signature::Signature;

use crate::class::Layout;
use crate::error::Result;
use crate::machine::Machine;
use crate::value::{Module, Value};
use std::rc::Rc;

/// What a native function does. It may be run again from the start if it needs something from outside, so it changes
/// nothing before it has all that it needs.
pub(crate) type Run = fn(&mut Machine, &Args) -> Result<Value>;

/// A native function: its signature as Python writes it, and what it does.
///
/// `sum(input, dim=None, keepdim=False, *, dtype=None)`: defaults are literals; `*rest` and `**names` take what is left;
/// `/` ends the parameters that have no name.
pub(crate) struct Native {
    pub(crate) signature: &'static str,
    pub(crate) run: Run,
}

impl Native {
    pub(crate) const fn new(signature: &'static str, run: Run) -> Self {
        Self { signature, run }
    }

    /// Its name: the signature up to the parenthesis.
    pub(crate) fn name(&self) -> &'static str {
        self.signature.split('(').next().unwrap_or(self.signature)
    }
}

/// An attribute that is computed: `get(self)`, and `set(self, value)` if it can be set.
pub(crate) struct Getter {
    pub(crate) name: &'static str,
    pub(crate) get: Native,
    pub(crate) set: Option<Native>,
}

impl Getter {
    /// One that cannot be set.
    pub(crate) const fn new(name: &'static str, get: Run) -> Self {
        Self { name, get: Native::new("get(self)", get), set: None }
    }

    /// One that can be set.
    pub(crate) const fn settable(name: &'static str, get: Run, set: Run) -> Self {
        Self { name, get: Native::new("get(self)", get), set: Some(Native::new("set(self, value)", set)) }
    }
}

/// A native class. Calling it runs `constructor`; operators are methods with Python's names (`__add__`, `__getitem__`, …).
pub(crate) struct NativeClass {
    pub(crate) module: &'static str,
    pub(crate) name: &'static str,
    /// The name of a base in the same module, declared before.
    pub(crate) base: Option<&'static str>,
    pub(crate) layout: Layout,
    pub(crate) constructor: Option<Native>,
    pub(crate) methods: &'static [&'static [Native]],
    pub(crate) getters: &'static [Getter],
}

/// A module of ours: native functions and classes, constants, and a part in Python, which sees all of those.
pub(crate) struct NativeModule {
    /// With dots: `torch.nn.functional`.
    pub(crate) name: &'static str,
    pub(crate) functions: &'static [&'static [Native]],
    /// Classes, which must have been declared (see [`NativeClass`]) in this module or another.
    pub(crate) classes: &'static [&'static NativeClass],
    /// Sets constants.
    pub(crate) build: Option<fn(&mut Machine, &Rc<Module>)>,
    /// The part in Python; its text is run when the module is first imported, before anything else can see the module.
    pub(crate) source: Option<&'static str>,
}
