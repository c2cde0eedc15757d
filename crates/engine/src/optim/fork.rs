//! Copies of optimizers. A scheduler is copied by cloning it: it holds numbers only. See [`Fork`].

use super::{Entry, Group, Optimizer, State};
use crate::fork::Fork;

impl Fork {
    /// The copy of an optimizer: of the copies of its parameters, with copies of all that it remembers.
    pub fn optimizer(&mut self, old: &Optimizer) -> Optimizer {
        let group = |group: &Group| Group {
            params: group.params.iter().map(|p| self.tensor_shell(p)).collect(),
            options: group.options.clone(),
        };
        let groups = old.groups.iter().map(group).collect();
        let states = old.states.iter().map(|group| group.iter().map(|state| self.state(state)).collect());
        let states = states.collect();
        self.settle();
        Optimizer { algorithm: old.algorithm, defaults: old.defaults.clone(), groups, states }
    }

    fn state(&mut self, old: &State) -> State {
        let mut new = State::default();
        for (name, entry) in old.iter() {
            let entry = match entry {
                Entry::Number(x) => Entry::Number(*x),
                Entry::Tensor(t) => Entry::Tensor(self.tensor_shell(t)),
            };
            new.set(name, entry);
        }
        new
    }
}
