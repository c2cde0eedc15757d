//! What is open when the page opens: what the address says, what was open last, or the first program.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

use super::record::{Source, key};
use super::{Entry, Opened, Shelf, storage};
use crate::components::watch;
use crate::place::is_lab;
use crate::program::Program;
use crate::share::files::fetch;
use crate::share::link::{Fragment, LONG_TEXT};
use crate::share::program_of;

/// The program of the first visit: in the page itself, so that it is there at once.
const FIRST: &str = include_str!("../../../../www/programs/first_line.py");
const FIRST_FILE: &str = "first_line";
const FIRST_TITLE: &str = "A line through points";
/// The program that is opened to go with the digits.
const DIGITS_FILE: &str = "trained_conv";
/// The words of which a program that reads them has one: it asks for the data, or for trained weights.
const DIGITS: [&str; 2] = ["MNIST", "digits_"];
/// Under this key stands whether the invitation was taken up.
const VISITED: &str = "visited";
/// How long a text rests before it is saved.
const REST: Duration = Duration::from_millis(400);

/// Whether a program reads digits.
fn reads_digits(text: &str) -> bool {
    DIGITS.iter().any(|word| text.contains(word))
}

impl Shelf {
    /// Opens what is to be opened, and keeps what the user writes.
    pub fn start(program: Program) -> Self {
        let stored = storage::open();
        let shelf = Self {
            program,
            programs: RwSignal::new(storage::programs()),
            source: RwSignal::new(Source::Loose),
            title: RwSignal::new(String::new()),
            lessons: RwSignal::new(Vec::new()),
            examples: RwSignal::new(Vec::new()),
            lesson: RwSignal::new(None),
            done: RwSignal::new(storage::done()),
            invites: RwSignal::new(storage::get(&key(VISITED)).is_none()),
            notice: RwSignal::new(None),
            original: StoredValue::new(String::new()),
            ticket: StoredValue::new(0),
            due: StoredValue::new_local(None),
        };
        if !shelf.open_link() {
            shelf.open_again(stored);
        }
        shelf.keep();
        shelf.load_lessons();
        shelf
    }

    fn open_again(&self, stored: Option<Source>) {
        match stored {
            Some(Source::Own(id)) if self.programs.with_untracked(|all| all.iter().any(|s| s.id == id)) => {
                self.open_own(id);
            }
            Some(Source::Example(file)) if file != FIRST_FILE => self.find_example(file),
            // Opened as soon as the list is there.
            Some(Source::Lesson(file)) => self.find_lesson(file),
            _ if is_lab() => self.find_example(DIGITS_FILE.to_owned()),
            _ => self.open_first(),
        }
    }

    /// Opens a program that reads digits, unless the open one does.
    pub fn open_digits(&self) {
        if !self.program.text.with_untracked(|text| reads_digits(text)) {
            self.find_example(DIGITS_FILE.to_owned());
        }
    }

    /// Opens the program of the first visit.
    pub(super) fn open_first(&self) {
        self.next_ticket();
        let (title, text) = (FIRST_TITLE.to_owned(), FIRST.to_owned());
        let (source, original) = (Source::Example(FIRST_FILE.to_owned()), text.clone());
        self.show(Opened { source, title, text, original, lesson: None });
    }

    fn load_lessons(&self) {
        let shelf = *self;
        spawn_local(async move {
            shelf.lessons.set(list("lessons/index.json").await);
        });
    }

    /// Loads the list of examples, if it is not there yet.
    pub fn load_examples(&self) {
        if self.examples.with_untracked(Vec::is_empty) {
            let shelf = *self;
            spawn_local(async move {
                let all = list("programs/index.json").await;
                if all.is_empty() {
                    shelf.cannot_load("Examples");
                }
                shelf.examples.set(all);
            });
        }
    }

    fn find_example(&self, file: String) {
        let (shelf, ticket) = (*self, self.next_ticket());
        spawn_local(async move {
            let all = list("programs/index.json").await;
            let found = all.iter().find(|entry| entry.file == file).cloned();
            shelf.examples.set(all);
            shelf.open_found(ticket, found, Self::open_example);
        });
    }

    fn find_lesson(&self, file: String) {
        let (shelf, ticket) = (*self, self.next_ticket());
        spawn_local(async move {
            let all = list("lessons/index.json").await;
            let found = all.into_iter().find(|entry| entry.file == file);
            shelf.open_found(ticket, found, Self::open_lesson);
        });
    }

    fn open_found(&self, ticket: u32, found: Option<Entry>, open: fn(&Self, Entry)) {
        match found {
            _ if !self.is_current(ticket) => {}
            Some(entry) => open(self, entry),
            None => self.open_first(),
        }
    }

    /// Opens the program of the address, if there is one.
    fn open_link(&self) -> bool {
        let fragment = window().location().hash().unwrap_or_default();
        if Fragment::read(&fragment).is_none() {
            return false;
        }
        let (shelf, ticket) = (*self, self.next_ticket());
        spawn_local(async move {
            let program = match Fragment::read(&fragment) {
                Some(found) => program_of(found).await,
                None => None,
            };
            if !shelf.is_current(ticket) {
                return;
            }
            let Some(program) = program else {
                shelf.tell("The program of this link cannot be read: it was cut off or changed on its way.");
                // Something is open already if the address has changed later.
                if shelf.title.with_untracked(String::is_empty) {
                    shelf.open_again(storage::open());
                }
                return;
            };
            let name = if program.name.is_empty() { "Shared program".to_owned() } else { program.name };
            let is_long = program.text.len() > LONG_TEXT;
            shelf.open_loose(name, program.text);
            shelf.program.held.set(is_long);
            shelf.program.unit.set(program.unit);
            shelf.program.breakpoints.set(sorting::set(program.breakpoints));
            // The address stays, so that reloading the page opens it again, until something is changed.
            replace_fragment(&fragment);
        });
        true
    }

    /// Takes out of the address what it leads to, once this text is open instead.
    pub(super) fn forget_link(&self, text: &str) {
        let fragment = window().location().hash().unwrap_or_default();
        if Fragment::read(&fragment).is_some() || is_lab() && !reads_digits(text) {
            replace_fragment("");
        }
    }

    /// Saves what the user writes, a moment after the last key, and at the latest when the page is left.
    fn keep(&self) {
        let shelf = *self;
        watch(move || {
            shelf.program.text.track();
            let due = set_timeout_with_handle(move || shelf.save(), REST).ok();
            if let Some(Some(before)) = shelf.due.try_update_value(|old| std::mem::replace(old, due)) {
                before.clear();
            }
        });
        let leave = window_event_listener(ev::pagehide, move |_| shelf.save());
        let elsewhere = window_event_listener(ev::storage, move |_| {
            shelf.programs.set(storage::programs());
            shelf.done.set(storage::done());
        });
        let link = window_event_listener(ev::hashchange, move |_| {
            shelf.open_link();
        });
        on_cleanup(move || {
            leave.remove();
            elsewhere.remove();
            link.remove();
        });
    }

    /// Whether the invitation shows: with the first program, until it is taken up or dismissed.
    pub fn is_inviting(&self) -> bool {
        let first = |source: &Source| matches!(source, Source::Example(file) if file == FIRST_FILE);
        self.invites.get() && self.source.with(first)
    }

    /// Takes the invitation away, for good.
    pub fn end_invitation(&self) {
        self.invites.set(false);
        storage::put(&key(VISITED), "1");
    }
}

/// A list of entries; empty if it cannot be loaded.
async fn list(path: &str) -> Vec<Entry> {
    let text = fetch(path).await.unwrap_or_default();
    js_sys::JSON::parse(&text)
        .ok()
        .and_then(|value| serde_wasm_bindgen::from_value(value).ok())
        .unwrap_or_default()
}

/// Changes the fragment of the address without an entry in the browser's history.
fn replace_fragment(fragment: &str) {
    let location = window().location();
    let (path, query) = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    if let Ok(history) = window().history() {
        // Fails only for addresses of other sites.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{query}{fragment}")));
    }
}
