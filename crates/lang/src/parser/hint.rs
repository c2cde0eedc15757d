//! What may help a learner who made one of the usual mistakes.

/// What another language, or an older Python, writes: the token before, the token itself (`""`: any), and the hint.
const HABITS: &[(&str, &str, &str)] = &[
    ("else", "if", "Python writes 'else if' as 'elif'."),
    ("&", "&", "Python writes '&&' as 'and'."),
    ("|", "|", "Python writes '||' as 'or'."),
    ("", "!", "Python writes '!' as 'not'."),
    ("==", "=", "Python compares with '=='."),
    ("!=", "=", "Python compares with '!='."),
    ("<", ">", "Python writes '<>' as '!='."),
    ("", "then", "Python writes ':' instead of 'then'."),
    ("let", "", "A name needs no declaration: write 'x = 1'."),
    ("var", "", "A name needs no declaration: write 'x = 1'."),
    ("const", "", "A name needs no declaration: write 'x = 1'."),
    ("function", "", "A function begins with 'def'."),
    ("func", "", "A function begins with 'def'."),
    ("fn", "", "A function begins with 'def'."),
    ("elseif", "", "Python writes 'elif'."),
    ("elsif", "", "Python writes 'elif'."),
    ("switch", "", "Write it with 'if' and 'elif'."),
    ("new", "", "Python makes objects without 'new': write 'Name()'."),
    ("", "else", "'else' must be indented as deeply as its 'if', 'for', 'while' or 'try'."),
    ("", "elif", "'elif' must be indented as deeply as its 'if'."),
    ("", "except", "'except' must be indented as deeply as its 'try'."),
    ("", "finally", "'finally' must be indented as deeply as its 'try'."),
    ("", "?", "Python writes 'a ? b : c' as 'b if a else c'."),
    ("", "=", "'==' compares, '=' assigns."),
];

/// The hint for a message about a token. `keyword` stands where a name may be meant.
pub(super) fn hint(message: &str, before: &str, token: &str, keyword: Option<&str>) -> Option<String> {
    if message.starts_with("invalid character") {
        let quotes = message.contains(['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{b4}']);
        let dash = message.contains(['\u{2013}', '\u{2014}', '\u{2212}']);
        return match (quotes, dash) {
            (true, _) => Some("Use straight quotes: ' or \".".to_string()),
            (_, true) => Some("Use the minus of the keyboard: '-'.".to_string()),
            _ => None,
        };
    }
    if message.starts_with("invalid non-printable") {
        return Some("It cannot be seen: delete it and type a blank.".to_string());
    }
    if message != "invalid syntax" {
        return None;
    }
    if matches!(before, "+" | "-") && token.is_empty() {
        return Some(format!("Python has no '{before}{before}': write 'x {before}= 1'."));
    }
    let fits = |(first, second, _): &&(&str, &str, &str)| {
        (first.is_empty() || *first == before) && (second.is_empty() || *second == token)
    };
    let named = keyword.filter(|_| token == "=");
    let habit = HABITS.iter().find(fits).filter(|_| named.is_none());
    let habit = habit.map(|(_, _, hint)| (*hint).to_string());
    habit.or_else(|| keyword.map(|word| format!("'{word}' is a word of the language and cannot be a name.")))
}
