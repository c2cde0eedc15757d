//! Statements.

use super::{Block, Compiler, Result, syntax_error};
use crate::ast::{Alias, Expr, ExprKind, Literal, Name, Stmt, StmtKind};
use crate::code::{Flavour, Op};
use crate::value::Value;

impl Compiler {
    pub(super) fn block(&mut self, body: &[Stmt]) -> Result<()> {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    /// Keeps a text that stands first as documentation.
    pub(super) fn docstring(&mut self, body: &[Stmt]) {
        if let Some(Stmt { kind: StmtKind::Expr(expr), .. }) = body.first()
            && let ExprKind::Literal(Literal::Str(text)) = &expr.kind
        {
            self.unit().code.doc = Some(text.clone());
        }
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result<()> {
        self.line(stmt.span);
        self.at(stmt.span, |c| c.stmt_at(stmt))
    }

    fn stmt_at(&mut self, stmt: &Stmt) -> Result<()> {
        match &stmt.kind {
            StmtKind::Expr(e) => {
                self.expr(e)?;
                self.emit(Op::Pop);
            }
            StmtKind::Assign { targets, value } => self.assign(targets, value)?,
            StmtKind::AugAssign { target, op, value } => self.augmented(target, Op::InPlace(*op), value)?,
            StmtKind::AnnAssign { target, value, .. } => self.annotated(target, value.as_ref())?,
            StmtKind::Del(targets) => targets.iter().try_for_each(|target| self.delete_target(target))?,
            StmtKind::Pass | StmtKind::Global(_) | StmtKind::Nonlocal(_) => {}
            StmtKind::Break => self.leave_loop(stmt.span, true)?,
            StmtKind::Continue => self.leave_loop(stmt.span, false)?,
            StmtKind::Return(value) => self.return_(value.as_ref(), stmt.span)?,
            StmtKind::Raise { exc, cause } => {
                for e in exc.iter().chain(cause) {
                    self.expr(e)?;
                }
                self.emit(Op::Raise(u8::from(exc.is_some()) + u8::from(cause.is_some())));
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                let ok = self.emit(Op::JumpIfTrue(0));
                if let Some(msg) = msg {
                    self.expr(msg)?;
                }
                self.emit(Op::AssertFailed(msg.is_some()));
                self.land(ok);
            }
            StmtKind::Import(names) => self.import(names),
            StmtKind::ImportFrom { module, level, names, star } => {
                if *level > 0 {
                    return syntax_error(
                        "relative imports need a package, and a program here has none",
                        stmt.span,
                    );
                }
                self.import_from(module, names, *star);
            }
            StmtKind::If { test, body, orelse } => self.if_(test, body, orelse)?,
            StmtKind::While { test, body, orelse } => self.while_(test, body, orelse)?,
            StmtKind::For { target, iter, body, orelse } => self.for_(target, iter, body, orelse)?,
            StmtKind::With { items, body } => self.with(items, body)?,
            StmtKind::Try { body, handlers, orelse, finally } => {
                self.try_(body, handlers, orelse, finally)?;
            }
            StmtKind::Def(def) => {
                self.decorated(&def.decorators, |c| c.function(def))?;
                self.store(&def.name);
            }
            StmtKind::Class(class) => {
                self.decorated(&class.decorators, |c| c.class(class))?;
                self.store(&class.name);
            }
        }
        Ok(())
    }

    fn decorated(&mut self, decorators: &[Expr], make: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        decorators.iter().try_for_each(|decorator| self.expr(decorator))?;
        make(self)?;
        for decorator in decorators.iter().rev() {
            self.at(decorator.span, |c| c.emit(Op::Call { args: 1, names: None }));
        }
        Ok(())
    }

    fn assign(&mut self, targets: &[Expr], value: &Expr) -> Result<()> {
        self.expr(value)?;
        for (i, target) in targets.iter().enumerate() {
            if i + 1 < targets.len() {
                self.emit(Op::Dup);
            }
            self.target(target)?;
        }
        Ok(())
    }

    fn annotated(&mut self, target: &Expr, value: Option<&Expr>) -> Result<()> {
        if let Some(value) = value {
            self.expr(value)?;
            self.target(target)?;
        }
        // A data class asks for the names that were annotated.
        if self.unit().code.flavour == Flavour::Class
            && let ExprKind::Name(name) = &target.kind
        {
            let annotations: Name = "__annotations__".into();
            self.constant(Value::Str(name.clone()));
            self.load(&annotations);
            self.constant(Value::Str(name.clone()));
            self.emit(Op::StoreSubscript);
        }
        Ok(())
    }

    /// Pops a value into a target.
    pub(super) fn target(&mut self, target: &Expr) -> Result<()> {
        self.at(target.span, |c| match &target.kind {
            ExprKind::Name(name) => {
                c.store(name);
                Ok(())
            }
            ExprKind::Attribute { value, name } => {
                c.expr(value)?;
                let name = c.name(name);
                c.emit(Op::StoreAttr(name));
                Ok(())
            }
            ExprKind::Subscript { value, index } => {
                c.expr(value)?;
                c.expr(index)?;
                c.emit(Op::StoreSubscript);
                Ok(())
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => c.unpack(items),
            ExprKind::Starred(_) => {
                syntax_error("starred assignment target must be in a list or tuple", target.span)
            }
            _ => syntax_error("cannot assign to expression", target.span),
        })
    }

    fn unpack(&mut self, items: &[Expr]) -> Result<()> {
        let starred = items.iter().position(|item| matches!(item.kind, ExprKind::Starred(_)));
        match starred {
            Some(i) => self.emit(Op::UnpackStarred(i as u16, (items.len() - 1 - i) as u16)),
            None => self.emit(Op::Unpack(items.len() as u32)),
        };
        for (i, item) in items.iter().enumerate() {
            match &item.kind {
                ExprKind::Starred(inner) if starred == Some(i) => self.target(inner)?,
                ExprKind::Starred(_) => {
                    return syntax_error("multiple starred expressions in assignment", item.span);
                }
                _ => self.target(item)?,
            }
        }
        Ok(())
    }

    fn augmented(&mut self, target: &Expr, op: Op, value: &Expr) -> Result<()> {
        match &target.kind {
            ExprKind::Name(name) => {
                self.load(name);
                self.expr(value)?;
                self.emit(op);
                self.store(name);
            }
            ExprKind::Attribute { value: object, name } => {
                let name = self.name(name);
                self.expr(object)?;
                self.emit(Op::Dup);
                self.emit(Op::LoadAttr(name));
                self.expr(value)?;
                self.emit(op);
                self.emit(Op::Swap);
                self.emit(Op::StoreAttr(name));
            }
            ExprKind::Subscript { value: object, index } => {
                self.expr(object)?;
                self.expr(index)?;
                self.emit(Op::DupTwo);
                self.emit(Op::Subscript);
                self.expr(value)?;
                self.emit(op);
                self.emit(Op::RotThree);
                self.emit(Op::StoreSubscript);
            }
            _ => return syntax_error("illegal expression for augmented assignment", target.span),
        }
        Ok(())
    }

    fn delete_target(&mut self, target: &Expr) -> Result<()> {
        match &target.kind {
            ExprKind::Name(name) => self.delete(name),
            ExprKind::Attribute { value, name } => {
                self.expr(value)?;
                let name = self.name(name);
                self.emit(Op::DeleteAttr(name));
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value)?;
                self.expr(index)?;
                self.emit(Op::DeleteSubscript);
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().try_for_each(|item| self.delete_target(item))?;
            }
            _ => return syntax_error("cannot delete expression", target.span),
        }
        Ok(())
    }

    fn import(&mut self, names: &[Alias]) {
        for alias in names {
            let name = self.name(&alias.name);
            self.at(alias.span, |c| c.emit(Op::Import { name, top: alias.alias.is_none() }));
            let top = alias.name.split('.').next().unwrap_or_default();
            self.store(&alias.alias.clone().unwrap_or_else(|| top.into()));
        }
    }

    fn import_from(&mut self, module: &Name, names: &[Alias], star: bool) {
        let name = self.name(module);
        self.emit(Op::Import { name, top: false });
        if star {
            self.emit(Op::ImportStar);
            return;
        }
        for alias in names {
            let name = self.name(&alias.name);
            self.at(alias.span, |c| c.emit(Op::ImportFrom(name)));
            self.store(alias.alias.as_ref().unwrap_or(&alias.name));
        }
        self.emit(Op::Pop);
    }

    fn if_(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> Result<()> {
        self.expr(test)?;
        let no = self.emit(Op::JumpIfFalse(0));
        self.block(body)?;
        if orelse.is_empty() {
            self.land(no);
            return Ok(());
        }
        let done = self.emit(Op::Jump(0));
        self.land(no);
        self.block(orelse)?;
        self.land(done);
        Ok(())
    }

    fn while_(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> Result<()> {
        let start = self.here();
        self.unit().line = 0;
        self.line(test.span);
        self.expr(test)?;
        let end = self.emit(Op::JumpIfFalse(0));
        self.loop_body(start, false, body, orelse, end)
    }

    fn for_(&mut self, target: &Expr, iter: &Expr, body: &[Stmt], orelse: &[Stmt]) -> Result<()> {
        self.expr(iter)?;
        self.at(iter.span, |c| c.emit(Op::Iter));
        let start = self.here();
        let end = self.at(iter.span, |c| c.emit(Op::ForIter(0)));
        self.unit().line = 0;
        self.line(target.span);
        self.target(target)?;
        self.loop_body(start, true, body, orelse, end)
    }

    fn loop_body(
        &mut self,
        start: usize,
        iterator: bool,
        body: &[Stmt],
        orelse: &[Stmt],
        end: usize,
    ) -> Result<()> {
        self.unit().blocks.push(Block::Loop { start, breaks: Vec::new(), iterator });
        self.block(body)?;
        self.emit(Op::Jump(start as u32));
        let breaks = match self.unit().blocks.pop() {
            Some(Block::Loop { breaks, .. }) => breaks,
            _ => Vec::new(),
        };
        self.land(end);
        self.block(orelse)?;
        breaks.into_iter().for_each(|jump| self.land(jump));
        self.unit().line = 0;
        Ok(())
    }
}
