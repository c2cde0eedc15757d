//! Copies of a machine, and its end.

use super::Machine;
use crate::discard::discard;
use crate::exchange::Exchange;
use crate::fork::Fork;
use crate::value::Value;

impl Clone for Machine {
    /// A machine that goes on from here on its own. Elements of tensors are shared until one of both writes to them.
    fn clone(&self) -> Self {
        self.copy(&mut Fork::default())
    }
}

impl Machine {
    /// A copy whose functions go on in other codes, and what has become of those.
    pub(crate) fn copy_under(&self, exchange: Exchange) -> (Self, Option<Exchange>) {
        let mut fork = Fork::under(exchange);
        let copy = self.copy(&mut fork);
        (copy, fork.exchange)
    }

    fn copy(&self, fork: &mut Fork) -> Self {
        let mut frames: Vec<_> = self.frames.iter().map(|frame| fork.frame(frame)).collect();
        if let Some(exchange) = &mut fork.exchange {
            let callers = self.frames.iter().map(|frame| &frame.code);
            frames.iter_mut().skip(1).zip(callers).for_each(|(frame, caller)| exchange.result(frame, caller));
        }
        let modules = self.modules.iter().map(|(name, module)| (name.clone(), fork.module(module))).collect();
        let builtins = fork.module(&self.builtins);
        let classes = self.classes.iter().map(|(key, class)| (*key, fork.class(class))).collect();
        let torch = self.torch.fork(fork);
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
            numpy_print: self.numpy_print.clone(),
            limits: self.limits,
            stops: self.stops.clone(),
            stepped_passes: self.stepped_passes,
            clock: self.clock,
            lines: self.lines,
            optimizer_steps: self.optimizer_steps,
            exit_code: self.exit_code,
            allocated: self.allocated,
            spent: 0,
            compared: 0,
        }
    }
}

impl Drop for Machine {
    /// Functions know their module, and it knows them; methods know their class. Each would keep the other.
    fn drop(&mut self) {
        let modules = self.modules.values().flat_map(|module| module.attrs.borrow_mut().take());
        let mut held: Vec<Value> = modules.collect();
        held.extend(self.classes.values().cloned().map(Value::Class));
        let classes = held.iter().filter_map(|value| match value {
            Value::Class(class) => Some(class.attrs.borrow_mut().take()),
            _ => None,
        });
        let attributes: Vec<Value> = classes.flatten().collect();
        discard(held);
        discard(attributes);
    }
}
