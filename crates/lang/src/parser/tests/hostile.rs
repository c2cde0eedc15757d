//! Whatever the text, the parser answers, and all places that it names are in it.

use super::super::parse;

/// Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

const PROGRAMS: [&str; 4] = [
    "import torch\nfrom a.b import (c as d, e,)\nx = torch.tensor([[1., 2], [3, 4e-1]], requires_grad=True)\n\
     for i, (a, *b) in enumerate(x[::2, ..., None]):\n    print(f'{i:>{w}} {a!r} {x=} {{}}', *b, sep='')\n",
    "@no_grad()\ndef f(a, /, b: int = 1, *args, c=2, **kw) -> None:\n    \"\"\"Größe.\n    \"\"\"\n    global g\n\
     \tif a if b else c:\n\t\treturn lambda x, y=1: x @ y ** -2\n    elif (n := a) not in b: pass\n    else:\n        del a[0], b.c\n",
    "class A(B, metaclass=C):\n    x: int = 0x_ff; y = 'a\\u00e9\\n' \"b\" f\"\"\"{d['k']}\n{z:.3f}\"\"\"\n\
     \n    def g(self):\n        yield from (y for y in {1: 2, **d} if y < 3 <= 4)\n        raise E from None\n",
    "with open('a') as f, (g) as h:\n  try:\n    assert a, 'b'\n  except (A, B) as e:\n    x += 1 \\\n      + 2\n  finally:\n\
     \x20   while True: break\nelse_ = {**a, 'é': [ñ for ñ in \"日本\" if not ñ]}  # ü\n",
];

fn check(text: &str) {
    if let Err(errors) = parse(text) {
        assert!(!errors.is_empty() && errors.len() <= 20, "{text:?}");
        for error in errors {
            let (start, end) = (error.span.start as usize, error.span.end as usize);
            assert!(text.get(start..end).is_some(), "{text:?}: {error:?}");
        }
    }
}

/// Removes, doubles or swaps something, by characters so that it stays a text.
fn mutate(chars: &mut Vec<char>, random: &mut Random) {
    const SIGNS: [char; 18] =
        ['(', ')', '[', '{', '}', '\'', '"', '\n', ' ', '\t', ':', '=', '\\', 'f', '#', '\r', 'é', '*'];
    let at = random.below(chars.len());
    let other = random.below(chars.len());
    match random.below(5) {
        0 => drop(chars.drain(at..chars.len().min(at + 1 + other % 4))),
        1 => chars.insert(at, chars[at]),
        2 => chars.swap(at, other),
        3 => chars[at] = SIGNS[other % SIGNS.len()],
        _ => chars.truncate(chars.len() - random.below(chars.len() / 4)),
    }
}

#[test]
fn mutated_programs_are_answered() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..20_000 {
        let mut chars: Vec<char> = PROGRAMS[round % PROGRAMS.len()].chars().collect();
        for _ in 0..=random.below(6) {
            if chars.len() > 8 {
                mutate(&mut chars, &mut random);
            }
        }
        check(&chars.into_iter().collect::<String>());
    }
}

#[test]
fn every_beginning_of_a_program_is_answered() {
    for program in PROGRAMS {
        for (at, _) in program.char_indices() {
            check(&program[..at]);
            check(&program[at..]);
        }
    }
}
