//! Texts that are run on a copy of the machine, or in between: the console, and what is asked about the model.

use std::rc::Rc;

use engine::Tensor;
use lang::{Ask, Event, Machine, Prepared, Reply, Request, Sees, Stops};
use protocol::program::{Evaluated, Output};

use crate::need::read_file;
use crate::pin::Files;
use crate::player::Player;

/// Instructions that a text may take.
const MOST: u64 = 20_000_000;
/// Texts of ours that are kept compiled.
const MOST_TEXTS: usize = 12;
/// Pieces of output.
const MOST_OUTPUT: usize = 1000;

/// What a text has come to.
#[derive(Default)]
pub(crate) struct Computed {
    /// What it has put out, its error last.
    pub(crate) output: Vec<Output>,
    /// The files that it has written, the newest last.
    pub(crate) written: Vec<(String, Rc<[u8]>)>,
}

impl Player {
    /// What Python would print for an expression or statements. The run itself stays as it is.
    pub async fn evaluate(&self, id: u32, text: &str) -> Evaluated {
        let Some(machine) = &self.machine else {
            let output = vec![Output::Error("There is no run: the program has errors.\n".to_owned())];
            return Evaluated { id, output };
        };
        self.listen(false);
        let mut copy = machine.clone();
        let output = match Prepared::new(text) {
            Ok(text) => {
                let _interrupted = copy.interrupt(text, Sees::Innermost, &[]);
                self.run_aside(&mut copy, &Files::new()).await.output
            }
            Err(errors) => {
                let line = |error: &lang::SyntaxError| format!("{}: {}\n", error.kind, error.message);
                vec![Output::Error(errors.iter().map(line).collect())]
            }
        };
        self.listen(true);
        Evaluated { id, output }
    }

    /// What a text of ours puts out and writes, which runs on a machine in between, with more variables and these files.
    ///
    /// # Errors
    /// The last line of its traceback.
    pub(crate) async fn compute(
        &self,
        machine: &mut Machine,
        text: &str,
        values: &[(&str, Tensor)],
        files: &Files,
    ) -> Result<Computed, String> {
        let text = self.prepared(text)?;
        self.listen(false);
        let interrupted = machine.interrupt(text, Sees::All, values);
        let computed = self.run_aside(machine, files).await;
        machine.take_up(interrupted);
        self.listen(true);
        match computed.output.last() {
            Some(Output::Error(text)) => Err(text.trim_end().lines().last().unwrap_or_default().to_owned()),
            _ => Ok(computed),
        }
    }

    /// A text of ours, compiled; those that were asked for last are kept.
    fn prepared(&self, text: &str) -> Result<Prepared, String> {
        let mut kept = self.texts.borrow_mut();
        if let Some((_, prepared)) = kept.iter().find(|(known, _)| known == text) {
            return Ok(prepared.clone());
        }
        let told = |errors: Vec<lang::SyntaxError>| {
            errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join("; ")
        };
        let prepared = Prepared::statements(text).map_err(told)?;
        let excess = (kept.len() + 1).saturating_sub(MOST_TEXTS);
        kept.drain(..excess);
        kept.push((text.to_owned(), prepared.clone()));
        Ok(prepared)
    }

    /// Runs a machine to its end; what it computes is not counted as the program's.
    async fn run_aside(&self, machine: &mut Machine, files: &Files) -> Computed {
        let before = machine.ops_run();
        let computed = run(machine, files).await;
        self.ops_before.set(self.ops_before.get() + machine.ops_run() - before);
        computed
    }
}

async fn run(machine: &mut Machine, files: &Files) -> Computed {
    let mut computed = Computed::default();
    let begin = machine.clock();
    while computed.output.len() < MOST_OUTPUT {
        match machine.run(100_000, &Stops::default()) {
            Event::Print(text) => computed.output.push(Output::Text(text)),
            Event::PrintError(text) => computed.output.push(Output::Error(text)),
            Event::Figure(figure) => computed.output.push(Output::Figure(figure.to_svg())),
            Event::Need => match machine.request() {
                Some(Request::Value(wait)) => {
                    let settled = wait.settle().await;
                    machine.provide(settled);
                }
                Some(Request::Ask(Ask::ReadFile(name))) if !files.is_empty() => {
                    machine.reply(read_file(files, &name));
                }
                Some(Request::Ask(Ask::WriteFile(name, content))) if !name.contains(['/', '\\']) => {
                    computed.written.push((name, content));
                    machine.reply(Reply::Done);
                }
                Some(Request::Ask(_)) | None => {
                    let text =
                        "The console reads no files and waits for nothing: put that into the program.\n";
                    computed.output.push(Output::Error(text.to_owned()));
                    return computed;
                }
            },
            Event::Finished(_) => return computed,
            Event::Failed(traceback) => {
                computed.output.push(Output::Error(traceback.text));
                return computed;
            }
            Event::Line(_) | Event::Ops(..) | Event::Node(_) | Event::OptimizerStep | Event::Paused => {
                if machine.clock() - begin > MOST {
                    computed.output.push(Output::Error("Stopped: this takes too long.\n".to_owned()));
                    return computed;
                }
            }
        }
    }
    computed
}
