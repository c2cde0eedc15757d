//! The editor's bundle: CodeMirror and what lies in `www/editor/src`, as one script. Trunk asks for it before it builds the page (see
//! `Trunk.toml`). Building the page never fails for want of it: the text is edited in a plain field then.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::npm;
use crate::shell::{Result, Shell, run};

/// Where its sources, its packages' names and versions lie.
const SOURCE: &str = "www/editor";
/// The name of the bundle, as the page asks for it.
const NAME: &str = "editor.js";
/// What its licence asks for.
const NOTICE: &str =
    "--banner:js=/*! CodeMirror and Lezer: copyright (C) by Marijn Haverbeke and others, MIT licence */";
/// What the page gets without Node.js: a module that offers nothing, so that it need not ask for what is not there.
const NONE: &str = "// Built without Node.js: the program is edited in a plain field.\nexport {};\n";

/// Writes the bundle to where Trunk puts the page together, or to `dist/`.
pub fn bundle(shell: &mut Shell) -> Result<()> {
    let place = env::var_os("TRUNK_STAGING_DIR").map_or_else(|| shell.root.join("dist"), PathBuf::from);
    let file = place.join(NAME);
    match build(shell, &file) {
        Ok(()) => Ok(()),
        Err(message) => {
            eprintln!(
                "  missing  {message}\nThe page is built without it: programs are edited in a plain field."
            );
            fs::create_dir_all(&place)
                .and_then(|()| fs::write(&file, NONE))
                .map_err(|e| format!("{}: {e}", file.display()))
        }
    }
}

fn build(shell: &mut Shell, file: &Path) -> Result<()> {
    let packages = npm::editor_packages(shell)?;
    shell.prefer(packages.join(".bin"));
    let mut command = shell.command("esbuild");
    command.arg(format!("{SOURCE}/src/{NAME}"));
    command.args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=warning"]);
    command.args(["--legal-comments=none", "--charset=utf8", NOTICE]);
    command.arg(format!("--outfile={}", file.display()));
    // The packages lie in the cache, where no watcher of the sources sees them come.
    run(command.env("NODE_PATH", &packages))
}
