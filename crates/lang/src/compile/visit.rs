//! Walks over expressions.

use std::collections::BTreeSet;

use crate::ast::{Arg, Expr, ExprKind, FPart, Name};

/// Calls `visit` with each expression that stands directly in `expr`; not those of lambdas and comprehensions, which have
/// names of their own.
pub(super) fn children(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Lambda(_)
        | ExprKind::Comprehension { .. }
        | ExprKind::DictComprehension { .. } => {}
        ExprKind::FString(parts) => parts.iter().for_each(|part| part_children(part, visit)),
        ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items) => items.iter().for_each(visit),
        ExprKind::Dict(entries) => {
            for (key, value) in entries {
                key.iter().for_each(&mut *visit);
                visit(value);
            }
        }
        ExprKind::Unary { operand, .. } => visit(operand),
        ExprKind::Binary { left, right, .. } => {
            visit(left);
            visit(right);
        }
        ExprKind::Bool { values, .. } => values.iter().for_each(visit),
        ExprKind::Compare { left, rest } => {
            visit(left);
            rest.iter().for_each(|(_, operand)| visit(operand));
        }
        ExprKind::IfElse { test, body, orelse } => [test, body, orelse].into_iter().for_each(|e| visit(e)),
        ExprKind::Call { func, args } => {
            visit(func);
            for arg in args {
                match arg {
                    Arg::Positional(e) | Arg::Star(e) | Arg::Keyword(_, e) | Arg::DoubleStar(e) => visit(e),
                }
            }
        }
        ExprKind::Attribute { value, .. } | ExprKind::Starred(value) | ExprKind::YieldFrom(value) => {
            visit(value);
        }
        ExprKind::Subscript { value, index } => {
            visit(value);
            visit(index);
        }
        ExprKind::Slice { start, stop, step } => {
            [start, stop, step].into_iter().flatten().for_each(|e| visit(e));
        }
        ExprKind::Yield(value) => value.iter().for_each(|e| visit(e)),
        ExprKind::Walrus { value, .. } => visit(value),
    }
}

fn part_children(part: &FPart, visit: &mut dyn FnMut(&Expr)) {
    if let FPart::Value { value, spec, .. } = part {
        visit(value);
        spec.iter().for_each(|part| part_children(part, visit));
    }
}

/// The names that `:=` binds in `expr`, but for those in lambdas.
pub(super) fn walrus_names(expr: &Expr, found: &mut BTreeSet<Name>) {
    match &expr.kind {
        ExprKind::Walrus { name, value } => {
            found.insert(name.clone());
            walrus_names(value, found);
        }
        ExprKind::Comprehension { element, clauses, .. } => {
            walrus_names(element, found);
            clauses.iter().flat_map(|clause| &clause.conditions).for_each(|c| walrus_names(c, found));
        }
        _ => children(expr, &mut |child| walrus_names(child, found)),
    }
}

/// Whether a `yield` of this function stands in `expr`.
pub(super) fn yields(expr: &Expr) -> bool {
    if matches!(expr.kind, ExprKind::Yield(_) | ExprKind::YieldFrom(_)) {
        return true;
    }
    let mut found = false;
    children(expr, &mut |child| found |= yields(child));
    found
}
