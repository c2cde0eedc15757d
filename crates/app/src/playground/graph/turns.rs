//! Which loop, which turn of it and which modules each op was recorded in.

use std::collections::{BTreeMap, BTreeSet};

use protocol::program::{Graph, Node};

use super::fold::FoldKind;

/// One step down into folds.
#[derive(Clone, PartialEq)]
pub struct Step {
    /// Into what.
    pub kind: FoldKind,
    /// The module, or nothing.
    pub label: String,
    /// The turn; of a loop, which run of it.
    pub turn: u32,
}

/// The loops that an op is in.
#[derive(Clone, Copy, Default)]
pub struct Turns {
    /// Which run of a loop, and which of its turns.
    pub outer: Option<(u32, u32)>,
    /// The same of a loop in it.
    pub inner: Option<(u32, u32)>,
}

/// The loops around each op: lines that ran in a later turn belong to one. Lines whose turns begin again lie in a loop inside another.
pub fn turns(graph: &Graph, ops: &[u32]) -> Vec<Turns> {
    let node = |op: &u32| &graph.nodes[*op as usize];
    let repeated = sorting::set(ops.iter().map(node).filter(|n| n.turn > 0).filter_map(|n| n.line));
    let mut newest: BTreeMap<u32, u32> = BTreeMap::new();
    let mut inner: BTreeSet<u32> = BTreeSet::new();
    for node in ops.iter().map(node) {
        let Some(line) = node.line.filter(|line| repeated.contains(line)) else { continue };
        let turn = newest.entry(line).or_default();
        if node.turn < *turn {
            inner.insert(line);
        }
        *turn = node.turn;
    }
    let mut runs = 0;
    let mut current = Turns::default();
    let mut all = Vec::with_capacity(ops.len());
    for node in ops.iter().map(node) {
        match node.line {
            Some(line) if inner.contains(&line) => {
                current.inner = match current.inner {
                    Some((run, turn)) if node.turn >= turn => Some((run, node.turn)),
                    _ => {
                        runs += 1;
                        Some((runs, node.turn))
                    }
                };
            }
            Some(line) if repeated.contains(&line) => {
                current.inner = None;
                current.outer = match current.outer {
                    Some((run, turn)) if node.turn >= turn => Some((run, node.turn)),
                    _ => {
                        runs += 1;
                        Some((runs, node.turn))
                    }
                };
            }
            Some(_) => current = Turns::default(),
            None => {}
        }
        all.push(current);
    }
    all
}

/// For each run of a loop: how many modules are around all of it.
pub fn common_modules(graph: &Graph, ops: &[u32], turns: &[Turns]) -> BTreeMap<u32, usize> {
    let mut common: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    for (&op, turns) in ops.iter().zip(turns) {
        let modules = &graph.nodes[op as usize].modules;
        for (run, _) in [turns.outer, turns.inner].into_iter().flatten() {
            let (first, count) = common.entry(run).or_insert((op, modules.len()));
            let first = &graph.nodes[*first as usize].modules;
            let same = first.iter().zip(modules).take_while(|(a, b)| a == b).count();
            *count = (*count).min(same);
        }
    }
    common.into_iter().map(|(run, (_, count))| (run, count)).collect()
}

/// The folds around an op, from the outermost.
pub fn steps(node: &Node, turns: Turns, common: &BTreeMap<u32, usize>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut done = 0;
    let module = |label: &String| Step { kind: FoldKind::Module, label: label.clone(), turn: 0 };
    for (run, turn) in [turns.outer, turns.inner].into_iter().flatten() {
        let count = common.get(&run).copied().unwrap_or(0).max(done);
        steps.extend(node.modules[done..count].iter().map(module));
        done = count;
        steps.push(Step { kind: FoldKind::Loop, label: String::new(), turn: run });
        steps.push(Step { kind: FoldKind::Turn, label: String::new(), turn });
    }
    steps.extend(node.modules[done..].iter().map(module));
    steps
}
