//! Versions of a program that differ in one thing: a number that has a name, or the optimizer.

use protocol::program::Place;

use super::super::graph::scan::{Kind, Word, is_number, words};
use crate::program::edited;

/// Versions of a race at most.
pub const MOST: usize = 6;
/// Optimizers that take the parameters and a learning rate.
const OPTIMIZERS: [&str; 7] = ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "NAdam"];
/// SGD with momentum, as it is called among the optimizers.
const MOMENTUM: &str = "momentum";

/// What versions can differ in.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// `lr`, or `optimizer`.
    pub name: String,
    /// Its line, counted from 1.
    pub line: usize,
    /// What is replaced.
    place: Place,
    /// What stands there now, as one of the values.
    pub value: String,
    /// The parameters and the learning rate of an optimizer, as they stand in its call.
    call: Option<(String, Option<String>)>,
}

/// Everything that versions of a text can differ in; what is raced most comes first.
pub fn subjects(text: &str) -> Vec<Subject> {
    let words = words(text);
    let at = |i: usize| words.get(i).map_or("", |word| &text[word.start..word.end]);
    let mut all = Vec::new();
    for i in 0..words.len() {
        let line = 1 + text[..words[i].start].bytes().filter(|b| *b == b'\n').count();
        if words[i].kind == Kind::Number && i >= 2 && at(i - 1) == "=" && words[i - 2].kind == Kind::Name {
            let place = place(words[i].start, words[i].end);
            all.push(Subject {
                name: at(i - 2).to_owned(),
                line,
                place,
                value: at(i).to_owned(),
                call: None,
            });
        }
        if OPTIMIZERS.contains(&at(i)) && at(i + 1) == "(" {
            all.extend(optimizer(text, &words, i, line));
        }
    }
    sorting::sort_by_key(&mut all, |subject| match subject.name.as_str() {
        "lr" | "learning_rate" => 0,
        "optimizer" => 1,
        _ => 2,
    });
    all
}

fn place(start: usize, end: usize) -> Place {
    Place { start: start as u32, end: end as u32 }
}

/// The call of an optimizer, whose name is this word.
fn optimizer(text: &str, words: &[Word], name: usize, line: usize) -> Option<Subject> {
    let mut depth = 0;
    let mut arguments = Vec::new();
    let mut start = words.get(name + 2)?.start;
    let mut end = None;
    for word in &words[name + 1..] {
        depth += i32::from(word.kind == Kind::Open) - i32::from(word.kind == Kind::Close);
        let comma = depth == 1 && &text[word.start..word.end] == ",";
        if comma || depth == 0 {
            arguments.push(text[start..word.start].trim());
            start = word.end;
        }
        if depth == 0 {
            end = Some(word.end);
            break;
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    let params = (*arguments.first()?).to_owned();
    let named = |key: &str| {
        arguments.iter().find_map(|argument| {
            let (name, value) = argument.split_once('=')?;
            (name.trim() == key).then(|| value.trim().to_owned())
        })
    };
    let second = arguments.get(1).filter(|argument| !argument.contains('=')).map(|rate| (*rate).to_owned());
    let is_sgd = &text[words[name].start..words[name].end] == "SGD";
    let value = if is_sgd && named("momentum").is_some() {
        MOMENTUM
    } else {
        &text[words[name].start..words[name].end]
    };
    Some(Subject {
        name: "optimizer".to_owned(),
        line,
        place: place(words[name].start, end?),
        value: value.to_owned(),
        call: Some((params, named("lr").or(second))),
    })
}

impl Subject {
    /// What is offered to be compared, the value of the text among it.
    pub fn values(&self) -> Vec<String> {
        if self.call.is_some() {
            let mut all: Vec<String> = ["SGD", MOMENTUM, "RMSprop", "Adam"].map(str::to_owned).to_vec();
            if !all.contains(&self.value) {
                all.push(self.value.clone());
            }
            return all;
        }
        let Ok(value) = self.value.parse::<f64>() else { return vec![self.value.clone()] };
        if self.value.contains(['.', 'e', 'E']) && value != 0.0 {
            return [0.1, 0.3, 1.0, 3.0].map(|factor| rounded(value * factor)).to_vec();
        }
        let step = (value.abs() / 2.0).ceil().max(1.0);
        [value, value + step, value + 2.0 * step].map(|value| format!("{value}")).to_vec()
    }

    /// The text with this value; or why that is not one.
    pub fn version(&self, text: &str, value: &str) -> Result<String, String> {
        Ok(edited(text, &[self.edit(value)?]))
    }

    /// What this value takes to stand in the text; or why it is not one.
    pub fn edit(&self, value: &str) -> Result<(Place, String), String> {
        let new = match &self.call {
            None if is_number(value) => value.to_owned(),
            None => return Err(format!("{value} is not a number.")),
            Some((params, rate)) => {
                let (name, extra) = if value == MOMENTUM { ("SGD", ", momentum=0.9") } else { (value, "") };
                if !OPTIMIZERS.contains(&name) {
                    let known = OPTIMIZERS.join(", ");
                    return Err(format!("{value} is not one of {MOMENTUM} (SGD with it), {known}."));
                }
                let rate = rate.as_ref().map(|rate| format!(", lr={rate}")).unwrap_or_default();
                format!("{name}({params}{rate}{extra})")
            }
        };
        Ok((self.place, new))
    }

    /// The same thing in a text that may have changed since: the one of that name whose line is next to where it was.
    pub fn again(&self, text: &str) -> Option<Self> {
        let same = subjects(text).into_iter().filter(|subject| subject.name == self.name);
        same.min_by_key(|subject| subject.line.abs_diff(self.line))
    }

    /// A value with what it is a value of.
    pub fn named(&self, value: &str) -> String {
        if self.call.is_some() { value.to_owned() } else { format!("{} = {value}", self.name) }
    }
}

/// A number in two digits: what is tried needs no more.
fn rounded(value: f64) -> String {
    let two: f64 = format!("{value:.1e}").parse().unwrap_or(value);
    format!("{two}")
}

/// The values that were typed, without those that are there twice.
pub fn typed(list: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for value in list.split([',', ';', ' ']).map(str::trim).filter(|value| !value.is_empty()) {
        if !all.iter().any(|known| known == value) {
            all.push(value.to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
import torch.optim as optim
steps = 20
opt = optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for i in range(steps):
    train(dropout=0.5)
";

    #[test]
    fn numbers_with_names_and_optimizers_can_be_raced() {
        let all = subjects(TEXT);
        let named: Vec<_> = all.iter().map(|s| (s.name.as_str(), s.line, s.value.as_str())).collect();
        let wanted = [
            ("lr", 3, "0.1"),
            ("optimizer", 3, MOMENTUM),
            ("steps", 2, "20"),
            ("momentum", 3, "0.9"),
            ("dropout", 5, "0.5"),
        ];
        assert_eq!(named, wanted);
        assert_eq!(all[0].values(), ["0.01", "0.03", "0.1", "0.3"]);
        assert_eq!(all[2].values(), ["20", "30", "40"]);
        assert_eq!(all[1].values(), ["SGD", MOMENTUM, "RMSprop", "Adam"]);
    }

    #[test]
    fn a_version_differs_in_one_thing() {
        let all = subjects(TEXT);
        let lr = all[0].version(TEXT, "0.5").expect("a version");
        assert_eq!(lr, TEXT.replace("lr=0.1", "lr=0.5"));
        let adam = all[1].version(TEXT, "Adam").expect("a version");
        assert!(adam.contains("opt = optim.Adam(net.parameters(), lr=0.1)\n"), "{adam}");
        let momentum = all[1].version(&adam, MOMENTUM);
        assert!(momentum.is_ok());
        assert!(all[0].version(TEXT, "x").is_err_and(|why| why.contains("x is not a number")));
        assert!(all[1].version(TEXT, "Adamm").is_err_and(|why| why.contains("RMSprop")));
        let plain = "o = SGD([w], 0.5)\n";
        assert_eq!(subjects(plain)[0].version(plain, "Adam").as_deref(), Ok("o = Adam([w], lr=0.5)\n"));
    }

    #[test]
    fn a_thing_is_found_again_where_the_text_has_changed() {
        let lr = &subjects(TEXT)[0];
        let longer = format!("# more\n{TEXT}sched(lr=3)\n");
        let found = lr.again(&longer).expect("the rate");
        assert_eq!((found.line, found.value.as_str(), found.named("1").as_str()), (4, "0.1", "lr = 1"));
        assert_eq!(lr.again("x = 1\n"), None);
    }

    #[test]
    fn what_is_typed_is_a_list() {
        assert_eq!(typed(" 0.1, 0.5 ;1,,0.1"), ["0.1", "0.5", "1"]);
        assert!(subjects("SGD(").is_empty() && subjects("SGD()").is_empty() && subjects("").is_empty());
    }
}
