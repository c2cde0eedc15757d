//! Sentences of a grammar: programs that may even mean something.

use tests::random::Random;

use crate::words::{CALLS, FUNCTIONS, WORDS};

const HEAD: &str = "\
import torch, math, random, copy, json, re, itertools, functools, collections
import numpy as np
import torch.nn as nn, torch.nn.functional as F, torch.optim as optim
from torch.utils.data import DataLoader, TensorDataset
x = torch.ones(2, 3)
w = torch.ones(3, requires_grad=True)
i, f = 2, nn.Linear(3, 2)
class A(nn.Module):
    def __init__(self, x=0):
        super().__init__()
        self.x = x
    def forward(self, x):
        return self.x + x
";

/// A program.
pub(crate) fn program(random: &mut Random) -> String {
    let mut text = match random.below(3) {
        0 => "import torch\nx = torch.ones(2, 3)\nw = torch.ones(3, requires_grad=True)\n".to_owned(),
        _ => HEAD.to_owned(),
    };
    for _ in 0..1 + random.below(6) {
        let one = statement(random, 2);
        // What an exception ends would not be seen.
        text += &if random.below(2) == 0 {
            block("try:", &one) + "except Exception as e:\n    print(repr(e))\n"
        } else {
            one
        };
    }
    text
}

fn word(random: &mut Random, words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    random.of(&words).to_owned()
}

/// A head, and lines that stand deeper.
fn block(head: &str, lines: &str) -> String {
    let deeper = lines.lines().map(|line| format!("    {line}\n")).collect::<String>();
    format!("{head}\n{deeper}")
}

fn statement(random: &mut Random, depth: usize) -> String {
    let value = expression(random, 3);
    let next = |random: &mut Random| match depth {
        0 => format!("print({})\n", expression(random, 2)),
        _ => (0..1 + random.below(2)).map(|_| statement(random, depth - 1)).collect::<String>(),
    };
    match random.below(24) {
        0 | 1 => format!("x = {value}\n"),
        2 => format!("x[{}] = {value}\n", expression(random, 1)),
        3 => format!(
            "x {}= {value}\n",
            random.of(&["+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>"])
        ),
        4 => block(&format!("for x in {value}:"), &next(random)),
        5 => block("try:", &next(random)) + &block("finally:", &next(random)),
        6 => format!("class A:\n    def __init__(self, w=0):\n        self.x = {value}\nx = A()\n"),
        7 => format!("def f(x, w=1):\n    return {value}\nx = f({})\n", expression(random, 1)),
        8 => block(&format!("if {value}:"), &next(random)) + &block("else:", &next(random)),
        9 => block(
            &format!("while {value}:"),
            &format!("{}{}\n", next(random), random.of(&["break", "continue", "i += 1"])),
        ),
        10 => block(
            &format!(
                "with {}:",
                random.of(&["torch.no_grad()", "torch.enable_grad()", "x", "open('f')", "A() as w"])
            ),
            &next(random),
        ),
        11 => block("def f(*x, **w):", &format!("{}yield {value}\n", next(random))) + "x = list(f(1, w=2))\n",
        12 => format!("del {}\n", expression(random, 1)),
        13 => format!("x, *w = {value}\n"),
        14 => format!("raise {value}\n"),
        15 => format!("assert {value}, {}\n", expression(random, 1)),
        16 => format!("({value}).{} = {}\n", word(random, FUNCTIONS), expression(random, 1)),
        17 => format!("loss = ({value}).sum()\nloss.backward()\nprint(w.grad)\n"),
        18 => format!(
            "class A({}):\n    x = {value}\n    def {}(self, *w):\n        return {}\nx = A()\nprint(x, x + 1, x[0], len(x))\n",
            random.of(&[
                "list",
                "dict",
                "int",
                "str",
                "Exception",
                "nn.Module",
                "tuple",
                "object",
                "torch.Tensor",
                "set",
                "x",
                "A"
            ]),
            random.of(&[
                "__add__",
                "__repr__",
                "__getitem__",
                "__len__",
                "__eq__",
                "__hash__",
                "__getattr__",
                "__new__",
                "__call__",
                "__iter__",
                "forward",
                "__del__",
                "__bool__",
                "__format__",
                "__contains__",
                "__init_subclass__",
                "__lt__",
                "__exit__",
                "__setattr__",
                "__get__"
            ]),
            expression(random, 2),
        ),
        19 => format!(
            "o = optim.{}([w], lr={})\nw.grad = {value}\no.step()\n",
            random.of(&["SGD", "Adam", "RMSprop", "Adagrad", "AdamW", "Adadelta"]),
            expression(random, 1)
        ),
        20 => {
            block(
                &format!(
                    "def f(x):\n    @{}\n    def g():",
                    random.of(&[
                        "f",
                        "property",
                        "staticmethod",
                        "functools.wraps(f)",
                        "functools.lru_cache",
                        "torch.no_grad()"
                    ])
                ),
                "    nonlocal x\n    return x\n",
            ) + &format!("    return g\nprint(f({value}))\n")
        }
        21 => {
            let case = |random: &mut Random| {
                let guard = if random.below(3) == 0 { " if x" } else { "" };
                block(&format!("case {}{guard}:", pattern(random, 3)), &next(random))
            };
            let cases = (0..1 + random.below(3)).map(|_| case(random)).collect::<String>();
            block(&format!("match {value}:"), &cases)
        }
        _ => format!("print({value})\n"),
    }
}

/// What a case is compared with.
fn pattern(random: &mut Random, depth: usize) -> String {
    let plain = ["_", "x", "w", "0", "-1", "None", "True", "'a'", "nn.Linear", "f''", "*x"];
    if depth == 0 {
        return random.of(&plain).to_owned();
    }
    let next = |random: &mut Random| pattern(random, depth - 1);
    match random.below(9) {
        0 => format!("[{}, {}]", next(random), next(random)),
        1 => format!("({}, *{})", next(random), next(random)),
        2 => format!("{{'a': {}, 1: {}, **x}}", next(random), next(random)),
        3 => format!("{} | {}", next(random), next(random)),
        4 => format!("({}) as i", next(random)),
        5 => format!(
            "{}({}, x={})",
            random.of(&["A", "int", "str", "list", "dict", "nn.Linear", "torch.Tensor", "x"]),
            next(random),
            next(random)
        ),
        6 => format!("{}, {}", next(random), next(random)),
        _ => random.of(&plain).to_owned(),
    }
}

/// An expression of the grammar.
fn expression(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return random.of(WORDS).to_owned();
    }
    let next = |random: &mut Random| expression(random, depth - 1);
    match random.below(20) {
        0 => format!(
            "({} {} {})",
            next(random),
            random.of(&["+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>"]),
            next(random)
        ),
        1 => format!("[{}, *{}]", next(random), next(random)),
        2 => format!("{{{}: {}}}", next(random), next(random)),
        3 => format!("{}[{}]", next(random), next(random)),
        4 => format!("({} if {} else {})", next(random), next(random), next(random)),
        5 => format!("[{} for x in {}]", next(random), next(random)),
        6 | 7 => format!("torch.{}({})", word(random, FUNCTIONS), arguments(random, depth)),
        8 | 9 => format!("{}.{}({})", next(random), word(random, FUNCTIONS), arguments(random, depth)),
        10 | 11 => format!("{}({})", word(random, CALLS), arguments(random, depth)),
        12 => format!(
            "f'{{{}}}'",
            random.of(&[
                "x",
                "w",
                "1.5:.2f",
                "x!r:>5",
                "w:,",
                "x:{i}",
                "i:0=+#30_d",
                "x:é^9.3",
                "1e300:.50f",
                "i:99999999999"
            ])
        ),
        13 => format!(
            "({} {} {})",
            next(random),
            random.of(&["<", "==", "in", "is", "and", "or", "!=", "not in", ">="]),
            next(random)
        ),
        14 => format!("{}[{}:{}:{}]", next(random), random.of(WORDS), random.of(WORDS), random.of(WORDS)),
        15 => format!("x[{}, {}]", next(random), next(random)),
        16 => format!("({} {})", random.of(&["-", "not", "~", "+", "*", "yield", "lambda:"]), next(random)),
        17 => format!("list({} for i in {} if {})", next(random), next(random), next(random)),
        18 => format!(
            "'{}' % {}",
            random.of(&["%d", "%s %r", "%5.2f", "%*d", "%(a)s", "%", "%-10x|", "%c", "%99999999d"]),
            next(random)
        ),
        _ => format!("(lambda x=0, *w, **k: {})({})", next(random), next(random)),
    }
}

fn arguments(random: &mut Random, depth: usize) -> String {
    let count = random.below(4);
    (0..count).map(|_| expression(random, depth.saturating_sub(2))).collect::<Vec<_>>().join(", ")
}
