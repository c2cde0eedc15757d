//! What the charts show: the course of a training in bounded memory. Numbers only: nothing here draws.

use protocol::{Progress, Score};

/// The most points that a curve keeps. Above it, neighbours are merged.
const LIMIT: usize = 600;
/// How much of the running loss a single step is.
const RUNNING_SHARE: f64 = 0.04;

/// A curve over the steps of a training, at most [`LIMIT`] points long however long the training is.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    buckets: Vec<Bucket>,
    /// Steps that a bucket spans: a power of two.
    width: u64,
}

/// The values of `width` steps, as sums.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bucket {
    slot: u64,
    weight: f64,
    steps: f64,
    values: f64,
}

impl Default for Series {
    fn default() -> Self {
        Self { buckets: Vec::new(), width: 1 }
    }
}

impl Series {
    /// Adds a value for `step`, which must not lie before an earlier one. A value that is not finite is
    /// left out: it has no place on a chart.
    pub fn push(&mut self, step: u64, value: f64, weight: f64) {
        if !value.is_finite() || weight <= 0.0 {
            return;
        }
        let bucket =
            Bucket { slot: step / self.width, weight, steps: weight * step as f64, values: weight * value };
        self.add(bucket);
        if self.buckets.len() > LIMIT {
            self.halve();
        }
    }

    fn add(&mut self, bucket: Bucket) {
        match self.buckets.last_mut() {
            Some(last) if last.slot == bucket.slot => {
                last.weight += bucket.weight;
                last.steps += bucket.steps;
                last.values += bucket.values;
            }
            _ => self.buckets.push(bucket),
        }
    }

    fn halve(&mut self) {
        self.width *= 2;
        for bucket in std::mem::take(&mut self.buckets) {
            self.add(Bucket { slot: bucket.slot / 2, ..bucket });
        }
    }

    /// The points of the curve: step and mean value, in the order of the steps.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> + Clone {
        self.buckets.iter().map(|b| (b.steps / b.weight, b.values / b.weight))
    }

    /// The newest point.
    pub fn last(&self) -> Option<(f64, f64)> {
        self.points().last()
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.buckets.is_empty()
    }

    /// Forgets what came after `step`.
    pub fn truncate(&mut self, step: u64) {
        let width = self.width;
        self.buckets.retain(|b| b.slot * width <= step);
    }
}

/// The curves of a training.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The running loss on the training set.
    pub train_loss: Series,
    /// The loss on the test set.
    pub test_loss: Series,
    /// The accuracy on the training set between two reports.
    pub train_accuracy: Series,
    /// The accuracy on the test set.
    pub test_accuracy: Series,
    running: Option<f64>,
    /// The newest step that was reported.
    step: u64,
}

impl History {
    /// Takes in a report of the training. A report of earlier steps means that it was set back.
    pub fn progress(&mut self, progress: &Progress) {
        let losses = progress.losses.to_vec();
        let first = (progress.step + 1).saturating_sub(losses.len() as u64);
        if first <= self.step {
            self.truncate(first.saturating_sub(1));
        }
        for (step, &loss) in (first..).zip(&losses) {
            let running = self.mix(f64::from(loss));
            self.train_loss.push(step, running, 1.0);
        }
        if !losses.is_empty() {
            let accuracy = f64::from(progress.train_accuracy);
            self.train_accuracy.push(progress.step, accuracy, losses.len() as f64);
        }
        self.step = progress.step;
    }

    /// Takes in a score on the test set.
    pub fn tested(&mut self, score: &Score) {
        // A step is scored once on its curve: a second score of it is the same model again.
        let same = |last: Option<(f64, f64)>| last.is_some_and(|(step, _)| step >= score.step as f64);
        if !same(self.test_loss.last()) {
            self.test_loss.push(score.step, f64::from(score.loss), 1.0);
            self.test_accuracy.push(score.step, f64::from(score.accuracy), 1.0);
        }
    }

    /// The mean loss of the last few dozen steps, weighted towards the newest.
    pub fn running_loss(&self) -> Option<f64> {
        self.running
    }

    /// The newest step that was reported.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Forgets what came after `step`.
    pub fn truncate(&mut self, step: u64) {
        for series in
            [&mut self.train_loss, &mut self.test_loss, &mut self.train_accuracy, &mut self.test_accuracy]
        {
            series.truncate(step);
        }
        self.step = self.step.min(step);
        self.running = self.train_loss.last().map(|(_, loss)| loss);
    }

    fn mix(&mut self, loss: f64) -> f64 {
        let running = match self.running {
            Some(running) if running.is_finite() && loss.is_finite() => {
                running + RUNNING_SHARE * (loss - running)
            }
            _ => loss,
        };
        self.running = Some(running);
        running
    }
}

#[cfg(test)]
mod tests {
    use protocol::Floats;

    use super::*;

    fn report(step: u64, losses: &[f32]) -> Progress {
        Progress { step, losses: Floats::from(losses), train_accuracy: 0.5, ..Progress::default() }
    }

    #[test]
    fn a_long_run_keeps_its_shape_in_bounded_memory() {
        let mut series = Series::default();
        for step in 0..100_000_u64 {
            series.push(step, step as f64 / 100_000.0, 1.0);
        }
        let points: Vec<_> = series.points().collect();
        assert!(points.len() <= LIMIT && points.len() > LIMIT / 3, "{} points", points.len());
        for (step, value) in points {
            assert!((step / 100_000.0 - value).abs() < 1e-9, "at step {step}: {value}");
        }
    }

    #[test]
    fn merging_keeps_the_weighted_mean() {
        let mut series = Series { buckets: Vec::new(), width: 2 };
        series.push(2, 1.0, 3.0);
        series.push(3, 5.0, 1.0);
        assert_eq!(series.points().collect::<Vec<_>>(), [(2.25, 2.0)]);
    }

    #[test]
    fn a_value_that_is_not_finite_is_left_out() {
        let mut series = Series::default();
        for value in [f64::NAN, f64::INFINITY] {
            series.push(1, value, 1.0);
        }
        assert!(series.is_empty());
    }

    #[test]
    fn losses_are_placed_at_their_own_steps() {
        let mut history = History::default();
        history.progress(&report(2, &[2.0, 2.0]));
        history.progress(&report(5, &[2.0, 2.0, 2.0]));
        let steps: Vec<_> = history.train_loss.points().map(|(step, _)| step).collect();
        assert_eq!(steps, [1.0, 2.0, 3.0, 4.0, 5.0]);
    }

    #[test]
    fn the_running_loss_follows_slowly_and_starts_at_the_first_loss() {
        let mut history = History::default();
        history.progress(&report(1, &[2.0]));
        assert_eq!(history.running_loss(), Some(2.0));
        history.progress(&report(2, &[1.0]));
        assert_eq!(history.running_loss(), Some(2.0 - RUNNING_SHARE));
    }

    #[test]
    fn a_training_that_was_set_back_drops_the_steps_it_takes_again() {
        let mut history = History::default();
        history.progress(&report(4, &[4.0, 3.0, 2.0, 1.0]));
        history.tested(&Score { step: 4, loss: 1.0, accuracy: 0.9 });
        history.progress(&report(3, &[7.0]));
        let steps: Vec<_> = history.train_loss.points().map(|(step, _)| step).collect();
        assert_eq!(steps, [1.0, 2.0, 3.0]);
        assert!(history.test_loss.is_empty());
    }

    #[test]
    fn one_step_is_scored_once() {
        let mut history = History::default();
        for accuracy in [0.1, 0.2] {
            history.tested(&Score { step: 0, loss: 2.3, accuracy });
        }
        assert_eq!(history.test_accuracy.points().count(), 1);
    }
}
