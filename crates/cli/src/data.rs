//! MNIST from a folder.

use std::path::Path;

use datasets::mnist::{File, Images, Labels, Part, decode};

use crate::Failure;

/// One of the two sets.
pub(crate) struct Set {
    pub(crate) images: Images,
    pub(crate) labels: Labels,
}

/// The training set, or the test set.
pub(crate) fn load_part(folder: &Path, train: bool) -> Result<Set, Failure> {
    let (pixels, digits) =
        if train { (File::TrainImages, File::TrainLabels) } else { (File::TestImages, File::TestLabels) };
    Ok(Set { images: images(folder, pixels)?, labels: labels(folder, digits)? })
}

fn read(folder: &Path, file: File) -> Result<Part, Failure> {
    let path = folder.join(file.name());
    let failure = |why: String| Failure::File { path: path.display().to_string(), why };
    let bytes = std::fs::read(&path).map_err(|why| failure(why.to_string()))?;
    decode(file, bytes).map_err(|why| failure(why.to_string()))
}

fn images(folder: &Path, file: File) -> Result<Images, Failure> {
    match read(folder, file)? {
        Part::Images(images) => Ok(images),
        Part::Labels(_) => Err(mixed_up(file)),
    }
}

fn labels(folder: &Path, file: File) -> Result<Labels, Failure> {
    match read(folder, file)? {
        Part::Labels(labels) => Ok(labels),
        Part::Images(_) => Err(mixed_up(file)),
    }
}

fn mixed_up(file: File) -> Failure {
    Failure::File { path: file.name().to_owned(), why: "images and labels are mixed up".to_owned() }
}
