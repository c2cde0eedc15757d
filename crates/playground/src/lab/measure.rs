//! How the program's model does on a part of both sets, and how its parameters lie.

use protocol::Floats;
use protocol::program::{Measured, Spread};

use super::NO_MODEL;
use crate::player::Player;

const MEASURE: &str = include_str!("measure.py");
/// Parameters that are told of.
const MOST: usize = 40;

/// Images of 784 grey values, and their labels.
pub struct Labelled<'a> {
    /// The images.
    pub images: Vec<&'a [u8]>,
    /// The digits that they show.
    pub labels: Vec<u8>,
}

impl Player {
    /// How the model does on these images of the training set and the test set, where the run stands.
    ///
    /// # Errors
    /// Why the program has no model.
    pub async fn measure(&self, train: &Labelled<'_>, test: &Labelled<'_>) -> Result<Measured, String> {
        let labels = |set: &Labelled| {
            let labels: Vec<i64> = set.labels.iter().map(|&label| i64::from(label)).collect();
            let count = labels.len();
            self.cpu.tensor(labels, &[count]).map_err(|error| error.to_string())
        };
        let values = [
            ("_train", self.images(&train.images)?),
            ("_train_labels", labels(train)?),
            ("_test", self.images(&test.images)?),
            ("_test_labels", labels(test)?),
        ];
        let tensors = self.ask(MEASURE, &values).await?.tensors()?;
        let score = |set: &str| match tensors.get(set).map(|(_, numbers)| numbers.as_slice()) {
            Some(&[loss, accuracy]) => Ok((loss, accuracy)),
            _ => Err(NO_MODEL.to_owned()),
        };
        let spreads = tensors.iter().filter_map(|(name, (_, numbers))| spread(name, numbers)).take(MOST);
        let position = self.position();
        Ok(Measured {
            clock: position.clock,
            steps: position.steps,
            images: test.images.len() as u32,
            train: score("train")?,
            test: score("test")?,
            spreads: spreads.collect(),
        })
    }
}

/// `weight fc1.bias`: the counts of its classes, and the greatest magnitude behind them.
fn spread(name: &str, numbers: &[f32]) -> Option<Spread> {
    let (kind, name) = name.split_once(' ')?;
    let (most, counts) = numbers.split_last()?;
    Some(Spread { name: name.to_owned(), grad: kind == "grad", most: *most, counts: Floats::from(counts) })
}
