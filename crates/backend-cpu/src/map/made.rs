//! Tiles by a kernel that was made for their program.

use engine::ops::Binary;
use engine::program::{Register, Step};
use engine::{DType, Error, HostData, Result};

use super::{Machine, Place};
use crate::jit::elementwise::Given;
use crate::jit::host::Made;
use crate::jit::programs;
use crate::tiles::{TILE, Tiled};

/// Elements that a kernel takes at once.
const LANES: usize = 4;

/// Elements that a kernel goes over in one call, where it can: after some calls the browser replaces what it compiled in
/// haste.
const STRETCH: usize = 1 << 15;

/// The bytes of an element; kernels know no other types.
fn size(dtype: DType) -> usize {
    if dtype == DType::Bool { 1 } else { 4 }
}

impl Machine<'_> {
    /// The kernel for the program over `len` elements, if there is one.
    pub(super) fn find_made(&self, len: usize) -> Option<Made> {
        if !programs::may_find(len) {
            return None;
        }
        let given: Vec<Given> = (0..self.inputs.len()).map(|k| self.given(k)).collect();
        programs::find(self.program, &self.scheme.dtypes, &given, len)
    }

    /// How many elements [`Machine::tile`] takes at once for results that are outputs: more than a tile holds, where
    /// nothing goes through tiles.
    pub(super) fn stretch(&self) -> usize {
        if self.made.is_some() && self.cursors.iter().all(Option::is_none) { STRETCH } else { TILE }
    }

    fn given(&self, k: usize) -> Given {
        let Place::Tile(slot) = self.scheme.places[k] else { return Given::Dense };
        if self.cursors[k].is_some() {
            return Given::Dense;
        }
        let is_exponent = |step: &Step| matches!(step, Step::Binary(Binary::Pow, _, y) if *y == k);
        if self.scheme.dtypes[k] != DType::Float32 || !self.program.steps.iter().any(is_exponent) {
            return Given::Constant;
        }
        match f32::bank(self.tiles)[slot].first() {
            Some(2.0) => Given::Exponent(2),
            Some(3.0) => Given::Exponent(3),
            _ => Given::Constant,
        }
    }

    /// Computes the elements `at..at + n`, at least four; inputs that are not read where they lie are in their tiles.
    pub(super) fn run_made(
        &mut self,
        made: Made,
        at: usize,
        n: usize,
        outputs: &mut [HostData],
    ) -> Result<()> {
        let mut addresses = std::mem::take(&mut self.addresses);
        addresses.clear();
        for k in 0..self.inputs.len() {
            let n = if self.given(k) == Given::Dense { n } else { LANES };
            addresses.push(self.source(k, at, n, outputs)?);
        }
        let program = self.program;
        for &r in &program.outputs {
            addresses.push(self.target(r, at, n, outputs)?);
        }
        // SAFETY: it was made for this program, with inputs given as these are; every address is that of a slice of `n`
        // elements (at least four, for constants), and results are in none that is read.
        unsafe { made.map(&addresses, n / LANES) };
        if !n.is_multiple_of(LANES) {
            // The last four again: a kernel never reads what it writes.
            let registers = (0..self.inputs.len()).chain(program.outputs.iter().copied());
            for (r, address) in registers.zip(&mut addresses) {
                if r >= self.inputs.len() || self.given(r) == Given::Dense {
                    *address += (n - LANES) * size(self.scheme.dtypes[r]);
                }
            }
            // SAFETY: as above, for the last four of the `n` elements.
            unsafe { made.map(&addresses, 1) };
        }
        self.addresses = addresses;
        Ok(())
    }

    /// The address of the elements of an input.
    fn source(&self, k: usize, at: usize, n: usize, outputs: &[HostData]) -> Result<usize> {
        if self.scheme.dtypes[k] == DType::Bool {
            self.values::<bool>(k, at, n, outputs).map(|v| v.as_ptr() as usize)
        } else {
            self.values::<f32>(k, at, n, outputs).map(|v| v.as_ptr() as usize)
        }
    }

    /// The address to which a result is written.
    fn target(&mut self, r: Register, at: usize, n: usize, outputs: &mut [HostData]) -> Result<usize> {
        fn one<T: Tiled>(
            m: &mut Machine<'_>,
            r: Register,
            at: usize,
            n: usize,
            outputs: &mut [HostData],
        ) -> Result<usize> {
            let room = match m.scheme.places[r] {
                Place::Output(k) => T::slice_mut(&mut outputs[k])?.get_mut(at..at + n),
                Place::Tile(slot) => T::bank_mut(m.tiles)[slot].get_mut(..n),
                Place::Input(_) | Place::Passed => None,
            };
            let room =
                room.ok_or_else(|| Error::Internal("a program writes where it must not".to_owned()))?;
            Ok(room.as_mut_ptr() as usize)
        }
        if self.scheme.dtypes[r] == DType::Bool {
            one::<bool>(self, r, at, n, outputs)
        } else {
            one::<f32>(self, r, at, n, outputs)
        }
    }
}
