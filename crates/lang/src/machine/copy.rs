//! Copies of a machine, and its end.

use super::Machine;
use crate::discard::discard;
use crate::fork::Fork;
use crate::value::Value;

impl Clone for Machine {
    /// A machine that goes on from here on its own. Elements of tensors are shared until one of both writes to them.
    fn clone(&self) -> Self {
        let mut fork = Fork::default();
        let frames = self.frames.iter().map(|frame| fork.frame(frame)).collect();
        let modules = self.modules.iter().map(|(name, module)| (name.clone(), fork.module(module))).collect();
        let builtins = fork.module(&self.builtins);
        let classes = self.classes.iter().map(|(key, class)| (*key, fork.class(class))).collect();
        let torch = self.torch.fork(&mut fork);
        fork.finish();
        Self {
            frames,
            modules,
            builtins,
            classes,
            text: self.text.clone(),
            answers: Vec::new(),
            used: 0.into(),
            events: self.events.clone(),
            request: None,
            torch,
            streams: self.streams.clone(),
            numpy_print: self.numpy_print.clone(),
            limits: self.limits,
            lines: self.lines,
            allocated: self.allocated,
        }
    }
}

impl Drop for Machine {
    /// Functions know their module, and it knows them: that would keep both.
    fn drop(&mut self) {
        for module in self.modules.values() {
            discard(module.attrs.borrow_mut().take());
        }
        for class in self.classes.values() {
            let held: Vec<Value> = class.attrs.borrow_mut().take();
            discard(held);
        }
    }
}
