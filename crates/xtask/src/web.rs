//! The page: served while it is worked on, or built for good into `dist/`. Trunk does both.

use std::fs;
use std::process::Command;

use crate::need::{self, Need};
use crate::shell::{Result, Shell, run};
use crate::{npm, packages, size};

/// What building the page needs. Without wasm-opt and esbuild it can be built too: see [`compile`].
pub const NEEDS: [Need; 3] = [Need::WasmTarget, Need::Trunk, Need::WasmBindgen];

/// Which functions opening the page takes, as [`opening`] found them.
const LIST: &str = "crates/split/opening.txt";

/// Serves the page until it is stopped. wasm-opt is left out: it would make every change wait.
pub fn serve(shell: &mut Shell, port: Option<u16>, open: bool) -> Result<()> {
    need::provide_all(shell, &NEEDS)?;
    let mut command = trunk(shell, "serve", false);
    if let Some(port) = port {
        command.arg(format!("--port={port}"));
    }
    if open {
        command.arg("--open");
    }
    eprintln!("Building the page: minutes the first time, seconds later. Trunk prints its address.");
    run(&mut command)
}

/// Builds the page for good, and shows its size.
pub fn build(shell: &mut Shell) -> Result<()> {
    compile(shell)?;
    if shell.find("node").is_some() {
        size::report(shell)
    } else {
        eprintln!("There is no Node.js: the page's compressed size was not measured.");
        Ok(())
    }
}

/// Builds the page for good: optimised for size, as far as there are the tools, and cut in two.
pub fn compile(shell: &mut Shell) -> Result<()> {
    if whole(shell)? {
        split(shell, &["cut", "dist", LIST])?;
    }
    if shell.find("node").is_some() {
        run(shell.command("node").args(["crates/xtask/src/shorten.mjs", "dist"]))?;
    }
    Ok(())
}

/// Builds the page, opens it in a browser, and notes which functions that took.
pub fn opening(shell: &mut Shell) -> Result<()> {
    need::provide_all(shell, &[Need::Node, Need::Browser, Need::TestPackages])?;
    if !whole(shell)? {
        return Err("functions are only known by name in a page that wasm-opt has optimised".to_owned());
    }
    let functions = shell.cache.join("opening");
    let mut command = shell.command("node");
    command.arg("tests/e2e/opening.mjs").arg(&functions);
    packages::tell_browser(shell, &mut command);
    run(&mut command)?;
    let functions = functions.to_str().ok_or("the cache's folder has a name that is no text")?;
    split(shell, &["list", "dist", functions, LIST])
}

/// Works on the program in `dist/`: see the crate `split`.
fn split(shell: &Shell, arguments: &[&str]) -> Result<()> {
    run(shell.command("cargo").args(["run", "--quiet", "--package=split", "--"]).args(arguments))
}

/// Builds the page in one piece; whether wasm-opt has optimised it.
fn whole(shell: &mut Shell) -> Result<bool> {
    need::provide_all(shell, &NEEDS)?;
    let optimised = npm::program(shell, &npm::WASM_OPT);
    let minified = npm::program(shell, &npm::ESBUILD);
    for message in [&optimised, &minified].into_iter().filter_map(|tool| tool.as_ref().err()) {
        eprintln!(
            "  missing  {message}\nThe page is built without it: it works as well, but is larger to download."
        );
    }
    run(&mut trunk(shell, "build", optimised.is_ok()))?;
    if minified.is_ok() {
        minify(shell)?;
    }
    Ok(optimised.is_ok())
}

/// Makes the scripts in `dist/` smaller, each in its place.
fn minify(shell: &Shell) -> Result<()> {
    let dist = shell.root.join("dist");
    let failed = |e: std::io::Error| format!("{}: {e}", dist.display());
    let mut command = shell.command("esbuild");
    command.args(["--minify", "--format=esm", "--outdir=dist", "--allow-overwrite", "--log-level=warning"]);
    for entry in fs::read_dir(&dist).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            command.arg(path);
        }
    }
    run(&mut command)
}

/// Trunk, with what is in `Trunk.toml`. For Trunk, wasm-opt is a part of a release: without it, the release is
/// Cargo's alone.
fn trunk(shell: &Shell, verb: &str, optimised: bool) -> Command {
    let mut command = shell.wasm_command("trunk");
    command.arg(verb).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk takes any value but true and false for a mistake, and 1 is usual.
    command.env_remove("NO_COLOR");
    if !optimised {
        command.args(["--release=false", "--cargo-profile=release"]);
    }
    command
}
