//! The command line: what can be asked for.

use crate::lanes::Lane;
use crate::shell::Result;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask serve [--port N] [--open]   build the page and serve it, again after every change
cargo xtask test [LANE…]                every test, or some of: fmt clippy native wasm build e2e
cargo xtask build                       the page, optimised, in dist/; prints its size
cargo xtask opening                     note anew what opening the page takes of its program: it is loaded first
cargo xtask editor                      the editor's bundle alone; Trunk asks for it
cargo xtask size                        the size of what lies in dist/
cargo xtask lint                        the same as: test fmt clippy
cargo xtask bench [--case NAME[,NAME]] [--backend cpu|webgpu] [--mode eager|fused]
                                        measure the engine in a browser, one JSON line a case
cargo xtask bench --turns N             both modes in turns, so many times, and how they compare
cargo xtask bench --peers [--budget MS] the same, and other libraries beside it, with a table
cargo xtask bench --growth              how the cost of a step grows with its size
cargo xtask setup                       install what the others need, and do nothing else

Each installs what it needs and finds missing. Rust tools go to a folder of the project's own: $SEEGRAD_CACHE, or
`seegrad` in the system's folder for caches. Node.js, Chromium and chromedriver come from the system's package
manager, after a question (without one where CI is set).
";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Install everything.
    Setup,
    /// Serve the page.
    Serve {
        /// The port, if not Trunk's own choice.
        port: Option<u16>,
        /// Whether to open a browser.
        open: bool,
    },
    /// Build the page.
    Build,
    /// Note what of its program opening the page takes.
    Opening,
    /// Put the editor's bundle where Trunk puts the page together.
    Editor,
    /// Measure the built page's size.
    Size,
    /// Run these lanes.
    Test(Vec<Lane>),
    /// Check the form of the code.
    Lint,
    /// Measure the engine; the arguments are those of `tests/bench/run.mjs`.
    Bench(Vec<String>),
    /// Print [`HELP`].
    Help,
}

/// Reads a command line, without the program's name.
pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Task> {
    let mut rest: Vec<String> = arguments.collect();
    if rest.is_empty() || rest.iter().any(|a| a == "--help" || a == "-h") {
        return Ok(Task::Help);
    }
    let name = rest.remove(0);
    match name.as_str() {
        "serve" => serve(&rest),
        "test" => test(&rest),
        "bench" => bench(rest),
        "setup" => alone(Task::Setup, &rest),
        "build" => alone(Task::Build, &rest),
        "opening" => alone(Task::Opening, &rest),
        "editor" => alone(Task::Editor, &rest),
        "size" => alone(Task::Size, &rest),
        "lint" => alone(Task::Lint, &rest),
        "help" => alone(Task::Help, &rest),
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    }
}

fn alone(task: Task, rest: &[String]) -> Result<Task> {
    match rest.first() {
        None => Ok(task),
        Some(extra) => Err(format!("`{extra}` was not expected here; see `cargo xtask help`")),
    }
}

fn serve(rest: &[String]) -> Result<Task> {
    let (mut port, mut open) = (None, false);
    let mut rest = rest.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--open" => open = true,
            "--port" => {
                let text = rest.next().map_or("nothing", String::as_str);
                port =
                    Some(text.parse().map_err(|_| format!("--port wants a number up to 65535, not {text}"))?);
            }
            other => return Err(format!("serve knows --port N and --open, not `{other}`")),
        }
    }
    Ok(Task::Serve { port, open })
}

fn test(rest: &[String]) -> Result<Task> {
    if rest.is_empty() {
        return Ok(Task::Test(Lane::ALL.to_vec()));
    }
    let find = |name: &String| {
        let known = || Lane::ALL.map(Lane::name).join(", ");
        Lane::ALL
            .into_iter()
            .find(|lane| lane.name() == name)
            .ok_or_else(|| format!("there is no lane `{name}`, but {}", known()))
    };
    rest.iter().map(find).collect::<Result<_>>().map(Task::Test)
}

fn bench(rest: Vec<String>) -> Result<Task> {
    if rest == ["--growth"] {
        return Ok(Task::Bench(rest));
    }
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        let good = match word.as_str() {
            "--peers" => true,
            "--case" | "--backend" | "--mode" | "--budget" | "--without" | "--turns" => {
                words.next().is_some()
            }
            _ => false,
        };
        if !good {
            return Err(format!(
                "bench knows --case NAME, --backend cpu|webgpu, --mode eager|fused, --turns N, --peers, --without PEER-BACKEND and --budget MS, or --growth alone, not `{word}`"
            ));
        }
    }
    Ok(Task::Bench(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn every_command_is_read() {
        let cases = [
            ("", Task::Help),
            ("serve", Task::Serve { port: None, open: false }),
            ("serve --open --port 9000", Task::Serve { port: Some(9000), open: true }),
            ("test", Task::Test(Lane::ALL.to_vec())),
            ("test e2e fmt", Task::Test(vec![Lane::E2e, Lane::Fmt])),
            ("bench --growth", Task::Bench(vec!["--growth".into()])),
            ("bench --case predict1", Task::Bench(vec!["--case".into(), "predict1".into()])),
            (
                "bench --peers --mode fused",
                Task::Bench(vec!["--peers".into(), "--mode".into(), "fused".into()]),
            ),
            ("build", Task::Build),
            ("editor", Task::Editor),
            ("test --help", Task::Help),
        ];
        for (line, expected) in cases {
            assert_eq!(parse_words(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let cases = [
            "srve",
            "serve --port",
            "serve --port 70000",
            "serve 1",
            "test all",
            "bench predict1",
            "bench --case",
            "build dist",
        ];
        for line in cases {
            assert!(parse_words(line).is_err(), "{line}");
        }
    }

    #[test]
    fn the_help_names_every_lane() {
        for lane in Lane::ALL {
            assert!(HELP.contains(lane.name()), "{}", lane.name());
        }
    }
}
