//! Where boxes lie that feed each other: in layers, each behind all that it is computed of, with few crossings and straight lines. A
//! pure function of sizes and edges; it knows nothing of what the boxes mean.

mod order;
mod place;
mod rank;
mod wires;

pub use wires::Wire;

/// Which way the edges run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    #[default]
    Right,
    /// From the top down, for narrow panes.
    Down,
}

/// What is to be laid out. An edge goes from an earlier box to a later one; it may stand there more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// Widths and heights.
    pub sizes: Vec<(i32, i32)>,
    /// From, to.
    pub edges: Vec<(u32, u32)>,
    /// The frame that each box is in: those of different frames keep more distance. May be left out.
    pub frames: Vec<u32>,
    /// Which way the edges run.
    pub direction: Direction,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rect {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub w: i32,
    /// Height.
    pub h: i32,
}

impl Rect {
    /// The smallest that holds both.
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) =
            ((self.x + self.w).max(other.x + other.w), (self.y + self.h).max(other.y + other.h));
        Self { x, y, w: right - x, h: bottom - y }
    }

    /// The same with a margin around it.
    pub fn grown(self, by: i32) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2 * by, h: self.h + 2 * by }
    }

    /// Whether they have a point in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.x <= other.x + other.w
            && other.x <= self.x + self.w
            && self.y <= other.y + other.h
            && other.y <= self.y + self.h
    }

    /// Whether the other lies in it.
    pub fn holds(&self, other: &Self) -> bool {
        self.union(*other) == *self
    }
}

/// Where everything lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The boxes.
    pub boxes: Vec<Rect>,
    /// The layer of each box.
    pub ranks: Vec<u32>,
    /// What holds all of it.
    pub bounds: Rect,
    /// The edges, in the order of the problem.
    pub wires: Vec<Wire>,
    /// The points through which long edges go, and which way they run.
    bends: Vec<wires::Bend>,
    direction: Direction,
}

/// The boxes and the points of long edges, each with its neighbours in the layers next to its own.
#[derive(Default)]
struct Net {
    /// Boxes come first.
    boxes: usize,
    rank: Vec<u32>,
    before: Vec<Vec<u32>>,
    after: Vec<Vec<u32>>,
    /// What lies in each layer, in order.
    layers: Vec<Vec<u32>>,
    /// The first point of the long edges that leave a box; the others follow, one for each layer.
    chain: Vec<Option<u32>>,
}

impl Net {
    fn is_point(&self, v: u32) -> bool {
        v as usize >= self.boxes
    }
}

/// Lays everything out.
pub fn layout(problem: &Problem) -> Layout {
    let rank = rank::ranks(problem.sizes.len(), &problem.edges);
    let mut net = rank::net(rank, &problem.edges);
    order::order(&mut net);
    // Along the edges, and across them: which of the two is x is decided at the end.
    let sizes: Vec<(f32, f32)> = match problem.direction {
        Direction::Right => problem.sizes.iter().map(|&(w, h)| (w as f32, h as f32)).collect(),
        Direction::Down => problem.sizes.iter().map(|&(w, h)| (h as f32, w as f32)).collect(),
    };
    let across = place::across(&net, &sizes, &problem.frames);
    let along = place::along(&net, &sizes);
    wires::assemble(&net, &sizes, &across, &along, problem)
}

/// Sorts by the number; what has the same number keeps its order. All sorting here goes through this, so that it is compiled once.
pub fn sort(pairs: &mut [(f32, u32)]) {
    sorting::sort_by(pairs, |a, b| a.0.total_cmp(&b.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(n: usize, edges: &[(u32, u32)]) -> Problem {
        Problem { sizes: vec![(144, 64); n], edges: edges.to_vec(), ..Problem::default() }
    }

    /// Edges that look random, always from an earlier box to a later one near it.
    fn tangle(n: u32) -> Problem {
        let mut state = 1u32;
        let mut draw = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        };
        let edges =
            (1..n).flat_map(|to| [(to - 1 - draw(to.min(9)), to), (draw(to), to)]).collect::<Vec<_>>();
        problem(n as usize, &edges)
    }

    #[test]
    fn a_box_lies_behind_all_that_it_is_computed_of_and_none_overlap() {
        for direction in [Direction::Right, Direction::Down] {
            let problem = Problem { direction, ..tangle(120) };
            let laid = layout(&problem);
            for &(from, to) in &problem.edges {
                let (from, to) = (laid.boxes[from as usize], laid.boxes[to as usize]);
                let ahead = match direction {
                    Direction::Right => from.x + from.w < to.x,
                    Direction::Down => from.y + from.h < to.y,
                };
                assert!(ahead, "{from:?} {to:?}");
            }
            for (i, a) in laid.boxes.iter().enumerate() {
                assert!(laid.boxes[..i].iter().all(|b| !a.meets(b)), "{a:?} {direction:?}");
                assert!(laid.bounds.holds(a));
            }
        }
    }

    #[test]
    fn a_chain_is_straight_and_an_edge_past_it_makes_way() {
        let laid = layout(&problem(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)]));
        let middle = |i: usize| laid.boxes[i].y + laid.boxes[i].h / 2;
        assert!((middle(1) - middle(2)).abs() <= 2 && (middle(2) - middle(3)).abs() <= 2);
        let path = laid.path(&laid.wires[4]);
        assert!(path.matches('C').count() >= 4, "{path}");
    }

    #[test]
    fn a_box_beside_a_frame_keeps_out_of_it() {
        // Two leaves in a frame whose other layers are wider, and one outside.
        let edges = [(0, 3), (1, 3), (2, 3), (3, 4), (3, 5), (3, 6)];
        for direction in [Direction::Right, Direction::Down] {
            let frames = vec![0, 1, 1, 1, 1, 1, 1];
            let laid = layout(&Problem { direction, frames, ..problem(7, &edges) });
            let inside = laid.boxes[1..].iter().copied().reduce(Rect::union).expect("boxes");
            let out = laid.boxes[0];
            let beside = match direction {
                // The name stands above.
                Direction::Right => out.y + out.h + 28 < inside.y || out.y > inside.y + inside.h + 10,
                Direction::Down => out.x + out.w + 10 < inside.x || out.x > inside.x + inside.w + 10,
            };
            assert!(beside, "{out:?} {inside:?}");
        }
    }

    #[test]
    fn a_leaf_lies_next_to_what_it_is_used_by() {
        let laid = layout(&problem(5, &[(0, 1), (1, 2), (2, 4), (3, 4)]));
        assert_eq!(laid.ranks, [0, 1, 2, 2, 3]);
    }

    #[test]
    fn edges_that_need_not_cross_do_not() {
        let laid = layout(&problem(6, &[(0, 5), (1, 4), (2, 3), (0, 4)]));
        let y = |i: usize| laid.boxes[i].y;
        assert_eq!(y(0) < y(1), y(5) < y(4));
        assert_eq!(y(1) < y(2), y(4) < y(3));
    }

    #[test]
    fn one_more_box_at_the_end_does_not_shuffle_the_others() {
        let before = layout(&tangle(20));
        let mut more = tangle(20);
        more.sizes.push((144, 64));
        more.edges.push((19, 20));
        let after = layout(&more);
        for rank in 0..5 {
            let order = |laid: &Layout| {
                let mut inside: Vec<_> = (0..20).filter(|&i| laid.ranks[i] == rank).collect();
                inside.sort_by_key(|&i| laid.boxes[i].y);
                inside
            };
            assert_eq!(order(&before), order(&after));
        }
    }

    #[test]
    fn nothing_and_a_single_box_have_a_layout() {
        assert_eq!(layout(&problem(0, &[])), Layout::default());
        assert_eq!(layout(&problem(1, &[])).boxes, [Rect { x: 0, y: 0, w: 144, h: 64 }]);
    }

    #[test]
    fn thousands_of_long_edges_end_in_a_bounded_number_of_points() {
        let edges: Vec<_> = (0..1999u32).flat_map(|i| [(i, i + 1), (i, 1999)]).collect();
        let laid = layout(&problem(2000, &edges));
        assert!(laid.bends.len() < 20_000, "{}", laid.bends.len());
    }
}
