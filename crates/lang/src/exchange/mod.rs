//! Another text for a program that is running: what has run stays as it was, what runs from here on is the new text's.
//!
//! Statements of both texts are paired. A place in the code of one is that in the code of the other if it belongs to the same statement
//! and as much of it is still to be run; what is on the stack is the same then, since the blocks around are paired too.

mod pair;

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};
use std::rc::Rc;

use crate::code::{Code, Flavour, Op, ParamNames};
use crate::compile::compile;
use crate::function::CellBox;
use crate::machine::{Exhausted, Frame, Machine, Then};
use crate::parser::{SyntaxError, parse_with};
use crate::span::line_of;
use crate::value::Value;
use pair::Pairs;

/// Why a run cannot go on under another text.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// What is wrong with the text.
    Syntax(Vec<SyntaxError>),
    /// It has no place at which the run could go on: what is missing, as a sentence.
    NoPlace(String),
}

/// The codes of a text, and what becomes of each under another one.
pub(crate) struct Exchange {
    text: Rc<str>,
    pairs: Pairs,
    /// By the address of the old one.
    codes: HashMap<*const Code, Rc<Code>>,
    /// Why it is not possible after all.
    refused: Option<String>,
}

impl Machine {
    /// A copy of this machine that goes on from here under another text.
    ///
    /// # Errors
    /// What is wrong with the text, or why the run cannot go on under it: it has ended, the statement that it is in is gone, or was
    /// changed in a part that has begun.
    pub fn fork_under(&self, text: &str) -> Result<Self, Refusal> {
        let main = self.frames.iter().find(|frame| {
            frame.code.flavour == Flavour::Module && !frame.code.internal && &*frame.code.name == "<module>"
        });
        let Some(main) = main else {
            return Err(Refusal::NoPlace(
                "The run has ended: go back to an earlier moment first.".to_owned(),
            ));
        };
        let limits =
            crate::parser::Limits { source_bytes: self.limits.source_bytes, nesting: self.limits.nesting };
        let old = parse_with(&self.text, limits).map_err(Refusal::Syntax)?;
        let new = parse_with(text, limits).map_err(Refusal::Syntax)?;
        let code = compile(&new, text, false).map_err(|error| Refusal::Syntax(vec![error]))?;
        let pairs = Pairs::of((&self.text, &old), (text, &new));
        let mut exchange = Exchange { text: self.text.clone(), pairs, codes: HashMap::new(), refused: None };
        exchange.pair_codes(&main.code, &code);
        let (mut copy, exchange) = self.copy_under(exchange);
        let refused = exchange.and_then(|exchange| exchange.refused);
        match refused {
            Some(reason) => Err(Refusal::NoPlace(reason)),
            None => {
                copy.text = text.into();
                Ok(copy)
            }
        }
    }
}

impl Exchange {
    fn pair_codes(&mut self, old: &Rc<Code>, new: &Rc<Code>) {
        self.codes.insert(Rc::as_ptr(old), Rc::clone(new));
        let owner = |text: usize, code: &Code| self.pairs.owner(text, code.span);
        let mut taken = vec![false; new.inner.len()];
        let mut found = Vec::new();
        for inner in &old.inner {
            let partner = owner(0, inner).and_then(|start| self.pairs.partner(start));
            let fits = |other: &Code| {
                other.name == inner.name && other.flavour == inner.flavour && owner(1, other) == partner
            };
            let at = (0..new.inner.len()).find(|&at| !taken[at] && fits(&new.inner[at]));
            if let Some(at) = at {
                taken[at] = true;
                found.push((Rc::clone(inner), Rc::clone(&new.inner[at])));
            }
        }
        found.iter().for_each(|(old, new)| self.pair_codes(old, new));
    }

    /// The code that a function has from now on.
    pub(crate) fn code(&mut self, old: &Rc<Code>) -> Rc<Code> {
        let Some(new) = self.codes.get(&Rc::as_ptr(old)) else { return Rc::clone(old) };
        let now = if new.free != old.free {
            Some("uses other variables of the function around it now")
        } else if parameters(new) != parameters(old) {
            Some("takes other parameters now, but was defined with the old ones")
        } else {
            None
        };
        if let Some(now) = now {
            self.refused.get_or_insert(format!("{}() {now}.", old.qualname));
        }
        Rc::clone(new)
    }

    /// The place in the new code that is this one in the old.
    fn place(&mut self, old: &Code, new: &Code, at: usize) -> usize {
        let place = self.find(old, new, at);
        if place.is_none() {
            let start = old.spans.get(at).copied().unwrap_or_default().start;
            let reason = format!(
                "The run stands in line {} of the text before, and that statement is gone or has changed. Step on, or go to another moment.",
                line_of(&self.text, start)
            );
            self.refused.get_or_insert(reason);
        }
        place.unwrap_or(at)
    }

    fn find(&self, old: &Code, new: &Code, at: usize) -> Option<usize> {
        let Some(span) = old.spans.get(at) else { return Some(new.ops.len()) };
        let start = self.pairs.owner(0, *span)?;
        let own = |text: usize, code: &Code, start: u32| -> Vec<usize> {
            let ops = 0..code.ops.len();
            ops.filter(|&i| self.pairs.owner(text, code.spans[i]) == Some(start)).collect()
        };
        let (was, is) = (own(0, old, start), own(1, new, self.pairs.partner(start)?));
        let at = was.iter().position(|&own| own == at)?;
        if kinds(old, &was) == kinds(new, &is) {
            return is.get(at).copied();
        }
        let begins = |code: &Code, own: &[usize]| {
            own.first().is_some_and(|&first| matches!(code.ops[first], Op::Line(_)))
        };
        if at <= usize::from(begins(old, &was)) {
            // The statement has not begun.
            return is.get(at.min(usize::from(begins(new, &is)))).copied();
        }
        // It has: what is left of it must be as before.
        let left = was.len() - at;
        let rest = is.len().checked_sub(left)?;
        (kinds(old, &was[at..]) == kinds(new, &is[rest..])).then(|| is[rest])
    }

    /// A frame goes on in the new code.
    pub(crate) fn frame(&mut self, frame: &mut Frame) {
        let old = Rc::clone(&frame.code);
        if !self.codes.contains_key(&Rc::as_ptr(&old)) {
            return;
        }
        let new = self.code(&old);
        frame.ip = self.place(&old, &new, frame.ip);
        for guard in &mut frame.tries {
            guard.handler = self.place(&old, &new, guard.handler);
        }
        let mut values: HashMap<&str, Value> = HashMap::new();
        let locals = old.locals.iter().zip(&frame.locals);
        values.extend(locals.filter_map(|(name, value)| Some((&**name, value.clone()?))));
        let cells = old.cells.iter().zip(&frame.cells);
        let own: HashMap<&str, Rc<CellBox>> =
            cells.map(|((name, _), cell)| (&**name, Rc::clone(cell))).collect();
        let captured = frame.cells.split_off(old.cells.len().min(frame.cells.len()));
        let value = |name: &str| {
            let cell = || own.get(name).and_then(|cell| cell.0.borrow().clone());
            values.get(name).cloned().or_else(cell)
        };
        let cell = |name: &str| match own.get(name) {
            Some(cell) => Rc::clone(cell),
            None => Rc::new(CellBox(values.get(name).cloned().into())),
        };
        let locals = new.locals.iter().map(|name| value(name)).collect();
        let cells = new.cells.iter().map(|(name, _)| cell(name)).chain(captured).collect();
        (frame.locals, frame.cells, frame.code) = (locals, cells, new);
    }

    /// What becomes of a frame's result is done in the code of its caller, which this is.
    pub(crate) fn result(&mut self, frame: &mut Frame, caller: &Rc<Code>) {
        let Some(new) = self.codes.get(&Rc::as_ptr(caller)).cloned() else { return };
        if let Then::JumpOrPop { to, .. } = &mut frame.then {
            *to = self.place(caller, &new, *to as usize) as u32;
        }
        if let Exhausted::Jump(to) | Exhausted::Value(to) = &mut frame.exhausted {
            *to = self.place(caller, &new, *to as usize) as u32;
        }
    }
}

/// How a function takes its arguments, and what it calls them.
fn parameters(code: &Code) -> (ParamNames, Vec<&str>) {
    let names = code.locals.iter().take(code.params.count());
    (code.params, names.map(|name| name.strip_suffix(" (cell)").unwrap_or(name)).collect())
}

/// What some ops of a code do, and how much of the stack they take for it.
fn kinds(code: &Code, places: &[usize]) -> Vec<(Discriminant<Op>, u32)> {
    let taken = |op: Op| match op {
        Op::Call { args, .. } => args.into(),
        Op::BuildTuple(count)
        | Op::BuildList(count)
        | Op::BuildSet(count)
        | Op::BuildDict(count)
        | Op::BuildString(count)
        | Op::Unpack(count) => count,
        Op::UnpackStarred(before, after) => u32::from(before) << 16 | u32::from(after),
        Op::ListAppend(below) | Op::SetAdd(below) | Op::DictAdd(below) => below.into(),
        Op::Format { spec, .. } => spec.into(),
        Op::Raise(count) => count.into(),
        Op::AssertFailed(message) => message.into(),
        _ => 0,
    };
    places.iter().map(|&at| (discriminant(&code.ops[at]), taken(code.ops[at]))).collect()
}
