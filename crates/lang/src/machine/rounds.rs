//! The loop in which a program trains: which of its rounds is under way, and going over to the beginning of another.

use super::Machine;
use super::frame::Frame;
use crate::code::Op;
use crate::iterate::IterState;
use crate::span::line_of;
use crate::value::Value;

/// Where a training is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// The line of its loop, counted from 1.
    pub line: u32,
    /// Rounds that are over. In a loop with loops inside, the one under way is not.
    pub over: usize,
}

/// A `for` that runs.
struct Loop {
    /// The frame that it is in.
    frame: usize,
    /// Its iterator's place on the stack of that frame.
    depth: usize,
    /// The instruction that takes the next item.
    start: usize,
    /// Whether a loop runs inside it.
    outer: bool,
}

impl Machine {
    /// Where the training is: in the outermost `for` around the steps of optimizers that were made before it.
    pub fn round(&self) -> Option<Round> {
        let found = self.training_loop()?;
        let frame = self.frames.get(found.frame)?;
        let taken = taken(frame.stack.get(found.depth)?)?;
        let span = frame.code.spans.get(found.start)?;
        Some(Round {
            line: line_of(&self.text, span.start),
            over: taken.saturating_sub(usize::from(found.outer)),
        })
    }

    /// Goes over to the beginning of the round behind those that are over, out of whatever runs inside the loop. False, with nothing done, if
    /// that is not possible where the program is now: it may be inside a `with`, or in a function of ours.
    pub fn begin_round(&mut self, round: Round) -> bool {
        let here = self.round().is_some_and(|here| here.line == round.line);
        let Some(found) = self.training_loop().filter(|_| here && self.can_leave()) else { return false };
        let inside = self.frames.iter().skip(found.frame);
        let bound = inside.clone().any(|frame| !(frame.tries.is_empty() && frame.exits.is_empty()));
        let ours = inside.skip(1).any(|frame| frame.code.internal || frame.generator.is_some());
        let Some(frame) = self.frames.get_mut(found.frame).filter(|_| !bound && !ours) else { return false };
        if !frame.stack.get(found.depth).is_some_and(|iterator| take_up_at(iterator, round.over)) {
            return false;
        }
        frame.stack.truncate(found.depth + 1);
        frame.handled.clear();
        frame.ip = found.start;
        self.frames.truncate(found.frame + 1);
        true
    }

    fn training_loop(&self) -> Option<Loop> {
        let running = |(at, frame): (usize, &Frame)| -> Vec<Loop> {
            let depths = loops(frame).into_iter().enumerate();
            depths.map(|(depth, start)| Loop { frame: at, depth, start, outer: true }).collect()
        };
        let frames = self.frames.iter().enumerate().filter(|(_, frame)| !frame.code.internal);
        let mut all: Vec<Loop> = frames.flat_map(running).collect();
        all.last_mut()?.outer = false;
        all.into_iter().find(|found| {
            let frame = &self.frames[found.frame];
            sees_optimizer(frame) && !self.makes_optimizer(frame, found.start)
        })
    }

    /// Whether the body of a loop makes optimizers.
    fn makes_optimizer(&self, frame: &Frame, start: usize) -> bool {
        let Some(&Op::ForIter(end)) = frame.code.ops.get(start) else { return false };
        let Some(known) = self.modules.get("torch.optim") else { return false };
        let body = frame.code.ops.iter().take(end as usize).skip(start);
        body.filter_map(|op| match op {
            Op::LoadAttr(name) | Op::LoadGlobal(name) | Op::LoadName(name) => {
                frame.code.names.get(*name as usize)
            }
            _ => None,
        })
        .any(|name| matches!(known.get(name), Some(Value::Class(_))))
    }
}

/// The loops that run in a frame, the outermost first: where each takes its next item.
fn loops(frame: &Frame) -> Vec<usize> {
    let ops = frame.code.ops.iter().enumerate();
    let around = |(start, op): (usize, &Op)| match op {
        Op::ForIter(end) => (start..*end as usize).contains(&frame.ip).then_some(start),
        _ => None,
    };
    ops.filter_map(around).collect()
}

/// Whether a variable that a frame sees holds an optimizer.
fn sees_optimizer(frame: &Frame) -> bool {
    let is_one = |value: &Value| match value {
        Value::Instance(instance) => {
            let class = instance.class();
            let ancestors = class.ancestors.borrow();
            ancestors.iter().any(|class| &*class.name == "Optimizer" && class.module.starts_with("torch"))
        }
        _ => false,
    };
    let in_cell = |value: &Option<Value>| value.as_ref().is_some_and(is_one);
    frame.locals.iter().any(in_cell)
        || frame.cells.iter().any(|cell| in_cell(&cell.0.borrow()))
        || frame.globals.attrs.borrow().iter().any(|(_, value)| is_one(value))
}

/// How many items an iterator has given; `None` for those that cannot begin elsewhere.
fn taken(iterator: &Value) -> Option<usize> {
    let Value::Iter(iter) = iterator else { return None };
    match &*iter.0.borrow() {
        IterState::Range(_, at) | IterState::List(_, at) | IterState::Items(_, at) => Some(*at),
        IterState::Enumerate { inner, .. } => taken(inner),
        IterState::Text(..) | IterState::Keys(..) | IterState::Entries(..) | IterState::Zip { .. } => None,
    }
}

/// Has an iterator go on behind so many items. False for those that cannot.
fn take_up_at(iterator: &Value, items: usize) -> bool {
    let Some(before) = taken(iterator) else { return false };
    let Value::Iter(iter) = iterator else { return false };
    match &mut *iter.0.borrow_mut() {
        IterState::Range(_, at) | IterState::List(_, at) | IterState::Items(_, at) => *at = items,
        IterState::Enumerate { inner, next, .. } => {
            *next += items as i64 - before as i64;
            return take_up_at(inner, items);
        }
        IterState::Text(..) | IterState::Keys(..) | IterState::Entries(..) | IterState::Zip { .. } => {
            return false;
        }
    }
    true
}
