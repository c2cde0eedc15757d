//! Functions and classes of the program come into being.

use std::cell::RefCell;
use std::rc::Rc;

use super::Machine;
use super::frame::{Frame, NewClass, Then};
use crate::ast::Name;
use crate::class::Class;
use crate::error::{Result, Stop, type_error};
use crate::function::{CellBox, Function};
use crate::map::{Attrs, Map};
use crate::value::Value;

impl Machine {
    pub(super) fn make_function(&mut self, i: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        let closure = match frame.pop() {
            Value::Tuple(cells) => cells.items().iter().filter_map(cell).collect(),
            _ => Vec::new(),
        };
        let (keywords, defaults) = (frame.pop(), frame.pop());
        let Some(code) = frame.code.inner.get(i).cloned() else { return };
        let positional = usize::from(code.params.positional);
        let names = code.locals.iter().skip(positional).take(code.params.keyword.into());
        let keyword_defaults = match &keywords {
            Value::Dict(dict) => {
                names.map(|name| dict.0.borrow().get_str(super::bind::plain(name))).collect()
            }
            _ => Vec::new(),
        };
        let function = Function {
            globals: Rc::clone(&frame.globals),
            defaults: defaults.sequence().unwrap_or_default().into(),
            keyword_defaults: RefCell::new(keyword_defaults),
            closure: RefCell::new(closure),
            attrs: RefCell::new(Attrs::default()),
            code,
        };
        frame.push(Value::Function(Rc::new(function)));
        self.allocated += 256;
    }

    /// Runs the body of a class.
    pub(super) fn make_class(&mut self, i: usize) -> Result<()> {
        let Some(frame) = self.frames.last() else { return Ok(()) };
        let (bases, keywords, cells) = (frame.peek(2), frame.peek(1), frame.peek(0));
        let Some(code) = frame.code.inner.get(i).cloned() else { return Ok(()) };
        let globals = Rc::clone(&frame.globals);
        let captured: Vec<_> = cells.sequence().unwrap_or_default().iter().filter_map(cell).collect();
        let mut classes = Vec::new();
        for base in bases.sequence().unwrap_or_default() {
            match base {
                Value::Class(class) => classes.push(class),
                other => {
                    let text = format!("a class cannot inherit from a value of type '{}'", other.type_name());
                    return type_error(text);
                }
            }
        }
        if classes.is_empty()
            && let Some(object) = self.class("builtins", "object")
        {
            classes.push(object);
        }
        let mut named = Vec::new();
        if let Value::Dict(dict) = &keywords {
            for (key, value) in dict.0.borrow().iter() {
                if let Value::Str(key) = key {
                    named.push((Rc::clone(key), value.clone()));
                }
            }
        }
        let new = NewClass { name: code.name.clone(), bases: classes, keywords: named };
        let mut body = Frame::new(code, globals, &captured);
        body.namespace = Some(Attrs::default());
        body.then = Then::Class(Rc::new(new));
        if let Some(frame) = self.frames.last_mut() {
            frame.drop(3);
        }
        self.push_frame(body)
    }

    /// Makes a class of the names that its body bound.
    pub(super) fn class_from(&mut self, new: &NewClass, body: &mut Frame) -> Result<Value> {
        let mut attrs = body.namespace.take().unwrap_or_default();
        if let Some(doc) = &body.code.doc {
            attrs.set("__doc__".into(), Value::Str(Rc::clone(doc)));
        }
        if body.code.qualname != body.code.name {
            attrs.set("__qualname__".into(), Value::Str(body.code.qualname.clone()));
        }
        let module = match body.globals.get("__name__") {
            Some(Value::Str(name)) => name,
            _ => "__main__".into(),
        };
        let class = Class::new(new.name.clone(), module, new.bases.clone(), attrs)?;
        class.builtin.set(body.code.internal);
        let value = Value::Class(class);
        if let Some(cell) = body.code.cells.iter().position(|(name, _)| &**name == "__class__")
            && let Some(cell) = body.cells.get(cell)
        {
            *cell.0.borrow_mut() = Some(value.clone());
        }
        Ok(value)
    }

    /// Calls what wants to know of a new class: `__init_subclass__` and `__set_name__`, by a helper.
    pub(super) fn after_class(&mut self, class: &Value, keywords: &[(Name, Value)]) -> Result<()> {
        let Value::Class(new) = class else { return Ok(()) };
        let asked = |base: &Rc<Class>| {
            let hook = base.attrs.borrow().get("__init_subclass__");
            matches!(hook, Some(Value::Function(_) | Value::Property(_)))
        };
        let named = |value: &Value| match value {
            Value::Instance(instance) => instance.class().lookup("__set_name__").is_some(),
            _ => false,
        };
        let hooked = new.ancestors.borrow().iter().any(asked)
            || new.attrs.borrow().iter().any(|(_, value)| named(value));
        if !hooked {
            return Ok(());
        }
        let mut map = Map::default();
        keywords.iter().for_each(|(name, value)| map.set_str(name, value.clone()));
        let call = Stop::call(self.helper("_after_class"), vec![class.clone(), Value::dict(map)]);
        self.finish_then(Err(call), 0, Then::Discard)
    }
}

fn cell(value: &Value) -> Option<Rc<CellBox>> {
    match value {
        Value::Cell(cell) => Some(Rc::clone(cell)),
        _ => None,
    }
}
