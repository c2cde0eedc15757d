//! What is recorded until the next submit: one command encoder, as few compute passes as possible, the parameters
//! of every launch in one arena, and the constants that kernels read.

use std::collections::HashMap;

use crate::params::{Params, SLOT};
use crate::timer::{Mark, Timer};

/// Launches between two submits, at most.
const ARENA_SLOTS: u64 = 1024;

/// Different constants, at most; then the table starts anew.
const MAX_CONSTANTS: usize = 1024;

/// Constants that one launch may need.
const PER_LAUNCH: usize = 4;

/// Workgroups in one dimension of a launch, at most.
const MAX_GROUPS: usize = 65535;

pub(crate) struct Stream {
    device: wgpu::Device,
    queue: wgpu::Queue,
    arena: wgpu::Buffer,
    /// What the arena will hold.
    slots: Vec<u8>,
    constants: wgpu::Buffer,
    words: Vec<u32>,
    places: HashMap<u32, usize>,
    /// How many of `words` the device has.
    written: usize,
    recording: Option<Recording>,
    epoch: u64,
    dispatches: u64,
}

struct Recording {
    encoder: wgpu::CommandEncoder,
    pass: Option<wgpu::ComputePass<'static>>,
}

impl Stream {
    pub(crate) fn new(device: &wgpu::Device, queue: &wgpu::Queue) -> Self {
        let buffer = |size, usage| {
            let usage = usage | wgpu::BufferUsages::COPY_DST;
            device.create_buffer(&wgpu::BufferDescriptor {
                label: None,
                size,
                usage,
                mapped_at_creation: false,
            })
        };
        Self {
            device: device.clone(),
            queue: queue.clone(),
            arena: buffer(ARENA_SLOTS * SLOT, wgpu::BufferUsages::UNIFORM),
            slots: Vec::new(),
            constants: buffer(MAX_CONSTANTS as u64 * 4, wgpu::BufferUsages::STORAGE),
            words: Vec::new(),
            places: HashMap::new(),
            written: 0,
            recording: None,
            epoch: 1,
            dispatches: 0,
        }
    }

    pub(crate) fn arena(&self) -> &wgpu::Buffer {
        &self.arena
    }

    pub(crate) fn constants(&self) -> &wgpu::Buffer {
        &self.constants
    }

    /// What is recorded now belongs to this epoch; they begin at 1, and end with a submit.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Launches so far.
    pub(crate) fn dispatches(&self) -> u64 {
        self.dispatches
    }

    /// Whether another launch can be recorded before a submit.
    pub(crate) fn has_room(&self) -> bool {
        (self.slots.len() as u64) < ARENA_SLOTS * SLOT && self.words.len() + PER_LAUNCH <= MAX_CONSTANTS
    }

    /// The place of a constant in the buffer of constants.
    pub(crate) fn constant(&mut self, bits: u32) -> usize {
        *self.places.entry(bits).or_insert_with(|| {
            self.words.push(bits);
            self.words.len() - 1
        })
    }

    /// Records a launch, in a pass of its own if it is timed. There must be [room](Self::has_room) for it.
    pub(crate) fn launch(
        &mut self,
        pipeline: &wgpu::ComputePipeline,
        group: &wgpu::BindGroup,
        params: &Params,
        groups: usize,
        mark: Option<&Mark>,
    ) {
        let slot = self.slots.len() as u32;
        self.slots.extend_from_slice(params.bytes());
        let recording = self.recording();
        if mark.is_some() {
            recording.pass = None;
        }
        let pass = recording.pass.get_or_insert_with(|| {
            let timestamp_writes = mark.map(Mark::writes);
            let descriptor = wgpu::ComputePassDescriptor { label: None, timestamp_writes };
            recording.encoder.begin_compute_pass(&descriptor).forget_lifetime()
        });
        let (columns, rows) = grid(groups);
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, group, &[slot]);
        pass.dispatch_workgroups(columns, rows, 1);
        if mark.is_some() {
            recording.pass = None;
        }
        self.dispatches += 1;
    }

    /// Records a copy of all timestamps.
    pub(crate) fn copy_times(&mut self, timer: &mut Timer, to: &wgpu::Buffer) {
        let recording = self.recording();
        recording.pass = None;
        let from = timer.resolve(&mut recording.encoder);
        recording.encoder.copy_buffer_to_buffer(&from, 0, to, 0, crate::timer::BYTES);
    }

    /// Records a copy of `size` bytes from the start of one buffer to the start of another.
    pub(crate) fn copy(&mut self, from: &wgpu::Buffer, to: &wgpu::Buffer, size: u64) {
        let recording = self.recording();
        recording.pass = None;
        recording.encoder.copy_buffer_to_buffer(from, 0, to, 0, size);
    }

    fn recording(&mut self) -> &mut Recording {
        self.recording.get_or_insert_with(|| {
            let descriptor = wgpu::CommandEncoderDescriptor::default();
            Recording { encoder: self.device.create_command_encoder(&descriptor), pass: None }
        })
    }

    /// Submits what is recorded. Says whether there was anything.
    pub(crate) fn submit(&mut self) -> bool {
        let Some(Recording { encoder, pass }) = self.recording.take() else { return false };
        drop(pass);
        // Writes come before the submit that follows them, and after all earlier ones.
        if !self.slots.is_empty() {
            self.queue.write_buffer(&self.arena, 0, &self.slots);
            self.slots.clear();
        }
        if self.written < self.words.len() {
            let fresh = bytemuck::cast_slice(&self.words[self.written..]);
            self.queue.write_buffer(&self.constants, self.written as u64 * 4, fresh);
            self.written = self.words.len();
        }
        self.queue.submit([encoder.finish()]);
        if self.words.len() + PER_LAUNCH > MAX_CONSTANTS {
            self.words.clear();
            self.places.clear();
            self.written = 0;
        }
        self.epoch += 1;
        true
    }
}

/// Columns and rows of workgroups that are at least `groups`, and hardly more.
fn grid(groups: usize) -> (u32, u32) {
    let rows = groups.div_ceil(MAX_GROUPS).max(1);
    (groups.div_ceil(rows) as u32, rows as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_covers_all_groups_within_the_limit() {
        for groups in [1, 2, 65535, 65536, 65537, 131_071, 1 << 20, 1 << 28] {
            let (columns, rows) = grid(groups);
            assert!(columns as usize * rows as usize >= groups, "{groups}: {columns} × {rows}");
            assert!(
                (columns as usize * rows as usize) < groups + rows as usize,
                "{groups}: {columns} × {rows}"
            );
            assert!(columns as usize <= MAX_GROUPS && rows as usize <= MAX_GROUPS, "{groups}");
        }
    }
}
