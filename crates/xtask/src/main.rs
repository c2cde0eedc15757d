//! `cargo xtask …`: every chore of the project, one command each. It installs what is missing, says what it
//! does, and leaves the work to the tools that are made for it. It knows none of the other crates.

mod args;
mod bench;
mod browsers;
mod count;
mod editor;
mod lanes;
mod need;
mod npm;
mod packages;
mod shell;
mod size;
mod tools;
mod web;

use std::process::ExitCode;

use args::Task;
use lanes::Lane;
use need::Need;
use shell::{Result, Shell};

fn main() -> ExitCode {
    let done = args::parse(std::env::args().skip(1)).and_then(|task| run(&task));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> Result<()> {
    if *task == Task::Help {
        print!("{}", args::HELP);
        return Ok(());
    }
    let mut shell = Shell::new()?;
    match task {
        Task::Help => Ok(()),
        Task::Setup => need::provide_all(&mut shell, &Need::ALL),
        Task::Serve { port, open } => web::serve(&mut shell, *port, *open),
        Task::Build => web::build(&mut shell),
        Task::Opening => web::opening(&mut shell),
        Task::Editor => editor::bundle(&mut shell),
        Task::Size => size::report(&shell),
        Task::Test(chosen) => lanes::test(&mut shell, chosen),
        Task::Lint => lanes::test(&mut shell, &[Lane::Fmt, Lane::Clippy]),
        Task::Bench(arguments) => bench::run(&mut shell, arguments),
    }
}
