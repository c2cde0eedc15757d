//! What the user types as settings, and what it means. The text is kept as it was typed, right or wrong.

use protocol::{Init, Settings};

/// A setting that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The learning rate.
    LearningRate,
    /// Images a step.
    BatchSize,
    /// Passes over the training set.
    Epochs,
    /// What the random numbers start from.
    Seed,
}

impl Field {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::LearningRate, Self::BatchSize, Self::Epochs, Self::Seed];

    /// What the form calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::LearningRate => "Learning rate",
            Self::BatchSize => "Batch size",
            Self::Epochs => "Epochs",
            Self::Seed => "Seed",
        }
    }

    /// Its handle for labels and tests.
    pub fn id(self) -> &'static str {
        match self {
            Self::LearningRate => "lr",
            Self::BatchSize => "batch-size",
            Self::Epochs => "epochs",
            Self::Seed => "seed",
        }
    }

    /// Which keys a phone offers.
    pub fn input_mode(self) -> &'static str {
        if self == Self::LearningRate { "decimal" } else { "numeric" }
    }

    /// Its value in the settings, as text.
    pub fn text(self, settings: &Settings) -> String {
        match self {
            Self::LearningRate if (1e-4..1e6).contains(&settings.lr) => settings.lr.to_string(),
            Self::LearningRate => format!("{:e}", settings.lr),
            Self::BatchSize => settings.batch_size.to_string(),
            Self::Epochs => settings.epochs.to_string(),
            Self::Seed => settings.seed.to_string(),
        }
    }

    /// The settings with this one as typed.
    ///
    /// # Errors
    /// What is wrong with it, and what is allowed.
    pub fn read(self, text: &str, settings: Settings) -> Result<Settings, String> {
        // A comma is what some keyboards offer as the decimal point.
        let text = text.trim().replace(',', ".");
        let whole = |max: u32| {
            text.parse::<u32>()
                .map_err(|_| format!("{} must be a whole number from 0 to {max}.", self.label()))
        };
        let changed = match self {
            Self::LearningRate => {
                let lr = number(&text).ok_or("The learning rate must be a number, like 0.5 or 1e-3.")?;
                Settings { lr, ..settings }
            }
            Self::BatchSize => Settings { batch_size: whole(*protocol::BATCH_SIZES.end())?, ..settings },
            Self::Epochs => Settings { epochs: whole(*protocol::EPOCHS.end())?, ..settings },
            Self::Seed => Settings { seed: whole(u32::MAX)?, ..settings },
        };
        changed.check().map_err(|why| why.to_string())?;
        Ok(changed)
    }
}

/// A decimal number, with or without a power of ten.
fn number(text: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    (!text.is_empty() && text.chars().all(plain)).then(|| parse(text)).filter(|number| !number.is_nan())
}

/// The browser reads numbers itself: std's tables for it would be a tenth of the page's download.
#[cfg(target_arch = "wasm32")]
fn parse(text: &str) -> f64 {
    js_sys::Number::from(wasm_bindgen::JsValue::from_str(text)).value_of()
}

#[cfg(not(target_arch = "wasm32"))]
fn parse(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

/// The initial weights that can be chosen, their handles and names.
pub const INITS: [(Init, &str, &str); 2] =
    [(Init::Zeros, "zeros", "Zeros"), (Init::Uniform, "uniform", "PyTorch’s default")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        for lr in [0.5, 1e-3, 1e-7, 1e30] {
            let settings =
                Settings { lr, batch_size: 64, epochs: 1_000_000_000, seed: u32::MAX, init: Init::Zeros };
            for field in Field::ALL {
                assert_eq!(field.read(&field.text(&settings), settings), Ok(settings), "{field:?}");
            }
        }
    }

    #[test]
    fn learning_rates_may_be_written_in_many_ways() {
        for (text, lr) in [("1e-3", 0.001), (" 0.5 ", 0.5), ("0,25", 0.25), (".1", 0.1), ("1e30", 1e30)] {
            let read = Field::LearningRate.read(text, Settings::default());
            assert_eq!(read.map(|settings| settings.lr), Ok(lr), "{text}");
        }
    }

    #[test]
    fn what_is_no_setting_is_refused_with_a_reason() {
        for (field, texts) in [
            (Field::LearningRate, ["", "fast", "0", "-1", "inf", "NaN"]),
            (Field::BatchSize, ["", "0", "60001", "1.5", "-1", "99999999999"]),
            (Field::Epochs, ["", "0", "1e9", "1.5", "-1", "99999999999"]),
            (Field::Seed, ["", "x", "4294967296", "1.5", "-1", "99999999999"]),
        ] {
            for text in texts {
                let read = field.read(text, Settings::default());
                assert!(read.as_ref().is_err_and(|why| why.ends_with('.')), "{field:?} {text:?}: {read:?}");
            }
        }
    }
}
