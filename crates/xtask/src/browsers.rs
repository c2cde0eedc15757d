//! The tests that run in workers of browsers: each program of them in a browser of its own, and two at a time. Without a
//! GPU most of their time goes into compiling shaders, which is the work of one thread in each browser.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::{fs, thread};

use crate::count::Count;
use crate::shell::{Result, Shell, watch_whole};

/// Browsers at a time: with more than processors, tests would come too close to their time limits.
const AT_A_TIME: usize = 2;

/// What takes longest, so that it starts first.
const LONG: [&str; 4] = ["browser_programs", "browser_webgpu", "gpu_sizes", "gpu"];

/// Runs them all, whatever becomes of each.
pub fn test(shell: &Shell, count: &mut Count) -> Result<()> {
    let driver = shell.find("chromedriver").ok_or("there is no chromedriver")?;
    let path = shell.root.join("tests/Cargo.toml");
    let manifest = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let outcomes = side_by_side(programs(&manifest), |name| {
        let mut own = Count::default();
        let failure = run(shell, &driver, name, &mut own).err();
        (own, failure)
    });
    outcomes.iter().for_each(|(own, _)| *count += *own);
    let failures: Vec<String> = outcomes.into_iter().filter_map(|(_, failure)| failure).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
}

/// Does this work for each, [`AT_A_TIME`]. Gives what came of it, in the order in which it was done.
fn side_by_side<T: Send, R: Send>(all: VecDeque<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let (waiting, done) = (Mutex::new(all), Mutex::new(Vec::new()));
    // Each lock is held for this one call: a guard in the head of a loop would be held in its body, too.
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let end = |result: R| done.lock().unwrap_or_else(PoisonError::into_inner).push(result);
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(one) = next() {
                    end(work(one));
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn run(shell: &Shell, driver: &Path, name: &str, count: &mut Count) -> Result<()> {
    let mut command = shell.wasm_command("wasm-pack");
    command.args(["test", "--mode=no-install", "--headless", "--chrome", "--chromedriver"]).arg(driver);
    command.args(["tests", "--test", name]);
    // WebGPU without a GPU is slow. What a debugger would need is most of what is linked, and read again.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "2400").env("CARGO_PROFILE_DEV_DEBUG", "false");
    watch_whole(&mut command, |line| count.add_line(line))
}

/// The test programs of a manifest whose files are in `browser/`, those that take long first.
fn programs(manifest: &str) -> VecDeque<&str> {
    let mut all: Vec<&str> = manifest.split("[[test]]").skip(1).filter_map(program).collect();
    all.sort_by_key(|name| LONG.iter().position(|long| long == name).unwrap_or(LONG.len()));
    all.into()
}

/// The name in a table of a manifest, if it says that its file is in `browser/`.
fn program(table: &str) -> Option<&str> {
    let value = |key: &str| {
        let values = table.lines().filter_map(|line| line.split_once('='));
        values
            .filter(|(found, _)| found.trim() == key)
            .map(|(_, value)| value.trim().trim_matches('"'))
            .next()
    };
    value("path").filter(|path| path.starts_with("browser/")).and_then(|_| value("name"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::{Duration, Instant};

    use super::*;

    const MANIFEST: &str = include_str!("../../../tests/Cargo.toml");

    #[test]
    fn every_program_in_the_folder_is_run_and_the_longest_first() {
        let found = programs(MANIFEST);
        assert_eq!(found.iter().copied().take(LONG.len()).collect::<Vec<_>>(), LONG);
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/browser");
        let files = fs::read_dir(folder).map(Iterator::count).unwrap_or_default();
        assert_eq!(found.len(), files, "{found:?}");
    }

    #[test]
    fn all_is_done_and_two_at_a_time() {
        let (begun, met) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut done = side_by_side((0..5).collect(), |i| {
            let me = begun.fetch_add(1, Ordering::SeqCst);
            let start = Instant::now();
            // The first two wait for each other.
            while me < 2 && begun.load(Ordering::SeqCst) < 2 && start.elapsed() < Duration::from_secs(20) {
                thread::yield_now();
            }
            met.fetch_max(begun.load(Ordering::SeqCst) - me, Ordering::SeqCst);
            i
        });
        done.sort_unstable();
        assert_eq!(done, [0, 1, 2, 3, 4]);
        assert!(met.load(Ordering::SeqCst) >= 2, "one was done after another");
    }

    #[test]
    fn tables_may_be_written_in_any_order() {
        let manifest = "[package]\nname = \"x\"\n[[test]]\npath = \"browser/a.rs\"\nname = \"a\"\n[[test]]\nname=\"b\"\n\
                        path=\"native/b.rs\"\n[[test]]\nname = \"gpu\"\npath = \"browser/gpu.rs\"\n[lints]\nname = \"no\"";
        assert_eq!(programs(manifest), ["gpu", "a"]);
    }
}
