//! Room for the intermediate values of programs, and how operands that lie scattered are gathered into it.

use engine::{DType, Layout};

use crate::element::Element;
use crate::map::Schemes;
use crate::walk::{Walk, step};

/// Elements of a tile: three or four tiles of float32 fit into a first cache together.
pub(crate) const TILE: usize = 2048;

/// Tiles of every type. They are kept from kernel to kernel.
#[derive(Default)]
pub(crate) struct Tiles {
    bools: Vec<Vec<bool>>,
    bytes: Vec<Vec<u8>>,
    integers: Vec<Vec<i64>>,
    floats: Vec<Vec<f32>>,
    doubles: Vec<Vec<f64>>,
    /// How programs use them.
    pub(crate) schemes: Schemes,
}

/// An element type that has tiles.
pub(crate) trait Tiled: Element {
    /// Its tiles.
    fn bank(tiles: &Tiles) -> &[Vec<Self>];
    /// The same, to be written to.
    fn bank_mut(tiles: &mut Tiles) -> &mut Vec<Vec<Self>>;
}

macro_rules! banks {
    ($($rust:ty => $field:ident),*) => {
        $(impl Tiled for $rust {
            fn bank(tiles: &Tiles) -> &[Vec<Self>] { &tiles.$field }
            fn bank_mut(tiles: &mut Tiles) -> &mut Vec<Vec<Self>> { &mut tiles.$field }
        })*
    };
}

banks!(bool => bools, u8 => bytes, i64 => integers, f32 => floats, f64 => doubles);

impl Tiles {
    /// Makes sure that there is a tile number `slot`.
    pub(crate) fn reserve(&mut self, dtype: DType, slot: usize) {
        fn one<T: Tiled>(tiles: &mut Tiles, slot: usize, zero: T) {
            let bank = T::bank_mut(tiles);
            if bank.len() <= slot {
                bank.resize(slot + 1, Vec::new());
            }
            if bank[slot].is_empty() {
                bank[slot] = vec![zero; TILE];
            }
        }
        match dtype {
            DType::Bool => one(self, slot, false),
            DType::UInt8 => one(self, slot, 0u8),
            DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => one(self, slot, 0i64),
            DType::Float32 => one(self, slot, 0f32),
            DType::Float64 => one(self, slot, 0f64),
        }
    }
}

/// Goes through a layout in row-major order, some elements at a time.
pub(crate) struct Cursor {
    walk: Walk<1>,
    index: Vec<usize>,
    /// Where the present run starts.
    at: isize,
    /// How much of it is done.
    done: usize,
}

impl Cursor {
    pub(crate) fn new(layout: &Layout) -> Self {
        let walk = Walk::new([layout]);
        Self { index: vec![0; walk.outer.len()], at: walk.start[0], done: 0, walk }
    }

    /// Takes the next elements. There must be that many.
    pub(crate) fn gather<T: Element>(&mut self, data: &[T], out: &mut [T]) {
        let stride = self.walk.strides[0];
        let mut rest = out;
        while !rest.is_empty() {
            let n = rest.len().min(self.walk.run - self.done);
            let (now, later) = std::mem::take(&mut rest).split_at_mut(n);
            rest = later;
            let at = step(self.at as usize, stride, self.done);
            match stride {
                1 => now.copy_from_slice(&data[at..at + n]),
                0 => now.fill(data[at]),
                _ => now.iter_mut().enumerate().for_each(|(i, o)| *o = data[step(at, stride, i)]),
            }
            self.done += n;
            if self.done == self.walk.run {
                self.next_run();
            }
        }
    }

    fn next_run(&mut self) {
        self.done = 0;
        for d in (0..self.index.len()).rev() {
            let [stride] = self.walk.outer_strides[d];
            self.index[d] += 1;
            self.at += stride;
            if self.index[d] < self.walk.outer[d] {
                return;
            }
            self.at -= stride * self.walk.outer[d] as isize;
            self.index[d] = 0;
        }
    }
}
