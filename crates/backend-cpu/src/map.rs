//! Programs of elementwise functions. They are run a tile at a time: each step goes over a tile in a dense loop, and
//! what one step leaves for the next stays in the processor's first cache. So a chain of functions reads and writes
//! memory once.

mod made;
mod scheme;

use std::ops::Range;
use std::rc::Rc;

use engine::program::{Program, Register, Step};
use engine::{Error, HostData, Result};

use crate::element::Found;
use crate::jit::host::Made;
use crate::joined::Joined;
use crate::tiles::{Cursor, TILE, Tiled, Tiles};
use crate::{binary, cast, compare, select, unary};
pub(crate) use scheme::Schemes;
use scheme::{Asked, Scheme};

/// Where the elements of a register are.
#[derive(Clone, Copy)]
enum Place {
    /// In an input's buffer, as they lie.
    Input(usize),
    /// In a tile.
    Tile(usize),
    /// In an output, where they belong.
    Output(usize),
    /// In no memory: the next step reads them in the same loop.
    Passed,
}

/// What one loop over a tile does.
#[derive(Clone, Copy)]
enum Pass {
    One(usize),
    /// Several steps; the number is that of the last.
    Joined(Joined, usize),
}

impl Pass {
    /// The steps that it takes.
    fn steps(self) -> Range<usize> {
        match self {
            Self::One(s) => s..s + 1,
            Self::Joined(joined, s) => s + 1 - joined.steps()..s + 1,
        }
    }
}

/// A program with its inputs, ready to run.
pub(crate) struct Machine<'a> {
    program: &'a Rc<Program>,
    inputs: &'a [Found<'a>],
    scheme: Rc<Scheme>,
    /// For each input that is not read where it lies: how it is gathered; nothing if its tile is filled once.
    cursors: Vec<Option<Cursor>>,
    tiles: &'a mut Tiles,
    /// What does all passes at once, and room for what it is told.
    made: Option<Made>,
    addresses: Vec<usize>,
}

/// Runs a program over whole outputs.
pub(crate) fn run(
    program: &Rc<Program>,
    inputs: &[Found<'_>],
    outputs: &mut [HostData],
    tiles: &mut Tiles,
) -> Result<()> {
    if program.outputs.iter().any(|&r| r < inputs.len()) {
        return Err(Error::Internal("a program gives back what it did not compute".to_owned()));
    }
    let len = outputs.first().map_or(0, HostData::len);
    if len == 0 {
        return Ok(());
    }
    let mut machine = Machine::new(program, inputs, len, true, tiles)?;
    let tile = machine.stretch();
    for at in (0..len).step_by(tile) {
        machine.tile(at, tile.min(len - at), outputs)?;
    }
    Ok(())
}

impl<'a> Machine<'a> {
    /// Ready for programs over `len` elements. Results go to outputs if there are any.
    pub(crate) fn new(
        program: &'a Rc<Program>,
        inputs: &'a [Found<'a>],
        len: usize,
        has_outputs: bool,
        tiles: &'a mut Tiles,
    ) -> Result<Self> {
        if inputs.len() > u64::BITS as usize {
            return Err(Error::Internal(format!("a program of {} inputs", inputs.len())));
        }
        let dense = inputs.iter().enumerate().filter(|(_, input)| input.layout.is_contiguous());
        let scattered = dense.fold(u64::MAX, |rest, (k, _)| rest & !(1 << k));
        let scheme = Scheme::of(Asked { program: Rc::clone(program), scattered, has_outputs }, tiles);
        let cursors = Vec::with_capacity(inputs.len());
        let mut machine = Self { program, inputs, scheme, cursors, tiles, made: None, addresses: Vec::new() };
        for k in 0..inputs.len() {
            let cursor = machine.cursor(k, len)?;
            machine.cursors.push(cursor);
        }
        machine.made = machine.find_made(len);
        Ok(machine)
    }

    /// How an input is gathered. If it is one number, its tile is filled here.
    fn cursor(&mut self, k: usize, len: usize) -> Result<Option<Cursor>> {
        let Place::Tile(slot) = self.scheme.places[k] else { return Ok(None) };
        let layout = &self.inputs[k].layout;
        let constant = layout.strides.iter().zip(&layout.shape).all(|(&stride, &n)| stride == 0 || n == 1);
        let mut cursor = Cursor::new(layout);
        if constant {
            self.gather(k, slot, &mut cursor, TILE.min(len))?;
        }
        Ok((!constant).then_some(cursor))
    }

    /// Fills the tile of an input with its next `n` elements.
    fn gather(&mut self, k: usize, slot: usize, cursor: &mut Cursor, n: usize) -> Result<()> {
        fn one<T: Tiled>(
            x: &Found<'_>,
            tiles: &mut Tiles,
            slot: usize,
            cursor: &mut Cursor,
            n: usize,
        ) -> Result<()> {
            cursor.gather(x.input::<T>()?.data, &mut T::bank_mut(tiles)[slot][..n]);
            Ok(())
        }
        let (x, tiles) = (&self.inputs[k], &mut *self.tiles);
        crate::typed!(every, self.scheme.dtypes[k], T => one::<T>(x, tiles, slot, cursor, n))
    }

    /// Computes the elements `at..at + n`, of all registers. Tiles must be taken in order.
    pub(crate) fn tile(&mut self, at: usize, n: usize, outputs: &mut [HostData]) -> Result<()> {
        for k in 0..self.inputs.len() {
            if let (Place::Tile(slot), Some(mut cursor)) = (self.scheme.places[k], self.cursors[k].take()) {
                self.gather(k, slot, &mut cursor, n)?;
                self.cursors[k] = Some(cursor);
            }
        }
        if let Some(made) = self.made.filter(|_| n >= 4) {
            return self.run_made(made, at, n, outputs);
        }
        for i in 0..self.scheme.passes.len() {
            match self.scheme.passes[i] {
                Pass::One(s) => self.step(s, at, n, outputs)?,
                Pass::Joined(joined, s) => {
                    self.write(self.inputs.len() + s, at, n, outputs, |m, o, out| {
                        let [x, y, z] = [joined.x, joined.y, joined.z()].map(|r| m.values(r, at, n, o));
                        joined.run([x?, y?, z?], out);
                        Ok(())
                    })?;
                }
            }
        }
        Ok(())
    }

    /// The elements of a register in the present tile.
    pub(crate) fn values<'b, T: Tiled>(
        &'b self,
        r: Register,
        at: usize,
        n: usize,
        outputs: &'b [HostData],
    ) -> Result<&'b [T]> {
        let (data, start) = match self.scheme.places[r] {
            Place::Input(k) => (T::slice(self.inputs[k].data())?, self.inputs[k].layout.offset + at),
            Place::Tile(slot) => (T::bank(self.tiles)[slot].as_slice(), 0),
            Place::Output(k) => (T::slice(&outputs[k])?, at),
            Place::Passed => {
                return Err(Error::Internal("a value that was passed on is read again".to_owned()));
            }
        };
        data.get(start..start + n).ok_or_else(|| Error::Internal("a layout leaves its buffer".to_owned()))
    }

    fn step(&mut self, s: usize, at: usize, n: usize, outputs: &mut [HostData]) -> Result<()> {
        let r = self.inputs.len() + s;
        match self.program.steps[s] {
            Step::Unary(op, x) => crate::typed!(numbers, op, self.scheme.dtypes[x], T => {
                self.write(r, at, n, outputs, |m, o, out| {
                    unary::run::<T>(op, m.values(x, at, n, o)?, out);
                    Ok(())
                })
            }),
            Step::Binary(op, x, y) => crate::typed!(words, op, self.scheme.dtypes[x], T => {
                self.write(r, at, n, outputs, |m, o, out| {
                    binary::run::<T>(op, m.values(x, at, n, o)?, m.values(y, at, n, o)?, out)
                })
            }),
            Step::Compare(op, x, y) => crate::typed!(words, op, self.scheme.dtypes[x], T => {
                self.write(r, at, n, outputs, |m, o, out| {
                    compare::run::<T>(op, m.values(x, at, n, o)?, m.values(y, at, n, o)?, out);
                    Ok(())
                })
            }),
            Step::Where(c, x, y) => crate::typed!(every, self.scheme.dtypes[x], T => {
                self.write(r, at, n, outputs, |m, o, out| {
                    select::run::<T>(m.values(c, at, n, o)?, m.values(x, at, n, o)?, m.values(y, at, n, o)?, out);
                    Ok(())
                })
            }),
            Step::Cast(dtype, x) if dtype != dtype.stored() => {
                self.write(r, at, n, outputs, |m, o, out: &mut [i64]| {
                    cast::wrap(dtype, m.values(x, at, n, o)?, out);
                    Ok(())
                })
            }
            Step::Cast(dtype, x) => crate::typed!(every, dtype, U => {
                self.write(r, at, n, outputs, |m, o, out: &mut [U]| {
                    crate::typed!(every, m.scheme.dtypes[x], T => cast::run::<T, U>(m.values(x, at, n, o)?, out));
                    Ok(())
                })
            }),
        }
    }

    /// Lets `body` write a register.
    fn write<T: Tiled>(
        &mut self,
        r: Register,
        at: usize,
        n: usize,
        outputs: &mut [HostData],
        body: impl FnOnce(&Self, &[HostData], &mut [T]) -> Result<()>,
    ) -> Result<()> {
        // What is written is taken out meanwhile, so that everything else can be read.
        match self.scheme.places[r] {
            Place::Input(_) | Place::Passed => {
                Err(Error::Internal("a program writes where it must not".to_owned()))
            }
            Place::Tile(slot) => {
                let mut tile = std::mem::take(&mut T::bank_mut(self.tiles)[slot]);
                let done = body(self, outputs, &mut tile[..n]);
                T::bank_mut(self.tiles)[slot] = tile;
                done
            }
            Place::Output(k) => {
                let mut whole = std::mem::replace(&mut outputs[k], HostData::zeros(T::DTYPE, 0));
                let done = T::slice_mut(&mut whole).and_then(|out| body(self, outputs, &mut out[at..at + n]));
                outputs[k] = whole;
                done
            }
        }
    }
}
