//! Editing the program from the graph: what can be done with the chosen node, as changes of the text that made it.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use protocol::program::Place;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::board::Board;
use super::choice::choice;
use super::edit::{self, Edits};
use super::fold::is_op;
use super::number::title;
use super::scan::{is_name, is_number, scrubbed};
use crate::components::{live, on, watch};
use crate::program::edited;

/// Numbers of an expression that are offered.
const NUMBERS: usize = 4;
/// Pixels for one step of a number that is dragged.
const STEP: f64 = 8.0;

/// Why an edit is not made.
const STALE: &str = "The text has changed: run it first.";

/// What the chosen node is, for those who edit it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Chosen {
    id: u32,
    /// What it is called.
    title: String,
    /// The variable that holds it.
    name: Option<String>,
    /// Why it cannot be edited, or nothing.
    reason: &'static str,
    /// The op now, and those that can take its place.
    op: String,
    others: Vec<&'static str>,
    /// Whether an op can be put behind it, and it can be taken away.
    computed: bool,
    /// How many numbers its expression has.
    numbers: usize,
    /// The fold that it can be put in, or the card that can be opened.
    fold: Option<(u64, bool)>,
}

/// Where its expression and the numbers in it are, in this text.
#[derive(Clone, Default, PartialEq)]
struct Places {
    text: String,
    whole: Place,
    numbers: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Desk {
    board: Board,
    places: RwSignal<Option<Places>>,
    refusal: RwSignal<&'static str>,
}

impl Desk {
    /// Finds out about the chosen node. While a number is scrubbed, the places are those that the edits left.
    fn look(&self) -> Option<Chosen> {
        let Board { program, scene, sent, .. } = self.board;
        let id = program.chosen.get()?;
        let scene = scene.get();
        let item = scene.item_of(id)?;
        let node = &scene.graph.nodes[*scene.places.get(&id)? as usize];
        let text = program.text.get_untracked();
        let is_current = scene.graph.edition == program.edition.get() && text == sent.get_untracked();
        let place = node.place.filter(|place| !edit::at(&text, *place).is_empty());
        let mut chosen = Chosen {
            id,
            title: title(node),
            name: node.name.clone().filter(|name| is_name(name)),
            fold: self.board.fold_around(id),
            computed: is_op(node),
            ..Chosen::default()
        };
        chosen.reason = match place {
            _ if scene.items[item as usize].card.is_some() => "Open the card to edit what is in it.",
            _ if node.backward => "A backward pass computed this: the text has no expression for it.",
            None => "No single expression of the text made this.",
            Some(_) => "",
        };
        if let Some(whole) = place.filter(|_| chosen.reason.is_empty()) {
            let mut numbers = edit::numbers(&text, whole);
            numbers.truncate(NUMBERS);
            chosen.numbers = numbers.len();
            match edit::others(&text, whole) {
                Ok((op, others)) if chosen.computed => (chosen.op, chosen.others) = (op, others),
                _ => {}
            }
            if is_current {
                self.places.set(Some(Places { text, whole, numbers }));
            }
        }
        Some(chosen)
    }

    /// Makes edits that follow from where the expression is, unless the text is not the one that was run.
    fn run(&self, edits: impl FnOnce(&str, &Places) -> Result<Edits, &'static str>) {
        let text = self.board.program.text.get_untracked();
        let places = self.places.get_untracked().filter(|places| places.text == text);
        let edits = places.map_or(Err(STALE), |places| edits(&text, &places));
        self.refusal.set(edits.as_ref().err().copied().unwrap_or_default());
        if let Ok(edits) = edits {
            self.board.program.edit(&edits);
        }
    }

    fn number(&self, index: usize) -> String {
        self.places
            .with(|places| {
                let places = places.as_ref()?;
                Some(edit::at(&places.text, *places.numbers.get(index)?).to_owned())
            })
            .unwrap_or_default()
    }

    /// Puts another number into the text; the places go with it.
    fn put(&self, index: usize, number: &str) {
        let mut moved = None;
        self.run(|text, places| {
            let old = *places.numbers.get(index).ok_or(STALE)?;
            if edit::at(text, old) == number {
                return Ok(Edits::new());
            }
            let edits = vec![(old, number.to_owned())];
            let longer = number.len() as i64 - i64::from(old.end - old.start);
            let shifted = |at: u32| if at >= old.end { (i64::from(at) + longer) as u32 } else { at };
            let shift = |place: &Place| Place { start: shifted(place.start), end: shifted(place.end) };
            moved = Some(Places {
                text: edited(text, &edits),
                whole: shift(&places.whole),
                numbers: places.numbers.iter().map(shift).collect(),
            });
            Ok(edits)
        });
        if moved.is_some() {
            self.places.set(moved);
        }
    }
}

/// The tools for the chosen node.
#[component]
pub fn NodeTools(board: Board) -> impl IntoView {
    let desk = Desk { board, places: RwSignal::new(None), refusal: RwSignal::new("") };
    let chosen = RwSignal::new(None);
    // What is the same stays on the page, and keeps the focus.
    watch(move || {
        let now = desk.look();
        if chosen.with_untracked(|before| *before != now) {
            desk.refusal.set("");
            chosen.set(now);
        }
    });
    let tools = move || chosen.get().map(|chosen| tools(desk, &chosen));
    view! {
        <div class="node-tools" data-testid="node-tools" role="group" aria-label="The chosen node" hidden=live(move || chosen.with(Option::is_none))>
            {live(tools)}
            <p class="message error" role="status">{live(move || desk.refusal.get())}</p>
        </div>
    }
}

fn tools(desk: Desk, chosen: &Chosen) -> AnyView {
    let board = desk.board;
    let fold = chosen.fold.map(|(key, folded)| {
        let (name, tip) =
            if folded { ("Open", "Open this card (Enter)") } else { ("Fold", "Fold what is around it (F)") };
        button("fold", name, tip, move || board.toggle(key))
    });
    let title = view! { <strong class="node-name">{chosen.title.clone()}</strong> };
    if !chosen.reason.is_empty() {
        return view! { {title}{fold}<p class="hint">{chosen.reason}</p> }.into_any();
    }
    let change = (!chosen.others.is_empty()).then(|| {
        let act = move |to: &'static str| desk.run(|text, places| Ok(edit::change(text, places.whole, to)));
        let tip = "Another op in its place";
        choice("change-op", format!("Op: {}", chosen.op), tip, &chosen.others, Some(&chosen.op), act)
    });
    let insert = chosen.computed.then(|| {
        let act = move |op: &'static str| desk.run(|text, places| Ok(edit::insert(text, places.whole, op)));
        choice("insert-op", "Insert".to_owned(), "An op behind this one", &edit::AFTER, None, act)
    });
    let delete = chosen.computed.then(|| {
        let tip = "Take the op away: its first input stays";
        button("delete-op", "Delete", tip, move || desk.run(|text, places| edit::delete(text, places.whole)))
    });
    let rename = chosen.name.clone().map(|name| {
        let from = name.clone();
        let act = move |event: web_sys::Event| {
            let to = event_target_value(&event);
            if to.trim() != from {
                desk.run(|text, _| edit::rename(text, &from, to.trim()));
            }
        };
        view! {
            <input
                class="node-rename"
                data-testid="rename"
                aria-label="Name"
                title="Rename the variable"
                size="8"
                prop:value=name
                on:change=on(act)
            />
        }
    });
    let numbers: Vec<_> = (0..chosen.numbers).map(|index| scrubber(desk, index)).collect();
    view! { {title}{rename}{change}{insert}{delete}{fold}{numbers} }.into_any()
}

fn button(id: &'static str, name: &'static str, tip: &'static str, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button class="button small" type="button" data-testid=id title=tip on:click=on(move |_| act())>
            {name}
        </button>
    }
    .into_any()
}

/// A number of the text: it is dragged sideways, stepped with the arrow keys, or typed.
fn scrubber(desk: Desk, index: usize) -> AnyView {
    // Where the pointer went down, and what the number was then.
    let held: StoredValue<Option<(f64, String)>, LocalStorage> = StoredValue::new_local(None);
    let step = move |from: &str, steps: i64| {
        if let Some(number) = scrubbed(from, steps) {
            desk.put(index, &number);
        }
    };
    let current = move || untrack(move || desk.number(index));
    let key = move |event: KeyboardEvent| {
        let steps = match event.key().as_str() {
            "ArrowUp" => 1,
            "ArrowDown" => -1,
            "PageUp" => 10,
            "PageDown" => -10,
            _ => return,
        };
        event.prevent_default();
        step(&current(), steps);
    };
    let press = move |event: PointerEvent| {
        held.set_value(Some((f64::from(event.client_x()), current())));
        if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            // Fails only for a pointer that is gone already.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
    };
    let drag = move |event: PointerEvent| {
        if let Some((start, number)) = held.get_value() {
            let steps = ((f64::from(event.client_x()) - start) / STEP).round() as i64;
            if steps != 0 || current() != number {
                step(&number, steps);
            }
        }
    };
    let typed = move |event: web_sys::Event| {
        let number = event_target_value(&event);
        if is_number(number.trim()) {
            desk.put(index, number.trim());
        } else {
            desk.refusal.set("That is not a number.");
        }
    };
    view! {
        <input
            class="node-number"
            data-testid="scrub"
            inputmode="decimal"
            size="6"
            aria-label="Number: drag, type, or use the arrow keys"
            title="Drag sideways, type, or use the arrow keys"
            prop:value=live(move || desk.number(index))
            on:keydown=on(key)
            on:pointerdown=on(press)
            on:pointermove=on(drag)
            on:pointerup=on(move |_| held.set_value(None))
            on:pointercancel=on(move |_| held.set_value(None))
            on:change=on(typed)
        />
    }
    .into_any()
}
