//! Runs the programs of `tests/programs`, with files in memory and a clock that stands still.

use std::collections::HashMap;
use std::rc::Rc;

use engine::Engine;
use lang::{Ask, Event, Limits, Machine, Reply, Request, Stops};

/// A program, and what PyTorch printed.
pub struct Program {
    /// Its name, without the ending.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// What it prints.
    pub output: &'static str,
    /// The last line of the report of what it raised, if it fails.
    pub error: &'static str,
}

/// All of them.
pub const ALL: &[Program] = include!(concat!(env!("OUT_DIR"), "/programs.rs"));

/// The pixels and the labels of one part of MNIST.
pub type Set = (Rc<[u8]>, Rc<[u8]>);

/// What a program may ask for.
#[derive(Clone, Default)]
pub struct World {
    /// MNIST's test set and training set, as far as they are there.
    pub mnist: [Option<Set>; 2],
    /// The files that were written.
    pub files: HashMap<String, Rc<[u8]>>,
}

/// What became of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Everything that was printed.
    pub output: String,
    /// The report of what was raised, if anything was.
    pub error: String,
    /// How many figures were shown.
    pub figures: usize,
}

impl World {
    fn reply(&mut self, ask: Ask) -> Reply {
        let missing = |path: &str| Reply::Failed {
            class: "FileNotFoundError",
            text: format!("[Errno 2] No such file or directory: '{path}'"),
        };
        match ask {
            Ask::Mnist { train } => match &self.mnist[usize::from(train)] {
                Some((images, labels)) => {
                    Reply::Mnist { images: Rc::clone(images), labels: Rc::clone(labels) }
                }
                None => missing("MNIST"),
            },
            // Nobody has put other data in the place of MNIST.
            Ask::OwnData { .. } => Reply::Done,
            Ask::ReadFile(path) => {
                self.files.get(&path).map_or_else(|| missing(&path), |f| Reply::File(Rc::clone(f)))
            }
            Ask::WriteFile(path, bytes) => {
                self.files.insert(path, bytes);
                Reply::Done
            }
            Ask::Time => Reply::Time(0.0),
            Ask::Sleep(_) => Reply::Done,
        }
    }

    /// Runs a machine for at most so many instructions, or to its end. Whether it came to its end.
    pub async fn drive(&mut self, machine: &mut Machine, budget: u64, outcome: &mut Outcome) -> bool {
        loop {
            match machine.run(budget, &Stops::default()) {
                Event::Print(text) => outcome.output += &text,
                Event::PrintError(text) => outcome.error += &text,
                Event::Figure(_) => outcome.figures += 1,
                Event::Need => match machine.request() {
                    Some(Request::Value(wait)) => machine.provide(wait.settle().await),
                    Some(Request::Ask(ask)) => machine.reply(self.reply(ask)),
                    None => {}
                },
                Event::Line(_) | Event::Ops(..) | Event::Node(_) | Event::OptimizerStep => {}
                Event::Paused => return false,
                Event::Finished(_) => return true,
                Event::Failed(traceback) => {
                    outcome.error += &traceback.text;
                    return true;
                }
            }
        }
    }

    /// Runs a program from start to end.
    pub async fn run(&mut self, engine: &Engine, text: &str) -> Outcome {
        let mut machine = Machine::new(engine.clone(), Limits::default());
        let mut outcome = Outcome::default();
        match machine.load(text) {
            Ok(()) => while !self.drive(&mut machine, 1 << 20, &mut outcome).await {},
            Err(errors) => {
                for error in errors {
                    outcome.error += &format!("{}: {}\n", error.kind, error.message);
                }
            }
        }
        outcome
    }
}

impl Program {
    /// Whether a run is right, or what is wrong, in words.
    ///
    /// # Errors
    /// The first line that differs, or the report of what was raised.
    pub fn check(&self, outcome: &Outcome) -> Result<(), String> {
        let last = |text: &str| text.trim_end().lines().last().unwrap_or_default().to_owned();
        let lines = outcome.output.lines().chain(std::iter::repeat("(nothing)"));
        let expected = self.output.lines().count().max(outcome.output.lines().count());
        let wanted = self.output.lines().chain(std::iter::repeat("(nothing)"));
        for (i, (found, wanted)) in lines.zip(wanted).take(expected).enumerate() {
            if found != wanted {
                let raised = last(&outcome.error);
                return Err(format!(
                    "{}: line {} of the output\n  is     {found}\n  not    {wanted}\n  raised {raised}",
                    self.name,
                    i + 1
                ));
            }
        }
        if last(&outcome.error) != last(self.error) {
            return Err(format!(
                "{}: raised {:?}, not {:?}",
                self.name,
                last(&outcome.error),
                last(self.error)
            ));
        }
        Ok(())
    }
}
