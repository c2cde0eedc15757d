//! How programs are stored: the keys, and what stands under them. Each program has a key of its own, so that two tabs disturb each other
//! only where both edit the same one.

use serde::{Deserialize, Serialize};

/// What all keys begin with: the version of the format is a part of it.
const PREFIX: &str = "seegrad.1.";

/// A program with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// Its number among the user's programs.
    #[serde(skip)]
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A program of the user's, by its number.
    Own(u32),
    /// An example, by its file.
    Example(String),
    /// A lesson, by its file.
    Lesson(String),
    /// A program that came with a link, or that was dropped on the page.
    Loose,
}

impl Source {
    /// As it is stored; what cannot be opened again is not.
    pub fn write(&self) -> Option<String> {
        match self {
            Self::Own(id) => Some(format!("program {id}")),
            Self::Example(file) => Some(format!("example {file}")),
            Self::Lesson(file) => Some(format!("lesson {file}")),
            Self::Loose => None,
        }
    }

    /// Reads what was stored.
    pub fn read(stored: &str) -> Option<Self> {
        match stored.split_once(' ')? {
            ("program", id) => id.parse().ok().map(Self::Own),
            ("example", file) => Some(Self::Example(file.to_owned())),
            ("lesson", file) => Some(Self::Lesson(file.to_owned())),
            _ => None,
        }
    }
}

/// A key.
pub fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}

/// The key of a program.
pub fn program_key(id: u32) -> String {
    format!("{PREFIX}program.{id}")
}

/// The key of a lesson's program, as the user has changed it.
pub fn lesson_key(file: &str) -> String {
    format!("{PREFIX}lesson.{file}")
}

/// Whose key it is: the number of a program.
pub fn program_of_key(key: &str) -> Option<u32> {
    key.strip_prefix(PREFIX)?.strip_prefix("program.")?.parse().ok()
}

/// Whose key it is: the file of a lesson.
pub fn lesson_of_key(key: &str) -> Option<&str> {
    key.strip_prefix(PREFIX)?.strip_prefix("lesson.")
}

impl Saved {
    /// As it is stored: its name on a line, then its text.
    pub fn write(&self) -> String {
        format!("{}\n{}", self.name, self.text)
    }

    /// Reads what was stored.
    pub fn read(id: u32, stored: &str) -> Self {
        let (name, text) = stored.split_once('\n').unwrap_or((stored, ""));
        Self { id, name: tidy_name(name), text: text.to_owned() }
    }
}

/// A name on one line, of a sensible length, and never empty.
pub fn tidy_name(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let name: String = words.join(" ").chars().take(60).collect();
    if name.is_empty() { "Untitled".to_owned() } else { name }
}

/// The name, with a number behind it if it is taken.
pub fn free_name(name: &str, taken: &[Saved]) -> String {
    let is_free = |name: &str| taken.iter().all(|saved| saved.name != name);
    let name = tidy_name(name);
    if is_free(&name) {
        return name;
    }
    (2..).map(|n| format!("{name} {n}")).find(|name| is_free(name)).unwrap_or(name)
}

/// A name of a file for a program of this name, without its ending.
pub fn file_name(name: &str) -> String {
    let plain =
        name.chars().map(|c| if c.is_alphanumeric() { c.to_lowercase().next().unwrap_or(c) } else { '_' });
    let plain: String = plain.collect();
    let words: Vec<&str> = plain.split('_').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "program".to_owned() } else { words.join("_") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str) -> Saved {
        Saved { id: 3, name: name.to_owned(), text: "a\nb\n".to_owned() }
    }

    #[test]
    fn programs_are_read_as_they_were_stored() {
        assert_eq!(Saved::read(3, &saved("A name").write()), saved("A name"));
        assert_eq!(Saved::read(3, ""), Saved { id: 3, name: "Untitled".to_owned(), text: String::new() });
    }

    #[test]
    fn keys_name_what_they_are_of() {
        assert_eq!(program_of_key(&program_key(12)), Some(12));
        assert_eq!(lesson_of_key(&lesson_key("01-tensors")), Some("01-tensors"));
        assert_eq!(program_of_key("seegrad.theme"), None);
        assert_eq!(program_of_key("seegrad.1.program.x"), None);
    }

    #[test]
    fn what_was_open_is_opened_again() {
        let all =
            [Source::Own(4), Source::Example("xor".to_owned()), Source::Lesson("01-tensors".to_owned())];
        for source in all {
            assert_eq!(source.write().and_then(|stored| Source::read(&stored)), Some(source));
        }
        assert_eq!(Source::Loose.write(), None);
        assert_eq!(Source::read("program x"), None);
    }

    #[test]
    fn names_are_tidy_and_unlike_others() {
        assert_eq!(tidy_name("  a \n\t b "), "a b");
        assert_eq!(tidy_name(" \n"), "Untitled");
        assert_eq!(tidy_name(&"ä".repeat(99)).chars().count(), 60);
        assert_eq!(free_name("XOR", &[]), "XOR");
        assert_eq!(free_name("XOR", &[saved("XOR"), saved("XOR 2")]), "XOR 3");
        assert_eq!(file_name("What's this? (2)"), "what_s_this_2");
        assert_eq!(file_name("…"), "program");
    }
}
