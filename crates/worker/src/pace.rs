//! Time: how late it is, and how to let others have a turn.

use futures_channel::oneshot;
use wasm_bindgen::prelude::*;
use web_sys::{MessageChannel, MessageEvent, MessagePort};

use crate::port::scope;

/// Milliseconds since the worker started.
pub(crate) fn now() -> f64 {
    scope().performance().map_or(0.0, |clock| clock.now())
}

/// Milliseconds since 1970, in steps as fine as those of [`now`].
pub(crate) fn since_1970() -> f64 {
    scope().performance().map_or_else(js_sys::Date::now, |clock| clock.time_origin() + clock.now())
}

/// Waits for so many milliseconds.
pub(crate) async fn sleep(millis: f64) {
    let timer = js_sys::Promise::new(&mut |resolve, _| {
        let millis = millis.ceil() as i32;
        // Without timers it goes on at once.
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(timer).await;
}

/// A way round the event loop: messages that have arrived are received before it returns. A timer would do, but
/// browsers make nested timers wait for 4 ms.
pub(crate) struct Turnstile {
    into: MessagePort,
    out: MessagePort,
}

impl Turnstile {
    pub(crate) fn new() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        Some(Self { into: channel.port1(), out: channel.port2() })
    }

    /// Waits until the event loop has come round.
    pub(crate) async fn pass(&self) {
        let (sender, arrived) = oneshot::channel::<()>();
        let arrive = Closure::once(move |_: MessageEvent| {
            let _awaited = sender.send(());
        });
        self.out.set_onmessage(Some(arrive.as_ref().unchecked_ref()));
        if self.into.post_message(&JsValue::NULL).is_ok() {
            let _passed = arrived.await;
        }
        self.out.set_onmessage(None);
    }
}
