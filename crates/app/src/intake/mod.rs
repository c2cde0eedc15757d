//! Where files go that are dropped on the page, pasted or chosen: programs to the shelf, data sets to the worker, arrays and weights into the
//! program's folder, pictures onto the digit pad.

mod levels;
mod picture;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::program::ProgramCommand;
use protocol::{Command, Pixels};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use crate::components::Page;
use crate::share::files;
use picture::Taken;

/// A larger file than this is not read: five times MNIST's largest.
const MOST_BYTES: f64 = 240e6;

/// What a file is, as far as its name and its type say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A part of a data set such as MNIST.
    Data,
    /// Something that programs open by its name.
    Folder,
    /// A picture of a digit.
    Picture,
    /// A program, or what was exported.
    Text,
}

impl Kind {
    fn of(name: &str, mime: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let unpacked = name.strip_suffix(".gz").unwrap_or(&name);
        let ends = |all: &[&str]| all.iter().any(|end| unpacked.ends_with(end));
        if ends(&["ubyte", ".idx"]) || unpacked.contains("-idx") {
            Self::Data
        } else if ends(&[".npy", ".npz", ".safetensors", ".pt", ".pth", ".csv"]) {
            Self::Folder
        } else if mime.starts_with("image/") {
            Self::Picture
        } else {
            Self::Text
        }
    }
}

/// Takes files for as long as the page lives.
pub fn listen(page: Page) {
    files::listen(move |files| take(page, Some(files)));
}

/// Takes files, one after another.
pub fn take(page: Page, files: Option<FileList>) {
    let Some(files) = files else { return };
    let files: Vec<File> = (0..files.length()).filter_map(|i| files.get(i)).collect();
    spawn_local(async move {
        for file in files {
            match Kind::of(&file.name(), &file.type_()) {
                Kind::Text => page.shelf.open_file(&file.name(), files::text(&file).await),
                Kind::Data => take_data(page, &file).await,
                Kind::Folder => give(page, &file).await,
                Kind::Picture => take_picture(page, &file).await,
            }
        }
    });
}

/// The content of a file; the user is told if it cannot be had.
pub async fn content(page: Page, file: &File) -> Option<Vec<u8>> {
    let read = if file.size() > MOST_BYTES { None } else { JsFuture::from(file.array_buffer()).await.ok() };
    if read.is_none() {
        page.shelf.tell(format!("“{}” could not be read, or is too large.", file.name()));
    }
    read.map(|buffer| js_sys::Uint8Array::new(buffer.unchecked_ref()).to_vec())
}

/// Hands a part of a data set to the worker, which says whether it fits.
async fn take_data(page: Page, file: &File) {
    if let Some(content) = content(page, file).await {
        page.link.send(&Command::TakeData { name: file.name(), content: content.into() });
    }
}

/// Puts a file into the program's folder.
pub async fn give(page: Page, file: &File) {
    let Some(content) = content(page, file).await else { return };
    let name = file.name();
    page.state.program.given.update(|given| {
        given.retain(|(old, _)| *old != name);
        given.push((name.clone(), content.len() as u64));
    });
    page.shelf.tell(format!("The program can open “{name}” by its name."));
    page.link.send(&Command::Program(ProgramCommand::PutFile { name, content: content.into() }));
}

/// Puts a picture on the digit pad.
async fn take_picture(page: Page, file: &File) {
    let lab = page.state.program.lab;
    match picture::read(file).await {
        Some(Taken::Digit(pixels)) => lab.put.set(Some(Pixels::from(pixels))),
        Some(Taken::Photo(photo)) => lab.photo.set(Some(photo)),
        None => {
            return page.shelf.tell(format!("“{}” is no picture that the browser can show.", file.name()));
        }
    }
    page.shelf.tell(format!("“{}” is on the digit pad (“Lab”).", file.name()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_go_where_their_names_say() {
        for (name, mime, kind) in [
            ("train-images-idx3-ubyte.gz", "application/gzip", Kind::Data),
            ("t10k-labels.idx1-ubyte", "", Kind::Data),
            ("Weights.NPY", "", Kind::Folder),
            ("table.csv", "text/csv", Kind::Folder),
            ("model.safetensors", "", Kind::Folder),
            ("seven.png", "image/png", Kind::Picture),
            ("program.py", "text/x-python", Kind::Text),
            ("seegrad.json", "application/json", Kind::Text),
        ] {
            assert_eq!(Kind::of(name, mime), kind, "{name}");
        }
    }
}
