//! What several tests need: the real files, a classifier to judge digits with, and pens that redraw digits.

pub mod classifier;
pub mod pens;

use std::path::PathBuf;

use datasets::digit::Raster;
use datasets::mnist::{File, Images, Part, SIDE, decode};

/// The bytes of a file of the repository's data set.
pub fn packed(file: File) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../www/data/mnist").join(file.name());
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The images of a file.
pub fn images(file: File) -> Images {
    match decode(file, packed(file)) {
        Ok(Part::Images(images)) => images,
        other => panic!("expected images in {}, found {other:?}", file.name()),
    }
}

/// The labels of a file.
pub fn labels(file: File) -> Vec<u8> {
    match decode(file, packed(file)) {
        Ok(Part::Labels(labels)) => labels.as_slice().to_vec(),
        other => panic!("expected labels in {}, found {other:?}", file.name()),
    }
}

/// How [`enlarged`] finds the values between pixels.
#[derive(Clone, Copy, Debug)]
pub enum Interpolation {
    /// The pixel's own.
    Nearest,
    /// Along straight lines between the centres of pixels.
    Bilinear,
}

/// A digit, `scale` times as large and with its corner at `(dx, dy)`, on a pad of 280 × 280.
pub fn enlarged(image: &[u8], scale: f32, dx: f32, dy: f32, how: Interpolation) -> Raster {
    const PAD: usize = 280;
    let at = |x: isize, y: isize| {
        let inside = (0..SIDE as isize).contains(&x) && (0..SIDE as isize).contains(&y);
        if inside { f32::from(image[y as usize * SIDE + x as usize]) } else { 0.0 }
    };
    let pixels = (0..PAD * PAD).map(|i| {
        let (x, y) = (((i % PAD) as f32 + 0.5 - dx) / scale, ((i / PAD) as f32 + 0.5 - dy) / scale);
        let value = match how {
            Interpolation::Nearest => at(x.floor() as isize, y.floor() as isize),
            Interpolation::Bilinear => {
                let (x, y) = (x - 0.5, y - 0.5);
                let (left, top) = (x.floor() as isize, y.floor() as isize);
                let (u, v) = (x - x.floor(), y - y.floor());
                let upper = (1.0 - u) * at(left, top) + u * at(left + 1, top);
                let lower = (1.0 - u) * at(left, top + 1) + u * at(left + 1, top + 1);
                (1.0 - v) * upper + v * lower
            }
        };
        value.round() as u8
    });
    let pixels = pixels.collect();
    Raster::new(PAD, PAD, pixels).unwrap_or_else(|| Raster::blank(PAD, PAD))
}
