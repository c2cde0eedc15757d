//! What changes the model of a run from outside: a drawing that it is trained on, and weights of a file. The run goes on from there; it
//! cannot be gone back in before.

use std::rc::Rc;

use engine::Tensor;
use lang::{Machine, Round};
use protocol::program::{KeptRound, WeightsFile};

use super::{ANSWER, Answer, MODEL, NO_RUN};
use crate::pin::Files;
use crate::player::Player;

const TEACH: &str = include_str!("teach.py");
const TAKE: &str = include_str!("take.py");
const WEIGHTS: &str = include_str!("weights.py");
const KEEP: &str = include_str!("keep.py");
const RESTORE: &str = include_str!("restore.py");
/// The name of the file that a text is given.
const GIVEN: &str = "_given";

impl Player {
    /// One step of the program's own optimizer on a drawing that shows `label`.
    ///
    /// # Errors
    /// Why there is none: the program has no model or no optimizer. The run is as it was.
    pub async fn teach(&mut self, image: &[u8], label: u8) -> Result<(), String> {
        let values = [("_digit", self.images(&[image])?), ("_label", self.number(f32::from(label))?)];
        self.change(TEACH, &values, &Files::new()).await
    }

    /// Puts weights of a file into the model: by their names, or one array (`.npy`) into the parameter of its shape.
    ///
    /// # Errors
    /// What of the file does not fit. The run is as it was.
    pub async fn take_weights(&mut self, name: &str, content: Vec<u8>) -> Result<(), String> {
        let is_array = name.to_ascii_lowercase().ends_with(".npy");
        let values = [("_is_array", self.number(f32::from(u8::from(is_array)))?)];
        self.change(TAKE, &values, &given(content)).await
    }

    /// The parameters of the model as a file: its name and content.
    ///
    /// # Errors
    /// Why there are none.
    pub async fn weights(&self, form: WeightsFile) -> Result<(String, Vec<u8>), String> {
        let content = self.ask(WEIGHTS, &[]).await?.content;
        match form {
            WeightsFile::Safetensors => Ok(("model.safetensors".to_owned(), content.to_vec())),
            WeightsFile::Array(place) => {
                let names = self.describe_model().await?;
                let names = names.iter().filter(|(kind, _)| kind == "parameter");
                let name = names.filter_map(|(_, fact)| fact.split('\t').next()).nth(place as usize);
                let name = name.ok_or("The model has no such parameter.")?;
                let file = formats::safetensors::read(&content).map_err(|error| error.to_string())?;
                let array = file.tensors.iter().find(|(other, _)| other == name);
                let (_, array) = array.ok_or("The model has no such parameter.")?;
                let bytes = formats::npy::write(array);
                Ok((format!("{name}.npy"), bytes))
            }
        }
    }

    /// All that training has changed so far, as a file for [`restore`](Self::restore).
    ///
    /// # Errors
    /// Why there is nothing.
    pub async fn checkpoint(&self) -> Result<Rc<[u8]>, String> {
        Ok(self.ask(KEEP, &[]).await?.content)
    }

    /// Which round of its loop a training is in: it can go on there, see [`restore`](Self::restore).
    pub fn round(&self) -> Option<KeptRound> {
        let round = self.machine.as_ref().and_then(Machine::round)?;
        Some(KeptRound { line: round.line, over: round.over as u64 })
    }

    /// Whether the run could go over to this round of its loop now.
    pub fn can_begin(&self, round: KeptRound) -> bool {
        self.machine.as_ref().is_some_and(|machine| machine.clone().begin_round(of(round)))
    }

    /// Puts back what [`checkpoint`](Self::checkpoint) gave, after so many steps of optimizers, and goes over to that round. Whether that was
    /// possible.
    ///
    /// # Errors
    /// Why it does not fit. The run is as it was.
    pub async fn restore(
        &mut self,
        content: Vec<u8>,
        steps: u64,
        round: Option<KeptRound>,
    ) -> Result<bool, String> {
        let mut copy = self.changed(RESTORE, &[], &given(content)).await?;
        let begun = round.is_some_and(|round| copy.begin_round(of(round)));
        self.go_on_as(copy);
        self.recorder.set_steps(steps);
        Ok(begun)
    }

    /// Runs a text in between on a copy; if it comes to its end, the copy takes the place of the run.
    async fn change(&mut self, text: &str, values: &[(&str, Tensor)], files: &Files) -> Result<(), String> {
        let copy = self.changed(text, values, files).await?;
        self.go_on_as(copy);
        Ok(())
    }

    /// A copy in which a text has run in between.
    async fn changed(&self, text: &str, values: &[(&str, Tensor)], files: &Files) -> Result<Machine, String> {
        let mut copy = self.machine.as_ref().ok_or(NO_RUN)?.clone();
        let text = format!("{MODEL}{text}");
        let computed = self.compute(&mut copy, &text, values, files).await?;
        Answer::of(computed)?;
        Ok(copy)
    }
}

fn of(round: KeptRound) -> Round {
    Round { line: round.line, over: round.over as usize }
}

fn given(content: Vec<u8>) -> Files {
    Files::from([(GIVEN.to_owned(), content.into()), (ANSWER.to_owned(), Rc::default())])
}
