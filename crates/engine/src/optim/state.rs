//! What an optimizer remembers of a parameter, and all that it remembers as one value.

use super::Options;
use crate::error::Result;
use crate::tensor::Tensor;

/// One thing that is remembered.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A number on the host, such as `step`.
    Number(f64),
    /// A tensor of the shape of the parameter, such as `exp_avg`.
    Tensor(Tensor),
}

/// What is remembered of one parameter, under PyTorch's names. Empty before its first update.
#[derive(Clone, Debug, Default)]
pub struct State(Vec<(String, Entry)>);

impl State {
    /// An entry, if there is one of that name.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, entry)| entry)
    }

    /// All entries, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(name, entry)| (name.as_str(), entry))
    }

    /// Whether nothing is remembered yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets an entry.
    pub fn set(&mut self, name: &str, entry: Entry) {
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = entry,
            None => self.0.push((name.to_owned(), entry)),
        }
    }

    /// The same as it is now, whatever is written to its tensors later.
    pub fn frozen(&self) -> Self {
        let freeze = |entry: &Entry| match entry {
            Entry::Number(x) => Entry::Number(*x),
            Entry::Tensor(t) => Entry::Tensor(t.frozen()),
        };
        Self(self.0.iter().map(|(name, entry)| (name.clone(), freeze(entry))).collect())
    }

    /// The same in tensors of its own, with the element type of `param`.
    pub(super) fn copied_for(&self, param: &Tensor) -> Result<Self> {
        let mut copy = Self::default();
        for (name, entry) in self.iter() {
            let entry = match entry {
                Entry::Number(x) => Entry::Number(*x),
                Entry::Tensor(t) => Entry::Tensor(t.detach().to(param.dtype())?.copy()?),
            };
            copy.set(name, entry);
        }
        Ok(copy)
    }
}

/// `optimizer.state_dict()`: parameters are numbered through all groups. The tensors are the optimizer's own.
#[derive(Clone, Debug, Default)]
pub struct StateDict {
    /// What is remembered of each parameter that was updated before, by number.
    pub state: Vec<(usize, State)>,
    /// The options of each group and the numbers of its parameters.
    pub param_groups: Vec<(Options, Vec<usize>)>,
}
