//! How kernels go through strided operands: dimensions that lie together are merged, and what is left of the
//! innermost one is handed to the kernel as a run.

use engine::Layout;

/// A loop nest over some operands of one shape.
pub(crate) struct Walk<const N: usize> {
    /// The sizes of the outer loops.
    pub(crate) outer: Vec<usize>,
    /// The steps of each operand in them.
    pub(crate) outer_strides: Vec<[isize; N]>,
    /// The length of a run.
    pub(crate) run: usize,
    /// The step of each operand within a run.
    pub(crate) strides: [isize; N],
    /// Where each operand starts.
    pub(crate) start: [isize; N],
}

impl<const N: usize> Walk<N> {
    /// A walk over operands that all have the shape of the first one.
    #[inline(never)]
    pub(crate) fn new(layouts: [&Layout; N]) -> Self {
        if layouts[0].shape.contains(&0) {
            // Beside a size of 0 the others may be anything.
            return Self {
                outer: Vec::new(),
                outer_strides: Vec::new(),
                run: 0,
                strides: [1; N],
                start: [0; N],
            };
        }
        let mut dims: Vec<(usize, [isize; N])> = Vec::new();
        for (d, &size) in layouts[0].shape.iter().enumerate() {
            if size == 1 {
                continue;
            }
            let strides = layouts.map(|l| l.strides[d]);
            match dims.last_mut() {
                Some((before, outer)) if (0..N).all(|i| outer[i] == strides[i] * size as isize) => {
                    *before *= size;
                    *outer = strides;
                }
                _ => dims.push((size, strides)),
            }
        }
        let (run, strides) = dims.pop().unwrap_or((1, [1; N]));
        let (outer, outer_strides) = dims.into_iter().unzip();
        Self { outer, outer_strides, run, strides, start: layouts.map(|l| l.offset as isize) }
    }

    /// Calls `body` with the position of each operand at the start of every run, in row-major order. The walk is
    /// not made anew for each body: there are many, and they are called once a run.
    #[inline(never)]
    pub(crate) fn each_run(&self, body: &mut dyn FnMut([usize; N])) {
        if self.run == 0 || self.outer.contains(&0) {
            return;
        }
        let mut index = vec![0; self.outer.len()];
        let mut at = self.start;
        loop {
            body(at.map(|p| p as usize));
            let mut d = self.outer.len();
            loop {
                if d == 0 {
                    return;
                }
                d -= 1;
                index[d] += 1;
                for (p, stride) in at.iter_mut().zip(&self.outer_strides[d]) {
                    *p += stride;
                }
                if index[d] < self.outer[d] {
                    break;
                }
                for (p, stride) in at.iter_mut().zip(&self.outer_strides[d]) {
                    *p -= stride * self.outer[d] as isize;
                }
                index[d] = 0;
            }
        }
    }
}

/// Position `i` of a run that starts at `at`.
pub(crate) fn step(at: usize, stride: isize, i: usize) -> usize {
    (at as isize + stride * i as isize) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(layout: &Layout) -> Vec<usize> {
        let walk = Walk::new([layout]);
        let mut seen = Vec::new();
        walk.each_run(&mut |[at]| seen.extend((0..walk.run).map(|i| step(at, walk.strides[0], i))));
        seen
    }

    #[test]
    fn a_walk_visits_what_the_layout_names_in_its_order() {
        let base = Layout::contiguous(&[3, 4, 5]);
        let layouts = [
            base.clone(),
            base.permute(&[2, 0, 1]),
            base.slice(1, 1, 2, 2),
            base.slice(2, 0, 0, 1),
            Layout::contiguous(&[1, 5]).expand(&[3, 5]).expect("size 1 expands"),
            Layout::contiguous(&[]),
        ];
        for layout in layouts {
            assert_eq!(positions(&layout), layout.positions().collect::<Vec<_>>(), "{layout:?}");
        }
    }

    #[test]
    fn what_lies_together_is_one_run() {
        assert_eq!(Walk::new([&Layout::contiguous(&[3, 4, 5])]).run, 60);
    }
}
