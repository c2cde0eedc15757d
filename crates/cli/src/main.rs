//! `seegrad`: what the page does, on the command line and on the native CPU backend.

mod args;
mod data;
mod mnist;

use std::process::ExitCode;

use args::Command;

/// What a command can fail with, in words for the terminal.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}\nTry `seegrad help`.")]
    Usage(String),
    #[error("{path}: {why}")]
    File { path: String, why: String },
    #[error(transparent)]
    Engine(#[from] engine::Error),
    #[error("the loss is no longer finite at step {step}: try a smaller learning rate")]
    NotFinite { step: u64 },
}

fn main() -> ExitCode {
    let done = match args::parse(lexopt::Parser::from_env()) {
        Ok(Command::Help) => {
            println!("{}", args::HELP);
            Ok(())
        }
        Ok(Command::Mnist { data, config }) => mnist::run(&data, config),
        Err(why) => Err(why),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("seegrad: {why}");
            ExitCode::FAILURE
        }
    }
}
