//! Matching: instruction by instruction, going back to the last choice where one fails.

use super::set::{is_word, lower};
use super::{Op, Program};

/// Instructions in one call before it gives up.
const STEPS: u64 = 20_000_000;
/// Choices that are open at once.
const CHOICES: usize = 4_000_000;

/// What is undone on the way back.
enum Back {
    /// A choice: the instruction and the position.
    Choice(usize, usize),
    /// What a slot held.
    Slot(usize, Option<usize>),
}

/// A program at work on a text.
pub(super) struct Runner<'a> {
    program: &'a Program,
    text: &'a [char],
    full: bool,
    steps: u64,
}

type Slots = Vec<Option<usize>>;

impl<'a> Runner<'a> {
    /// `full`: the match must end where the text does.
    pub(super) fn new(program: &'a Program, text: &'a [char], full: bool) -> Self {
        Self { program, text, full, steps: 0 }
    }

    /// At most so many matches, none of which overlap: the slots of each, and last the group that was closed last. With `ahead`,
    /// they may begin anywhere, else only at the start.
    ///
    /// # Errors
    /// If it takes too long.
    pub(super) fn find(&mut self, start: usize, ahead: bool, most: usize) -> Result<Vec<Slots>, String> {
        let mut found = Vec::new();
        let mut from = start;
        // After an empty match the next one may begin there, but not be empty.
        let mut barred = None;
        while found.len() < most && from <= self.text.len() {
            let Some(slots) = self.first(from, ahead, barred)? else { break };
            let (begin, end) = (slots.first().copied().flatten(), slots.get(1).copied().flatten());
            from = end.unwrap_or(self.text.len() + 1);
            barred = (begin == end).then_some(from);
            found.push(slots);
        }
        Ok(found)
    }

    fn first(&mut self, from: usize, ahead: bool, barred: Option<usize>) -> Result<Option<Slots>, String> {
        let last = if ahead { self.text.len() } else { from };
        for start in from..=last {
            let mut slots = vec![None; self.program.slots + 1];
            if let Some(end) =
                self.run(0, start, &mut slots, Some(start).filter(|_| barred == Some(start)), self.full)?
            {
                let ends = [Some(start), Some(end)];
                slots.iter_mut().zip(ends).for_each(|(slot, end)| *slot = end);
                return Ok(Some(slots));
            }
        }
        Ok(None)
    }

    /// Where the match ends that begins at an instruction and a position; it may not end at `barred`.
    fn run(
        &mut self,
        mut ip: usize,
        mut at: usize,
        slots: &mut Slots,
        barred: Option<usize>,
        full: bool,
    ) -> Result<Option<usize>, String> {
        let mut back: Vec<Back> = Vec::new();
        let program = self.program;
        loop {
            self.steps += 1;
            if self.steps > STEPS || back.len() > CHOICES {
                return Err("the pattern takes too long to match here".to_owned());
            }
            let Some(op) = program.code.get(ip) else { return Ok(None) };
            let goes_on = match op {
                Op::Match => {
                    if barred != Some(at) && (!full || at == self.text.len()) {
                        return Ok(Some(at));
                    }
                    false
                }
                Op::Jump(to) => {
                    ip = *to;
                    continue;
                }
                Op::Split(first, second) => {
                    back.push(Back::Choice(*second, at));
                    ip = *first;
                    continue;
                }
                Op::Save(slot) => {
                    self.save(*slot, at, slots, &mut back);
                    true
                }
                Op::Moved(slot) => slots.get(*slot).copied().flatten() != Some(at),
                Op::Look { behind, wanted, then } => {
                    let begin = at.checked_sub(behind.unwrap_or(0));
                    let before = slots.clone();
                    let end = match begin {
                        Some(begin) => self.run(ip + 1, begin, slots, None, false)?,
                        None => None,
                    };
                    let matches = end.is_some_and(|end| behind.is_none() || end == at);
                    if !(matches && *wanted) {
                        *slots = before;
                    } else {
                        for (slot, (old, new)) in before.iter().zip(slots.iter()).enumerate() {
                            if old != new {
                                back.push(Back::Slot(slot, *old));
                            }
                        }
                    }
                    if matches == *wanted {
                        ip = *then;
                        continue;
                    }
                    false
                }
                op => match self.step(op, at, slots) {
                    Some(next) => {
                        at = next;
                        true
                    }
                    None => false,
                },
            };
            if goes_on {
                ip += 1;
                continue;
            }
            loop {
                match back.pop() {
                    None => return Ok(None),
                    Some(Back::Slot(slot, old)) => {
                        if let Some(place) = slots.get_mut(slot) {
                            *place = old;
                        }
                    }
                    Some(Back::Choice(choice, position)) => {
                        (ip, at) = (choice, position);
                        break;
                    }
                }
            }
        }
    }

    fn save(&self, slot: usize, at: usize, slots: &mut Slots, back: &mut Vec<Back>) {
        let mut set = |slot: usize, value: usize| {
            if let Some(place) = slots.get_mut(slot) {
                back.push(Back::Slot(slot, *place));
                *place = Some(value);
            }
        };
        set(slot, at);
        // The end of a group: it is the one that was closed last.
        if slot % 2 == 1 && slot < 2 * self.program.groups {
            set(self.program.slots, slot / 2);
        }
    }

    /// Where an instruction that looks at characters goes on.
    fn step(&self, op: &Op, at: usize, slots: &Slots) -> Option<usize> {
        let here = self.text.get(at).copied();
        let before = at.checked_sub(1).and_then(|i| self.text.get(i)).copied();
        let one = |holds: bool| holds.then_some(at + 1);
        let none = |holds: bool| holds.then_some(at);
        match op {
            Op::Char(c) => one(here == Some(*c)),
            Op::Letter(c) => one(here.map(lower) == Some(*c)),
            Op::Any { newline } => one(here.is_some_and(|c| *newline || c != '\n')),
            Op::Set(set) => one(here.is_some_and(|c| set.holds(c))),
            Op::Same { group, ignore_case } => {
                let start = slots.get(2 * group).copied().flatten()?;
                let end = slots.get(2 * group + 1).copied().flatten()?;
                let wanted = self.text.get(start..end)?;
                let found = self.text.get(at..at.checked_add(wanted.len())?)?;
                let same = |(a, b): (&char, &char)| a == b || *ignore_case && lower(*a) == lower(*b);
                wanted.iter().zip(found).all(same).then_some(at + wanted.len())
            }
            Op::Start { line } => none(at == 0 || *line && before == Some('\n')),
            Op::End { line } => {
                let last = here == Some('\n') && at + 1 == self.text.len();
                none(here.is_none() || last || *line && here == Some('\n'))
            }
            Op::VeryEnd => none(here.is_none()),
            Op::Edge { wanted } => {
                none((before.is_some_and(is_word) != here.is_some_and(is_word)) == *wanted)
            }
            _ => None,
        }
    }
}
