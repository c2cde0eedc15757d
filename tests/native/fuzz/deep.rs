//! Things inside each other, many times: objects that a program makes, and texts.

use tests::random::Random;

/// An object that holds itself as it was before, again and again; and what may be asked of such a one.
pub(crate) fn object(random: &mut Random) -> String {
    let times = random.of(&["3", "30", "90", "150", "500", "2000", "20000"]);
    let seed = random.of(SEEDS);
    let (first, second) = (random.of(WRAPS), random.of(WRAPS));
    let wrap =
        if random.below(3) == 0 { format!("{first} if i % 2 else {second}") } else { first.to_owned() };
    let mut text = PREFACE.to_owned();
    for name in ["x", "y"] {
        text += &format!(
            "x = {seed}\ntry:\n    for i in range({times}):\n        x = {wrap}\nexcept Exception as e:\n    print(e)\n"
        );
        if name == "x" {
            text += "y = x\n";
        }
    }
    for _ in 0..1 + random.below(4) {
        let ask = random.of(ASKS);
        text += &format!("try:\n    {ask}\nexcept Exception as e:\n    print(type(e))\n");
    }
    text
}

const PREFACE: &str = "\
import torch, json, copy
import numpy as np
import torch.nn as nn
from functools import partial, reduce
from itertools import chain, islice, tee
from collections import OrderedDict, deque, Counter
from contextlib import contextmanager
class A:
    def __init__(self, x):
        self.x = x
class B(A):
    def __repr__(self):
        return repr(self.x)
    def __eq__(self, other):
        return self.x == other.x
    def __hash__(self):
        return hash(self.x)
class C(A):
    def __iter__(self):
        return iter(self.x)
    def __getattr__(self, name):
        return getattr(self.x, name)
    def __call__(self, *a):
        return self.x(*a)
";

const SEEDS: &[&str] = &[
    "[]",
    "1",
    "'a'",
    "range(10)",
    "range(10**12)",
    "[1, 2, 3]",
    "print",
    "nn.Linear(2, 2)",
    "torch.ones(2, 2)",
    "torch.ones(2, 2, requires_grad=True)",
    "object",
    "A",
    "lambda *a: a",
    "ValueError('x')",
    "np.ones(3)",
    "{}",
];

/// How `x` gets inside of something.
const WRAPS: &[&str] = &[
    "[x]",
    "(x,)",
    "{'a': x}",
    "[x, x]",
    "(x, x)",
    "{1: x, 2: x}",
    "{x}",
    "frozenset([x])",
    "enumerate(x)",
    "zip(x)",
    "zip(x, x)",
    "map(str, x)",
    "map(lambda y: y, x)",
    "filter(None, x)",
    "iter(x)",
    "reversed([x])",
    "chain(x)",
    "chain(x, x)",
    "islice(x, 5)",
    "tee(x)[0]",
    "partial(x, 1)",
    "partial(x)",
    "lambda x=x: x",
    "(lambda f: lambda *a: f(*a))(x)",
    "A(x)",
    "B(x)",
    "C(x)",
    "(y for y in x)",
    "type('A', (x,), {})",
    "x + x",
    "x * 2",
    "str(x)",
    "repr(x)",
    "[repr(x)]",
    "property(x)",
    "staticmethod(x)",
    "dict(a=x)",
    "OrderedDict(a=x)",
    "deque([x])",
    "Counter([x])",
    "ValueError(x)",
    "slice(x)",
    "nn.Sequential(x)",
    "nn.ModuleList([x])",
    "x.T",
    "x[None]",
    "x[0]",
    "torch.relu(x)",
    "x @ x",
    "torch.stack([x, x])",
    "torch.cat([x, x])",
    "f'{x}'",
    "'%s' % (x,)",
    "x.append",
    "x.__init__",
    "contextmanager(x)",
    "np.array([x, x])",
    "np.array([x], dtype=object)",
    "copy.copy(x)",
    "list(x)",
    "sorted([x, x])",
];

/// What is asked of it.
const ASKS: &[&str] = &[
    "print(x)",
    "print(x == y)",
    "print(x < y)",
    "print(x != y, x in [y])",
    "print(hash(x))",
    "print({x: 1}[y])",
    "print(len(list(x)))",
    "print(next(x), next(x))",
    "print(len(json.dumps(x)))",
    "z = copy.deepcopy(x)",
    "print(len(str(x)))",
    "print(len(x))",
    "print(sorted(x))",
    "print(torch.tensor(x).shape)",
    "print(np.array(x).shape)",
    "print(np.array([x, y]).sum())",
    "print(isinstance(1, x))",
    "print(issubclass(x, object), x.__mro__[:2])",
    "print(x())",
    "print(x(1, 2))",
    "print(x in x)",
    "print(sum(x))",
    "print(max(x), min(x), any(x), all(x))",
    "x.sum().backward()",
    "x.backward()",
    "del x, y",
    "raise x",
    "print(dict(x), set(x), tuple(x))",
    "x.append(x); print(x)",
    "torch.save(x, 'f.pt')",
    "for i in x: print(i)",
    "print(x.y)",
    "print('%r %s %d' % (x, x, x))",
    "print(f'{x!r:>10}')",
    "print(list(zip(x, y)))",
    "a, *b = x; print(a, b)",
    "print(*x)",
    "print(x.a.b.c, x.x)",
    "print(list(map(list, x)))",
    "print(reduce(lambda a, b: a + b, x))",
    "print(x(torch.ones(2, 2)))",
    "print(list(x.parameters()), x.state_dict())",
    "z = [x] * 1000; print(z == [y] * 1000)",
    "print(x.count(y), x.index(y))",
    "with x: pass",
    "print(vars(x), dir(x))",
    "print(torch.zeros(x), torch.ones(*x))",
    "print(x[0][0][0], x[::2])",
];

/// A text with the same thing inside itself, or one after another.
pub(crate) fn text(random: &mut Random) -> String {
    let times = [5, 60, 99, 101, 300, 3_000, 20_000][random.below(7)];
    if random.below(3) == 0 {
        return blocks(random, times.min(400));
    }
    let (open, middle, close) = NESTS[random.below(NESTS.len())];
    let times = times.min((900 << 10) / (open.len() + close.len()));
    let closed = if random.below(8) == 0 { times / 2 } else { times };
    format!("{}{middle}{}\n", open.repeat(times), close.repeat(closed))
}

const NESTS: &[(&str, &str, &str)] = &[
    ("(", "1", ")"),
    ("[", "", "]"),
    ("{", "1", "}"),
    ("{1: ", "1", "}"),
    ("f(", "", ")"),
    ("x[", "0", "]"),
    ("-", "1", ""),
    ("~", "1", ""),
    ("not ", "1", ""),
    ("lambda: ", "1", ""),
    ("lambda x=", "1", ": 0"),
    ("1 + ", "1", ""),
    ("2 ** ", "1", ""),
    ("1 < ", "1", ""),
    ("1 and ", "1", ""),
    ("1 or ", "1", ""),
    ("1 if 1 else ", "1", ""),
    ("1 if ", "1", " else 1"),
    ("x = ", "1", ""),
    ("x", "", ".T"),
    ("x", "", "[0]"),
    ("print", "", "(1)"),
    ("[x for x in ", "y", "]"),
    ("[x ", "", " for x in y]"),
    ("f'{", "1", "}'"),
    ("f\"{f'{", "1", "}'}\""),
    ("'a' ", "'a'", ""),
    ("await ", "1", ""),
    ("*", "x", ""),
    ("@f\n", "def g(): pass", ""),
    ("x; ", "x", ""),
    ("1, ", "1", ""),
    ("(x := ", "1", ")"),
    ("def f(", "", "): pass"),
    ("a.", "a", ""),
    ("import a.", "a", ""),
    ("\\\n", "1", ""),
    ("#", "", "\n"),
    ("\t", "1", "\n"),
    ("\"\"\"", "1", "\"\"\"\n"),
    ("x = [\n", "1", "]\n"),
    ("assert ", "1", ""),
    ("yield ", "1", ""),
    ("del x, ", "x", ""),
    ("9", "9", "9"),
    ("1_", "1", ""),
    ("print(1)\n", "", ""),
    ("try: x\nexcept: ", "pass", "\n"),
];

/// Blocks inside each other, or the parts of one after another.
fn blocks(random: &mut Random, times: usize) -> String {
    const HEADS: &[&str] = &[
        "if 1:",
        "for i in range(2):",
        "while 1:",
        "def f():",
        "class A:",
        "try:",
        "with x:",
        "if 1:\n{}pass\n{}elif 2:",
    ];
    const PARTS: &[(&str, &str)] = &[
        ("if 0:\n  pass\n", "elif 0:\n  pass\n"),
        ("try:\n  1/0\n", "except ValueError:\n  pass\n"),
        ("def f():\n  pass\n", "  x{} = {}\n"),
        ("class A:\n  pass\n", "  def f{}(self): return {}\n"),
        ("x = 0\n", "def f{}(a{}): return a{}\n"),
        ("", "x{} = {}.5\n"),
        ("x = [\n", "{}, 'a{}',\n"),
        ("def f():\n  global y\n", "  def g{}(): nonlocal y\n"),
    ];
    let mut text = String::new();
    if random.below(2) == 0 {
        let head = random.of(HEADS);
        for depth in 0..times {
            let indent = " ".repeat(depth);
            text += &format!("{indent}{}\n", head.replace("{}", &indent));
        }
        return text + &" ".repeat(times) + "pass\n";
    }
    let (head, part) = PARTS[random.below(PARTS.len())];
    text += head;
    for i in 0..times * if random.below(4) == 0 { 200 } else { 1 } {
        text += &part.replace("{}", &i.to_string());
        if text.len() > 900 << 10 {
            break;
        }
    }
    text
}
