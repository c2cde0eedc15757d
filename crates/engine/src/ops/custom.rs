//! A function that the user wrote, with its own gradient: see [`crate::autograd::function`].

use std::rc::Rc;

use crate::autograd::function::{Backward, Context};
use crate::error::{Error, Result};

/// One call of such a function.
#[derive(Clone)]
pub struct Custom(Rc<Parts>);

struct Parts {
    name: String,
    backward: Backward,
    context: Context,
}

impl Custom {
    pub(crate) fn new(name: &str, backward: Backward, context: Context) -> Self {
        Self(Rc::new(Parts { name: name.to_owned(), backward, context }))
    }

    /// The name of the function.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// How its gradient is computed.
    pub fn backward(&self) -> &Backward {
        &self.0.backward
    }

    /// What its forward left for its gradient.
    pub fn context(&self) -> &Context {
        &self.0.context
    }

    pub(crate) fn release(&self) {
        self.0.context.release();
    }

    pub(super) fn grad_fn(&self) -> String {
        format!("{}Backward", self.0.name)
    }

    /// The engine never runs it: the user's code does.
    pub(super) fn as_op<T>(&self) -> Result<T> {
        Err(Error::Internal(format!("the function {} was run as an op", self.0.name)))
    }
}

impl PartialEq for Custom {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Custom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Custom({})", self.0.name)
    }
}
