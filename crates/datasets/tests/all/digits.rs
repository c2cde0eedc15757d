//! Drawings become digits of the right size in the right place, whatever the drawing is.

use datasets::digit::{BOX, Digit, PAD_SIDE, Raster, Stroke, centre_of_mass, from_strokes, normalize};
use datasets::mnist::{File, PIXELS};

use crate::support::{Interpolation, enlarged, images};

fn stroke(width: f32, points: &[(f32, f32)]) -> Stroke {
    Stroke::pen(width, points)
}

fn assert_centred(digit: &Digit, what: &str) {
    let (x, y) = centre_of_mass(&digit.image).expect("there is ink");
    assert!((x - 14.0).abs() < 0.05 && (y - 14.0).abs() < 0.05, "{what}: centre at {x}, {y}");
}

#[test]
fn a_drawing_is_the_same_wherever_and_however_large_it_is_drawn() {
    let hook = [(0.0, 0.0), (60.0, 0.0), (60.0, 100.0), (20.0, 80.0)];
    let draw = |scale: f32, dx: f32, dy: f32| {
        let points: Vec<_> = hook.iter().map(|(x, y)| (scale * x + dx, scale * y + dy)).collect();
        from_strokes(&[stroke(12.0 * scale, &points)]).expect("there is ink")
    };
    let first = draw(1.0, 20.0, 20.0);
    for (scale, dx, dy) in [(1.0, 150.0, 130.0), (1.0, 40.5, 33.3), (2.0, 60.0, 40.0), (2.4, 20.2, 17.9)] {
        let what = format!("{scale}× at {dx}, {dy}");
        let digit = draw(scale, dx, dy);
        assert_centred(&digit, &what);
        assert_eq!(digit.scaled.height(), BOX, "{what}");
        let apart = distance(&digit.image, &first.image);
        assert!(apart < 2.5, "{what}: {apart} from the first");
    }
}

#[test]
fn the_longest_side_is_twenty_pixels_and_the_aspect_is_kept() {
    for (points, size) in [
        ([(30.0, 40.0), (30.0, 240.0)], (2, 20)),
        ([(40.0, 30.0), (240.0, 30.0)], (20, 2)),
        ([(60.0, 60.0), (220.0, 140.0)], (20, 12)),
    ] {
        let digit = from_strokes(&[stroke(20.0, &points)]).expect("there is ink");
        assert_eq!((digit.scaled.width(), digit.scaled.height()), size, "{points:?}");
        assert_centred(&digit, &format!("{points:?}"));
    }
}

#[test]
fn a_dot_is_centred_and_stays_smaller_than_a_digit() {
    let digit = from_strokes(&[stroke(4.0, &[(5.0, 270.0)])]).expect("there is ink");
    assert_centred(&digit, "a dot");
    assert!(digit.scaled.width() <= 4, "{} pixels wide", digit.scaled.width());
}

#[test]
fn a_line_has_its_width_and_a_smooth_edge() {
    let digit = from_strokes(&[stroke(21.0, &[(50.0, 100.0), (200.0, 100.0)])]).expect("there is ink");
    let column: Vec<u8> = digit.ink.rows().map(|row| row[120]).collect();
    let ink: f32 = column.iter().map(|&value| f32::from(value) / 255.0).sum();
    assert!((ink - 21.0).abs() < 0.1, "{ink} pixels of ink across a pen of 21");
    let grey = digit.ink.pixels().iter().filter(|value| ![0, 255].contains(*value)).count();
    assert!(grey > 20, "{grey} grey pixels, where the ends are round");
    let mass: f32 = digit.ink.pixels().iter().map(|&value| f32::from(value) / 255.0).sum();
    let area = 150.0 * 21.0 + std::f32::consts::PI * 10.5 * 10.5;
    assert!((mass / area - 1.0).abs() < 0.01, "{mass} pixels of ink, expected {area}");
}

#[test]
fn nothing_on_the_pad_is_no_digit() {
    let off = [(-200.0, 30.0), (-100.0, 200.0)];
    for strokes in
        [vec![], vec![stroke(20.0, &[])], vec![stroke(20.0, &off)], vec![stroke(f32::NAN, &[(9.0, 9.0)])]]
    {
        assert_eq!(from_strokes(&strokes), None, "{strokes:?}");
    }
    for (width, height) in [(0, 0), (0, 5), (5, 0), (28, 28)] {
        assert_eq!(normalize(Raster::blank(width, height)), None, "{width} by {height}");
    }
}

#[test]
fn wild_strokes_are_drawn_or_left_out_in_bounded_time() {
    const WILD: [f32; 9] =
        [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, 0.0, -0.0, 1e-40, 140.0];
    let points: Vec<(f32, f32)> = WILD.iter().flat_map(|&x| WILD.map(|y| (x, y))).collect();
    for width in WILD {
        if let Some(digit) = from_strokes(&[stroke(width, &points), stroke(20.0, &points)]) {
            assert!(digit.bounds.x + digit.bounds.width <= PAD_SIDE, "{:?}", digit.bounds);
        }
    }
    // Two million crossings of the pad with a pen as wide as it: a hundred thousand million pixels, if all were drawn.
    let across = [(0.0, 0.0), (280.0, 280.0)].repeat(1_000_000);
    assert!(from_strokes(&[stroke(280.0, &across)]).is_some());
}

#[test]
fn test_digits_moved_and_enlarged_come_back() {
    let test = images(File::TestImages);
    for index in 0..60 {
        let image = test.get(index).expect("there are 10,000");
        let first = normalize(Raster::new(28, 28, image.to_vec()).expect("28 × 28")).expect("there is ink");
        for (scale, dx, dy, how, limit) in [
            (2.0, 6.0, 0.0, Interpolation::Nearest, 1.0),
            (2.0, 211.0, 150.0, Interpolation::Nearest, 1.0),
            (5.0, 0.0, 140.0, Interpolation::Nearest, 1.0),
            (10.0, 0.0, 0.0, Interpolation::Nearest, 1.0),
            (5.0, 33.0, 71.0, Interpolation::Bilinear, 9.0),
        ] {
            let what = format!("digit {index}, {scale}× at {dx}, {dy}, {how:?}");
            let digit = normalize(enlarged(image, scale, dx, dy, how)).expect("there is ink");
            assert_centred(&digit, &what);
            let apart = distance(&digit.image, &first.image);
            assert!(apart < limit, "{what}: {apart} from the one that was not moved");
        }
    }
}

/// The mean difference of two pixels, 0 to 255.
fn distance(a: &[u8; PIXELS], b: &[u8; PIXELS]) -> f32 {
    a.iter().zip(b).map(|(a, b)| f32::from(a.abs_diff(*b))).sum::<f32>() / PIXELS as f32
}
