//! All that changes while a backend works: the buffers in use, those in the pool, what is compiled and recorded.

use engine::{BufferId, DType, Error, Memory, Result, Stamp};

use crate::elements;
use crate::kernels::{Launch, Plan, Slot};
use crate::pipelines::{Pipelines, Recipe};
use crate::pool::{Pool, Room, Wanted, class};
use crate::stream::Stream;
use crate::timer::{self, Reader, Timer};

/// Idle bytes that are kept for reuse.
const IDLE_LIMIT: u64 = 256 << 20;

/// Above this size the host rather submits what is recorded than fills a second buffer of the class.
const SUBMIT_ABOVE: u64 = 1 << 20;

/// The id by which bind groups know the buffer of constants. Rooms begin after it.
const CONSTANTS: u32 = 1;

/// A room on the device.
pub(crate) type Storage = Room<wgpu::Buffer>;

/// A buffer of the caller.
struct Live {
    room: Storage,
    dtype: DType,
    len: usize,
    /// As many bytes as the elements need; the room may have more.
    bytes: u64,
}

pub(crate) struct State {
    device: wgpu::Device,
    queue: wgpu::Queue,
    /// The most bytes that one buffer may have.
    limit: u64,
    live: Vec<Option<Live>>,
    vacant: Vec<BufferId>,
    memory: Memory,
    storage: Pool<wgpu::Buffer>,
    staging: Pool<wgpu::Buffer>,
    last_room: u32,
    /// To be destroyed, but used by what is recorded.
    doomed: Vec<Storage>,
    pipelines: Pipelines,
    stream: Stream,
    /// None, if the device has no timestamps.
    timer: Option<Timer>,
    submits: u64,
}

impl State {
    pub(crate) fn new(device: &wgpu::Device, queue: &wgpu::Queue) -> Self {
        let limits = device.limits();
        Self {
            device: device.clone(),
            queue: queue.clone(),
            limit: limits.max_buffer_size.min(limits.max_storage_buffer_binding_size) & !3,
            live: Vec::new(),
            vacant: Vec::new(),
            memory: Memory::default(),
            storage: Pool::new(IDLE_LIMIT),
            staging: Pool::new(IDLE_LIMIT / 4),
            last_room: CONSTANTS,
            doomed: Vec::new(),
            pipelines: Pipelines::new(device),
            stream: Stream::new(device, queue),
            timer: Timer::new(device, queue),
            submits: 0,
        }
    }

    pub(crate) fn memory(&self) -> Memory {
        self.memory
    }

    pub(crate) fn dispatches(&self) -> u64 {
        self.stream.dispatches()
    }

    pub(crate) fn submits(&self) -> u64 {
        self.submits
    }

    pub(crate) fn alloc(&mut self, dtype: DType, len: usize) -> Result<BufferId> {
        self.reserve(dtype, len, Wanted::ForKernels)
    }

    /// A buffer with these bytes: whole words, for `len` elements.
    pub(crate) fn upload(&mut self, dtype: DType, len: usize, bytes: &[u8]) -> Result<BufferId> {
        let size = class(bytes.len() as u64);
        if size > SUBMIT_ABOVE && self.storage.has(size) {
            self.submit();
        }
        let id = self.reserve(dtype, len, Wanted::ForTheHost { epoch: self.stream.epoch() })?;
        if !bytes.is_empty() {
            self.queue.write_buffer(&self.get(id)?.room.handle, 0, bytes);
        }
        Ok(id)
    }

    fn reserve(&mut self, dtype: DType, len: usize, wanted: Wanted) -> Result<BufferId> {
        let bytes = elements::byte_len(dtype, len)?;
        if bytes > self.limit {
            let limit = format!("this graphics card takes at most {} bytes in one tensor", self.limit);
            return Err(Error::TooLarge { shape: vec![len], limit });
        }
        let size = class(bytes).min(self.limit);
        let room = match self.storage.take(size, wanted) {
            Some(room) => room,
            None => {
                let usage = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC;
                self.build(size, usage | wgpu::BufferUsages::COPY_DST)
            }
        };
        self.memory.buffers += 1;
        self.memory.bytes += bytes;
        let live = Some(Live { room, dtype, len, bytes });
        if let Some(id) = self.vacant.pop() {
            self.live[id as usize] = live;
            return Ok(id);
        }
        self.live.push(live);
        Ok(self.live.len() as BufferId - 1)
    }

    fn build(&mut self, size: u64, usage: wgpu::BufferUsages) -> Storage {
        self.last_room += 1;
        let descriptor = wgpu::BufferDescriptor { label: None, size, usage, mapped_at_creation: false };
        Room { handle: self.device.create_buffer(&descriptor), id: self.last_room, size, used_in: 0 }
    }

    pub(crate) fn free(&mut self, id: BufferId) {
        let Some(live) = self.live.get_mut(id as usize).and_then(Option::take) else { return };
        self.vacant.push(id);
        self.memory.buffers -= 1;
        self.memory.bytes -= live.bytes;
        let evicted = self.storage.give(live.room);
        self.destroy(evicted);
    }

    /// Destroys rooms: at once, or after the submit of what uses them.
    fn destroy(&mut self, rooms: Vec<Storage>) {
        for room in rooms {
            self.pipelines.forget(room.id);
            if room.used_in < self.stream.epoch() {
                room.handle.destroy();
            } else {
                self.doomed.push(room);
            }
        }
    }

    fn get(&self, id: BufferId) -> Result<&Live> {
        let live = self.live.get(id as usize).and_then(Option::as_ref);
        live.ok_or_else(|| Error::Internal(format!("buffer {id} is not in use")))
    }

    /// Compiles what is not compiled yet.
    ///
    /// # Errors
    /// If the device lacks a function.
    pub(crate) fn prepare(&mut self, recipe: &Recipe) -> Result<()> {
        self.pipelines.pipeline(recipe).map(drop)
    }

    /// The launches that are recorded from here on are timed.
    pub(crate) fn begin_timing(&mut self) {
        if let Some(timer) = &mut self.timer {
            timer.begin();
        }
    }

    /// The launches that are recorded from here on are not; gives back which were.
    pub(crate) fn end_timing(&mut self) -> Option<Stamp> {
        self.timer.as_mut().and_then(Timer::end)
    }

    /// Records the launches of a plan.
    pub(crate) fn run(&mut self, plan: &Plan) -> Result<()> {
        let mut own = [None; 2];
        for (id, words) in own.iter_mut().zip([plan.scratch, plan.spare]).filter(|(_, words)| *words > 0) {
            *id = Some(self.alloc(DType::Float32, words)?);
        }
        let done = plan.launches.iter().try_for_each(|launch| self.launch(launch, own));
        own.into_iter().flatten().for_each(|id| self.free(id));
        done
    }

    fn launch(&mut self, launch: &Launch, [scratch, spare]: [Option<BufferId>; 2]) -> Result<()> {
        if !self.stream.has_room() {
            self.submit();
        }
        let epoch = self.stream.epoch();
        let mut params = launch.params.clone();
        let mut bound = vec![launch.inputs.len() as u32];
        let mut buffers = Vec::with_capacity(launch.inputs.len() + launch.outputs.len());
        for (place, slot) in launch.inputs.iter().chain(&launch.outputs).enumerate() {
            let id = match *slot {
                Slot::Constant { bits, per_word } => {
                    params.offset(place, self.stream.constant(bits) * per_word);
                    bound.push(CONSTANTS);
                    buffers.push(self.stream.constants().clone());
                    continue;
                }
                Slot::Buffer(id) => Some(id),
                Slot::Scratch => scratch,
                Slot::Spare => spare,
            };
            let live = id.and_then(|id| self.live.get_mut(id as usize)?.as_mut());
            let live = live.ok_or_else(|| Error::Internal(format!("{id:?} is not a buffer in use")))?;
            live.room.used_in = epoch;
            bound.push(live.room.id);
            buffers.push(live.room.handle.clone());
        }
        let pipeline = self.pipelines.pipeline(&launch.recipe)?;
        let group = self.pipelines.group(&bound, &buffers, self.stream.arena());
        let mark = self.timer.as_mut().and_then(Timer::mark);
        self.stream.launch(&pipeline, &group, &params, launch.groups, mark.as_ref());
        Ok(())
    }

    pub(crate) fn submit(&mut self) {
        if self.stream.submit() {
            self.submits += 1;
        }
        for room in self.doomed.drain(..) {
            room.handle.destroy();
        }
    }

    /// Submits everything, with a copy of a buffer to one that the host can map. Returns that, and what it holds.
    pub(crate) fn stage(&mut self, id: BufferId) -> Result<(Storage, DType, usize)> {
        let live = self.get(id)?;
        let (dtype, len, bytes) = (live.dtype, live.len, live.bytes);
        let staging = self.staging(bytes);
        let from = self.get(id)?.room.handle.clone();
        if bytes > 0 {
            self.stream.copy(&from, &staging.handle, bytes);
        }
        self.submit();
        Ok((staging, dtype, len))
    }

    /// The same with the timestamps of launches, if there are any.
    pub(crate) fn stage_times(&mut self) -> Option<(Storage, Reader)> {
        let staging = self.timer.is_some().then(|| self.staging(timer::BYTES))?;
        let timer = self.timer.as_mut()?;
        let reader = timer.reader();
        self.stream.copy_times(timer, &staging.handle);
        self.submit();
        Some((staging, reader))
    }

    /// A buffer that the host can map.
    fn staging(&mut self, bytes: u64) -> Storage {
        let size = class(bytes);
        match self.staging.take(size, Wanted::ForKernels) {
            Some(room) => room,
            None => self.build(size, wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST),
        }
    }

    /// Takes back what [`stage`](Self::stage) gave. It must not be mapped any more.
    pub(crate) fn unstage(&mut self, room: Storage) {
        for room in self.staging.give(room) {
            room.handle.destroy();
        }
    }
}
