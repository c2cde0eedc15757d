//! How pointers and keys draw on the pad.

use leptos::ev::{FocusEvent, KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use protocol::{PAD_SIDE, Point};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

use crate::sheet::{Pen, Sheet};

/// How far an arrow key moves the pen, in units of the pad.
const KEY_STEP: f32 = 10.0;
/// The same with Shift.
const KEY_STEP_FINE: f32 = 3.0;

/// A pointer touches the pad: a stroke begins. A second finger, or another button than the first, draws nothing.
pub fn pointer_down(sheet: RwSignal<Sheet>, pen: RwSignal<Option<Pen>>, event: &PointerEvent) {
    let Some(canvas) = canvas(event) else { return };
    if !event.is_primary() || event.button() != 0 {
        return;
    }
    event.prevent_default();
    // The stroke goes on when the pointer leaves the pad. It fails only for a pointer that is gone already.
    let _ = canvas.set_pointer_capture(event.pointer_id());
    let _ = canvas.focus();
    pen.set(None);
    sheet.update(|sheet| sheet.begin(position(&canvas, event)));
}

/// A pointer moves: the stroke follows through every position since the last event.
pub fn pointer_move(sheet: RwSignal<Sheet>, event: &PointerEvent) {
    let Some(canvas) = canvas(event) else { return };
    if !event.is_primary() || event.buttons() & 1 == 0 {
        return;
    }
    let between: Vec<PointerEvent> =
        event.get_coalesced_events().into_iter().filter_map(|event| event.dyn_into().ok()).collect();
    sheet.maybe_update(|sheet| {
        let mut changed = false;
        for event in &between {
            changed |= sheet.extend(position(&canvas, event));
        }
        changed | sheet.extend(position(&canvas, event))
    });
}

/// The pointer, or the keys' pen, leaves the sheet.
pub fn lift(sheet: RwSignal<Sheet>, pen: RwSignal<Option<Pen>>) {
    sheet.update_untracked(Sheet::end);
    pen.update(|pen| {
        if let Some(pen) = pen {
            pen.down = false;
        }
    });
}

/// The pad got the focus: from the keyboard, the pen shows itself.
pub fn focus(pen: RwSignal<Option<Pen>>, event: &FocusEvent) {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false)) {
        pen.set(Some(Pen::default()));
    }
}

/// The pad lost the focus.
pub fn blur(sheet: RwSignal<Sheet>, pen: RwSignal<Option<Pen>>) {
    sheet.update_untracked(Sheet::end);
    pen.set(None);
}

/// A key on the pad.
pub fn key_down(sheet: RwSignal<Sheet>, pen: RwSignal<Option<Pen>>, event: &KeyboardEvent) {
    let chord = event.ctrl_key() || event.meta_key();
    let distance = if event.shift_key() { KEY_STEP_FINE } else { KEY_STEP };
    match event.key().as_str() {
        "z" | "Z" if chord => undo(sheet, pen),
        _ if chord || event.alt_key() => return,
        "ArrowLeft" => travel(sheet, pen, -distance, 0.0),
        "ArrowRight" => travel(sheet, pen, distance, 0.0),
        "ArrowUp" => travel(sheet, pen, 0.0, -distance),
        "ArrowDown" => travel(sheet, pen, 0.0, distance),
        " " | "Enter" if !event.repeat() => turn(sheet, pen),
        // Held down, they must not scroll the page either.
        " " | "Enter" => {}
        "Backspace" => undo(sheet, pen),
        "Delete" => clear(sheet, pen),
        "Escape" => lift(sheet, pen),
        _ => return,
    }
    event.prevent_default();
}

/// Takes back the last stroke.
pub fn undo(sheet: RwSignal<Sheet>, pen: RwSignal<Option<Pen>>) {
    lift(sheet, pen);
    sheet.update(Sheet::undo);
}

fn clear(sheet: RwSignal<Sheet>, pen: RwSignal<Option<Pen>>) {
    lift(sheet, pen);
    sheet.update(Sheet::clear);
}

fn travel(sheet: RwSignal<Sheet>, pen: RwSignal<Option<Pen>>, dx: f32, dy: f32) {
    let moved = pen.get_untracked().unwrap_or_default().moved(dx, dy);
    pen.set(Some(moved));
    if moved.down {
        sheet.maybe_update(|sheet| sheet.extend(moved.at));
    }
}

fn turn(sheet: RwSignal<Sheet>, pen: RwSignal<Option<Pen>>) {
    let turned = pen.get_untracked().unwrap_or_default();
    let turned = Pen { down: !turned.down, ..turned };
    pen.set(Some(turned));
    if turned.down {
        sheet.update(|sheet| sheet.begin(turned.at));
    } else {
        sheet.update_untracked(Sheet::end);
    }
}

fn canvas(event: &PointerEvent) -> Option<HtmlCanvasElement> {
    event.current_target()?.dyn_into().ok()
}

/// Where the pointer is, in units of the pad.
fn position(canvas: &HtmlCanvasElement, event: &PointerEvent) -> Point {
    let rect = canvas.get_bounding_client_rect();
    let part = |at: i32, from: f64, size: f64| ((f64::from(at) - from) / size.max(1.0)) as f32 * PAD_SIDE;
    Point {
        x: part(event.client_x(), rect.left(), rect.width()),
        y: part(event.client_y(), rect.top(), rect.height()),
    }
}
