//! Copies of a backward pass under way. See [`Fork`].

use std::rc::Rc;

use super::{Backward, Place, Stage};
use crate::fork::Fork;
use crate::tape::Action;

impl Fork {
    /// The copy of a backward pass: it goes on from the same place, on the copies of nodes and leaves.
    pub fn backward(&mut self, old: &Backward) -> Backward {
        let pending = old.pending.iter().map(|(seq, (node, gradients))| {
            let node = self.node_shell(node);
            (*seq, (node, self.shells(gradients)))
        });
        let pending = pending.collect();
        let arriving = old.arriving.values().map(|(leaf, left, g)| {
            let leaf = self.leaf_shell(leaf);
            (leaf.id(), (leaf, *left, g.as_ref().map(|g| self.tensor_shell(g))))
        });
        let arriving = arriving.collect();
        let complete = old.complete.iter().map(|(leaf, g)| {
            let leaf = self.leaf_shell(leaf);
            (leaf, g.as_ref().map(|g| self.tensor_shell(g)))
        });
        let complete = complete.collect();
        let captured = old.captured.as_ref().map(|all| {
            let copy = |(history, found): &(_, Option<_>)| {
                let history = self.history(history);
                (history, found.as_ref().map(|g| self.tensor_shell(g)))
            };
            all.iter().map(copy).collect()
        });
        let stage = self.stage(&old.stage);
        self.settle();
        // A leaf that cannot be reached any more needs no number.
        let plan = old.plan.renumbered(|leaf| self.leaves.at(leaf).map(|leaf| leaf.id()));
        Backward {
            engine: old.engine.clone(),
            options: old.options,
            plan: Rc::new(plan),
            pending,
            arriving,
            complete,
            captured,
            stage,
        }
    }

    fn stage(&mut self, old: &Stage) -> Stage {
        let mut copied = |actions: &std::collections::VecDeque<(usize, Action)>| {
            actions.iter().map(|(output, action)| (*output, self.action(action))).collect()
        };
        match old {
            Stage::Between => Stage::Between,
            Stage::Broken => Stage::Broken,
            Stage::Hooks { place, gradients, actions } => {
                let actions = copied(actions);
                Stage::Hooks { place: self.place(place), gradients: self.shells(gradients), actions }
            }
            Stage::AtHook { place, gradients, actions, output } => {
                let actions = copied(actions);
                let (place, gradients) = (self.place(place), self.shells(gradients));
                Stage::AtHook { place, gradients, actions, output: *output }
            }
            Stage::AtFunction { node, gradients } => {
                Stage::AtFunction { node: self.node_shell(node), gradients: self.shells(gradients) }
            }
        }
    }

    fn place(&mut self, old: &Place) -> Place {
        match old {
            Place::Node(node) => Place::Node(self.node_shell(node)),
            Place::Leaf(leaf) => Place::Leaf(self.leaf_shell(leaf)),
        }
    }
}
