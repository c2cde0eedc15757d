//! Attributes: setting and deleting them.

use std::rc::Rc;

use super::Machine;
use crate::class::{Instance, Layout};
use crate::error::{Result, Stop, attribute_error, type_error};
use crate::function::PropertyKind;
use crate::map::Attrs;
use crate::value::Value;

impl Machine {
    /// `object.name = value`.
    ///
    /// # Errors
    /// `AttributeError`; and a call, if the program does it.
    pub(crate) fn set_attr(&mut self, object: &Value, name: &str, value: Value) -> Result<()> {
        match object {
            Value::Module(module) => {
                module.set(name, value);
                Ok(())
            }
            Value::Function(function) => {
                function.attrs.borrow_mut().set(name.into(), value);
                Ok(())
            }
            Value::Class(class) if !class.builtin.get() || self.is_internal() => {
                class.attrs.borrow_mut().set(name.into(), value);
                Ok(())
            }
            Value::Class(class) => {
                type_error(format!("cannot set '{name}' attribute of immutable type '{}'", class.name))
            }
            Value::Instance(instance) => {
                if let Some(function) = instance.class().hook("__setattr__") {
                    return Err(Stop::call(function, vec![object.clone(), Value::str(name), value]));
                }
                self.set_plainly(instance, name, value)
            }
            other => self.set_native(other, name, value),
        }
    }

    /// Whether a function of ours is running.
    fn is_internal(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.code.internal)
    }

    /// `object.__setattr__(name, value)`: without asking a `__setattr__` of the program.
    ///
    /// # Errors
    /// As for [`set_attr`](Self::set_attr).
    pub(crate) fn set_plainly(&mut self, instance: &Rc<Instance>, name: &str, value: Value) -> Result<()> {
        if name == "__class__" {
            return set_class(instance, value);
        }
        if name == "__dict__" {
            return set_dict(instance, &value);
        }
        let class = instance.class();
        if let Some(Value::Property(property)) = class.lookup(name)
            && matches!(property.kind, PropertyKind::Property | PropertyKind::Native)
        {
            let (object, set) = (Value::Instance(Rc::clone(instance)), property.set.borrow().clone());
            if set.is_none() {
                let owner = &class.name;
                return attribute_error(format!("property '{name}' of '{owner}' object has no setter"));
            }
            return Err(Stop::call(set, vec![object, value]));
        }
        if let Some(descriptor @ Value::Instance(_)) = class.lookup(name)
            && let Some(function @ Value::Function(_)) = self.operator(&descriptor, "__set__")
        {
            let object = Value::Instance(Rc::clone(instance));
            return Err(Stop::call(function, vec![descriptor, object, value]));
        }
        if class.layout == Layout::Module && crate::torch::nn::register(instance, name, &value)? {
            return Ok(());
        }
        match instance.own_dict() {
            Some(items) => items.0.borrow_mut().set_str(name, value),
            None => instance.set(name, value),
        }
        self.allocated += 64;
        Ok(())
    }

    fn set_native(&mut self, object: &Value, name: &str, value: Value) -> Result<()> {
        let found = self.class_of(object).and_then(|class| class.lookup(name));
        if let Some(Value::Property(property)) = found
            && let Value::Native(set) = &*property.set.borrow()
        {
            return self.call_native(set, vec![object.clone(), value]).map(drop);
        }
        let kind = object.type_name();
        match self.find_attr(object, name)? {
            Some(_) => attribute_error(format!("'{kind}' object attribute '{name}' is read-only")),
            None => attribute_error(format!("'{kind}' object has no attribute '{name}'")),
        }
    }

    /// `object.__delattr__(name)`: without asking a `__delattr__` of the program.
    ///
    /// # Errors
    /// As for [`set_attr`](Self::set_attr).
    pub(crate) fn delete_plainly(&mut self, instance: &Rc<Instance>, name: &str) -> Result<()> {
        let class = instance.class();
        if let Some(Value::Property(property)) = class.lookup(name)
            && property.kind == PropertyKind::Property
        {
            let del = property.del.borrow().clone();
            if del.is_none() {
                let owner = &class.name;
                return attribute_error(format!("property '{name}' of '{owner}' object has no deleter"));
            }
            return Err(Stop::call(del, vec![Value::Instance(Rc::clone(instance))]));
        }
        let own = instance.attrs.borrow_mut().remove(name);
        match own.or_else(|| crate::torch::nn::unregister(instance, name)) {
            Some(_) => Ok(()),
            None => attribute_error(format!("'{}' object has no attribute '{name}'", class.name)),
        }
    }

    /// `del object.name`.
    ///
    /// # Errors
    /// As for [`set_attr`](Self::set_attr).
    pub(crate) fn delete_attr(&mut self, object: &Value, name: &str) -> Result<()> {
        let gone = match object {
            Value::Module(module) => module.attrs.borrow_mut().remove(name),
            Value::Function(function) => function.attrs.borrow_mut().remove(name),
            Value::Class(class) if !class.builtin.get() => class.attrs.borrow_mut().remove(name),
            Value::Instance(instance) => {
                if let Some(function) = instance.class().hook("__delattr__") {
                    return Err(Stop::call(function, vec![object.clone(), Value::str(name)]));
                }
                return self.delete_plainly(instance, name);
            }
            _ => None,
        };
        match gone {
            Some(_) => Ok(()),
            None => attribute_error(format!("'{}' object has no attribute '{name}'", object.type_name())),
        }
    }
}

/// `object.__class__ = cls`.
fn set_class(instance: &Instance, value: Value) -> Result<()> {
    let Value::Class(class) = value else {
        return type_error(format!("__class__ must be set to a class, not '{}' object", value.type_name()));
    };
    let before = instance.class();
    if class.builtin.get() && !class.module.starts_with("torch") || class.layout != before.layout {
        let (new, old) = (&class.name, &before.name);
        return type_error(format!("__class__ assignment: '{new}' object layout differs from '{old}'"));
    }
    *instance.class.borrow_mut() = class;
    Ok(())
}

/// `object.__dict__ = mapping`: these are its attributes now. A dict that is set to itself has its items as attributes from then on.
fn set_dict(instance: &Rc<Instance>, value: &Value) -> Result<()> {
    let Value::Dict(items) = value.unwrapped() else {
        return type_error(format!("__dict__ must be set to a dictionary, not a '{}'", value.type_name()));
    };
    if let Value::Instance(other) = value
        && Rc::ptr_eq(instance, other)
    {
        instance.set("__dict__", Value::Bool(true));
        return Ok(());
    }
    let mut attrs = Attrs::default();
    for (key, value) in items.0.borrow().iter() {
        if let Value::Str(name) = key {
            attrs.set(name.clone(), value.clone());
        }
    }
    *instance.attrs.borrow_mut() = attrs;
    Ok(())
}
