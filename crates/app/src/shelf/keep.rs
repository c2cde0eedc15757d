//! Saving, naming, copying and deleting programs, and moving all of them.

use leptos::prelude::*;

use super::bundle::Bundle;
use super::record::{Saved, Source, free_name, key, lesson_key, program_key, tidy_name};
use super::{Notice, Shelf, storage};
use crate::share::files;

/// What a new program begins with.
const NEW: &str = "import torch\n\n";

impl Shelf {
    /// Saves the open program, if it was changed. An example or a shared program becomes one of the user's by that.
    pub fn save(&self) {
        let text = self.program.text.get_untracked();
        let is_changed = self.original.with_value(|original| *original != text);
        match self.source.get_untracked() {
            Source::Own(id) => {
                let same = |saved: &Saved| saved.id == id && saved.text == text;
                if !self.programs.with_untracked(|all| all.iter().any(same)) {
                    self.store(Saved { id, name: self.title.get_untracked(), text });
                }
            }
            Source::Lesson(file) if is_changed => self.put(&lesson_key(&file), &text),
            Source::Lesson(file) => storage::remove(&lesson_key(&file)),
            Source::Example(_) | Source::Loose if is_changed => {
                let name = self.free_name(&self.title.get_untracked());
                self.adopt(name, text);
            }
            Source::Example(_) | Source::Loose => {}
        }
    }

    /// Makes a text a program of the user's, and the open program that one. The text in the editor stays.
    fn adopt(&self, name: String, text: String) {
        let id = self.free_id();
        self.store(Saved { id, name: name.clone(), text: text.clone() });
        self.forget_link(&text);
        self.original.set_value(text);
        self.title.set(name);
        self.lesson.set(None);
        self.source.set(Source::Own(id));
        self.put(&key("open"), &format!("program {id}"));
    }

    /// Gives the open program a name; an example or a shared program becomes one of the user's by that.
    pub fn rename(&self, name: &str) {
        if tidy_name(name) == self.title.get_untracked() {
            return;
        }
        let name = self.free_name(name);
        let text = self.program.text.get_untracked();
        match self.source.get_untracked() {
            Source::Own(id) => {
                self.title.set(name.clone());
                self.store(Saved { id, name, text });
            }
            _ => self.adopt(name, text),
        }
    }

    /// A new program, with nothing in it but the import.
    pub fn create(&self) {
        self.save();
        self.open_new("Untitled", NEW.to_owned());
    }

    /// A copy of the open program.
    pub fn duplicate(&self) {
        self.save();
        let name = self.title.get_untracked();
        self.open_new(&format!("{name} copy"), self.program.text.get_untracked());
    }

    fn open_new(&self, name: &str, text: String) {
        let (id, name) = (self.free_id(), self.free_name(name));
        self.store(Saved { id, name, text });
        self.open_own(id);
    }

    /// Deletes a program of the user's. It can be brought back as long as the notice shows.
    pub fn delete(&self, id: u32) {
        self.save();
        let found = self.programs.with_untracked(|all| all.iter().find(|saved| saved.id == id).cloned());
        let Some(saved) = found else { return };
        storage::remove(&program_key(id));
        self.programs.update(|all| all.retain(|saved| saved.id != id));
        if self.source.get_untracked() == Source::Own(id) {
            // Nobody's, so that it is not saved again on the way out.
            self.source.set(Source::Loose);
            self.original.set_value(self.program.text.get_untracked());
            match self.programs.with_untracked(|all| all.last().map(|saved| saved.id)) {
                Some(last) => self.open_own(last),
                None => self.open_first(),
            }
        }
        let text = format!("“{}” was deleted.", saved.name);
        self.notice.set(Some(Notice { text, deleted: Some(saved) }));
    }

    /// Brings the program back that the notice is about.
    pub fn undelete(&self) {
        if let Some(saved) = self.notice.get_untracked().and_then(|notice| notice.deleted) {
            let id = saved.id;
            self.store(saved);
            self.notice.set(None);
            self.open_own(id);
        }
    }

    /// A lesson is done.
    pub fn finish_lesson(&self, file: &str) {
        if self.done.with_untracked(|done| !done.iter().any(|other| other == file)) {
            self.done.update(|done| done.push(file.to_owned()));
            self.keep_done();
        }
    }

    fn keep_done(&self) {
        self.put(&key("done"), &self.done.with_untracked(|done| done.join(" ")));
    }

    /// Everything, as a file.
    pub fn export(&self) {
        self.save();
        let bundle =
            Bundle::new(self.programs.get_untracked(), storage::lessons(), self.done.get_untracked());
        files::download("seegrad.json", "application/json", &bundle.write());
    }

    /// Opens a file: a program, or what was exported. What is no text is `None`.
    pub fn open_file(&self, name: &str, text: Option<String>) {
        match text {
            None => self.tell(format!("“{name}” is not a text.")),
            Some(text) if name.ends_with(".json") => self.import(name, &text),
            Some(text) => {
                let text = text.replace("\r\n", "\n");
                self.save();
                self.open_new(name.strip_suffix(".py").unwrap_or(name), text);
            }
        }
    }

    fn import(&self, file: &str, text: &str) {
        let bundle: Option<Bundle> =
            js_sys::JSON::parse(text).ok().and_then(|value| serde_wasm_bindgen::from_value(value).ok());
        let Some(bundle) = bundle.filter(Bundle::is_known) else {
            return self.tell(format!("“{file}” was not exported by Seegrad."));
        };
        let new = self.programs.with_untracked(|all| bundle.new_programs(all));
        let count = new.len();
        for saved in new {
            self.store(Saved { id: self.free_id(), ..saved });
        }
        for lesson in bundle.lessons.iter().filter(|lesson| storage::get(&lesson_key(&lesson.name)).is_none())
        {
            self.put(&lesson_key(&lesson.name), &lesson.text);
        }
        bundle.done.iter().for_each(|file| self.finish_lesson(file));
        let programs = if count == 1 { "program was" } else { "programs were" };
        self.tell(format!("{count} {programs} added."));
    }

    fn free_name(&self, name: &str) -> String {
        self.programs.with_untracked(|all| free_name(name, all))
    }

    /// A number that no tab uses yet.
    fn free_id(&self) -> u32 {
        let last = |all: &[Saved]| all.last().map_or(0, |saved| saved.id);
        self.programs.with_untracked(|all| last(all)).max(last(&storage::programs())) + 1
    }

    /// Puts a program among the user's, in place of the one of its number.
    fn store(&self, saved: Saved) {
        self.put(&program_key(saved.id), &saved.write());
        self.programs.update(|all| {
            all.retain(|other| other.id != saved.id);
            all.push(saved);
            sorting::sort_by_key(all, |saved| saved.id);
        });
    }

    fn put(&self, key: &str, text: &str) {
        if !storage::put(key, text) {
            self.tell("Your browser has no room for this program, or may not keep it: download it before you leave.");
        }
    }
}
