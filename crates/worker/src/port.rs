//! The worker's end of the line to the page: commands in, events out, and a last word when all is lost.

use futures_channel::mpsc::UnboundedSender;
use js_sys::{Array, Object, Reflect, Uint8Array};
use protocol::{Command, Event};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, ErrorEvent, MessageEvent, PromiseRejectionEvent};

use crate::Input;

/// The worker's global scope.
pub(crate) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Sends an event to the page. Its arrays are moved, not copied.
pub(crate) fn post(event: &Event) {
    let sent = serde_wasm_bindgen::to_value(event).map_err(JsValue::from).and_then(|value| {
        let moved = Array::new();
        collect_buffers(&value, &moved);
        scope().post_message_with_transfer(&value, &moved)
    });
    if let Err(why) = sent {
        web_sys::console::error_2(&"an event could not be sent:".into(), &why);
    }
}

/// Finds the buffers of all byte arrays in a value.
fn collect_buffers(value: &JsValue, found: &Array) {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        found.push(&bytes.buffer());
    } else if value.is_object()
        && let Ok(fields) = Reflect::own_keys(value)
    {
        for field in fields {
            if let Ok(inner) = Reflect::get(value, &field) {
                collect_buffers(&inner, found);
            }
        }
    }
}

/// Passes the page's commands on.
pub(crate) fn listen(inputs: UnboundedSender<Input>) {
    let receive = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        match serde_wasm_bindgen::from_value::<Command>(message.data()) {
            // Answered at once, whatever else is going on.
            Ok(Command::Ping) => post(&Event::Pong),
            Ok(command) => {
                // The session lives as long as the worker: there is always somebody to receive.
                let _received = inputs.unbounded_send(Input::Command(command));
            }
            Err(why) => refuse(&format!("a message from the page could not be read ({why})")),
        }
    });
    scope().set_onmessage(Some(receive.into_js_value().unchecked_ref()));
}

/// Tells the page that a command could not be carried out.
pub(crate) fn refuse(message: &str) {
    post(&Event::Refused { message: message.to_owned() });
}

/// Sends a last word when Rust panics or JavaScript throws: afterwards nothing in this worker can be relied on.
pub(crate) fn report_crashes() {
    std::panic::set_hook(Box::new(|info| crash(&info.to_string())));
    let thrown = Closure::<dyn Fn(ErrorEvent)>::new(|event: ErrorEvent| crash(&event.message()));
    scope().set_onerror(Some(thrown.into_js_value().unchecked_ref()));
    let rejected = Closure::<dyn Fn(PromiseRejectionEvent)>::new(|event: PromiseRejectionEvent| {
        crash(&describe(&event.reason()));
    });
    let listened = scope()
        .add_event_listener_with_callback("unhandledrejection", rejected.into_js_value().unchecked_ref());
    if let Err(why) = listened {
        web_sys::console::error_2(&"rejections cannot be watched:".into(), &why);
    }
}

fn crash(message: &str) {
    web_sys::console::warn_1(&format!("the engine stopped: {message}").into());
    post(&Event::Crashed { message: message.to_owned() });
}

/// A thrown value in words.
pub(crate) fn describe(value: &JsValue) -> String {
    Object::from(value.clone()).to_string().into()
}
