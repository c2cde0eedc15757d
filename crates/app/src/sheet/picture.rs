//! A picture on the digit pad.

use protocol::{Dot, Ink, PAD_SIDE, Photo, Pixels, SIDE, Sample};

/// What is shown instead of strokes.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// An image of the test set.
    Sample(Sample),
    /// A picture of the user's.
    Photo(Photo),
    /// An image as models are shown them: another image of the data set, or one that was changed.
    Image(Pixels),
}

impl Picture {
    /// Its side, and its pixels.
    pub fn pixels(&self) -> (u32, &[u8]) {
        match self {
            Self::Sample(sample) => (SIDE as u32, sample.image.as_slice()),
            Self::Photo(photo) => (photo.side, photo.pixels.as_slice()),
            Self::Image(pixels) => (SIDE as u32, pixels.as_slice()),
        }
    }

    /// What a model is shown of it.
    pub fn ink(&self) -> Ink {
        match self {
            Self::Sample(sample) => Ink::Sample { index: sample.index },
            Self::Photo(photo) => Ink::Photo(photo.clone()),
            Self::Image(pixels) => Ink::Image(pixels.clone()),
        }
    }

    /// Takes the ink away between two places of the pad, as wide as the second. An image of the test set is none any more.
    pub fn rub(&mut self, from: Dot, to: Dot) {
        let (side, pixels) = self.pixels();
        let pixel = PAD_SIDE / side.max(1) as f32;
        let left = |at: usize, ink: u8| {
            let (x, y) = (at % side.max(1) as usize, at / side.max(1) as usize);
            let away =
                distance(((x as f32 + 0.5) * pixel, (y as f32 + 0.5) * pixel), from, to) - to.width / 2.0;
            // The edge is as soft as a pixel is wide.
            (f32::from(ink) * (away / pixel + 0.5).clamp(0.0, 1.0)).round() as u8
        };
        let pixels: Vec<u8> = pixels.iter().enumerate().map(|(at, &ink)| left(at, ink)).collect();
        *self = match self {
            Self::Photo(photo) => Self::Photo(Photo { side: photo.side, pixels: pixels.into() }),
            Self::Sample(_) | Self::Image(_) => Self::Image(pixels.into()),
        };
    }
}

/// How far a place is from the line between two others.
fn distance((x, y): (f32, f32), from: Dot, to: Dot) -> f32 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((x - from.x) * dx + (y - from.y) * dy) / length } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    (x - from.x - along * dx).hypot(y - from.y - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_goes_along_the_line_only() {
        let mut picture = Picture::Image(vec![200; 784].into());
        let dot = |x| Dot { x, y: 145.0, width: 10.0 };
        picture.rub(dot(45.0), dot(235.0));
        let (_, pixels) = picture.pixels();
        let row = |y: usize| &pixels[y * 28..(y + 1) * 28];
        assert_eq!(row(14)[4..24], [0; 20]);
        assert_eq!(
            (row(14)[0], row(14)[27], row(12), row(16)),
            (200, 200, [200; 28].as_slice(), [200; 28].as_slice())
        );
    }
}
