//! Digits that the program's own model reads.

use protocol::CLASSES;

use super::NO_MODEL;
use crate::player::Player;

const READ: &str = include_str!("read.py");
const FOOL: &str = include_str!("fool.py");

impl Player {
    /// The probabilities of the ten digits for each image of 784 grey values (0 paper, 255 ink), as the last model that a variable of the
    /// program holds has them, in evaluation mode. Of a data set's transform, what it does to each pixel is done.
    ///
    /// # Errors
    /// Why the program has no such model.
    pub async fn read_digits(&self, images: &[&[u8]]) -> Result<Vec<[f32; CLASSES]>, String> {
        let digits = self.images(images)?;
        let mut tensors = self.ask(READ, &[("_digits", digits)]).await?.tensors()?;
        let (_, numbers) = tensors.remove("probabilities").ok_or(NO_MODEL)?;
        if numbers.len() != images.len() * CLASSES {
            return Err(NO_MODEL.to_owned());
        }
        let row = |row: &[f32]| std::array::from_fn(|digit| row[digit]);
        Ok(numbers.chunks_exact(CLASSES).map(row).collect())
    }

    /// An image that the model takes for something else: each pixel is changed by `strength` (1 is from paper to ink) along the sign of the
    /// gradient of the loss, as in the fast gradient sign method (Goodfellow et al., 2015).
    ///
    /// # Errors
    /// Why the program has no model.
    pub async fn fool(&self, image: &[u8], label: u8, strength: f32) -> Result<Vec<u8>, String> {
        let values = [
            ("_digit", self.images(&[image])?),
            ("_label", self.number(f32::from(label))?),
            ("_strength", self.number(strength)?),
        ];
        let mut tensors = self.ask(FOOL, &values).await?.tensors()?;
        let (_, numbers) = tensors.remove("image").ok_or(NO_MODEL)?;
        Ok(super::bytes(&numbers))
    }
}
