//! What programs may ask for, with MNIST from its files.

use std::path::Path;
use std::rc::Rc;

use datasets::mnist::{File, Part, decode};
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

/// A world with all of MNIST in it.
pub fn world() -> World {
    let set = |images, labels| -> Option<Set> { Some((part(images), part(labels))) };
    let test = set(File::TestImages, File::TestLabels);
    let train = set(File::TrainImages, File::TrainLabels);
    World { mnist: [test, train], ..World::default() }
}
