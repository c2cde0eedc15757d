//! What must be undone when it is left: `try`, `with` and loops.

use std::rc::Rc;

use super::{Block, Compiler, Result, syntax_error};
use crate::ast::{Expr, Handler, Stmt, WithItem};
use crate::code::{Flavour, Op};
use crate::span::Span;
use crate::value::Value;

impl Compiler {
    pub(super) fn return_(&mut self, value: Option<&Expr>, span: Span) -> Result<()> {
        if !matches!(self.unit().code.flavour, Flavour::Function | Flavour::Generator) {
            return syntax_error("'return' outside function", span);
        }
        match value {
            Some(value) => self.expr(value)?,
            None => {
                self.constant(Value::None);
            }
        }
        let blocks = self.unit().blocks.clone();
        self.undo(&blocks, false)?;
        self.unit().blocks = blocks;
        self.emit(Op::Return);
        Ok(())
    }

    /// `break` or `continue`.
    pub(super) fn leave_loop(&mut self, span: Span, leave: bool) -> Result<()> {
        let blocks = self.unit().blocks.clone();
        let Some(place) = blocks.iter().rposition(|block| matches!(block, Block::Loop { .. })) else {
            let text = if leave { "'break' outside loop" } else { "'continue' not properly in loop" };
            return syntax_error(text, span);
        };
        self.undo(&blocks[place + 1..], true)?;
        self.unit().blocks = blocks;
        let Some(&Block::Loop { start, iterator, .. }) = self.unit().blocks.get(place) else { return Ok(()) };
        if leave {
            if iterator {
                self.emit(Op::Pop);
            }
            let jump = self.emit(Op::Jump(0));
            if let Some(Block::Loop { breaks, .. }) = self.unit().blocks.get_mut(place) {
                breaks.push(jump);
            }
        } else {
            self.emit(Op::Jump(start as u32));
        }
        Ok(())
    }

    /// Emits what leaving these blocks takes, from the innermost to the outermost. Each is compiled as if it were outside of
    /// those that are left already.
    fn undo(&mut self, blocks: &[Block], within_loop: bool) -> Result<()> {
        let outside = self.unit().blocks.len() - blocks.len();
        for block in blocks.iter().rev() {
            let left = self.unit().blocks.len().saturating_sub(1).max(outside);
            self.unit().blocks.truncate(left);
            match block {
                // Of a `return`: the iterator goes with the frame.
                Block::Loop { .. } => debug_assert!(!within_loop, "a loop is left by its own jump"),
                Block::Try => {
                    self.emit(Op::EndTry);
                }
                Block::Handler => {
                    self.emit(Op::LeaveHandler);
                }
                Block::Unbind(name) => {
                    self.constant(Value::None);
                    self.store(name);
                    self.delete(name);
                }
                Block::Finally(body) => self.block(body)?,
                Block::With => {
                    self.emit(Op::Exit { handling: false });
                    self.emit(Op::Pop);
                }
            }
        }
        Ok(())
    }

    fn within(&mut self, block: Block, body: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.unit().blocks.push(block);
        body(self)?;
        self.unit().blocks.pop();
        Ok(())
    }

    pub(super) fn try_(
        &mut self,
        body: &[Stmt],
        handlers: &[Handler],
        orelse: &[Stmt],
        finally: &[Stmt],
    ) -> Result<()> {
        if finally.is_empty() {
            return self.try_except(body, handlers, orelse);
        }
        let finally = Rc::new(finally.to_vec());
        let start = self.emit(Op::Try(0));
        self.within(Block::Finally(Rc::clone(&finally)), |c| {
            c.within(Block::Try, |c| match handlers {
                [] => c.block(body),
                _ => c.try_except(body, handlers, orelse),
            })
        })?;
        self.emit(Op::EndTry);
        self.block(&finally)?;
        let done = self.emit(Op::Jump(0));
        self.land(start);
        self.emit(Op::EnterHandler);
        self.within(Block::Handler, |c| c.block(&finally))?;
        self.emit(Op::Reraise);
        self.land(done);
        Ok(())
    }

    fn try_except(&mut self, body: &[Stmt], handlers: &[Handler], orelse: &[Stmt]) -> Result<()> {
        let start = self.emit(Op::Try(0));
        self.within(Block::Try, |c| c.block(body))?;
        self.emit(Op::EndTry);
        self.block(orelse)?;
        let mut done = vec![self.emit(Op::Jump(0))];
        self.land(start);
        self.emit(Op::EnterHandler);
        for handler in handlers {
            self.line(handler.span);
            let next = match &handler.kind {
                Some(kind) => {
                    self.expr(kind)?;
                    Some(self.at(kind.span, |c| c.emit(Op::NoMatch(0))))
                }
                None => None,
            };
            self.within(Block::Handler, |c| c.handler(handler))?;
            self.emit(Op::LeaveHandler);
            done.push(self.emit(Op::Jump(0)));
            next.into_iter().for_each(|jump| self.land(jump));
        }
        self.emit(Op::Reraise);
        done.into_iter().for_each(|jump| self.land(jump));
        Ok(())
    }

    fn handler(&mut self, handler: &Handler) -> Result<()> {
        let Some(name) = &handler.name else { return self.block(&handler.body) };
        self.emit(Op::LoadHandled);
        self.store(name);
        self.within(Block::Unbind(name.clone()), |c| c.block(&handler.body))?;
        self.constant(Value::None);
        self.store(name);
        self.delete(name);
        Ok(())
    }

    pub(super) fn with(&mut self, items: &[WithItem], body: &[Stmt]) -> Result<()> {
        let Some((item, rest)) = items.split_first() else { return self.block(body) };
        self.expr(&item.context)?;
        self.at(item.context.span, |c| c.emit(Op::Enter));
        let start = self.emit(Op::TryWith(0));
        self.within(Block::With, |c| {
            c.within(Block::Try, |c| {
                match &item.target {
                    Some(target) => c.target(target)?,
                    None => {
                        c.emit(Op::Pop);
                    }
                }
                c.with(rest, body)
            })
        })?;
        self.emit(Op::EndTry);
        self.emit(Op::Exit { handling: false });
        self.emit(Op::Pop);
        let done = self.emit(Op::Jump(0));
        self.land(start);
        self.emit(Op::EnterHandler);
        self.emit(Op::Exit { handling: true });
        let swallowed = self.emit(Op::JumpIfTrue(0));
        self.emit(Op::Reraise);
        self.land(swallowed);
        self.emit(Op::LeaveHandler);
        self.land(done);
        Ok(())
    }
}
