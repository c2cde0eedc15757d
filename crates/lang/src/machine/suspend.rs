//! Generators: going on with them, waiting, ending.

use std::rc::Rc;

use super::Machine;
use super::frame::Exhausted;
use super::frame::Frame;
use crate::code::Op;
use crate::error::{Result, Stop};
use crate::generator::{Generator, GeneratorState};
use crate::value::Value;

impl Machine {
    /// A generator has returned.
    pub(super) fn exhaust(&mut self, value: Value, exhausted: Exhausted) -> Result<()> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        match exhausted {
            Exhausted::Jump(end) => {
                frame.drop(1);
                frame.ip = end as usize;
            }
            Exhausted::Push(default) => frame.push(default),
            Exhausted::Value(end) => {
                frame.drop(1);
                frame.push(value);
                frame.ip = end as usize;
            }
            Exhausted::Raise => {
                let args = if value.is_none() { Vec::new() } else { vec![value] };
                let exception = self.exception("StopIteration", args)?;
                return Err(Stop::Raise(exception));
            }
        }
        Ok(())
    }

    /// Goes on with a generator.
    pub(super) fn resume(
        &mut self,
        generator: &Rc<Generator>,
        sent: Value,
        thrown: bool,
        exhausted: Exhausted,
    ) -> Result<()> {
        let state = std::mem::replace(&mut *generator.state.borrow_mut(), GeneratorState::Running);
        match state {
            GeneratorState::Waiting(mut frame) => {
                // What is thrown goes to the generator that this one has handed over to.
                if thrown && let Some((inner, start, end)) = delegate(&frame) {
                    frame.ip = start + 1;
                    frame.exhausted = exhausted;
                    frame.generator = Some(Rc::clone(generator));
                    self.push_frame(*frame)?;
                    return self.resume(&inner, sent, true, Exhausted::Value(end));
                }
                if frame.ip > 0 && !thrown {
                    frame.push(sent.clone());
                }
                frame.exhausted = exhausted;
                frame.generator = Some(Rc::clone(generator));
                self.push_frame(*frame)?;
                if thrown { Err(Stop::Raise(sent)) } else { Ok(()) }
            }
            GeneratorState::Running => Err(Stop::error("ValueError", "generator already executing")),
            GeneratorState::Done => {
                *generator.state.borrow_mut() = GeneratorState::Done;
                if thrown {
                    return Err(Stop::Raise(sent));
                }
                self.exhaust(Value::None, exhausted)
            }
        }
    }

    pub(super) fn yield_(&mut self) -> Result<()> {
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        let value = frame.pop();
        if let Some(generator) = frame.generator.take() {
            *generator.state.borrow_mut() = GeneratorState::Waiting(Box::new(frame));
        }
        if let Some(caller) = self.frames.last_mut() {
            caller.push(value);
        }
        Ok(())
    }
}

/// The generator that a waiting one has handed over to with `yield from`, where that instruction is, and where it ends.
fn delegate(frame: &Frame) -> Option<(Rc<Generator>, usize, u32)> {
    let Some(&Op::Jump(start)) = frame.code.ops.get(frame.ip) else { return None };
    let Some(&Op::YieldFrom(end)) = frame.code.ops.get(start as usize) else { return None };
    match frame.peek(0) {
        Value::Generator(inner) => Some((inner, start as usize, end)),
        _ => None,
    }
}
