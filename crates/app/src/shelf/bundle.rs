//! Everything that is stored, as one JSON file: to keep it, or to take it to another browser.

use serde::Deserialize;

use super::record::Saved;
use crate::share::json::{list, quote};

/// The version of the file.
const VERSION: u32 = 1;

/// The file.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Bundle {
    /// The version of the format.
    seegrad: u32,
    /// The user's programs.
    pub programs: Vec<Saved>,
    /// The programs of lessons that the user has changed, by the lessons' files.
    #[serde(default)]
    pub lessons: Vec<Saved>,
    /// The lessons that are done.
    #[serde(default)]
    pub done: Vec<String>,
}

impl Bundle {
    /// A file with this in it.
    pub fn new(programs: Vec<Saved>, lessons: Vec<Saved>, done: Vec<String>) -> Self {
        Self { seegrad: VERSION, programs, lessons, done }
    }

    /// Whether it is of a version that is understood.
    pub fn is_known(&self) -> bool {
        self.seegrad == VERSION
    }

    /// As JSON.
    pub fn write(&self) -> String {
        let programs = |all: &[Saved]| {
            list(all.iter().map(|saved| {
                format!(r#"{{"name": {}, "text": {}}}"#, quote(&saved.name), quote(&saved.text))
            }))
        };
        format!(
            "{{\"seegrad\": {}, \"programs\": {}, \"lessons\": {}, \"done\": {}}}\n",
            self.seegrad,
            programs(&self.programs),
            programs(&self.lessons),
            list(self.done.iter().map(|file| quote(file)))
        )
    }

    /// The programs that are not there yet, under names that are free.
    pub fn new_programs(&self, have: &[Saved]) -> Vec<Saved> {
        let mut all = have.to_vec();
        for program in &self.programs {
            let same = |saved: &Saved| saved.name == program.name && saved.text == program.text;
            if !all.iter().any(same) {
                let name = super::record::free_name(&program.name, &all);
                all.push(Saved { id: 0, name, text: program.text.clone() });
            }
        }
        all.split_off(have.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str, text: &str) -> Saved {
        Saved { id: 0, name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_bundle_is_read_as_it_was_written() {
        let bundle = Bundle::new(
            vec![saved("A \"b\"", "x = 1\n"), saved("ü", "")],
            vec![saved("01-tensors", "y")],
            vec!["01-tensors".to_owned()],
        );
        assert_eq!(serde_json::from_str::<Bundle>(&bundle.write()).expect("it is sound"), bundle);
        assert!(bundle.is_known());
        let other: Bundle = serde_json::from_str(r#"{"seegrad": 9, "programs": []}"#).expect("it is sound");
        assert!(!other.is_known());
    }

    #[test]
    fn what_is_imported_replaces_nothing() {
        let have = [saved("A", "1"), saved("B", "2")];
        let bundle = Bundle::new(vec![saved("A", "1"), saved("B", "other"), saved("C", "3")], vec![], vec![]);
        assert_eq!(bundle.new_programs(&have), [saved("B 2", "other"), saved("C", "3")]);
    }
}
