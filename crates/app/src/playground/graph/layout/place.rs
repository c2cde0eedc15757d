//! Coordinates. Across: everything is drawn to its neighbours, points of long edges most, and each layer takes the positions that are nearest
//! to what its members want while they keep their order and distance. Along: one layer after the other.

use super::Net;

/// The distance between boxes of a layer, between a box and a line, between lines.
const BOXES: f32 = 24.0;
const BOX_LINE: f32 = 16.0;
const LINES: f32 = 12.0;
/// What frames between two boxes take besides.
const FRAMES: f32 = 28.0;
/// The distance between a box and the boxes of a frame beside it: room for the frame and its name, and a gap.
const BESIDE: f32 = 32.0;
/// The distance of layers.
const LAYERS: f32 = 48.0;
/// Rounds, back and forth: fewer for large graphs.
const ROUNDS: usize = 12;
const WORK: usize = 40_000;

/// The centre of everything, across the edges.
pub fn across(net: &Net, sizes: &[(f32, f32)], frames: &[u32]) -> Vec<f32> {
    let half = |v: u32| sizes.get(v as usize).map_or(0.0, |size| size.1 / 2.0);
    let mut at = vec![0.0; net.rank.len()];
    let gaps: Vec<Vec<f32>> = net
        .layers
        .iter()
        .map(|layer| {
            let gap = |pair: &[u32]| {
                let (a, b) = (pair[0], pair[1]);
                let free = match (net.is_point(a), net.is_point(b)) {
                    (true, true) => LINES,
                    (false, false) if frames.get(a as usize) != frames.get(b as usize) => BOXES + FRAMES,
                    (false, false) => BOXES,
                    _ => BOX_LINE,
                };
                half(a) + free + half(b)
            };
            layer.windows(2).map(gap).collect()
        })
        .collect();
    for (layer, gaps) in net.layers.iter().zip(&gaps) {
        let length: f32 = gaps.iter().sum();
        let mut next = -length / 2.0;
        for (i, &v) in layer.iter().enumerate() {
            at[v as usize] = next;
            next += gaps.get(i).copied().unwrap_or(0.0);
        }
    }
    let rounds = ROUNDS.min(4 + WORK / at.len().max(1));
    for round in 0..rounds {
        // At last, both sides count.
        let both = round + 3 >= rounds;
        for (i, gaps) in gaps.iter().enumerate() {
            settle(net, frames, i, gaps, &mut at, true, both);
        }
        for (i, gaps) in gaps.iter().enumerate().rev() {
            settle(net, frames, i, gaps, &mut at, both, true);
        }
    }
    make_way(net, sizes, frames, &gaps, &mut at);
    at
}

/// Boxes in no frame make way for those beside them: a frame is as wide as its widest layer.
fn make_way(net: &Net, sizes: &[(f32, f32)], frames: &[u32], gaps: &[Vec<f32>], at: &mut [f32]) {
    let half = |v: u32| sizes.get(v as usize).map_or(0.0, |size| size.1 / 2.0);
    let frame = |v: u32| frames.get(v as usize).copied().unwrap_or(0);
    let most = frames.iter().copied().max().unwrap_or(0);
    let mut ends = vec![(f32::INFINITY, f32::NEG_INFINITY); most as usize + 1];
    for v in 0..sizes.len() as u32 {
        let (low, high) = &mut ends[frame(v) as usize];
        (*low, *high) = (low.min(at[v as usize] - half(v)), high.max(at[v as usize] + half(v)));
    }
    for (layer, gaps) in net.layers.iter().zip(gaps) {
        let Some(first) = layer.iter().position(|&v| frame(v) > 0) else { continue };
        let last = layer.iter().rposition(|&v| frame(v) > 0).unwrap_or(first);
        let (low, _) = ends[frame(layer[first]) as usize];
        for i in (0..first).rev() {
            let v = layer[i];
            let free = if net.is_point(v) { f32::INFINITY } else { low - BESIDE - half(v) };
            at[v as usize] = at[v as usize].min(at[layer[i + 1] as usize] - gaps[i]).min(free);
        }
        let (_, high) = ends[frame(layer[last]) as usize];
        for i in last + 1..layer.len() {
            let v = layer[i];
            let free = if net.is_point(v) { f32::NEG_INFINITY } else { high + BESIDE + half(v) };
            at[v as usize] = at[v as usize].max(at[layer[i - 1] as usize] + gaps[i - 1]).max(free);
        }
    }
}

/// How strongly two neighbours draw each other, of which the first feeds the second: what was computed leads on in a straight line, leaves
/// stand aside, and frames are not drawn into each other.
fn pull(net: &Net, frames: &[u32], from: u32, to: u32) -> f32 {
    match (net.is_point(from), net.is_point(to)) {
        (true, true) => 8.0,
        (false, false) if frames.get(from as usize) != frames.get(to as usize) => 0.05,
        (false, false) if net.before[from as usize].is_empty() => 0.1,
        (false, false) => 3.0,
        _ => 2.0,
    }
}

/// Gives a layer the positions nearest to the means of its neighbours.
fn settle(net: &Net, frames: &[u32], layer: usize, gaps: &[f32], at: &mut [f32], before: bool, after: bool) {
    // Members that would overlap become a block, which moves as one. Of each block: weight, weighted sum of what its members want for
    // its first, and how many they are.
    let mut blocks: Vec<(f32, f32, usize)> = Vec::new();
    let mut offset = 0.0;
    for (i, &v) in net.layers[layer].iter().enumerate() {
        if i > 0 {
            offset += gaps[i - 1];
        }
        let (mut weight, mut sum) = (0.0, 0.0);
        for &u in net.before[v as usize].iter().filter(|_| before) {
            let strength = pull(net, frames, u, v);
            weight += strength;
            sum += strength * at[u as usize];
        }
        for &w in net.after[v as usize].iter().filter(|_| after) {
            let strength = pull(net, frames, v, w);
            weight += strength;
            sum += strength * at[w as usize];
        }
        if weight == 0.0 {
            // What nothing draws stays where it is; what has no edges at all, next to the one before it.
            let alone = net.before[v as usize].is_empty() && net.after[v as usize].is_empty();
            let wish = match i.checked_sub(1) {
                Some(before) if alone => at[net.layers[layer][before] as usize] + gaps[before],
                _ => at[v as usize],
            };
            (weight, sum) = (0.05, 0.05 * wish);
        }
        let mut block = (weight, sum - weight * offset, 1);
        while let Some(&(w, s, n)) = blocks.last() {
            if s / w <= block.1 / block.0 {
                break;
            }
            blocks.pop();
            block = (block.0 + w, block.1 + s, block.2 + n);
        }
        blocks.push(block);
    }
    let (mut i, mut offset) = (0, 0.0);
    for (weight, sum, count) in blocks {
        for _ in 0..count {
            at[net.layers[layer][i] as usize] = sum / weight + offset;
            offset += gaps.get(i).copied().unwrap_or(0.0);
            i += 1;
        }
    }
}

/// Where each layer begins along the edges, and where it ends.
pub fn along(net: &Net, sizes: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let mut start = 0.0;
    let band = |layer: &Vec<u32>| {
        let members = layer.iter().filter_map(|&v| sizes.get(v as usize));
        let band = (start, start + members.map(|size| size.0).fold(0.0, f32::max));
        start = band.1 + LAYERS;
        band
    };
    net.layers.iter().map(band).collect()
}
