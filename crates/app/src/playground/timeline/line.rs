//! From losses to lines: where a clock and a value lie on the timeline. Lines are paths of SVG, in units of a box of [`WIDTH`] by
//! [`HEIGHT`], which is stretched over the place that there is.

use protocol::program::LossPoint;

/// The width of the box.
pub const WIDTH: u64 = 2000;
/// The height of the box.
pub const HEIGHT: u64 = 200;

/// Values from the bottom to the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value at the bottom.
    pub low: f64,
    /// The value at the top.
    pub high: f64,
    /// Whether equal distances are equal ratios.
    pub log: bool,
}

impl Scale {
    /// A scale on which all these losses lie; `None` if there are none that have a place on it.
    pub fn of<'a>(points: impl Iterator<Item = &'a LossPoint>, log: bool) -> Option<Self> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in
            points.map(|point| point.value).filter(|value| value.is_finite() && (!log || *value > 0.0))
        {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            return None;
        }
        // Losses are compared with zero, where that does not crush them into a line.
        if !log && low > 0.0 && low < high * 0.5 {
            low = 0.0;
        }
        if low == high {
            (low, high) = if log { (low * 0.5, high * 2.0) } else { (low - 0.5, high + 0.5) };
        }
        Some(Self { low, high, log })
    }

    /// How far down in the box a value lies; `None` if it has no place on the scale.
    fn y(&self, value: f64) -> Option<u64> {
        let part = if self.log {
            if value <= 0.0 {
                return None;
            }
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        part.is_finite().then(|| ((1.0 - part.clamp(0.0, 1.0)) * HEIGHT as f64).round() as u64)
    }
}

/// The clocks from the left edge to the right one. What comes long before the first loss, such as imports, takes little room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The clock at the right edge.
    pub end: u64,
    /// From which clock on the losses come; 0, if all of it has the same measure.
    begin: u64,
}

/// The room for what comes before the losses.
const BEFORE: f64 = 0.06;

impl Span {
    /// Up to this clock, with losses at these.
    pub fn of(end: u64, mut losses: impl Iterator<Item = u64>) -> Self {
        let plain = Self { end, begin: 0 };
        let Some(first) = losses.next() else { return plain };
        let Some((last, more)) = losses.fold(None, |before, clock| match before {
            None => Some((clock, 1)),
            Some((last, more)) => Some((clock.max(last), more + 1)),
        }) else {
            return plain;
        };
        let begin = first.saturating_sub(last.saturating_sub(first) / more);
        if (begin as f64) > BEFORE * end as f64 && begin < end { Self { end, begin } } else { plain }
    }

    /// The part of the whole that lies before a clock, 0 to 1.
    pub fn part(self, clock: u64) -> f64 {
        let clock = clock.min(self.end);
        match (self.end, self.begin) {
            (0, _) => 0.0,
            (end, 0) => clock as f64 / end as f64,
            (_, begin) if clock < begin => BEFORE * clock as f64 / begin as f64,
            (end, begin) => BEFORE + (1.0 - BEFORE) * (clock - begin) as f64 / (end - begin) as f64,
        }
    }

    /// The clock before which this part of the whole lies.
    pub fn clock(self, part: f64) -> u64 {
        let part = part.clamp(0.0, 1.0);
        let clock = match self.begin {
            0 => part * self.end as f64,
            begin if part < BEFORE => part / BEFORE * begin as f64,
            begin => begin as f64 + (part - BEFORE) / (1.0 - BEFORE) * (self.end - begin) as f64,
        };
        (clock.round() as u64).min(self.end)
    }

    /// How far to the right in the box a clock lies.
    pub fn x(self, clock: u64) -> u64 {
        (self.part(clock) * WIDTH as f64).round() as u64
    }
}

/// The line through these points. Where many points fall into one column, it goes from the lowest to the highest of them.
pub fn path(points: &[LossPoint], span: Span, scale: &Scale) -> String {
    let mut path = String::new();
    let mut drawing = false;
    let mut column: Option<(u64, u64, u64)> = None;
    let draw = |path: &mut String, drawing: &mut bool, (x, top, bottom): (u64, u64, u64)| {
        path.push(if std::mem::replace(drawing, true) { 'L' } else { 'M' });
        path.push_str(&format!("{x} {top}"));
        if bottom > top {
            path.push_str(&format!("L{x} {bottom}"));
        }
    };
    for point in points {
        let Some(y) = scale.y(point.value) else {
            // The line is broken at what is not finite.
            if let Some(column) = column.take() {
                draw(&mut path, &mut drawing, column);
            }
            drawing = false;
            continue;
        };
        let x = span.x(point.clock);
        column = match column {
            Some((at, top, bottom)) if at == x => Some((at, top.min(y), bottom.max(y))),
            before => {
                if let Some(before) = before {
                    draw(&mut path, &mut drawing, before);
                }
                Some((x, y, y))
            }
        };
    }
    if let Some(column) = column {
        draw(&mut path, &mut drawing, column);
        // A line to where it begins is a dot: a single loss shows.
        path.push_str("h0");
    }
    path
}

/// The moment that lies so many stops away, among those that are worth a stop; without any, a hundredth of the whole.
pub fn neighbour(stops: &[u64], clock: u64, by: i64, end: u64) -> u64 {
    let (before, after): (Vec<u64>, Vec<u64>) =
        stops.iter().filter(|&&stop| stop != clock).partition(|&&stop| stop < clock);
    let away = by.unsigned_abs().max(1) as usize - 1;
    if stops.is_empty() {
        let step = (end / 100).max(1) * by.unsigned_abs();
        return if by < 0 { clock.saturating_sub(step) } else { clock.saturating_add(step).min(end) };
    }
    if by < 0 {
        before.iter().rev().nth(away).copied().unwrap_or(0)
    } else {
        after.get(away).copied().unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Span = Span { end: 20, begin: 0 };

    fn points(values: &[f64]) -> Vec<LossPoint> {
        (0..).zip(values).map(|(i, &value)| LossPoint { clock: i * 10, steps: i, value }).collect()
    }

    fn drawn(values: &[f64], log: bool) -> String {
        let points = points(values);
        Scale::of(points.iter(), log).map_or_else(String::new, |scale| path(&points, PLAIN, &scale))
    }

    #[test]
    fn losses_lie_between_zero_and_the_largest() {
        assert_eq!(drawn(&[4.0, 2.0, 1.0], false), "M0 0L1000 100L2000 150h0");
    }

    #[test]
    fn losses_that_hardly_differ_fill_the_height() {
        assert_eq!(drawn(&[4.0, 3.9, 3.8], false), "M0 0L1000 100L2000 200h0");
    }

    #[test]
    fn equal_ratios_are_equal_distances_on_a_logarithmic_scale() {
        assert_eq!(drawn(&[100.0, 10.0, 1.0], true), "M0 0L1000 100L2000 200h0");
        assert_eq!(drawn(&[10.0, 0.0, 1.0], true), "M0 0M2000 200h0");
    }

    #[test]
    fn a_line_is_broken_at_what_is_not_finite() {
        assert_eq!(drawn(&[1.0, f64::NAN, 0.0], false), "M0 0M2000 200h0");
        assert_eq!(drawn(&[f64::NAN], false), "");
        assert_eq!(drawn(&[1.0], false), "M0 100h0");
    }

    #[test]
    fn a_hundred_thousand_losses_are_a_few_thousand_places() {
        let values: Vec<f64> = (0..100_000).map(|i| f64::from(i % 7)).collect();
        let points = points(&values);
        let scale = Scale::of(points.iter(), false).expect("a scale");
        let path = path(&points, Span { end: 1_000_000, begin: 0 }, &scale);
        assert!(path.len() < 60_000, "{}", path.len());
    }

    #[test]
    fn what_comes_before_the_losses_takes_little_room() {
        let span = Span::of(1000, [900, 920, 940].into_iter());
        assert_eq!((span.part(0), span.part(880), span.part(1000)), (0.0, BEFORE, 1.0));
        for clock in [0, 440, 879, 880, 881, 930, 1000] {
            assert_eq!(span.clock(span.part(clock)), clock);
        }
        for even in [
            Span::of(1000, [20, 40, 60].into_iter()),
            Span::of(1000, [900].into_iter()),
            Span::of(0, std::iter::empty()),
        ] {
            assert_eq!(even, Span { begin: 0, ..even });
        }
        assert_eq!(PLAIN.clock(2.0), 20);
    }

    #[test]
    fn keys_go_from_stop_to_stop_and_to_both_ends() {
        let stops = [10, 20, 30];
        for (clock, by, to) in [
            (20, 1, 30),
            (20, -1, 10),
            (25, -1, 20),
            (25, 1, 30),
            (30, 1, 50),
            (10, -1, 0),
            (0, 2, 20),
            (50, -10, 0),
        ] {
            assert_eq!(neighbour(&stops, clock, by, 50), to, "{clock} by {by}");
        }
        assert_eq!(neighbour(&[], 500, -1, 1000), 490);
        assert_eq!(neighbour(&[], 995, 1, 1000), 1000);
    }
}
