//! The matcher of `re`: the module's functions are in `re.py`, which asks it where a pattern matches.

mod emit;
mod escape;
mod parse;
mod run;
mod set;

use std::any::Any;
use std::rc::Rc;

use crate::error::{Result, Stop};
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::object::Object;
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_compile(pattern, flags)", compile),
    Native::new("_find(program, text, start, end, mode, most)", find),
];

/// A pattern, compiled: the instructions of [`run`].
struct Program {
    code: Vec<Op>,
    /// Groups, the whole match included.
    groups: usize,
    /// The names of groups, with their numbers.
    names: Vec<(String, usize)>,
    /// Positions that it remembers: two for each group, and those of loops.
    slots: usize,
}

/// An instruction.
#[derive(Clone, Debug)]
enum Op {
    /// One character.
    Char(char),
    /// One character, whatever its case.
    Letter(char),
    /// Any character, with or without the end of a line.
    Any {
        newline: bool,
    },
    /// One character of a set.
    Set(Rc<set::Set>),
    /// What a group matched.
    Same {
        group: usize,
        ignore_case: bool,
    },
    /// Goes on at the first; if that fails, at the second.
    Split(usize, usize),
    Jump(usize),
    /// Remembers the position.
    Save(usize),
    /// Fails if nothing was matched since the position was remembered: the loop would not end.
    Moved(usize),
    /// The beginning of the text, or of a line.
    Start {
        line: bool,
    },
    /// The end of the text or before a last newline; or the end of a line.
    End {
        line: bool,
    },
    /// The end of the text.
    VeryEnd,
    /// An edge of a word, or none.
    Edge {
        wanted: bool,
    },
    /// What follows up to `Match` must match, or must not, so many characters before; then goes on.
    Look {
        behind: Option<usize>,
        wanted: bool,
        then: usize,
    },
    /// The pattern has matched.
    Match,
}

impl Object for Program {
    fn class(&self) -> (&'static str, &'static str) {
        ("builtins", "object")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok("<a compiled pattern>".to_owned())
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The program, its number of groups and their names; or what is wrong with the pattern.
fn compile(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let pattern: Vec<char> = args.str(0)?.chars().collect();
    match parse::parse(&pattern, args.int(1)?) {
        Ok(program) => {
            let number = |n: usize| Value::from(n);
            let names = program.names.iter();
            let names = names.map(|(name, group)| Value::tuple(vec![Value::str(name), number(*group)]));
            let (groups, names) = (number(program.groups.saturating_sub(1)), Value::list(names.collect()));
            Ok(Value::tuple(vec![Value::object(program), groups, names]))
        }
        Err(why) => Ok(Value::from(why)),
    }
}

/// The matches, each as a tuple: the last group that was closed (0 if none), then start and end of each group, -1 where it
/// took no part. The mode is "search", "match" or "fullmatch".
fn find(vm: &mut Machine, args: &Args) -> Result<Value> {
    let program = args.get(0);
    let Some(program) = program.downcast::<Program>() else { return Err(args.wrong(0, "a pattern")) };
    let text: Vec<char> = args.str(1)?.chars().collect();
    let clamp = |i: i64| usize::try_from(i).unwrap_or(0).min(text.len());
    let (start, end) = (clamp(args.int(2)?), clamp(args.int(3)?));
    let mode = args.str(4)?;
    let most = usize::try_from(args.int(5)?).unwrap_or(usize::MAX);
    let text = text.get(..end).unwrap_or_default();
    vm.reserve(text.len().saturating_mul(4))?;
    let mut runner = run::Runner::new(program, text, &*mode == "fullmatch");
    let found = runner.find(start, &*mode == "search", most).map_err(|why| {
        Stop::error("RuntimeError", why)
            .hint("Repetitions inside of repetitions, as in (a+)+, can match in very many ways.")
    })?;
    let position = |slot: &Option<usize>| slot.map_or(Value::Int(-1), Value::from);
    let row = |slots: &Vec<Option<usize>>| {
        let last = slots.last().copied().flatten().unwrap_or(0);
        let groups = slots.iter().take(2 * program.groups).map(position);
        Value::tuple(std::iter::once(Value::from(last)).chain(groups).collect())
    };
    Ok(Value::list(found.iter().map(row).collect()))
}
