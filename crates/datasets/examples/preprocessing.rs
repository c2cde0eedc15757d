//! Measures what preprocessing costs: how well a softmax regression reads test digits that were moved, enlarged
//! or redrawn with a pen, and how long a drawing takes.
//!
//! `cargo run --release -p datasets --example preprocessing`

#[path = "../tests/all/support/mod.rs"]
mod support;

use std::time::Instant;

use datasets::digit::{Digit, Stroke, centre_of_mass, from_strokes, normalize};
use datasets::mnist::{File, PIXELS};
use support::Interpolation::{Bilinear, Nearest};
use support::classifier::Classifier;
use support::{enlarged, images, labels, pens};

fn main() {
    let (train, train_labels) = (images(File::TrainImages), labels(File::TrainLabels));
    let (test, test_labels) = (images(File::TestImages), labels(File::TestLabels));
    let start = Instant::now();
    let model = Classifier::train(&train, &train_labels, train.count, 5, 0.5);
    println!("trained in {:.1} s", start.elapsed().as_secs_f32());

    let originals: Vec<&[u8]> = test.pixels.chunks_exact(PIXELS).collect();
    let report = |name: &str, redraw: &dyn Fn(usize, &[u8]) -> Option<Digit>| {
        let start = Instant::now();
        let digits: Vec<[u8; PIXELS]> = originals
            .iter()
            .enumerate()
            .map(|(i, image)| redraw(i, image).map_or([0; PIXELS], |d| d.image))
            .collect();
        let micros = start.elapsed().as_secs_f32() * 1e6 / originals.len() as f32;
        let distance: f64 = digits.iter().zip(&originals).map(|(a, b)| mean_distance(a, b)).sum();
        let accuracy = model.accuracy(&digits, &test_labels);
        let off =
            digits.iter().filter_map(centre_of_mass).map(|(x, y)| (x - 14.0).abs().max((y - 14.0).abs()));
        let off = off.fold(0.0, f32::max);
        let distance = distance / originals.len() as f64;
        println!(
            "{name:<36} {accuracy:6.2} %   mean distance {distance:5.2}   centre off by {off:.3} at most   {micros:4.0} µs"
        );
    };
    println!("{:<36} {:6.2} %", "the originals", model.accuracy(&originals, &test_labels));
    report("normalized", &|_, image| normalize(datasets::digit::Raster::new(28, 28, image.to_vec())?));
    for how in [Nearest, Bilinear] {
        for scale in [3.0, 5.0, 7.3, 9.0] {
            report(&format!("enlarged {scale}×, moved, {how:?}"), &|i, image| {
                let room = 280.0 - 28.0 * scale;
                let (dx, dy) = ((i % 13) as f32 / 12.0 * room, (i % 7) as f32 / 6.0 * room);
                normalize(enlarged(image, scale, dx, dy, how))
            });
        }
    }
    for width in [10.0, 12.0, 14.0] {
        report(&format!("runs, pen {width}"), &|_, image| from_strokes(&pens::runs(image, width)));
    }
    for width in [8.0, 12.0, 16.0, 18.0, 20.0, 22.0, 24.0, 28.0, 32.0] {
        report(&format!("skeleton, pen {width}"), &|_, image| from_strokes(&pens::skeleton(image, width)));
    }
    let spiral = (0..600).map(|i| (i as f32 * 0.05, i as f32 * 0.2));
    let points = spiral.map(|(angle, r)| (140.0 + r * angle.cos(), 140.0 + r * angle.sin()));
    let drawing = [Stroke::pen(22.0, &points.collect::<Vec<_>>())];
    let start = Instant::now();
    (0..100).for_each(|_| assert!(from_strokes(&drawing).is_some()));
    println!("a spiral of 600 points: {:.0} µs", start.elapsed().as_secs_f32() * 1e4);
}

/// The mean difference of two pixels, 0 to 255.
fn mean_distance(a: &[u8], b: &[u8]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / PIXELS as f64
}
