//! How pointers and keys draw on the pad.

use leptos::ev::{FocusEvent, KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use protocol::{Change, Dot, PAD_SIDE, Point};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

use crate::sheet::{Pen, Sheet, Tool};

/// How far an arrow key moves the pen, in units of the pad.
const KEY_STEP: f32 = 10.0;
/// The same with Shift.
const KEY_STEP_FINE: f32 = 3.0;
/// The pressure of what feels none.
const NO_PRESSURE: f32 = 0.5;

/// What belongs to one pad. Cheap to copy: each part is a handle.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What is on it.
    pub sheet: RwSignal<Sheet>,
    /// The pen that keys move, while it shows.
    pub pen: RwSignal<Option<Pen>>,
    /// What the hand holds.
    pub tool: RwSignal<Tool>,
    /// What is done to the digit before a model gets it.
    pub change: RwSignal<Change>,
}

impl Desk {
    /// An empty pad.
    pub fn new() -> Self {
        Self {
            sheet: RwSignal::new(Sheet::default()),
            pen: RwSignal::new(None),
            tool: RwSignal::new(Tool::default()),
            change: RwSignal::new(Change::default()),
        }
    }

    /// A pointer touches the pad: a stroke begins. A second finger, or another button than the first, draws nothing; the eraser at the
    /// other end of a pen counts as a button of its own.
    pub fn pointer_down(self, event: &PointerEvent) {
        const ERASER: i16 = 5;
        let Some(canvas) = canvas(event) else { return };
        if !event.is_primary() || ![0, ERASER].contains(&event.button()) {
            return;
        }
        event.prevent_default();
        // The stroke goes on when the pointer leaves the pad. It fails only for a pointer that is gone already.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        let _ = canvas.focus();
        self.pen.set(None);
        let erases = self.tool.get_untracked().erases || event.button() == ERASER;
        let at = self.place(&canvas, event);
        self.sheet.update(|sheet| sheet.begin(at, erases));
    }

    /// A pointer moves: the stroke follows through every position since the last event.
    pub fn pointer_move(self, event: &PointerEvent) {
        const DRAWS: u16 = 1 | 32;
        let Some(canvas) = canvas(event) else { return };
        if !event.is_primary() || event.buttons() & DRAWS == 0 {
            return;
        }
        let between: Vec<PointerEvent> =
            event.get_coalesced_events().into_iter().filter_map(|event| event.dyn_into().ok()).collect();
        self.sheet.maybe_update(|sheet| {
            let mut changed = false;
            for event in &between {
                changed |= sheet.extend(self.place(&canvas, event));
            }
            changed | sheet.extend(self.place(&canvas, event))
        });
    }

    /// Where the pointer is, and how hard it presses.
    fn place(self, canvas: &HtmlCanvasElement, event: &PointerEvent) -> Dot {
        let pressure = if event.pointer_type() == "pen" { event.pressure() } else { NO_PRESSURE };
        self.tool.get_untracked().at(position(canvas, event), pressure)
    }

    /// The pointer, or the keys' pen, leaves the sheet.
    pub fn lift(self) {
        self.sheet.maybe_update(Sheet::end);
        self.pen.update(|pen| {
            if let Some(pen) = pen {
                pen.down = false;
            }
        });
    }

    /// The pad got the focus: from the keyboard, the pen shows itself.
    pub fn focus(self, event: &FocusEvent) {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false)) {
            self.pen.set(Some(Pen::default()));
        }
    }

    /// The pad lost the focus.
    pub fn blur(self) {
        self.sheet.maybe_update(Sheet::end);
        self.pen.set(None);
    }

    /// A key on the pad.
    pub fn key_down(self, event: &KeyboardEvent) {
        let chord = event.ctrl_key() || event.meta_key();
        let distance = if event.shift_key() { KEY_STEP_FINE } else { KEY_STEP };
        match event.key().as_str() {
            "z" | "Z" if chord => self.undo(),
            _ if chord || event.alt_key() => return,
            "ArrowLeft" => self.travel(-distance, 0.0),
            "ArrowRight" => self.travel(distance, 0.0),
            "ArrowUp" => self.travel(0.0, -distance),
            "ArrowDown" => self.travel(0.0, distance),
            " " | "Enter" if !event.repeat() => self.turn(),
            // Held down, they must not scroll the page either.
            " " | "Enter" => {}
            "e" | "E" => self.tool.update(|tool| tool.erases = !tool.erases),
            "Backspace" => self.undo(),
            "Delete" => self.clear(),
            "Escape" => self.lift(),
            _ => return,
        }
        event.prevent_default();
    }

    /// Takes back the last stroke.
    pub fn undo(self) {
        self.lift();
        self.sheet.update(Sheet::undo);
    }

    /// Takes everything off the pad.
    pub fn clear(self) {
        self.lift();
        self.sheet.update(Sheet::clear);
    }

    fn travel(self, dx: f32, dy: f32) {
        let moved = self.pen.get_untracked().unwrap_or_default().moved(dx, dy);
        self.pen.set(Some(moved));
        if moved.down {
            let at = self.tool.get_untracked().at(moved.at, NO_PRESSURE);
            self.sheet.maybe_update(|sheet| sheet.extend(at));
        }
    }

    fn turn(self) {
        let turned = self.pen.get_untracked().unwrap_or_default();
        let turned = Pen { down: !turned.down, ..turned };
        self.pen.set(Some(turned));
        if turned.down {
            let tool = self.tool.get_untracked();
            self.sheet.update(|sheet| sheet.begin(tool.at(turned.at, NO_PRESSURE), tool.erases));
        } else {
            self.sheet.maybe_update(Sheet::end);
        }
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
