//! The landscape of a loss as lines: its contours, or its curve, and the ways over it. Units are those of a square of [`SIDE`] by [`SIDE`].

use std::fmt::Write;

use protocol::program::{Axis, Landscape, LossPoint, Stand};

/// The side of the square.
pub const SIDE: f64 = 400.0;
/// Contours that are drawn.
const CONTOURS: usize = 12;

/// A place along an axis, 0 to 1.
fn part(axis: &Axis, at: f64) -> f64 {
    let extent = axis.high - axis.low;
    if extent > 0.0 { (at - axis.low) / extent } else { 0.5 }
}

/// For each value, how many of all are smaller, from 0 to 1: whatever their scale, as much of the picture is light as dark.
pub fn ranks(values: &[f32]) -> Vec<f32> {
    let mut sorted: Vec<f32> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorting::sort_by(&mut sorted, f32::total_cmp);
    let most = sorted.len().saturating_sub(1).max(1) as f32;
    let rank = |value: &f32| {
        if value.is_finite() { sorted.partition_point(|other| other < value) as f32 / most } else { 1.0 }
    };
    values.iter().map(rank).collect()
}

/// The losses at which contours are drawn.
fn levels(values: &[f32]) -> Vec<f32> {
    let mut sorted: Vec<f32> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorting::sort_by(&mut sorted, f32::total_cmp);
    let mut levels: Vec<f32> =
        (1..=CONTOURS).filter_map(|i| sorted.get(i * sorted.len() / (CONTOURS + 1)).copied()).collect();
    levels.dedup();
    levels
}

/// The contours: where the loss crosses each level, cell by cell.
pub fn contours(landscape: &Landscape) -> String {
    let values = landscape.values.to_vec();
    let (columns, rows) = (landscape.columns as usize, landscape.rows as usize);
    if rows < 2 || columns < 2 || values.len() < columns * rows {
        return String::new();
    }
    let (wide, high) = (SIDE / (columns - 1) as f64, SIDE / (rows - 1) as f64);
    let mut path = String::new();
    for level in levels(&values) {
        for row in 0..rows - 1 {
            for column in 0..columns - 1 {
                let corner = |right: usize, up: usize| values[(row + up) * columns + column + right];
                let corners = [(0, 0), (1, 0), (1, 1), (0, 1)];
                let mut crossings = Vec::new();
                for side in 0..4 {
                    let ((ax, ay), (bx, by)) = (corners[side], corners[(side + 1) % 4]);
                    let (a, b) = (corner(ax, ay), corner(bx, by));
                    if (a < level) != (b < level) && a.is_finite() && b.is_finite() {
                        let along = f64::from((level - a) / (b - a));
                        let x = column as f64 + ax as f64 + (bx as f64 - ax as f64) * along;
                        let y = row as f64 + ay as f64 + (by as f64 - ay as f64) * along;
                        crossings.push((x * wide, SIDE - y * high));
                    }
                }
                for pair in crossings.chunks_exact(2) {
                    let _ =
                        write!(path, "M{:.1} {:.1}L{:.1} {:.1}", pair[0].0, pair[0].1, pair[1].0, pair[1].1);
                }
            }
        }
    }
    path
}

/// The smallest and the largest loss of a landscape with one axis, as far as they are finite.
pub fn bounds(landscape: &Landscape) -> (f64, f64) {
    let values = landscape.values.to_vec();
    let finite = values.iter().copied().filter(|value| value.is_finite()).map(f64::from);
    let (low, high) =
        finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
    if low < high { (low, high) } else { (low - 0.5, low + 0.5) }
}

/// Where a loss lies on a landscape with one axis.
fn height(landscape: &Landscape, loss: f64) -> f64 {
    let (low, high) = bounds(landscape);
    SIDE * (0.97 - 0.94 * ((loss - low) / (high - low)).clamp(0.0, 1.0))
}

/// The curve of a landscape with one axis.
pub fn curve(landscape: &Landscape) -> String {
    let values = landscape.values.to_vec();
    let step = SIDE / values.len().saturating_sub(1).max(1) as f64;
    let mut path = String::new();
    for (i, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        let sign = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(path, "{sign}{:.1} {:.1}", i as f64 * step, height(landscape, f64::from(*value)));
    }
    path
}

/// The loss of a landscape with one axis at a place, between its values.
fn loss_at(landscape: &Landscape, x: f64) -> f64 {
    let values = landscape.values.to_vec();
    let at = part(&landscape.x, x).clamp(0.0, 1.0) * values.len().saturating_sub(1) as f64;
    let value = |i: usize| values.get(i).copied().map_or(f64::NAN, f64::from);
    let (before, along) = (at.floor() as usize, at.fract());
    let (a, b) = (value(before), value((before + 1).min(values.len().saturating_sub(1))));
    a + (b - a) * along
}

/// Where parameters were, in the square.
pub fn place(landscape: &Landscape, stand: &Stand) -> (f64, f64) {
    let x = part(&landscape.x, stand.x) * SIDE;
    match &landscape.y {
        Some(y) => (x, SIDE - part(y, stand.y) * SIDE),
        None => (x, height(landscape, loss_at(landscape, stand.x))),
    }
}

/// The way up to some steps of the optimizer, and where it then was.
pub fn way(landscape: &Landscape, way: &[Stand], steps: u64) -> Option<(String, (f64, f64))> {
    let places: Vec<(f64, f64)> =
        way.iter().take_while(|stand| stand.steps <= steps).map(|stand| place(landscape, stand)).collect();
    let last = *places.last()?;
    let mut path = String::new();
    for (i, (x, y)) in places.iter().enumerate() {
        let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
    }
    Some((path, last))
}

/// Losses over steps as a line in a box of so much width and height.
pub fn losses(
    points: &[LossPoint],
    steps: u64,
    (low, high): (f64, f64),
    log: bool,
    size: (f64, f64),
) -> String {
    let scale = |value: f64| if log { value.max(f64::MIN_POSITIVE).ln() } else { value };
    let (bottom, top) = (scale(low), scale(high));
    let mut path = String::new();
    let mut drawing = false;
    for point in points {
        if !point.value.is_finite() || log && point.value <= 0.0 {
            drawing = false;
            continue;
        }
        let x = point.steps as f64 / steps.max(1) as f64 * size.0;
        let y = (1.0
            - ((scale(point.value) - bottom) / (top - bottom).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0))
            * size.1;
        let sign = if std::mem::replace(&mut drawing, true) { 'L' } else { 'M' };
        let _ = write!(path, "{sign}{x:.1} {y:.1}");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(low: f64, high: f64) -> Axis {
        Axis { name: "w".to_owned(), low, high }
    }

    /// x + y on a square of 3 × 3 places.
    fn slope() -> Landscape {
        let values: Vec<f32> = (0..9).map(|i| (i % 3 + i / 3) as f32).collect();
        Landscape {
            x: axis(0.0, 2.0),
            y: Some(axis(0.0, 2.0)),
            columns: 3,
            rows: 3,
            values: values.as_slice().into(),
        }
    }

    #[test]
    fn places_lie_from_left_to_right_and_from_bottom_to_top() {
        let at = |x, y| place(&slope(), &Stand { steps: 0, x, y });
        assert_eq!((at(0.0, 0.0), at(2.0, 2.0), at(1.0, 0.5)), ((0.0, 400.0), (400.0, 0.0), (200.0, 300.0)));
    }

    #[test]
    fn contours_cross_where_the_loss_is_theirs() {
        let path = contours(&slope());
        // The level 2 runs from the upper left corner to the lower right one.
        assert!(path.contains("M200.0 200.0L"), "{path}");
        assert!(!path.contains("NaN"));
        let broken = Landscape { values: [f32::NAN; 9].as_slice().into(), ..slope() };
        assert_eq!(contours(&broken), "");
    }

    #[test]
    fn ranks_do_not_depend_on_the_scale() {
        assert_eq!(ranks(&[1.0, 1e6, 10.0]), [0.0, 1.0, 0.5]);
        assert_eq!(ranks(&[f32::NAN, 3.0]), [1.0, 0.0]);
    }

    #[test]
    fn on_a_line_the_way_runs_along_the_curve() {
        let line = Landscape {
            x: axis(-1.0, 1.0),
            y: None,
            columns: 3,
            rows: 1,
            values: [1.0, 0.0, 1.0].as_slice().into(),
        };
        assert_eq!(curve(&line), "M0.0 12.0L200.0 388.0L400.0 12.0");
        let stands = [(0, -1.0), (1, 0.0), (2, 0.5)].map(|(steps, x)| Stand { steps, x, y: 0.0 });
        let (path, last) = way(&line, &stands, 1).expect("a way");
        assert_eq!((path.as_str(), last), ("M0.0 12.0L200.0 388.0", (200.0, 388.0)));
        assert_eq!(way(&line, &stands, 2).map(|(_, last)| last), Some((300.0, 200.0)));
        assert_eq!(way(&line, &[], 2), None);
    }

    #[test]
    fn losses_are_drawn_between_their_bounds() {
        let points: Vec<_> = [4.0, f64::NAN, 2.0, 0.0]
            .into_iter()
            .enumerate()
            .map(|(i, value)| LossPoint { clock: 0, steps: i as u64, value })
            .collect();
        assert_eq!(losses(&points, 3, (0.0, 4.0), false, (300.0, 100.0)), "M0.0 0.0M200.0 50.0L300.0 100.0");
        assert_eq!(losses(&points, 3, (1.0, 4.0), true, (300.0, 100.0)), "M0.0 0.0M200.0 50.0");
    }
}
