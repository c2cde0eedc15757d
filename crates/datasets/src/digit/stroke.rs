//! Where a pen or an eraser went, and with which pressure.

/// How far two points of a smoothed stroke are apart, in units of the pad, unless they are more than [`MOST_PIECES`] of a curve.
const PIECE: f32 = 4.0;
/// Into how many straight pieces the curve around one point is cut at most.
const MOST_PIECES: usize = 16;

/// A place of a stroke.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dot {
    /// From the left, in units of the pad.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// The pen's diameter here, in units of the pad: 1 to [`PAD_SIDE`](super::PAD_SIDE), and brought there where it is not.
    pub width: f32,
}

impl Dot {
    /// The place that is this part of the way to another one.
    fn towards(self, to: Self, part: f32) -> Self {
        let mix = |from: f32, to: f32| from + (to - from) * part;
        Self { x: mix(self.x, to.x), y: mix(self.y, to.y), width: mix(self.width, to.width) }
    }

    fn distance(self, to: Self) -> f32 {
        (to.x - self.x).hypot(to.y - self.y)
    }
}

/// One stroke.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stroke {
    /// Whether it takes ink away, as an eraser does.
    pub erases: bool,
    /// Where it went: straight from each place to the next. A single place is a dot.
    pub places: Vec<Dot>,
}

impl Stroke {
    /// A pen of one diameter, through these points: x to the right, y downwards.
    pub fn pen(width: f32, points: &[(f32, f32)]) -> Self {
        let places = points.iter().map(|&(x, y)| Dot { x, y, width }).collect();
        Self { erases: false, places }
    }

    /// The stroke with its corners rounded, as a hand makes them between two reports of where it is: parabolas from middle to middle of its
    /// places, which pull them towards themselves.
    #[must_use]
    pub fn smooth(&self) -> Self {
        let [first, .., last] = self.places.as_slice() else { return self.clone() };
        let mut places = vec![*first];
        let mut from = *first;
        for pair in self.places[1..].windows(2) {
            let (by, to) = (pair[0], pair[0].towards(pair[1], 0.5));
            let length = from.distance(by) + by.distance(to);
            // A float becomes the nearest integer that there is; one that is no number, 0.
            let pieces = ((length / PIECE) as usize).clamp(1, MOST_PIECES);
            places.extend((1..=pieces).map(|piece| {
                let part = piece as f32 / pieces as f32;
                from.towards(by, part).towards(by.towards(to, part), part)
            }));
            from = to;
        }
        places.push(*last);
        Self { erases: self.erases, places }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_and_ends_stay() {
        let corner = Stroke::pen(20.0, &[(0.0, 0.0), (80.0, 0.0), (80.0, 80.0)]);
        let smooth = corner.smooth();
        assert_eq!((smooth.places[0], smooth.places.last()), (corner.places[0], corner.places.last()));
        let nearest = smooth.places.iter().map(|place| place.distance(corner.places[1]));
        let nearest = nearest.fold(f32::INFINITY, f32::min);
        assert!((5.0..40.0).contains(&nearest), "{nearest} from the corner");
        assert!(smooth.places.iter().all(|place| place.width == 20.0), "{smooth:?}");
    }

    #[test]
    fn a_straight_line_stays_what_it_is() {
        for points in [&[][..], &[(5.0, 5.0)], &[(5.0, 5.0), (9.0, 5.0)]] {
            assert_eq!(Stroke::pen(20.0, points).smooth(), Stroke::pen(20.0, points));
        }
        let line: Vec<(f32, f32)> = (0..20).map(|i| (i as f32 * 10.0, 7.0)).collect();
        let smooth = Stroke::pen(20.0, &line).smooth();
        assert!(smooth.places.iter().all(|place| place.y == 7.0), "{smooth:?}");
    }

    #[test]
    fn places_that_are_no_numbers_do_no_harm() {
        let wild = [(f32::NAN, 0.0), (f32::INFINITY, 1.0), (f32::MAX, f32::MIN), (3.0, 3.0)];
        assert!(Stroke::pen(f32::NAN, &wild).smooth().places.len() < 100);
    }
}
