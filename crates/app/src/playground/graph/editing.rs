//! Editing the program from the graph: what can be done with the chosen node, as changes of the text that made it.

use leptos::prelude::*;
use protocol::program::{Node, Place};

use super::board::Board;
use super::choice::choice;
use super::edit::{self, Edits};
use super::fold::is_op;
use super::grow;
use super::number::title;
use super::scan::is_name;
use super::scrub::scrubber;
use super::tangent::{Tangent, TangentView};
use crate::components::{live, on, watch};
use crate::program::edited;

/// Numbers of an expression that are offered, and variables for its inputs.
const NUMBERS: usize = 4;
const VARIABLES: usize = 6;

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
    /// Inputs of its expression, each with a variable that it can be taken from instead.
    wires: Vec<(String, String)>,
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

/// What the tools share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The graph.
    pub board: Board,
    places: RwSignal<Option<Places>>,
    /// Why the last edit was not made.
    pub refusal: RwSignal<&'static str>,
    /// What the gradient predicts while a number is scrubbed, if that is wanted.
    pub tangent: RwSignal<Option<Tangent>>,
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
            if chosen.computed {
                chosen.wires = wires(&text, whole, &scene.graph.nodes, node);
            }
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

    /// A number of the expression, as it stands in the text.
    pub fn number(&self, index: usize) -> String {
        self.places
            .with(|places| {
                let places = places.as_ref()?;
                Some(edit::at(&places.text, *places.numbers.get(index)?).to_owned())
            })
            .unwrap_or_default()
    }

    /// The chosen node, and whether a number of its expression stands behind a minus.
    pub fn chosen(&self, index: usize) -> Option<(Node, bool)> {
        let scene = self.board.scene.get_untracked();
        let id = self.board.program.chosen.get_untracked()?;
        let node = scene.graph.nodes.get(*scene.places.get(&id)? as usize)?.clone();
        let negative = self.places.with_untracked(|places| {
            let places = places.as_ref()?;
            let before = places.text.get(..places.numbers.get(index)?.start as usize)?;
            Some(before.trim_end().ends_with('-'))
        })?;
        Some((node, negative))
    }

    /// Puts another number into the text; the places go with it.
    pub fn put(&self, index: usize, number: &str) {
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

/// The inputs of a node's expression with the variables that could take their places: those of nodes before it.
fn wires(text: &str, whole: Place, nodes: &[Node], node: &Node) -> Vec<(String, String)> {
    let mut names: Vec<&str> = Vec::new();
    for other in nodes.iter().take_while(|other| other.id != node.id).filter(|other| !other.backward) {
        if let Some(name) = other.name.as_deref().filter(|name| is_name(name) && !names.contains(name)) {
            names.push(name);
        }
    }
    // The nearest first.
    names.reverse();
    names.truncate(VARIABLES);
    let operands = grow::operands(text, whole);
    let pairs = operands.into_iter().take(VARIABLES).flat_map(|place| {
        let operand = edit::at(text, place);
        names
            .iter()
            .filter(move |name| **name != operand)
            .map(move |name| (operand.to_owned(), (*name).to_owned()))
    });
    let mut wires: Vec<_> = pairs.collect();
    wires.dedup();
    wires
}

/// The tools for the chosen node.
#[component]
pub fn NodeTools(board: Board) -> impl IntoView {
    let desk =
        Desk { board, places: RwSignal::new(None), refusal: RwSignal::new(""), tangent: RwSignal::new(None) };
    let chosen = RwSignal::new(None);
    // What is the same stays on the page, and keeps the focus.
    watch(move || {
        let now = desk.look();
        if chosen.with_untracked(|before| *before != now) {
            let another = chosen.with_untracked(|before: &Option<Chosen>| {
                before.as_ref().map(|before| before.id) != now.as_ref().map(|now| now.id)
            });
            if another {
                desk.tangent.set(None);
            }
            desk.refusal.set("");
            chosen.set(now);
        }
    });
    let tools = move || chosen.get().map(|chosen| tools(desk, &chosen));
    view! {
        <div class="node-tools" data-testid="node-tools" role="group" aria-label="The chosen node" hidden=live(move || chosen.with(Option::is_none))>
            <TangentView desk />
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
        let act = move |to: &str| desk.run(|text, places| Ok(edit::change(text, places.whole, to)));
        let tip = "Another op in its place";
        choice("change-op", format!("Op: {}", chosen.op), tip, owned(&chosen.others), Some(&chosen.op), act)
    });
    let insert = chosen.computed.then(|| {
        let act = move |op: &str| desk.run(|text, places| Ok(edit::insert(text, places.whole, op)));
        choice("insert-op", "Insert".to_owned(), "An op behind this one", owned(&edit::AFTER), None, act)
    });
    let delete = chosen.computed.then(|| {
        let tip = "Take the op away: its first input stays";
        button("delete-op", "Delete", tip, move || desk.run(|text, places| edit::delete(text, places.whole)))
    });
    let wires = chosen.wires.clone();
    let rewire = (!wires.is_empty()).then(|| {
        let options = wires.iter().map(|(operand, to)| format!("{operand} ← {to}")).collect();
        let act = move |option: &str| {
            let wire = wires.iter().find(|(operand, to)| format!("{operand} ← {to}") == option);
            if let Some((operand, to)) = wire {
                desk.run(|text, places| {
                    let operands = grow::operands(text, places.whole);
                    let place = operands.into_iter().find(|place| edit::at(text, *place) == operand);
                    Ok(grow::rewire(place.ok_or(STALE)?, to))
                });
            }
        };
        choice("rewire", "Inputs".to_owned(), "Take an input from another variable", options, None, act)
    });
    let palette = palette(desk, chosen.name.clone());
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
    view! { {title}{rename}{change}{rewire}{insert}{delete}{palette}{fold}{numbers} }.into_any()
}

fn owned(options: &[&str]) -> Vec<String> {
    options.iter().map(|option| (*option).to_owned()).collect()
}

/// A field in which an op is looked up; with Enter, it becomes a new node of this one.
fn palette(desk: Desk, name: Option<String>) -> AnyView {
    let add = move |event: web_sys::Event| {
        let op = event_target_value(&event);
        if !op.trim().is_empty() {
            desk.run(|text, places| grow::append(text, places.whole, name.as_deref(), op.trim()));
        }
    };
    let options = grow::PALETTE.map(|op| view! { <option value=op></option> }.into_any());
    view! {
        <input
            class="node-rename"
            data-testid="palette"
            aria-label="Add a node that is computed of this one"
            title="Add a node that is computed of this one: type an op, then Enter"
            placeholder="add op…"
            size="8"
            list="palette-ops"
            on:change=on(add)
        />
        <datalist id="palette-ops">{options.into_iter().collect_view()}</datalist>
    }
    .into_any()
}

fn button(id: &'static str, name: &'static str, tip: &'static str, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button class="button small" type="button" data-testid=id title=tip on:click=on(move |_| act())>
            {name}
        </button>
    }
    .into_any()
}
