//! What a chore needs on the machine, and the one place where it is looked for, installed, or explained.

use crate::shell::{Result, Shell, run};
use crate::{npm, packages, tools};

/// Something that must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Node.js with npm.
    Node,
    /// Chromium or Chrome.
    Browser,
    /// chromedriver.
    Driver,
    /// Rust's standard library for wasm32.
    WasmTarget,
    /// trunk.
    Trunk,
    /// wasm-bindgen, of the version in `Cargo.lock`.
    WasmBindgen,
    /// wasm-pack.
    WasmPack,
    /// wasm-opt.
    WasmOpt,
    /// esbuild.
    Esbuild,
    /// What the editor's bundle is made of.
    EditorPackages,
    /// Playwright and axe.
    TestPackages,
}

/// What is missing still, and why.
pub type Missing = Vec<(Need, String)>;

impl Need {
    /// All, in the order in which they are provided: npm's packages want Node.
    pub const ALL: [Self; 11] = [
        Self::Node,
        Self::Browser,
        Self::Driver,
        Self::WasmTarget,
        Self::Trunk,
        Self::WasmBindgen,
        Self::WasmPack,
        Self::WasmOpt,
        Self::Esbuild,
        Self::EditorPackages,
        Self::TestPackages,
    ];
}

/// Installs what is missing. What cannot be installed is explained and given back.
pub fn provide(shell: &mut Shell, needs: &[Need]) -> Missing {
    eprintln!("Looking for what is needed");
    let _alone = shell.alone();
    let mut missing = packages::provide(shell, needs);
    for need in Need::ALL.into_iter().filter(|need| needs.contains(need)) {
        let done = match need {
            Need::Node | Need::Browser | Need::Driver => Ok(()),
            Need::WasmTarget => wasm_target(shell),
            Need::Trunk => tools::provide(shell, &tools::TRUNK),
            Need::WasmBindgen => tools::wasm_bindgen(shell).and_then(|tool| tools::provide(shell, &tool)),
            Need::WasmPack => tools::provide(shell, &tools::WASM_PACK),
            Need::WasmOpt => npm::program(shell, &npm::WASM_OPT),
            Need::Esbuild => npm::program(shell, &npm::ESBUILD),
            Need::EditorPackages => npm::editor_packages(shell).map(drop),
            Need::TestPackages => npm::test_packages(shell),
        };
        if let Err(message) = done {
            eprintln!("  missing  {message}");
            missing.push((need, message));
        }
    }
    tools::sweep(shell);
    missing
}

/// The same, for a chore that can do without nothing.
pub fn provide_all(shell: &mut Shell, needs: &[Need]) -> Result<()> {
    let missing = provide(shell, needs);
    if missing.is_empty() {
        return Ok(());
    }
    let messages: Vec<_> = missing.into_iter().map(|(_, message)| format!("\n  - {message}")).collect();
    Err(format!("this is missing:{}", messages.concat()))
}

/// Says that something was there already.
pub fn have(what: &str) {
    eprintln!("  have     {what}");
}

fn wasm_target(shell: &Shell) -> Result<()> {
    let target = "wasm32-unknown-unknown";
    let there = |shell: &Shell| {
        let library = shell.ask("rustc", &["--print", "target-libdir", "--target", target]);
        library.is_some_and(|folder| std::path::Path::new(&folder).is_dir())
    };
    if there(shell) {
        have(target);
        return Ok(());
    }
    let why = format!("Rust's standard library for {target}, which the page is compiled for");
    if shell.find("rustup").is_none() {
        return Err(format!(
            "{why}: there is no rustup to install it; get rustup, or add the target by hand"
        ));
    }
    eprintln!("  install  {why}");
    run(shell.command("rustup").args(["target", "add", target]))
        .map_err(|e| format!("{why}: {e}; by hand: rustup target add {target}"))?;
    if there(shell) {
        Ok(())
    } else {
        Err(format!("{why}: rustup has installed it, but rustc does not find it"))
    }
}
