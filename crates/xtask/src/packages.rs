//! Node.js, Chromium and chromedriver: they come from the system's package manager, which is asked for only
//! after the user was.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::Command;

use crate::need::{Missing, Need, have};
use crate::shell::{Result, Shell, run};

/// The oldest Node.js that the tests run on.
const NODE: u32 = 18;

/// A package manager: its program, what brings its lists up to date, how it installs, whether it wants root,
/// and its names for Node.js with npm, for the browser and for the driver.
struct Manager {
    program: &'static str,
    update: Option<&'static str>,
    install: &'static [&'static str],
    root: bool,
    node: &'static [&'static str],
    browser: &'static [&'static str],
    driver: &'static [&'static str],
}

#[rustfmt::skip]
const MANAGERS: [Manager; 6] = [
    Manager { program: "apt-get", update: Some("update"), install: &["install", "--yes", "--no-install-recommends"], root: true,
        node: &["nodejs", "npm"], browser: &["chromium"], driver: &["chromium-driver"] },
    Manager { program: "dnf", update: None, install: &["install", "--assumeyes"], root: true,
        node: &["nodejs", "nodejs-npm"], browser: &["chromium"], driver: &["chromedriver"] },
    Manager { program: "pacman", update: None, install: &["-S", "--needed", "--noconfirm"], root: true,
        node: &["nodejs", "npm"], browser: &["chromium"], driver: &["chromium"] },
    Manager { program: "zypper", update: None, install: &["--non-interactive", "install"], root: true,
        node: &["nodejs-default", "npm-default"], browser: &["chromium"], driver: &["chromedriver"] },
    Manager { program: "apk", update: Some("update"), install: &["add"], root: true,
        node: &["nodejs", "npm"], browser: &["chromium"], driver: &["chromium-chromedriver"] },
    Manager { program: "brew", update: None, install: &["install"], root: false,
        node: &["node"], browser: &["google-chrome"], driver: &["chromedriver"] },
];

/// The three of them, and what each is for.
const PROGRAMS: [(Need, &str); 3] = [
    (
        Need::Node,
        "Node.js 18 or newer with npm, which runs wasm-opt, esbuild, the end-to-end tests and the bench",
    ),
    (Need::Browser, "Chromium or Chrome, in which the page is tested"),
    (Need::Driver, "chromedriver, through which wasm-pack steers the browser"),
];

/// Installs those of the three that are needed and missing; gives back, with the reason, what stays missing.
pub fn provide(shell: &Shell, needs: &[Need]) -> Missing {
    let wanted: Vec<_> = PROGRAMS.into_iter().filter(|(need, _)| needs.contains(need)).collect();
    let missing =
        |shell: &Shell| wanted.iter().filter(|(need, _)| found(shell, *need).is_none()).copied().collect();
    let before: Vec<_> = missing(shell);
    for (need, _) in wanted.iter().filter(|program| !before.contains(program)) {
        have(&found(shell, *need).unwrap_or_default());
    }
    if before.is_empty() {
        return Missing::new();
    }
    let refusal = install(shell, &before)
        .err()
        .unwrap_or_else(|| "not found after the installation, or too old".to_owned());
    let after: Vec<_> = missing(shell);
    let explained = after.into_iter().map(|(need, what)| (need, format!("{what}: {refusal}")));
    explained.inspect(|(_, message)| eprintln!("  missing  {message}")).collect()
}

/// What is there, in words.
fn found(shell: &Shell, need: Need) -> Option<String> {
    match need {
        Need::Node => {
            let version = shell.ask("node", &["--version"])?;
            let major = version.trim_start_matches('v').split('.').next()?.parse::<u32>().ok()?;
            (major >= NODE && shell.find("npm").is_some()).then(|| format!("Node.js {version}"))
        }
        Need::Browser => browser(shell).map(|path| path.display().to_string()),
        _ => shell.find("chromedriver").map(|path| path.display().to_string()),
    }
}

/// Tells a script that starts a browser where it is.
pub fn tell_browser(shell: &Shell, command: &mut Command) {
    if let Some(browser) = browser(shell) {
        command.env("CHROMIUM", browser);
    }
}

/// Where the browser is: `$CHROMIUM`, on `PATH`, or where its installer puts it.
pub fn browser(shell: &Shell) -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    let on_path = || {
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
        names.into_iter().find_map(|name| shell.find(name))
    };
    let elsewhere = || {
        let usual = [
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        ];
        usual.into_iter().map(PathBuf::from).find(|path| path.is_file())
    };
    named.or_else(on_path).or_else(elsewhere)
}

/// Lets the package manager install; the error says what to do by hand.
fn install(shell: &Shell, missing: &[(Need, &str)]) -> Result<()> {
    let Some(manager) = MANAGERS.iter().find(|manager| shell.find(manager.program).is_some()) else {
        return Err("no package manager that we know; install it by hand".to_owned());
    };
    let names = names(manager, missing, is_ubuntu());
    let prefix = prefix(shell, manager);
    let line = |arguments: &[&str]| {
        let words = prefix.iter().copied().chain([manager.program]).chain(arguments.iter().copied());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let command = line(&[manager.install, &names].concat());
    let hand = format!("by hand: {}", command.join(" "));
    if !agreed(shell, &command.join(" "), missing) {
        return Err(hand);
    }
    let execute = |words: &[String]| {
        let mut command = shell.command(&words[0]);
        run(command.args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive").stdin(stdin(shell)))
    };
    if let Some(update) = manager.update {
        execute(&line(&[update])).map_err(|e| format!("{e}; {hand}"))?;
    }
    execute(&command).map_err(|e| format!("{e}; {hand}"))
}

/// The manager's names for what is missing. Ubuntu has names of its own.
fn names(manager: &Manager, missing: &[(Need, &str)], ubuntu: bool) -> Vec<&'static str> {
    let mut names = Vec::new();
    for (need, _) in missing {
        let of_need: &[&str] = match need {
            Need::Node => manager.node,
            Need::Browser if ubuntu => &["chromium-browser"],
            Need::Browser => manager.browser,
            _ if ubuntu => &["chromium-chromedriver"],
            _ => manager.driver,
        };
        names.extend(of_need.iter().filter(|name| !names.contains(*name)).copied().collect::<Vec<_>>());
    }
    names
}

fn is_ubuntu() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"))
}

/// What makes one root: nothing, for root and for managers that do not want it.
fn prefix(shell: &Shell, manager: &Manager) -> Vec<&'static str> {
    let root = shell.ask("id", &["-u"]).is_some_and(|id| id == "0");
    match (manager.root && !root, shell.ci) {
        (false, _) => vec![],
        (true, true) => vec!["sudo", "-n"],
        (true, false) => vec!["sudo"],
    }
}

/// A package manager must not wait for answers where nobody gives them.
fn stdin(shell: &Shell) -> std::process::Stdio {
    if shell.ci { std::process::Stdio::null() } else { std::process::Stdio::inherit() }
}

/// Asks the user. CI has agreed beforehand; elsewhere, where nobody can answer, the answer is no.
fn agreed(shell: &Shell, command: &str, missing: &[(Need, &str)]) -> bool {
    if !shell.ci && !std::io::stdin().is_terminal() {
        return false;
    }
    for (_, what) in missing {
        eprintln!("  install  {what}");
    }
    if shell.ci {
        return true;
    }
    eprint!("Install with `{command}`? [Y/n] ");
    let mut answer = String::new();
    let asked = std::io::stdin().read_line(&mut answer).is_ok_and(|n| n > 0);
    asked && matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_named_once() {
        let all = PROGRAMS;
        let of = |program: &str, ubuntu| {
            let manager = MANAGERS.iter().find(|m| m.program == program);
            manager.map(|m| names(m, &all, ubuntu).join(" ")).unwrap_or_default()
        };
        assert_eq!(of("apt-get", false), "nodejs npm chromium chromium-driver");
        assert_eq!(of("apt-get", true), "nodejs npm chromium-browser chromium-chromedriver");
        assert_eq!(of("pacman", false), "nodejs npm chromium");
    }
}
