//! The programs of the page: the user's own, examples and lessons; which one is open, and what is remembered of all of them.

mod bundle;
mod keep;
mod record;
mod start;
pub mod storage;

use std::sync::Arc;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;

use crate::lesson::Lesson;
use crate::program::Program;
use crate::share::files::fetch;
pub use record::{Saved, Source, file_name};

/// A line of the list of lessons, or of that of examples.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Entry {
    /// Its file, without the ending.
    pub file: String,
    /// Under what it is listed.
    pub topic: String,
    /// Its title.
    pub title: String,
    /// One line about it.
    pub about: String,
}

/// Something that the user is told in passing.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// What can be brought back.
    pub deleted: Option<Saved>,
}

/// The programs. Cheap to copy: each part is a handle.
#[derive(Clone, Copy)]
pub struct Shelf {
    program: Program,
    /// The user's programs, the oldest first.
    pub programs: RwSignal<Vec<Saved>>,
    /// What is open.
    pub source: RwSignal<Source>,
    /// What it is called.
    pub title: RwSignal<String>,
    /// All lessons.
    pub lessons: RwSignal<Vec<Entry>>,
    /// All examples; empty until they are asked for.
    pub examples: RwSignal<Vec<Entry>>,
    /// The lesson that is open.
    pub lesson: RwSignal<Option<Arc<Lesson>>>,
    /// The files of the lessons that are done.
    pub done: RwSignal<Vec<String>>,
    /// Whether nobody has taken up or dismissed the invitation of the first program yet.
    pub invites: RwSignal<bool>,
    /// Something to tell.
    pub notice: RwSignal<Option<Notice>>,
    /// The text as it was opened.
    original: StoredValue<String>,
    /// Counts what was asked to be opened: what comes late is left.
    ticket: StoredValue<u32>,
    /// The save that is due.
    due: StoredValue<Option<TimeoutHandle>, LocalStorage>,
}

/// Something that is opened.
struct Opened {
    source: Source,
    title: String,
    text: String,
    /// The text without the user's changes.
    original: String,
    lesson: Option<Arc<Lesson>>,
}

impl Shelf {
    /// Tells the user something.
    pub fn tell(&self, text: impl Into<String>) {
        self.notice.set(Some(Notice { text: text.into(), deleted: None }));
    }

    /// Where the open lesson stands among the lessons, from 0.
    pub fn lesson_index(&self) -> Option<usize> {
        self.source.with(|source| match source {
            Source::Lesson(file) => self.lessons.with(|all| all.iter().position(|entry| entry.file == *file)),
            _ => None,
        })
    }

    /// Opens a program of the user's.
    pub fn open_own(&self, id: u32) {
        self.next_ticket();
        self.save();
        let found = self.programs.with_untracked(|all| all.iter().find(|saved| saved.id == id).cloned());
        if let Some(Saved { id, name, text }) = found {
            let original = text.clone();
            self.show(Opened { source: Source::Own(id), title: name, text, original, lesson: None });
        }
    }

    /// Opens an example.
    pub fn open_example(&self, entry: Entry) {
        let (shelf, ticket) = (*self, self.next_ticket());
        spawn_local(async move {
            let text = fetch(&format!("programs/{}.py", entry.file)).await;
            if !shelf.is_current(ticket) {
                return;
            }
            let Some(text) = text else { return shelf.cannot_load(&entry.title) };
            let original = text.clone();
            let source = Source::Example(entry.file);
            shelf.show(Opened { source, title: entry.title, text, original, lesson: None });
        });
    }

    /// Opens a lesson, with its program as the user left it.
    pub fn open_lesson(&self, entry: Entry) {
        let (shelf, ticket) = (*self, self.next_ticket());
        spawn_local(async move {
            let lesson = fetch(&format!("lessons/{}.md", entry.file)).await;
            let original = fetch(&format!("lessons/{}.py", entry.file)).await;
            if !shelf.is_current(ticket) {
                return;
            }
            let lesson = lesson.and_then(|lesson| Lesson::parse(&lesson).ok());
            let (Some(lesson), Some(original)) = (lesson, original) else {
                return shelf.cannot_load(&entry.title);
            };
            shelf.save();
            let text = storage::get(&record::lesson_key(&entry.file)).unwrap_or_else(|| original.clone());
            let (source, lesson) = (Source::Lesson(entry.file), Some(Arc::new(lesson)));
            shelf.show(Opened { source, title: entry.title, text, original, lesson });
        });
    }

    /// Puts the open program back to how it came.
    pub fn start_over(&self) {
        self.program.text.set(self.original.get_value());
    }

    /// Edits the open program as the lesson's solution does.
    pub fn solve(&self) {
        if let Some(lesson) = self.lesson.get_untracked() {
            self.program.text.set(lesson.solve(&self.original.get_value()));
        }
    }

    /// Whether the open program differs from how it came.
    pub fn is_changed(&self) -> bool {
        self.program.text.with(|text| self.original.with_value(|original| original != text))
    }

    /// Opens a text that is nobody's yet: from a link or a file.
    fn open_loose(&self, title: String, text: String) {
        self.next_ticket();
        let original = text.clone();
        self.show(Opened { source: Source::Loose, title, text, original, lesson: None });
    }

    fn show(&self, opened: Opened) {
        self.save();
        self.forget_link(&opened.text);
        if let Some(open) = opened.source.write() {
            storage::put(&record::key("open"), &open);
        }
        self.original.set_value(opened.original);
        self.title.set(opened.title);
        self.lesson.set(opened.lesson);
        self.source.set(opened.source);
        self.program.open(opened.text);
    }

    fn cannot_load(&self, title: &str) {
        self.tell(format!("“{title}” could not be loaded. Check the connection, then try again."));
    }

    fn next_ticket(&self) -> u32 {
        self.ticket.update_value(|ticket| *ticket += 1);
        self.ticket.get_value()
    }

    fn is_current(&self, ticket: u32) -> bool {
        self.ticket.get_value() == ticket
    }
}
