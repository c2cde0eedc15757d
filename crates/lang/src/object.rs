//! Native objects that have no variant of [`Value`] of their own.

use std::any::Any;
use std::rc::Rc;

use crate::error::Result;
use crate::fork::Fork;
use crate::machine::Machine;
use crate::value::Value;

/// A native object. Its methods and attributes are those of its class (see [`NativeClass`](crate::native::NativeClass)).
pub(crate) trait Object: Any {
    /// The module and the name of its class, as it is registered: `torch`, `dtype`.
    fn class(&self) -> (&'static str, &'static str);

    /// What `repr` gives.
    ///
    /// # Errors
    /// What reading the values it prints gives.
    fn repr(&self, vm: &mut Machine) -> Result<String>;

    /// What `str` gives, if it is something else.
    ///
    /// # Errors
    /// As for [`repr`](Self::repr).
    fn str(&self, vm: &mut Machine) -> Result<String> {
        self.repr(vm)
    }

    /// A copy for another machine; `None` if it never changes and holds nothing that does, so that both can share it.
    fn fork(&self, fork: &mut Fork) -> Option<Rc<dyn Object>>;

    /// The values that it holds.
    fn each(&self, _visit: &mut dyn FnMut(&Value)) {}

    /// Whether it may be a key.
    fn is_hashable(&self) -> bool {
        true
    }

    /// A hash that agrees with [`equals`](Self::equals), if that is not by identity.
    fn hash(&self) -> Option<u64> {
        None
    }

    /// Whether it equals another, if that is not by identity.
    fn equals(&self, _other: &dyn Object) -> Option<bool> {
        None
    }

    /// Whether it counts as true, if that does not depend on values of tensors.
    fn truth(&self) -> bool {
        true
    }

    /// The number that it is, if it is one.
    fn as_number(&self) -> Option<engine::Scalar> {
        None
    }

    /// For [`Value::downcast`].
    fn as_any(&self) -> &dyn Any;
}

impl Value {
    /// The native object of this type that it is.
    pub(crate) fn downcast<T: Object>(&self) -> Option<&T> {
        match self {
            Self::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }
}
