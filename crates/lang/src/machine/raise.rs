//! Exceptions: raising and handling them, and `with`.

use std::rc::Rc;

use super::Machine;
use super::frame::Exhausted;
use super::run::Traceback;
use crate::class::{Class, Instance, Place};
use crate::error::{Fault, Result, Stop, type_error};
use crate::generator::GeneratorState;
use crate::span::Span;
use crate::value::Value;

impl Machine {
    /// A new exception of a class of ours.
    ///
    /// # Errors
    /// `TypeError`, if there is no such class.
    pub(crate) fn exception(&mut self, class: &str, args: Vec<Value>) -> Result<Value> {
        match self.builtins.get(class) {
            Some(Value::Class(class)) => Ok(new_exception(&class, args)),
            _ => type_error(format!("there is no exception '{class}'")),
        }
    }

    /// The `KeyError` of a key.
    pub(crate) fn key_error(&mut self, key: Value) -> Stop {
        match self.exception("KeyError", vec![key]) {
            Ok(exception) => Stop::Raise(exception),
            Err(stop) => stop,
        }
    }

    /// Sends what stopped an instruction to the innermost handler; the report, if there is none.
    pub(super) fn raise(&mut self, stop: Stop) -> Option<Traceback> {
        let exception = match stop {
            Stop::Raise(exception) => exception,
            Stop::Error(fault) => self.exception_of(&fault),
            Stop::Need(_) | Stop::Hash(_) | Stop::Same(..) | Stop::Call(_) | Stop::Resume(_) => {
                let text = "something was to be run that cannot be run here".to_owned();
                self.exception_of(&Fault { class: "RuntimeError", text, hint: None })
            }
        };
        while let Some(frame) = self.frames.last_mut() {
            if !frame.code.internal
                && let Value::Instance(instance) = &exception
            {
                let span = frame.code.spans.get(frame.ip.saturating_sub(1)).copied().unwrap_or_default();
                let function = frame.code.name.clone();
                let mut raised = instance.raised.borrow_mut();
                // Raised again in the same frame: the place is known.
                if raised.trace.len() < 1000
                    && raised.trace.last().is_none_or(|last| last.function != function || last.span != span)
                {
                    raised.trace.push(Place { function, span });
                }
            }
            if let Some(guard) = frame.tries.pop() {
                if let Value::Instance(instance) = &exception
                    && let Some(context) = frame.handled.last()
                    && !context.is(&exception)
                    && instance.get("__context__").is_none()
                {
                    instance.set("__context__", context.clone());
                }
                frame.stack.truncate(guard.stack);
                frame.handled.truncate(guard.handled);
                frame.exits.truncate(guard.exits);
                frame.push(exception);
                frame.ip = guard.handler;
                return None;
            }
            if self.unwind(&exception) {
                return None;
            }
        }
        if let Value::Instance(instance) = &exception
            && instance.class().is_builtin("SystemExit")
        {
            self.exit_with(instance);
            return None;
        }
        if self.ask_texts(&exception) {
            return None;
        }
        Some(self.report(&exception))
    }

    /// Leaves the frame that runs. Whether the exception ends there, because it tells a loop that there is nothing more.
    fn unwind(&mut self, exception: &Value) -> bool {
        let Some(frame) = self.frames.pop() else { return false };
        if let Some(generator) = &frame.generator {
            *generator.state.borrow_mut() = GeneratorState::Done;
        }
        if let super::Then::Module(module) = &frame.then {
            self.modules.remove(&*module.name);
        }
        let Value::Instance(instance) = exception else { return false };
        if matches!(frame.exhausted, Exhausted::Raise) || !instance.class().is_builtin("StopIteration") {
            return false;
        }
        let value = match instance.get("args") {
            Some(Value::Tuple(args)) => args.items().first().cloned().unwrap_or(Value::None),
            _ => Value::None,
        };
        let Some(caller) = self.frames.last_mut() else { return false };
        match frame.exhausted {
            Exhausted::Jump(end) => {
                caller.drop(1);
                caller.ip = end as usize;
            }
            Exhausted::Push(default) => caller.push(default),
            Exhausted::Value(end) => {
                caller.drop(1);
                caller.push(value);
                caller.ip = end as usize;
            }
            Exhausted::Raise => return false,
        }
        true
    }

    fn exception_of(&mut self, fault: &Fault) -> Value {
        let class = match self.builtins.get(fault.class) {
            Some(Value::Class(class)) => class,
            _ => match self.builtins.get("RuntimeError") {
                Some(Value::Class(class)) => class,
                _ => return Value::None,
            },
        };
        // The text of a `KeyError` is the key as `repr` writes it.
        let quoted = |text: &str| text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')).map(Value::str);
        let key = if fault.class == "KeyError" { quoted(&fault.text) } else { None };
        let exception = new_exception(&class, vec![key.unwrap_or_else(|| Value::str(&fault.text))]);
        if let Value::Instance(instance) = &exception {
            instance.raised.borrow_mut().hint.clone_from(&fault.hint);
        }
        exception
    }

    pub(super) fn raise_op(&mut self, count: u8) -> Result<()> {
        if count == 0 {
            return Err(match self.handled() {
                Some(exception) => Stop::Raise(exception),
                None => Stop::error("RuntimeError", "No active exception to reraise"),
            });
        }
        let (raised, cause) = match count {
            1 => (self.peek(0), None),
            _ => (self.peek(1), Some(self.peek(0))),
        };
        let exception = match &raised {
            Value::Class(class) if class.is_builtin("BaseException") => {
                if let Some(Value::Function(_)) = class.lookup("__init__") {
                    // Made by running the program; the instruction is then run again with the exception.
                    if let Some(cause) = cause {
                        let call = Stop::call(self.helper("_raise_from"), vec![raised, cause]);
                        return self.finish(Err(call), 2);
                    }
                    return self.replace_top(Stop::call(raised, Vec::new()));
                }
                new_exception(class, Vec::new())
            }
            Value::Instance(instance) if instance.class().is_builtin("BaseException") => raised.clone(),
            _ => return type_error("exceptions must derive from BaseException"),
        };
        if let (Some(cause), Value::Instance(instance)) = (cause, &exception) {
            instance.set("__suppress_context__", Value::Bool(true));
            instance.set("__cause__", cause);
        }
        let handled = self.frames.last().and_then(|frame| frame.handled.last().cloned());
        if let (Some(context), Value::Instance(instance)) = (handled, &exception)
            && !context.is(&exception)
        {
            instance.set("__context__", context);
        }
        Err(Stop::Raise(exception))
    }

    pub(super) fn assert_failed(&mut self, message: bool) -> Result<()> {
        let args = if message { vec![self.peek(0)] } else { Vec::new() };
        let exception = self.exception("AssertionError", args)?;
        Err(Stop::Raise(exception))
    }

    /// `except class:`.
    pub(super) fn no_match(&mut self, to: u32) -> Result<()> {
        let kind = self.peek(0);
        let handled = self.frames.last().and_then(|frame| frame.handled.last().cloned());
        let kinds = match &kind {
            Value::Tuple(kinds) => kinds.items().to_vec(),
            one => vec![one.clone()],
        };
        let mut matches = false;
        for kind in &kinds {
            match (kind, &handled) {
                (Value::Class(class), Some(Value::Instance(instance)))
                    if class.is_builtin("BaseException") =>
                {
                    matches |= instance.class().is_subclass(class);
                }
                (Value::Class(class), _) if class.is_builtin("BaseException") => {}
                _ => {
                    return type_error(
                        "catching classes that do not inherit from BaseException is not allowed",
                    );
                }
            }
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.drop(1);
            if !matches {
                frame.ip = to as usize;
            }
        }
        Ok(())
    }

    pub(super) fn enter(&mut self) -> Result<()> {
        let context = self.peek(0);
        let enter = self.operator(&context, "__enter__");
        let (Some(enter), Some(_)) = (enter, self.operator(&context, "__exit__")) else {
            let kind = context.type_name();
            return type_error(format!("'{kind}' object does not support the context manager protocol"));
        };
        if let Some(frame) = self.frames.last_mut() {
            frame.exits.push(context.clone());
        }
        self.finish(Err(Stop::call(enter, vec![context])), 1)
    }

    pub(super) fn exit(&mut self, handling: bool) -> Result<()> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        let context = frame.exits.pop().unwrap_or(Value::None);
        let handled = frame.handled.last().cloned().filter(|_| handling);
        let mut args = vec![context.clone()];
        match handled {
            Some(Value::Instance(exception)) => {
                args.extend([Value::Class(exception.class()), Value::Instance(exception), Value::None]);
            }
            _ => args.extend([Value::None, Value::None, Value::None]),
        }
        match self.operator(&context, "__exit__") {
            Some(exit) => self.finish(Err(Stop::call(exit, args)), 0),
            None => type_error("the context manager lost its __exit__"),
        }
    }
}

impl Machine {
    /// The span of the instruction that runs, of the innermost frame of the program.
    pub(crate) fn span(&self) -> Option<Span> {
        let frame = self.frames.iter().rev().find(|frame| !frame.code.internal)?;
        frame.code.spans.get(frame.ip.saturating_sub(1)).copied()
    }
}

fn new_exception(class: &Rc<Class>, args: Vec<Value>) -> Value {
    let instance = Instance::new(Rc::clone(class));
    instance.set("args", Value::tuple(args));
    Value::Instance(instance)
}
