//! A finished digit, moved, turned, scaled or made noisy: what a model was not trained on, so that one sees where it breaks.

use crate::mnist::{PIXELS, SIDE};

use super::CENTRE;

/// The scales that are used; others are brought there.
const SCALES: (f32, f32) = (0.1, 10.0);
/// The state from which noise is drawn: always the same noise, so that only its strength changes.
const NOISE_SEED: u32 = 0x9E37_79B9;

/// What is done to an image. Numbers that are not finite count as no change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Pixels to the right.
    pub dx: f32,
    /// Pixels downwards.
    pub dy: f32,
    /// Degrees clockwise, around the centre of mass of a placed digit.
    pub angle: f32,
    /// How many times as large.
    pub scale: f32,
    /// The standard deviation of what is added to each pixel, where white is 1.
    pub noise: f32,
}

impl Default for Change {
    fn default() -> Self {
        Self { dx: 0.0, dy: 0.0, angle: 0.0, scale: 1.0, noise: 0.0 }
    }
}

impl Change {
    /// The image with the change made. What leaves it is lost; what comes in is black.
    #[must_use]
    pub fn of(self, image: &[u8; PIXELS]) -> [u8; PIXELS] {
        let change = self.finite();
        let moved = if change.stays() { *image } else { change.moved(image) };
        if change.noise > 0.0 { noisy(&moved, change.noise) } else { moved }
    }

    fn finite(self) -> Self {
        let or = |value: f32, otherwise: f32| if value.is_finite() { value } else { otherwise };
        Self {
            dx: or(self.dx, 0.0),
            dy: or(self.dy, 0.0),
            angle: or(self.angle, 0.0),
            scale: or(self.scale, 1.0).clamp(SCALES.0, SCALES.1),
            noise: or(self.noise, 0.0),
        }
    }

    /// Whether every pixel stays where it is.
    fn stays(self) -> bool {
        (self.dx, self.dy, self.angle, self.scale) == (0.0, 0.0, 0.0, 1.0)
    }

    /// Each new pixel is looked up where it comes from. Where the image shrinks, several places of it make one pixel.
    fn moved(self, image: &[u8; PIXELS]) -> [u8; PIXELS] {
        let samples = (1.0 / self.scale).round().max(1.0) as usize;
        let (sin, cos) = self.angle.to_radians().sin_cos();
        let source = |x: f32, y: f32| {
            let (x, y) = ((x - CENTRE - self.dx) / self.scale, (y - CENTRE - self.dy) / self.scale);
            value(image, cos * x + sin * y + CENTRE, cos * y - sin * x + CENTRE)
        };
        let offset = |sample: usize| (sample as f32 + 0.5) / samples as f32 - 0.5;
        std::array::from_fn(|at| {
            let (x, y) = ((at % SIDE) as f32, (at / SIDE) as f32);
            let places = (0..samples * samples).map(|i| (x + offset(i % samples), y + offset(i / samples)));
            let sum: f32 = places.map(|(x, y)| source(x, y)).sum();
            (sum / (samples * samples) as f32).round() as u8
        })
    }
}

/// The image at a place between four pixels, by how near each is.
fn value(image: &[u8; PIXELS], x: f32, y: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let pixel = |x: f32, y: f32| {
        let inside = (0.0..SIDE as f32).contains(&x) && (0.0..SIDE as f32).contains(&y);
        if inside { f32::from(image[y as usize * SIDE + x as usize]) } else { 0.0 }
    };
    let (u, v) = (x - left, y - top);
    let row = |y: f32| (1.0 - u) * pixel(left, y) + u * pixel(left + 1.0, y);
    (1.0 - v) * row(top) + v * row(top + 1.0)
}

fn noisy(image: &[u8; PIXELS], strength: f32) -> [u8; PIXELS] {
    let mut state = NOISE_SEED;
    image.map(|pixel| (f32::from(pixel) + 255.0 * strength * deviate(&mut state)).round() as u8)
}

/// Nearly normal, with mean 0 and variance 1: four uniform numbers, added up.
fn deviate(state: &mut u32) -> f32 {
    let mut uniform = || {
        // Xorshift (Marsaglia 2003).
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        *state as f32 / u32::MAX as f32 - 0.5
    };
    // A uniform number has the variance 1/12, four of them have 1/3.
    (uniform() + uniform() + uniform() + uniform()) * 3.0f32.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar right of the middle, four pixels high.
    fn bar() -> [u8; PIXELS] {
        std::array::from_fn(|at| {
            if (12..16).contains(&(at / SIDE)) && (16..20).contains(&(at % SIDE)) { 255 } else { 0 }
        })
    }

    fn centre(image: &[u8; PIXELS]) -> (f32, f32) {
        super::super::centre_of_mass(image).expect("there is ink")
    }

    fn mass(image: &[u8; PIXELS]) -> f32 {
        image.iter().map(|&pixel| f32::from(pixel) / 255.0).sum()
    }

    #[test]
    fn nothing_changes_without_a_change() {
        assert_eq!(Change::default().of(&bar()), bar());
        let nonsense = Change { dx: f32::NAN, dy: f32::INFINITY, scale: f32::NAN, ..Change::default() };
        assert_eq!(nonsense.of(&bar()), bar());
    }

    #[test]
    fn an_image_moves_by_so_many_pixels() {
        let moved = Change { dx: 3.0, dy: -2.5, ..Change::default() }.of(&bar());
        let ((x, y), (was_x, was_y)) = (centre(&moved), centre(&bar()));
        assert!((x - was_x - 3.0).abs() < 0.05 && (y - was_y + 2.5).abs() < 0.05, "to {x}, {y}");
        assert!((mass(&moved) - mass(&bar())).abs() < 0.1);
        assert_eq!(Change { dx: 40.0, ..Change::default() }.of(&bar()), [0; PIXELS]);
    }

    #[test]
    fn a_quarter_turn_goes_clockwise() {
        // From the right of the middle to below it.
        let (x, y) = centre(&Change { angle: 90.0, ..Change::default() }.of(&bar()));
        let (was_x, was_y) = centre(&bar());
        assert!((x - CENTRE + (was_y - CENTRE)).abs() < 0.05, "{x}, {y}");
        assert!((y - CENTRE - (was_x - CENTRE)).abs() < 0.05, "{x}, {y}");
    }

    #[test]
    fn ink_grows_with_the_square_of_the_scale() {
        for scale in [0.3, 0.5, 0.8, 1.5] {
            let found = mass(&Change { scale, ..Change::default() }.of(&bar()));
            let expected = mass(&bar()) * scale * scale;
            assert!((found / expected - 1.0).abs() < 0.1, "{scale}×: {found}, expected {expected}");
        }
    }

    #[test]
    fn noise_has_its_strength_and_is_always_the_same() {
        let change = Change { noise: 0.1, ..Change::default() };
        let grey = [128; PIXELS];
        let noisy = change.of(&grey);
        let squares = noisy.iter().map(|&pixel| ((f32::from(pixel) - 128.0) / 255.0).powi(2));
        let deviation = (squares.sum::<f32>() / PIXELS as f32).sqrt();
        assert!((deviation - 0.1).abs() < 0.01, "{deviation}");
        assert_eq!(noisy, change.of(&grey));
    }
}
