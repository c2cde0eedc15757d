//! How versions stand to each other: curves short enough for small charts, and which of them does best.

use protocol::program::{Lane, LossPoint, ProgramState};

/// Points of a small chart's curve.
const POINTS: usize = 120;
/// Of its losses, the part at the end whose mean says how a version does: a single batch says little.
const END: usize = 10;

/// As many points as a small chart can show: each the mean of some that follow each other.
pub fn thinned(points: &[LossPoint]) -> Vec<LossPoint> {
    let together = points.len().div_ceil(POINTS).max(1);
    let mean = |part: &[LossPoint]| {
        let last = part.last()?;
        Some(LossPoint { value: mean(part), ..*last })
    };
    points.chunks(together).filter_map(mean).collect()
}

fn mean(points: &[LossPoint]) -> f64 {
    points.iter().map(|point| point.value).sum::<f64>() / points.len() as f64
}

/// The last point at a step or before; with no step, the last.
pub fn value_at(points: &[LossPoint], step: Option<f64>) -> Option<f64> {
    let known = step.map_or(points.len(), |step| points.partition_point(|at| at.steps as f64 <= step));
    points.get(known.checked_sub(1)?).map(|point| point.value)
}

/// Its loss at the end; nothing, if that is no number.
fn end_loss(lane: &Lane) -> Option<f64> {
    let from = lane.losses.len() - lane.losses.len().div_ceil(END);
    let end = mean(&lane.losses[from..]);
    end.is_finite().then_some(end)
}

/// The version with the highest accuracy at its end, or, where not all print one, with the lowest loss. None before all have ended, or if
/// there is but one.
pub fn best(lanes: &[Lane]) -> Option<usize> {
    if lanes.len() < 2 || lanes.iter().any(|lane| lane.state == ProgramState::Running) {
        return None;
    }
    let finished = |lane: &&Lane| lane.state != ProgramState::Failed;
    let all_print = lanes.iter().filter(finished).all(|lane| !lane.accuracies.is_empty());
    // Of versions with the same accuracy, the loss decides.
    let score = |lane: &Lane| {
        let accuracy = if all_print { lane.accuracies.last()?.value } else { 0.0 };
        let loss = if all_print { end_loss(lane).unwrap_or(f64::INFINITY) } else { end_loss(lane)? };
        Some((accuracy, -loss))
    };
    let scores = lanes.iter().enumerate().filter(|(_, lane)| finished(lane));
    let known = scores.filter_map(|(at, lane)| Some((at, score(lane)?)));
    // Of equal ones, the first.
    known.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[f64]) -> Vec<LossPoint> {
        (1..).zip(values).map(|(steps, &value)| LossPoint { clock: 0, steps, value }).collect()
    }

    fn lane(losses: &[f64], accuracies: &[f64]) -> Lane {
        let (state, message) = (ProgramState::Finished, None);
        let (losses, accuracies) = (points(losses), points(accuracies));
        Lane { state, message, losses, accuracies, millis: 0.0, way: Vec::new() }
    }

    #[test]
    fn the_lowest_mean_loss_at_the_end_is_best() {
        // The last batch alone would say otherwise.
        let mut steady = [0.2; 20];
        let mut lucky = [1.0; 20];
        (steady[19], lucky[19]) = (0.3, 0.1);
        let diverged = lane(&[1.0, f64::NAN], &[]);
        assert_eq!(best(&[lane(&lucky, &[]), diverged.clone(), lane(&steady, &[])]), Some(2));
        assert_eq!(best(&[diverged.clone(), diverged]), None);
        assert_eq!(best(&[lane(&lucky, &[])]), None);
    }

    #[test]
    fn where_all_print_their_accuracy_that_decides() {
        let (one, other) = (lane(&[0.1], &[0.9, 0.91]), lane(&[0.2], &[0.92]));
        assert_eq!(best(&[one.clone(), other]), Some(1));
        assert_eq!(best(&[lane(&[0.2], &[0.91]), one.clone()]), Some(1));
        assert_eq!(best(&[one.clone(), lane(&[0.2], &[])]), Some(0));
        let failed = Lane { state: ProgramState::Failed, ..lane(&[0.0], &[0.99]) };
        assert_eq!(best(&[failed, one.clone(), one.clone()]), Some(1));
        let running = Lane { state: ProgramState::Running, ..one.clone() };
        assert_eq!(best(&[one, running]), None);
    }

    #[test]
    fn long_curves_are_thinned_to_means() {
        let long: Vec<f64> = (0..240).map(|i| f64::from(i % 2)).collect();
        let thin = thinned(&points(&long));
        assert_eq!((thin.len(), thin[0].value, thin[0].steps, thin[119].steps), (120, 0.5, 2, 240));
        assert_eq!(thinned(&points(&[1.0, 2.0])), points(&[1.0, 2.0]));
        assert_eq!(thinned(&[]), []);
    }

    #[test]
    fn a_step_between_two_points_has_the_earlier_value() {
        let two = points(&[3.0, 4.0]);
        assert_eq!(
            [None, Some(0.5), Some(1.5)].map(|step| value_at(&two, step)),
            [Some(4.0), None, Some(3.0)]
        );
    }
}
