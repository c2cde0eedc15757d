//! Numbers that are changed in a part of a text that has run already: a variable gets its new value, an optimizer its new option.

use lang::Machine;

use crate::pin::Files;
use crate::player::Player;

/// What a changed number means for a run.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// A variable of the program, and its value.
    Variable(String, String),
    /// An optimizer, one of its options, and that option's value.
    Option(String, String, String),
}

impl Player {
    /// Takes over the numbers that differ between the text of a run and another. Where one cannot be taken over, it takes effect when its
    /// line runs again.
    pub(crate) async fn retune(&self, machine: &mut Machine, old: &str, new: &str) {
        for change in changes(old, new) {
            let text = match change {
                Change::Variable(name, value) => {
                    format!(
                        "import __main__\nif hasattr(__main__, '{name}'):\n    __main__.{name} = {value}\n"
                    )
                }
                Change::Option(name, option, value) => {
                    format!("for _group in {name}.param_groups:\n    _group['{option}'] = {value}\n")
                }
            };
            // A name that is not there yet will be there with its new value.
            let _ = self.compute(machine, &text, &[], &Files::new()).await;
        }
    }
}

/// What differs between texts with as many lines: of each line, one number.
fn changes(old: &str, new: &str) -> Vec<Change> {
    let lines = || old.lines().zip(new.lines());
    if old.lines().count() != new.lines().count() {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (before, after) in lines().filter(|(before, after)| before != after) {
        let Some((name, value)) = assignment(after) else { continue };
        if is_number(value) && assignment(before).is_some_and(|(other, old)| other == name && is_number(old))
        {
            all.push(Change::Variable(name.to_owned(), value.to_owned()));
        }
        let known = options(before);
        all.extend(
            options(after)
                .into_iter()
                .filter(|option| is_number(option.1) && !known.contains(option))
                .map(|(option, value)| Change::Option(name.to_owned(), option.to_owned(), value.to_owned())),
        );
    }
    // What an optimizer was given by name follows the variable.
    let variables: Vec<(String, String)> = all
        .iter()
        .filter_map(|change| match change {
            Change::Variable(name, value) => Some((name.clone(), value.clone())),
            Change::Option(..) => None,
        })
        .collect();
    for (optimizer, given) in new.lines().filter_map(|line| Some((assignment(line)?.0, options(line)))) {
        for (option, by) in given {
            if let Some((_, value)) = variables.iter().find(|(name, _)| name == by) {
                all.push(Change::Option(optimizer.to_owned(), option.to_owned(), value.clone()));
            }
        }
    }
    all
}

/// `name = value`, without a comment behind it.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.split('#').next().unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    (is_name(name) && !value.starts_with('=')).then_some((name, value.trim()))
}

/// The options that an optimizer is made with: `lr=0.1` of `torch.optim.SGD(w, lr=0.1)`.
fn options(line: &str) -> Vec<(&str, &str)> {
    let Some((_, value)) = assignment(line) else { return Vec::new() };
    let Some((maker, rest)) = value.split_once('(') else { return Vec::new() };
    let class = maker.rsplit('.').next().unwrap_or(maker);
    let is_optimizer = maker.contains("optim.") || OPTIMIZERS.contains(&class);
    let given = rest.trim_end().strip_suffix(')').filter(|_| is_optimizer).unwrap_or_default();
    let pairs = given.split(',').filter_map(|part| part.split_once('='));
    pairs.map(|(option, value)| (option.trim(), value.trim())).filter(|(option, _)| is_name(option)).collect()
}

/// Optimizers, as a text may call them.
const OPTIMIZERS: [&str; 8] = ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "NAdam", "Adamax"];

fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '.' | '-'))
        && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str, value: &str) -> Change {
        Change::Variable(name.to_owned(), value.to_owned())
    }

    fn option(name: &str, option: &str, value: &str) -> Change {
        Change::Option(name.to_owned(), option.to_owned(), value.to_owned())
    }

    #[test]
    fn numbers_of_variables_and_optimizers_are_taken_over() {
        for (old, new, expected) in [
            ("lr = 0.1\n", "lr = 0.2\n", vec![variable("lr", "0.2")]),
            ("lr = 0.1  # slow\n", "lr = 1e-3  # slow\n", vec![variable("lr", "1e-3")]),
            (
                "opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)",
                "opt = torch.optim.SGD(net.parameters(), lr=0.5, momentum=0.9)",
                vec![option("opt", "lr", "0.5")],
            ),
            (
                "rate = 1\nopt = Adam(w, lr=rate)",
                "rate = 2\nopt = Adam(w, lr=rate)",
                vec![variable("rate", "2"), option("opt", "lr", "2")],
            ),
            ("    lr = 0.1", "    lr = 0.2", vec![variable("lr", "0.2")]),
            ("a = b", "a = 2", vec![]),
            ("f(x=1)", "f(x=2)", vec![]),
            ("a == 1", "a == 2", vec![]),
            ("a = 1\n", "a = 2\nb = 3\n", vec![]),
            ("a = torch.ones(2, n=1)", "a = torch.ones(2, n=2)", vec![]),
        ] {
            assert_eq!(changes(old, new), expected, "{old} / {new}");
        }
    }
}
