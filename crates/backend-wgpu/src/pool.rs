//! Buffers that wait to be used again. Knows sizes and when a buffer was last used, but no device.
//!
//! On the web a buffer that is dropped keeps its memory, so buffers are recycled, and what is too much is handed
//! back to be destroyed. Time is counted in *epochs*: everything recorded between two submits is one epoch.

use std::collections::{BTreeMap, VecDeque};

/// A physical buffer.
#[derive(Debug)]
pub(crate) struct Room<B> {
    pub(crate) handle: B,
    /// Unique among all rooms there ever were.
    pub(crate) id: u32,
    /// Bytes: a size class.
    pub(crate) size: u64,
    /// The epoch in which a kernel or a copy last used it.
    pub(crate) used_in: u64,
}

/// Which rooms may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Any: it is written by a kernel, which comes after what is recorded.
    ForKernels,
    /// Only those that nothing recorded in this epoch uses: the host writes to it before the next submit.
    ForTheHost {
        /// The present epoch.
        epoch: u64,
    },
}

/// Idle rooms by size class.
#[derive(Debug)]
pub(crate) struct Pool<B> {
    idle: BTreeMap<u64, VecDeque<(u64, Room<B>)>>,
    idle_bytes: u64,
    limit: u64,
    /// Counts what was given back, so that the oldest can be found.
    clock: u64,
}

impl<B> Pool<B> {
    /// A pool that keeps at most `limit` idle bytes.
    pub(crate) fn new(limit: u64) -> Self {
        Self { idle: BTreeMap::new(), idle_bytes: 0, limit, clock: 0 }
    }

    /// An idle room of exactly this class.
    pub(crate) fn take(&mut self, size: u64, wanted: Wanted) -> Option<Room<B>> {
        let rooms = self.idle.get_mut(&size)?;
        let at = match wanted {
            // The one used last is the warmest.
            Wanted::ForKernels => rooms.len().checked_sub(1)?,
            Wanted::ForTheHost { epoch } => rooms.iter().position(|(_, room)| room.used_in < epoch)?,
        };
        let (_, room) = rooms.remove(at)?;
        if rooms.is_empty() {
            self.idle.remove(&size);
        }
        self.idle_bytes -= size;
        Some(room)
    }

    /// Whether there is an idle room of this class, in use or not.
    pub(crate) fn has(&self, size: u64) -> bool {
        self.idle.contains_key(&size)
    }

    /// Keeps a room for later. Returns those that are too much, the longest idle first.
    pub(crate) fn give(&mut self, room: Room<B>) -> Vec<Room<B>> {
        self.clock += 1;
        self.idle_bytes += room.size;
        self.idle.entry(room.size).or_default().push_back((self.clock, room));
        let mut evicted = Vec::new();
        while self.idle_bytes > self.limit {
            let oldest = self.idle.iter().min_by_key(|(_, rooms)| rooms.front().map(|&(time, _)| time));
            let Some((&size, _)) = oldest else { break };
            let Some(rooms) = self.idle.get_mut(&size) else { break };
            evicted.extend(rooms.pop_front().map(|(_, room)| room));
            if rooms.is_empty() {
                self.idle.remove(&size);
            }
            self.idle_bytes -= size;
        }
        evicted
    }
}

/// The size class that holds `bytes`: a power of two, or 1¼, 1½ or 1¾ of one; at least 256.
pub(crate) fn class(bytes: u64) -> u64 {
    let bytes = bytes.max(256);
    let step = (bytes.next_power_of_two() / 8).max(64);
    bytes.next_multiple_of(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(id: u32, size: u64, used_in: u64) -> Room<()> {
        Room { handle: (), id, size, used_in }
    }

    #[test]
    fn classes_waste_at_most_a_quarter() {
        for bytes in (1..5000).chain([47_040_000, (1 << 30) - 1, 1 << 30]) {
            let size = class(bytes);
            assert!(size >= bytes.max(256) && size.is_multiple_of(64), "{bytes} in {size}");
            assert!(bytes < 256 || size <= bytes + bytes / 4, "{bytes} in {size}");
            assert_eq!(class(size), size, "a class is its own class");
        }
        assert_eq!([0, 256, 257, 320, 321].map(class), [256, 256, 320, 320, 384]);
    }

    #[test]
    fn a_room_comes_back_for_the_same_class_only() {
        let mut pool = Pool::new(1 << 20);
        assert!(pool.give(room(1, 512, 0)).is_empty());
        assert!(pool.take(256, Wanted::ForKernels).is_none());
        assert_eq!(pool.take(512, Wanted::ForKernels).map(|r| r.id), Some(1));
        assert!(pool.take(512, Wanted::ForKernels).is_none());
    }

    #[test]
    fn the_host_never_gets_a_room_that_recorded_work_uses() {
        let mut pool = Pool::new(1 << 20);
        pool.give(room(1, 256, 4));
        pool.give(room(2, 256, 5));
        assert_eq!(pool.take(256, Wanted::ForTheHost { epoch: 5 }).map(|r| r.id), Some(1));
        assert!(pool.take(256, Wanted::ForTheHost { epoch: 5 }).is_none());
        assert!(pool.has(256));
        assert_eq!(pool.take(256, Wanted::ForTheHost { epoch: 6 }).map(|r| r.id), Some(2));
    }

    #[test]
    fn the_longest_idle_rooms_are_evicted_first() {
        let mut pool = Pool::new(1024);
        for id in 1..=4 {
            assert!(pool.give(room(id, 256, 0)).is_empty(), "{id} fits");
        }
        let evicted = pool.give(room(5, 512, 0));
        assert_eq!(evicted.iter().map(|r| r.id).collect::<Vec<_>>(), [1, 2]);
        let evicted = pool.give(room(6, 4096, 0));
        assert_eq!(
            evicted.iter().map(|r| r.id).collect::<Vec<_>>(),
            [3, 4, 5, 6],
            "more than the pool may hold"
        );
        assert_eq!(pool.idle_bytes, 0);
    }
}
