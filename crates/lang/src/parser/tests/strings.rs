//! Strings, f-strings and numbers.

use super::{ExprKind, expr};
use crate::ast::{Expr, FPart, Literal};

fn text(source: &str) -> String {
    match expr(source).kind {
        ExprKind::Literal(Literal::Str(text)) => text.to_string(),
        other => panic!("{source:?} is {other:?}"),
    }
}

/// An f-string in short: text as it is, fields as `<source!conversion:spec>`.
fn short(source: &str, parts: &[FPart]) -> String {
    let place = |value: &Expr| source[value.span.start as usize..value.span.end as usize].to_string();
    let part = |part: &FPart| match part {
        FPart::Text(text) => text.to_string(),
        FPart::Value { value, conversion, spec } => {
            let conversion = conversion.map_or(String::new(), |c| format!("!{c}"));
            let spec = if spec.is_empty() { String::new() } else { format!(":{}", short(source, spec)) };
            format!("<{}{conversion}{spec}>", place(value))
        }
    };
    parts.iter().map(part).collect()
}

#[test]
fn escapes_are_read() {
    for (source, expected) in [
        (r#"'a\n\t\\\'\"\a\b\f\r\v'"#, "a\n\t\\'\"\u{7}\u{8}\u{c}\r\u{b}"),
        (r"'\x41\u00e9\U0001F600\101\0\18'", "Aé😀A\0\u{1}8"),
        (r"'\d\ '", r"\d\ "),
        ("'a\\\nb'", "ab"),
        ("'a\\\r\nb'", "ab"),
        (r"r'\n\x'", r"\n\x"),
        (r"R'\''", r"\'"),
        ("u'a' U'b'", "ab"),
        ("'''a\r\n'b' \"c\"\n'''", "a\n'b' \"c\"\n"),
        ("(\"a\"\n 'b' # c\n r'\\d')", "ab\\d"),
        ("''", ""),
        ("''''''", ""),
    ] {
        assert_eq!(text(source), expected, "{source:?}");
    }
}

#[test]
fn f_strings_are_read() {
    for (source, expected) in [
        ("f'a{b}c'", "a<b>c"),
        ("f'{{{a}}}'", "{<a>}"),
        ("f'{a!r:>10}'", "<a!r:>10>"),
        ("f'{a:{w}.{p}f}'", "<a:<w>.<p>f>"),
        ("f'{a=}'", "a=<a!r>"),
        ("f'{a = }'", "a = <a!r>"),
        ("f'{a=:.2f}'", "a=<a:.2f>"),
        ("f'{a=!s}'", "a=<a!s>"),
        ("f'{a != b}{a == b}{a <= b}'", "<a != b><a == b><a <= b>"),
        ("f'{d[\"k\"]}'", "<d[\"k\"]>"),
        ("f'{d['k']}'", "<d['k']>"),
        ("f'{x[1:2]}{(lambda: 1)()}'", "<x[1:2]><(lambda: 1)()>"),
        ("f'{ {1: 2}[1] }'", "<{1: 2}[1]>"),
        ("f\"{', '.join(x)}\"", "<', '.join(x)>"),
        ("f'{a, b}'", "<a, b>"),
        ("f'''{\na\n}'''", "<a>"),
        ("fr'\\d{a}'", "\\d<a>"),
        ("f'\\n{a}\\x41'", "\n<a>A"),
        ("'a' f'{b}' 'c' f'd'", "a<b>cd"),
        ("f'{f\"{a}\"}'", "<f\"{a}\">"),
        ("f''", ""),
    ] {
        match expr(source).kind {
            ExprKind::FString(parts) => assert_eq!(short(source, &parts), expected, "{source:?}"),
            other => panic!("{source:?} is {other:?}"),
        }
    }
}

#[test]
fn numbers_are_read() {
    for (source, expected) in [
        ("0", 0),
        ("1_000", 1000),
        ("0xFF", 255),
        ("0X_f", 15),
        ("0o17", 15),
        ("0b1_0", 2),
        ("00", 0),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
    ] {
        assert!(matches!(expr(source).kind, ExprKind::Literal(Literal::Int(n)) if n == expected), "{source}");
    }
    for (source, expected) in [
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1_0.0_1E-1_0", 10.01e-10),
        ("09.5", 9.5),
        ("1e400", f64::INFINITY),
    ] {
        assert!(
            matches!(expr(source).kind, ExprKind::Literal(Literal::Float(n)) if n == expected),
            "{source}"
        );
    }
}

#[test]
fn bytes_are_their_characters_and_escapes() {
    for (text, expected) in [("b'abc'", &b"abc"[..]), ("Rb'a\\n'", b"a\\n"), ("b'\\x00\\n' b'z'", b"\0\nz")] {
        match expr(text).kind {
            ExprKind::Literal(Literal::Bytes(bytes)) => assert_eq!(&*bytes, expected, "{text}"),
            other => panic!("{text:?} is {other:?}"),
        }
    }
}
