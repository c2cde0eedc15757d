//! The finished drawing: boxes as rectangles, edges as smooth curves in SVG's words. Coordinates are whole numbers.

use std::fmt::Write;

use super::{Direction, Layout, Net, Problem, Rect, sort};

/// A point of long edges: a straight line through a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bend {
    start: i32,
    end: i32,
    across: i32,
}

/// An edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wire {
    /// The box that it leaves.
    pub from: u32,
    /// The box that it enters.
    pub to: u32,
    /// The first point that it goes through, and how many.
    bends: (u32, u32),
    /// Where it enters, from the middle of its box.
    port: i32,
}

/// The most distance between two edges that enter a box.
const PORTS: f32 = 12.0;

/// Puts boxes and edges together.
pub fn assemble(
    net: &Net,
    sizes: &[(f32, f32)],
    across: &[f32],
    along: &[(f32, f32)],
    problem: &Problem,
) -> Layout {
    let band = |v: usize| along[net.rank[v] as usize];
    let low = (0..net.boxes).map(|v| across[v] - sizes[v].1 / 2.0).fold(f32::MAX, f32::min);
    let boxes: Vec<Rect> = (0..net.boxes)
        .map(|v| {
            let (start, end) = band(v);
            let a = ((start + end - sizes[v].0) / 2.0).round() as i32;
            let c = (across[v] - sizes[v].1 / 2.0 - low).round() as i32;
            let (w, h) = problem.sizes[v];
            match problem.direction {
                Direction::Right => Rect { x: a, y: c, w, h },
                Direction::Down => Rect { x: c, y: a, w, h },
            }
        })
        .collect();
    let bends = (net.boxes..net.rank.len())
        .map(|v| {
            let (start, end) = band(v);
            Bend { start: start as i32, end: end as i32, across: (across[v] - low).round() as i32 }
        })
        .collect();
    let bounds = boxes.iter().copied().reduce(Rect::union).unwrap_or_default();
    let wires = wires(net, sizes, across, problem);
    let ranks = net.rank[..net.boxes].to_vec();
    Layout { boxes, ranks, bounds, wires, bends, direction: problem.direction }
}

/// The edges that enter a box come in the order in which they lie before it.
fn wires(net: &Net, sizes: &[(f32, f32)], across: &[f32], problem: &Problem) -> Vec<Wire> {
    let mut entering: Vec<Vec<(f32, u32)>> = vec![Vec::new(); net.boxes];
    let mut wires: Vec<Wire> = Vec::with_capacity(problem.edges.len());
    for (i, &(from, to)) in problem.edges.iter().enumerate() {
        let between = net.rank[to as usize] - net.rank[from as usize] - 1;
        let first = net.chain[from as usize].filter(|_| between > 0);
        let last = first.map_or(from, |first| first + between - 1);
        entering[to as usize].push((across[last as usize], i as u32));
        let bends = first.map_or((0, 0), |first| (first - net.boxes as u32, between));
        wires.push(Wire { from, to, bends, port: 0 });
    }
    for (to, mut all) in entering.into_iter().enumerate() {
        sort(&mut all);
        let count = all.len() as f32;
        let step = (sizes[to].1 * 0.7 / count).min(PORTS);
        for (place, (_, wire)) in all.into_iter().enumerate() {
            wires[wire as usize].port = ((place as f32 - (count - 1.0) / 2.0) * step).round() as i32;
        }
    }
    wires
}

/// A pen that draws along and across.
struct Pen {
    path: String,
    down: bool,
    at: (i32, i32),
}

impl Pen {
    fn point(&mut self, command: char, along: i32, across: i32) {
        let (x, y) = if self.down { (across, along) } else { (along, across) };
        // Writing to a string does not fail.
        let _ = write!(self.path, "{command}{x} {y}");
    }

    fn start(&mut self, along: i32, across: i32) {
        self.point('M', along, across);
        self.at = (along, across);
    }

    fn curve(&mut self, along: i32, across: i32) {
        let middle = i32::midpoint(self.at.0, along);
        self.point('C', middle, self.at.1);
        self.point(' ', middle, across);
        self.point(' ', along, across);
        self.at = (along, across);
    }

    fn head(&mut self) {
        let (along, across) = self.at;
        self.point('M', along - 6, across - 4);
        self.point('L', along, across);
        self.point('L', along - 6, across + 4);
        self.at = (along, across);
    }
}

impl Layout {
    fn pen(&self) -> Pen {
        Pen { path: String::new(), down: self.direction == Direction::Down, at: (0, 0) }
    }

    /// Which way the edges run.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Start and end of a box along the edges, and its middle across them.
    fn span(&self, v: u32) -> (i32, i32, i32) {
        let Rect { x, y, w, h } = self.boxes[v as usize];
        match self.direction {
            Direction::Right => (x, x + w, y + h / 2),
            Direction::Down => (y, y + h, x + w / 2),
        }
    }

    /// The middle of a box across the edges.
    pub fn middle(&self, v: u32) -> i32 {
        self.span(v).2
    }

    /// One edge, from box to box.
    pub fn path(&self, wire: &Wire) -> String {
        let mut pen = self.pen();
        let (_, end, middle) = self.span(wire.from);
        pen.start(end, middle);
        self.draw(&mut pen, wire, 0);
        pen.path
    }

    /// All edges that leave a box (each of which is given), in one path in which nothing is drawn twice; and what holds it.
    pub fn tree(&self, wires: &[u32]) -> (String, Rect) {
        let mut pen = self.pen();
        let mut drawn = 0;
        let mut bounds: Option<Rect> = None;
        for &wire in wires {
            let wire = &self.wires[wire as usize];
            let (_, end, middle) = self.span(wire.from);
            let common = drawn.min(wire.bends.1);
            match common.checked_sub(1) {
                None => pen.start(end, middle),
                Some(last) => {
                    let bend = self.bends[(wire.bends.0 + last) as usize];
                    pen.start(bend.end, bend.across);
                }
            }
            self.draw(&mut pen, wire, common);
            drawn = drawn.max(wire.bends.1);
            for bend in &self.bends[wire.bends.0 as usize..(wire.bends.0 + wire.bends.1) as usize] {
                let (w, h) = (bend.end - bend.start, 0);
                let line = match self.direction {
                    Direction::Right => Rect { x: bend.start, y: bend.across, w, h },
                    Direction::Down => Rect { x: bend.across, y: bend.start, w: h, h: w },
                };
                bounds = Some(bounds.map_or(line, |bounds| bounds.union(line)));
            }
            for end in [wire.from, wire.to] {
                let end = self.boxes[end as usize];
                bounds = Some(bounds.map_or(end, |bounds| bounds.union(end)));
            }
        }
        (pen.path, bounds.unwrap_or_default())
    }

    /// Goes on from where the pen is, behind so many points.
    fn draw(&self, pen: &mut Pen, wire: &Wire, behind: u32) {
        for i in behind..wire.bends.1 {
            let bend = self.bends[(wire.bends.0 + i) as usize];
            pen.curve(bend.start, bend.across);
            if bend.end > bend.start {
                pen.point('L', bend.end, bend.across);
                pen.at = (bend.end, bend.across);
            }
        }
        let (start, _, middle) = self.span(wire.to);
        pen.curve(start - 1, middle + wire.port);
        pen.head();
    }
}
