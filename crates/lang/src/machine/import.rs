//! Modules.

use std::rc::Rc;

use super::{Frame, Machine, Then};
use crate::ast::Name;
use crate::error::{Result, Stop};
use crate::value::Value;

impl Machine {
    /// `import a.b.c`: pushes the module, or the first part of its name.
    pub(super) fn import_op(&mut self, name: u32, top: bool) -> Result<()> {
        let name = self.name_at(name);
        let mut end = 0;
        // Modules are imported from the outermost to the innermost: this instruction is run again after each.
        while end < name.len() {
            end = name[end + 1..].find('.').map_or(name.len(), |at| end + 1 + at);
            let part = &name[..end];
            if !self.modules.contains_key(part) {
                return self.load_module(part, &name);
            }
        }
        let wanted = if top { name.split('.').next().unwrap_or(&name) } else { &*name };
        if let Some(module) = self.modules.get(wanted).cloned() {
            self.push(Value::Module(module));
        }
        Ok(())
    }

    fn load_module(&mut self, part: &str, whole: &str) -> Result<()> {
        let Some(code) = self.begin_module(part)? else {
            let error = Stop::error("ModuleNotFoundError", format!("No module named '{part}'"));
            let known = crate::modules::names();
            return Err(match crate::closest::closest(part, known) {
                Some(closest) => error.hint(format!("{whole} is not part of Seegrad. Closest: {closest}")),
                None => error.hint(format!(
                    "{whole} is not part of Seegrad. There are: torch, torchvision, numpy, matplotlib.pyplot, math, \
                     random, time, collections, itertools, functools and a few more."
                )),
            });
        };
        if let Some(frame) = self.frames.last_mut() {
            frame.ip -= 1;
        }
        match code {
            Some(frame) => self.push_frame(*frame),
            None => Ok(()),
        }
    }

    /// Makes a module of ours; with the frame that runs its part in Python, if it has one. Nothing if there is none.
    fn begin_module(&mut self, name: &str) -> Result<Option<Option<Box<Frame>>>> {
        let Some(native) = crate::modules::find(name) else { return Ok(None) };
        let module = self.new_module(native);
        if let Some((parent, own)) = name.rsplit_once('.')
            && let Some(parent) = self.modules.get(parent)
        {
            parent.set(own, Value::Module(Rc::clone(&module)));
        }
        self.modules.insert(name.to_owned(), Rc::clone(&module));
        let Some(source) = native.source else { return Ok(Some(None)) };
        let code = crate::modules::compiled(name, source)?;
        let mut frame = Frame::new(code, Rc::clone(&module), &[]);
        frame.then = Then::Module(module);
        Ok(Some(Some(Box::new(frame))))
    }

    pub(super) fn import_from(&mut self, name: u32) -> Result<()> {
        let name = self.name_at(name);
        let Value::Module(module) = self.peek(0) else { return Ok(()) };
        let full = format!("{}.{name}", module.name);
        let found = match self.find_attr(&Value::Module(Rc::clone(&module)), &name) {
            Ok(found) => found.or_else(|| self.modules.get(&full).cloned().map(Value::Module)),
            // Found by a call.
            Err(stop) => return self.finish(Err(stop), 0),
        };
        match found {
            Some(value) => {
                self.push(value);
                Ok(())
            }
            None if crate::modules::find(&full).is_some() => self.load_module(&full, &full),
            None => {
                let text = format!("cannot import name '{name}' from '{}'", module.name);
                let error = Stop::error("ImportError", text);
                let names: Vec<Name> = module.attrs.borrow().iter().map(|(name, _)| name.clone()).collect();
                let closest = crate::closest::closest(&name, names.iter().map(|name| &**name));
                Err(match closest {
                    Some(closest) => error.hint(format!("{full} is not part of Seegrad. Closest: {closest}")),
                    None => error.hint(format!("{full} is not part of Seegrad.")),
                })
            }
        }
    }

    pub(super) fn import_star(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        let Value::Module(module) = frame.pop() else { return };
        for (name, value) in module.attrs.borrow().iter() {
            if !name.starts_with('_') && !matches!(value, Value::Property(_)) {
                frame.globals.attrs.borrow_mut().set(name.clone(), value.clone());
            }
        }
    }
}
