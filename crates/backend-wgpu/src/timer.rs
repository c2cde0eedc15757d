//! How long launches take on the device: a timestamp before and one after each that somebody wants to know of. Nothing of it is made before.

use std::ops::Range;

use engine::Stamp;

/// Launches of a query set, each with two queries: as many as WebGPU allows.
const PER_SET: u64 = 2048;
/// Query sets. The launches that are longest ago give their place to new ones.
const SETS: u64 = 4;
const CAPACITY: u64 = PER_SET * SETS;
/// The bytes of a timestamp.
const STAMP_BYTES: u64 = 8;
/// The bytes of all of them.
pub(crate) const BYTES: u64 = CAPACITY * 2 * STAMP_BYTES;

/// The launches that are timed.
pub(crate) struct Timer {
    device: wgpu::Device,
    /// Nanoseconds of a timestamp's unit.
    period: f64,
    sets: Vec<wgpu::QuerySet>,
    /// Where timestamps are put before they are copied for the host.
    resolved: Option<wgpu::Buffer>,
    /// Launches so far that were timed.
    count: u64,
    /// The first launch of the kernel under way, if that is timed.
    from: Option<u64>,
}

/// Where the timestamps of a launch go.
pub(crate) struct Mark {
    set: wgpu::QuerySet,
    first: u32,
}

impl Mark {
    /// What a compute pass is told.
    pub(crate) fn writes(&self) -> wgpu::ComputePassTimestampWrites<'_> {
        wgpu::ComputePassTimestampWrites {
            query_set: &self.set,
            beginning_of_pass_write_index: Some(self.first),
            end_of_pass_write_index: Some(self.first + 1),
        }
    }
}

impl Timer {
    /// A timer, if the device has timestamps.
    pub(crate) fn new(device: &wgpu::Device, queue: &wgpu::Queue) -> Option<Self> {
        device.features().contains(wgpu::Features::TIMESTAMP_QUERY).then(|| Self {
            device: device.clone(),
            period: f64::from(queue.get_timestamp_period()),
            sets: Vec::new(),
            resolved: None,
            count: 0,
            from: None,
        })
    }

    /// A kernel begins whose launches are to be timed.
    pub(crate) fn begin(&mut self) {
        self.from = Some(self.count);
    }

    /// The kernel's launches are recorded.
    pub(crate) fn end(&mut self) -> Option<Stamp> {
        self.from.take().map(|first| Stamp(first..self.count))
    }

    /// Where the timestamps of the next launch go, if it is timed.
    pub(crate) fn mark(&mut self) -> Option<Mark> {
        self.from?;
        let place = self.count % CAPACITY;
        let set = (place / PER_SET) as usize;
        if set == self.sets.len() {
            self.sets.push(self.device.create_query_set(&wgpu::QuerySetDescriptor {
                label: None,
                ty: wgpu::QueryType::Timestamp,
                count: 2 * PER_SET as u32,
            }));
        }
        self.count += 1;
        Some(Mark { set: self.sets[set].clone(), first: (2 * (place % PER_SET)) as u32 })
    }

    /// Records that all timestamps are put into a buffer, which is given back.
    pub(crate) fn resolve(&mut self, encoder: &mut wgpu::CommandEncoder) -> wgpu::Buffer {
        let buffer = self.resolved.get_or_insert_with(|| {
            let usage = wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC;
            let descriptor =
                wgpu::BufferDescriptor { label: None, size: BYTES, usage, mapped_at_creation: false };
            self.device.create_buffer(&descriptor)
        });
        for (at, set) in (0..).zip(&self.sets) {
            encoder.resolve_query_set(set, 0..2 * PER_SET as u32, buffer, at * PER_SET * 2 * STAMP_BYTES);
        }
        buffer.clone()
    }

    /// How the bytes of the buffer are to be read that [`resolve`](Self::resolve) fills now.
    pub(crate) fn reader(&self) -> Reader {
        Reader { count: self.count, period: self.period }
    }
}

/// Reads timestamps.
#[derive(Clone, Copy)]
pub(crate) struct Reader {
    count: u64,
    period: f64,
}

impl Reader {
    /// The milliseconds that a kernel took: the sum of its launches. Nothing, if one of them has lost its place.
    pub(crate) fn millis(self, bytes: &[u8], Stamp(launches): &Stamp) -> Option<f64> {
        let kept = self.count.saturating_sub(CAPACITY)..self.count;
        launches
            .clone()
            .map(|launch| kept.contains(&launch).then(|| self.launch(bytes, launch)).flatten())
            .sum()
    }

    fn launch(self, bytes: &[u8], launch: u64) -> Option<f64> {
        let at = (launch % CAPACITY * 2 * STAMP_BYTES) as usize;
        let stamp = |range: Range<usize>| Some(u64::from_le_bytes(bytes.get(range)?.try_into().ok()?));
        let (began, ended) = (stamp(at..at + 8)?, stamp(at + 8..at + 16)?);
        // Clocks of GPUs are known to be set back.
        Some(ended.saturating_sub(began) as f64 * self.period / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_launches_of_a_kernel_are_added_up() {
        let stamps: Vec<u8> =
            [0, 1_000_000, 2_000_000, 2_500_000].iter().flat_map(|stamp: &u64| stamp.to_le_bytes()).collect();
        let reader = Reader { count: 2, period: 1.0 };
        assert_eq!(reader.millis(&stamps, &Stamp(0..1)), Some(1.0));
        assert_eq!(reader.millis(&stamps, &Stamp(0..2)), Some(1.5));
        assert_eq!(reader.millis(&stamps, &Stamp(1..3)), None, "a launch that was not timed");
    }

    #[test]
    fn what_has_lost_its_place_has_no_time() {
        let stamps = [0; BYTES as usize];
        let reader = Reader { count: CAPACITY + 1, period: 1.0 };
        assert_eq!(reader.millis(&stamps, &Stamp(0..1)), None);
        assert_eq!(reader.millis(&stamps, &Stamp(1..2)), Some(0.0));
    }

    #[test]
    fn a_clock_that_is_set_back_gives_no_negative_time() {
        let stamps: Vec<u8> = [5u64, 3].iter().flat_map(|stamp| stamp.to_le_bytes()).collect();
        assert_eq!(Reader { count: 1, period: 1.0 }.millis(&stamps, &Stamp(0..1)), Some(0.0));
    }
}
