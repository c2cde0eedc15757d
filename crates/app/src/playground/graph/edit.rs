//! What can be changed in the text where a node was made, as the smallest changes that do it. Pure: text in, changes out.

use protocol::program::Place;

use super::scan::{Kind, Word, words};

/// Places and what is to stand there.
pub type Edits = Vec<(Place, String)>;

/// Names of functions that can take each other's place.
const FAMILIES: [&[&str]; 3] = [
    &["relu", "tanh", "sigmoid", "exp", "log", "sqrt", "abs", "sin", "cos", "square", "neg"],
    &["mean", "sum", "prod", "std", "var", "amax", "amin"],
    &["add", "sub", "mul", "div", "pow", "maximum", "minimum"],
];
/// Those that `torch.nn.functional` has.
const FUNCTIONAL: [&str; 7] = ["relu", "tanh", "sigmoid", "softplus", "gelu", "silu", "elu"];
/// Operators that can take each other's place, and how strongly they bind.
const OPERATORS: [(&str, u8); 6] = [("+", 1), ("-", 1), ("*", 2), ("/", 2), ("@", 2), ("**", 4)];
/// What can be put behind a node.
pub const AFTER: [&str; 8] = ["relu", "tanh", "sigmoid", "exp", "abs", "square", "mean", "sum"];

/// The parts of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// `left + right`
    Infix {
        /// The operator.
        operator: Place,
        /// How strongly it binds.
        strength: u8,
        /// What stands before it.
        left: Place,
        /// What stands behind it.
        right: Place,
    },
    /// `torch.relu(x)`, or `x.relu()`
    Call {
        /// The last part of the function's name.
        name: Place,
        /// What stands before its last dot.
        owner: Option<Place>,
        /// Whether that is what is computed with, and not a library.
        method: bool,
        /// What stands between the brackets.
        arguments: Vec<Place>,
    },
    /// Something else.
    Other,
}

/// A part of the text.
pub fn at(text: &str, place: Place) -> &str {
    text.get(place.start as usize..place.end as usize).unwrap_or_default()
}

fn strength(operator: &str) -> u8 {
    OPERATORS.into_iter().find(|(sign, _)| *sign == operator).map_or(2, |(_, strength)| strength)
}

/// Takes an expression apart.
pub fn form(text: &str, place: Place) -> Form {
    let inside = at(text, place);
    let words = words(inside);
    let place_of = |from: &Word, to: &Word| Place {
        start: place.start + from.start as u32,
        end: place.start + to.end as u32,
    };
    let is = |word: &Word, sign: &str| &inside[word.start..word.end] == sign;
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Form::Other };
    // Of the operators outside of brackets, the one that binds least; of several, the last, or the first for powers.
    let mut depth = 0;
    let mut best: Option<(u8, usize)> = None;
    let mut closed_early = false;
    for (i, word) in words.iter().enumerate() {
        match word.kind {
            Kind::Open => depth += 1,
            Kind::Close => {
                depth -= 1;
                closed_early |= depth == 0 && i + 1 < words.len();
            }
            Kind::Sign if depth == 0 && i > 0 => {
                let before = &words[i - 1];
                let operand = matches!(before.kind, Kind::Name | Kind::Number | Kind::Text | Kind::Close);
                let sign = &inside[word.start..word.end];
                let known = OPERATORS.iter().any(|(name, _)| *name == sign) || sign == "//" || sign == "%";
                if operand && known {
                    let strength = strength(sign);
                    if best.is_none_or(|(least, _)| strength < least || strength == least && strength < 4) {
                        best = Some((strength, i));
                    }
                }
            }
            _ => {}
        }
    }
    let minus = is(first, "-") || is(first, "+");
    if let Some((strength, i)) = best.filter(|(strength, _)| !(minus && *strength == 4)) {
        let (left, right) =
            (place_of(first, &words[i - 1]), place_of(&words[(i + 1).min(words.len() - 1)], last));
        return Form::Infix { operator: place_of(&words[i], &words[i]), strength, left, right };
    }
    if first.kind == Kind::Open && is(first, "(") && !closed_early && words.len() > 2 {
        return form(text, place_of(&words[1], &words[words.len() - 2]));
    }
    call(inside, &words, &place_of).unwrap_or(Form::Other)
}

fn call(inside: &str, words: &[Word], place_of: &dyn Fn(&Word, &Word) -> Place) -> Option<Form> {
    let is = |word: &Word, sign: &str| &inside[word.start..word.end] == sign;
    let last = words.last().filter(|word| is(word, ")"))?;
    // The bracket that the last one closes.
    let mut depth = 0;
    let open = words.iter().rposition(|word| {
        depth += i32::from(word.kind == Kind::Close) - i32::from(word.kind == Kind::Open);
        depth == 0
    })?;
    let name = words.get(open.checked_sub(1)?).filter(|word| word.kind == Kind::Name)?;
    let dot = open.checked_sub(2).filter(|&dot| is(&words[dot], "."));
    let owner = dot.and_then(|dot| dot.checked_sub(1)).map(|end| place_of(&words[0], &words[end]));
    if dot.is_none() && open != 1 {
        return None;
    }
    let library = matches!(&inside[words[0].start..words[0].end], "torch" | "F" | "nn" | "np" | "numpy");
    let mut arguments = Vec::new();
    let (mut depth, mut start) = (0, open + 1);
    for i in open + 1..words.len() {
        let word = &words[i];
        let end = depth == 0 && (is(word, ",") || std::ptr::eq(word, last));
        if end && i > start {
            arguments.push(place_of(&words[start], &words[i - 1]));
        }
        if end {
            start = i + 1;
        }
        depth += i32::from(word.kind == Kind::Open) - i32::from(word.kind == Kind::Close);
    }
    Some(Form::Call { name: place_of(name, name), owner, method: owner.is_some() && !library, arguments })
}

/// By what the op of an expression can be replaced, and by what it is made now; or why it cannot.
pub fn others(text: &str, place: Place) -> Result<(String, Vec<&'static str>), &'static str> {
    match form(text, place) {
        Form::Infix { operator, .. } => {
            let now = at(text, operator);
            let all: Vec<_> = OPERATORS.iter().map(|(sign, _)| *sign).collect();
            if all.contains(&now) {
                Ok((now.to_owned(), all))
            } else {
                Err("No other operator can stand here.")
            }
        }
        Form::Call { name, owner, .. } => {
            let now = at(text, name);
            let functional = owner.is_some_and(|owner| {
                matches!(at(text, owner), "F" | "nn.functional" | "torch.nn.functional")
            });
            let family = if functional { [&FUNCTIONAL[..]; 3] } else { FAMILIES };
            let family = family.into_iter().find(|names| names.contains(&now));
            family
                .map(|names| (now.to_owned(), names.to_vec()))
                .ok_or("No other op takes the same arguments.")
        }
        Form::Other => Err("The text makes this without an operator or a call that could be changed."),
    }
}

/// Whether what stands around an expression keeps it together, whatever operators are in it.
fn is_apart(text: &str, place: Place) -> bool {
    let before = text[..place.start as usize].trim_end_matches([' ', '\t']);
    let after = text[place.end as usize..].trim_start_matches([' ', '\t']);
    let opens =
        before.is_empty() || before.ends_with(['(', ',', '[', '=', ':', '\n']) || before.ends_with("return");
    opens && (after.is_empty() || after.starts_with([')', ',', ']', ':', '\n', '\r', '#', ';', '}']))
}

/// An operand that goes where operators may bind more strongly than its own.
fn kept_together(text: &str, place: Place, least: u8) -> String {
    let inside = at(text, place);
    match form(text, place) {
        Form::Infix { strength, .. } if strength < least && !is_wrapped(inside) => format!("({inside})"),
        _ => inside.to_owned(),
    }
}

/// Whether brackets stand around all of it.
fn is_wrapped(text: &str) -> bool {
    let words = words(text);
    let mut depth = 0;
    let ends = words.iter().position(|word| {
        depth += i32::from(word.kind == Kind::Open) - i32::from(word.kind == Kind::Close);
        depth == 0
    });
    text.starts_with('(') && ends == Some(words.len() - 1)
}

/// Puts another op in the place of an expression's.
pub fn change(text: &str, place: Place, to: &str) -> Edits {
    match form(text, place) {
        Form::Infix { operator, strength: old, left, right } => {
            let new = strength(to);
            // Powers group from the right, all others from the left.
            let (mut first, mut second) = if to == "**" { (new + 1, new) } else { (new, new + 1) };
            if at(text, operator) == to {
                return Edits::new();
            }
            let simple = |place: Place, least: u8| kept_together(text, place, least) == at(text, place);
            if simple(left, first) {
                first = 0;
            }
            if simple(right, second) {
                second = 0;
            }
            let mut edits = vec![(operator, to.to_owned())];
            for (operand, least) in
                [(left, first), (right, second)].into_iter().filter(|(_, least)| *least > 0)
            {
                edits.push((operand, kept_together(text, operand, least)));
            }
            if new < old && !is_apart(text, place) && !is_wrapped(at(text, place)) {
                let ends = [Place { end: place.start, ..place }, Place { start: place.end, ..place }];
                edits.insert(0, (ends[0], "(".to_owned()));
                edits.push((ends[1], ")".to_owned()));
            }
            edits
        }
        Form::Call { name, .. } => vec![(name, to.to_owned())],
        Form::Other => Edits::new(),
    }
}

/// Puts an op behind an expression.
pub fn insert(text: &str, place: Place, op: &str) -> Edits {
    let inside = at(text, place);
    let new = if text.contains("import torch") {
        format!("torch.{op}({})", if is_wrapped(inside) { &inside[1..inside.len() - 1] } else { inside })
    } else if is_wrapped(inside) || words(inside).len() == 1 {
        format!("{inside}.{op}()")
    } else {
        format!("({inside}).{op}()")
    };
    vec![(place, new)]
}

/// Takes an op away: what it was computed of first stays. Or says why that is not possible.
pub fn delete(text: &str, place: Place) -> Result<Edits, &'static str> {
    let operand = match form(text, place) {
        Form::Infix { left, .. } => Some(left),
        Form::Call { owner, method: true, .. } => owner,
        Form::Call { ref arguments, .. } => arguments.first().copied(),
        Form::Other => None,
    };
    let operand = operand.ok_or("There is no input that could stay in its place.")?;
    let least = if is_apart(text, place) || is_wrapped(at(text, place)) { 0 } else { 9 };
    Ok(vec![(place, kept_together(text, operand, least))])
}

/// The numbers of an expression.
pub fn numbers(text: &str, place: Place) -> Vec<Place> {
    let inside = at(text, place);
    let number =
        |word: &Word| Place { start: place.start + word.start as u32, end: place.start + word.end as u32 };
    words(inside).iter().filter(|word| word.kind == Kind::Number).map(number).collect()
}

/// Gives a variable another name, everywhere; or says why that is not possible.
pub fn rename(text: &str, from: &str, to: &str) -> Result<Edits, &'static str> {
    if !super::scan::is_name(to) {
        return Err("That is not a name.");
    }
    let words = words(text);
    let is = |i: usize, sign: &str| words.get(i).is_some_and(|word| &text[word.start..word.end] == sign);
    if (0..words.len()).any(|i| words[i].kind == Kind::Name && is(i, to)) {
        return Err("That name is taken.");
    }
    let mut depth = 0;
    let mut edits = Edits::new();
    for (i, word) in words.iter().enumerate() {
        depth += i32::from(word.kind == Kind::Open) - i32::from(word.kind == Kind::Close);
        let attribute = i > 0 && is(i - 1, ".");
        let keyword = depth > 0 && is(i + 1, "=");
        if word.kind == Kind::Name && is(i, from) && !attribute && !keyword {
            edits.push((Place { start: word.start as u32, end: word.end as u32 }, to.to_owned()));
        }
    }
    if edits.is_empty() { Err("The text has no variable of this name.") } else { Ok(edits) }
}
