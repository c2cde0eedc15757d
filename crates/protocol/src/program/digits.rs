//! What the program's model makes of the test set.

use serde::{Deserialize, Serialize};

use crate::floats::Pixels;

/// The program's model on the test set, as far as it has been read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tested {
    /// Images that were read.
    pub count: u32,
    /// Images of the whole set.
    pub of: u32,
    /// How many of each digit (ten rows) were read as each (ten columns).
    pub confusion: Vec<u32>,
    /// The images that were read wrong with the most confidence, the surest first.
    pub wrong: Vec<Misread>,
    /// Why nothing can be read.
    pub error: Option<String>,
}

/// An image that was read wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misread {
    /// Its index in the test set.
    pub index: u32,
    /// The digit that it shows.
    pub label: u8,
    /// What it was taken for.
    pub read: u8,
    /// How probable that seemed.
    pub probability: f32,
    /// The image, 28×28.
    pub image: Pixels,
}
