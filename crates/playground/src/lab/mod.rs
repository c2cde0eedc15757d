//! The lab: what is asked about the model that a program has made. Every question is a text in Python (`*.py`) that runs with the program's
//! variables, on a copy of the run where it stands; nothing here knows how a model is made.

mod change;
mod inside;
mod look;
mod measure;
mod read;

use std::collections::BTreeMap;
use std::rc::Rc;

use engine::Tensor;
use protocol::program::Output;

use crate::evaluate::Computed;
use crate::pin::Files;
use crate::player::Player;
pub use measure::Labelled;

/// What every text begins with.
const MODEL: &str = include_str!("model.py");
/// The name of the file that a text answers with.
const ANSWER: &str = "_answer";
/// The side of an image.
const SIDE: usize = 28;
/// Why nothing was read.
const NO_MODEL: &str = "No variable of the program holds a model that makes ten numbers of a 28×28 image.";
const NO_RUN: &str = "There is no run: the program has errors.";

/// What a text has answered: what it printed, and the file that it wrote.
struct Answer {
    text: String,
    content: Rc<[u8]>,
}

/// Tensors by name.
type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

impl Answer {
    /// What a text has come to; without a file, it has found no model.
    fn of(computed: Computed) -> Result<Self, String> {
        let text = computed.output.iter().filter_map(|piece| match piece {
            Output::Text(text) => Some(text.as_str()),
            Output::Error(_) | Output::Figure(_) => None,
        });
        let text = text.collect();
        let written = computed.written.into_iter().rev().find(|(name, _)| name == ANSWER);
        let (_, content) = written.ok_or_else(|| NO_MODEL.to_owned())?;
        Ok(Self { text, content })
    }

    fn tensors(&self) -> Result<Tensors, String> {
        let file = formats::safetensors::read(&self.content).map_err(|error| error.to_string())?;
        Ok(sorting::map(file.tensors.into_iter().map(|(name, array)| {
            let (shape, data, _) = array.into_parts();
            (name, (shape, data.into_f32()))
        })))
    }
}

impl Player {
    /// What a text answers on a copy of the run. Where it finds no model (a function has ended that held it), the last moment inside that
    /// function is asked.
    async fn ask(&self, text: &str, values: &[(&str, Tensor)]) -> Result<Answer, String> {
        let machine = self.machine.as_ref().ok_or(NO_RUN)?;
        let text = format!("{MODEL}{text}");
        let mut copy = machine.clone();
        let answer = Answer::of(self.compute(&mut copy, &text, values, &Files::new()).await?);
        let no_model = answer.as_ref().is_err_and(|why| why == NO_MODEL);
        if !no_model || self.is_running() {
            return answer;
        }
        self.listen(false);
        let inside = self.last_inside(machine.clock()).await;
        self.listen(true);
        match inside {
            Some(mut inside) => {
                let there = self.compute(&mut inside, &text, values, &Files::new()).await;
                there.and_then(Answer::of).or(answer)
            }
            None => answer,
        }
    }

    /// Images of 784 grey values (0 paper, 255 ink) as a tensor from 0 to 1: [n, 28, 28].
    fn images(&self, images: &[&[u8]]) -> Result<Tensor, String> {
        let pixels: Vec<f32> =
            images.iter().flat_map(|image| image.iter().map(|&p| f32::from(p) / 255.0)).collect();
        self.cpu.tensor(pixels, &[images.len(), SIDE, SIDE]).map_err(|error| error.to_string())
    }

    fn number(&self, value: f32) -> Result<Tensor, String> {
        self.cpu.tensor(vec![value], &[]).map_err(|error| error.to_string())
    }
}

/// Grey values of an image from 0 to 1.
fn bytes(values: &[f32]) -> Vec<u8> {
    values.iter().map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8).collect()
}
