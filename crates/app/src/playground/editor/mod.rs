//! The editor of the program text: CodeMirror once its bundle has arrived, and a plain field until then. Both show and change
//! `program.text`, which is the only copy that counts.

mod bundle;
mod diagnostics;
mod plain;
mod text;

use std::collections::BTreeSet;

use leptos::html;
use leptos::prelude::*;
use protocol::Command;
use protocol::program::{Place, ProgramCommand, ProgramState};
use wasm_bindgen::prelude::*;

use crate::components::{Page, live, watch};
use crate::program::{Program, Spot};
use crate::state::Engine;
use bundle::{CodeMirror, Tell};
use diagnostics::Diagnostics;
use plain::PlainEditor;

/// The editor's keys, for the list of keys.
pub const KEYS: [(&str, &str); 8] = [
    ("Tab", "In the program: indent; with Shift, less"),
    ("Escape, then Tab", "In the program: leave it"),
    ("Ctrl+Space", "In the program: complete a name"),
    ("Ctrl+Z, Ctrl+Y", "In the program: undo, redo"),
    ("Ctrl+F", "In the program: search and replace"),
    ("Ctrl+/", "In the program: make lines comments, or code again"),
    ("F8, F9", "In the program: next problem; set or remove a breakpoint"),
    ("Alt+Enter", "In the program: inspect the value of the line"),
];

/// The element that tells how the text is left.
const KEYS_ID: &str = "editor-keys";

/// What is marked as pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marked {
    /// An expression.
    Place(Place),
    /// A line, counted from 1.
    Line(u32),
}

impl Marked {
    /// The line that it is on.
    fn line(self, text: &str) -> u32 {
        match self {
            Self::Line(line) => line,
            Self::Place(place) => text::line_at(text, place.start),
        }
    }
}

/// The editor.
#[component]
pub fn Editor() -> impl IntoView {
    let page = Page::get();
    let program = page.state.program;
    let rich = RwSignal::new_local(None::<CodeMirror>);
    let (host, field) = (NodeRef::<html::Div>::new(), NodeRef::<html::Textarea>::new());
    let here =
        Memo::new(move |_| program.position.with(|position| position.as_ref().map_or((0, false), stands)));
    let marked = marked(program);
    open(program, rich, host, field);
    follow(program, rich, here, marked);
    send_breakpoints(page);
    let loaded = move || rich.with(Option::is_some);
    let plain = live(move || {
        let current = Signal::derive(move || here.get().0);
        (!loaded()).then(|| view! { <PlainEditor field current marked=marked.into() /> }.into_any())
    });
    let go = move |one: protocol::program::Diagnostic| {
        let (from, to) = program.text.with_untracked(|text| text::range(text, one.place));
        if let Some(editor) = rich.get_untracked() {
            editor.select(from, to);
        } else if let Some(field) = field.get_untracked() {
            // A focus that is not taken is no loss; a range within the text is.
            let _ = field.focus();
            let _ = field.set_selection_range(from, to);
        }
    };
    view! {
        <div class="editor">
            <p id=KEYS_ID class="visually-hidden">"Tab indents. To leave the program, press Escape, then Tab."</p>
            {plain}
            <div class="rich" data-testid=live(move || loaded().then_some("editor")) node_ref=host></div>
            <Diagnostics go=Callback::new(go) />
        </div>
    }
}

/// The line to be marked, or 0, and whether the run stands there.
fn stands(position: &protocol::program::Position) -> (u32, bool) {
    let line = position.line.unwrap_or_default();
    match position.state {
        ProgramState::Empty | ProgramState::Finished => (0, false),
        ProgramState::Running | ProgramState::Waiting(_) => (line, false),
        ProgramState::Paused | ProgramState::Failed => (line, true),
    }
}

/// What is pointed at, where it is in the text now.
fn marked(program: Program) -> Memo<Option<Marked>> {
    // The text that the graph was recorded from.
    let recorded = Memo::new(move |_| {
        program.graph.track();
        program.text.get_untracked()
    });
    Memo::new(move |_| match program.pointed.get()? {
        Spot::Line(line) => Some(Marked::Line(line)),
        Spot::Node(id) => program.graph.with(|graph| {
            let node = graph.nodes.iter().find(|node| node.id == id)?;
            let now = node.place.and_then(|place| {
                recorded.with(|before| program.text.with(|now| text::moved(place, before, now)))
            });
            now.map(Marked::Place).or(node.line.map(Marked::Line))
        }),
    })
}

/// Lets CodeMirror take the place of the plain field, as soon as it has arrived.
fn open(
    program: Program,
    rich: RwSignal<Option<CodeMirror>, LocalStorage>,
    host: NodeRef<html::Div>,
    field: NodeRef<html::Textarea>,
) {
    let tell = Tell::new(move |what: String, value: JsValue| heard(program, &what, &value));
    let tell = StoredValue::new_local(tell);
    watch(move || {
        let Some(host) = host.get() else { return };
        bundle::load(move |bundle| {
            // The view may have been left meanwhile.
            if !host.is_connected() {
                return;
            }
            let text = program.text.get_untracked();
            let opened = tell.try_with_value(|tell| bundle.open(&host, &text, tell)).flatten();
            let Some(editor) = opened else { return };
            if let Some(field) = field.get_untracked().filter(|field| is_focused(field)) {
                let place = |at: Result<Option<u32>, JsValue>| at.ok().flatten().unwrap_or_default();
                editor.select(place(field.selection_start()), place(field.selection_end()));
            }
            rich.set(Some(editor));
        });
    });
    on_cleanup(move || {
        if let Some(editor) = rich.try_get_untracked().flatten() {
            editor.destroy();
        }
        point_at(program, 0);
    });
}

fn is_focused(field: &web_sys::Element) -> bool {
    document().active_element().is_some_and(|active| &active == field)
}

/// Keeps CodeMirror as the signals say.
fn follow(
    program: Program,
    rich: RwSignal<Option<CodeMirror>, LocalStorage>,
    here: Memo<(u32, bool)>,
    marked: Memo<Option<Marked>>,
) {
    let keep = move |show: Box<dyn Fn(&CodeMirror)>| {
        watch(move || {
            if let Some(editor) = rich.get() {
                show(&editor);
            }
        });
    };
    // The text first: everything else names places in it.
    keep(Box::new(move |editor| program.text.with(|text| editor.set_text(text))));
    keep(Box::new(move |editor| {
        let text = program.text.get_untracked();
        program.diagnostics.with(|all| editor.set_diagnostics(&text, all));
    }));
    keep(Box::new(move |editor| program.inline.with(|all| editor.set_inline(all))));
    keep(Box::new(move |editor| {
        let lines: Vec<_> = program.breakpoints.with(|lines| lines.iter().copied().collect());
        editor.set_breakpoints(&lines);
    }));
    keep(Box::new(move |editor| {
        let (line, reveal) = here.get();
        editor.set_current_line(line, reveal);
    }));
    keep(Box::new(move |editor| match marked.get() {
        None => editor.highlight_line(0),
        Some(Marked::Line(line)) => editor.highlight_line(line),
        Some(Marked::Place(place)) => {
            let (from, to) = program.text.with_untracked(|text| text::range(text, place));
            editor.highlight(from, to);
        }
    }));
}

/// What an editor tells: see `create` in `www/editor/src/editor.js`.
fn heard(program: Program, what: &str, value: &JsValue) {
    let line = value.as_f64().unwrap_or_default() as u32;
    match what {
        "text" => program.text.set(value.as_string().unwrap_or_default()),
        "breakpoints" => {
            let lines = js_sys::Array::from(value);
            program.breakpoints.set(sorting::set(lines.iter().filter_map(|n| Some(n.as_f64()? as u32))));
        }
        "line" => point_at(program, line),
        "choose" => choose(program, line),
        _ => {}
    }
}

/// Points at a line, or at none (0).
fn point_at(program: Program, line: u32) {
    if line > 0 {
        program.pointed.set(Some(Spot::Line(line)));
    } else if program.pointed.with_untracked(|spot| matches!(spot, Some(Spot::Line(_)))) {
        program.pointed.set(None);
    }
}

/// Shows the newest node of a line in the inspector, or closes it if it is shown already.
fn choose(program: Program, line: u32) {
    let shown = program
        .inline
        .with_untracked(|all| all.iter().find(|value| value.line == line).and_then(|value| value.node));
    let newest = || {
        program.graph.with_untracked(|graph| {
            let mut made = graph.nodes.iter().rev().filter(|node| node.line == Some(line) && !node.backward);
            made.next().map(|node| node.id)
        })
    };
    if let Some(node) = shown.or_else(newest) {
        let is_chosen = program.chosen.get_untracked() == Some(node);
        program.chosen.set((!is_chosen).then_some(node));
    }
}

/// Tells the worker of the breakpoints, and a new worker of all.
fn send_breakpoints(page: Page) {
    let known = StoredValue::new(BTreeSet::new());
    watch(move || {
        let lines = page.state.program.breakpoints.get();
        if page.state.engine.get() != Engine::Alive {
            known.set_value(BTreeSet::new());
        } else if known.with_value(|known| *known != lines) {
            let command = ProgramCommand::Breakpoints(lines.iter().copied().collect());
            page.link.send(&Command::Program(command));
            known.set_value(lines);
        }
    });
}
