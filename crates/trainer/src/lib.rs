//! Softmax regression on images, trained by stochastic gradient descent, step by step.
//!
//! This is the tutorial's program, written against the engine: the worker steps it in the browser and the
//! command line natively. It computes on whatever backend the engine has, waits for nothing, and knows
//! neither where images come from nor who looks at the numbers.

mod data;
mod log;
mod model;
mod run;
mod score;

pub use data::Data;
pub use log::{Entry, Log};
pub use model::{Init, Model};
pub use run::{Config, Position, Trainer};
pub use score::Scoring;
