//! Messages, held against those of CPython 3.11, which the lists beside this file hold.

use super::{read, said};

/// The lines of a list: text, tab, text, with `\n`, `\t` and `\\` written out.
fn rows(list: &str) -> impl Iterator<Item = Vec<String>> {
    let plain = |field: &str| {
        let mut text = String::new();
        let mut chars = field.chars();
        while let Some(c) = chars.next() {
            match (c, if c == '\\' { chars.next() } else { None }) {
                ('\\', Some('n')) => text.push('\n'),
                ('\\', Some('t')) => text.push('\t'),
                ('\\', Some(other)) => text.push(other),
                _ => text.push(c),
            }
        }
        text
    };
    let lines = list.lines().filter(|line| !line.starts_with("# "));
    lines.map(move |line| line.split('\t').map(plain).collect())
}

#[test]
fn what_python_refuses_is_refused_in_its_words() {
    let mut different = Vec::new();
    for row in rows(include_str!("refused.txt")) {
        let [expected, text] = row.as_slice() else { panic!("{row:?}") };
        let first = said(text).swap_remove(0);
        if first != *expected {
            different.push(format!("{text:?}: {first}, not {expected}"));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn what_python_takes_is_taken() {
    for row in rows(include_str!("taken.txt")) {
        row.iter().for_each(|text| drop(read(text)));
    }
}

#[test]
fn what_is_not_part_of_seegrad_is_named() {
    for (text, expected) in [
        ("async def f(): pass", "'async' is not part of Seegrad"),
        ("@a\nasync def f(): pass", "'async' is not part of Seegrad"),
        ("await x", "'await' is not part of Seegrad"),
        ("x = 1j", "complex numbers are not part of Seegrad"),
        ("x = 2.5e3J", "complex numbers are not part of Seegrad"),
        ("x = b'abc' 'd'", "cannot mix bytes and nonbytes literals"),
        ("x = b'ä'", "bytes can only contain ASCII literal characters"),
        ("x = '\\N{BULLET}'", "\\N escapes are not part of Seegrad"),
        ("try: pass\nexcept* A: pass", "'except*' is not part of Seegrad"),
        ("x = 9223372036854775808", super::super::TOO_LARGE),
        ("x = -9223372036854775809", super::super::TOO_LARGE),
        ("x = -9223372036854775808 ** 2", super::super::TOO_LARGE),
        ("x = 0xFFFFFFFFFFFFFFFFF", super::super::TOO_LARGE),
    ] {
        let said = said(text);
        assert!(said.len() == 1 && said[0].ends_with(expected), "{text:?}: {said:?}, not {expected}");
    }
}

#[test]
fn hints_help_with_habits_from_elsewhere() {
    for (text, expected) in [
        ("if x:\n  pass\nelse if y:\n  pass", "Python writes 'else if' as 'elif'."),
        ("x = a && b", "Python writes '&&' as 'and'."),
        ("x = a || b", "Python writes '||' as 'or'."),
        ("x = !a", "Python writes '!' as 'not'."),
        ("x++\n", "Python has no '++': write 'x += 1'."),
        ("let x = 1", "A name needs no declaration: write 'x = 1'."),
        ("x = “a”", "Use straight quotes: ' or \"."),
        ("lambda = 3", "'lambda' is a word of the language and cannot be a name."),
        ("class = 3", "'class' is a word of the language and cannot be a name."),
        ("if x = 3: pass", "'==' compares, '=' assigns."),
    ] {
        let error = super::wrong(text).swap_remove(0);
        assert_eq!(error.hint.as_deref(), Some(expected), "{text:?}: {error:?}");
    }
}
