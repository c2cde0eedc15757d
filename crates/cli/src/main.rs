//! `seegrad`: what the page does, on the command line and on the native CPU backend.

mod args;
mod data;
mod run;

use std::process::ExitCode;
use std::rc::Rc;

use args::Command;
use backend_cpu::CpuBackend;
use engine::Engine;
use run::End;

/// What a command can fail with, in words for the terminal.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}\nTry `seegrad help`.")]
    Usage(String),
    #[error("{path}: {why}")]
    File { path: String, why: String },
}

fn main() -> ExitCode {
    let done = match args::parse(lexopt::Parser::from_env()) {
        Ok(Command::Help) => {
            println!("{}", args::HELP);
            Ok(End::Exit(0))
        }
        Ok(Command::Names) => {
            print!("{}", lang::names(Engine::new(Rc::new(CpuBackend::new()))));
            Ok(End::Exit(0))
        }
        Ok(Command::Run(options)) => run::run(&options),
        Err(why) => Err(why),
    };
    match done {
        Ok(End::Exit(code)) => ExitCode::from(code),
        Ok(End::Failed) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("seegrad: {why}");
            ExitCode::FAILURE
        }
    }
}
