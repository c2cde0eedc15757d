//! What the trees are. Expressions are written in short, with all their parentheses.

use super::{Expr, ExprKind, StmtKind, expr, read};
use crate::ast::{Arg, BinOp, UnaryOp};

/// Operators with parentheses around each; what holds no operators is written as in the text.
fn short(source: &str, expr: &Expr) -> String {
    let show = |expr: &Expr| short(source, expr);
    match &expr.kind {
        ExprKind::Binary { op, left, right } => format!("({op:?} {} {})", show(left), show(right)),
        ExprKind::Unary { op, operand } => format!("({op:?} {})", show(operand)),
        ExprKind::Bool { and, values } => {
            let values: Vec<String> = values.iter().map(show).collect();
            format!("({} {})", if *and { "and" } else { "or" }, values.join(" "))
        }
        ExprKind::Compare { left, rest } => {
            let rest: Vec<String> =
                rest.iter().map(|(op, value)| format!("{op:?} {}", show(value))).collect();
            format!("({} {})", show(left), rest.join(" "))
        }
        ExprKind::IfElse { test, body, orelse } => {
            format!("(if {} {} {})", show(test), show(body), show(orelse))
        }
        _ => source[expr.span.start as usize..expr.span.end as usize].to_string(),
    }
}

#[test]
fn operators_bind_as_in_python() {
    for (source, expected) in [
        ("1 + 2 * 3 - 4", "(Sub (Add 1 (Mul 2 3)) 4)"),
        ("-a ** -b ** c", "(Neg (Pow a (Neg (Pow b c))))"),
        ("a @ b / c // d % e", "(Mod (FloorDiv (Div (MatMul a b) c) d) e)"),
        ("a | b ^ c & d << e + f", "(Or a (Xor b (And c (Shl d (Add e f)))))"),
        ("a or b and not c or d", "(or a (and b (Not c)) d)"),
        ("a < b <= c != d", "(a Lt b Le c Ne d)"),
        ("a is not b not in c in d is e", "(a IsNot b NotIn c In d Is e)"),
        ("not a == b", "(Not (a Eq b))"),
        ("a if b else c if d else e", "(if b a (if d c e))"),
        ("(a + b).c[d](e) * ~f", "(Mul (a + b).c[d](e) (Invert f))"),
        ("+a >> 1", "(Shr (Pos a) 1)"),
    ] {
        assert_eq!(short(source, &expr(source)), expected, "{source}");
    }
}

#[test]
fn assignments_are_told_apart() {
    let kind = |text: &str| read(text).swap_remove(0).kind;
    assert!(matches!(kind("a = b, *c = d.e = 1"), StmtKind::Assign { targets, .. } if targets.len() == 3));
    assert!(matches!(kind("a @= b"), StmtKind::AugAssign { op: BinOp::MatMul, .. }));
    assert!(matches!(kind("a: int"), StmtKind::AnnAssign { value: None, .. }));
    assert!(matches!(kind("a.b: int = 1, 2"), StmtKind::AnnAssign { value: Some(_), .. }));
    assert!(matches!(kind("del a, b[0]"), StmtKind::Del(targets) if targets.len() == 2));
    assert!(matches!(kind("del (a, b)"), StmtKind::Del(targets) if targets.len() == 1));
    assert!(matches!(
        kind("-1"),
        StmtKind::Expr(Expr { kind: ExprKind::Unary { op: UnaryOp::Neg, .. }, .. })
    ));
}

#[test]
fn imports_are_read() {
    let StmtKind::Import(names) = &read("import torch.nn as nn, math")[0].kind else { panic!() };
    assert_eq!(
        (&*names[0].name, names[0].alias.as_deref(), &*names[1].name),
        ("torch.nn", Some("nn"), "math")
    );
    for (text, expected) in [
        ("from a.b import (c as d, e,)", ("a.b", 0, 2, false)),
        ("from . import x", ("", 1, 1, false)),
        ("from ....a import x", ("a", 4, 1, false)),
        ("from a import *", ("a", 0, 0, true)),
    ] {
        let StmtKind::ImportFrom { module, level, names, star } = &read(text)[0].kind else { panic!() };
        assert_eq!((&**module, *level, names.len(), *star), expected, "{text}");
    }
}

#[test]
fn parameters_and_arguments_are_sorted() {
    let text = "def f(a, /, b: int = 1, *c: int, d, e=2, **g) -> None: return f(a, *b, c=d, **e)";
    let StmtKind::Def(def) = &read(text)[0].kind else { panic!() };
    let params = &def.params;
    assert_eq!((params.positional.len(), params.positional_only, params.keyword.len()), (2, 1, 2));
    assert_eq!((params.args.as_deref(), params.kwargs.as_deref()), (Some("c"), Some("g")));
    assert!(params.positional[1].default.is_some());
    let StmtKind::Return(Some(Expr { kind: ExprKind::Call { args, .. }, .. })) = &def.body[0].kind else {
        panic!()
    };
    let [Arg::Positional(_), Arg::Star(_), Arg::Keyword(name, _), Arg::DoubleStar(_)] = args.as_slice()
    else {
        panic!("{args:?}")
    };
    assert_eq!(&**name, "c");
}

#[test]
fn displays_indices_and_comprehensions_are_told_apart() {
    let is = |text: &str| crate::parser::target::describe(&expr(text));
    for (text, expected) in [
        ("()", "tuple"),
        ("(a,)", "tuple"),
        ("(a)", "name"),
        ("[*a, b,]", "list"),
        ("{}", "dict literal"),
        ("{a, *b}", "set display"),
        ("{**a, b: c,}", "dict literal"),
        ("[a for b, in c for d in e if f if g]", "list comprehension"),
        ("{a for b in c}", "set comprehension"),
        ("{a: b for c in d}", "dict comprehension"),
        ("(a for b in c)", "generator expression"),
        ("(a := 1)", "named expression"),
        ("lambda *a, b=1, **c: (yield)", "lambda"),
    ] {
        assert_eq!(is(text), expected, "{text}");
    }
    let index = |text: &str| match expr(text).kind {
        ExprKind::Subscript { index, .. } => index.kind,
        other => panic!("{other:?}"),
    };
    assert!(matches!(index("a[::2]"), ExprKind::Slice { start: None, stop: None, step: Some(_) }));
    assert!(matches!(index("a[1:, ..., None]"), ExprKind::Tuple(items) if items.len() == 3));
    assert!(matches!(index("a[b := 1]"), ExprKind::Walrus { .. }));
}

#[test]
fn blocks_hold_what_is_indented() {
    let text = "\u{feff}if a:\r\n\tb\r\n\tif c: d; e\r\n\r\n# x\r\nelif f:\r\n  g\r\nelse:\r\n  pass\r\nh";
    let statements = read(text);
    assert_eq!(statements.len(), 2);
    let StmtKind::If { body, orelse, .. } = &statements[0].kind else { panic!() };
    assert_eq!((body.len(), orelse.len()), (2, 1));
    assert!(matches!(&orelse[0].kind, StmtKind::If { orelse, .. } if orelse.len() == 1));
    let text = "try:\n  a\nexcept (A, B) as e:\n  b\nexcept:\n  c\nelse:\n  d\nfinally:\n  e";
    let StmtKind::Try { handlers, orelse, finally, .. } = &read(text)[0].kind else { panic!() };
    assert_eq!((handlers.len(), orelse.len(), finally.len()), (2, 1, 1));
    for (text, items) in
        [("with (a as b, c,): pass", 2), ("with (a, b) as c: pass", 1), ("with (a) as b, c: pass", 2)]
    {
        assert!(matches!(&read(text)[0].kind, StmtKind::With { items: found, .. } if found.len() == items));
    }
}
