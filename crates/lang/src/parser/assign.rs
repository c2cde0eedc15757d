//! Statements that begin with an expression: assignments of all kinds, and expressions alone.

use super::target::{Purpose, is_bracketed};
use super::{Parsed, Parser, SyntaxError};
use crate::ast::{BinOp, Expr, ExprKind, StmtKind};
use crate::lexer::Tok;
use crate::span::Span;

impl Parser<'_> {
    pub(super) fn expression_statement(&mut self) -> Parsed<StmtKind> {
        let start = self.start();
        let first = self.value_list()?;
        if self.is(":") {
            return self.annotated(start, first);
        }
        if let Some(op) = self.augmented() {
            self.check_augmented(&first)?;
            self.bump();
            self.tallest = 0;
            return Ok(StmtKind::AugAssign { target: first, op, value: self.values()? });
        }
        if self.is("=") {
            return self.assignment(start, first);
        }
        Ok(StmtKind::Expr(unstarred(first)?))
    }

    /// `yield`, or expressions with commas, of which some may be starred.
    pub(super) fn value_list(&mut self) -> Parsed<Expr> {
        if self.is_key("yield") { self.yielding() } else { self.star_list() }
    }

    /// As [`Parser::value_list`], where it cannot be a target: a star needs a comma.
    pub(super) fn values(&mut self) -> Parsed<Expr> {
        self.value_list().and_then(unstarred)
    }

    fn assignment(&mut self, start: u32, first: Expr) -> Parsed<StmtKind> {
        let mut targets = Vec::new();
        let mut last = first;
        let mut last_start = start;
        while self.is("=") {
            self.check_assigned(&last, last_start, targets.is_empty())?;
            self.bump();
            targets.push(last);
            self.tallest = 0;
            last_start = self.start();
            last = self.value_list()?;
        }
        Ok(StmtKind::Assign { targets, value: unstarred(last)? })
    }

    fn annotated(&mut self, start: u32, target: Expr) -> Parsed<StmtKind> {
        let message = match &target.kind {
            ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => None,
            ExprKind::Tuple(_) => Some("only single target (not tuple) can be annotated"),
            ExprKind::List(_) => Some("only single target (not list) can be annotated"),
            _ => Some("illegal target for annotation"),
        };
        if let Some(message) = message {
            let annotated = self.probe(|parser| {
                parser.bump();
                parser.expr()
            });
            let at = match &target.kind {
                ExprKind::Tuple(items) if !is_bracketed(items, start) => {
                    items.first().unwrap_or(&target).span
                }
                _ => target.span,
            };
            return Err(match annotated {
                Some(_) => Box::new(SyntaxError::new(message, at)),
                None => self.unexpected(),
            });
        }
        self.bump();
        self.tallest = 0;
        self.expr()?;
        self.tallest = 0;
        let value = if self.eat("=") { Some(self.values()?) } else { None };
        Ok(StmtKind::AnnAssign { target, value })
    }

    fn augmented(&self) -> Option<BinOp> {
        let Tok::Op(sign) = self.peek() else { return None };
        Some(match sign {
            "+=" => BinOp::Add,
            "-=" => BinOp::Sub,
            "*=" => BinOp::Mul,
            "/=" => BinOp::Div,
            "//=" => BinOp::FloorDiv,
            "%=" => BinOp::Mod,
            "**=" => BinOp::Pow,
            "@=" => BinOp::MatMul,
            "&=" => BinOp::And,
            "|=" => BinOp::Or,
            "^=" => BinOp::Xor,
            "<<=" => BinOp::Shl,
            ">>=" => BinOp::Shr,
            _ => return None,
        })
    }

    fn check_augmented(&self, target: &Expr) -> Parsed<()> {
        if matches!(target.kind, ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. })
        {
            return Ok(());
        }
        let name = super::target::describe(target);
        let message = format!("'{name}' is an illegal expression for augmented assignment");
        Err(Box::new(SyntaxError::new(message, target.span)))
    }

    /// Checks what stands before a `=`, and says what may be meant instead.
    fn check_assigned(&mut self, target: &Expr, start: u32, first: bool) -> Parsed<()> {
        let Err(error) = self.check_target(target, Purpose::Assign) else { return Ok(()) };
        // What Python takes for a comparison with one sign too few: the last operand before the sign.
        let operand = match &target.kind {
            ExprKind::Tuple(items) if first && !is_bracketed(items, start) => items.last().unwrap_or(target),
            _ => target,
        };
        let whole = target.span == operand.span && target.span.start > start;
        let loose = !whole && is_loose(operand);
        let kept = operand.span != error.span || loose || self.is_lasting(operand);
        if kept || !first || !self.compares() {
            return Err(error);
        }
        let message = format!("{} here. Maybe you meant '==' instead of '='?", error.message);
        Err(Box::new(SyntaxError { message, ..*error }))
    }

    /// `None`, `True` and `False`, lists, tuples and generators, of which Python says no more.
    fn is_lasting(&self, target: &Expr) -> bool {
        super::target::is_constant(target)
            || matches!(target.kind, ExprKind::List(_) | ExprKind::Tuple(_) | ExprKind::Name(_))
            || super::target::describe(target) == "generator expression"
    }

    /// Whether a single operand stands after the `=` here.
    pub(super) fn compares(&mut self) -> bool {
        let found = self.probe(|parser| {
            parser.bump();
            parser.operand()?;
            Ok(!parser.is("=") && !parser.is(":="))
        });
        found == Some(true)
    }

    /// In `if a = b`: says that a comparison has two signs. `start` is where `a` began.
    pub(super) fn mistaken_equals(&mut self, left: &Expr, start: u32) -> Option<Box<SyntaxError>> {
        if !self.is("=") || is_loose(left) || !self.compares() {
            return None;
        }
        if let ExprKind::Name(_) = left.kind {
            let end = self.probe(|parser| {
                parser.bump();
                parser.operand().map(|right| right.span.end)
            });
            let span = Span::new(start, end.unwrap_or(left.span.end));
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Some(Box::new(SyntaxError::new(message, span).hint("'==' compares, '=' assigns.")));
        }
        if self.is_lasting(left) {
            return None;
        }
        let name = super::target::describe(left);
        let message = format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?");
        Some(Box::new(SyntaxError::new(message, left.span).hint("'==' compares, '=' assigns.")))
    }
}

fn unstarred(value: Expr) -> Parsed<Expr> {
    match value.kind {
        ExprKind::Starred(_) => {
            Err(Box::new(SyntaxError::new("can't use starred expression here", value.span)))
        }
        _ => Ok(value),
    }
}

/// Whether the sign of an expression binds looser than `|`: such an expression is no operand of a comparison.
fn is_loose(expr: &Expr) -> bool {
    use crate::ast::UnaryOp;
    match &expr.kind {
        ExprKind::Unary { op, .. } => *op == UnaryOp::Not,
        ExprKind::Compare { .. }
        | ExprKind::Bool { .. }
        | ExprKind::IfElse { .. }
        | ExprKind::Lambda(_)
        | ExprKind::Yield(_)
        | ExprKind::YieldFrom(_)
        | ExprKind::Walrus { .. }
        | ExprKind::Starred(_) => true,
        _ => false,
    }
}
