//! How to get from a tensor to a view of it. A view of a view shares the way there with the view that it is of: a program
//! may take views of views for as long as it runs.

use std::rc::Rc;

use crate::ops::View;

/// Steps, the last one first.
#[derive(Clone, Default)]
pub(super) struct Path(Option<Rc<Link>>);

struct Link {
    before: Path,
    step: View,
}

impl Path {
    /// The same way, and a step more.
    pub(super) fn then(&self, step: View) -> Self {
        Self(Some(Rc::new(Link { before: self.clone(), step })))
    }

    /// The steps in order.
    pub(super) fn steps(&self) -> Vec<View> {
        let links = std::iter::successors(self.0.as_deref(), |link| link.before.0.as_deref());
        let mut steps: Vec<View> = links.map(|link| link.step.clone()).collect();
        steps.reverse();
        steps
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // In a loop: a way may be too long for the stack.
        let mut next = self.before.0.take();
        while let Some(Ok(mut link)) = next.map(Rc::try_unwrap) {
            next = link.before.0.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_way_is_shared_and_freed_without_recursion() {
        let mut path = Path::default();
        assert!(path.steps().is_empty());
        let mut all = Vec::new();
        for d in 0..200_000 {
            path = path.then(View::Flip(vec![d]));
            all.push(path.clone());
        }
        assert_eq!(all[2].steps(), [0, 1, 2].map(|d| View::Flip(vec![d])));
        assert_eq!(path.steps().len(), 200_000);
        drop(path);
        while let Some(last) = all.pop() {
            assert!(all.len() > 2 || last.steps().len() == all.len() + 1);
        }
    }
}
