//! When a lesson's goal is reached: conditions, as data, over what the page knows of the program and its run.

use super::quoted;

/// One thing that must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The program contains this.
    TextHas(String),
    /// The program does not contain this (any more).
    TextLacks(String),
    /// This was printed.
    OutputHas(String),
    /// The newest loss is below this.
    LossBelow(f64),
    /// An op of this name was recorded.
    Op(String),
    /// A variable of this name is in the graph.
    Name(String),
    /// A variable of this name has a gradient.
    Gradient(String),
    /// The run stands before a moment that it had reached.
    SteppedBack,
    /// The program came to its end.
    Finished,
}

/// What is known of a program and its run.
#[derive(Clone, Debug, Default)]
pub struct Facts<'a> {
    /// Its text.
    pub text: &'a str,
    /// Everything that it has printed.
    pub output: &'a str,
    /// The newest loss.
    pub loss: Option<f64>,
    /// What it recorded.
    pub nodes: Vec<NodeFact<'a>>,
    /// Whether the run stands before a moment that it had reached.
    pub stepped_back: bool,
    /// Whether it came to its end.
    pub finished: bool,
}

/// What is known of a node of the graph.
#[derive(Clone, Copy, Debug, Default)]
pub struct NodeFact<'a> {
    /// PyTorch's name of the op.
    pub op: &'a str,
    /// The variable that holds it.
    pub name: Option<&'a str>,
    /// Whether a gradient has arrived.
    pub gradient: bool,
}

impl Condition {
    /// Reads a condition as lessons write it.
    pub(super) fn parse(item: &str) -> Option<Self> {
        let text = |rest: &str| quoted(rest).map(str::to_owned);
        match item {
            "stepped back" => return Some(Self::SteppedBack),
            "finished" => return Some(Self::Finished),
            _ => {}
        }
        if let Some(number) = item.strip_prefix("loss below ") {
            return number.parse().ok().map(Self::LossBelow);
        }
        let (kind, rest) = item.split_at(item.find('`')?);
        let rest = text(rest)?;
        Some(match kind {
            "text has " => Self::TextHas(rest),
            "text lacks " => Self::TextLacks(rest),
            "output has " => Self::OutputHas(rest),
            "op " => Self::Op(rest),
            "name " => Self::Name(rest),
            "gradient of " => Self::Gradient(rest),
            _ => return None,
        })
    }

    /// Whether it holds.
    pub fn holds(&self, facts: &Facts) -> bool {
        let any = |test: &dyn Fn(&NodeFact) -> bool| facts.nodes.iter().any(test);
        match self {
            Self::TextHas(text) => facts.text.contains(text.as_str()),
            Self::TextLacks(text) => !facts.text.contains(text.as_str()),
            Self::OutputHas(text) => facts.output.contains(text.as_str()),
            Self::LossBelow(limit) => facts.loss.is_some_and(|loss| loss < *limit),
            Self::Op(op) => any(&|node| node.op == op),
            Self::Name(name) => any(&|node| node.name == Some(name)),
            Self::Gradient(name) => any(&|node| node.name == Some(name) && node.gradient),
            Self::SteppedBack => facts.stepped_back,
            Self::Finished => facts.finished,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_hold_when_they_should() {
        let nodes = vec![
            NodeFact { op: "", name: Some("w"), gradient: true },
            NodeFact { op: "tanh", name: Some("h"), gradient: false },
        ];
        let facts =
            Facts { text: "lr=0.1", output: "tensor(3.)\n", loss: Some(0.2), nodes, ..Facts::default() };
        let table = [
            ("text has `lr=0.1`", true),
            ("text has `lr=1`", false),
            ("text lacks `lr=1`", true),
            ("output has `tensor(3.)`", true),
            ("loss below 0.3", true),
            ("loss below 0.2", false),
            ("op `tanh`", true),
            ("op `tan`", false),
            ("name `h`", true),
            ("gradient of `w`", true),
            ("gradient of `h`", false),
            ("stepped back", false),
            ("finished", false),
        ];
        for (written, expected) in table {
            let condition = Condition::parse(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(condition.holds(&facts), expected, "{written}");
        }
    }

    #[test]
    fn without_a_run_nothing_holds_of_it() {
        let facts = Facts::default();
        for written in ["loss below 9", "stepped back", "finished", "op `add`", "gradient of `w`"] {
            assert!(!Condition::parse(written).expect("it is sound").holds(&facts), "{written}");
        }
    }
}
