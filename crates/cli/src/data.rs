//! Data sets such as MNIST, from a folder.

use std::path::{Path, PathBuf};

use datasets::mnist::{File, Images, Labels, Part, decode};
use datasets::own;

use crate::Failure;

/// One of the two sets.
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) images: Images,
    pub(crate) labels: Labels,
}

/// The training set, or the test set, of MNIST or of what is in its place: in the folder itself, or where torchvision keeps it below.
pub(crate) fn load_part(folder: &Path, train: bool) -> Result<Set, Failure> {
    let places = [folder.to_owned(), folder.join("MNIST/raw")];
    load(&places, train)
}

/// The same of another data set, by the name of its class; `None` if it is not there. In the folder itself it is known from MNIST by what its
/// files hold.
pub(crate) fn load_other(folder: &Path, name: &str, train: bool) -> Result<Option<Set>, Failure> {
    let below = [folder.join(name).join("raw"), folder.join(name)];
    let there = |place: &PathBuf| find(place, train, "images").is_some();
    if let Some(place) = below.iter().find(|place| there(place)) {
        return load(std::slice::from_ref(place), train).map(Some);
    }
    let here = folder.to_owned();
    if !there(&here) || is_mnist(&here, train) {
        return Ok(None);
    }
    load(&[here], train).map(Some)
}

fn load(places: &[PathBuf], train: bool) -> Result<Set, Failure> {
    let half = if train { "train" } else { "t10k" };
    let missing = |kind: &str| Failure::File {
        path: places.first().map(|place| place.display().to_string()).unwrap_or_default(),
        why: format!("no file such as {half}-{kind}-ubyte.gz"),
    };
    let found = |kind: &str| places.iter().find_map(|place| find(place, train, kind));
    let (pixels, digits) = (
        found("images").ok_or_else(|| missing("images-idx3"))?,
        found("labels").ok_or_else(|| missing("labels-idx1"))?,
    );
    match (read(&pixels)?, read(&digits)?) {
        (Part::Images(images), Part::Labels(labels)) if images.count == labels.as_slice().len() => {
            Ok(Set { images, labels })
        }
        (Part::Images(images), Part::Labels(labels)) => Err(Failure::File {
            path: digits.display().to_string(),
            why: format!("{} labels for {} images", labels.as_slice().len(), images.count),
        }),
        _ => Err(Failure::File {
            path: pixels.display().to_string(),
            why: "images and labels are mixed up".to_owned(),
        }),
    }
}

/// The file of a half with images or labels, by its name: `train-images-idx3-ubyte`, gzipped or not.
fn find(folder: &Path, train: bool, kind: &str) -> Option<PathBuf> {
    let halves: &[&str] = if train { &["train"] } else { &["t10k", "test"] };
    let fits = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let unpacked = name.strip_suffix(".gz").unwrap_or(&name);
        let is_idx = unpacked.ends_with("ubyte") || unpacked.ends_with(".idx");
        is_idx && unpacked.contains(kind) && halves.iter().any(|half| unpacked.contains(half))
    };
    let entries = std::fs::read_dir(folder).ok()?;
    entries.filter_map(|entry| Some(entry.ok()?.path())).filter(fits).min()
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path)
        .map_err(|why| Failure::File { path: path.display().to_string(), why: why.to_string() })
}

fn read(path: &Path) -> Result<Part, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let read = own::read(&name, bytes(path)?).map(|(_, part)| part);
    read.map_err(|why| Failure::File { path: path.display().to_string(), why: why.to_string() })
}

/// Whether the labels in a folder are MNIST's own.
fn is_mnist(folder: &Path, train: bool) -> bool {
    let file = if train { File::TrainLabels } else { File::TestLabels };
    let content = find(folder, train, "labels").and_then(|path| bytes(&path).ok());
    content.is_some_and(|content| decode(file, content).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder of this test.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("seegrad-data-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    fn put(folder: &Path, name: &str, shape: &[u32], value: u8) {
        let mut content = vec![0, 0, 8, shape.len() as u8];
        shape.iter().for_each(|size| content.extend(size.to_be_bytes()));
        content.resize(content.len() + shape.iter().product::<u32>() as usize, value);
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(folder.join(name), content).expect("a file");
    }

    fn counts(set: Option<Set>) -> Option<(usize, u8)> {
        set.map(|set| (set.images.count, set.labels.as_slice()[0]))
    }

    #[test]
    fn files_of_any_number_of_images_take_the_place_of_mnist() {
        let root = folder("own");
        put(&root, "train-images-idx3-ubyte", &[5, 28, 28], 1);
        put(&root, "train-labels.idx1-ubyte", &[5], 7);
        assert_eq!(counts(load_part(&root, true).ok()), Some((5, 7)));
        // What is not MNIST's is any other data set, too, as on the page.
        assert_eq!(counts(load_other(&root, "FashionMNIST", true).expect("sound files")), Some((5, 7)));
        assert!(load_other(&root, "FashionMNIST", false).is_ok_and(|set| set.is_none()));
        let why = load_part(&root, false).expect_err("no test set").to_string();
        assert!(why.ends_with("no file such as t10k-images-idx3-ubyte.gz"), "{why}");
    }

    #[test]
    fn torchvisions_folders_are_found() {
        let root = folder("raw");
        let raw = root.join("KMNIST/raw");
        put(&raw, "t10k-images-idx3-ubyte", &[3, 28, 28], 1);
        put(&raw, "t10k-labels-idx1-ubyte", &[3], 2);
        put(&root.join("MNIST/raw"), "t10k-images-idx3-ubyte", &[4, 28, 28], 1);
        put(&root.join("MNIST/raw"), "t10k-labels-idx1-ubyte", &[4], 3);
        assert_eq!(counts(load_other(&root, "KMNIST", false).expect("sound files")), Some((3, 2)));
        assert_eq!(counts(load_part(&root, false).ok()), Some((4, 3)));
        assert!(load_other(&root, "FashionMNIST", false).is_ok_and(|set| set.is_none()));
    }

    #[test]
    fn what_does_not_fit_is_refused_in_words() {
        let root = folder("wrong");
        put(&root, "train-images-idx3-ubyte", &[2, 32, 32], 1);
        put(&root, "train-labels-idx1-ubyte", &[3], 7);
        let why = |root: &Path| load_part(root, true).expect_err("does not fit").to_string();
        assert!(why(&root).ends_with("found an array of shape [2, 32, 32]"), "{}", why(&root));
        put(&root, "train-images-idx3-ubyte", &[2, 28, 28], 1);
        assert!(why(&root).ends_with("3 labels for 2 images"), "{}", why(&root));
    }
}
