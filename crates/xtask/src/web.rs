//! The page: served while it is worked on, or built for good into `dist/`. Trunk does both.

use std::fs;
use std::process::Command;

use crate::need::{self, Need};
use crate::shell::{Result, Shell, run};
use crate::{npm, packages, size};

/// What building the page needs. Without wasm-opt and esbuild it can be built too: see [`provide`].
pub const NEEDS: [Need; 3] = [Need::WasmTarget, Need::Trunk, Need::WasmBindgen];

/// What opening the page takes of its program, as [`opening`] found it.
const LIST: &str = "crates/split/opening.txt";

/// How wasm-opt is called: for size, for a program that has in it what Rust and wasm-bindgen take browsers to know.
const WASM_OPT: [&str; 8] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-simd",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Serves the page until it is stopped. It is as Trunk builds it: all that makes it smaller would make every change wait.
pub fn serve(shell: &mut Shell, port: Option<u16>, open: bool) -> Result<()> {
    need::provide_all(shell, &NEEDS)?;
    let mut command = trunk(shell, "serve");
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

/// Builds the page for good: cut in two, and optimised for size as far as there are the tools.
pub fn compile(shell: &mut Shell) -> Result<()> {
    whole(shell)?;
    // Before wasm-opt, which puts into functions of the first part what only they call, though it could follow.
    split(shell, &["cut", "dist", LIST])?;
    if provide(shell, &npm::WASM_OPT) {
        for file in ["dist/site_bg.wasm", "dist/site_rest.wasm"] {
            run(shell.command("wasm-opt").args(WASM_OPT).args([file, "-o", file]))?;
        }
    }
    split(shell, &["seal", "dist"])?;
    if provide(shell, &npm::ESBUILD) {
        minify(shell)?;
    }
    if shell.find("node").is_some() {
        run(shell.command("node").args(["crates/xtask/src/shorten.mjs", "dist"]))?;
    }
    Ok(())
}

/// Builds the page, opens it in a browser, and notes what of its program that took.
pub fn opening(shell: &mut Shell) -> Result<()> {
    need::provide_all(shell, &[Need::Node, Need::Browser, Need::TestPackages])?;
    whole(shell)?;
    let file = |name: &str| {
        let path = shell.cache.join(name).into_os_string().into_string();
        path.map_err(|_| "the cache's folder has a name that is no text")
    };
    let (counting, passed) = (file("counting.wasm")?, file("passed")?);
    split(shell, &["count", "dist", &counting])?;
    let mut command = shell.command("node");
    command.args(["tests/e2e/opening.mjs", &counting, &passed]);
    packages::tell_browser(shell, &mut command);
    run(&mut command)?;
    split(shell, &["list", "dist", &passed, LIST])
}

/// Works on the program in `dist/`: see the crate `split`.
fn split(shell: &Shell, arguments: &[&str]) -> Result<()> {
    run(shell.command("cargo").args(["run", "--quiet", "--package=split", "--"]).args(arguments))
}

/// Builds the page in one piece.
fn whole(shell: &mut Shell) -> Result<()> {
    need::provide_all(shell, &NEEDS)?;
    run(&mut trunk(shell, "build"))
}

/// Whether there is a program that makes the page smaller. Where there is none, it is said.
fn provide(shell: &mut Shell, program: &npm::Program) -> bool {
    let provided = npm::program(shell, program);
    if let Err(message) = &provided {
        eprintln!(
            "  missing  {message}\nThe page is built without it: it works as well, but is larger to download."
        );
    }
    provided.is_ok()
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

/// Trunk, with what is in `Trunk.toml`.
fn trunk(shell: &Shell, verb: &str) -> Command {
    let mut command = shell.wasm_command("trunk");
    command.arg(verb).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk takes any value but true and false for a mistake, and 1 is usual.
    command.env_remove("NO_COLOR");
    command
}
