//! Training in slices: some steps, one look at what they left behind, a report, and back to the event loop.

use engine::Result;
use protocol::{Checkpoint, Event, Floats, Progress, RunState, Score, StopReason};
use trainer::{Entry, Scoring};

use crate::pace::now;
use crate::port::{post, refuse};
use crate::session::Session;

/// The most steps of a slice.
pub(crate) const LOG_CAPACITY: usize = 256;
/// How long a slice should take: the page may wait as long for an answer.
const SLICE_MS: f64 = 20.0;
/// How often the page hears of losses, of weights, and of the test set, at most.
const REPORT_MS: f64 = 100.0;
const CHECKPOINT_MS: f64 = 200.0;
const SCORE_MS: f64 = 500.0;
/// Scoring may take this part of the time, unless the page would wait longer than this for a score.
const SCORE_SHARE: f64 = 0.1;
const LONGEST_SCORE_MS: f64 = 3000.0;

/// A score that takes more than one slice.
pub(crate) struct ScoreUnderWay {
    scoring: Scoring,
    /// Steps taken by the model that is tried.
    step: u64,
    /// What it has taken so far.
    millis: f64,
}

/// What is remembered between slices: how fast it goes, and what has not been reported yet.
pub(crate) struct Meter {
    /// Steps of the next slice.
    steps: usize,
    losses: Vec<f32>,
    accuracy: f64,
    /// Images trained on since the last report, and the time that took.
    images: f64,
    millis: f64,
    reported: f64,
    checkpointed: f64,
    next_score: f64,
}

impl Default for Meter {
    fn default() -> Self {
        Self {
            steps: 1,
            losses: Vec::new(),
            accuracy: 0.0,
            images: 0.0,
            millis: 0.0,
            reported: 0.0,
            checkpointed: 0.0,
            next_score: 0.0,
        }
    }
}

impl Meter {
    /// To be called when another device takes over.
    pub(crate) fn forget_speed(&mut self) {
        self.steps = 1;
    }

    /// Takes note of steps.
    fn note(&mut self, entries: &[Entry]) {
        self.losses.extend(entries.iter().map(|e| e.loss));
        self.accuracy += entries.iter().map(|e| f64::from(e.accuracy)).sum::<f64>();
    }

    /// Takes note of how long a slice of so many images took, and plans the next one.
    fn plan(&mut self, images: f64, millis: f64) {
        self.images += images;
        self.millis += millis;
        let fitting = self.steps as f64 * SLICE_MS / millis.max(0.1);
        // Not more than twice as many at a time: the first steps of a device say little about the next ones.
        self.steps = (fitting as usize).clamp(1, (2 * self.steps).min(LOG_CAPACITY));
    }
}

impl Session {
    /// The images of the training set, 0 until it is complete.
    fn images(&self) -> usize {
        self.sets.train.len() as usize
    }

    /// Why no step can be taken now, and what to do about it.
    fn obstacle(&self) -> Option<&'static str> {
        if !self.sets.train.is_complete() {
            Some("The training images are not here yet: wait until they are loaded.")
        } else if self.trainer.is_finished(self.images()) {
            Some("All epochs are done: reset, or ask for more epochs.")
        } else {
            None
        }
    }

    pub(crate) fn train(&mut self) {
        match self.obstacle() {
            None => self.set_state(RunState::Running),
            Some(why) => {
                // With all images here, only the last epoch can be in the way.
                if self.sets.train.is_complete() {
                    self.set_state(RunState::Stopped(StopReason::Finished));
                }
                refuse(why);
            }
        }
    }

    pub(crate) async fn pause(&mut self) -> Result<()> {
        if !self.is_running() {
            return Ok(());
        }
        self.stand_still(StopReason::Paused).await
    }

    pub(crate) async fn single_step(&mut self) -> Result<()> {
        if self.is_running() {
            return self.pause().await;
        }
        if let Some(why) = self.obstacle() {
            refuse(why);
        } else if self.steps(1).await? {
            let finished = self.trainer.is_finished(self.images());
            self.stand_still(if finished { StopReason::Finished } else { StopReason::Paused }).await?;
        }
        Ok(())
    }

    /// Whether there is something to do without being asked.
    pub(crate) fn is_busy(&self) -> bool {
        self.is_running() || self.scoring.is_some() || self.play.is_busy()
    }

    /// One slice of what is under way.
    pub(crate) async fn slice(&mut self) -> Result<()> {
        if self.play.is_busy() {
            self.play_slice().await;
        }
        if self.is_running() {
            self.training_slice().await?;
        }
        self.scoring_slice().await
    }

    async fn training_slice(&mut self) -> Result<()> {
        if self.trainer.is_finished(self.images()) {
            return self.stand_still(StopReason::Finished).await;
        }
        if !self.steps(self.meter.steps).await? {
            return Ok(());
        }
        let time = now();
        if time - self.meter.reported >= REPORT_MS {
            self.report_position();
        }
        if time - self.meter.checkpointed >= CHECKPOINT_MS {
            self.save_checkpoint().await?;
        }
        if time >= self.meter.next_score && self.scoring.is_none() {
            self.begin_score()?;
        }
        Ok(())
    }

    /// Takes up to `count` steps and looks at their losses. Whether the training may go on.
    async fn steps(&mut self, count: usize) -> Result<bool> {
        let Some(data) = self.sets.train.on(&self.opened.engine)? else { return Ok(false) };
        let began = now();
        let first = self.trainer.steps();
        for _ in 0..count {
            if self.trainer.is_finished(data.len()) {
                break;
            }
            self.trainer.step(&data, Some(&mut self.log))?;
        }
        let taken = self.trainer.steps() - first;
        let bad = self.collect().await?;
        let images = taken as f64 * self.trainer.config().batch_size.min(data.len()) as f64;
        self.meter.plan(images, now() - began);
        if let Some(step) = bad {
            self.diverged(step)?;
        }
        Ok(bad.is_none())
    }

    /// Reads the log. The first step whose loss is not finite, if there is one.
    pub(crate) async fn collect(&mut self) -> Result<Option<u64>> {
        if self.log.is_empty() {
            return Ok(None);
        }
        let entries: Vec<Entry> = self.log.take().await?;
        let bad = entries.iter().position(|entry| !entry.loss.is_finite());
        self.meter.note(&entries[..bad.unwrap_or(entries.len())]);
        let before = self.trainer.steps() - entries.len() as u64;
        Ok(bad.map(|i| before + i as u64 + 1))
    }

    /// The loss of a step is no longer finite: stops, and goes back to weights whose loss was.
    fn diverged(&mut self, step: u64) -> Result<()> {
        self.report_position();
        // The loss of a step is that of the weights before it.
        let sound = if self.checkpoint.step + 1 < step { &self.checkpoint } else { &self.proven };
        self.resume(sound.clone())?;
        self.set_state(RunState::Stopped(StopReason::NotFinite { step, kept: self.checkpoint.step }));
        post(&Event::Checkpoint(Box::new(self.checkpoint.clone())));
        Ok(())
    }

    /// Stops, with everything reported as it is now.
    async fn stand_still(&mut self, reason: StopReason) -> Result<()> {
        self.report_position();
        self.save_checkpoint().await?;
        self.begin_score()?;
        self.set_state(RunState::Stopped(reason));
        Ok(())
    }

    /// Tells the page how far the training is, with all losses that it does not know yet.
    pub(crate) fn report_position(&mut self) {
        let position = self.trainer.position(protocol::TRAIN_IMAGES as usize);
        let meter = &mut self.meter;
        let count = meter.losses.len().max(1) as f64;
        post(&Event::Progress(Progress {
            step: self.trainer.steps(),
            epoch: position.epoch as u32,
            step_in_epoch: position.step as u32,
            losses: Floats::from(meter.losses.as_slice()),
            train_accuracy: (meter.accuracy / count) as f32,
            samples_per_second: if meter.millis > 0.0 {
                (1000.0 * meter.images / meter.millis) as f32
            } else {
                0.0
            },
        }));
        meter.losses.clear();
        (meter.accuracy, meter.images, meter.millis) = (0.0, 0.0, 0.0);
        meter.reported = now();
    }

    /// Keeps the parameters as they are now, if they are finite, and sends them to the page.
    pub(crate) async fn save_checkpoint(&mut self) -> Result<()> {
        let model = self.trainer.model();
        let (step, weight, bias) = (self.trainer.steps(), model.weight.read(), model.bias.read());
        let (weight, bias) = (weight.await?.into_f32(), bias.await?.into_f32());
        self.meter.checkpointed = now();
        if weight.iter().chain(&bias).all(|v| v.is_finite()) {
            let (weight, bias) = (Floats::from(weight.as_slice()), Floats::from(bias.as_slice()));
            let newest = Checkpoint { settings: self.settings, step, weight, bias };
            let last = std::mem::replace(&mut self.checkpoint, newest);
            if last.step < step {
                // Every loss since then was finite: else the training would have stopped.
                self.proven = last;
            }
            post(&Event::Checkpoint(Box::new(self.checkpoint.clone())));
        }
        Ok(())
    }

    /// Begins to try the model on the test set, if that is here.
    pub(crate) fn begin_score(&mut self) -> Result<()> {
        if self.sets.test.is_complete() {
            let scoring = Scoring::new(self.trainer.model())?;
            self.scoring = Some(ScoreUnderWay { scoring, step: self.trainer.steps(), millis: 0.0 });
        }
        Ok(())
    }

    /// Goes on with a score under way, and reports it at the end.
    async fn scoring_slice(&mut self) -> Result<()> {
        let Some(under_way) = &mut self.scoring else { return Ok(()) };
        let Some(data) = self.sets.test.on(&self.opened.engine)? else { return Ok(()) };
        let began = now();
        let more = under_way.scoring.advance(&data)?;
        let [loss, accuracy] = under_way.scoring.read().await?;
        under_way.millis += now() - began;
        if !more {
            let (step, millis) = (under_way.step, under_way.millis);
            self.scoring = None;
            self.meter.next_score = now() + (millis / SCORE_SHARE).clamp(SCORE_MS, LONGEST_SCORE_MS);
            post(&Event::Tested(Score { step, loss, accuracy }));
        }
        Ok(())
    }
}
