//! What a run of a program must know besides where its operands are: which steps share a loop, and where their results
//! go. A training runs the same programs again and again, so this is worked out once for each.

use std::ops::Range;
use std::rc::Rc;

use engine::DType;
use engine::program::Program;

use super::{Pass, Place};
use crate::joined::Joined;
use crate::tiles::Tiles;

/// Schemes that are kept.
const MOST: usize = 128;

/// How a program is run.
pub(super) struct Scheme {
    /// Of every register.
    pub(super) dtypes: Vec<DType>,
    pub(super) places: Vec<Place>,
    pub(super) passes: Vec<Pass>,
}

/// The schemes of the programs that ran last.
#[derive(Default)]
pub(crate) struct Schemes {
    kept: Vec<Kept>,
    /// Which was asked for last: the next one of a training is mostly behind it.
    last: usize,
}

struct Kept {
    asked: Asked,
    scheme: Rc<Scheme>,
}

/// What a scheme depends on. As long as it is kept, no other program has the address of its own.
pub(super) struct Asked {
    pub(super) program: Rc<Program>,
    /// The inputs, as bits, that are not read where they lie.
    pub(super) scattered: u64,
    /// Whether results go to outputs.
    pub(super) has_outputs: bool,
}

impl Asked {
    fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.program, &other.program)
            && self.scattered == other.scattered
            && self.has_outputs == other.has_outputs
    }
}

impl Schemes {
    fn find(&mut self, asked: &Asked) -> Option<Rc<Scheme>> {
        let n = self.kept.len();
        let at = (1..=n).map(|i| (self.last + i) % n).find(|&at| self.kept[at].asked.is(asked))?;
        self.last = at;
        Some(Rc::clone(&self.kept[at].scheme))
    }

    fn keep(&mut self, asked: Asked, scheme: &Rc<Scheme>) {
        if self.kept.len() >= MOST {
            // Programs come and go: forget them all rather than guess which.
            self.kept.clear();
        }
        self.last = self.kept.len();
        self.kept.push(Kept { asked, scheme: Rc::clone(scheme) });
    }
}

impl Scheme {
    /// How a program is run; there are the tiles that it needs.
    pub(super) fn of(asked: Asked, tiles: &mut Tiles) -> Rc<Self> {
        if let Some(scheme) = tiles.schemes.find(&asked) {
            return scheme;
        }
        let scheme = Rc::new(Self::new(&asked, tiles));
        tiles.schemes.keep(asked, &scheme);
        scheme
    }

    /// Allots tiles: a register has one until it was read for the last time.
    fn new(asked: &Asked, tiles: &mut Tiles) -> Self {
        let program = &*asked.program;
        let dtypes = program.dtypes();
        let passes = passes(program, &dtypes);
        let mut scheme = Self { places: Vec::with_capacity(dtypes.len()), dtypes, passes };
        let mut used = 0;
        for k in 0..program.inputs.len() {
            let place = if asked.scattered >> k & 1 == 0 {
                Place::Input(k)
            } else {
                Place::Tile(reserve(tiles, scheme.dtypes[k], &mut used))
            };
            scheme.places.push(place);
        }
        scheme.place_results(program, asked.has_outputs, tiles, &mut used);
        scheme
    }

    fn place_results(&mut self, program: &Program, has_outputs: bool, tiles: &mut Tiles, used: &mut usize) {
        let n = program.inputs.len();
        let operands = |steps: Range<usize>| program.steps[steps].iter().flat_map(|step| step.operands());
        // In which pass a register is read for the last time.
        let mut last = vec![usize::MAX; self.dtypes.len()];
        for (p, pass) in self.passes.iter().enumerate() {
            operands(pass.steps()).for_each(|r| last[r] = p);
        }
        let mut free: Vec<(DType, usize)> = Vec::new();
        for p in 0..self.passes.len() {
            let steps = self.passes[p].steps();
            let r = n + steps.end - 1;
            self.places.resize(r, Place::Passed);
            let output = program.outputs.iter().position(|&o| o == r).filter(|_| has_outputs);
            let dtype = self.dtypes[r];
            let place = match (output, free.iter().position(|&(d, _)| d == dtype)) {
                (Some(k), _) => Place::Output(k),
                (None, Some(i)) => Place::Tile(free.swap_remove(i).1),
                (None, None) => Place::Tile(reserve(tiles, dtype, used)),
            };
            self.places.push(place);
            for r in operands(steps).filter(|&r| last[r] == p && r >= n && !program.outputs.contains(&r)) {
                if let Place::Tile(slot) = self.places[r]
                    && !free.contains(&(self.dtypes[r], slot))
                {
                    free.push((self.dtypes[r], slot));
                }
            }
        }
    }
}

fn reserve(tiles: &mut Tiles, dtype: DType, used: &mut usize) -> usize {
    tiles.reserve(dtype, *used);
    *used += 1;
    *used - 1
}

/// The steps of a program, joined where there is a loop for several.
fn passes(program: &Program, dtypes: &[DType]) -> Vec<Pass> {
    let mut reads = vec![0; dtypes.len()];
    program.steps.iter().flat_map(|step| step.operands()).for_each(|r| reads[r] += 1);
    let (mut passes, mut s) = (Vec::with_capacity(program.steps.len()), 0);
    while s < program.steps.len() {
        let joined = Joined::at(program, dtypes, &reads, s);
        s += joined.map_or(1, Joined::steps);
        passes.push(joined.map_or(Pass::One(s - 1), |joined| Pass::Joined(joined, s - 1)));
    }
    passes
}

#[cfg(test)]
mod tests {
    use engine::ops::Unary;
    use engine::program::Step;

    use super::*;

    fn asked(program: &Rc<Program>, scattered: u64) -> Asked {
        Asked { program: Rc::clone(program), scattered, has_outputs: true }
    }

    #[test]
    fn a_scheme_is_made_once_for_each_way_to_read_the_inputs() {
        let mut tiles = Tiles::default();
        let program = Rc::new(Program::single(Step::Unary(Unary::Neg, 0), &[DType::Float32]));
        let dense = Scheme::of(asked(&program, 0), &mut tiles);
        let scattered = Scheme::of(asked(&program, 1), &mut tiles);
        assert!(matches!((dense.places[0], scattered.places[0]), (Place::Input(0), Place::Tile(0))));
        assert!(Rc::ptr_eq(&dense, &Scheme::of(asked(&program, 0), &mut tiles)));
        assert!(Rc::ptr_eq(&scattered, &Scheme::of(asked(&program, 1), &mut tiles)));
        let equal = Rc::new(Program::clone(&program));
        assert!(!Rc::ptr_eq(&dense, &Scheme::of(asked(&equal, 0), &mut tiles)), "known by its address");
    }

    #[test]
    fn so_many_schemes_are_kept_and_no_more() {
        let mut tiles = Tiles::default();
        for _ in 0..3 * MOST {
            let program = Rc::new(Program::single(Step::Unary(Unary::Neg, 0), &[DType::Float32]));
            Scheme::of(asked(&program, 0), &mut tiles);
            assert!(tiles.schemes.kept.len() <= MOST);
        }
    }
}
