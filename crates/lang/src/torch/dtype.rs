//! `torch.dtype`.

use std::any::Any;
use std::rc::Rc;

use engine::DType;

use crate::error::Result;
use crate::fork::Fork;
use crate::machine::Machine;
use crate::object::Object;

/// `torch.float32` and its like.
pub(crate) struct DTypeObject(pub(crate) DType);

impl Object for DTypeObject {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "dtype")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(format!("torch.{}", self.0.name()))
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn hash(&self) -> Option<u64> {
        Some(self.0 as u64)
    }

    fn equals(&self, other: &dyn Object) -> Option<bool> {
        Some(other.as_any().downcast_ref::<Self>().is_some_and(|other| other.0 == self.0))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
