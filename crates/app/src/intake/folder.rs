//! Files that are dropped, those in folders among them, with the way that leads to each.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

/// Of more files than this, the others are left out.
const MOST_FILES: usize = 20_000;

/// A file, and where it is: its folders and its name.
pub struct Found {
    /// `digits/7/a.png`, or only a name.
    pub path: String,
    /// The file.
    pub file: File,
}

/// The files of a list.
pub fn listed(files: &FileList) -> Vec<Found> {
    let all = (0..files.length()).filter_map(|i| files.get(i));
    all.map(|file| Found { path: file.name(), file }).collect()
}

/// What is dropped: files and folders. To be asked for while it is being dropped, since the browser forgets it then.
pub fn dropped(data: &DataTransfer) -> (Vec<FileSystemEntry>, Vec<Found>) {
    let items = data.items();
    let entries = (0..items.length()).filter_map(|i| items.get(i)?.webkit_get_as_entry().ok()?);
    let entries: Vec<FileSystemEntry> = entries.collect();
    // With no folder among them, the files are all there is.
    if entries.iter().any(FileSystemEntry::is_directory) {
        return (entries, Vec::new());
    }
    (Vec::new(), data.files().map(|files| listed(&files)).unwrap_or_default())
}

/// The files in these folders, by their ways. What cannot be read is left out.
pub async fn inside(mut entries: Vec<FileSystemEntry>) -> Vec<Found> {
    let mut all = Vec::new();
    while let Some(entry) = entries.pop() {
        if all.len() >= MOST_FILES {
            break;
        }
        if entry.is_directory() {
            entries.extend(listing(entry.unchecked_ref()).await);
        } else {
            let entry: &FileSystemFileEntry = entry.unchecked_ref();
            let file = asked(|done, failed| {
                entry.file_with_callback_and_callback(&done, &failed);
                Ok(())
            })
            .await;
            let path = entry.full_path().trim_start_matches('/').to_owned();
            all.extend(file.map(|file| Found { path, file: file.unchecked_into() }));
        }
    }
    all.sort_by(|one, other| one.path.cmp(&other.path));
    all
}

/// What is in a folder. The browser hands it out a hundred entries at a time, and at last none.
async fn listing(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let some = asked(|done, failed| reader.read_entries_with_callback_and_callback(&done, &failed)).await;
        let some: Vec<JsValue> = some.map(|some| Array::from(&some).to_vec()).unwrap_or_default();
        if some.is_empty() || all.len() >= MOST_FILES {
            return all;
        }
        all.extend(some.into_iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

/// Awaits a function that calls back.
async fn asked(call: impl Fn(Function, Function) -> Result<(), JsValue>) -> Option<JsValue> {
    let mut call = |done: Function, failed: Function| {
        if let Err(error) = call(done, failed.clone()) {
            // A function that is not there fails as one that could not do it.
            let _ = failed.call1(&JsValue::NULL, &error);
        }
    };
    JsFuture::from(Promise::new(&mut call)).await.ok()
}
