//! Whether ops are recorded: `no_grad`, `enable_grad`, `set_grad_enabled` and `inference_mode`.

use std::cell::Cell;

use crate::engine::Engine;

fn with<T>(flag: &Cell<bool>, value: bool, body: impl FnOnce() -> T) -> T {
    let before = flag.replace(value);
    let out = body();
    flag.set(before);
    out
}

impl Engine {
    /// Runs `body` without recording: `torch.no_grad()`.
    pub fn no_grad<T>(&self, body: impl FnOnce() -> T) -> T {
        self.with_grad(false, body)
    }

    /// Runs `body` with recording: `torch.enable_grad()`.
    pub fn enable_grad<T>(&self, body: impl FnOnce() -> T) -> T {
        self.with_grad(true, body)
    }

    /// Runs `body` with recording on or off: `with torch.set_grad_enabled(enabled):`.
    pub fn with_grad<T>(&self, enabled: bool, body: impl FnOnce() -> T) -> T {
        with(self.grad_flag(), enabled, body)
    }

    /// Turns recording on or off until further notice. Gives back what it was.
    pub fn set_grad_enabled(&self, enabled: bool) -> bool {
        self.grad_flag().replace(enabled)
    }

    /// Whether ops on tensors that require gradients are to be recorded: `torch.is_grad_enabled()`.
    pub fn is_grad_enabled(&self) -> bool {
        self.grad_flag().get()
    }

    /// Runs `body` without recording, and marks the tensors that it makes: nothing may be recorded of them later
    /// that would have to save them. `torch.inference_mode()`.
    pub fn inference_mode<T>(&self, body: impl FnOnce() -> T) -> T {
        with(self.inference_flag(), true, || with(self.grad_flag(), false, body))
    }

    /// Turns inference mode on or off until further notice (and with it recording, off or on). Gives back what it
    /// was.
    pub fn set_inference_mode(&self, enabled: bool) -> bool {
        self.grad_flag().set(!enabled);
        self.inference_flag().replace(enabled)
    }

    /// Whether inference mode is on: `torch.is_inference_mode_enabled()`.
    pub fn is_inference_mode(&self) -> bool {
        self.inference_flag().get()
    }

    /// Whether ops on tensors that require gradients are recorded now: never in inference mode.
    pub(crate) fn is_recording(&self) -> bool {
        self.is_grad_enabled() && !self.is_inference_mode()
    }
}
