//! Copying a buffer to the host: the only thing that waits for the device.

use std::cell::RefCell;

use engine::{Error, Result};
use futures_channel::oneshot;

use crate::device::WgpuBackend;
use crate::state::{State, Storage};

/// A copy on its way: the buffer that the host maps, and what is known of it.
pub(crate) struct Staged<'a> {
    state: &'a RefCell<State>,
    /// Gone when it went back to the pool.
    room: Option<Storage>,
}

impl<'a> Staged<'a> {
    pub(crate) fn new(state: &'a RefCell<State>, room: Storage) -> Self {
        Self { state, room: Some(room) }
    }

    fn map(&self) -> oneshot::Receiver<std::result::Result<(), wgpu::BufferAsyncError>> {
        let (sender, receiver) = oneshot::channel();
        if let Some(room) = &self.room {
            room.handle.map_async(wgpu::MapMode::Read, .., move |result| {
                // Nobody listens any more if the read was given up.
                let _ = sender.send(result);
            });
        }
        receiver
    }

    /// Decodes what is mapped, and gives the buffer back.
    fn finish<T>(mut self, decode: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
        let room = self.room.take().ok_or_else(|| Error::Internal("a read finished twice".to_owned()))?;
        let decoded = match room.handle.get_mapped_range(..) {
            Ok(view) => decode(&view),
            Err(error) => Err(Error::Internal(format!("a mapped buffer could not be read: {error:?}"))),
        };
        room.handle.unmap();
        self.state.borrow_mut().unstage(room);
        decoded
    }
}

impl Drop for Staged<'_> {
    /// A read that failed or was given up: the buffer may yet be mapped, so it is of no more use.
    fn drop(&mut self) {
        if let Some(room) = &self.room {
            room.handle.destroy();
        }
    }
}

/// Waits for `staged` and decodes it.
pub(crate) async fn finish<T>(
    backend: &WgpuBackend,
    staged: Staged<'_>,
    decode: impl FnOnce(&[u8]) -> Result<T>,
) -> Result<T> {
    let mapped = staged.map();
    backend.wait();
    let mapped = mapped.await;
    backend.check()?;
    if !matches!(mapped, Ok(Ok(()))) {
        return Err(Error::DeviceLost("a result could not be copied from it".to_owned()));
    }
    staged.finish(decode)
}
