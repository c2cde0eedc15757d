//! The loss of classifiers with its gradient: the backward pass wants what the forward pass has worked out of the scores.

use super::operand::{is_same, producer};
use super::plan::{Kind, Planner};
use crate::backend::Kernel;

impl Planner<'_> {
    /// Merges losses with their gradients.
    pub(super) fn merge_losses(&mut self) {
        for i in 0..self.tasks.len() {
            if let Some(loss) = self.loss_of(i).filter(|loss| [*loss, i].iter().all(|&t| self.is_alone(t)))
                && !self.is_between(loss, i)
            {
                self.merge(loss, i);
            }
        }
    }

    fn is_alone(&self, task: usize) -> bool {
        self.members.get(&task).is_some_and(|members| members.len() == 1)
    }

    /// The loss that a task is the gradient of, if both look at the same scores and classes.
    fn loss_of(&self, task: usize) -> Option<usize> {
        let grad = &self.tasks[task];
        let Kernel::CrossEntropyGrad { ignore } = grad.kernel else { return None };
        let loss = producer(&grad.inputs[3])?;
        let same = |k: usize| is_same(&grad.inputs[k], &self.tasks[loss].inputs[k]);
        (self.tasks[loss].kernel == Kernel::CrossEntropy { ignore } && same(0) && same(1)).then_some(loss)
    }

    /// The kernel for both, if that is what they are.
    pub(super) fn loss(&self, loss: usize, grad: usize) -> Option<Kind> {
        let Kernel::CrossEntropyGrad { ignore } = self.tasks[grad].kernel else { return None };
        Some(Kind::Merged {
            kernel: Kernel::CrossEntropyBoth { ignore },
            inputs: vec![(loss, 0), (loss, 1), (grad, 2)],
            outputs: vec![grad, loss],
        })
    }
}
