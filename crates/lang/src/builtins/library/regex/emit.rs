//! From the tree of a pattern to instructions.

use super::{Op, Program};

/// Instructions of one pattern.
const LONGEST: usize = 50_000;

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Node {
    /// An instruction that looks at the text.
    One(Op),
    Seq(Vec<Self>),
    Alt(Vec<Self>),
    Group(usize, Box<Self>),
    Repeat {
        node: Box<Self>,
        min: usize,
        max: Option<usize>,
        lazy: bool,
    },
    Look {
        node: Box<Self>,
        behind: bool,
        wanted: bool,
    },
}

impl Node {
    /// The fewest and the most characters that it takes; no most where there is no bound.
    fn width(&self) -> (usize, Option<usize>) {
        match self {
            Self::One(Op::Char(_) | Op::Letter(_) | Op::Any { .. } | Op::Set(_)) => (1, Some(1)),
            Self::One(Op::Same { .. }) => (0, None),
            Self::One(_) | Self::Look { .. } => (0, Some(0)),
            Self::Seq(items) => {
                items.iter().map(Self::width).fold((0, Some(0)), |(min, max), (low, high)| {
                    (min.saturating_add(low), max.zip(high).map(|(a, b)| a.saturating_add(b)))
                })
            }
            Self::Alt(choices) => {
                let widths = choices.iter().map(Self::width);
                let all = widths
                    .reduce(|(min, max), (low, high)| (min.min(low), max.zip(high).map(|(a, b)| a.max(b))));
                all.unwrap_or((0, Some(0)))
            }
            Self::Group(_, node) => node.width(),
            Self::Repeat { node, min, max, .. } => {
                let (low, high) = node.width();
                (low.saturating_mul(*min), high.zip(*max).map(|(a, b)| a.saturating_mul(b)))
            }
        }
    }
}

struct Emitter {
    code: Vec<Op>,
    slots: usize,
}

/// The program of a tree.
///
/// # Errors
/// If it would be too long, or looks behind by no fixed width.
pub(super) fn program(tree: &Node, groups: usize, names: Vec<(String, usize)>) -> Result<Program, String> {
    let mut emitter = Emitter { code: Vec::new(), slots: 2 * groups };
    emitter.node(tree)?;
    emitter.push(Op::Match)?;
    Ok(Program { code: emitter.code, groups, names, slots: emitter.slots })
}

impl Emitter {
    fn push(&mut self, op: Op) -> Result<usize, String> {
        if self.code.len() >= LONGEST {
            return Err("the pattern is too long".to_owned());
        }
        self.code.push(op);
        Ok(self.code.len() - 1)
    }

    fn set(&mut self, at: usize, op: Op) {
        if let Some(place) = self.code.get_mut(at) {
            *place = op;
        }
    }

    fn node(&mut self, node: &Node) -> Result<(), String> {
        match node {
            Node::One(op) => {
                self.push(op.clone())?;
            }
            Node::Seq(items) => items.iter().try_for_each(|item| self.node(item))?,
            Node::Alt(choices) => self.choices(choices)?,
            Node::Group(group, node) => {
                self.push(Op::Save(2 * group))?;
                self.node(node)?;
                self.push(Op::Save(2 * group + 1))?;
            }
            Node::Repeat { node, min, max, lazy } => {
                for _ in 0..*min {
                    self.node(node)?;
                }
                match max {
                    None => self.endless(node, *lazy)?,
                    Some(max) => self.some(node, max - min, *lazy)?,
                }
            }
            Node::Look { node, behind, wanted } => {
                let (min, max) = node.width();
                if *behind && max != Some(min) {
                    return Err("look-behind requires fixed-width pattern".to_owned());
                }
                let at = self.push(Op::Match)?;
                self.node(node)?;
                self.push(Op::Match)?;
                let then = self.code.len();
                self.set(at, Op::Look { behind: behind.then_some(min), wanted: *wanted, then });
            }
        }
        Ok(())
    }

    fn choices(&mut self, choices: &[Node]) -> Result<(), String> {
        let mut ends = Vec::new();
        for (i, choice) in choices.iter().enumerate() {
            if i + 1 == choices.len() {
                self.node(choice)?;
                break;
            }
            let split = self.push(Op::Match)?;
            self.node(choice)?;
            ends.push(self.push(Op::Match)?);
            self.set(split, Op::Split(split + 1, self.code.len()));
        }
        let end = self.code.len();
        ends.into_iter().for_each(|at| self.set(at, Op::Jump(end)));
        Ok(())
    }

    fn endless(&mut self, node: &Node, lazy: bool) -> Result<(), String> {
        let split = self.push(Op::Match)?;
        if node.width().0 == 0 {
            let slot = self.slots;
            self.slots += 1;
            self.push(Op::Save(slot))?;
            self.node(node)?;
            self.push(Op::Moved(slot))?;
        } else {
            self.node(node)?;
        }
        self.push(Op::Jump(split))?;
        self.set(split, branch(split + 1, self.code.len(), lazy));
        Ok(())
    }

    fn some(&mut self, node: &Node, most: usize, lazy: bool) -> Result<(), String> {
        let mut splits = Vec::new();
        for _ in 0..most {
            splits.push(self.push(Op::Match)?);
            self.node(node)?;
        }
        let end = self.code.len();
        splits.into_iter().for_each(|at| self.set(at, branch(at + 1, end, lazy)));
        Ok(())
    }
}

/// One more, or the end: which of them is tried first.
fn branch(more: usize, end: usize, lazy: bool) -> Op {
    if lazy { Op::Split(end, more) } else { Op::Split(more, end) }
}
