//! How many tests passed and failed, read from the closing lines of the test runners.

/// Tests that ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// That passed.
    pub passed: usize,
    /// That failed.
    pub failed: usize,
}

impl Count {
    /// Adds what a line reports: libtest's `test result: ok. 3 passed; 0 failed; …`, or one of Playwright's
    /// `  3 passed (1.2s)`, `  1 failed`. Other lines add nothing.
    pub fn add_line(&mut self, line: &str) {
        let line = plain(line);
        if let Some(counts) = line.trim_start().strip_prefix("test result:") {
            let counts = counts.split_once('.').map_or("", |(_, counts)| counts);
            counts.split(';').for_each(|part| self.add(part));
        } else if line.starts_with(' ') {
            self.add(line.split_once('(').map_or(line.as_str(), |(count, _)| count));
        }
    }

    /// Adds a part such as ` 3 passed `.
    fn add(&mut self, part: &str) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (Some(Ok(number)), what) = (words.first().map(|n| n.parse::<usize>()), words.get(1..)) else {
            return;
        };
        match what {
            Some(["passed"]) => self.passed += number,
            Some(["failed" | "interrupted" | "flaky"] | ["did", "not", "run"]) => self.failed += number,
            _ => {}
        }
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The line without its colours: an escape sequence runs from ESC to the first letter.
fn plain(line: &str) -> String {
    let mut escaped = false;
    line.chars()
        .filter(|&c| {
            let hidden = escaped || c == '\x1b';
            escaped = c == '\x1b' || (escaped && !c.is_ascii_alphabetic());
            !hidden
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted_and_no_others() {
        let cases = [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s",
                12,
                0,
            ),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured", 3, 2),
            ("  25 passed (1.2m)\n", 25, 0),
            ("\x1b[32m  4 passed\x1b[39m\x1b[2m (3s)\x1b[22m\n", 4, 0),
            ("  \x1b[31m1 failed\x1b[0m\n", 0, 1),
            ("  2 did not run\n", 0, 2),
            ("  3 skipped", 0, 0),
            ("  ✓  1 [cpu] › load.spec.ts:5:1 › 3 passed (4s)", 0, 0),
            ("running 12 tests", 0, 0),
            ("7 passed", 0, 0),
        ];
        for (line, passed, failed) in cases {
            let mut count = Count::default();
            count.add_line(line);
            assert_eq!(count, Count { passed, failed }, "{line}");
        }
    }
}
