//! Where files go that are dropped on the page, pasted or chosen: programs to the shelf, data sets to the worker, arrays and weights into the
//! program's folder, a picture onto the digit pad. Pictures that tell by their names what they show become a data set.

mod folder;
mod labelled;
mod levels;
mod picture;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::program::ProgramCommand;
use protocol::{Command, Ink, Pixels};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

use crate::components::Page;
use crate::share::files;
use folder::Found;
use picture::Taken;

/// A larger file than this is not read: five times MNIST's largest.
const MOST_BYTES: f64 = 240e6;
/// Pixels of pictures that are taken at a time.
const MOST_PIXELS: usize = 64 << 20;

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
    files::listen(move |data| {
        let (folders, found) = folder::dropped(&data);
        spawn_local(async move {
            let found = if folders.is_empty() { found } else { folder::inside(folders).await };
            take_all(page, found).await;
        });
    });
}

/// Takes files.
pub fn take(page: Page, files: Option<FileList>) {
    let Some(files) = files else { return };
    spawn_local(take_all(page, folder::listed(&files)));
}

/// Takes files, one after another; pictures with names that tell what they show, together.
async fn take_all(page: Page, found: Vec<Found>) {
    let kind = |found: &Found| Kind::of(&found.file.name(), &found.file.type_());
    let (pictures, others): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| kind(found) == Kind::Picture);
    if pictures.len() > 1 {
        take_set(page, pictures).await;
    } else if let Some(Found { file, .. }) = pictures.first() {
        take_picture(page, file).await;
    }
    for found in others {
        match kind(&found) {
            Kind::Text => page.shelf.open_file(&found.file.name(), files::text(&found.file).await),
            Kind::Data => take_data(page, &found.file).await,
            Kind::Folder => give(page, &found.file).await,
            Kind::Picture => {}
        }
    }
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

/// Makes a data set of pictures.
async fn take_set(page: Page, pictures: Vec<Found>) {
    let (mut train, mut test, mut pixels) = (Vec::new(), Vec::new(), 0);
    let all = pictures.len();
    for Found { path, file } in pictures {
        let Some(place) = labelled::place(&path).filter(|_| pixels < MOST_PIXELS) else { continue };
        let ink = match picture::read(&file).await {
            Some(Taken::Digit(digit)) => Ink::Image(digit.into()),
            Some(Taken::Photo(photo)) => Ink::Photo(photo),
            None => continue,
        };
        pixels += match &ink {
            Ink::Photo(photo) => photo.pixels.as_slice().len(),
            _ => protocol::PIXELS,
        };
        if place.train { &mut train } else { &mut test }.push((ink, place.label));
    }
    page.shelf.tell(told(all, train.len(), test.len()));
    for (is_train, pictures) in [(true, train), (false, test)] {
        if !pictures.is_empty() {
            page.link.send(&Command::TakePictures { train: is_train, pictures });
        }
    }
}

/// What became of so many pictures.
fn told(all: usize, train: usize, test: usize) -> String {
    if train + test == 0 {
        return format!(
            "{all} pictures make a data set if they are called by what they show: “7_a.png”, or “a.png” in a folder “7”. A single one goes onto the digit pad."
        );
    }
    let parts = [
        (train, "Pictures to learn from: ", ""),
        (test, "Pictures to test on: ", ""),
        (
            all - train - test,
            "Left out: ",
            " (names that tell no class, files that are no pictures, or too many)",
        ),
    ];
    let part = |(count, of, why): (usize, &str, &str)| (count > 0).then(|| format!("{of}{count}{why}."));
    parts.into_iter().filter_map(part).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_what_became_of_pictures() {
        assert_eq!(told(4, 3, 1), "Pictures to learn from: 3. Pictures to test on: 1.");
        assert!(told(3, 2, 0).starts_with("Pictures to learn from: 2. Left out: 1 ("));
        assert!(told(3, 0, 0).contains("called by what they show"));
    }

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
