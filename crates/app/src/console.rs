//! What was typed into the console, and the way back to it with the arrow keys. What came of it is `Program::answers`.

/// A line that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The answer carries it, too.
    pub id: u32,
    /// What was typed.
    pub text: String,
}

/// All lines that were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Console {
    /// The lines, oldest first.
    pub entries: Vec<Entry>,
    ids: u32,
    /// The entry that the arrow keys have come to.
    at: Option<usize>,
    /// What was being typed before they were pressed.
    draft: String,
}

/// Lines that are kept.
const MOST: usize = 200;

impl Console {
    /// A line is entered. Returns the number that its question has; a line of blanks is none.
    pub fn enter(&mut self, text: &str) -> Option<u32> {
        self.at = None;
        if text.trim().is_empty() {
            return None;
        }
        self.ids += 1;
        self.entries.push(Entry { id: self.ids, text: text.to_owned() });
        if self.entries.len() > MOST {
            self.entries.remove(0);
        }
        Some(self.ids)
    }

    /// The line before the one that shows.
    pub fn older(&mut self, shown: &str) -> Option<String> {
        if self.at.is_none() {
            shown.clone_into(&mut self.draft);
        }
        let at = self.at.unwrap_or(self.entries.len()).checked_sub(1)?;
        self.at = Some(at);
        self.entries.get(at).map(|entry| entry.text.clone())
    }

    /// The line after the one that shows, and at last what was being typed.
    pub fn newer(&mut self) -> Option<String> {
        let at = self.at? + 1;
        if let Some(entry) = self.entries.get(at) {
            self.at = Some(at);
            return Some(entry.text.clone());
        }
        self.at = None;
        Some(std::mem::take(&mut self.draft))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrow_keys_go_back_and_return_to_what_was_being_typed() {
        let mut console = Console::default();
        assert_eq!(console.enter("w.grad"), Some(1));
        assert_eq!(console.enter("  "), None);
        assert_eq!(console.enter("x + 1"), Some(2));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(console.older("half"), some("x + 1"));
        assert_eq!(console.older("x + 1"), some("w.grad"));
        assert_eq!(console.older("w.grad"), None);
        assert_eq!(console.newer(), some("x + 1"));
        assert_eq!(console.newer(), some("half"));
        assert_eq!(console.newer(), None);
    }

    #[test]
    fn numbers_go_on_when_old_lines_are_dropped() {
        let mut console = Console::default();
        for i in 1..=MOST as u32 + 5 {
            assert_eq!(console.enter("x"), Some(i));
        }
        assert_eq!((console.entries.len(), console.entries[0].id), (MOST, 6));
    }
}
