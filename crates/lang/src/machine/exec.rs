//! One instruction.
//!
//! An instruction that needs something from outside is run again from its start, so it pops its operands only when it
//! has its result.

use super::Machine;
use super::frame::{Exhausted, Guard, Then};
use crate::code::Op;
use crate::error::{Result, Stop};
use crate::iterate::Next;
use crate::value::Value;

impl Machine {
    pub(super) fn exec(&mut self, op: Op) -> Result<()> {
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        match op {
            Op::Line(_) => self.watch_memory()?,
            Op::Const(i) => {
                let value = frame.code.constants.get(i as usize).cloned().unwrap_or(Value::None);
                frame.push(value);
            }
            Op::Pop => frame.drop(1),
            Op::Dup => frame.push(frame.peek(0)),
            Op::DupTwo => {
                let (a, b) = (frame.peek(1), frame.peek(0));
                frame.push(a);
                frame.push(b);
            }
            Op::Swap => {
                let (b, a) = (frame.pop(), frame.pop());
                frame.push(b);
                frame.push(a);
            }
            Op::RotThree => {
                let (c, b, a) = (frame.pop(), frame.pop(), frame.pop());
                frame.push(c);
                frame.push(a);
                frame.push(b);
            }
            Op::LoadLocal(i) if frame.load(i) => {}
            Op::StoreLocal(i) if frame.store(i) => {}
            Op::LoadLocal(_)
            | Op::StoreLocal(_)
            | Op::DeleteLocal(_)
            | Op::LoadCell(_)
            | Op::StoreCell(_)
            | Op::DeleteCell(_)
            | Op::PushCell(_)
            | Op::LoadGlobal(_)
            | Op::StoreGlobal(_)
            | Op::DeleteGlobal(_)
            | Op::LoadName(_)
            | Op::StoreName(_)
            | Op::DeleteName(_) => self.variable(op)?,
            Op::LoadAttr(name) => {
                let (name, object) = (self.name_at(name), self.peek(0));
                let result = self.get_attr(&object, &name);
                self.finish(result, 1)?;
            }
            Op::StoreAttr(name) => {
                let (name, object, value) = (self.name_at(name), self.peek(0), self.peek(1));
                let result = self.set_attr(&object, &name, value);
                self.finish_silently(result, 2)?;
            }
            Op::DeleteAttr(name) => {
                let (name, object) = (self.name_at(name), self.peek(0));
                let result = self.delete_attr(&object, &name);
                self.finish_silently(result, 1)?;
            }
            Op::Subscript => {
                let (object, index) = (self.peek(1), self.peek(0));
                let result = self.subscript(&object, &index);
                self.finish(result, 2)?;
            }
            Op::StoreSubscript => {
                let (value, object, index) = (self.peek(2), self.peek(1), self.peek(0));
                let result = self.set_subscript(&object, &index, value);
                self.finish_silently(result, 3)?;
            }
            Op::DeleteSubscript => {
                let (object, index) = (self.peek(1), self.peek(0));
                let result = self.delete_subscript(&object, &index);
                self.finish_silently(result, 2)?;
            }
            Op::Unary(op) => {
                let operand = self.peek(0);
                if let Some(truth) = self.truth_for_not(op, &operand)? {
                    self.finish(Ok(Value::Bool(!truth)), 1)?;
                } else if op == crate::ast::UnaryOp::Not {
                    self.replace_top_by_truth(&operand)?;
                } else {
                    let result = self.unary(op, &operand);
                    self.finish(result, 1)?;
                }
            }
            Op::Binary(op) | Op::InPlace(op) if frame.compute(op) => {}
            Op::Binary(op) => {
                let (a, b) = (self.peek(1), self.peek(0));
                let result = self.binary(op, &a, &b);
                self.finish(result, 2)?;
            }
            Op::InPlace(op) => {
                let (a, b) = (self.peek(1), self.peek(0));
                let result = self.in_place(op, &a, &b);
                self.finish(result, 2)?;
            }
            Op::Compare(op) if frame.order(op) => {}
            Op::Compare(op) => {
                let (a, b) = (self.peek(1), self.peek(0));
                let result = self.compare(op, &a, &b);
                self.finish(result, 2)?;
            }
            Op::Jump(to) => frame.ip = to as usize,
            Op::JumpIfFalse(to) if frame.branch(to, false) => {}
            Op::JumpIfTrue(to) if frame.branch(to, true) => {}
            Op::JumpIfFalse(to) => self.jump_if(to, false, false)?,
            Op::JumpIfTrue(to) => self.jump_if(to, true, false)?,
            Op::JumpIfFalseOrPop(to) => self.jump_if(to, false, true)?,
            Op::JumpIfTrueOrPop(to) => self.jump_if(to, true, true)?,
            Op::BuildTuple(_)
            | Op::BuildList(_)
            | Op::BuildSet(_)
            | Op::BuildDict(_)
            | Op::BuildSlice
            | Op::BuildString(_)
            | Op::ListAppend(_)
            | Op::SetAdd(_)
            | Op::DictAdd(_)
            | Op::ListExtend
            | Op::SetExtend
            | Op::DictUpdate { .. }
            | Op::ListToTuple => self.build(op)?,
            Op::Format { conversion, spec } => self.format_op(conversion, spec)?,
            Op::Unpack(count) => self.unpack(count as usize, None)?,
            Op::UnpackStarred(before, after) => self.unpack(before.into(), Some(after.into()))?,
            Op::Iter => {
                let value = self.peek(0);
                let result = self.iter(&value);
                self.finish(result, 1)?;
            }
            Op::ForIter(end) => self.for_iter(end)?,
            Op::Call { args, names } => self.call_op(args.into(), names)?,
            Op::CallSpread => self.call_spread()?,
            Op::MakeFunction(i) => self.make_function(i as usize),
            Op::MakeClass(i) => self.make_class(i as usize)?,
            Op::Return => {
                let value = frame.pop();
                self.leave(value)?;
            }
            Op::Yield => self.yield_()?,
            Op::YieldFrom(end) => self.yield_from(end)?,
            Op::Import { name, top } => self.import_op(name, top)?,
            Op::ImportFrom(name) => self.import_from(name)?,
            Op::ImportStar => self.import_star(),
            Op::Try(handler) | Op::TryWith(handler) => {
                let stack =
                    frame.stack.len() - usize::from(matches!(op, Op::TryWith(_))).min(frame.stack.len());
                let guard = Guard {
                    handler: handler as usize,
                    stack,
                    handled: frame.handled.len(),
                    exits: frame.exits.len(),
                };
                frame.tries.push(guard);
            }
            Op::EndTry => {
                frame.tries.pop();
            }
            Op::EnterHandler => {
                let exception = frame.pop();
                frame.handled.push(exception);
            }
            Op::LoadHandled => {
                let exception = frame.handled.last().cloned().unwrap_or(Value::None);
                frame.push(exception);
            }
            Op::NoMatch(to) => self.no_match(to)?,
            Op::LeaveHandler => {
                frame.handled.pop();
            }
            Op::Reraise => {
                let exception = frame.handled.pop().unwrap_or(Value::None);
                return Err(Stop::Raise(exception));
            }
            Op::Raise(count) => return self.raise_op(count),
            Op::Enter => self.enter()?,
            Op::Exit { handling } => self.exit(handling)?,
            Op::AssertFailed(message) => return self.assert_failed(message),
        }
        Ok(())
    }

    pub(super) fn peek(&mut self, below: usize) -> Value {
        self.frames.last().map_or(Value::None, |frame| frame.peek(below))
    }

    fn jump_if(&mut self, to: u32, when: bool, keep: bool) -> Result<()> {
        let value = self.peek(0);
        let Some(truth) = self.truth(&value)? else {
            if keep {
                let call = self.truth_call(&value)?;
                return self.finish_then(Err(call), 0, Then::JumpOrPop { to, when });
            }
            return self.replace_top_by_truth(&value);
        };
        if let Some(frame) = self.frames.last_mut() {
            if truth == when {
                frame.ip = to as usize;
            }
            if !(keep && truth == when) {
                frame.drop(1);
            }
        }
        Ok(())
    }

    /// `for`: the next item of the iterator on top.
    fn for_iter(&mut self, end: u32) -> Result<()> {
        let iterator = self.peek(0);
        match self.next(&iterator) {
            Ok(Next::Item(item)) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.push(item);
                }
                Ok(())
            }
            Ok(Next::End) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.drop(1);
                    frame.ip = end as usize;
                }
                Ok(())
            }
            Err(stop) => self.finish_with(Err(stop), 0, Then::Push, Exhausted::Jump(end)),
        }
    }
}
