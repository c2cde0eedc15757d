//! The order inside the layers: everything goes where its neighbours are on average, back and forth, as long as edges cross less.

use super::{Net, sort};

/// Sweeps through all layers, and how much there may be to sweep in all of them together: large graphs get fewer.
const SWEEPS: usize = 14;
const WORK: usize = 40_000;

/// Orders the layers. They begin in the order of the boxes, and nothing moves without need: so a small change of the graph is a small
/// change of the drawing.
pub fn order(net: &mut Net) {
    let mut places = vec![0u32; net.rank.len()];
    for layer in &net.layers {
        number(layer, &mut places);
    }
    let mut best = net.layers.clone();
    let mut fewest = crossings(net, &places);
    for sweep in 0..SWEEPS.min(4 + WORK / places.len().max(1)) {
        if fewest == 0 {
            break;
        }
        let layers = net.layers.len();
        let forward = sweep % 2 == 0;
        for i in 1..layers {
            let at = if forward { i } else { layers - 1 - i };
            let neighbours = if forward { &net.before } else { &net.after };
            let layer = &mut net.layers[at];
            reorder(layer, neighbours, &places);
            number(layer, &mut places);
        }
        let now = crossings(net, &places);
        if now < fewest {
            fewest = now;
            best.clone_from(&net.layers);
        }
    }
    net.layers = best;
}

fn number(layer: &[u32], places: &mut [u32]) {
    for (place, &v) in layer.iter().enumerate() {
        places[v as usize] = place as u32;
    }
}

/// What has no neighbour on that side stays where it is, between those that move.
fn reorder(layer: &mut [u32], neighbours: &[Vec<u32>], places: &[u32]) {
    let mut moving: Vec<(f32, u32)> = Vec::new();
    for &v in &*layer {
        let all = &neighbours[v as usize];
        if !all.is_empty() {
            let sum: u32 = all.iter().map(|&u| places[u as usize]).sum();
            moving.push((sum as f32 / all.len() as f32, v));
        }
    }
    sort(&mut moving);
    let mut next = moving.into_iter();
    for slot in layer {
        if !neighbours[*slot as usize].is_empty()
            && let Some((_, v)) = next.next()
        {
            *slot = v;
        }
    }
}

/// How often edges cross between layers.
fn crossings(net: &Net, places: &[u32]) -> u64 {
    let mut total = 0;
    for pair in net.layers.windows(2) {
        // Of the edges in the order of their starts: how many of those before end farther on. Counted in a tree of sums.
        let mut tree = vec![0u32; pair[1].len() + 1];
        let mut seen = 0;
        for &v in &pair[0] {
            let ends = &net.after[v as usize];
            for &w in ends {
                let (mut i, mut before) = (places[w as usize] as usize + 1, 0);
                while i > 0 {
                    before += tree[i];
                    i &= i - 1;
                }
                total += u64::from(seen - before);
            }
            for &w in ends {
                let mut i = places[w as usize] as usize + 1;
                while i < tree.len() {
                    tree[i] += 1;
                    i += i & i.wrapping_neg();
                }
                seen += 1;
            }
        }
    }
    total
}
