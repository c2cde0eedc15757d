//! Variables.

use super::Machine;
use crate::ast::Name;
use crate::code::Op;
use crate::error::{Result, Stop};
use crate::value::Value;

impl Machine {
    pub(super) fn name_at(&self, i: u32) -> Name {
        let frame = self.frames.last();
        frame.and_then(|frame| frame.code.names.get(i as usize).cloned()).unwrap_or_else(|| "".into())
    }

    pub(super) fn variable(&mut self, op: Op) -> Result<()> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        match op {
            Op::LoadLocal(i) => match frame.locals.get(usize::from(i)).cloned().flatten() {
                Some(value) => frame.push(value),
                None => return Err(self.unbound_local(i)),
            },
            Op::StoreLocal(i) => {
                let value = frame.pop();
                if let Some(local) = frame.locals.get_mut(usize::from(i)) {
                    *local = Some(value);
                }
            }
            Op::DeleteLocal(i) => {
                let gone = frame.locals.get_mut(usize::from(i)).and_then(Option::take);
                return gone.map(drop).ok_or_else(|| self.unbound_local(i));
            }
            Op::LoadCell(i) => {
                let value = frame.cells.get(usize::from(i)).and_then(|cell| cell.0.borrow().clone());
                match value {
                    Some(value) => frame.push(value),
                    None => return Err(self.unbound_cell(i)),
                }
            }
            Op::StoreCell(i) => {
                let value = frame.pop();
                if let Some(cell) = frame.cells.get(usize::from(i)) {
                    *cell.0.borrow_mut() = Some(value);
                }
            }
            Op::DeleteCell(i) => {
                let gone = frame.cells.get(usize::from(i)).and_then(|cell| cell.0.borrow_mut().take());
                return gone.map(drop).ok_or_else(|| self.unbound_cell(i));
            }
            Op::PushCell(i) => {
                if let Some(cell) = frame.cells.get(usize::from(i)).cloned() {
                    frame.push(Value::Cell(cell));
                }
            }
            Op::LoadGlobal(i) => {
                let name = self.name_at(i);
                let value = self.global(&name)?;
                self.push(value);
            }
            Op::StoreGlobal(i) => {
                let name = self.name_at(i);
                if let Some(frame) = self.frames.last_mut() {
                    let value = frame.pop();
                    frame.globals.attrs.borrow_mut().set(name, value);
                }
            }
            Op::DeleteGlobal(i) => {
                let name = self.name_at(i);
                let gone = self.globals().and_then(|globals| globals.attrs.borrow_mut().remove(&name));
                if gone.is_none() {
                    return Err(undefined(&name));
                }
            }
            Op::LoadName(i) => {
                let name = self.name_at(i);
                let own = self.frames.last().and_then(|frame| frame.namespace.as_ref()?.get(&name));
                let value = match own {
                    Some(value) => value,
                    None => self.global(&name)?,
                };
                self.push(value);
            }
            Op::StoreName(i) => {
                let name = self.name_at(i);
                if let Some(frame) = self.frames.last_mut() {
                    let value = frame.pop();
                    if let Some(namespace) = &mut frame.namespace {
                        namespace.set(name, value);
                    }
                }
            }
            Op::DeleteName(i) => {
                let name = self.name_at(i);
                let namespace = self.frames.last_mut().and_then(|frame| frame.namespace.as_mut());
                if namespace.and_then(|names| names.remove(&name)).is_none() {
                    return Err(undefined(&name));
                }
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn push(&mut self, value: Value) {
        if let Some(frame) = self.frames.last_mut() {
            frame.push(value);
        }
    }

    fn global(&self, name: &str) -> Result<Value> {
        let own = self.globals().and_then(|globals| globals.get(name));
        match own.or_else(|| self.builtins.get(name)) {
            Some(value) => Ok(value),
            None => Err(self.not_defined(name)),
        }
    }

    /// The `NameError`, with the closest name that there is.
    fn not_defined(&self, name: &str) -> Stop {
        let mut known: Vec<Name> = Vec::new();
        if let Some(globals) = self.globals() {
            known.extend(globals.attrs.borrow().iter().map(|(name, _)| name.clone()));
        }
        known.extend(self.builtins.attrs.borrow().iter().map(|(name, _)| name.clone()));
        let closest = crate::closest::closest(name, known.iter().map(|known| &**known));
        let error = undefined(name);
        match closest {
            Some(closest) => error.hint(format!("Did you mean: '{closest}'?")),
            None if crate::modules::importable(name) => {
                error.hint(format!("Did you forget to import '{name}'?"))
            }
            None => error,
        }
    }

    fn unbound_local(&self, i: u16) -> Stop {
        let name = self.frames.last().and_then(|frame| frame.code.locals.get(usize::from(i)).cloned());
        let text = format!(
            "cannot access local variable '{}' where it is not associated with a value",
            name.as_deref().unwrap_or_default()
        );
        Stop::error("UnboundLocalError", text)
    }

    fn unbound_cell(&self, i: u16) -> Stop {
        let Some(frame) = self.frames.last() else { return undefined("") };
        let i = usize::from(i);
        let own = frame.code.cells.get(i).map(|(name, _)| name);
        let name = own.or_else(|| frame.code.free.get(i.checked_sub(frame.code.cells.len())?));
        let name = name.map_or("", |name| &**name);
        let text = format!(
            "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
        );
        Stop::error("NameError", text)
    }
}

fn undefined(name: &str) -> Stop {
    Stop::error("NameError", format!("name '{name}' is not defined"))
}
