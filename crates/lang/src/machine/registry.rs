//! Making the native classes and modules.

use std::rc::Rc;

use super::{Frame, Machine, Stops};
use crate::class::Class;
use crate::function::{NativeFunction, Property, PropertyKind};
use crate::map::Attrs;
use crate::native::{NativeClass, NativeModule};
use crate::value::{Module, Value};

impl Machine {
    /// Makes all native classes, and `builtins` with its part in Python.
    pub(super) fn register(&mut self) {
        for class in crate::modules::classes() {
            self.register_class(class);
        }
        let Some(native) = crate::modules::find("builtins") else { return };
        self.builtins = self.new_module(native);
        self.modules.insert("builtins".to_owned(), Rc::clone(&self.builtins));
        if let Some(source) = native.source
            && let Ok(code) = crate::modules::compiled("builtins", source)
        {
            self.frames.push(Frame::new(code, Rc::clone(&self.builtins), &[]));
            self.run(u64::MAX, &Stops::default());
            self.clock = 0;
        }
    }

    fn register_class(&mut self, native: &'static NativeClass) {
        let object = self.class("builtins", "object");
        let base = native
            .base
            .and_then(|base| [native.module, "torch", "builtins"].iter().find_map(|m| self.class(m, base)));
        let bases: Vec<Rc<Class>> = base.or(object).into_iter().collect();
        let mut ancestors = bases.clone();
        for base in &bases {
            ancestors.extend(base.ancestors.borrow().iter().cloned());
        }
        let mut attrs = Attrs::default();
        for method in native.methods.iter().copied().flatten() {
            attrs.set(method.name().into(), Value::Native(NativeFunction::method(method)));
        }
        for getter in native.getters {
            let get = Value::Native(NativeFunction::new(&getter.get));
            let set = getter.set.as_ref().map_or(Value::None, |set| Value::Native(NativeFunction::new(set)));
            attrs.set(getter.name.into(), Property::value(PropertyKind::Native, get, set));
        }
        let class = Class {
            name: native.name.into(),
            module: native.module.into(),
            bases: bases.into(),
            ancestors: ancestors.into(),
            attrs: attrs.into(),
            constructor: native.constructor.as_ref().map(NativeFunction::new),
            builtin: true.into(),
            layout: native.layout,
        };
        self.classes.insert((native.module, native.name), Rc::new(class));
    }

    /// A module of ours without its part in Python.
    pub(super) fn new_module(&mut self, native: &'static NativeModule) -> Rc<Module> {
        let module = Module::new(native.name);
        for function in native.functions.iter().copied().flatten() {
            module.set(function.name(), Value::Native(NativeFunction::new(function)));
        }
        for class in native.classes {
            if let Some(class) = self.class(class.module, class.name) {
                module.attrs.borrow_mut().set(class.name.clone(), Value::Class(class));
            }
        }
        if let Some(build) = native.build {
            build(self, &module);
        }
        module
    }
}
