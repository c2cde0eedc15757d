//! What becomes of the result of an instruction: it is pushed, or a call that gives it is begun.

use super::Machine;
use super::frame::{Exhausted, Then};
use super::invoke::Outcome;
use crate::error::{Call, Result, Stop};
use crate::value::Value;

impl Machine {
    /// Pushes a result in the place of so many operands, or runs what gives it.
    pub(super) fn finish(&mut self, result: Result<Value>, operands: usize) -> Result<()> {
        self.finish_then(result, operands, Then::Push)
    }

    /// As [`finish`](Self::finish), for what has no result.
    pub(super) fn finish_silently(&mut self, result: Result<()>, operands: usize) -> Result<()> {
        match result {
            Ok(()) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.drop(operands);
                }
                Ok(())
            }
            Err(stop) => self.finish_then(Err(stop), operands, Then::Discard),
        }
    }

    pub(super) fn finish_then(&mut self, result: Result<Value>, operands: usize, then: Then) -> Result<()> {
        self.finish_with(result, operands, then, Exhausted::Raise)
    }

    pub(super) fn finish_with(
        &mut self,
        result: Result<Value>,
        operands: usize,
        then: Then,
        exhausted: Exhausted,
    ) -> Result<()> {
        let mut result = result;
        let value = loop {
            match result {
                Ok(value) => break value,
                Err(Stop::Call(call)) => {
                    let Call { callee, args, kwargs } = *call;
                    match self.invoke(&callee, args, kwargs)? {
                        Outcome::Value(value) => result = Ok(value),
                        Outcome::Enter(mut frame) => {
                            self.drop_operands(operands);
                            frame.exhausted = exhausted;
                            // The object that an `__init__` is for is the result already.
                            if matches!(frame.then, Then::Push) {
                                frame.then = then;
                            }
                            return self.push_frame(*frame);
                        }
                        Outcome::Resume(resume) => result = Err(Stop::Resume(resume)),
                    }
                }
                Err(Stop::Resume(resume)) => {
                    self.drop_operands(operands);
                    let exhausted = match resume.default {
                        Some(default) => Exhausted::Push(default),
                        None => exhausted,
                    };
                    return self.resume(&resume.generator, resume.sent, resume.thrown, exhausted);
                }
                Err(stop) => return Err(stop),
            }
        };
        self.drop_operands(operands);
        self.deliver(value, &then);
        Ok(())
    }

    /// Does with a result what is to be done with it.
    pub(super) fn deliver(&mut self, value: Value, then: &Then) {
        let Some(frame) = self.frames.last_mut() else { return };
        match then {
            Then::Push | Then::Class(_) => frame.push(value),
            Then::Discard | Then::Module(_) => {}
            Then::Instead(object) => frame.push(object.clone()),
            Then::JumpOrPop { to, when } => {
                if value.plain_truth().unwrap_or(true) == *when {
                    frame.ip = *to as usize;
                } else {
                    frame.drop(1);
                }
            }
        }
    }

    fn drop_operands(&mut self, operands: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.drop(operands);
        }
    }

    /// Puts what a call gives in the place of the topmost value, and runs the instruction again.
    pub(super) fn replace_top(&mut self, call: Stop) -> Result<()> {
        if let Some(frame) = self.frames.last_mut() {
            frame.ip -= 1;
        }
        self.finish(Err(call), 1)
    }
}
