//! Two or three elementwise steps in one loop: a sum, difference or product of float32 that only the next step reads, and
//! what the ReLU after that reads. What lies between stays in a register of the processor instead of going through a tile.

use engine::DType;
use engine::ops::{Binary, Unary};
use engine::program::{Program, Register, Step};

use crate::math::relu;

/// The first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    Add,
    Sub,
    Mul,
}

/// What becomes of its result `r`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// r + z
    Add(Register),
    /// r − z
    Sub(Register),
    /// z − r
    SubFrom(Register),
    /// r · z
    Mul(Register),
    /// max(r, 0)
    Relu,
}

/// Steps that share a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Joined {
    pub(crate) first: First,
    /// The operands of the first.
    pub(crate) x: Register,
    pub(crate) y: Register,
    pub(crate) then: Then,
    /// Whether a ReLU is the third.
    pub(crate) relu: bool,
}

impl Joined {
    /// Step `s` with those after it, if there is a loop for them. `reads` says how often each register is read.
    pub(crate) fn at(program: &Program, dtypes: &[DType], reads: &[usize], s: usize) -> Option<Self> {
        let n = program.inputs.len();
        let passed = |s: usize| {
            let r = n + s;
            let only = reads.get(r) == Some(&1) && !program.outputs.contains(&r);
            (only && dtypes.get(r) == Some(&DType::Float32)).then_some(r)
        };
        let r = passed(s)?;
        let Step::Binary(op, x, y) = *program.steps.get(s)? else { return None };
        let known = [(Binary::Add, First::Add), (Binary::Sub, First::Sub), (Binary::Mul, First::Mul)];
        let (_, first) = known.into_iter().find(|&(known, _)| known == op)?;
        let then = Then::of(*program.steps.get(s + 1)?, r)?;
        let relu = then != Then::Relu
            && passed(s + 1).is_some_and(|r| program.steps.get(s + 2) == Some(&Step::Unary(Unary::Relu, r)));
        Some(Self { first, x, y, then, relu })
    }

    /// How many steps they are.
    pub(crate) fn steps(self) -> usize {
        2 + usize::from(self.relu)
    }

    /// The third operand; the first again where there is none.
    pub(crate) fn z(self) -> Register {
        match self.then {
            Then::Add(z) | Then::Sub(z) | Then::SubFrom(z) | Then::Mul(z) => z,
            Then::Relu => self.x,
        }
    }

    /// `out = then(first(x, y), z)`
    pub(crate) fn run(self, from: [&[f32]; 3], out: &mut [f32]) {
        match self.first {
            First::Add => self.rest(from, out, |a, b| a + b),
            First::Sub => self.rest(from, out, |a, b| a - b),
            First::Mul => self.rest(from, out, |a, b| a * b),
        }
    }

    #[inline(always)]
    fn rest(self, from: [&[f32]; 3], out: &mut [f32], first: impl Fn(f32, f32) -> f32) {
        match self.then {
            Then::Add(_) => self.map(from, out, |a, b, c| first(a, b) + c),
            Then::Sub(_) => self.map(from, out, |a, b, c| first(a, b) - c),
            Then::SubFrom(_) => self.map(from, out, |a, b, c| c - first(a, b)),
            Then::Mul(_) => self.map(from, out, |a, b, c| first(a, b) * c),
            Then::Relu => map(from, out, |a, b, _| relu(first(a, b))),
        }
    }

    #[inline(always)]
    fn map(self, from: [&[f32]; 3], out: &mut [f32], f: impl Fn(f32, f32, f32) -> f32) {
        if self.relu { map(from, out, |a, b, c| relu(f(a, b, c))) } else { map(from, out, f) }
    }
}

impl Then {
    /// What a step does to `r`, which it must read.
    fn of(step: Step, r: Register) -> Option<Self> {
        if step == Step::Unary(Unary::Relu, r) {
            return Some(Self::Relu);
        }
        let Step::Binary(op, a, b) = step else { return None };
        let (z, reversed) = if a == r { (b, false) } else { (a, true) };
        if a != r && b != r {
            return None;
        }
        let known = [
            (Binary::Add, Self::Add(z)),
            (Binary::Mul, Self::Mul(z)),
            (Binary::Sub, if reversed { Self::SubFrom(z) } else { Self::Sub(z) }),
        ];
        known.into_iter().find(|&(known, _)| known == op).map(|(_, then)| then)
    }
}

#[inline(always)]
fn map([x, y, z]: [&[f32]; 3], out: &mut [f32], f: impl Fn(f32, f32, f32) -> f32) {
    for (((o, &a), &b), &c) in out.iter_mut().zip(x).zip(y).zip(z) {
        *o = f(a, b, c);
    }
}
