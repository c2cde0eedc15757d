//! How a model is trained, and which values are allowed.

use serde::{Deserialize, Serialize};

use crate::TRAIN_IMAGES;

/// The batch sizes that are allowed.
pub const BATCH_SIZES: std::ops::RangeInclusive<u32> = 1..=TRAIN_IMAGES;
/// The numbers of epochs that are allowed.
pub const EPOCHS: std::ops::RangeInclusive<u32> = 1..=1_000_000_000;

/// The settings of a training run: softmax regression by stochastic gradient descent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The learning rate. Any finite number above 0; a large one diverges, which is reported, not forbidden.
    pub lr: f64,
    /// Images a step; the last batch of an epoch may be smaller.
    pub batch_size: u32,
    /// Passes over the training set.
    pub epochs: u32,
    /// What `torch.manual_seed` gets: it decides the order of the images and random initial weights.
    pub seed: u32,
    /// The initial weights.
    pub init: Init,
}

/// How the weights start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Init {
    /// All zero.
    Zeros,
    /// As `nn.Linear` draws them: uniform within ±1/√784.
    Uniform,
}

impl Default for Settings {
    fn default() -> Self {
        Self { lr: 0.5, batch_size: 100, epochs: 10, seed: 1, init: Init::Zeros }
    }
}

/// A setting out of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingsError {
    /// The learning rate is not a finite number above zero.
    LearningRate(f64),
    /// The batch size is not in [`BATCH_SIZES`].
    BatchSize(u32),
    /// The number of epochs is not in [`EPOCHS`].
    Epochs(u32),
}

impl std::fmt::Display for SettingsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LearningRate(lr) => write!(f, "The learning rate must be a number above 0, not {lr}."),
            Self::BatchSize(n) => {
                write!(
                    f,
                    "The batch size must be between {} and {}, not {n}.",
                    BATCH_SIZES.start(),
                    BATCH_SIZES.end()
                )
            }
            Self::Epochs(n) => {
                write!(
                    f,
                    "The number of epochs must be between {} and {}, not {n}.",
                    EPOCHS.start(),
                    EPOCHS.end()
                )
            }
        }
    }
}

impl std::error::Error for SettingsError {}

impl Settings {
    /// Whether every value is in its range.
    ///
    /// # Errors
    /// The first value that is not.
    pub fn check(&self) -> Result<(), SettingsError> {
        if !(self.lr.is_finite() && self.lr > 0.0) {
            Err(SettingsError::LearningRate(self.lr))
        } else if !BATCH_SIZES.contains(&self.batch_size) {
            Err(SettingsError::BatchSize(self.batch_size))
        } else if !EPOCHS.contains(&self.epochs) {
            Err(SettingsError::Epochs(self.epochs))
        } else {
            Ok(())
        }
    }

    /// Steps an epoch has: the last batch may be smaller. Settings must have passed [`check`](Self::check).
    pub fn steps_per_epoch(&self) -> u32 {
        TRAIN_IMAGES.div_ceil(self.batch_size.max(1))
    }

    /// Steps of the whole run.
    pub fn total_steps(&self) -> u64 {
        u64::from(self.steps_per_epoch()) * u64::from(self.epochs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_out_of_range_are_refused() {
        let ok = Settings::default();
        assert_eq!(ok.check(), Ok(()));
        for lr in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(Settings { lr, ..ok }.check(), Err(SettingsError::LearningRate(_))), "{lr}");
        }
        assert_eq!(Settings { batch_size: 0, ..ok }.check(), Err(SettingsError::BatchSize(0)));
        assert_eq!(Settings { epochs: 0, ..ok }.check(), Err(SettingsError::Epochs(0)));
    }

    #[test]
    fn the_largest_run_does_not_overflow() {
        let settings = Settings { batch_size: 1, epochs: *EPOCHS.end(), ..Settings::default() };
        assert_eq!(settings.total_steps(), 60_000 * 1_000_000_000);
    }
}
