//! What a backward pass has ahead of it: which nodes can be reached, how many gradients each leaf will receive, and,
//! where only some gradients are asked for, which nodes lead to them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::tape::{History, Node};

/// The reachable part of a graph.
pub(super) struct Plan {
    /// How many edges lead to each leaf.
    pub(super) leaves: BTreeMap<usize, usize>,
    /// If only some gradients are asked for.
    chosen: Option<Chosen>,
}

#[derive(Default)]
struct Chosen {
    nodes: BTreeSet<u64>,
    leaves: BTreeSet<usize>,
    /// The nodes on a way to one of them.
    ways: BTreeSet<u64>,
}

impl Plan {
    /// From `roots`, to all leaves or to `targets`.
    pub(super) fn new(roots: &[History], targets: Option<&[History]>) -> Self {
        let mut leaves = BTreeMap::new();
        let mut nodes: BTreeMap<u64, Rc<Node>> = BTreeMap::new();
        let mut stack = Vec::new();
        let mut follow = |history: &History, stack: &mut Vec<Rc<Node>>| match history {
            History::None => {}
            History::Leaf(leaf) => *leaves.entry(leaf.id()).or_insert(0) += 1,
            History::Op(node, _) => stack.push(Rc::clone(node)),
        };
        for root in roots {
            follow(root, &mut stack);
        }
        while let Some(node) = stack.pop() {
            if nodes.contains_key(&node.seq()) {
                continue;
            }
            for input in node.inputs() {
                follow(&input.history, &mut stack);
            }
            nodes.insert(node.seq(), node);
        }
        let chosen = targets.map(|targets| Chosen::new(targets, &nodes));
        Self { leaves, chosen }
    }

    /// The same plan for a copy of the graph, in which each leaf has another number or cannot be reached any more.
    pub(super) fn renumbered(&self, number: impl Fn(usize) -> Option<usize>) -> Self {
        let leaves = self.leaves.iter().filter_map(|(&leaf, &edges)| Some((number(leaf)?, edges))).collect();
        let chosen = self.chosen.as_ref().map(|chosen| Chosen {
            nodes: chosen.nodes.clone(),
            leaves: chosen.leaves.iter().filter_map(|&leaf| number(leaf)).collect(),
            ways: chosen.ways.clone(),
        });
        Self { leaves, chosen }
    }

    /// Whether a gradient that leaves along this edge is of use.
    pub(super) fn wants(&self, history: &History) -> bool {
        match (history, &self.chosen) {
            (History::None, _) => false,
            (_, None) => true,
            (History::Leaf(leaf), Some(chosen)) => chosen.leaves.contains(&leaf.id()),
            (History::Op(node, _), Some(chosen)) => {
                chosen.ways.contains(&node.seq()) || chosen.nodes.contains(&node.seq())
            }
        }
    }

    /// Whether the gradients of the node's inputs are of use.
    pub(super) fn passes(&self, node: &Node) -> bool {
        self.chosen.as_ref().is_none_or(|chosen| chosen.ways.contains(&node.seq()))
    }
}

impl Chosen {
    fn new(targets: &[History], nodes: &BTreeMap<u64, Rc<Node>>) -> Self {
        let mut chosen = Self::default();
        for target in targets {
            match target {
                History::None => {}
                History::Leaf(leaf) => drop(chosen.leaves.insert(leaf.id())),
                History::Op(node, _) => drop(chosen.nodes.insert(node.seq())),
            }
        }
        // Oldest first: the inputs of a node are older than it.
        for (seq, node) in nodes {
            let leads = node.inputs().iter().any(|input| match &input.history {
                History::None => false,
                History::Leaf(leaf) => chosen.leaves.contains(&leaf.id()),
                History::Op(node, _) => {
                    chosen.nodes.contains(&node.seq()) || chosen.ways.contains(&node.seq())
                }
            });
            if leads {
                chosen.ways.insert(*seq);
            }
        }
        chosen
    }
}
