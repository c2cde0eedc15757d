//! Expressions.

use super::{Compiler, Result, syntax_error};
use crate::ast::{CmpOp, Expr, ExprKind, FPart, Literal, UnaryOp};
use crate::builtins::Bytes;
use crate::code::{Flavour, Op};
use crate::value::Value;

impl Compiler {
    /// Pushes the value of an expression.
    pub(super) fn expr(&mut self, expr: &Expr) -> Result<()> {
        self.at(expr.span, |c| c.expr_at(expr))
    }

    pub(super) fn exprs(&mut self, exprs: &[Expr]) -> Result<()> {
        exprs.iter().try_for_each(|e| self.expr(e))
    }

    fn expr_at(&mut self, expr: &Expr) -> Result<()> {
        match &expr.kind {
            ExprKind::Literal(literal) => {
                self.constant(constant(literal));
            }
            ExprKind::FString(parts) => self.fstring(parts)?,
            ExprKind::Name(name) => self.load(name),
            ExprKind::Tuple(items) => self.display(items, Op::BuildTuple, Some(Op::ListToTuple))?,
            ExprKind::List(items) => self.display(items, Op::BuildList, None)?,
            ExprKind::Set(items) => self.set(items)?,
            ExprKind::Dict(entries) => self.dict(entries)?,
            ExprKind::Unary { op, operand } => self.unary(*op, operand)?,
            ExprKind::Binary { op, left, right } => {
                self.expr(left)?;
                self.expr(right)?;
                self.emit(Op::Binary(*op));
            }
            ExprKind::Bool { and, values } => self.bool(*and, values)?,
            ExprKind::Compare { left, rest } => self.compare(left, rest)?,
            ExprKind::IfElse { test, body, orelse } => self.if_else(test, body, orelse)?,
            ExprKind::Call { func, args } => self.call(func, args)?,
            ExprKind::Attribute { value, name } => {
                self.expr(value)?;
                let name = self.name(name);
                self.emit(Op::LoadAttr(name));
            }
            ExprKind::Subscript { value, index } => {
                self.expr(value)?;
                self.expr(index)?;
                self.emit(Op::Subscript);
            }
            ExprKind::Slice { start, stop, step } => {
                for bound in [start, stop, step] {
                    match bound {
                        Some(bound) => self.expr(bound)?,
                        None => {
                            self.constant(Value::None);
                        }
                    }
                }
                self.emit(Op::BuildSlice);
            }
            ExprKind::Starred(_) => return syntax_error("can't use starred expression here", expr.span),
            ExprKind::Lambda(def) => self.function(def)?,
            ExprKind::Comprehension { kind, element, clauses } => {
                self.comprehension((*kind).into(), &[element], clauses)?;
            }
            ExprKind::DictComprehension { key, value, clauses } => {
                self.comprehension(super::function::Collect::Dict, &[key, value], clauses)?;
            }
            ExprKind::Yield(value) => {
                self.in_function("'yield' outside function", expr)?;
                match value {
                    Some(value) => self.expr(value)?,
                    None => {
                        self.constant(Value::None);
                    }
                }
                self.emit(Op::Yield);
            }
            ExprKind::YieldFrom(value) => {
                self.in_function("'yield' outside function", expr)?;
                self.expr(value)?;
                self.emit(Op::Iter);
                self.constant(Value::None);
                let start = self.emit(Op::YieldFrom(0));
                self.emit(Op::Yield);
                self.emit(Op::Jump(start as u32));
                self.land(start);
            }
            ExprKind::Walrus { name, value } => {
                self.expr(value)?;
                self.emit(Op::Dup);
                self.store(name);
            }
        }
        Ok(())
    }

    fn in_function(&mut self, text: &str, expr: &Expr) -> Result<()> {
        match self.unit().code.flavour {
            Flavour::Function | Flavour::Generator => Ok(()),
            Flavour::Module | Flavour::Class => syntax_error(text, expr.span),
        }
    }

    /// A list or tuple, which may have starred items.
    pub(super) fn display(&mut self, items: &[Expr], build: fn(u32) -> Op, finish: Option<Op>) -> Result<()> {
        let starred = |item: &Expr| matches!(item.kind, ExprKind::Starred(_));
        let Some(first) = items.iter().position(starred) else {
            self.exprs(items)?;
            self.emit(build(items.len() as u32));
            return Ok(());
        };
        self.exprs(&items[..first])?;
        self.emit(Op::BuildList(first as u32));
        for item in &items[first..] {
            match &item.kind {
                ExprKind::Starred(inner) => {
                    self.expr(inner)?;
                    self.emit(Op::ListExtend);
                }
                _ => {
                    self.expr(item)?;
                    self.emit(Op::ListAppend(0));
                }
            }
        }
        finish.into_iter().for_each(|op| {
            self.emit(op);
        });
        Ok(())
    }

    fn set(&mut self, items: &[Expr]) -> Result<()> {
        self.emit(Op::BuildSet(0));
        for item in items {
            match &item.kind {
                ExprKind::Starred(inner) => {
                    self.expr(inner)?;
                    self.emit(Op::SetExtend);
                }
                _ => {
                    self.expr(item)?;
                    self.emit(Op::SetAdd(0));
                }
            }
        }
        Ok(())
    }

    fn dict(&mut self, entries: &[(Option<Expr>, Expr)]) -> Result<()> {
        if entries.iter().all(|(key, _)| key.is_some()) {
            for (key, value) in entries {
                key.iter().try_for_each(|key| self.expr(key))?;
                self.expr(value)?;
            }
            self.emit(Op::BuildDict(entries.len() as u32));
            return Ok(());
        }
        self.emit(Op::BuildDict(0));
        for (key, value) in entries {
            match key {
                Some(key) => {
                    self.expr(key)?;
                    self.expr(value)?;
                    self.emit(Op::DictAdd(0));
                }
                None => {
                    self.expr(value)?;
                    self.emit(Op::DictUpdate { call: false });
                }
            }
        }
        Ok(())
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr) -> Result<()> {
        match (op, &operand.kind) {
            (UnaryOp::Neg, ExprKind::Literal(Literal::Int(i))) if *i != i64::MIN => {
                self.constant(Value::Int(-i));
            }
            (UnaryOp::Neg, ExprKind::Literal(Literal::Float(x))) => {
                self.constant(Value::Float(-x));
            }
            _ => {
                self.expr(operand)?;
                self.emit(Op::Unary(op));
            }
        }
        Ok(())
    }

    fn bool(&mut self, and: bool, values: &[Expr]) -> Result<()> {
        let mut jumps = Vec::new();
        for (i, value) in values.iter().enumerate() {
            self.expr(value)?;
            if i + 1 < values.len() {
                jumps.push(self.emit(if and { Op::JumpIfFalseOrPop(0) } else { Op::JumpIfTrueOrPop(0) }));
            }
        }
        jumps.into_iter().for_each(|jump| self.land(jump));
        Ok(())
    }

    /// `a < b < c` is `a < b and b < c`, with `b` computed once.
    fn compare(&mut self, left: &Expr, rest: &[(CmpOp, Expr)]) -> Result<()> {
        self.expr(left)?;
        let mut jumps = Vec::new();
        for (i, (op, right)) in rest.iter().enumerate() {
            self.expr(right)?;
            if i + 1 == rest.len() {
                self.emit(Op::Compare(*op));
            } else {
                self.emit(Op::Dup);
                self.emit(Op::RotThree);
                self.emit(Op::Compare(*op));
                jumps.push(self.emit(Op::JumpIfFalseOrPop(0)));
            }
        }
        if !jumps.is_empty() {
            let done = self.emit(Op::Jump(0));
            jumps.into_iter().for_each(|jump| self.land(jump));
            self.emit(Op::Swap);
            self.emit(Op::Pop);
            self.land(done);
        }
        Ok(())
    }

    fn if_else(&mut self, test: &Expr, body: &Expr, orelse: &Expr) -> Result<()> {
        self.expr(test)?;
        let no = self.emit(Op::JumpIfFalse(0));
        self.expr(body)?;
        let done = self.emit(Op::Jump(0));
        self.land(no);
        self.expr(orelse)?;
        self.land(done);
        Ok(())
    }

    fn fstring(&mut self, parts: &[FPart]) -> Result<()> {
        for part in parts {
            match part {
                FPart::Text(text) => {
                    self.constant(Value::Str(text.clone()));
                }
                FPart::Value { value, conversion, spec } => {
                    self.expr(value)?;
                    if !spec.is_empty() {
                        self.fstring(spec)?;
                    }
                    self.emit(Op::Format { conversion: *conversion, spec: !spec.is_empty() });
                }
            }
        }
        self.emit(Op::BuildString(parts.len() as u32));
        Ok(())
    }
}

fn constant(literal: &Literal) -> Value {
    match literal {
        Literal::None => Value::None,
        Literal::Bool(b) => Value::Bool(*b),
        Literal::Int(i) => Value::Int(*i),
        Literal::Float(x) => Value::Float(*x),
        Literal::Str(s) => Value::Str(s.clone()),
        Literal::Bytes(bytes) => Value::object(Bytes(bytes.clone())),
        Literal::Ellipsis => Value::Ellipsis,
    }
}
