//! The programs of `tests/programs` with lines and words moved about.

use tests::programs::ALL;
use tests::random::Random;

use crate::words::WORDS;

/// A program with a few changes.
pub(crate) fn program(random: &mut Random) -> String {
    let text = ALL[random.below(ALL.len())].text;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // A part of it, so that its later lines are reached.
    if random.below(3) == 0 {
        let from = random.below(lines.len());
        let imports =
            lines.iter().take(from).filter(|line| line.starts_with("import") || line.starts_with("from"));
        lines = imports.cloned().chain(lines.iter().skip(from).cloned()).collect();
    }
    changed(lines, 5, random)
}

/// A program as it is, and the same with a change or two.
pub(crate) fn pair(random: &mut Random) -> [String; 2] {
    let text = ALL[random.below(ALL.len())].text;
    [text.to_owned(), changed(text.lines().map(str::to_owned).collect(), 2, random)]
}

/// Lines with some changes, one at least.
fn changed(mut lines: Vec<String>, most: usize, random: &mut Random) -> String {
    for _ in 0..1 + random.below(most) {
        change(&mut lines, random);
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n")
}

fn change(lines: &mut Vec<String>, random: &mut Random) {
    let at = random.below(lines.len());
    match random.below(10) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let other = random.below(lines.len());
            lines.swap(at, other);
        }
        3 => {
            let foreign: Vec<&str> = ALL[random.below(ALL.len())].text.lines().collect();
            lines.insert(at, random.of(&foreign).to_owned());
        }
        // A block twice, or gone.
        4 => {
            let end = (at + 1 + random.below(6)).min(lines.len());
            let block = lines[at..end].to_vec();
            let to = random.below(lines.len());
            lines.splice(to..to, block);
        }
        5 => {
            let end = (at + 1 + random.below(6)).min(lines.len());
            lines.drain(at..end);
        }
        // Deeper, or less deep.
        6 => lines[at] = format!("    {}", lines[at]),
        7 => lines[at] = lines[at].trim_start_matches("    ").to_owned(),
        _ => lines[at] = scrambled(&lines[at], random),
    }
}

/// A line with a word or two changed.
fn scrambled(line: &str, random: &mut Random) -> String {
    let mut words: Vec<String> = Vec::new();
    for c in line.chars() {
        let joins = |c: char| c.is_alphanumeric() || c == '_';
        match words.last_mut() {
            Some(word) if joins(c) && word.chars().all(joins) => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    for _ in 0..1 + random.below(2) {
        if words.is_empty() {
            return random.of(WORDS).to_owned();
        }
        let at = random.below(words.len());
        match random.below(6) {
            0 => drop(words.remove(at)),
            1 => words.insert(at, words[at].clone()),
            2 => {
                let other = random.below(words.len());
                words.swap(at, other);
            }
            // A number becomes an extreme one.
            3 => match words.iter().position(|word| word.parse::<f64>().is_ok()) {
                Some(at) => words[at] = random.of(EXTREMES).to_owned(),
                None => words[at] = random.of(WORDS).to_owned(),
            },
            _ => words[at] = random.of(WORDS).to_owned(),
        }
    }
    words.concat()
}

const EXTREMES: &[&str] = &[
    "0",
    "-1",
    "1000",
    "100000",
    "10**9",
    "2**31",
    "2**62",
    "9223372036854775807",
    "-9223372036854775808",
    "1e308",
    "1e-320",
    "float('nan')",
    "float('inf')",
    "0.5",
    "-0.0",
    "True",
];
