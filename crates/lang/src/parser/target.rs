//! What may be assigned to and deleted, and how Python calls what may not.

use super::{Parsed, Parser, SyntaxError};
use crate::ast::{ComprehensionKind, Expr, ExprKind, Literal};

/// What a target is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be bound.
    Assign,
    /// To be deleted.
    Delete,
}

impl Parser<'_> {
    /// Checks that an expression is a target.
    pub(super) fn check_target(&self, target: &Expr, purpose: Purpose) -> Parsed<()> {
        if let (ExprKind::Starred(_), Purpose::Assign) = (&target.kind, purpose) {
            let message = "starred assignment target must be in a list or tuple";
            return Err(Box::new(SyntaxError::new(message, target.span)));
        }
        check(target, purpose)
    }

    /// The targets of `del`.
    pub(super) fn deleted(&mut self) -> Parsed<Vec<Expr>> {
        let start = self.start();
        let list = self.star_list()?;
        if !self.at_end() {
            return Err(self.unexpected());
        }
        check(&list, Purpose::Delete)?;
        match list.kind {
            ExprKind::Tuple(items) if !is_bracketed(&items, start) => Ok(items),
            kind => Ok(vec![Expr { kind, span: list.span }]),
        }
    }

    /// The target of `for`: operands with commas, up to `in`.
    pub(super) fn loop_target(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let first = self.star_target()?;
        let target = if self.is(",") {
            let mut items = vec![first];
            while self.eat(",") && !self.is_key("in") {
                items.push(self.star_target()?);
            }
            self.node(start, ExprKind::Tuple(items))
        } else {
            first
        };
        if self.is_key("in") {
            self.check_target(&target, Purpose::Assign)?;
        }
        Ok(target)
    }

    /// One target, possibly starred.
    pub(super) fn star_target(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if !self.eat("*") {
            return self.operand();
        }
        let inner = self.operand()?;
        self.grow()?;
        Ok(self.node(start, ExprKind::Starred(Box::new(inner))))
    }
}

/// Whether a tuple that began at `start` stands in parentheses.
pub(super) fn is_bracketed(items: &[Expr], start: u32) -> bool {
    items.first().is_none_or(|first| first.span.start > start)
}

fn check(target: &Expr, purpose: Purpose) -> Parsed<()> {
    match &target.kind {
        ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => Ok(()),
        ExprKind::Tuple(items) | ExprKind::List(items) => check_all(items, target, purpose),
        ExprKind::Starred(inner) if purpose == Purpose::Assign => check(inner, purpose),
        _ => {
            let verb = if purpose == Purpose::Assign { "assign to" } else { "delete" };
            let message = format!("cannot {verb} {}", describe(target));
            Err(Box::new(SyntaxError::new(message, target.span)))
        }
    }
}

fn check_all(items: &[Expr], whole: &Expr, purpose: Purpose) -> Parsed<()> {
    items.iter().try_for_each(|item| check(item, purpose))?;
    let starred = items.iter().filter(|item| matches!(item.kind, ExprKind::Starred(_))).count();
    if starred > 1 {
        let message = "multiple starred expressions in assignment";
        return Err(Box::new(SyntaxError::new(message, whole.span)));
    }
    Ok(())
}

/// Whether an expression is `None`, `True` or `False`.
pub(super) fn is_constant(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Literal(Literal::None | Literal::Bool(_)))
}

/// What Python calls an expression.
pub(super) fn describe(expr: &Expr) -> &'static str {
    match &expr.kind {
        ExprKind::Literal(Literal::None) => "None",
        ExprKind::Literal(Literal::Bool(true)) => "True",
        ExprKind::Literal(Literal::Bool(false)) => "False",
        ExprKind::Literal(Literal::Ellipsis) => "ellipsis",
        ExprKind::Literal(_) => "literal",
        ExprKind::FString(_) => "f-string expression",
        ExprKind::Name(_) => "name",
        ExprKind::Tuple(_) => "tuple",
        ExprKind::List(_) => "list",
        ExprKind::Set(_) => "set display",
        ExprKind::Dict(_) => "dict literal",
        ExprKind::Unary { .. } | ExprKind::Binary { .. } | ExprKind::Bool { .. } => "expression",
        ExprKind::Compare { .. } => "comparison",
        ExprKind::IfElse { .. } => "conditional expression",
        ExprKind::Call { .. } => "function call",
        ExprKind::Attribute { .. } => "attribute",
        ExprKind::Subscript { .. } => "subscript",
        ExprKind::Slice { .. } => "slice",
        ExprKind::Starred(_) => "starred",
        ExprKind::Lambda(_) => "lambda",
        ExprKind::Comprehension { kind: ComprehensionKind::List, .. } => "list comprehension",
        ExprKind::Comprehension { kind: ComprehensionKind::Set, .. } => "set comprehension",
        ExprKind::Comprehension { kind: ComprehensionKind::Generator, .. } => "generator expression",
        ExprKind::DictComprehension { .. } => "dict comprehension",
        ExprKind::Yield(_) | ExprKind::YieldFrom(_) => "yield expression",
        ExprKind::Walrus { .. } => "named expression",
    }
}
