//! A data set of the user's, in place of MNIST.

use serde::{Deserialize, Serialize};

/// What programs get in place of MNIST.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnData {
    /// The images of the training set, if that is the user's.
    pub train: Option<u32>,
    /// The images of the test set, if that is.
    pub test: Option<u32>,
    /// What is here but is not used yet, because what belongs to it is missing: in words.
    pub waiting: Vec<String>,
}
