//! How long a program takes, and how much memory.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A program that computes for longer hangs. Debug builds are slow.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 15 });

/// The program that runs, and what the process had computed before it.
type Running = Arc<Mutex<Option<(Duration, u64, String)>>>;

/// What was seen so far.
pub(crate) struct Watch {
    running: Running,
    count: u64,
    began: Instant,
    slowest: (Duration, u64),
    peak: u64,
}

impl Watch {
    /// Begins to watch; a thread of its own ends the process if a program hangs.
    pub(crate) fn start(count: u64) -> Self {
        let running = Running::default();
        let seen = Arc::downgrade(&running);
        std::thread::spawn(move || {
            while let Some(running) = seen.upgrade() {
                if let Ok(running) = running.lock()
                    && let Some((since, i, text)) = &*running
                    && computed().saturating_sub(*since) > LONGEST
                {
                    eprintln!("program {i} hangs:\n{text}");
                    std::process::exit(101);
                }
                drop(running);
                std::thread::sleep(Duration::from_millis(500));
            }
        });
        Self { running, count, began: Instant::now(), slowest: (Duration::ZERO, 0), peak: 0 }
    }

    /// A program is about to run.
    pub(crate) fn begin(&self, i: u64, text: &str) {
        // What a panic would be about is told before it happens: it may end the process.
        if std::env::var_os("SEEGRAD_FUZZ_LAST").is_some() {
            let _ = std::fs::write(std::env::temp_dir().join("seegrad-fuzz-last.py"), text);
        }
        if let Ok(mut running) = self.running.lock() {
            *running = Some((computed(), i, text.to_owned()));
        }
    }

    /// It has run. The bytes that the process has taken at most, where that can be known.
    pub(crate) fn end(&mut self) -> u64 {
        let Some((since, i, text)) = self.running.lock().ok().and_then(|mut running| running.take()) else {
            return 0;
        };
        let (took, peak) = (computed().saturating_sub(since), resident("VmHWM:"));
        let many = self.count > 10_000;
        if took > self.slowest.0 {
            self.slowest = (took, i);
            if many && took > Duration::from_secs(1) {
                eprintln!("program {i} takes {took:?}:\n{text}\n-----");
            }
        }
        if many && peak > self.peak + (64 << 20) {
            eprintln!("program {i}: {} MB:\n{text}\n-----", peak >> 20);
        }
        self.peak = self.peak.max(peak);
        if many && (i + 1) % 10_000 == 0 {
            let (now, peak) = (resident("VmRSS:") >> 20, self.peak >> 20);
            let (slowest, which) = self.slowest;
            eprintln!(
                "{} programs in {:?}; {now} MB, at most {peak} MB; slowest: {which} with {slowest:?}",
                i + 1,
                self.began.elapsed()
            );
        }
        peak
    }
}

/// The time that the process has computed, which other processes do not lengthen; where that cannot be known, the time of day.
fn computed() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // User and system time, in hundredths of a second.
    let ticks: Vec<u64> = fields.skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    match *ticks {
        [user, system] => Duration::from_millis(10 * (user + system)),
        _ => std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default(),
    }
}

/// Bytes of the process, as Linux tells them; 0 elsewhere.
fn resident(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() << 10
}
