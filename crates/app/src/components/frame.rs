//! When canvases are drawn: at most once a frame, and only if something changed.

use std::cell::Cell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use leptos_use_resize_observer::use_resize_observer;
use web_sys::HtmlCanvasElement;

use super::live::watch;

/// Draws a canvas in the next frame whenever a signal that `track` reads has changed.
pub fn redraw(
    canvas: NodeRef<html::Canvas>,
    track: impl Fn() + 'static,
    draw: impl Fn(&HtmlCanvasElement) + 'static,
) {
    let draw: Rc<dyn Fn(&HtmlCanvasElement)> = Rc::new(draw);
    let due = Rc::new(Cell::new(false));
    watch(move || {
        track();
        if canvas.get().is_none() || due.replace(true) {
            return;
        }
        let (draw, due) = (Rc::clone(&draw), Rc::clone(&due));
        request_animation_frame(move || {
            due.set(false);
            // What was to be drawn may be gone by now.
            if let Some(canvas) = canvas.try_get_untracked().flatten() {
                draw(&canvas);
            }
        });
    });
}

/// A trigger that fires when the canvas covers more or less of the page.
pub fn resized(canvas: NodeRef<html::Canvas>) -> Trigger {
    let trigger = Trigger::new();
    use_resize_observer(canvas, move |_, _| trigger.notify());
    trigger
}
