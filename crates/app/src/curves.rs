//! The losses of the run, and of the runs before the text was changed: what the timeline draws. Numbers only: nothing here draws.

use protocol::program::LossPoint;

/// Curves of older runs that are kept.
const MOST_OLDER: usize = 4;
/// A run whose text was replaced sooner than this is one of many on the way, as while a number is dragged: it is not kept.
const SETTLED_MS: f64 = 1000.0;

/// The losses of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// What was run.
    pub text: String,
    /// Its losses as far as it ever got.
    pub points: Vec<LossPoint>,
}

/// The losses of all runs that are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// The run under way. Its points go on past the present when the run was taken back.
    pub now: Run,
    /// The ones before, oldest first.
    pub older: Vec<Run>,
    /// Which text is run.
    edition: Option<u32>,
    /// When that began, in milliseconds.
    since: f64,
}

impl Curves {
    /// This text is run from now on.
    pub fn begin(&mut self, edition: u32, text: &str, now: f64) {
        if self.edition.replace(edition) == Some(edition) {
            return;
        }
        let settled = now - self.since >= SETTLED_MS;
        let before = std::mem::replace(&mut self.now, Run { text: text.to_owned(), points: Vec::new() });
        self.since = now;
        if settled && before.points.len() > 1 {
            self.older.push(before);
        }
        self.older.retain(|run| run.text != text && alike(&run.text, text));
        let excess = self.older.len().saturating_sub(MOST_OLDER);
        self.older.drain(..excess);
    }

    /// The losses up to the present are these. What is known of later ones stays, as long as these are the same as before.
    pub fn take(&mut self, losses: &[LossPoint]) {
        let known = &self.now.points;
        if losses.len() > known.len() || known[..losses.len()] != *losses {
            self.now.points = losses.to_vec();
        }
    }

    /// Forgets the older runs.
    pub fn clear(&mut self) {
        self.older.clear();
    }

    /// The clock at the end of the longest curve.
    pub fn end(&self) -> u64 {
        let last = |run: &Run| run.points.last().map_or(0, |point| point.clock);
        self.older.iter().map(last).fold(last(&self.now), u64::max)
    }
}

/// Whether two texts are versions of one program: most of their lines are the same.
fn alike(one: &str, other: &str) -> bool {
    let mut rest: Vec<&str> = other.lines().collect();
    let most = rest.len().max(one.lines().count());
    let same = one
        .lines()
        .filter(|line| {
            rest.iter().position(|candidate| candidate == line).map(|at| rest.swap_remove(at)).is_some()
        })
        .count();
    same * 2 >= most
}

/// What is different in the text of an older run, in short: `lr = 0.1 → 0.5`.
pub fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let first = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (before, after) = (old.get(first), new.get(first));
    // The lines go on alike if one was put in or taken out.
    let next = |lines: &[&str]| lines.get(first + 1).map(|line| (*line).to_owned());
    match (before, after) {
        (None, None) => "the same".to_owned(),
        (Some(before), after) if after.is_none() || next(&old).as_deref() == after.copied() => {
            short(&format!("with {}", before.trim()))
        }
        (before, Some(after)) if before.is_none() || next(&new).as_deref() == before.copied() => {
            short(&format!("without {}", after.trim()))
        }
        (before, after) => {
            let (before, after) =
                (before.map_or("", |line| line.trim()), after.map_or("", |line| line.trim()));
            changed(before, after)
        }
    }
}

/// A changed line: the old one, then what the new one has in its place.
fn changed(before: &str, after: &str) -> String {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let same =
        before.chars().zip(after.chars()).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8());
    let same: usize = same.sum();
    let word = before[..same]
        .rfind(|c| !part_of_word(c))
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let ends = before[word..].chars().rev().zip(after[word..].chars().rev());
    let same: usize = ends.take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum();
    let end = &before[before.len() - same..];
    let same = end.len() - end.find(|c| !part_of_word(c)).unwrap_or(end.len());
    let (was, is) = (&before[word..before.len() - same], &after[word..after.len() - same]);
    short(&format!("{}{was} → {is}", lead(&before[..word])))
}

/// What stands before a difference; of much, the last word.
fn lead(text: &str) -> &str {
    const MOST: usize = 18;
    if text.len() <= MOST { text } else { text.rfind([' ', '(']).map_or("", |at| &text[at + 1..]) }
}

/// A text that fits into a legend.
fn short(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn losses(values: &[f64]) -> Vec<LossPoint> {
        (1..).zip(values).map(|(i, &value)| LossPoint { clock: i * 10, steps: i, value }).collect()
    }

    fn text(lr: &str) -> String {
        format!("import torch\nw = torch.zeros(1)\nlr = {lr}\nloss(w)\n")
    }

    #[test]
    fn later_losses_stay_while_the_run_is_taken_back() {
        let mut curves = Curves::default();
        curves.take(&losses(&[3.0, 2.0, 1.0]));
        curves.take(&losses(&[3.0]));
        assert_eq!(curves.now.points, losses(&[3.0, 2.0, 1.0]));
        curves.take(&losses(&[3.0, 2.5]));
        assert_eq!(curves.now.points, losses(&[3.0, 2.5]));
    }

    #[test]
    fn a_run_that_had_losses_stays_as_an_older_curve() {
        let mut curves = Curves::default();
        for (i, lr) in ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"].into_iter().enumerate() {
            curves.begin(i as u32, &text(lr), 5000.0 * i as f64);
            curves.take(&losses(&[1.0, i as f64]));
        }
        let older: Vec<_> = curves.older.iter().map(|run| difference(&run.text, &curves.now.text)).collect();
        assert_eq!(older, ["lr = 0.2 → 0.6", "lr = 0.3 → 0.6", "lr = 0.4 → 0.6", "lr = 0.5 → 0.6"]);
        curves.begin(9, &text("0.3"), 90_000.0);
        assert_eq!(curves.older.len(), 4, "what is run again is not an older run");
        assert_eq!(curves.end(), 20);
        curves.clear();
        assert!(curves.older.is_empty());
    }

    #[test]
    fn what_a_number_passes_while_it_is_dragged_is_not_kept() {
        let mut curves = Curves::default();
        curves.begin(1, &text("0.1"), 1000.0);
        curves.take(&losses(&[2.0, 1.0]));
        for (i, lr) in ["0.2", "0.3", "0.4"].into_iter().enumerate() {
            curves.begin(i as u32 + 2, &text(lr), 5000.0 + 16.0 * i as f64);
            curves.take(&losses(&[2.0, 1.5]));
        }
        let kept: Vec<_> = curves.older.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(kept, [text("0.1")]);
    }

    #[test]
    fn another_program_begins_without_older_curves() {
        let mut curves = Curves::default();
        curves.begin(1, &text("0.1"), 1000.0);
        curves.take(&losses(&[2.0, 1.0]));
        curves.begin(2, "a = 1\nb = 2\nc = 3\n", 9000.0);
        assert_eq!((curves.older.len(), curves.now.points.len()), (0, 0));
    }

    #[test]
    fn differences_are_named_by_the_first_line_that_differs() {
        for (old, new, name) in [
            ("lr = 0.1", "lr = 0.5", "lr = 0.1 → 0.5"),
            ("f(3)\n", "f(3)\n", "the same"),
            ("opt = SGD(w, lr=0.1)", "opt = SGD(w, lr=0.25)", "opt = SGD(w, lr=0.1 → 0.25"),
            ("a\nb", "a\nx\nb", "without x"),
            ("a\nx\nb", "a\nb", "with x"),
            ("a", "a\nb", "without b"),
            ("a\nb", "a", "with b"),
            ("loss = abs(d)", "loss = d ** 2", "loss = abs(d) → d ** 2"),
            ("ä = 1", "ö = 1", "ä = 1 → ö = 1"),
        ] {
            assert_eq!(difference(old, new), name, "{old} / {new}");
        }
        let long = "optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)";
        let other = long.replace("0.1", "0.01");
        assert_eq!(difference(long, &other), "lr=0.1 → 0.01");
    }
}
