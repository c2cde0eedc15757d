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

/// How far to the right in the box a clock lies.
pub fn x(clock: u64, end: u64) -> u64 {
    (part(clock, end) * WIDTH as f64).round() as u64
}

/// The part of the whole that lies before a clock, 0 to 1.
pub fn part(clock: u64, end: u64) -> f64 {
    if end == 0 { 0.0 } else { (clock as f64 / end as f64).min(1.0) }
}

/// The line through these points. Where many points fall into one column, it goes from the lowest to the highest of them.
pub fn path(points: &[LossPoint], end: u64, scale: &Scale) -> String {
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
        let x = x(point.clock, end);
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

    fn points(values: &[f64]) -> Vec<LossPoint> {
        (0..).zip(values).map(|(i, &value)| LossPoint { clock: i * 10, steps: i, value }).collect()
    }

    fn drawn(values: &[f64], log: bool) -> String {
        let points = points(values);
        Scale::of(points.iter(), log).map_or_else(String::new, |scale| path(&points, 20, &scale))
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
        let path = path(&points, 1_000_000, &scale);
        assert!(path.len() < 60_000, "{}", path.len());
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
