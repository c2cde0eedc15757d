//! What is done to the digit before the model gets it: sliders that show where a model breaks.

use leptos::prelude::*;
use protocol::Change;

use super::controls::{Slider, slider};
use super::icon::{self, Icon};
use super::live::{live, on};

/// One slider.
struct Knob {
    id: &'static str,
    name: &'static str,
    unit: &'static str,
    /// The ends, and the step between two positions.
    range: (f32, f32, f32),
    get: fn(&Change) -> f32,
    set: fn(&mut Change, f32),
}

/// All of them, in the order in which they are offered.
const KNOBS: [Knob; 5] = [
    Knob {
        id: "change-x",
        name: "Right",
        unit: " px",
        range: (-10.0, 10.0, 0.5),
        get: |change| change.dx,
        set: |change, to| change.dx = to,
    },
    Knob {
        id: "change-y",
        name: "Down",
        unit: " px",
        range: (-10.0, 10.0, 0.5),
        get: |change| change.dy,
        set: |change, to| change.dy = to,
    },
    Knob {
        id: "change-angle",
        name: "Turn",
        unit: "°",
        range: (-180.0, 180.0, 5.0),
        get: |change| change.angle,
        set: |change, to| change.angle = to,
    },
    Knob {
        id: "change-scale",
        name: "Size",
        unit: "×",
        range: (0.3, 1.7, 0.05),
        get: |change| change.scale,
        set: |change, to| change.scale = to,
    },
    Knob {
        id: "change-noise",
        name: "Noise",
        unit: "",
        range: (0.0, 1.0, 0.05),
        get: |change| change.noise,
        set: |change, to| change.noise = to,
    },
];

/// The sliders, and a button that puts all of them back.
#[component]
pub fn Changes(change: RwSignal<Change>) -> impl IntoView {
    let same = Memo::new(move |_| change.get() == Change::default());
    let knobs = KNOBS.iter().map(|knob| knob_view(knob, change)).collect_view();
    view! {
        <div class="pad-changes" role="group" aria-label="What is done to the digit before the model gets it">
            <div class="pad-changes-head">
                <span class="hint">"Move, turn, scale or blur it with noise until the model fails:"</span>
                <button
                    class="button small"
                    type="button"
                    data-testid="change-reset"
                    disabled=live(move || same.get())
                    on:click=on(move |_| change.set(Change::default()))
                >
                    <Icon path=icon::RESET />
                    "Reset"
                </button>
            </div>
            {knobs}
        </div>
    }
}

fn knob_view(knob: &'static Knob, change: RwSignal<Change>) -> AnyView {
    let value = Memo::new(move |_| change.with(knob.get));
    let changed = move || value.get() != (knob.get)(&Change::default());
    let control = Slider { class: "slider", id: knob.id, name: knob.name, range: knob.range };
    let shown = live(move || shown(value.get(), knob.unit));
    let set = move |to| change.update(|change| (knob.set)(change, to));
    view! { <div class:changed=live(changed)>{slider(&control, move || value.get(), shown, set)}</div> }
        .into_any()
}

/// A value as it stands behind its slider.
fn shown(value: f32, unit: &str) -> String {
    let value = (value * 100.0).round() / 100.0;
    format!("{}{unit}", value.to_string().replace('-', "−"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sliders_can_stand_where_nothing_changes() {
        for knob in &KNOBS {
            let (low, high, step) = knob.range;
            let rest = (knob.get)(&Change::default());
            let steps = (rest - low) / step;
            assert!((low..=high).contains(&rest), "{}", knob.name);
            assert!((steps - steps.round()).abs() < 1e-3, "{}: {steps} steps", knob.name);
        }
    }

    #[test]
    fn values_are_short() {
        assert_eq!(shown(-3.5, " px"), "−3.5 px");
        assert_eq!(shown(0.05 + 0.1, ""), "0.15");
        assert_eq!(shown(1.0, "×"), "1×");
    }
}
