//! The Rust programs that build and test the page, each of one exact version, compiled once into the cache.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use crate::need::have;
use crate::shell::{Result, Shell, run};

/// A program that cargo can install.
pub struct Tool {
    /// The package on crates.io.
    package: &'static str,
    /// The program that tells whether the package is there.
    program: &'static str,
    /// Fixed here, or read from a file.
    version: Cow<'static, str>,
    /// Whether the versions in the package's own lock file are used.
    locked: bool,
    /// What it is for.
    why: &'static str,
}

/// Builds and serves the page. Newer versions want a newer Rust.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    program: "trunk",
    version: Cow::Borrowed("0.21.14"),
    locked: true,
    why: "builds and serves the page",
};

/// Runs tests in a browser.
pub const WASM_PACK: Tool = Tool {
    package: "wasm-pack",
    program: "wasm-pack",
    version: Cow::Borrowed("0.15.1"),
    locked: true,
    why: "runs tests in a browser",
};

/// The other half of the wasm-bindgen crate: must be of the version that `Cargo.lock` names. Its own lock file
/// names a version that can no longer be had, so it is not used.
pub fn wasm_bindgen(shell: &Shell) -> Result<Tool> {
    let file = shell.root.join("Cargo.lock");
    let lock = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let version = locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock names no wasm-bindgen")?;
    Ok(Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: version.to_owned().into(),
        locked: false,
        why: "joins Wasm and JavaScript",
    })
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let entry =
        lock.split("[[package]]").find(|entry| entry.contains(&format!("\nname = \"{package}\"\n")))?;
    entry.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
}

/// Puts the tool on `PATH`, installing it if it is neither there nor in the cache.
pub fn provide(shell: &mut Shell, tool: &Tool) -> Result<()> {
    let name = format!("{} {}", tool.package, tool.version);
    if answers(shell, tool) {
        have(&name);
        return Ok(());
    }
    let folder = shell.cache.join("tools").join(format!("{}-{}", tool.package, tool.version));
    shell.prefer(folder.join("bin"));
    if answers(shell, tool) {
        have(&name);
        return Ok(());
    }
    eprintln!("  install  {name} ({}): compiled once, in minutes, into {}", tool.why, folder.display());
    install(shell, tool, &folder).map_err(|e| {
        let hand = format!("cargo install {}@{}", tool.package, tool.version);
        format!("{name} ({}): {e}; by hand: {hand}", tool.why)
    })?;
    if answers(shell, tool) {
        Ok(())
    } else {
        Err(format!("{name} was installed, but does not give its version"))
    }
}

/// Whether the first such program on `PATH` runs and is of this very version. A file that is there is not
/// enough: its installation may have been broken off.
fn answers(shell: &Shell, tool: &Tool) -> bool {
    let said = shell.find(tool.program).and_then(|_| shell.ask(tool.program, &["--version"]));
    said.is_some_and(|said| said.split_whitespace().any(|word| word == tool.version))
}

fn install(shell: &Shell, tool: &Tool, folder: &Path) -> Result<()> {
    // Shared by all of them, as they have dependencies in common.
    let build = shell.cache.join("build");
    fs::create_dir_all(&build).map_err(|e| format!("{}: {e}", build.display()))?;
    let mut command = shell.command("cargo");
    command.args(["install", "--quiet", "--force", "--root"]).arg(folder);
    if tool.locked {
        command.arg("--locked");
    }
    command.arg(format!("{}@{}", tool.package, tool.version));
    // In the cache, not the project: the project's settings are not for them. They are run a few times a day:
    // time spent on optimising them is lost.
    command.current_dir(&build).env("CARGO_TARGET_DIR", &build);
    for (setting, value) in [("LTO", "off"), ("OPT_LEVEL", "1"), ("CODEGEN_UNITS", "16"), ("STRIP", "true")] {
        command.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
    }
    run(&mut command)
}

/// Removes what compiling the tools has left behind.
pub fn sweep(shell: &Shell) {
    // A folder that stays costs space, no more.
    let _ = fs::remove_dir_all(shell.cache.join("build"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_package_itself() {
        let lock = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nchecksum = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm-bindgen-futures"), Some("0.4.80"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
