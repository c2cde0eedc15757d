//! What comes from npm, each from a lock file: wasm-opt, esbuild and the packages of the editor into the cache, those
//! of the browser tests and of the bench's peers beside them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::need::have;
use crate::shell::{Result, Shell, run};

/// A program from npm, installed on its own into the cache.
pub struct Program {
    /// What it is called on `PATH`.
    name: &'static str,
    why: &'static str,
    /// The package that carries it, and how its version begins: as in the manifest.
    package: (&'static str, &'static str),
    manifest: &'static str,
    lock: &'static str,
}

/// Makes the page's Wasm smaller.
pub const WASM_OPT: Program = Program {
    name: "wasm-opt",
    why: "wasm-opt, which makes the page's Wasm smaller",
    package: ("binaryen", "132"),
    manifest: include_str!("../wasm-opt/package.json"),
    lock: include_str!("../wasm-opt/package-lock.json"),
};

/// Makes the page's JavaScript smaller: Trunk cannot parse what wasm-bindgen writes.
pub const ESBUILD: Program = Program {
    name: "esbuild",
    why: "esbuild, which makes the page's JavaScript smaller",
    package: ("esbuild", "0.28.2"),
    manifest: include_str!("../esbuild/package.json"),
    lock: include_str!("../esbuild/package-lock.json"),
};

/// Puts a program on `PATH`. One that is there already, of any version, will do.
pub fn program(shell: &mut Shell, program: &Program) -> Result<()> {
    let Program { name, why, package: (package, version), manifest, lock } = program;
    let there = |shell: &Shell| shell.ask(name, &["--version"]);
    let said =
        |version: &str| if version.contains(name) { version.to_owned() } else { format!("{name} {version}") };
    if let Some(version) = there(shell) {
        have(&said(&version));
        return Ok(());
    }
    let folder = shell.cache.join("tools").join(format!("{package}-{version}"));
    let bin = folder.join("node_modules").join(".bin");
    shell.prefer(bin);
    if let Some(version) = there(shell) {
        have(&said(&version));
        return Ok(());
    }
    eprintln!("  install  {why} (npm's {package} {version})");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text);
    fs::create_dir_all(&folder)
        .and_then(|()| write("package.json", manifest))
        .and_then(|()| write("package-lock.json", lock))
        .map_err(|e| format!("{why}: {}: {e}", folder.display()))?;
    install(shell, &folder).map_err(|e| format!("{why}: {e}; by hand: put any {name} on PATH"))?;
    match there(shell) {
        Some(_) => Ok(()),
        None => Err(format!("{why}: it was installed, but does not run")),
    }
}

/// Installs what `tests/package-lock.json` names, unless that has been done.
pub fn test_packages(shell: &Shell) -> Result<()> {
    packages(shell, "tests", "Playwright and axe, which test the page")
}

/// Installs what `tests/bench/peers/package-lock.json` names, unless that has been done.
pub fn peer_packages(shell: &Shell) -> Result<()> {
    packages(shell, "tests/bench/peers", "jax-js and TensorFlow.js, which the engine is compared with")
}

/// Installs the packages of a folder's lock file beside it.
fn packages(shell: &Shell, folder: &str, what: &str) -> Result<()> {
    let place = shell.root.join(folder);
    if installed(&place, &place)? {
        have(what);
        return Ok(());
    }
    eprintln!("  install  {what}, into {folder}/node_modules");
    install(shell, &place).map_err(|e| format!("{what}: {e}; by hand: cd {folder} && npm ci"))?;
    stamp(&place, &place)
}

/// Installs what `www/editor/package-lock.json` names into the cache, unless that has been done; says where it lies.
pub fn editor_packages(shell: &Shell) -> Result<PathBuf> {
    let what = "CodeMirror, the editor of the page";
    let (source, folder) = (shell.root.join("www/editor"), shell.cache.join("tools").join("editor"));
    let packages = folder.join("node_modules");
    if shell.find("node").is_none() {
        return Err(format!("{what}: there is no Node.js, which puts it together"));
    }
    if installed(&source, &folder)? {
        have(what);
        return Ok(packages);
    }
    eprintln!("  install  {what}, into {}", folder.display());
    let copy = |name: &str| fs::copy(source.join(name), folder.join(name));
    fs::create_dir_all(&folder)
        .and_then(|()| copy("package.json"))
        .and_then(|_| copy("package-lock.json"))
        .and_then(|_| copy(".npmrc"))
        .map_err(|e| format!("{what}: {}: {e}", folder.display()))?;
    install(shell, &folder).map_err(|e| format!("{what}: {e}"))?;
    stamp(&source, &folder)?;
    Ok(packages)
}

/// Where the lock file is kept whose packages are installed in a folder.
fn mark(folder: &Path) -> PathBuf {
    folder.join("node_modules/.installed-lock.json")
}

fn lock(source: &Path) -> Result<Vec<u8>> {
    let lock = source.join("package-lock.json");
    fs::read(&lock).map_err(|e| format!("{}: {e}", lock.display()))
}

/// Whether a folder has the packages of the lock file in `source`.
fn installed(source: &Path, folder: &Path) -> Result<bool> {
    let wanted = lock(source)?;
    Ok(fs::read(mark(folder)).is_ok_and(|installed| installed == wanted))
}

/// Notes that it has them. Done last: what was broken off is done again.
fn stamp(source: &Path, folder: &Path) -> Result<()> {
    let mark = mark(folder);
    fs::write(&mark, lock(source)?).map_err(|e| format!("{}: {e}", mark.display()))
}

fn install(shell: &Shell, folder: &Path) -> Result<()> {
    if shell.find("npm").is_none() {
        return Err("there is no npm, which comes with Node.js".to_owned());
    }
    let mut command = shell.command("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
    // The browser is the system's.
    run(command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_lock_files() {
        for Program { package: (package, version), manifest, lock, .. } in [WASM_OPT, ESBUILD] {
            assert!(manifest.contains(&format!("\"{package}\": \"{version}")), "{manifest}");
            assert!(lock.contains(&format!("\"version\": \"{version}")), "{lock}");
        }
    }
}
