//! Where the tensors were made that functions have given to the program.

use std::collections::{HashMap, VecDeque};

use engine::{Span, Tensor};

use crate::record::bytes;

/// Tensors whose place of birth is kept: the newest.
const MOST: usize = 4096;
/// The bytes that they may take. Beyond that the oldest of the large ones are dropped.
const BYTES: u64 = 128 << 20;
const LARGE: u64 = 64 << 10;

/// The places of birth that are known.
#[derive(Default)]
pub(crate) struct Births {
    known: HashMap<usize, Birth>,
    /// The tensors, the oldest first.
    tensors: VecDeque<Tensor>,
    bytes: u64,
    count: u32,
}

/// A place of birth.
#[derive(Clone, Copy)]
pub(crate) struct Birth {
    /// How many were born before.
    pub(crate) number: u32,
    pub(crate) span: Span,
}

impl Births {
    /// That of a tensor.
    pub(crate) fn get(&self, tensor: &Tensor) -> Option<Birth> {
        self.known.get(&tensor.id()).copied()
    }

    /// A tensor was made here. It counts, but is not kept, if it is known for something else.
    pub(crate) fn note(&mut self, tensor: &Tensor, span: Span, known: bool) {
        let number = self.count;
        self.count += 1;
        if known || self.known.contains_key(&tensor.id()) {
            return;
        }
        self.known.insert(tensor.id(), Birth { number, span });
        self.tensors.push_back(tensor.clone());
        self.bytes += bytes(tensor);
        if self.tensors.len() > MOST {
            self.drop(0);
        }
        while self.bytes > BYTES
            && let Some(large) = self.tensors.iter().position(|tensor| bytes(tensor) >= LARGE)
            && large + 1 < self.tensors.len()
        {
            self.drop(large);
        }
    }

    fn drop(&mut self, place: usize) {
        if let Some(old) = self.tensors.remove(place) {
            self.bytes -= bytes(&old);
            self.known.remove(&old.id());
        }
    }
}
