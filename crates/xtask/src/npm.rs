//! What comes from npm, each from a lock file: wasm-opt into the cache, the browser tests' packages beside them.

use std::fs;
use std::path::Path;

use crate::need::have;
use crate::shell::{Result, Shell, run};

/// The package that carries wasm-opt, and its version, as `wasm-opt/package.json` has them.
const WASM_OPT: (&str, &str) = ("binaryen", "132");
const MANIFEST: &str = include_str!("../wasm-opt/package.json");
const LOCK: &str = include_str!("../wasm-opt/package-lock.json");

/// Puts wasm-opt on `PATH`. One that is there already, of any version, will do.
pub fn wasm_opt(shell: &mut Shell) -> Result<()> {
    if let Some(version) = shell.ask("wasm-opt", &["--version"]) {
        have(&version);
        return Ok(());
    }
    let (package, version) = WASM_OPT;
    let folder = shell.cache.join("tools").join(format!("{package}-{version}"));
    let bin = folder.join("node_modules").join(".bin");
    shell.prefer(bin);
    if let Some(version) = shell.ask("wasm-opt", &["--version"]) {
        have(&version);
        return Ok(());
    }
    let why = "wasm-opt, which makes the page's Wasm smaller";
    eprintln!("  install  {why} (npm's {package} {version})");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text);
    fs::create_dir_all(&folder)
        .and_then(|()| write("package.json", MANIFEST))
        .and_then(|()| write("package-lock.json", LOCK))
        .map_err(|e| format!("{why}: {}: {e}", folder.display()))?;
    install(shell, &folder).map_err(|e| format!("{why}: {e}; by hand: put any wasm-opt on PATH"))?;
    match shell.ask("wasm-opt", &["--version"]) {
        Some(_) => Ok(()),
        None => Err(format!("{why}: it was installed, but does not run")),
    }
}

/// Installs what `tests/package-lock.json` names, unless that has been done.
pub fn test_packages(shell: &Shell) -> Result<()> {
    let folder = shell.root.join("tests");
    let lock = folder.join("package-lock.json");
    let stamp = folder.join("node_modules/.installed-lock.json");
    let wanted = fs::read(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        have("Playwright and axe");
        return Ok(());
    }
    eprintln!("  install  Playwright and axe, which test the page, into tests/node_modules");
    install(shell, &folder).map_err(|e| format!("Playwright and axe: {e}; by hand: cd tests && npm ci"))?;
    // Written last: what was broken off is done again.
    fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))
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
    fn the_version_is_that_of_the_lock_file() {
        let (package, version) = WASM_OPT;
        assert!(MANIFEST.contains(&format!("\"{package}\": \"{version}.")), "{MANIFEST}");
        assert!(LOCK.contains(&format!("\"version\": \"{version}.")), "{LOCK}");
    }
}
