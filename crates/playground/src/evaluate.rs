//! The console: an expression at the moment where the run stands, on a copy of it.

use engine::Tensor;
use lang::{Event, Machine, Request, Stops};
use protocol::program::{Evaluated, Output};

use crate::player::Player;

/// Instructions that an expression may take.
const MOST: u64 = 20_000_000;
/// Pieces of output.
const MOST_OUTPUT: usize = 1000;

impl Player {
    /// What Python would print for an expression or statements. The run itself stays as it is.
    pub async fn evaluate(&self, id: u32, text: &str) -> Evaluated {
        let Some(machine) = &self.machine else {
            let output = vec![Output::Error("There is no run: the program has errors.\n".to_owned())];
            return Evaluated { id, output };
        };
        self.listen(false);
        let output = self.compute(machine, text, &[]).await;
        self.listen(true);
        Evaluated { id, output: output.unwrap_or_else(|error| vec![Output::Error(error)]) }
    }

    /// What a text puts out, run on a copy of a machine with more variables; or its errors.
    pub(crate) async fn compute(
        &self,
        machine: &Machine,
        text: &str,
        values: &[(&str, Tensor)],
    ) -> Result<Vec<Output>, String> {
        let mut copy = machine.clone();
        copy.evaluate_with(text, values).map_err(|errors| {
            errors.iter().map(|error| format!("{}: {}\n", error.kind, error.message)).collect::<String>()
        })?;
        Ok(run(&mut copy).await)
    }
}

async fn run(copy: &mut Machine) -> Vec<Output> {
    let mut output = Vec::new();
    let begin = copy.clock();
    while output.len() < MOST_OUTPUT {
        match copy.run(100_000, &Stops::default()) {
            Event::Print(text) => output.push(Output::Text(text)),
            Event::PrintError(text) => output.push(Output::Error(text)),
            Event::Figure(figure) => output.push(Output::Figure(figure.to_svg())),
            Event::Need => match copy.request() {
                Some(Request::Value(wait)) => {
                    let settled = wait.settle().await;
                    copy.provide(settled);
                }
                Some(Request::Ask(_)) | None => {
                    let text =
                        "The console reads no files and waits for nothing: put that into the program.\n";
                    output.push(Output::Error(text.to_owned()));
                    return output;
                }
            },
            Event::Finished(_) => return output,
            Event::Failed(traceback) => {
                output.push(Output::Error(traceback.text));
                return output;
            }
            Event::Line(_) | Event::Ops(..) | Event::Node(_) | Event::OptimizerStep | Event::Paused => {
                if copy.clock() - begin > MOST {
                    output.push(Output::Error("Stopped: this takes too long for the console.\n".to_owned()));
                    return output;
                }
            }
        }
    }
    output
}
