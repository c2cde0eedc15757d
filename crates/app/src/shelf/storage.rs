//! The browser's local storage. It may be missing, full or switched off: then what is written is lost with the page, and the user is told.

use leptos::prelude::window;

use super::record::{Saved, Source, key, lesson_key, lesson_of_key, program_key, program_of_key};

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What stands under a key.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Puts a text under a key. Whether it could be stored.
pub fn put(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Empties a key.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        // Fails only where nothing can be stored anyway.
        let _ = storage.remove_item(key);
    }
}

fn keys() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    (0..count).filter_map(|i| storage.key(i).ok().flatten()).collect()
}

/// The user's programs, the oldest first.
pub fn programs() -> Vec<Saved> {
    let ids = keys().into_iter().filter_map(|key| program_of_key(&key));
    let mut all: Vec<Saved> = ids.filter_map(|id| Some(Saved::read(id, &get(&program_key(id))?))).collect();
    sorting::sort_by_key(&mut all, |saved| saved.id);
    all
}

/// The programs of lessons that the user has changed, by the lessons' files.
pub fn lessons() -> Vec<Saved> {
    let keys = keys();
    let files = keys.iter().filter_map(|key| lesson_of_key(key));
    files
        .filter_map(|file| Some(Saved { id: 0, name: file.to_owned(), text: get(&lesson_key(file))? }))
        .collect()
}

/// The lessons that are done.
pub fn done() -> Vec<String> {
    get(&key("done")).unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

/// What was open when the page was closed.
pub fn open() -> Option<Source> {
    Source::read(&get(&key("open"))?)
}
