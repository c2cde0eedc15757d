//! What objects of classes look like, and exceptions.

use std::rc::Rc;

use super::{Holes, Writer, address};
use crate::class::Instance;
use crate::error::Result;
use crate::machine::Machine;
use crate::value::Value;

impl Writer<'_> {
    /// Whether the program has a method for it: then its answer is written, or noted as missing.
    fn hole(&mut self, instance: &Rc<Instance>, names: &[&str]) -> bool {
        let class = instance.class();
        let Some(Value::Function(_)) = names.iter().find_map(|name| class.lookup(name)) else { return false };
        match &mut self.holes {
            Holes::Plain => return false,
            Holes::Collect(holes) => holes.push(Value::Instance(Rc::clone(instance))),
            Holes::Fill(texts) => {
                if let Some(text) = texts.next() {
                    self.out += &text;
                }
            }
        }
        true
    }

    pub(super) fn instance_str(&mut self, instance: &Rc<Instance>) -> Result<()> {
        let class = instance.class();
        if matches!(class.lookup("__str__"), Some(Value::Function(_))) {
            if self.hole(instance, &["__str__"]) {
                return Ok(());
            }
        } else if class.is_builtin("BaseException") {
            return self.exception_str(instance);
        } else if self.hole(instance, &["__repr__"]) {
            return Ok(());
        }
        let inner = instance.inner.borrow().clone();
        match inner {
            Some(inner @ Value::Str(_)) => self.str(&inner),
            _ => self.instance_repr(instance),
        }
    }

    pub(super) fn instance_repr(&mut self, instance: &Rc<Instance>) -> Result<()> {
        if self.hole(instance, &["__repr__"]) {
            return Ok(());
        }
        self.plain_repr(instance)
    }

    fn plain_repr(&mut self, instance: &Rc<Instance>) -> Result<()> {
        let class = instance.class();
        let value = Value::Instance(Rc::clone(instance));
        if class.is_builtin("BaseException") {
            self.out += &class.name;
            let args = arguments(instance);
            return self.nested(&value, "(...)", |w| w.between("(", &args, ")"));
        }
        let inner = instance.inner.borrow().clone();
        match inner {
            Some(set @ Value::Set(_)) => {
                self.out += &class.name;
                self.out += "(";
                self.repr(&set)?;
                self.out += ")";
                Ok(())
            }
            Some(inner) => self.nested(&value, "...", |w| w.repr(&inner)),
            None => {
                self.out += &format!("<{} object at {}>", class.full_name(), address(&value));
                Ok(())
            }
        }
    }

    fn exception_str(&mut self, instance: &Rc<Instance>) -> Result<()> {
        let args = arguments(instance);
        let value = Value::Instance(Rc::clone(instance));
        match &*args {
            [] => Ok(()),
            [one] if instance.class().is_builtin("KeyError") => self.nested(&value, "...", |w| w.repr(one)),
            [one] => self.nested(&value, "...", |w| w.str(one)),
            [number, text, ..] if instance.class().is_builtin("OSError") => {
                self.out += "[Errno ";
                self.str(number)?;
                self.out += "] ";
                self.str(text)
            }
            _ => self.repr(&Value::tuple(args)),
        }
    }
}

impl Machine {
    /// `repr(object)` as if its class had no `__repr__` of the program: what `super().__repr__()` gives.
    ///
    /// # Errors
    /// What reading the values of tensors says.
    pub(crate) fn show_without_own(&mut self, value: &Value) -> Result<String> {
        let mut writer = Writer::new(self, Holes::Plain);
        match value {
            Value::Instance(instance) => writer.plain_repr(instance)?,
            other => writer.repr(other)?,
        }
        Ok(writer.out)
    }

    /// `str(exception)` as if its class had no `__str__` of the program.
    ///
    /// # Errors
    /// What reading the values of tensors says.
    pub(crate) fn show_exception(&mut self, instance: &Rc<Instance>) -> Result<String> {
        let mut writer = Writer::new(self, Holes::Plain);
        writer.exception_str(instance)?;
        Ok(writer.out)
    }
}

/// What an exception was made of.
fn arguments(instance: &Instance) -> Vec<Value> {
    match instance.get("args") {
        Some(Value::Tuple(args)) => args.items().to_vec(),
        _ => Vec::new(),
    }
}
