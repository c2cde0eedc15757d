//! What the device reported out of turn: that it is gone, or that something it was told was wrong.
//!
//! Every backend has its own, so a late report about a device that was replaced reaches nobody else.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use engine::{Error, Result};
use futures_channel::oneshot;

/// Shared with the callbacks of the device, which `wgpu` wants to be able to send to other threads.
#[derive(Debug, Default)]
pub(crate) struct Status {
    lost: OnceLock<String>,
    fault: Mutex<Option<Error>>,
    /// Who is told when it is lost.
    waiting: Mutex<Vec<oneshot::Sender<()>>>,
}

impl Status {
    /// A status that hears what `device` reports.
    pub(crate) fn watch(device: &wgpu::Device) -> Arc<Self> {
        let status = Arc::new(Self::default());
        let listener = Arc::clone(&status);
        device.set_device_lost_callback(move |_, message| {
            let message = message.trim();
            listener.set_lost(if message.is_empty() { "no reason was given" } else { message });
        });
        let listener = Arc::clone(&status);
        device.on_uncaptured_error(Arc::new(move |error| listener.set_fault(in_words(&error))));
        status
    }

    /// Notes that the device is gone. The first reason stays.
    pub(crate) fn set_lost(&self, reason: &str) {
        // An error here means that it is noted already.
        let _ = self.lost.set(reason.to_owned());
        for waiting in self.waiting.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // Whoever waited may have given up.
            let _ = waiting.send(());
        }
    }

    /// Waits until the device is gone, and says why.
    pub(crate) async fn when_lost(self: Arc<Self>) -> String {
        loop {
            if let Some(reason) = self.lost() {
                return reason.to_owned();
            }
            let (sender, told) = oneshot::channel();
            self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
            // Either way, the reason is looked for again.
            let _ = told.await;
        }
    }

    /// Why the device is gone, if it is.
    pub(crate) fn lost(&self) -> Option<&str> {
        self.lost.get().map(String::as_str)
    }

    fn set_fault(&self, error: Error) {
        // What follows a first fault is mostly its consequence.
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// Whether all is well. A fault is told once.
    ///
    /// # Errors
    /// [`Error::DeviceLost`], or the first fault since the last call.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(reason) = self.lost() {
            return Err(Error::DeviceLost(reason.to_owned()));
        }
        let fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner).take();
        fault.map_or(Ok(()), Err)
    }
}

fn in_words(error: &wgpu::Error) -> Error {
    match error {
        wgpu::Error::OutOfMemory { .. } => Error::Unsupported {
            device: crate::NAME,
            what: "get that much memory from the graphics card".to_owned(),
        },
        wgpu::Error::Validation { description, .. } | wgpu::Error::Internal { description, .. } => {
            Error::Internal(format!("WebGPU reports: {description}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_fault_is_told_once() {
        let status = Status::default();
        status.set_fault(Error::Internal("first".to_owned()));
        status.set_fault(Error::Internal("second".to_owned()));
        assert_eq!(status.check(), Err(Error::Internal("first".to_owned())));
        assert_eq!(status.check(), Ok(()));
    }

    #[test]
    fn a_lost_device_stays_lost() {
        let status = Status::default();
        status.set_lost("unplugged");
        status.set_lost("something later");
        assert_eq!(status.check(), Err(Error::DeviceLost("unplugged".to_owned())));
        assert_eq!(status.check(), Err(Error::DeviceLost("unplugged".to_owned())));
    }
}
