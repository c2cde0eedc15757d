//! Which locals of a function still matter at a place: those that are read afterwards before they are written.

use std::collections::HashMap;

use wasmparser::Operator;

use super::exits::{Exit, Exits};
use crate::body::{Body, Node, Sequence, What};

/// A set of locals.
#[derive(Clone, Default, PartialEq)]
pub struct Locals(Vec<u64>);

impl Locals {
    pub fn insert(&mut self, local: u32) {
        let word = local as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (local % 64);
    }

    pub fn remove(&mut self, local: u32) {
        if let Some(word) = self.0.get_mut(local as usize / 64) {
            *word &= !(1 << (local % 64));
        }
    }

    pub fn contains(&self, local: u32) -> bool {
        self.0.get(local as usize / 64).is_some_and(|word| word >> (local % 64) & 1 == 1)
    }

    /// Adds those of another. Gives whether that changed anything.
    pub fn extend(&mut self, other: &Self) -> bool {
        let mut is_new = false;
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            is_new |= more & !*word != 0;
            *word |= more;
        }
        is_new
    }
}

/// What is live where the rest of a sequence begins, and at all places where control goes when it leaves it.
#[derive(Clone, Default)]
pub struct Live {
    pub before: Locals,
    pub after: Locals,
}

/// What is live around each of the regions of a body, by the points at which they begin. A region is a sequence from a point on;
/// `exits` says where control goes from it, if one begins at a point.
pub fn around<'e>(body: &Body<'_>, exits: impl Fn(u32) -> Option<&'e Exits>) -> HashMap<u32, Live> {
    let mut walk = Walk { exits, labels: vec![Locals::default()], found: HashMap::new() };
    walk.sequence(&body.root, &Locals::default());
    walk.found
}

struct Walk<E> {
    exits: E,
    /// What is live where a branch to each of the blocks around goes.
    labels: Vec<Locals>,
    found: HashMap<u32, Live>,
}

impl<'e, E: Fn(u32) -> Option<&'e Exits>> Walk<E> {
    /// What is live before a sequence, from what is live after it.
    fn sequence(&mut self, sequence: &Sequence<'_>, after: &Locals) -> Locals {
        let mut live = after.clone();
        for node in sequence.nodes.iter().rev() {
            self.note(node.point, &live, after);
            live = self.node(node, live);
        }
        self.note(sequence.point, &live, after);
        live
    }

    fn node(&mut self, node: &Node<'_>, mut live: Locals) -> Locals {
        match &node.what {
            What::Plain(operator) => {
                self.operator(operator, &mut live);
                live
            }
            What::Block(_, part) => self.inside(live.clone(), part, &live),
            What::If(_, then, other) => {
                let mut before = self.inside(live.clone(), then, &live);
                before.extend(&match other {
                    Some(other) => self.inside(live.clone(), other, &live),
                    None => live,
                });
                before
            }
            What::Loop(_, part) => {
                let mut top = Locals::default();
                loop {
                    let before = self.inside(top.clone(), part, &live);
                    if !top.extend(&before) {
                        return top;
                    }
                }
            }
        }
    }

    /// A sequence in a block, to whose label a branch goes when `label` is live.
    fn inside(&mut self, label: Locals, part: &Sequence<'_>, after: &Locals) -> Locals {
        self.labels.push(label);
        let before = self.sequence(part, after);
        self.labels.pop();
        before
    }

    fn operator(&self, operator: &Operator<'_>, live: &mut Locals) {
        match operator {
            Operator::LocalGet { local_index } => live.insert(*local_index),
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                live.remove(*local_index);
            }
            Operator::Br { relative_depth } => *live = self.label(*relative_depth),
            Operator::BrIf { relative_depth } => {
                live.extend(&self.label(*relative_depth));
            }
            Operator::BrTable { targets } => {
                *live = self.label(targets.default());
                for depth in targets.targets().flatten() {
                    live.extend(&self.label(depth));
                }
            }
            Operator::Return | Operator::Unreachable => *live = Locals::default(),
            _ => {}
        }
    }

    fn label(&self, depth: u32) -> Locals {
        let place = self.labels.len().checked_sub(1 + depth as usize);
        place.and_then(|place| self.labels.get(place)).cloned().unwrap_or_default()
    }

    /// Notes what is live around the region that begins here, if one does.
    fn note(&mut self, point: Option<u32>, before: &Locals, end: &Locals) {
        let Some((point, exits)) = point.and_then(|point| Some((point, (self.exits)(point)?))) else {
            return;
        };
        let mut after = Locals::default();
        for exit in &exits.all {
            match exit {
                Exit::Falls => after.extend(end),
                Exit::Label(depth) => after.extend(&self.label(*depth)),
                Exit::Returns => false,
            };
        }
        self.found.insert(point, Live { before: before.clone(), after });
    }
}
