//! The subset of Python in which PyTorch tutorials are written, run on the [`engine`].
//!
//! A text is parsed, compiled to bytecode and run by a [`Machine`], which is a value: it can be stopped anywhere, copied and gone on
//! with. This crate knows no browser, no clock and no files: what a program needs from outside is asked for.

/// The source of a library that is written in Python, by its place in `src`, as `build.rs` condensed it.
macro_rules! python {
    ($path:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $path))
    };
}

mod ast;
#[cfg(test)]
mod bodies;
mod builtins;
mod class;
mod closest;
mod code;
mod compile;
#[cfg(test)]
mod completions;
mod convert;
mod discard;
mod error;
mod exchange;
mod fork;
mod function;
mod generator;
mod history;
mod iterate;
mod late;
mod lexer;
mod machine;
mod map;
mod modules;
mod names;
mod native;
mod need;
mod numpy;
mod object;
mod parser;
mod png;
mod print;
pub mod pyplot;
mod quote;
mod random;
mod span;
mod torch;
mod value;
mod vision;

pub use exchange::Refusal;
pub use history::{History, Progress, Replay};
pub use machine::{
    Event, Interrupted, Limits, Machine, Named, Prepared, Request, Round, Sees, Settled, Stops, Traceback,
};
pub use modules::on_missing;
pub use names::names;
pub use need::{Ask, Reply, Wait};
pub use parser::SyntaxError;
pub use pyplot::Figure;
pub use span::{Span, line_of};
