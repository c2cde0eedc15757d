//! Attributes: looking them up.

use std::rc::Rc;

use super::Machine;
use crate::ast::Name;
use crate::builtins::Super;
use crate::class::{Class, Instance, Layout};
use crate::error::{Result, Stop, attribute_error};
use crate::function::{Method, Property, PropertyKind};
use crate::map::Map;
use crate::value::{TupleKind, Value};

impl Machine {
    /// `object.name`.
    ///
    /// # Errors
    /// `AttributeError`; and a call, if the attribute is computed by the program.
    pub(crate) fn get_attr(&mut self, object: &Value, name: &str) -> Result<Value> {
        match self.find_attr(object, name)? {
            Some(value) => Ok(value),
            None => self.missing_attr(object, name),
        }
    }

    /// `object.name`, or nothing. Does not ask a `__getattr__`.
    ///
    /// # Errors
    /// A call, if the attribute is computed by the program.
    pub(crate) fn find_attr(&mut self, object: &Value, name: &str) -> Result<Option<Value>> {
        match object {
            Value::Module(module) => match module.get(name) {
                Some(Value::Property(property)) => Err(Stop::call(property.get.borrow().clone(), Vec::new())),
                found => Ok(found),
            },
            Value::Class(class) => self.class_attr(class, name),
            Value::Instance(instance) => self.instance_attr(instance, name),
            Value::Function(function) => {
                let own = function.attrs.borrow().get(name);
                if own.is_some() {
                    return Ok(own);
                }
                Ok(match name {
                    "__name__" => Some(Value::Str(function.code.name.clone())),
                    "__qualname__" => Some(Value::Str(function.code.qualname.clone())),
                    "__doc__" => Some(Value::from(function.code.doc.as_deref())),
                    "__module__" => function.globals.get("__name__"),
                    _ => crate::builtins::function_attr(function, name)?,
                })
            }
            Value::Native(function) if matches!(name, "__name__" | "__qualname__") => {
                Ok(Some(Value::str(function.native.name())))
            }
            Value::Method(method) if matches!(name, "__self__") => Ok(Some(method.receiver.borrow().clone())),
            Value::Method(method) if matches!(name, "__func__") => Ok(Some(method.function.borrow().clone())),
            Value::Method(method) => {
                let function = method.function.borrow().clone();
                self.find_attr(&function, name)
            }
            Value::Tuple(tuple) => {
                if let TupleKind::Named(names) = tuple.kind()
                    && let Some(i) = names.fields.iter().position(|field| &**field == name)
                {
                    return Ok(tuple.items().get(i).cloned());
                }
                self.class_gives(object, name)
            }
            other => {
                if let Some(parent) = other.downcast::<Super>() {
                    return self.super_attr(parent, name);
                }
                self.class_gives(object, name)
            }
        }
    }

    /// An attribute that the class of a value has for it.
    fn class_gives(&mut self, object: &Value, name: &str) -> Result<Option<Value>> {
        let Some(class) = self.class_of(object) else { return Ok(None) };
        if name == "__class__" {
            return Ok(Some(Value::Class(class)));
        }
        match class.lookup(name) {
            Some(found) => self.bind_to(found, object, &class).map(Some),
            None => Ok(None),
        }
    }

    /// What an attribute of a class is, as one of an object: functions become methods, properties are computed.
    fn bind_to(&mut self, found: Value, object: &Value, class: &Rc<Class>) -> Result<Value> {
        Ok(match found {
            Value::Function(_) | Value::Native(_) => Method::bind(object.clone(), found),
            Value::Property(property) => match property.kind {
                PropertyKind::Static => property.get.borrow().clone(),
                PropertyKind::Class => {
                    Method::bind(Value::Class(Rc::clone(class)), property.get.borrow().clone())
                }
                PropertyKind::Property => {
                    return Err(Stop::call(property.get.borrow().clone(), vec![object.clone()]));
                }
                PropertyKind::Native => return self.native_get(&property, object),
            },
            Value::Instance(ref descriptor) => {
                if let Some(function @ Value::Function(_)) = descriptor.class().lookup("__get__") {
                    let args = vec![found.clone(), object.clone(), Value::Class(Rc::clone(class))];
                    return Err(Stop::call(function, args));
                }
                found
            }
            other => other,
        })
    }

    fn native_get(&mut self, property: &Rc<Property>, object: &Value) -> Result<Value> {
        match &*property.get.borrow() {
            Value::Native(function) => self.call_native(function, vec![object.clone()]),
            _ => Ok(Value::None),
        }
    }

    fn instance_attr(&mut self, instance: &Rc<Instance>, name: &str) -> Result<Option<Value>> {
        let (class, object) = (instance.class(), Value::Instance(Rc::clone(instance)));
        match name {
            "__class__" => return Ok(Some(Value::Class(class))),
            "__dict__" if instance.own_dict().is_some() => return Ok(Some(object)),
            "__dict__" => {
                let mut map = Map::default();
                instance.attrs.borrow().iter().for_each(|(name, value)| map.set_str(name, value.clone()));
                return Ok(Some(self.attributes(map, object)));
            }
            _ => {}
        }
        let found = class.lookup(name);
        // A property goes before an attribute of the object itself.
        if let Some(Value::Property(property)) = &found
            && matches!(property.kind, PropertyKind::Property | PropertyKind::Native)
        {
            return self.bind_to(Value::Property(Rc::clone(property)), &object, &class).map(Some);
        }
        if let Some(Value::Instance(descriptor)) = &found
            && descriptor.class().lookup("__set__").is_some()
        {
            return self.bind_to(Value::Instance(Rc::clone(descriptor)), &object, &class).map(Some);
        }
        if let Some(own) = instance.get(name) {
            return Ok(Some(own));
        }
        if let Some(own) = instance.own_dict().and_then(|items| items.0.borrow().get_str(name)) {
            return Ok(Some(own));
        }
        if let Some(found) = found {
            return self.bind_to(found, &object, &class).map(Some);
        }
        if class.layout == Layout::Module {
            return Ok(crate::torch::nn::registered(instance, name));
        }
        Ok(None)
    }

    /// The `__dict__` of an object: a copy that hands on what is written into it.
    fn attributes(&self, map: Map, owner: Value) -> Value {
        let Value::Class(kind) = self.helper("_Attributes") else { return Value::dict(map) };
        let attributes = Instance::new(kind);
        *attributes.inner.borrow_mut() = Some(Value::dict(map));
        attributes.attrs.borrow_mut().set("_owner".into(), owner);
        Value::Instance(attributes)
    }

    fn class_attr(&mut self, class: &Rc<Class>, name: &str) -> Result<Option<Value>> {
        Ok(match class.lookup(name) {
            Some(Value::Property(property)) => Some(match property.kind {
                PropertyKind::Static => property.get.borrow().clone(),
                PropertyKind::Class => {
                    Method::bind(Value::Class(Rc::clone(class)), property.get.borrow().clone())
                }
                PropertyKind::Property | PropertyKind::Native => Value::Property(property),
            }),
            Some(value) => Some(value),
            None => match name {
                "__name__" | "__qualname__" => Some(Value::Str(class.name.clone())),
                "__module__" => Some(Value::Str(class.module.clone())),
                "__class__" => self.class("builtins", "type").map(Value::Class),
                "__doc__" => Some(Value::None),
                "__bases__" => Some(classes(&class.bases.borrow())),
                "__mro__" => {
                    let mut order = vec![Rc::clone(class)];
                    order.extend(class.ancestors.borrow().iter().cloned());
                    Some(classes(&order))
                }
                "__dict__" => {
                    let mut map = Map::default();
                    class.attrs.borrow().iter().for_each(|(name, value)| map.set_str(name, value.clone()));
                    Some(Value::dict(map))
                }
                _ => None,
            },
        })
    }

    fn super_attr(&mut self, parent: &Super, name: &str) -> Result<Option<Value>> {
        let (after, receiver) = parent.parts();
        let Some(after) = after else { return Ok(None) };
        match &receiver {
            // In a class method.
            Value::Class(class) => match class.lookup_after(&after, name) {
                Some(Value::Property(property)) if property.kind == PropertyKind::Class => {
                    Ok(Some(Method::bind(receiver.clone(), property.get.borrow().clone())))
                }
                Some(Value::Property(property)) => Ok(Some(property.get.borrow().clone())),
                // A class method without being marked as one.
                Some(function) if name == "__init_subclass__" => {
                    Ok(Some(Method::bind(receiver.clone(), function)))
                }
                other => Ok(other),
            },
            _ => {
                let Some(class) = self.class_of(&receiver) else { return Ok(None) };
                match class.lookup_after(&after, name) {
                    Some(found) => self.bind_to(found, &receiver, &class).map(Some),
                    None => Ok(None),
                }
            }
        }
    }

    /// Asks `__getattr__`, or says what there is not.
    fn missing_attr(&mut self, object: &Value, name: &str) -> Result<Value> {
        if let Value::Instance(instance) = object
            && let Some(function) = instance.class().lookup("__getattr__")
        {
            return Err(Stop::call(function, vec![object.clone(), Value::str(name)]));
        }
        if let Value::Module(module) = object {
            return self.missing_in_module(&module.name.clone(), name);
        }
        if let Value::Instance(instance) = object
            && instance.class().layout == Layout::Module
            && !instance.attrs.borrow().contains("_modules")
            && !name.starts_with("__")
        {
            return attribute_error(format!("'{}' object has no attribute '{name}'", object.type_name()));
        }
        let text = match object {
            Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name),
            other if other.downcast::<Super>().is_some() => {
                format!("'super' object has no attribute '{name}'")
            }
            other => format!("'{}' object has no attribute '{name}'", other.type_name()),
        };
        let error = Stop::error("AttributeError", text);
        // What PyTorch and NumPy may have, and Seegrad has not.
        let known = match object {
            Value::Tensor(_) => Some("Tensor"),
            Value::Object(object) if object.as_any().is::<crate::numpy::Array>() => Some("ndarray"),
            _ => None,
        };
        Err(match (known, self.closest_attr(object, name)) {
            (Some(kind), Some(closest)) => {
                error.hint(format!("{kind}.{name} is not part of Seegrad. Closest: {kind}.{closest}"))
            }
            (Some(kind), None) => error.hint(format!("{kind}.{name} is not part of Seegrad.")),
            (None, Some(closest)) => error.hint(format!("Did you mean: '{closest}'?")),
            (None, None) => error,
        })
    }

    fn missing_in_module(&mut self, module: &str, name: &str) -> Result<Value> {
        if !crate::modules::importable(module) {
            return attribute_error(format!("module '{module}' has no attribute '{name}'"));
        }
        let known = self.modules.get(module).cloned();
        let names: Vec<Name> = known
            .map(|m| m.attrs.borrow().iter().map(|(name, _)| name.clone()).collect())
            .unwrap_or_default();
        let public = names.iter().map(|name| &**name).filter(|name| !name.starts_with('_'));
        let refused = if module == "torch" { crate::torch::dtype::refusal(name) } else { None };
        if let Some(refused) = refused {
            return attribute_error(refused);
        }
        let hint = match crate::closest::closest(name, public) {
            Some(closest) => format!("{module}.{name} is not part of Seegrad. Closest: {module}.{closest}"),
            None => format!("{module}.{name} is not part of Seegrad."),
        };
        Err(Stop::error("AttributeError", format!("module '{module}' has no attribute '{name}'")).hint(hint))
    }

    fn closest_attr(&mut self, object: &Value, name: &str) -> Option<String> {
        let known = self.dir(object);
        crate::closest::closest(name, known.iter().map(|known| &**known)).map(str::to_owned)
    }

    /// The names of all attributes: `dir(object)`.
    pub(crate) fn dir(&self, object: &Value) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        match object {
            Value::Module(module) => names.extend(module.attrs.borrow().iter().map(|(name, _)| name.clone())),
            Value::Instance(instance) => {
                names.extend(instance.attrs.borrow().iter().map(|(name, _)| name.clone()));
            }
            _ => {}
        }
        let class = match object {
            Value::Class(class) => Some(Rc::clone(class)),
            other => self.class_of(other),
        };
        if let Some(class) = class {
            names.extend(class.attrs.borrow().iter().map(|(name, _)| name.clone()));
            for base in class.ancestors.borrow().iter() {
                names.extend(base.attrs.borrow().iter().map(|(name, _)| name.clone()));
            }
        }
        sorting::sort_by(&mut names, Ord::cmp);
        names.dedup();
        names
    }
}

fn classes(list: &[Rc<Class>]) -> Value {
    Value::tuple(list.iter().cloned().map(Value::Class).collect())
}
