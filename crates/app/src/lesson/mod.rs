//! A lesson as it is written in `www/lessons`: a short text, things to try, a goal, and how to know that it was reached. Plain data; the
//! page draws it, and a native test reads every one.

mod check;

pub use check::{Condition, Facts, NodeFact};

/// A lesson, without its title and its program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// Paragraphs.
    pub text: Vec<String>,
    /// Things to try.
    pub tries: Vec<String>,
    /// What is to be reached.
    pub goal: String,
    /// What holds once it is reached: all of it.
    pub check: Vec<Condition>,
    /// Edits of the program that reach it, or are the part of it that is an edit.
    pub solution: Vec<Edit>,
}

/// An edit of a program.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Text that stands in the program once, and what takes its place.
    Replace(String, String),
    /// A line for its end.
    Add(String),
}

/// The part of the file that a line belongs to.
#[derive(Clone, Copy)]
enum Part {
    Text,
    Try,
    Goal,
    Solution,
}

impl Lesson {
    /// Reads a lesson.
    ///
    /// # Errors
    /// The first line that means nothing.
    pub fn parse(file: &str) -> Result<Self, String> {
        let mut lesson = Self::default();
        let mut part = Part::Text;
        // Whether the next line begins a paragraph.
        let mut fresh = true;
        for line in file.lines() {
            let line = line.trim();
            if line.is_empty() {
                fresh = true;
                continue;
            }
            if let Some(title) = line.strip_prefix("## ") {
                part = match title {
                    "Try" => Part::Try,
                    "Goal" => Part::Goal,
                    "Solution" => Part::Solution,
                    _ => return Err(line.to_owned()),
                };
                fresh = true;
                continue;
            }
            let item = line.strip_prefix("- ");
            match (part, item) {
                (Part::Text, _) => append(&mut lesson.text, fresh, line),
                (Part::Try, _) => append(&mut lesson.tries, item.is_some(), item.unwrap_or(line)),
                (Part::Goal, None) => {
                    if !lesson.goal.is_empty() {
                        lesson.goal.push(' ');
                    }
                    lesson.goal.push_str(line);
                }
                (Part::Goal, Some(item)) => {
                    lesson.check.push(Condition::parse(item).ok_or_else(|| line.to_owned())?);
                }
                (Part::Solution, _) => {
                    lesson.solution.push(item.and_then(Edit::parse).ok_or_else(|| line.to_owned())?);
                }
            }
            fresh = false;
        }
        Ok(lesson)
    }

    /// The program with the solution in it.
    pub fn solve(&self, program: &str) -> String {
        let mut text = program.to_owned();
        for edit in &self.solution {
            match edit {
                Edit::Replace(old, new) => text = text.replacen(old.as_str(), new, 1),
                Edit::Add(line) => {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        text
    }
}

/// Puts a line at the end of the last paragraph, or begins another with it.
fn append(paragraphs: &mut Vec<String>, fresh: bool, line: &str) {
    match paragraphs.last_mut() {
        Some(last) if !fresh => {
            last.push(' ');
            last.push_str(line);
        }
        _ => paragraphs.push(line.to_owned()),
    }
}

impl Edit {
    /// Reads ``replace `old` by `new` `` (where `\n` is a line's end) or ``add `line` ``.
    fn parse(item: &str) -> Option<Self> {
        if let Some(line) = item.strip_prefix("add ") {
            return Some(Self::Add(quoted(line)?.to_owned()));
        }
        let (old, new) = item.strip_prefix("replace ")?.split_once(" by ")?;
        Some(Self::Replace(quoted(old)?.to_owned(), quoted(new)?.replace("\\n", "\n")))
    }
}

/// What stands between two backticks.
fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('`')?.strip_suffix('`')
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "One\nparagraph.\n\nAnother, with `code`.\n\n## Try\n- this\n  and more of it\n- that\n\n## Goal\n\
        Reach it.\n\n- text has `lr=1`\n- loss below 0.5\n\n## Solution\n- replace `lr=2` by `lr=1`\n- add `print(1)`\n";

    #[test]
    fn a_lesson_has_text_tries_a_goal_and_a_solution() {
        let lesson = Lesson::parse(FILE).expect("it is sound");
        assert_eq!(lesson.text, ["One paragraph.", "Another, with `code`."]);
        assert_eq!(lesson.tries, ["this and more of it", "that"]);
        assert_eq!(lesson.goal, "Reach it.");
        assert_eq!(lesson.check, [Condition::TextHas("lr=1".to_owned()), Condition::LossBelow(0.5)]);
        assert_eq!(lesson.solve("lr=2\n"), "lr=1\nprint(1)\n");
    }

    #[test]
    fn what_means_nothing_is_named() {
        assert_eq!(Lesson::parse("## Goals"), Err("## Goals".to_owned()));
        assert_eq!(Lesson::parse("## Goal\n- text is `x`"), Err("- text is `x`".to_owned()));
        assert_eq!(Lesson::parse("## Solution\nwrite it"), Err("write it".to_owned()));
    }
}
