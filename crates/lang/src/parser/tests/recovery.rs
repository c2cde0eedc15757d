//! One pass finds several mistakes, and none that are not there.

use super::said;

#[test]
fn each_mistake_is_found_once() {
    let text = "\
x = (1, 2
y = 3
if y
    z = 4 +
else:
    f(a b)
for i in range(3):
    print 'a'
    w = 1 1
    v = 2
def f(a, a):
    return
return 5
while True:
pass
u = 'abc
print(1, 'abc)
t = 4 $ 5
ok = 3
";
    assert_eq!(
        said(text),
        [
            "1 SyntaxError: '(' was never closed",
            "3 SyntaxError: expected ':'",
            "8 SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?",
            "9 SyntaxError: invalid syntax",
            "11 SyntaxError: duplicate argument 'a' in function definition",
            "13 SyntaxError: 'return' outside function",
            "15 IndentationError: expected an indented block after 'while' statement on line 14",
            "16 SyntaxError: unterminated string literal (detected at line 16)",
            "17 SyntaxError: unterminated string literal (detected at line 17)",
            "18 SyntaxError: invalid syntax",
        ]
    );
}

#[test]
fn one_mistake_is_one_error() {
    for text in [
        "if x\n  a\nelif y:\n  b\nelse:\n  c\nz = 1",
        "try\n  a\nexcept:\n  b\nfinally:\n  c\nz = 1",
        "if x:\n    a\n  b\n  c\nd\n",
        "x = 1\n    y = 2\n    z = 3\nw = 4",
        "class A:\n  def f(self)\n    return 1\n  def g(self):\n    return 2\n",
        "x = [\n  1,\n  2 3,\n  4,\n]\ny = 1",
        "x = [\n  1,\n  $,\n  4,\n]\ny = 1",
        "x = f(1,\n  g(2,\n  3)\ny = 4\nz = 5",
        "def f():\n    x = (1,\n    y = 2\n    return y\nf()",
        "d = {\n  'a': 1\n  'b': 2,\n}\ne = 3",
        "x = {\n  'a': [1, 2,\n}\ny = 1\n",
        "if x:\n\ty\n        z\n        w\n",
        "x = 5 $ 3 ? 4 $\ny = 1",
        "while True\n  while True\n    pass\nx = 1",
        "'''abc\nx = 1\n",
        "@d\nx = 1\ny = 2",
    ] {
        let said = said(text);
        assert_eq!(said.len(), 1, "{text:?}: {said:?}");
    }
}

#[test]
fn at_most_twenty_are_reported() {
    assert_eq!(said(&"f(a b)\n".repeat(50)).len(), 20);
    assert_eq!(said(&"$\n".repeat(50)).len(), 20);
    assert_eq!(said(&"(\n".repeat(50)).len(), 1);
    assert_eq!(said(&"return\n".repeat(50)).len(), 20);
}
