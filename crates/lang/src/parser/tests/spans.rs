//! Where nodes stand.

use super::{ExprKind, StmtKind, expr, read, wrong};
use crate::ast::FPart;
use crate::span::Span;

fn text_of(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

#[test]
fn a_compound_statement_stands_where_its_header_does() {
    for (text, expected) in [
        ("if x > 1:\n  pass\n", "if x > 1:"),
        ("while  x :\n  pass\n", "while  x :"),
        ("for i in range(3): pass", "for i in range(3):"),
        ("with a as b, c:\n  pass", "with a as b, c:"),
        ("try :\n  pass\nexcept A:\n  pass", "try :"),
        ("@d\ndef f(a, b=1) -> int:\n  return a", "def f(a, b=1) -> int:"),
        ("class A(B):\n  x = 1", "class A(B):"),
        ("x = y = (1,\n 2)  # pair", "x = y = (1,\n 2)"),
        ("  # comment\nprint(1) ; x", "print(1)"),
    ] {
        assert_eq!(text_of(text, read(text)[0].span), expected);
    }
}

#[test]
fn a_definition_spans_its_body() {
    let text = "def f():\n  if x:\n    a\n  else:\n    return (1)\n\nx = 1";
    let StmtKind::Def(def) = &read(text)[0].kind else { panic!() };
    assert_eq!(text_of(text, def.span), "def f():\n  if x:\n    a\n  else:\n    return (1)");
}

#[test]
fn parentheses_belong_to_what_is_around_them() {
    let text = "(a + b) * c.d";
    let whole = expr(text);
    assert_eq!(text_of(text, whole.span), text);
    let ExprKind::Binary { left, right, .. } = whole.kind else { panic!() };
    assert_eq!((text_of(text, left.span), text_of(text, right.span)), ("a + b", "c.d"));
    let ExprKind::Attribute { .. } = right.kind else { panic!() };
    let ExprKind::Tuple(_) = expr("((a), b)").kind else { panic!() };
    assert_eq!(expr("((a), b)").span, Span::new(0, 8));
}

#[test]
fn the_fields_of_an_f_string_stand_in_the_program() {
    let text = "'é' f\"ü{x.mean():>{w}} {f'{y}'}\"";
    let ExprKind::FString(parts) = expr(text).kind else { panic!() };
    let [
        FPart::Text(start),
        FPart::Value { value, spec, .. },
        FPart::Text(_),
        FPart::Value { value: inner, .. },
    ] = parts.as_slice()
    else {
        panic!("{parts:?}")
    };
    assert_eq!((&**start, text_of(text, value.span)), ("éü", "x.mean()"));
    let [FPart::Text(_), FPart::Value { value: width, .. }] = spec.as_slice() else { panic!("{spec:?}") };
    assert_eq!((text_of(text, width.span), text_of(text, inner.span)), ("w", "f'{y}'"));
}

#[test]
fn an_error_stands_where_the_mistake_is() {
    for (text, expected) in [
        ("f(a b)", "a b"),
        ("x = (1, 2", "("),
        ("x = 'abc", "'abc"),
        ("f() = 3", "f()"),
        ("f(a=1, b)", "b"),
        ("print 'a', b", "print 'a', b"),
        ("f'{a + }'", ""),
        ("x = 1 +", ""),
    ] {
        assert_eq!(text_of(text, wrong(text)[0].span), expected, "{text:?}");
    }
}
