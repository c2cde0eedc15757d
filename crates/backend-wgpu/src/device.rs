//! The backend itself: a device, and the promises of [`Backend`] kept on it.

use std::cell::RefCell;
use std::future::ready;
use std::rc::Rc;
use std::sync::Arc;

use engine::{
    Backend, BufferId, DType, Error, Explanation, HostData, Kernel, Memory, Operand, Reading, Result, Stamp,
    Target, Times,
};

use crate::finish::{Finished, Product};
use crate::generate::Generated;
use crate::pipelines::Recipe;
use crate::shaders::Variant;
use crate::state::State;
use crate::status::Status;
use crate::tile::Tile;
use crate::{elements, kernels, read};

/// Tensors on a WebGPU device. Made by [`open`](crate::open()).
pub struct WgpuBackend {
    device: wgpu::Device,
    adapter_name: String,
    /// Whether a processor plays the graphics card.
    software: bool,
    status: Arc<Status>,
    state: RefCell<State>,
}

impl WgpuBackend {
    pub(crate) fn new(device: wgpu::Device, queue: &wgpu::Queue, adapter_name: String) -> Self {
        let status = Status::watch(&device);
        let state = RefCell::new(State::new(&device, queue));
        let software = is_software(&adapter_name);
        Self { device, adapter_name, software, status, state }
    }

    /// The same backend with the kernels of graphics cards, whatever the device is.
    #[must_use]
    pub fn as_card(mut self) -> Self {
        self.software = false;
        self
    }

    /// What computes, in the words of its driver.
    pub fn adapter_name(&self) -> &str {
        &self.adapter_name
    }

    /// Why the device is gone, if it is. It never comes back: open another.
    pub fn is_lost(&self) -> Option<String> {
        self.status.lost().map(str::to_owned)
    }

    /// Waits until the device is gone, and says why. It does not keep the backend, which may be dropped meanwhile: then it is gone.
    pub fn when_lost(&self) -> impl Future<Output = String> + use<> {
        Arc::clone(&self.status).when_lost()
    }

    /// Whether the device tells how long kernels took.
    pub fn has_times(&self) -> bool {
        self.device.features().contains(wgpu::Features::TIMESTAMP_QUERY)
    }

    /// Launches recorded so far. Most kernels take one or two.
    pub fn dispatches(&self) -> u64 {
        self.state.borrow().dispatches()
    }

    /// Batches of launches handed to the device so far.
    pub fn submits(&self) -> u64 {
        self.state.borrow().submits()
    }

    /// Compiles a pipeline now that would be compiled at its first use. Faults show at the next
    /// [`read`](Backend::read).
    pub fn prepare(&self, variant: Variant) {
        // A fixed kernel is never refused.
        let _ = self.state.borrow_mut().prepare(&Recipe::Fixed(variant));
    }

    /// The same for a generated kernel.
    ///
    /// # Errors
    /// If the device lacks a function.
    pub fn prepare_generated(&self, kernel: Generated) -> Result<()> {
        self.state.borrow_mut().prepare(&Recipe::Generated(Rc::new(kernel)))
    }

    /// The same for a product in registers.
    pub fn prepare_tile(&self, tile: Tile) {
        // As little.
        let _ = self.state.borrow_mut().prepare(&Recipe::Tile(tile));
    }

    /// The same for a product with a program behind it.
    ///
    /// # Errors
    /// If the device lacks a function.
    pub fn prepare_finished(&self, kernel: Finished) -> Result<()> {
        self.state.borrow_mut().prepare(&Recipe::Finished(Rc::new(kernel)))
    }

    /// Gives the device back to the browser, with all its memory. From now on everything is [`Error::DeviceLost`].
    pub fn close(&self) {
        self.status.set_lost("it was closed");
        self.device.destroy();
    }

    pub(crate) fn check(&self) -> Result<()> {
        self.status.check()
    }

    /// Outside a browser nobody else drives the device; inside, this does nothing.
    pub(crate) fn wait(&self) {
        if cfg!(not(target_arch = "wasm32")) {
            // A device that cannot be waited for is lost, which the caller finds out by itself.
            let _ = self.device.poll(wgpu::PollType::wait_indefinitely());
        }
    }
}

/// Known by their names; browsers tell no more.
fn is_software(adapter: &str) -> bool {
    let name = adapter.to_lowercase();
    ["swiftshader", "llvmpipe", "lavapipe", "software", "basic render"]
        .iter()
        .any(|known| name.contains(known))
}

impl Drop for WgpuBackend {
    fn drop(&mut self) {
        // On the web, dropping a device frees nothing.
        self.close();
    }
}

impl Backend for WgpuBackend {
    fn name(&self) -> &'static str {
        crate::NAME
    }

    fn alloc(&self, dtype: DType, len: usize) -> Result<BufferId> {
        self.check()?;
        self.state.borrow_mut().alloc(dtype, len)
    }

    fn upload(&self, data: &HostData) -> Result<BufferId> {
        self.check()?;
        let bytes = elements::encode(data)?;
        self.state.borrow_mut().upload(data.dtype(), data.len(), &bytes)
    }

    fn free(&self, id: BufferId) {
        self.state.borrow_mut().free(id);
    }

    fn dispatch(&self, kernel: &Kernel, inputs: &[Operand<'_>], outputs: &[Target<'_>]) -> Result<()> {
        self.check()?;
        let mut dtypes = inputs.iter().map(|x| x.dtype).chain(outputs.iter().map(|x| x.dtype));
        if dtypes.any(|dtype| dtype == DType::Float64) {
            return Err(elements::no_float64());
        }
        if outputs.iter().all(|output| output.layout.numel() == 0) {
            return Ok(());
        }
        let plan = kernels::plan(kernel, inputs, outputs, self.software)?;
        self.state.borrow_mut().run(&plan)
    }

    fn dispatch_timed(
        &self,
        kernel: &Kernel,
        inputs: &[Operand<'_>],
        outputs: &[Target<'_>],
    ) -> Result<Option<Stamp>> {
        self.state.borrow_mut().begin_timing();
        let done = self.dispatch(kernel, inputs, outputs);
        let stamp = self.state.borrow_mut().end_timing();
        done.map(|()| stamp)
    }

    /// The timestamps are copied now, as in [`read`](Backend::read).
    fn times(&self, stamps: Vec<Stamp>) -> Times<'_> {
        let staged = self.check().map(|()| self.state.borrow_mut().stage_times());
        match staged {
            Err(error) => Box::pin(ready(Err(error))),
            Ok(None) => Box::pin(ready(Ok(vec![None; stamps.len()]))),
            Ok(Some((room, reader))) => {
                let staged = read::Staged::new(&self.state, room);
                Box::pin(read::finish(self, staged, move |bytes| {
                    Ok(stamps.iter().map(|stamp| reader.millis(bytes, stamp)).collect())
                }))
            }
        }
    }

    fn runs_at_once(&self) -> bool {
        false
    }

    fn explain(&self, kernel: &Kernel, inputs: &[Operand<'_>], outputs: &[Target<'_>]) -> Explanation {
        let Ok(plan) = kernels::plan(kernel, inputs, outputs, self.software) else {
            return Explanation::default();
        };
        let Some(first) = plan.launches.first() else { return Explanation::default() };
        let fixed = |variant: &Variant| format!("{} {}", variant.family.file(), variant.entry);
        let tiled = |tile: &Tile| format!("matmul {} × {}", tile.rows, tile.columns);
        let name = match &first.recipe {
            Recipe::Fixed(variant) => fixed(variant),
            Recipe::Generated(kernel) => kernel.entry().to_owned(),
            Recipe::Tile(tile) => tiled(tile),
            Recipe::Finished(kernel) => match &kernel.product {
                Product::Fixed(variant) => fixed(variant),
                Product::Tile(tile) => tiled(tile),
            },
        };
        let source = first.recipe.source().unwrap_or_default();
        Explanation { name, source, groups: plan.launches.iter().map(|launch| launch.groups).sum() }
    }

    fn submit(&self) {
        self.state.borrow_mut().submit();
    }

    /// The copy is recorded now: what is dispatched while the future waits does not change what it gives.
    fn read(&self, id: BufferId) -> Reading<'_> {
        let staged = self.check().and_then(|()| self.state.borrow_mut().stage(id));
        match staged {
            Err(error) => Box::pin(ready(Err::<HostData, Error>(error))),
            Ok((room, dtype, len)) => {
                let staged = read::Staged::new(&self.state, room);
                Box::pin(read::finish(self, staged, move |bytes| elements::decode(dtype, len, bytes)))
            }
        }
    }

    fn memory(&self) -> Memory {
        self.state.borrow().memory()
    }
}
