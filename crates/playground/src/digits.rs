//! Digits that the program's own model reads, on a copy of the run where it stands.

use protocol::CLASSES;
use protocol::program::Output;

use crate::player::Player;

/// What is run on the copy.
const READ: &str = include_str!("digits.py");
/// The side of an image.
const SIDE: usize = 28;
/// Why nothing was read.
const NO_MODEL: &str = "No variable of the program holds a model that makes ten numbers of a 28×28 image.";
const NO_RUN: &str = "There is no run: the program has errors.";

impl Player {
    /// The probabilities of the ten digits for each image of 784 grey values (0 paper, 255 ink), as the last model that a variable of the
    /// program holds has them, in evaluation mode. Of a data set's transform, what it does to each pixel is done.
    ///
    /// # Errors
    /// Why the program has no such model.
    pub async fn read_digits(&self, images: &[&[u8]]) -> Result<Vec<[f32; CLASSES]>, String> {
        let Some(machine) = &self.machine else { return Err(NO_RUN.to_owned()) };
        let pixels: Vec<f32> =
            images.iter().flat_map(|image| image.iter().map(|&p| f32::from(p) / 255.0)).collect();
        self.listen(false);
        let digits = self.cpu.tensor(pixels, &[images.len(), SIDE, SIDE]).map_err(|error| error.to_string());
        let answer = match digits {
            Ok(digits) => self.compute(machine, READ, &[("_digits", digits)]).await,
            Err(error) => Err(error),
        };
        self.listen(true);
        let output = answer?;
        let mut numbers = Vec::new();
        for piece in &output {
            match piece {
                Output::Text(text) => {
                    numbers.extend(text.split_whitespace().filter_map(|word| word.parse::<f32>().ok()));
                }
                Output::Error(text) => {
                    return Err(text.trim_end().lines().last().unwrap_or_default().to_owned());
                }
                Output::Figure(_) => {}
            }
        }
        if numbers.len() != images.len() * CLASSES {
            return Err(NO_MODEL.to_owned());
        }
        let row = |row: &[f32]| std::array::from_fn(|digit| row[digit]);
        Ok(numbers.chunks_exact(CLASSES).map(row).collect())
    }
}
