//! Preprocessing is good if a model trained on MNIST reads what comes out of it.
//!
//! `examples/preprocessing.rs` measures the same on all test digits and more ways to redraw them.

use datasets::digit::{Digit, Raster, from_strokes, normalize};
use datasets::mnist::{File, PIXELS};

use crate::support::classifier::Classifier;
use crate::support::{Interpolation, enlarged, images, labels, pens};

/// Test digits in each trial.
const DIGITS: usize = 1000;

#[test]
fn moved_enlarged_and_redrawn_digits_are_read_nearly_as_well_as_the_originals() {
    let model = Classifier::train(&images(File::TrainImages), &labels(File::TrainLabels), 30_000, 3, 0.5);
    let test = images(File::TestImages);
    let originals: Vec<&[u8]> = test.pixels.chunks_exact(PIXELS).take(DIGITS).collect();
    let labels = labels(File::TestLabels);
    let accuracy = |redraw: &dyn Fn(usize, &[u8]) -> Option<Digit>| {
        let digits = originals.iter().enumerate();
        let digits =
            digits.map(|(index, image)| redraw(index, image).map_or([0; PIXELS], |digit| digit.image));
        model.accuracy(&digits.collect::<Vec<_>>(), &labels)
    };
    // Each digit somewhere else on the pad.
    let moved = |index: usize, image: &[u8], scale: f32, how| {
        let room = 280.0 - 28.0 * scale;
        let (dx, dy) = ((index % 13) as f32 / 12.0 * room, (index % 7) as f32 / 6.0 * room);
        normalize(enlarged(image, scale, dx, dy, how))
    };

    let original = model.accuracy(&originals, &labels);
    assert!(original > 87.0, "the judge itself reads only {original} %");
    let trials = [
        ("as they are", 0.5, accuracy(&|_, image| normalize(Raster::new(28, 28, image.to_vec())?))),
        ("enlarged 5×", 0.5, accuracy(&|i, image| moved(i, image, 5.0, Interpolation::Nearest))),
        ("enlarged 7.3×, blurred", 1.5, accuracy(&|i, image| moved(i, image, 7.3, Interpolation::Bilinear))),
        ("runs of a pen of 12", 1.5, accuracy(&|_, image| from_strokes(&pens::runs(image, 12.0)))),
        ("skeletons with a pen of 22", 6.0, accuracy(&|_, image| from_strokes(&pens::skeleton(image, 22.0)))),
    ];
    for (what, drop, found) in trials {
        println!("{what}: {found:.1} %, the originals {original:.1} %");
        assert!(found > original - drop, "{what}: {found} %, but {original} % for the originals");
    }
}
