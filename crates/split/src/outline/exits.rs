//! Where control goes when it leaves a region: the rest of a sequence, from one of its points on.

use std::collections::BTreeSet;

use wasmparser::{BlockType, Operator, ValType};

use crate::body::{Node, What};

/// A way out of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// To what follows the block whose sequence the region ends, if that is not what its label stands for.
    Falls,
    /// To the label of a block around, counted from 0: the block in whose sequence the region is.
    Label(u32),
    /// Out of the function.
    Returns,
}

/// All ways out of a region, in the order of [`Exit`].
pub struct Exits {
    pub all: BTreeSet<Exit>,
    /// The type of a value that is on the stack when control falls or returns.
    pub value: Option<ValType>,
}

/// A block around a region, or the function.
#[derive(Clone, Copy)]
pub struct Around {
    pub is_loop: bool,
    pub is_function: bool,
    pub results: Values,
}

/// How many values there are: none, one, or anything else.
#[derive(Clone, Copy, PartialEq)]
pub enum Values {
    None,
    One(ValType),
    Other,
}

impl From<BlockType> for Values {
    fn from(of: BlockType) -> Self {
        match of {
            BlockType::Empty => Self::None,
            BlockType::Type(value) => Self::One(value),
            BlockType::FuncType(_) => Self::Other,
        }
    }
}

impl From<&[ValType]> for Values {
    fn from(results: &[ValType]) -> Self {
        match results {
            [] => Self::None,
            [value] => Self::One(*value),
            _ => Self::Other,
        }
    }
}

/// The ways out of a region in these blocks, the function first; none if it has one that cannot be made from another function.
pub fn of(nodes: &[Node<'_>], around: &[Around]) -> Option<Exits> {
    let (function, block) = (around.first()?, around.last()?);
    let mut exits = Exits { all: BTreeSet::new(), value: None };
    branches(nodes, 0, around, &mut exits.all)?;
    exits.all.extend(end(nodes, around));
    let of = match (exits.all.contains(&Exit::Returns), exits.all.contains(&Exit::Falls)) {
        (true, false) => function.results,
        (false, true) => block.results,
        (false, false) => Values::None,
        (true, true) if function.results == Values::None && block.results == Values::None => Values::None,
        (true, true) => return None,
    };
    exits.value = match of {
        Values::None => None,
        Values::One(value) => Some(value),
        Values::Other => return None,
    };
    Some(exits)
}

/// Where control goes behind a region, if it may get there.
pub fn end(nodes: &[Node<'_>], around: &[Around]) -> Option<Exit> {
    nodes.last().filter(|node| goes_on(node))?;
    Some(match around.last()? {
        Around { is_function: true, .. } => Exit::Returns,
        Around { is_loop: false, results: Values::None, .. } => Exit::Label(0),
        _ => Exit::Falls,
    })
}

/// Whether control may get behind this node.
fn goes_on(node: &Node<'_>) -> bool {
    !matches!(
        node.what,
        What::Plain(
            Operator::Br { .. } | Operator::BrTable { .. } | Operator::Return | Operator::Unreachable
        )
    )
}

/// Adds where branches out of these nodes go, which are so many blocks deep in the region.
fn branches(nodes: &[Node<'_>], deep: u32, around: &[Around], all: &mut BTreeSet<Exit>) -> Option<()> {
    for node in nodes {
        match &node.what {
            What::Plain(Operator::Br { relative_depth } | Operator::BrIf { relative_depth }) => {
                branch(*relative_depth, deep, around, all)?;
            }
            What::Plain(Operator::BrTable { targets }) => {
                for depth in targets.targets() {
                    branch(depth.ok()?, deep, around, all)?;
                }
                branch(targets.default(), deep, around, all)?;
            }
            What::Plain(Operator::Return) => {
                all.insert(Exit::Returns);
            }
            what => {
                for part in what.parts() {
                    branches(&part.nodes, deep + 1, around, all)?;
                }
            }
        }
    }
    Some(())
}

fn branch(depth: u32, deep: u32, around: &[Around], all: &mut BTreeSet<Exit>) -> Option<()> {
    if let Some(depth) = depth.checked_sub(deep) {
        all.insert(target(depth, around)?);
    }
    Some(())
}

/// What a branch to a block around a region is, if it takes no value with it.
pub fn target(depth: u32, around: &[Around]) -> Option<Exit> {
    let to = around.get(around.len().checked_sub(1 + depth as usize)?)?;
    match to {
        Around { is_loop: true, results: Values::None | Values::One(_), .. } => Some(Exit::Label(depth)),
        Around { results: Values::One(_) | Values::Other, .. } => None,
        Around { is_function: true, .. } => Some(Exit::Returns),
        _ => Some(Exit::Label(depth)),
    }
}
