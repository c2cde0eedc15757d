//! The buffers of the CPU: vectors in a slab, and a pool of those that were given back.

use std::collections::HashMap;

use engine::{BufferId, DType, Error, HostData, Memory, Result};

/// How many bytes the pool keeps for reuse, at most.
const POOL_BYTES: u64 = 64 << 20;

#[derive(Default)]
pub(crate) struct Buffers {
    slots: Vec<Option<HostData>>,
    vacant: Vec<BufferId>,
    pool: HashMap<(DType, usize), Vec<HostData>>,
    pooled: u64,
    live: Memory,
}

/// The bytes that `len` elements take.
fn bytes(dtype: DType, len: usize) -> u64 {
    len as u64 * dtype.stored().size()
}

impl Buffers {
    /// A buffer of undefined content: a pooled one of the same size, if there is one.
    pub(crate) fn alloc(&mut self, dtype: DType, len: usize) -> BufferId {
        let data = match self.pool.get_mut(&(dtype, len)).and_then(Vec::pop) {
            Some(data) => {
                self.pooled -= bytes(dtype, len);
                data
            }
            None => HostData::zeros(dtype, len),
        };
        self.insert(data)
    }

    pub(crate) fn insert(&mut self, data: HostData) -> BufferId {
        self.live.buffers += 1;
        self.live.bytes += bytes(data.dtype(), data.len());
        match self.vacant.pop() {
            Some(id) => {
                self.slots[id as usize] = Some(data);
                id
            }
            None => {
                self.slots.push(Some(data));
                (self.slots.len() - 1) as BufferId
            }
        }
    }

    pub(crate) fn free(&mut self, id: BufferId) {
        let Some(data) = self.slots.get_mut(id as usize).and_then(Option::take) else { return };
        let (dtype, len) = (data.dtype(), data.len());
        let size = bytes(dtype, len);
        self.live.buffers -= 1;
        self.live.bytes -= size;
        self.vacant.push(id);
        if size > POOL_BYTES / 2 {
            return;
        }
        if self.pooled + size > POOL_BYTES {
            // Sizes come and go with batch sizes and programs: forget them all rather than guess which.
            self.pool.clear();
            self.pooled = 0;
        }
        self.pooled += size;
        self.pool.entry((dtype, len)).or_default().push(data);
    }

    pub(crate) fn get(&self, id: BufferId) -> Result<&HostData> {
        self.slots.get(id as usize).and_then(Option::as_ref).ok_or_else(|| missing(id))
    }

    /// Takes a buffer out, to write to it while others are read.
    pub(crate) fn take(&mut self, id: BufferId) -> Result<HostData> {
        self.slots.get_mut(id as usize).and_then(Option::take).ok_or_else(|| missing(id))
    }

    pub(crate) fn put_back(&mut self, id: BufferId, data: HostData) {
        self.slots[id as usize] = Some(data);
    }

    pub(crate) fn memory(&self) -> Memory {
        self.live
    }
}

fn missing(id: BufferId) -> Error {
    Error::Internal(format!("buffer {id} is not there, or is both read and written"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_freed_buffer_is_used_again() {
        let mut buffers = Buffers::default();
        let id = buffers.insert(HostData::from(vec![1.0f32, 2.0]));
        buffers.free(id);
        assert_eq!(buffers.memory(), Memory::default());
        let again = buffers.alloc(DType::Float32, 2);
        assert_eq!(buffers.get(again), Ok(&HostData::from(vec![1.0f32, 2.0])), "the old vector, uncleared");
        assert_eq!(buffers.memory(), Memory { buffers: 1, bytes: 8 });
        assert_eq!(buffers.pooled, 0);
    }

    #[test]
    fn the_pool_is_bounded() {
        let mut buffers = Buffers::default();
        for len in 0..200 {
            let id = buffers.alloc(DType::Float32, 1 << 20 | len);
            buffers.free(id);
            assert!(buffers.pooled <= POOL_BYTES);
        }
        assert_eq!(buffers.memory(), Memory::default());
    }
}
