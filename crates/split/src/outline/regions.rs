//! Chooses what of a function can be a function of its own: the regions that opening the page does not get to.

use std::collections::{BTreeSet, HashMap, HashSet};

use wasmparser::{Operator, ValType};

use super::exits::{self, Around, Exit, Exits, Values};
use super::given::Places;
use super::live::{self, Live};
use crate::body::{Body, Node, Sequence, What};

/// How many bytes shorter a function becomes at least for a region that it loses.
const GAIN: usize = 24;

/// A region that becomes a function.
pub struct Region {
    pub exits: Vec<Exit>,
    /// The blocks around it, the function first.
    pub around: Vec<Around>,
    /// All locals that it reads or writes.
    pub locals: BTreeSet<u32>,
    /// Those that it is given.
    pub params: Vec<u32>,
    /// Those that it gives back.
    pub given: Vec<u32>,
    /// The type of a value that it has on the stack when it falls or returns.
    pub value: Option<ValType>,
}

/// The regions of a body whose points are not passed, by the points at which they begin.
pub fn choose(
    body: &Body<'_>,
    results: &[ValType],
    places: &Places<'_>,
    is_passed: impl Fn(u32) -> bool,
) -> HashMap<u32, Region> {
    let mut barred = HashSet::new();
    loop {
        let function = Around { is_loop: false, is_function: true, results: results.into() };
        let mut found =
            Found { is_passed: &is_passed, barred: &barred, around: vec![function], all: HashMap::new() };
        found.sequence(&body.root);
        let candidates = found.all;
        let live = live::around(body, |point| Some(&candidates.get(&point)?.exits));
        let of = |(&point, live)| Some((point, candidates.get(&point)?.region(live)));
        let mut regions: HashMap<u32, Region> = live.iter().filter_map(of).collect();
        // What cannot be one may have some in it.
        let known = barred.len();
        barred.extend(
            regions.iter().filter(|(_, region)| places.of(region).is_none()).map(|(&point, _)| point),
        );
        if barred.len() == known {
            regions.retain(|point, region| candidates[point].bytes >= region.cost() + GAIN);
            return regions;
        }
    }
}

/// What may become a function.
struct Candidate {
    exits: Exits,
    around: Vec<Around>,
    read: BTreeSet<u32>,
    written: BTreeSet<u32>,
    bytes: usize,
}

impl Candidate {
    fn new(nodes: &[Node<'_>], exits: Exits, around: Vec<Around>, bytes: usize) -> Self {
        let mut made = Self { exits, around, read: BTreeSet::new(), written: BTreeSet::new(), bytes };
        made.take(nodes);
        made
    }

    /// Takes the locals that nodes use.
    fn take(&mut self, nodes: &[Node<'_>]) {
        use Operator::{LocalGet, LocalSet, LocalTee};
        for node in nodes {
            match &node.what {
                What::Plain(LocalGet { local_index }) => {
                    self.read.insert(*local_index);
                }
                What::Plain(LocalSet { local_index } | LocalTee { local_index }) => {
                    self.written.insert(*local_index);
                }
                what => what.parts().for_each(|part| self.take(&part.nodes)),
            }
        }
    }

    fn region(&self, live: &Live) -> Region {
        let locals: BTreeSet<u32> = self.read.union(&self.written).copied().collect();
        let given: Vec<u32> =
            self.written.iter().copied().filter(|&local| live.after.contains(local)).collect();
        let is_used = |local: u32| self.read.contains(&local) || given.contains(&local);
        let params = locals.iter().copied().filter(|&local| live.before.contains(local) && is_used(local));
        Region {
            exits: self.exits.all.iter().copied().collect(),
            around: self.around.clone(),
            params: params.collect(),
            locals,
            given,
            value: self.exits.value,
        }
    }
}

/// Looks for regions.
struct Found<'f, P> {
    is_passed: &'f P,
    /// Points at which none can begin.
    barred: &'f HashSet<u32>,
    around: Vec<Around>,
    all: HashMap<u32, Candidate>,
}

impl<P: Fn(u32) -> bool> Found<'_, P> {
    fn sequence(&mut self, sequence: &Sequence<'_>) {
        if self.region(sequence.point, &sequence.nodes) {
            return;
        }
        for (at, node) in sequence.nodes.iter().enumerate() {
            let (results, is_loop) = match node.what {
                What::Plain(_) => (Values::None, false),
                What::Loop(of, _) => (of.into(), true),
                What::Block(of, _) | What::If(of, ..) => (of.into(), false),
            };
            self.around.push(Around { is_loop, is_function: false, results });
            for part in node.what.parts() {
                self.sequence(part);
            }
            self.around.pop();
            if self.region(node.point.filter(|_| node.is_flat), &sequence.nodes[at + 1..]) {
                return;
            }
        }
    }

    /// Whether these nodes, from a point on, are done with: they are never got to, and a region or too few to have any in them.
    fn region(&mut self, point: Option<u32>, nodes: &[Node<'_>]) -> bool {
        let Some(point) = point.filter(|&point| !(self.is_passed)(point)) else { return false };
        let bytes = nodes.iter().map(|node| node.bytes as usize).sum();
        if bytes < GAIN {
            return true;
        }
        if self.barred.contains(&point) {
            return false;
        }
        let Some(exits) = exits::of(nodes, &self.around) else { return false };
        self.all.insert(point, Candidate::new(nodes, exits, self.around.clone(), bytes));
        true
    }
}

impl Region {
    /// Whether its function says by a number where control goes.
    pub fn is_divided(&self) -> bool {
        self.exits.len() > 1
    }

    /// Whether its function has the first of the locals that it gives back for a result.
    pub fn gives_first(&self) -> bool {
        !self.is_divided() && self.value.is_none() && !self.given.is_empty()
    }

    /// The bytes of what stands in its place, about.
    fn cost(&self) -> usize {
        let ways = if self.is_divided() { 8 + 2 * self.exits.len() } else { 2 };
        16 + 2 * self.params.len() + 4 * self.given.len() + ways
    }
}
