//! However long or deep a text is, the tree is not deep, and the parser comes to an end.

use super::super::{Limits, parse, parse_with};
use super::{read, said};

/// A stack as small as a browser's worker may have, times two: this is not an optimised build.
fn on_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(test);
    assert!(thread.is_ok_and(|thread| thread.join().is_ok()));
}

#[test]
fn nesting_is_refused_beyond_the_limit_and_not_before() {
    on_small_stack(|| {
        for (open, close) in
            [("(", ")"), ("[", "]"), ("f(", ")"), ("a[", "]"), ("{1: ", "}"), ("-", ""), ("not ", "")]
        {
            let text = |n: usize| format!("x = {}1{}", open.repeat(n), close.repeat(n));
            read(&text(90));
            for n in [101, 1000, 100_000] {
                let said = said(&text(n));
                assert!(said[0].contains("nested"), "{open}: {said:?}");
            }
        }
        for part in ["lambda: ", "1 if x else ", "2 ** ", "f(1 or 2 and 3 < 4 | 5 ^ 6 & 7 << 8 + 9 * -"] {
            read(&format!(
                "x = {}1{}",
                part.repeat(40),
                ")".repeat(if part.starts_with('f') { 40 } else { 0 })
            ));
            let said = said(&format!("x = {}1", part.repeat(1000)));
            assert!(said[0].contains("nested") || said[0].contains("closed"), "{part}: {said:?}");
        }
    });
}

#[test]
fn blocks_are_refused_beyond_the_limit() {
    let text = |n: usize| (0..n).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect::<String>();
    read(&(text(90) + &" ".repeat(90) + "pass"));
    let said = said(&(text(150) + &" ".repeat(150) + "pass"));
    assert!(said[0].starts_with("101 ") && said[0].contains("levels"), "{said:?}");
    assert!(parse_with("if x:\n if y:\n  z", Limits { nesting: 1, ..Limits::default() }).is_err());
}

#[test]
fn chains_are_refused_beyond_a_thousand_links() {
    on_small_stack(|| {
        for link in ["+1", ".a", "()", "[0]", "@b", "<<1"] {
            read(&format!("x = a{}", link.repeat(990)));
            for n in [1001, 10_000] {
                let said = said(&format!("x = a{}", link.repeat(n)));
                assert!(said[0].contains("expression is too long"), "{link}: {said:?}");
            }
        }
        // Chains in brackets add up when one stands on the other.
        let tower = format!("x = {}1{}", "(".repeat(50), format!("{})", "+1".repeat(100)).repeat(50));
        assert!(said(&tower)[0].contains("expression is too long"));
        read(&format!("x = [{}]", format!("a{}, ", "+1".repeat(900)).repeat(50)));
    });
}

#[test]
fn what_is_flat_may_be_long() {
    for part in ["a and ", "a or ", "a < ", "a, ", "'s' ", "f'{a}' "] {
        read(&format!("x = {}{}", part.repeat(10_000), if part.contains('\'') { "''" } else { "a" }));
    }
    read(&"x = 1\n".repeat(20_000));
    read(&format!("f({})", (0..5_000).map(|n| format!("a{n}={n}, ")).collect::<String>()));
    read(&format!("if x: pass\n{}", "elif x: pass\n".repeat(200)));
    assert!(said(&format!("if x: pass\n{}", "elif x: pass\n".repeat(2000)))[0].contains("elif"));
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let limits = Limits { source_bytes: 10, ..Limits::default() };
    assert!(parse_with("x = 12345\n", limits).is_ok());
    assert!(parse_with("x = 123456\n", limits).is_err_and(|errors| errors[0].message.contains("too long")));
}

#[test]
fn hostile_texts_take_no_long_time() {
    for part in [
        "(\n",
        "[",
        "f'''{'''",
        "f'{'",
        "f'{a b",
        "$ ",
        "'",
        "\"\"\"",
        "f(a b ",
        "x = (\n  'a\n",
        "@",
        "if x:\n",
        "\\\n",
        "{1 ",
        "\t\n ",
    ] {
        let text = part.repeat(200_000 / part.len());
        let errors = parse(&text).map_or_else(|errors| errors.len(), |_| 0);
        assert!(errors <= 20, "{part:?}");
    }
}
