//! Where and how commands run: in the project's folder, with the project's own tools first on `PATH`, each
//! printed before it starts.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A failure is one message: what happened and what to do.
pub type Result<T> = std::result::Result<T, String>;

/// The surroundings of every command.
pub struct Shell {
    /// The project's folder.
    pub root: PathBuf,
    /// Where tools are kept between runs.
    pub cache: PathBuf,
    /// Whether this is a machine that nobody sits at.
    pub ci: bool,
    path: Vec<PathBuf>,
}

impl Shell {
    /// Finds the folders.
    pub fn new() -> Result<Self> {
        let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root =
            Path::new(&here).ancestors().nth(2).ok_or("the project's folder was not found")?.to_path_buf();
        let path = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
        let ci = env::var("CI").is_ok_and(|ci| !matches!(ci.as_str(), "" | "0" | "false"));
        Ok(Self { root, cache: cache()?, ci, path })
    }

    /// Puts a folder before all others on `PATH`, for every later command.
    pub fn prefer(&mut self, folder: PathBuf) {
        self.path.insert(0, folder);
    }

    /// Where a program lies, if it is on `PATH`.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
        let files =
            self.path.iter().flat_map(|dir| endings.iter().map(move |e| dir.join(format!("{program}{e}"))));
        files.into_iter().find(|file| file.is_file())
    }

    /// A command that starts in the project's folder.
    pub fn command(&self, program: &str) -> Command {
        let found = self.find(program);
        let mut command = Command::new(found.as_deref().map_or(OsStr::new(program), Path::as_os_str));
        if let Ok(path) = env::join_paths(&self.path) {
            command.env("PATH", path);
        }
        // Cargo describes this very program in these; a build script of another package must not see them.
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(|n| n.starts_with("CARGO_PKG_") || n.starts_with("CARGO_MANIFEST_"))
            {
                command.env_remove(name);
            }
        }
        command.current_dir(&self.root);
        command
    }

    /// A command that builds Wasm: flags from the environment would displace those of `.cargo/config.toml`.
    pub fn wasm_command(&self, program: &str) -> Command {
        let mut command = self.command(program);
        command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        command
    }

    /// What a command prints, if it succeeds.
    pub fn ask(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let output = self.command(program).args(arguments).stdin(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Waits until no other run installs into the cache; then others wait until the file that is given back is closed.
    /// Without a file there is nothing to wait for: whatever wants to write there says why it cannot.
    pub fn alone(&self) -> Option<File> {
        fs::create_dir_all(&self.cache).ok()?;
        let file = File::create(self.cache.join("lock")).ok()?;
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            eprintln!("  wait     another run installs into {}", self.cache.display());
            file.lock().ok()?;
        }
        Some(file)
    }
}

/// `$SEEGRAD_CACHE`, or `seegrad` in the system's folder for caches.
fn cache() -> Result<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(own) = folder("SEEGRAD_CACHE") {
        return std::path::absolute(&own).map_err(|e| format!("SEEGRAD_CACHE: {e}"));
    }
    let system = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Caches"))
    } else {
        folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")))
    };
    let system = system.ok_or("no folder for caches: set SEEGRAD_CACHE to one where tools may be kept")?;
    Ok(system.join("seegrad"))
}

/// The command as one would type it.
fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Says what a command does before it is done.
fn announce(command: &Command) {
    eprintln!("  $ {}", typed(command));
}

/// Runs a command to its end; its output goes where ours goes.
pub fn run(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command.status().map_err(|e| format!("`{}` could not be started: {e}", typed(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", typed(command))) }
}

/// The same, and hands each line of its standard output to `line` on the way through.
pub fn watch(command: &mut Command, mut line: impl FnMut(&str)) -> Result<()> {
    announce(command);
    let failed = |e: std::io::Error, what: &str| format!("`{what}`: {e}");
    let name = typed(command);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| failed(e, &name))?;
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut bytes = Vec::new();
        while output.read_until(b'\n', &mut bytes).map_err(|e| failed(e, &name))? > 0 {
            // Nobody listening is no reason to stop.
            let _ = std::io::stdout().write_all(&bytes);
            line(&String::from_utf8_lossy(&bytes));
            bytes.clear();
        }
    }
    let status = child.wait().map_err(|e| failed(e, &name))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` failed ({status})")) }
}

/// The same for a command that runs beside others: what it prints comes in one piece, when it has ended.
pub fn watch_whole(command: &mut Command, line: impl FnMut(&str)) -> Result<()> {
    announce(command);
    let name = typed(command);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|e| format!("`{name}`: {e}"))?;
    // Nobody listening is no reason to stop.
    let _ = std::io::stdout().lock().write_all(&output.stdout);
    String::from_utf8_lossy(&output.stdout).lines().for_each(line);
    if output.status.success() { Ok(()) } else { Err(format!("`{name}` failed ({})", output.status)) }
}
