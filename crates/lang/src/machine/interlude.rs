//! Another text that runs in between, with the variables of the program.

use std::collections::VecDeque;
use std::rc::Rc;

use engine::Tensor;

use super::{Event, Frame, Machine};
use crate::ast::Stmt;
use crate::code::Code;
use crate::compile::compile;
use crate::discard::discard;
use crate::need::Answer;
use crate::parser::{Limits, SyntaxError, parse_with};
use crate::value::{Module, TensorRef, Value};

/// Which variables of the program a text in between sees, besides the global ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sees {
    /// Those of the innermost function, as the program's next line does.
    Innermost,
    /// Those of all functions that are running; of two of the same name, the inner one.
    All,
}

/// A text that is ready to run in between, any number of times.
#[derive(Clone)]
pub struct Prepared {
    source: Rc<str>,
    code: Rc<Code>,
}

impl Prepared {
    /// An expression, whose value is printed as Python's prompt would, or statements.
    ///
    /// # Errors
    /// What is wrong with the text. Places count from its first byte.
    pub fn new(text: &str) -> Result<Self, Vec<SyntaxError>> {
        let as_value = format!("_ = (\n{text}\n)\nif _ is not None:\n    print(repr(_))\n");
        match parse_with(&as_value, Limits::default()) {
            Ok(tree) if !text.trim().is_empty() => Self::compiled(&tree, &as_value),
            _ => Self::statements(text),
        }
    }

    /// The same of what is known to be statements.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn statements(text: &str) -> Result<Self, Vec<SyntaxError>> {
        Self::compiled(&parse_with(text, Limits::default())?, text)
    }

    fn compiled(tree: &[Stmt], source: &str) -> Result<Self, Vec<SyntaxError>> {
        let code = compile(tree, source, false).map_err(|error| vec![error])?;
        Ok(Self { source: source.into(), code })
    }
}

/// What a machine was about to do when another text came in between.
pub struct Interrupted {
    frames: Vec<Frame>,
    text: Rc<str>,
    events: VecDeque<Event>,
    answers: Vec<Answer>,
    own: Own,
}

/// The variables of the text in between. Its functions know them, and they know the functions: each would keep the other.
struct Own(Rc<Module>);

impl Drop for Own {
    fn drop(&mut self) {
        discard(self.0.attrs.borrow_mut().take());
    }
}

impl Machine {
    /// Makes this machine run another text. Names that the text binds are its own; `values` are there as variables. When it has [finished](Event::Finished), [`take_up`](Self::take_up) lets the
    /// program go on; a copy that was made for the text alone is dropped instead.
    pub fn interrupt(&mut self, text: Prepared, sees: Sees, values: &[(&str, Tensor)]) -> Interrupted {
        let Prepared { source, code } = text;
        let module = self.variables(sees);
        for (name, tensor) in values {
            module.set(name, Value::Tensor(TensorRef { tensor: tensor.clone(), parameter: false }));
        }
        let begin = vec![Frame::new(code, Rc::clone(&module), &[])];
        self.request = None;
        self.used.set(0);
        Interrupted {
            frames: std::mem::replace(&mut self.frames, begin),
            text: std::mem::replace(&mut self.text, source),
            events: std::mem::take(&mut self.events),
            answers: std::mem::take(&mut self.answers),
            own: Own(module),
        }
    }

    /// Goes on with the program where it was. What the text in between has done to objects stays done.
    pub fn take_up(&mut self, interrupted: Interrupted) {
        let Interrupted { frames, text, events, answers, own } = interrupted;
        drop(own);
        self.frames = frames;
        self.text = text;
        self.events = events;
        self.answers = answers;
        self.used.set(0);
        self.request = None;
    }

    /// A module with the global variables of the program and those of its functions.
    fn variables(&self, sees: Sees) -> Rc<Module> {
        let module = Module::new("__main__");
        if let Some(main) = self.modules.get("__main__") {
            for (name, value) in main.attrs.borrow().iter() {
                module.set(name, value.clone());
            }
        }
        let mut functions: Vec<&Frame> = self.frames.iter().filter(|frame| !frame.code.internal).collect();
        if sees == Sees::Innermost {
            functions.drain(..functions.len().saturating_sub(1));
        }
        for frame in functions {
            for (name, value) in frame.code.locals.iter().zip(&frame.locals) {
                if let Some(value) = value {
                    module.set(name, value.clone());
                }
            }
            let cells = frame.code.cells.iter().map(|(name, _)| name).chain(&frame.code.free);
            for (name, cell) in cells.zip(&frame.cells) {
                if let Some(value) = cell.0.borrow().clone() {
                    module.set(name, value);
                }
            }
        }
        module
    }
}
