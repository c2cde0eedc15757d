//! How pointers, wheels and keys move the camera and the focus.

use std::sync::Arc;

use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::board::Board;
use super::scene::Scene;
use super::walk::{step, way};
use crate::program::Spot;

/// A pointer that moved less than this has clicked.
const SLACK: f64 = 4.0;
/// How much a key or a button zooms.
pub const ZOOM: f64 = 1.25;

/// The pointers that are down.
#[derive(Clone, Debug, Default)]
pub struct Pointers {
    down: Vec<(i32, f64, f64)>,
    /// Where the first one went down.
    start: (f64, f64),
    /// Whether this is more than a click.
    dragged: bool,
}

type Hands = StoredValue<Pointers, LocalStorage>;

/// A pointer goes down.
pub fn press(board: Board, hands: Hands, event: &PointerEvent) {
    if event.button() > 1 {
        return;
    }
    let (x, y) = position(board, event.client_x(), event.client_y());
    hands.update_value(|hands| {
        if hands.down.is_empty() {
            (hands.start, hands.dragged) = ((x, y), false);
        } else {
            hands.dragged = true;
        }
        hands.down.retain(|(id, ..)| *id != event.pointer_id());
        hands.down.push((event.pointer_id(), x, y));
    });
}

/// A pointer moves: with one down the drawing is dragged, with two it is also zoomed.
pub fn drag(board: Board, hands: Hands, event: &PointerEvent) {
    let (x, y) = position(board, event.client_x(), event.client_y());
    let camera = board.camera.get_untracked();
    let moved = hands.try_update_value(|hands| {
        let i = hands.down.iter().position(|(id, ..)| *id == event.pointer_id())?;
        if !hands.dragged && (x - hands.start.0).hypot(y - hands.start.1) < SLACK {
            return None;
        }
        if !hands.dragged {
            hands.dragged = true;
            // From here on the drawing follows wherever the pointer goes. It fails only for a pointer that is gone.
            if let Some(target) = target(event) {
                let _ = target.set_pointer_capture(event.pointer_id());
            }
        }
        let (_, before_x, before_y) = hands.down[i];
        hands.down[i] = (event.pointer_id(), x, y);
        let other = hands.down.iter().find(|(id, ..)| *id != event.pointer_id());
        let Some(&(_, ox, oy)) = other else { return Some(camera.moved(x - before_x, y - before_y)) };
        let spread = |x: f64, y: f64| (x - ox).hypot(y - oy).max(1.0);
        let factor = spread(x, y) / spread(before_x, before_y);
        // The middle between both moves half as far as the one.
        let middle = ((before_x + ox) / 2.0, (before_y + oy) / 2.0);
        Some(camera.zoomed(middle, factor).moved((x - before_x) / 2.0, (y - before_y) / 2.0))
    });
    if let Some(camera) = moved.flatten() {
        board.steer(camera, false);
    }
}

/// A pointer goes up, or away.
pub fn lift(hands: Hands, event: &PointerEvent) {
    hands.update_value(|hands| hands.down.retain(|(id, ..)| *id != event.pointer_id()));
}

/// A wheel turns: with Ctrl (as pinches on touchpads come), the drawing is zoomed, otherwise moved.
pub fn wheel(board: Board, event: &WheelEvent) {
    event.prevent_default();
    let camera = board.camera.get_untracked();
    // Browsers count in pixels, lines or pages.
    let unit = [1.0, 16.0, 400.0].get(event.delta_mode() as usize).copied().unwrap_or(1.0);
    let (mut dx, mut dy) = (event.delta_x() * unit, event.delta_y() * unit);
    if event.ctrl_key() || event.meta_key() {
        let at = position(board, event.client_x(), event.client_y());
        board.steer(camera.zoomed(at, (-dy / 240.0).clamp(-0.7, 0.7).exp2()), false);
    } else {
        if event.shift_key() && dx == 0.0 {
            (dx, dy) = (dy, 0.0);
        }
        board.steer(camera.moved(-dx, -dy), false);
    }
}

/// A click chooses a node, opens or closes a fold, or, beside everything, lets go of what was chosen.
pub fn click(board: Board, hands: Hands, event: &MouseEvent) {
    if hands.with_value(|hands| hands.dragged) {
        return;
    }
    let scene = board.scene.get_untracked();
    if let Some(key) = number(event, "data-fold") {
        board.toggle(key);
    } else if let Some(item) = item(&scene, event) {
        let id = scene.node(&scene.items[item as usize]).id;
        board.current.set(Some(id));
        board.choose(Some(id));
    } else {
        board.choose(None);
    }
}

/// A double click opens a card.
pub fn double_click(board: Board, event: &MouseEvent) {
    let scene = board.scene.get_untracked();
    let item = item(&scene, event).map(|item| &scene.items[item as usize]);
    if let Some(fold) = item.and_then(|item| scene.fold(item))
        && number(event, "data-fold").is_none()
    {
        board.toggle(fold.key);
    }
}

/// A pointer is over something.
pub fn hover(board: Board, event: &PointerEvent) {
    let scene = board.scene.get_untracked();
    let spot = item(&scene, event).map(|item| Spot::Node(scene.node(&scene.items[item as usize]).id));
    point(board, spot);
}

/// Something is pointed at, or nothing any more.
pub fn point(board: Board, spot: Option<Spot>) {
    if board.program.pointed.get_untracked() != spot {
        board.program.pointed.set(spot);
    }
}

/// A node got the focus.
pub fn focus(board: Board, event: &FocusEvent) {
    let scene = board.scene.get_untracked();
    if let Some(item) = item(&scene, event) {
        let id = scene.node(&scene.items[item as usize]).id;
        if board.current.get_untracked() != Some(id) {
            board.current.set(Some(id));
        }
        point(board, Some(Spot::Node(id)));
    }
}

/// A key on the drawing.
pub fn key(board: Board, event: &KeyboardEvent) {
    let name = event.key();
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let scene = board.scene.get_untracked();
    let current = board.current_item();
    let at = current.map(|item| &scene.items[item as usize]);
    match name.as_str() {
        "+" | "=" => board.zoom(ZOOM),
        "-" => board.zoom(1.0 / ZOOM),
        "0" => board.fit(true),
        "Home" if at.is_some() => board.go(0),
        "End" if at.is_some() => board.go(scene.items.len() as u32 - 1),
        "Enter" => match at.map(|item| (item, scene.fold(item))) {
            Some((_, Some(fold))) => board.toggle(fold.key),
            Some((item, None)) => board.choose(Some(scene.node(item).id)),
            None => return,
        },
        "f" => {
            let Some((key, _)) = at.and_then(|item| board.fold_around(scene.node(item).id)) else { return };
            board.toggle(key);
        }
        "Escape" => board.choose(None),
        name => {
            let Some(way) = way(name, scene.layout.direction()) else { return };
            if let Some(next) = current.and_then(|current| step(&scene, current, way)) {
                board.go(next);
            }
        }
    }
    event.prevent_default();
}

/// The box that an event is about.
fn item(scene: &Arc<Scene>, event: &web_sys::Event) -> Option<u32> {
    let key = number(event, "data-key")?;
    (0u32..).zip(&scene.items).find(|(_, item)| item.key == key).map(|(i, _)| i)
}

/// The number that an attribute gives to what an event is about.
fn number(event: &web_sys::Event, attribute: &str) -> Option<u64> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let named = element.closest(&format!("[{attribute}]")).ok()??;
    named.get_attribute(attribute)?.parse().ok()
}

fn target(event: &PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

/// A point of the window as a point of the pane.
fn position(board: Board, x: i32, y: i32) -> (f64, f64) {
    let corner = board.area.get_untracked().map(|area| area.get_bounding_client_rect());
    let (left, top) = corner.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
    (f64::from(x) - left, f64::from(y) - top)
}
