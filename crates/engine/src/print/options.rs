//! `torch.set_printoptions`.

use crate::dtype::DType;

/// How tensors are printed.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintOptions {
    /// Decimals of real numbers.
    pub precision: usize,
    /// Tensors of more elements are summarised; `usize::MAX` stands for `inf`.
    pub threshold: usize,
    /// How many elements a summary shows at each end of a dimension.
    pub edgeitems: usize,
    /// Characters in a line.
    pub linewidth: usize,
    /// Scientific notation always or never; `None` lets the values decide.
    pub sci_mode: Option<bool>,
    /// The type that is not named: that of `torch.set_default_dtype`.
    pub default_dtype: DType,
    /// The device that is named: `cuda:0`. `None` for the default device.
    pub device: Option<String>,
}

/// Settings under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// What they are to begin with.
    Default,
    /// Two decimals, two elements at each end.
    Short,
    /// Never summarised.
    Full,
}

impl Profile {
    /// `default`, `short` or `full`. PyTorch ignores other names.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "default" => Some(Self::Default),
            "short" => Some(Self::Short),
            "full" => Some(Self::Full),
            _ => None,
        }
    }
}

impl PrintOptions {
    /// `set_printoptions(profile=…)`: sets all but `sci_mode` and what the profile does not know.
    pub fn set_profile(&mut self, profile: Profile) {
        let (precision, threshold, edgeitems) = match profile {
            Profile::Default => (4, 1000, 3),
            Profile::Short => (2, 1000, 2),
            Profile::Full => (4, usize::MAX, 3),
        };
        (self.precision, self.threshold, self.edgeitems, self.linewidth) =
            (precision, threshold, edgeitems, 80);
    }
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self {
            precision: 4,
            threshold: 1000,
            edgeitems: 3,
            linewidth: 80,
            sci_mode: None,
            default_dtype: DType::Float32,
            device: None,
        }
    }
}
