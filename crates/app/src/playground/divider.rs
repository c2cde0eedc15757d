//! The borders between the panes: they are dragged, or moved with the arrow keys, and stay where they were put.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::components::{live, on, watch};
use crate::shelf::storage;

/// Where the borders are remembered.
const KEY: &str = "seegrad.panes";
/// How far a key moves a border.
const STEP: f64 = 0.02;

/// Where a border is: what the pane before it has of both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// The program's part of the width, the graph having the rest.
    code: f64,
    /// The program's part of the height, the output having the rest.
    top: f64,
}

impl Default for Shares {
    fn default() -> Self {
        Self { code: 0.4, top: 0.6 }
    }
}

impl Shares {
    /// From `0.4 0.6`.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ').map(|part| part.parse::<f64>().ok().filter(|part| part.is_finite()));
        let (code, top) = (parts.next()??, parts.next()??);
        Some(Self { code: within(code), top: within(top) })
    }

    fn write(self) -> String {
        format!("{:.3} {:.3}", self.code, self.top)
    }

    /// As the styles want them.
    fn style(self) -> String {
        let fr = |share: f64| format!("{:.3}fr", share * 10.0);
        format!(
            "--code-share:{};--graph-share:{};--top-share:{};--bottom-share:{}",
            fr(self.code),
            fr(1.0 - self.code),
            fr(self.top),
            fr(1.0 - self.top)
        )
    }
}

/// No pane becomes too small to be found.
fn within(share: f64) -> f64 {
    share.clamp(0.15, 0.85)
}

/// The borders, as they were left.
pub fn shares() -> RwSignal<Shares> {
    let shares = RwSignal::new(storage::get(KEY).and_then(|text| Shares::read(&text)).unwrap_or_default());
    watch(move || {
        let now = shares.get();
        // Where nothing can be stored, they hold until the page is closed.
        if now == Shares::default() {
            storage::remove(KEY);
        } else {
            storage::put(KEY, &now.write());
        }
    });
    shares
}

/// The borders as the style of what is around the panes.
pub fn style(shares: RwSignal<Shares>) -> String {
    shares.get().style()
}

/// Which border.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Between the program and the graph.
    Width,
    /// Between the program and the output.
    Height,
}

/// A border.
#[component]
pub fn Divider(shares: RwSignal<Shares>, border: Border) -> impl IntoView {
    let wide = border == Border::Width;
    let share = move || if wide { shares.get().code } else { shares.get().top };
    let put = move |share: f64| {
        shares.update(|shares| *(if wide { &mut shares.code } else { &mut shares.top }) = within(share));
    };
    let drag = move |event: PointerEvent| {
        if event.buttons() & 1 != 0
            && let Some(share) = under(border, &event)
        {
            put(share);
        }
    };
    let press = move |event: PointerEvent| {
        if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            // Fails only for a pointer that is gone already.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
    };
    let key = move |event: KeyboardEvent| {
        let now = untrack(share);
        let to = match event.key().as_str() {
            "ArrowLeft" if wide => now - STEP,
            "ArrowRight" if wide => now + STEP,
            "ArrowUp" if !wide => now - STEP,
            "ArrowDown" if !wide => now + STEP,
            "Home" => 0.0,
            "End" => 1.0,
            _ => return,
        };
        event.prevent_default();
        put(to);
    };
    let reset = move |_| {
        let Shares { code, top } = Shares::default();
        put(if wide { code } else { top });
    };
    view! {
        <div
            class=if wide { "divider wide" } else { "divider" }
            role="separator"
            tabindex="0"
            data-testid=if wide { "divider-width" } else { "divider-height" }
            aria-label=if wide { "Width of the program" } else { "Height of the program" }
            aria-orientation=if wide { "vertical" } else { "horizontal" }
            aria-valuemin="15"
            aria-valuemax="85"
            aria-valuenow=live(move || (share() * 100.0).round().to_string())
            title="Drag, or use the arrow keys; double-click for the first size"
            on:pointerdown=on(press)
            on:pointermove=on(drag)
            on:dblclick=on(reset)
            on:keydown=on(key)
        ></div>
    }
}

/// The share that a pointer points at.
fn under(border: Border, event: &PointerEvent) -> Option<f64> {
    let rect = |class: &str| {
        let pane = document().query_selector(class).ok().flatten()?;
        Some(pane.get_bounding_client_rect())
    };
    let code = rect(".pane-code")?;
    let (at, start, end) = match border {
        Border::Width => (event.client_x(), code.left(), rect(".pane-graph")?.right()),
        Border::Height => (event.client_y(), code.top(), rect(".pane-output")?.bottom()),
    };
    (end > start).then(|| (f64::from(at) - start) / (end - start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_are_read_as_they_were_written() {
        let shares = Shares { code: 0.25, top: 0.75 };
        assert_eq!(Shares::read(&shares.write()), Some(shares));
        for bad in ["", "0.4", "a b", "nan 0.5", "0.4 inf"] {
            assert_eq!(Shares::read(bad), None, "{bad}");
        }
        assert_eq!(Shares::read("0 9"), Some(Shares { code: 0.15, top: 0.85 }));
    }
}
