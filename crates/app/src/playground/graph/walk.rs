//! Walking through the graph with the arrow keys: along the edges, and from neighbour to neighbour inside a layer.

use super::layout::Direction;
use super::scene::Scene;

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To what uses it.
    Forward,
    /// To what it is computed of.
    Back,
    /// To the one before it in its layer.
    Before,
    /// To the one behind it in its layer.
    Behind,
}

/// What an arrow key means.
pub fn way(key: &str, direction: Direction) -> Option<Way> {
    let keys = match direction {
        Direction::Right => ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"],
        Direction::Down => ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"],
    };
    let ways = [Way::Forward, Way::Back, Way::Before, Way::Behind];
    keys.into_iter().zip(ways).find(|(name, _)| *name == key).map(|(_, way)| way)
}

/// The box that lies that way, the nearest if there are several.
pub fn step(scene: &Scene, from: u32, way: Way) -> Option<u32> {
    let layout = &scene.layout;
    let here = layout.middle(from);
    let distance = |item: u32| (layout.middle(item) - here).abs();
    let wires = layout.wires.iter();
    match way {
        Way::Forward => wires.filter(|w| w.from == from).map(|w| w.to).min_by_key(|&to| distance(to)),
        Way::Back => wires.filter(|w| w.to == from).map(|w| w.from).min_by_key(|&to| distance(to)),
        Way::Before | Way::Behind => {
            let ahead = |item: u32| (layout.middle(item) > here) == (way == Way::Behind);
            let rank = layout.ranks[from as usize];
            (0..scene.items.len() as u32)
                .filter(|&item| item != from && layout.ranks[item as usize] == rank && ahead(item))
                .min_by_key(|&item| distance(item))
        }
    }
}
