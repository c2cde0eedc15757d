//! The tests, in lanes that can be run one by one. Every lane that was asked for runs, whatever became of the
//! others; one that lacks something fails.

use std::time::{Duration, Instant};

use crate::count::Count;
use crate::need::{self, Missing, Need};
use crate::shell::{Result, Shell, run, watch};
use crate::{browsers, packages, web};

/// One kind of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The code has rustfmt's form.
    Fmt,
    /// clippy has nothing to say, natively and for wasm32.
    Clippy,
    /// Tests that run on the machine itself.
    Native,
    /// Tests that run in a worker of a browser.
    Wasm,
    /// The page can be built, and is small enough.
    Build,
    /// A browser drives the built page.
    E2e,
}

impl Lane {
    /// All, in the order in which they run: what fails soonest comes first.
    pub const ALL: [Self; 6] = [Self::Fmt, Self::Clippy, Self::Native, Self::Wasm, Self::Build, Self::E2e];

    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Build => "build",
            Self::E2e => "e2e",
        }
    }

    fn needs(self) -> &'static [Need] {
        match self {
            Self::Fmt | Self::Native => &[],
            Self::Clippy => &[Need::WasmTarget],
            Self::Wasm => &[Need::Browser, Need::Driver, Need::WasmTarget, Need::WasmBindgen, Need::WasmPack],
            Self::Build => &[
                Need::Node,
                Need::WasmTarget,
                Need::Trunk,
                Need::WasmBindgen,
                Need::WasmOpt,
                Need::Esbuild,
                Need::EditorPackages,
            ],
            Self::E2e => &[Need::Node, Need::Browser, Need::TestPackages],
        }
    }

    fn run(self, shell: &mut Shell, count: &mut Count) -> Result<()> {
        match self {
            Self::Fmt => run(shell.command("cargo").args(["fmt", "--all", "--check"])),
            Self::Clippy => clippy(shell),
            Self::Native => native(shell, count),
            Self::Wasm => browsers::test(shell, count),
            Self::Build => web::build(shell),
            Self::E2e => e2e(shell, count),
        }
    }

    /// Whether its tests are counted; the others count as one.
    fn counts(self) -> bool {
        matches!(self, Self::Native | Self::Wasm | Self::E2e)
    }
}

/// What became of a lane.
struct Outcome {
    lane: Lane,
    count: Count,
    time: Duration,
    failure: Option<String>,
}

/// Runs these lanes, and sums up.
pub fn test(shell: &mut Shell, chosen: &[Lane]) -> Result<()> {
    // The end-to-end tests drive the page as it is now, not as it was built some time ago.
    let builds = chosen.contains(&Lane::E2e);
    let wanted: Vec<_> =
        Lane::ALL.into_iter().filter(|l| chosen.contains(l) || (builds && *l == Lane::Build)).collect();
    let needs: Vec<_> = wanted.iter().flat_map(|lane| lane.needs()).copied().collect();
    let missing = if needs.is_empty() { Missing::new() } else { need::provide(shell, &needs) };
    let mut outcomes: Vec<Outcome> = Vec::new();
    for lane in wanted {
        eprintln!("\n── {} ──", lane.name());
        let built = !outcomes.iter().any(|o| o.lane == Lane::Build && o.failure.is_some());
        let outcome = attempt(shell, lane, &missing, built);
        if let Some(failure) = &outcome.failure {
            eprintln!("{}: {failure}", lane.name());
        }
        outcomes.push(outcome);
    }
    sum_up(&outcomes)
}

fn attempt(shell: &mut Shell, lane: Lane, missing: &Missing, built: bool) -> Outcome {
    let start = Instant::now();
    let mut count = Count::default();
    let lacking: Vec<_> = missing.iter().filter(|(need, _)| lane.needs().contains(need)).collect();
    let done = if let [(_, message), ..] = lacking[..] {
        Err(format!("could not run: this is missing: {message}"))
    } else if lane == Lane::E2e && !built {
        Err("could not run: the page was not built".to_owned())
    } else {
        lane.run(shell, &mut count)
    };
    let failure = match done {
        Ok(()) if lane.counts() && count == Count::default() => Some("ran no test".to_owned()),
        Ok(()) if count.failed > 0 => Some("tests failed".to_owned()),
        done => done.err(),
    };
    match (&failure, lane.counts()) {
        (Some(_), _) if count.failed == 0 => count.failed = 1,
        (None, false) => count.passed = 1,
        _ => {}
    }
    Outcome { lane, count, time: start.elapsed(), failure }
}

/// Prints a table, and a last line with the sum.
fn sum_up(outcomes: &[Outcome]) -> Result<()> {
    println!();
    let mut sum = Count::default();
    for outcome in outcomes {
        let seconds = outcome.time.as_secs();
        let verdict = if outcome.failure.is_none() { "ok" } else { "FAILED" };
        let time = format!("{}:{:02}", seconds / 60, seconds % 60);
        println!("{:<7} {verdict:<7} {:<24} {time:>6}", outcome.lane.name(), outcome.count.to_string());
        sum += outcome.count;
    }
    println!("\n{sum}");
    let failed: Vec<_> = outcomes.iter().filter(|o| o.failure.is_some()).map(|o| o.lane.name()).collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

/// Both are run, even if the first has something to say.
fn clippy(shell: &Shell) -> Result<()> {
    let strict = ["--all-targets", "--", "-D", "warnings"];
    let native = run(shell.command("cargo").args(["clippy", "--workspace"]).args(strict));
    let page =
        ["clippy", "--workspace", "--exclude=cli", "--exclude=xtask", "--target=wasm32-unknown-unknown"];
    let wasm = run(shell.wasm_command("cargo").args(page).args(strict));
    native.and(wasm)
}

fn native(shell: &Shell, count: &mut Count) -> Result<()> {
    let mut command = shell.command("cargo");
    watch(command.args(["test", "--workspace", "--no-fail-fast"]), |line| count.add_line(line))
}

fn e2e(shell: &Shell, count: &mut Count) -> Result<()> {
    let mut command = shell.command("node");
    command
        .args(["../node_modules/@playwright/test/cli.js", "test"])
        .current_dir(shell.root.join("tests/e2e"));
    packages::tell_browser(shell, &mut command);
    watch(&mut command, |line| count.add_line(line))
}
