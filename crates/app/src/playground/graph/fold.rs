//! Folds: calls of modules, loops and their turns, found in the order in which the ops were recorded. Which of them are closed is the
//! user's to say; until then, a rule does.

use std::collections::BTreeMap;

use protocol::program::{Graph, Node, NodeKind};

use super::turns::{Step, common_modules, steps, turns};

/// Graphs of more nodes than this begin with their modules folded.
const SMALL: usize = 14;
/// Loops of more turns than this begin folded.
const TURNS: u32 = 3;
/// More innermost modules than this begin with the modules around them folded.
const MODULES: usize = 24;

/// What a fold holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// A call of a module.
    Module,
    /// A loop. Folded, it shows its last turn, and a card for the turns before it.
    Loop,
    /// One turn of a loop.
    Turn,
}

/// A part of the graph that can be drawn as one card.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// Names it, also after small changes of the text.
    pub key: u64,
    /// Names it for its members. The last turn of a folded loop always has the same, so that what is drawn of it does not change places.
    pub space: u64,
    /// What it holds.
    pub kind: FoldKind,
    /// The fold around it.
    pub parent: Option<u32>,
    /// The module, or nothing.
    pub label: String,
    /// The turn (counted from 0); of a loop, its last.
    pub turn: u32,
    /// Ops in it.
    pub ops: u32,
    /// The last op, a place in the nodes of the graph.
    pub last: u32,
    /// The lines of its ops: the first and the last of them in the text.
    pub lines: Option<(u32, u32)>,
    /// Whether there are modules in it.
    pub outer: bool,
    /// Whether it is worth a card: a module around a single op without parameters is not.
    pub worth: bool,
    /// Whether it is closed.
    pub folded: bool,
}

/// What the user has opened and closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Whether everything is to be closed, or open.
    pub all: Option<bool>,
    /// Whether single folds are closed, by key.
    pub single: BTreeMap<u64, bool>,
}

/// The folds of a graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folds {
    /// A fold comes after the one around it.
    pub all: Vec<Fold>,
    /// The innermost fold of each node.
    pub home: Vec<Option<u32>>,
}

/// Goes on with a hash (FNV-1a).
pub fn hash(mut state: u64, bytes: &[u8]) -> u64 {
    for &byte in bytes {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    state
}

/// Where hashes begin.
pub const SEED: u64 = 0xcbf2_9ce4_8422_2325;

impl Folds {
    /// The folds of the nodes for which `seen` says so.
    pub fn find(graph: &Graph, seen: &[bool], choices: &Choices) -> Self {
        let ops: Vec<u32> = (0..graph.nodes.len() as u32)
            .filter(|&i| seen[i as usize] && is_op(&graph.nodes[i as usize]))
            .collect();
        let mut folds = Self { all: Vec::new(), home: vec![None; graph.nodes.len()] };
        folds.nest(graph, &ops);
        folds.adopt(graph, seen);
        folds.decide(seen.iter().filter(|&&seen| seen).count(), choices);
        folds
    }

    /// Puts ops that follow each other into the same folds as far as their steps agree.
    fn nest(&mut self, graph: &Graph, ops: &[u32]) {
        let turns = turns(graph, ops);
        let common = common_modules(graph, ops, &turns);
        let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
        let mut open: Vec<(Step, u32)> = Vec::new();
        for (&op, turns) in ops.iter().zip(&turns) {
            let node = &graph.nodes[op as usize];
            let steps = steps(node, *turns, &common);
            let same = open.iter().zip(&steps).take_while(|((open, _), step)| open == *step).count();
            open.truncate(same);
            for step in &steps[same..] {
                let parent = open.last().map(|(_, fold)| *fold);
                let around = parent.map_or(SEED, |parent| self.all[parent as usize].key);
                let turn = if step.kind == FoldKind::Turn { step.turn } else { 0 };
                let name = hash(hash(around, step.label.as_bytes()), &[step.kind as u8]);
                let name = hash(name, &turn.to_le_bytes());
                let count = counts.entry(name).or_default();
                let key = hash(name, &count.to_le_bytes());
                *count += 1;
                if let Some(parent) = parent.filter(|_| step.kind == FoldKind::Module) {
                    self.all[parent as usize].outer = true;
                }
                open.push((step.clone(), self.all.len() as u32));
                self.all.push(Fold {
                    key,
                    space: key,
                    kind: step.kind,
                    parent,
                    label: step.label.clone(),
                    turn,
                    ops: 0,
                    last: op,
                    lines: None,
                    outer: false,
                    worth: true,
                    folded: false,
                });
            }
            for (_, fold) in &open {
                let fold = &mut self.all[*fold as usize];
                fold.ops += 1;
                fold.last = op;
                if let Some(line) = node.line {
                    let (first, last) = fold.lines.unwrap_or((line, line));
                    fold.lines = Some((first.min(line), last.max(line)));
                }
            }
            self.home[op as usize] = open.last().map(|(_, fold)| *fold);
        }
    }

    /// Constants go where all their users are, and so does a variable that an optimizer has changed: it is drawn once for each of its
    /// values. Parameters go into the module that used them last, if no other did.
    fn adopt(&mut self, graph: &Graph, seen: &[bool]) {
        let places = sorting::map((0u32..).zip(&graph.nodes).map(|(i, node)| (node.id, i)));
        let mut users: Vec<Vec<u32>> = vec![Vec::new(); graph.nodes.len()];
        for (i, node) in graph.nodes.iter().enumerate().filter(|(i, _)| seen[*i]) {
            for input in node.inputs.iter().filter_map(|id| places.get(id)) {
                users[*input as usize].push(i as u32);
            }
        }
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for name in graph.nodes.iter().filter(|node| !is_op(node)).filter_map(|node| node.name.as_deref()) {
            *times.entry(name).or_default() += 1;
        }
        let changes = |node: &Node| node.name.as_deref().is_some_and(|name| times.get(name) > Some(&1));
        let mut fed = vec![false; self.all.len()];
        for (i, node) in graph.nodes.iter().enumerate() {
            let (Some((&first, rest)), Some((&last, _))) = (users[i].split_first(), users[i].split_last())
            else {
                continue;
            };
            if !seen[i] || is_op(node) {
                continue;
            }
            let module = if node.kind == NodeKind::Parameter {
                let module = self.module_of(last);
                let label = module.map(|fold| self.all[fold as usize].label.as_str());
                let alone = users[i].iter().all(|&user| {
                    self.module_of(user).map(|fold| self.all[fold as usize].label.as_str()) == label
                });
                module.filter(|_| alone)
            } else {
                None
            };
            let home = if module.is_none() && (node.kind == NodeKind::Constant || changes(node)) {
                rest.iter().fold(self.home[first as usize], |home, &user| {
                    self.common(home, self.home[user as usize])
                })
            } else {
                module
            };
            if let Some(fold) = home {
                fed[fold as usize] |= node.kind == NodeKind::Parameter;
                self.home[i] = home;
            }
        }
        for (fold, fed) in self.all.iter_mut().zip(fed) {
            fold.worth = fold.kind != FoldKind::Module || fold.ops > 1 || fed;
        }
    }

    fn module_of(&self, node: u32) -> Option<u32> {
        self.around(self.home[node as usize]).find(|&fold| self.all[fold as usize].kind == FoldKind::Module)
    }

    /// A fold and those around it, from the inside.
    pub fn around(&self, fold: Option<u32>) -> impl Iterator<Item = u32> {
        std::iter::successors(fold, |&fold| self.all[fold as usize].parent)
    }

    fn common(&self, a: Option<u32>, b: Option<u32>) -> Option<u32> {
        let around: Vec<u32> = self.around(a).collect();
        self.around(b).find(|fold| around.contains(fold))
    }

    /// Closes what is to be closed.
    fn decide(&mut self, nodes: usize, choices: &Choices) {
        // The last turn of each loop, and how many ops a turn has.
        for i in 0..self.all.len() {
            let Fold { kind, parent, turn, .. } = self.all[i];
            if let Some(parent) = parent.filter(|_| kind == FoldKind::Turn) {
                let around = &mut self.all[parent as usize];
                around.turn = around.turn.max(turn);
            }
        }
        let innermost = self.all.iter().filter(|fold| fold.kind == FoldKind::Module && !fold.outer).count();
        for i in 0..self.all.len() {
            let fold = &self.all[i];
            let around = fold.parent.map(|parent| &self.all[parent as usize]);
            let newest = fold.kind == FoldKind::Turn
                && around.is_some_and(|around| around.folded && fold.turn == around.turn);
            let rule = match (fold.kind, around) {
                (FoldKind::Module, _) if fold.outer => innermost > MODULES,
                (FoldKind::Module, _) => nodes > SMALL,
                (FoldKind::Loop, _) => fold.turn >= TURNS,
                (FoldKind::Turn, Some(around)) => around.turn >= TURNS && !newest,
                (FoldKind::Turn, None) => false,
            };
            let space = around.map_or(SEED, |around| around.space);
            let space = match fold.kind {
                FoldKind::Turn if newest => hash(space, b"newest"),
                FoldKind::Turn => hash(space, &fold.turn.to_le_bytes()),
                FoldKind::Module | FoldKind::Loop => {
                    hash(hash(space, fold.label.as_bytes()), &[fold.kind as u8])
                }
            };
            let folded = choices.single.get(&fold.key).copied().or(choices.all).unwrap_or(rule);
            let fold = &mut self.all[i];
            fold.folded = folded && fold.worth;
            fold.space = space;
        }
    }

    /// The card that stands for a node, if it is not drawn itself: the outermost closed fold.
    pub fn card(&self, node: u32) -> Option<u32> {
        let mut card = None;
        let mut inside: Option<u32> = None;
        for fold in self.around(self.home[node as usize]) {
            let this = &self.all[fold as usize];
            let last = this.kind == FoldKind::Loop
                && inside.is_some_and(|turn| self.all[turn as usize].turn == this.turn);
            if this.folded && !last {
                card = Some(fold);
            }
            inside = Some(fold);
        }
        card
    }
}

/// Whether a node was computed.
pub fn is_op(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Op | NodeKind::Loss)
}
