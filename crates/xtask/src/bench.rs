//! The bench: `tests/bench/run.mjs` measures the engine in the built page's own worker. Standard output has its
//! lines of JSON and nothing else, unless a comparison is asked for: then a table follows.

use crate::need::{self, Need};
use crate::shell::{self, Result, Shell};
use crate::{npm, packages, web};

/// Builds the page as visitors get it, and measures.
pub fn run(shell: &mut Shell, arguments: &[String]) -> Result<()> {
    need::provide_all(shell, &[Need::Node, Need::Browser, Need::TestPackages])?;
    // The peers are large, so `setup` leaves them out.
    if arguments.iter().any(|argument| argument == "--peers") {
        npm::peer_packages(shell)?;
    }
    web::compile(shell)?;
    let mut command = shell.command("node");
    match arguments {
        [only] if only == "--growth" => command.arg("tests/bench/growth.mjs"),
        _ => command.arg("tests/bench/run.mjs").args(arguments),
    };
    packages::tell_browser(shell, &mut command);
    shell::run(&mut command)
}
