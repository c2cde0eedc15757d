//! The subset of Python in which PyTorch tutorials are written, run on the [`engine`].
//!
//! A text is parsed ([`parse`](parser::parse)), compiled to bytecode and run by a machine that is a value. This crate knows no
//! browser, no clock and no files: what a program needs from outside is asked for.

pub mod ast;
mod lexer;
pub mod parser;
pub mod span;
