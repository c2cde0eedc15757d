//! Sets of characters: `[a-z_]`, `\d`.

/// A set: its ranges and classes, or everything else.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    pub(super) items: Vec<Item>,
    pub(super) negated: bool,
    pub(super) ignore_case: bool,
}

/// A part of a set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    Range(char, char),
    Class(Class, bool),
}

/// `\d`, `\s`, `\w`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Class {
    Digit,
    Space,
    Word,
}

impl Item {
    /// The class of the letter after a backslash; in capitals it is what is not in it.
    pub(super) fn class(letter: char) -> Option<Self> {
        let class = match letter.to_ascii_lowercase() {
            'd' => Class::Digit,
            's' => Class::Space,
            'w' => Class::Word,
            _ => return None,
        };
        Some(Self::Class(class, letter.is_ascii_lowercase()))
    }

    fn holds(self, c: char) -> bool {
        match self {
            Self::Range(first, last) => (first..=last).contains(&c),
            Self::Class(class, wanted) => wanted == class.holds(c),
        }
    }
}

impl Class {
    fn holds(self, c: char) -> bool {
        match self {
            Self::Digit => c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric()),
            Self::Space => c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c),
            Self::Word => is_word(c),
        }
    }
}

/// Whether a character is part of a word.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A character whatever its case.
pub(super) fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
}

fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    upper.next().filter(|_| upper.next().is_none()).unwrap_or(c)
}

impl Set {
    /// Whether it holds a character.
    pub(super) fn holds(&self, c: char) -> bool {
        let any = |c: char| self.items.iter().any(|item| item.holds(c));
        (any(c) || self.ignore_case && (any(lower(c)) || any(upper(c)))) != self.negated
    }
}
