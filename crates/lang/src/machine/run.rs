//! Running: instruction by instruction, until something is to be told.

use std::rc::Rc;

use super::{Frame, Machine};
use crate::code::Op;
use crate::compile::compile;
use crate::error::Stop;
use crate::need::{Answer, Ask, Need, Reply, Wait};
use crate::parser::{SyntaxError, parse_with};
use crate::pyplot::Figure;
use crate::span::Span;
use crate::value::{Module, Value};

/// What a machine tells.
#[derive(Clone)]
pub enum Event {
    /// A statement on this line is about to run.
    Line(u32),
    /// Ops ran: the sequence number of the first that was recorded, and the one after the last. Both are the same if none was, as
    /// in `no_grad`.
    Ops(u64, u64),
    /// The node of this sequence number was visited in a backward pass.
    Node(u64),
    /// An optimizer has taken a step.
    OptimizerStep,
    /// Text was printed.
    Print(String),
    /// Text was printed to `sys.stderr`.
    PrintError(String),
    /// A figure is to be shown.
    Figure(Figure),
    /// Something is needed before it can go on: see [`Machine::request`].
    Need,
    /// So many instructions were run as were allowed.
    Paused,
    /// The program came to its end, or left with this exit code.
    Finished(u8),
    /// The program ended with an exception.
    Failed(Traceback),
}

/// What is needed.
pub enum Request {
    /// A value from a device: await [`Wait::settle`].
    Value(Wait),
    /// An answer.
    Ask(Ask),
}

/// An exception that nobody handled.
#[derive(Clone, Debug, PartialEq)]
pub struct Traceback {
    /// As Python prints it, line by line.
    pub text: String,
    /// Where it was raised, of the lines of the program.
    pub span: Option<Span>,
    /// A line for learners.
    pub hint: Option<String>,
}

/// At what a machine stops besides what it must tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stops {
    /// At each line of functions that are at most so deep inside each other: [`Machine::depth`] steps over calls, one less steps
    /// out of the function, and `usize::MAX` steps into everything.
    pub lines: Option<usize>,
    /// At these lines, wherever they are.
    pub breakpoints: Vec<u32>,
    /// When ops ran, recorded or not.
    pub ops: bool,
    /// After each node of a backward pass.
    pub nodes: bool,
    /// After each step of an optimizer.
    pub optimizer: bool,
}

/// What a program may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of its text.
    pub source_bytes: usize,
    /// Brackets, blocks and operators inside each other.
    pub nesting: usize,
    /// Functions inside each other.
    pub frames: usize,
    /// Lines of output.
    pub output_lines: u64,
    /// Bytes of lists, texts and other objects.
    pub heap_bytes: usize,
    /// Bytes of tensors on the device.
    pub tensor_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let text = crate::parser::Limits::default();
        Self {
            source_bytes: text.source_bytes,
            nesting: text.nesting,
            frames: 1000,
            output_lines: 1_000_000,
            heap_bytes: 1 << 30,
            tensor_bytes: 3 << 30,
        }
    }
}

impl Machine {
    /// Makes `text` the program, to be run from its start.
    ///
    /// # Errors
    /// All errors of syntax.
    pub fn load(&mut self, text: &str) -> Result<(), Vec<SyntaxError>> {
        let Limits { source_bytes, nesting, .. } = self.limits;
        let tree = parse_with(text, crate::parser::Limits { source_bytes, nesting })?;
        let code = compile(&tree, text, false).map_err(|error| vec![error])?;
        self.text = text.into();
        let main = Module::new("__main__");
        self.modules.insert("__main__".to_owned(), Rc::clone(&main));
        self.frames.push(Frame::new(code, main, &[]));
        Ok(())
    }

    /// How many functions of the program are running inside each other.
    pub fn depth(&self) -> usize {
        self.frames.iter().filter(|frame| !frame.code.internal).count()
    }

    /// How many instructions were run so far: the same program at the same count is in the same state.
    pub fn clock(&self) -> u64 {
        self.clock
    }

    /// How many steps optimizers have taken so far.
    pub fn optimizer_steps(&self) -> u64 {
        self.optimizer_steps
    }

    /// Notes that an optimizer has taken a step.
    pub(crate) fn optimizer_stepped(&mut self) {
        self.optimizer_steps += 1;
        if self.stops.optimizer {
            self.tell(Event::OptimizerStep);
        }
    }

    /// Runs at most so many instructions, until there is something to tell.
    pub fn run(&mut self, budget: u64, stops: &Stops) -> Event {
        self.stops.clone_from(stops);
        self.torch.enter();
        let (first, ran) = (self.torch.recorded(), self.ops_run());
        for _ in 0..budget {
            if let Some(event) = self.events.pop_front() {
                return event;
            }
            if self.frames.is_empty() && !self.show_figures() {
                return Event::Finished(self.exit_code);
            }
            let Some(frame) = self.frames.last_mut() else { return Event::Finished(self.exit_code) };
            let ip = frame.ip;
            let Some(&op) = frame.code.ops.get(ip) else { return Event::Finished(self.exit_code) };
            frame.ip += 1;
            let internal = frame.code.internal;
            (self.spent, self.compared) = (0, 0);
            match self.exec(op) {
                Ok(()) => {
                    self.clock += 1;
                    if self.used.get() > 0 {
                        self.answers.clear();
                        self.used.set(0);
                    }
                }
                Err(Stop::Need(need)) => {
                    self.used.set(0);
                    if let Some(frame) = self.frames.last_mut() {
                        frame.ip = ip;
                    }
                    self.request = Some(match need {
                        Need::Value(wait) => Request::Value(wait),
                        Need::Ask(ask) => Request::Ask(ask),
                    });
                    return Event::Need;
                }
                Err(Stop::Hash(object)) => self.ask_first(ip, "_remember_hash", vec![object]),
                Err(Stop::Same(a, b)) => self.ask_first(ip, "_remember_same", vec![a, b]),
                Err(stop) => {
                    self.clock += 1;
                    self.fail(stop);
                }
            }
            if stops.ops && self.ops_run() > ran {
                return Event::Ops(first, self.torch.recorded());
            }
            if let Op::Line(line) = op
                && !internal
                && (stops.lines.is_some_and(|deepest| self.depth() <= deepest)
                    || stops.breakpoints.contains(&line))
            {
                return Event::Line(line);
            }
        }
        self.events.pop_front().unwrap_or(Event::Paused)
    }

    /// Lets a helper ask the program for something, and then runs the instruction at `ip` again.
    fn ask_first(&mut self, ip: usize, helper: &str, args: Vec<Value>) {
        self.clock += 1;
        if let Some(frame) = self.frames.last_mut() {
            frame.ip = ip;
        }
        let call = Stop::call(self.helper(helper), args);
        if let Err(stop) = self.finish_then(Err(call), 0, super::Then::Discard) {
            self.fail(stop);
        }
    }

    /// Raises what stopped an instruction; the program ends if nobody handles it.
    fn fail(&mut self, stop: Stop) {
        self.answers.clear();
        self.used.set(0);
        if let Some(traceback) = self.raise(stop) {
            self.frames.clear();
            self.events.push_back(Event::Failed(traceback));
        }
    }

    /// Begins to show what was drawn and not shown. Whether there is anything.
    fn show_figures(&mut self) -> bool {
        let pyplot = self.modules.get("matplotlib.pyplot");
        let Some(Value::Function(show)) = pyplot.and_then(|module| crate::pyplot::unshown(module)) else {
            return false;
        };
        let Ok(code) = show.whole() else { return false };
        self.frames.push(Frame::new(Rc::clone(code), Rc::clone(&show.globals), &[]));
        true
    }

    /// What is needed, once.
    pub fn request(&mut self) -> Option<Request> {
        self.request.take()
    }

    /// Gives what was waited for.
    pub fn provide(&mut self, answer: Settled) {
        self.answers.push(answer.0);
    }

    /// Answers a question.
    pub fn reply(&mut self, reply: Reply) {
        self.answers.push(Rc::new(reply));
    }

    /// What its tensors and those of its copies take on the device.
    pub(crate) fn tensor_bytes(&self) -> u64 {
        self.torch.engine.memory().bytes
    }

    /// Drops what is still to be told.
    pub(crate) fn silence(&mut self) {
        self.events.clear();
    }

    /// Tells something, after what was to be told before.
    pub(crate) fn tell(&mut self, event: Event) {
        self.events.push_back(event);
    }
}

/// A value that was waited for.
pub struct Settled(Answer);

impl Wait {
    /// Awaits it.
    pub async fn settle(self) -> Settled {
        Settled(self.0.await)
    }
}
