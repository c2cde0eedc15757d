//! What is drawn: the nodes that show, the cards that stand for folded ones, and where all of it lies. A value, made anew whenever the
//! graph or a fold changes; nothing here draws.

use std::collections::BTreeMap;
use std::sync::Arc;

use protocol::program::{Graph, Node, NodeKind};

use super::fold::{Choices, Fold, FoldKind, Folds, SEED, hash, is_op};
use super::layout::{Direction, Layout, Problem, Rect, layout};
use super::node;

/// A box of the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Names it, also after small changes of the text.
    pub key: u64,
    /// The node, or the last op of a card: a place in the nodes of the graph.
    pub node: u32,
    /// The fold that it stands for.
    pub card: Option<u32>,
    /// Nodes in it.
    pub members: u32,
    /// The last turn in it, of a loop: counted from 0.
    pub turn: u32,
}

/// An open fold, as a frame around what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Which.
    pub fold: u32,
    /// Where.
    pub area: Rect,
}

/// Everything that is drawn.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// What was recorded.
    pub graph: Arc<Graph>,
    /// Its folds.
    pub folds: Folds,
    /// The boxes: a box comes after what it is computed of.
    pub items: Vec<Item>,
    /// The box in which a node shows, by the node's place in the graph.
    pub shown_in: Vec<Option<u32>>,
    /// The places of nodes by their numbers.
    pub places: BTreeMap<u32, u32>,
    /// The edges that leave each box, as places in the wires of the layout.
    pub leaving: Vec<Vec<u32>>,
    /// Where everything lies.
    pub layout: Arc<Layout>,
    /// The open folds, from the outermost.
    pub frames: Vec<Frame>,
    /// Nodes of backward passes that are not shown.
    pub hidden: usize,
    problem: Problem,
}

/// How the graph is to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// What is folded.
    pub folds: Choices,
    /// Whether the ops of backward passes show.
    pub backward: bool,
    /// Which way the edges run.
    pub direction: Direction,
}

impl Scene {
    /// Draws up the scene; the layout is taken over if everything has its size and edges as before.
    pub fn new(graph: Arc<Graph>, wish: &Wish, before: &Self) -> Self {
        let seen: Vec<bool> = graph.nodes.iter().map(|node| wish.backward || !node.backward).collect();
        let folds = Folds::find(&graph, &seen, &wish.folds);
        let places = (0u32..).zip(&graph.nodes).map(|(i, node)| (node.id, i)).collect();
        let hidden = seen.iter().filter(|&&seen| !seen).count();
        let mut scene = Self { graph, folds, places, hidden, ..Self::default() };
        scene.collect(&seen);
        scene.name();
        let edges = scene.edges();
        let sizes = scene.items.iter().map(|item| node::size(&scene, item)).collect();
        let frames = scene.items.iter().map(|item| scene.framed_in(item)).collect();
        scene.problem = Problem { sizes, edges, frames, direction: wish.direction };
        scene.layout = if scene.problem == before.problem {
            Arc::clone(&before.layout)
        } else {
            Arc::new(layout(&scene.problem))
        };
        scene.leaving = vec![Vec::new(); scene.items.len()];
        for (wire, &(from, _)) in (0u32..).zip(&scene.problem.edges) {
            scene.leaving[from as usize].push(wire);
        }
        scene.frame();
        scene
    }

    /// The node of a box.
    pub fn node(&self, item: &Item) -> &Node {
        &self.graph.nodes[item.node as usize]
    }

    /// The fold of a card.
    pub fn fold(&self, item: &Item) -> Option<&Fold> {
        item.card.map(|fold| &self.folds.all[fold as usize])
    }

    /// The box in which a node shows, by the node's number.
    pub fn item_of(&self, id: u32) -> Option<u32> {
        self.places.get(&id).and_then(|&place| self.shown_in[place as usize])
    }

    /// Whether the other scene has the same boxes in the same places.
    pub fn lies_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.layout, &other.layout)
    }

    /// Makes the boxes, in an order in which a box comes after what it is computed of.
    fn collect(&mut self, seen: &[bool]) {
        let count = self.graph.nodes.len();
        // Of each node, the op that it is ordered by: of a card, its first; of what was not computed, the first that uses it.
        let mut order: Vec<f32> = vec![f32::MAX; count];
        let cards: Vec<Option<u32>> = (0..count as u32).map(|node| self.folds.card(node)).collect();
        let mut first: BTreeMap<u32, f32> = BTreeMap::new();
        for i in (0..count).filter(|&i| seen[i] && is_op(&self.graph.nodes[i])) {
            order[i] = match cards[i] {
                Some(card) => *first.entry(card).or_insert(i as f32),
                None => i as f32,
            };
        }
        for i in (0..count).filter(|&i| seen[i]) {
            for input in self.graph.nodes[i].inputs.iter().filter_map(|id| self.places.get(id)) {
                let input = *input as usize;
                if !is_op(&self.graph.nodes[input]) {
                    order[input] = order[input].min(order[i] - 0.5);
                }
            }
        }
        let mut pairs: Vec<(f32, u32)> =
            (0..count).filter(|&i| seen[i]).map(|i| (order[i], i as u32)).collect();
        super::layout::sort(&mut pairs);
        self.shown_in = vec![None; count];
        let mut made: BTreeMap<u32, u32> = BTreeMap::new();
        for (_, node) in pairs {
            let card = cards[node as usize];
            let next = self.items.len() as u32;
            let item = card.map_or(next, |card| *made.entry(card).or_insert(next));
            if item == next {
                self.items.push(Item { key: 0, node, card, members: 0, turn: 0 });
            }
            self.shown_in[node as usize] = Some(item);
            let op = is_op(&self.graph.nodes[node as usize]);
            let turn = if op { self.turn(node, card) } else { 0 };
            let item = &mut self.items[item as usize];
            item.members += 1;
            item.turn = item.turn.max(turn);
            if op {
                item.node = node;
            }
        }
    }

    /// The turn of a node in the loop of a card.
    fn turn(&self, node: u32, card: Option<u32>) -> u32 {
        let home = self.folds.home[node as usize];
        let mut around = self.folds.around(home);
        around
            .find(|&fold| self.folds.all[fold as usize].parent == card)
            .map_or(0, |fold| self.folds.all[fold as usize].turn)
    }

    /// Gives each box a name that small changes elsewhere leave alone.
    fn name(&mut self) {
        let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
        for i in 0..self.items.len() {
            let item = &self.items[i];
            let node = self.node(item);
            let name = match self.fold(item) {
                Some(fold) => hash(fold.space, b"card"),
                None => {
                    let home = self.folds.home[item.node as usize];
                    let space = home.map_or(SEED, |home| self.folds.all[home as usize].space);
                    // The name of a result moves on to the next one when a loop goes round; that of a leaf stays.
                    let name = node.name.as_deref().filter(|_| !is_op(node)).unwrap_or_default();
                    let kind = if node.kind == NodeKind::Loss { NodeKind::Op } else { node.kind };
                    hash(hash(hash(space, node.op.as_bytes()), name.as_bytes()), &[kind as u8])
                }
            };
            let count = counts.entry(name).or_default();
            self.items[i].key = hash(name, &count.to_le_bytes());
            *count += 1;
        }
    }

    /// The edges between boxes. Between two nodes there may be several; a card has one from each other box at most.
    fn edges(&self) -> Vec<(u32, u32)> {
        let mut edges = Vec::new();
        let mut once = std::collections::BTreeSet::new();
        for (i, node) in self.graph.nodes.iter().enumerate() {
            let Some(to) = self.shown_in[i] else { continue };
            for &input in node.inputs.iter().filter_map(|id| self.places.get(id)) {
                let Some(from) = self.shown_in[input as usize].filter(|&from| from != to) else { continue };
                let is_card = |item: u32| self.items[item as usize].card.is_some();
                // A parameter inside a card may be used by earlier calls of the module, too: that does not make the card come before.
                let inner = is_card(from) && !is_op(&self.graph.nodes[input as usize]);
                let many = !is_card(from) && !is_card(to);
                if from < to && !inner && (many || once.insert((from, to))) {
                    edges.push((from, to));
                }
            }
        }
        edges
    }

    /// Names the frame that a box is in; 0 if in none.
    fn framed_in(&self, item: &Item) -> u32 {
        let home = match item.card {
            Some(card) => self.folds.all[card as usize].parent,
            None => self.folds.home[item.node as usize],
        };
        self.folds.around(home).find(|&fold| self.folds.all[fold as usize].worth).map_or(0, |fold| fold + 1)
    }

    /// Puts frames around open folds of more than one box.
    fn frame(&mut self) {
        let mut areas: Vec<Option<(Rect, u32)>> = vec![None; self.folds.all.len()];
        let join = |area: &mut Option<(Rect, u32)>, more: Rect, count: u32| {
            let (rect, before) = area.unwrap_or((more, 0));
            *area = Some((rect.union(more), before + count));
        };
        for (item, rect) in self.items.iter().zip(&self.layout.boxes) {
            let home = match item.card {
                Some(card) => self.folds.all[card as usize].parent,
                None => self.folds.home[item.node as usize],
            };
            if let Some(home) = home {
                join(&mut areas[home as usize], *rect, 1);
            }
        }
        let mut frames = Vec::new();
        for (i, fold) in self.folds.all.iter().enumerate().rev() {
            let Some((inside, count)) = areas[i] else { continue };
            let framed = fold.worth && count > 1 && !(fold.kind == FoldKind::Loop && fold.folded);
            let grown = inside.grown(10);
            let area = Rect { y: grown.y - 14, h: grown.h + 14, ..grown };
            if framed {
                frames.push(Frame { fold: i as u32, area });
            }
            if let Some(parent) = fold.parent {
                join(&mut areas[parent as usize], if framed { area } else { inside }, count);
            }
        }
        frames.reverse();
        self.frames = frames;
    }

    /// What holds the whole drawing.
    pub fn bounds(&self) -> Rect {
        self.frames.iter().fold(self.layout.bounds, |bounds, frame| bounds.union(frame.area))
    }
}
