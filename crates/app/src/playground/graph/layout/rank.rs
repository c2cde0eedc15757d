//! Layers: each box behind all that it is computed of, leaves next to what uses them. Long edges get a point in each layer that they pass.

use super::{Net, sort};

/// Points for long edges, for each box and besides.
const POINTS_EACH: usize = 4;
const POINTS: usize = 2000;

/// The layer of each box.
pub fn ranks(boxes: usize, edges: &[(u32, u32)]) -> Vec<u32> {
    let mut rank = vec![0u32; boxes];
    let mut balance = vec![0i32; boxes];
    // Edges come in the order of their ends only by chance, boxes do: so by box.
    let mut inputs: Vec<Vec<u32>> = vec![Vec::new(); boxes];
    let mut outputs: Vec<Vec<u32>> = vec![Vec::new(); boxes];
    for &(from, to) in edges {
        inputs[to as usize].push(from);
        outputs[from as usize].push(to);
        balance[to as usize] += 1;
        balance[from as usize] -= 1;
    }
    for v in 0..boxes {
        rank[v] = inputs[v].iter().map(|&u| rank[u as usize] + 1).max().unwrap_or(0);
    }
    // What has more edges behind it than before it goes as near to its users as it can.
    for v in (0..boxes).rev() {
        if balance[v] < 0
            && let Some(next) = outputs[v].iter().map(|&w| rank[w as usize]).min()
        {
            rank[v] = next - 1;
        }
    }
    rank
}

/// The boxes with the points of long edges. All long edges that leave a box share their points: a bundle that loses one after the other.
/// If there were too many, the longest have none.
pub fn net(rank: Vec<u32>, edges: &[(u32, u32)]) -> Net {
    let boxes = rank.len();
    let mut farthest = rank.clone();
    for &(from, to) in edges {
        let far = &mut farthest[from as usize];
        *far = (*far).max(rank[to as usize]);
    }
    let mut spans: Vec<(f32, u32)> = (0..boxes)
        .map(|v| ((farthest[v] - rank[v]) as f32, v as u32))
        .filter(|&(span, _)| span > 1.0)
        .collect();
    sort(&mut spans);
    let mut net = Net {
        boxes,
        before: vec![Vec::new(); boxes],
        after: vec![Vec::new(); boxes],
        chain: vec![None; boxes],
        rank,
        layers: Vec::new(),
    };
    let most = POINTS + POINTS_EACH * boxes;
    for (span, v) in spans {
        let start = net.rank.len();
        if start - boxes + span as usize > most {
            break;
        }
        net.chain[v as usize] = Some(start as u32);
        let mut last = v;
        for rank in net.rank[v as usize] + 1..farthest[v as usize] {
            let point = net.rank.len() as u32;
            net.rank.push(rank);
            net.before.push(vec![last]);
            net.after.push(Vec::new());
            net.after[last as usize].push(point);
            last = point;
        }
    }
    for &(from, to) in edges {
        let (low, high) = (net.rank[from as usize], net.rank[to as usize]);
        let last = match net.chain[from as usize] {
            _ if high == low + 1 => from,
            Some(first) => first + (high - low - 2),
            None => continue,
        };
        net.after[last as usize].push(to);
        net.before[to as usize].push(last);
    }
    let layers = net.rank.iter().max().map_or(0, |&last| last as usize + 1);
    net.layers = vec![Vec::new(); layers];
    for v in 0..net.rank.len() {
        net.layers[net.rank[v] as usize].push(v as u32);
    }
    net
}
