//! What programs may ask for, with MNIST and trained weights from their files.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

use datasets::mnist::{File, Part, decode};
use playground::SHIPPED;
use tests::programs::{Set, World};

fn part(file: File) -> Rc<[u8]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/data/mnist").join(file.name());
    let bytes = std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    match decode(file, bytes) {
        Ok(Part::Images(images)) => images.pixels,
        Ok(Part::Labels(labels)) => labels.shared(),
        Err(why) => panic!("{}: {why}", path.display()),
    }
}

/// The files that every program finds.
fn weights() -> HashMap<String, Rc<[u8]>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/weights");
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
    };
    SHIPPED.iter().map(|name| (name.to_string(), read(name).into())).collect()
}

/// A world with all of MNIST in it, and with the weights that the page brings along.
pub fn world() -> World {
    let set = |images, labels| -> Option<Set> { Some((part(images), part(labels))) };
    let test = set(File::TestImages, File::TestLabels);
    let train = set(File::TrainImages, File::TrainLabels);
    World { mnist: [test, train], files: weights() }
}
