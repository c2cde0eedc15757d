//! Fan-in: the gradients that reach a node or a leaf along several ways are summed before it goes on.

use std::rc::Rc;

use super::Backward;
use crate::error::Result;
use crate::tape::History;
use crate::tensor::Tensor;

impl Backward {
    /// Adds a gradient to what a node or leaf has received. Gives back the sum so far.
    pub(super) fn send(&mut self, history: &History, g: Option<Tensor>) -> Result<Option<Tensor>> {
        let (engine, create_graph) = (self.engine.clone(), self.options.create_graph);
        let sum = |before: Option<Tensor>, g: Option<Tensor>| match (before, g) {
            (Some(before), Some(g)) => engine.with_grad(create_graph, || before.add(&g)).map(Some),
            (before, g) => Ok(before.or(g)),
        };
        match history {
            History::None => Ok(None),
            History::Leaf(leaf) => {
                let expected = self.plan.leaves.get(&leaf.id()).copied().unwrap_or(1);
                let (_, left, before) =
                    self.arriving.remove(&leaf.id()).unwrap_or((Rc::clone(leaf), expected, None));
                let total = sum(before, g)?;
                if left > 1 {
                    self.arriving.insert(leaf.id(), (Rc::clone(leaf), left - 1, total.clone()));
                } else if self.captured.is_none() {
                    self.complete.push_back((Rc::clone(leaf), total.clone()));
                } else {
                    for (wanted, found) in self.captured.iter_mut().flatten() {
                        if matches!(wanted, History::Leaf(wanted) if Rc::ptr_eq(wanted, leaf)) {
                            *found = total.clone();
                        }
                    }
                }
                Ok(total)
            }
            History::Op(node, output) => {
                let empty = || (Rc::clone(node), vec![None; node.outputs().len()]);
                let (_, mut gradients) = self.pending.remove(&node.seq()).unwrap_or_else(empty);
                let before = gradients.get_mut(*output).and_then(Option::take);
                let total = sum(before, g)?;
                if let Some(slot) = gradients.get_mut(*output) {
                    slot.clone_from(&total);
                }
                self.pending.insert(node.seq(), (Rc::clone(node), gradients));
                Ok(total)
            }
        }
    }
}
