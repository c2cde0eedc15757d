//! Programs that nobody would write: whatever is run, nothing panics, hangs or takes all memory.
//!
//! Each is one of `tests/programs` with lines and words moved about, or sentences of a grammar. `SEEGRAD_FUZZ` says how many
//! are run (2,000 by default), `SEEGRAD_SEED` where to begin.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Event, Limits, Machine, Reply, Request, Stops};
use tests::programs::ALL;
use tests::random::Random;

/// Instructions that a program may run.
const BUDGET: u64 = 3_000;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Runs a text; what it says does not matter.
fn run(engine: &Engine, text: &str) {
    let limits = Limits {
        frames: 200,
        output_lines: 200,
        heap_bytes: 32 << 20,
        tensor_bytes: 64 << 20,
        ..Limits::default()
    };
    let mut machine = Machine::new(engine.clone(), limits);
    if machine.load(text).is_err() {
        return;
    }
    let mut left = BUDGET;
    loop {
        match machine.run(500, &Stops::default()) {
            Event::Need => match machine.request() {
                Some(Request::Value(wait)) => machine.provide(pollster::block_on(wait.settle())),
                Some(Request::Ask(_)) => {
                    machine.reply(Reply::Failed {
                        class: "OSError",
                        text: "there is nothing outside".to_owned(),
                    });
                }
                None => return,
            },
            Event::Paused => {
                left = left.saturating_sub(500);
                if left == 0 {
                    return;
                }
            }
            Event::Finished(_) | Event::Failed(_) => return,
            Event::Print(_)
            | Event::PrintError(_)
            | Event::Figure(_)
            | Event::Line(_)
            | Event::Ops(..)
            | Event::Node(_)
            | Event::OptimizerStep => {}
        }
    }
}

/// A program with some lines and words moved about.
fn mutated(random: &mut Random) -> String {
    let pick = |random: &mut Random| ALL[random.below(ALL.len())].text;
    let text = pick(random);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..1 + random.below(4) {
        let at = random.below(lines.len());
        match random.below(6) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => {
                let other = random.below(lines.len());
                lines.swap(at, other);
            }
            3 => {
                let foreign: Vec<&str> = pick(random).lines().collect();
                lines.insert(at, random.of(&foreign).to_owned());
            }
            _ => lines[at] = scrambled(&lines[at], random),
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n")
}

/// Words that change what a line means.
const WORDS: &[&str] = &[
    "0",
    "-1",
    "1",
    "2",
    "None",
    "True",
    "x",
    "w",
    "self",
    "[]",
    "()",
    "{}",
    "''",
    "1e308",
    "float('nan')",
    "10**9",
    "2**62",
    "-9223372036854775808",
    "torch",
    "[1, 2]",
    "(1, 2)",
    "lambda: 0",
    "...",
    "*",
    "**",
    "//",
    "%",
    "@",
    "<<",
    "not",
    "in",
    "is",
    "len",
    "print",
    "range",
    "list",
    "str",
    "int",
    "type",
    ".grad",
    ".data",
    ".T",
    "[0]",
    "[None]",
    "[::2]",
    "[-1]",
    "dim=1",
    "super()",
    "yield",
    "return",
    "torch.zeros(0)",
    "torch.ones(2, 3)",
    "torch.arange(5)",
    "'%d'",
    "f'{x:>10}'",
    "x for x in x",
];

fn scrambled(line: &str, random: &mut Random) -> String {
    let mut words: Vec<String> = Vec::new();
    for c in line.chars() {
        let joins = |c: char| c.is_alphanumeric() || c == '_';
        match words.last_mut() {
            Some(word) if joins(c) && word.chars().all(joins) => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    if words.is_empty() {
        return random.of(WORDS).to_owned();
    }
    let at = random.below(words.len());
    match random.below(4) {
        0 => drop(words.remove(at)),
        1 => words.insert(at, words[at].clone()),
        _ => words[at] = random.of(WORDS).to_owned(),
    }
    words.concat()
}

/// An expression of the grammar.
fn expression(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return random.of(WORDS).to_owned();
    }
    let next = |random: &mut Random| expression(random, depth - 1);
    match random.below(12) {
        0 => format!(
            "({} {} {})",
            next(random),
            random.of(&["+", "-", "*", "/", "//", "%", "**", "@", "&"]),
            next(random)
        ),
        1 => format!("[{}, *{}]", next(random), next(random)),
        2 => format!("{{{}: {}}}", next(random), next(random)),
        3 => format!("{}[{}]", next(random), next(random)),
        4 => format!("({} if {} else {})", next(random), next(random), next(random)),
        5 => format!("[{} for x in {}]", next(random), next(random)),
        6 => format!("torch.{}({})", random.of(FUNCTIONS), next(random)),
        7 => format!("{}.{}({})", next(random), random.of(FUNCTIONS), next(random)),
        8 => format!("{}({})", random.of(BUILTINS), next(random)),
        9 => format!("f'{{{}}}'", random.of(&["x", "w", "1.5:.2f", "x!r:>5", "w:,"])),
        10 => format!(
            "({} {} {})",
            next(random),
            random.of(&["<", "==", "in", "is", "and", "or", "!="]),
            next(random)
        ),
        _ => format!("(lambda x=0, *w, **k: {})({})", next(random), next(random)),
    }
}

const FUNCTIONS: &[&str] = &[
    "tensor",
    "zeros",
    "ones",
    "sum",
    "mean",
    "max",
    "min",
    "sort",
    "cat",
    "stack",
    "reshape",
    "view",
    "expand",
    "permute",
    "item",
    "tolist",
    "backward",
    "relu",
    "softmax",
    "matmul",
    "gather",
    "where",
    "clamp",
    "add_",
    "zero_",
    "append",
    "items",
    "join",
    "split",
    "format",
    "pop",
    "numpy",
    "eye",
    "arange",
    "unsqueeze",
    "squeeze",
    "topk",
    "nonzero",
    "detach",
    "repeat",
    "conv2d",
];

const BUILTINS: &[&str] = &[
    "len",
    "str",
    "repr",
    "int",
    "float",
    "list",
    "tuple",
    "dict",
    "set",
    "sorted",
    "sum",
    "min",
    "max",
    "abs",
    "bool",
    "iter",
    "next",
    "range",
    "enumerate",
    "zip",
    "map",
    "type",
    "isinstance",
    "hash",
    "id",
    "round",
    "any",
    "all",
    "print",
    "vars",
    "reversed",
];

fn written(random: &mut Random) -> String {
    let mut text = "import torch\nx = torch.ones(2, 3)\nw = torch.ones(3, requires_grad=True)\n".to_owned();
    for _ in 0..1 + random.below(6) {
        let value = expression(random, 3);
        text += &match random.below(8) {
            0 => format!("x = {value}\n"),
            1 => format!("x[{}] = {value}\n", expression(random, 1)),
            2 => format!("x += {value}\n"),
            3 => format!("for x in {value}:\n    w = {}\n", expression(random, 2)),
            4 => format!("try:\n    print({value})\nexcept Exception as e:\n    print(repr(e))\n"),
            5 => format!("class A:\n    def __init__(self, w=0):\n        self.x = {value}\nx = A()\n"),
            6 => format!("def f(x, w=1):\n    return {value}\nx = f({})\n", expression(random, 1)),
            _ => format!("print({value})\n"),
        };
    }
    text
}

#[test]
fn nothing_panics_or_hangs() {
    let (count, seed) = (setting("SEEGRAD_FUZZ", 2_000), setting("SEEGRAD_SEED", 1));
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    engine.set_fused(true);
    for i in 0..count {
        let mut random = Random((seed + i).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let text = if i % 2 == 0 { mutated(&mut random) } else { written(&mut random) };
        // What a panic would be about is told before it happens: it may end the process.
        if std::env::var_os("SEEGRAD_FUZZ_LAST").is_some() {
            let _ = std::fs::write(std::env::temp_dir().join("seegrad-fuzz-last.py"), &text);
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&engine, &text)));
        assert!(outcome.is_ok(), "program {i} of seed {seed} panics:\n{text}");
    }
}
