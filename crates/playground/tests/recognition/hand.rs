//! A hand that writes digits: each time in another place, size, slant and width of the pen, and never quite the same.

use datasets::digit::{PAD_SIDE, Stroke};

use crate::styles::{ALL, Path};

/// Points of a curve between two of those that it goes through.
const BETWEEN: usize = 8;

/// Numbers that look random, the same in every run: xorshift, from any state but 0.
pub struct Random(pub u64);

impl Random {
    /// A number between two.
    fn between(&mut self, low: f32, high: f32) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        low + (high - low) * (self.0 % 1001) as f32 / 1000.0
    }
}

/// What differs between two drawings of a style.
struct Hand<'a> {
    random: &'a mut Random,
    /// Height of the digit, in units of the pad.
    size: f32,
    /// Its width, as a part of the height.
    aspect: f32,
    /// How far the top lies to the right of the bottom, as a part of the height.
    slant: f32,
    angle: f32,
    /// How far each point misses its place, as a part of the height.
    tremor: f32,
}

/// A drawing of a digit in one of its styles.
pub fn write(digit: usize, turn: usize, random: &mut Random) -> Vec<Stroke> {
    let styles = ALL[digit];
    let size = random.between(0.25, 0.85) * PAD_SIDE as f32;
    let aspect = random.between(0.5, 1.05);
    let slant = random.between(-0.2, 0.4);
    let angle = random.between(-10.0, 10.0).to_radians();
    let pen = size * random.between(0.05, 0.18);
    let mut hand = Hand { random, size, aspect, slant, angle, tremor: 0.025 };
    let paths: Vec<Vec<(f32, f32)>> =
        styles[turn % styles.len()].iter().map(|path| hand.trace(path)).collect();
    let (dx, dy) = hand.place(&paths, pen);
    let moved = |points: &Vec<(f32, f32)>| points.iter().map(|(x, y)| (x + dx, y + dy)).collect::<Vec<_>>();
    paths.iter().map(|points| Stroke::pen(pen, &moved(points))).collect()
}

impl Hand<'_> {
    /// Where the pen goes, around the middle of the digit.
    fn trace(&mut self, path: &Path) -> Vec<(f32, f32)> {
        match path {
            Path::Line(points) => points.iter().map(|&point| self.point(point)).collect(),
            Path::Curve(points) => {
                let points: Vec<_> = points.iter().map(|&point| self.point(point)).collect();
                curve(&points)
            }
        }
    }

    /// A point of the box as this hand makes it.
    fn point(&mut self, (x, y): (f32, f32)) -> (f32, f32) {
        let tremor = self.tremor;
        let mut miss = || self.random.between(-tremor, tremor);
        let (x, y) = (x - 0.5 + miss(), y - 0.5 + miss());
        let (x, y) = ((x * self.aspect - y * self.slant) * self.size, y * self.size);
        let (sin, cos) = self.angle.sin_cos();
        (cos * x - sin * y, sin * x + cos * y)
    }

    /// A place at which all of it lies on the pad.
    fn place(&mut self, paths: &[Vec<(f32, f32)>], pen: f32) -> (f32, f32) {
        let points = || paths.iter().flatten();
        let mut room = |of: fn(&(f32, f32)) -> f32| {
            let low = points().map(of).fold(f32::INFINITY, f32::min) - 0.5 * pen;
            let high = points().map(of).fold(f32::NEG_INFINITY, f32::max) + 0.5 * pen;
            self.random.between(-low, (PAD_SIDE as f32 - high).max(-low))
        };
        (room(|point| point.0), room(|point| point.1))
    }
}

/// A curve through all points (Catmull and Rom 1974).
fn curve(points: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let at = |i: isize| points[i.clamp(0, points.len() as isize - 1) as usize];
    let mut out = vec![at(0)];
    for i in 0..points.len() as isize - 1 {
        let (a, b, c, d) = (at(i - 1), at(i), at(i + 1), at(i + 2));
        out.extend((1..=BETWEEN).map(|step| {
            let t = step as f32 / BETWEEN as f32;
            let spline = |a: f32, b: f32, c: f32, d: f32| {
                let (s1, s2, s3) = (c - a, 2.0 * a - 5.0 * b + 4.0 * c - d, 3.0 * (b - c) + d - a);
                b + 0.5 * t * (s1 + t * (s2 + t * s3))
            };
            (spline(a.0, b.0, c.0, d.0), spline(a.1, b.1, c.1, d.1))
        }));
    }
    out
}
