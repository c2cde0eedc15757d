//! Hooks of tensors.

use std::any::Any;
use std::rc::Rc;

use engine::Hook;

use crate::class::Layout;
use crate::error::Result;
use crate::fork::Fork;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::object::Object;
use crate::value::Value;

/// What `register_hook` gives back.
struct Handle(u64);

impl Object for Handle {
    fn class(&self) -> (&'static str, &'static str) {
        ("torch", "RemovableHandle")
    }

    fn repr(&self, _vm: &mut Machine) -> Result<String> {
        Ok(format!(
            "<torch.utils.hooks.RemovableHandle object at {:#014x}>",
            std::ptr::from_ref(self) as usize
        ))
    }

    fn fork(&self, _fork: &mut Fork) -> Option<Rc<dyn Object>> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The class of handles.
pub(in crate::torch) const HANDLE: NativeClass = NativeClass {
    module: "torch",
    name: "RemovableHandle",
    base: None,
    layout: Layout::Native,
    constructor: None,
    methods: &[&[
        Native::new("remove(self)", remove),
        Native::new("__enter__(self)", |_, args| Ok(args.get(0))),
        Native::new("__exit__(self, kind, value, trace)", remove),
    ]],
    getters: &[],
};

fn remove(vm: &mut Machine, args: &Args) -> Result<Value> {
    if let Some(handle) = args.get(0).downcast::<Handle>() {
        vm.torch.outside.remove_hook(handle.0);
    }
    Ok(Value::None)
}

/// `x.register_hook(hook)`.
pub(super) fn register(vm: &mut Machine, args: &Args) -> Result<Value> {
    let x = args.tensor(0)?;
    let token = vm.torch.outside.add_hook(args.get(1));
    match x.register_hook(Hook::Outside(token)) {
        Ok(handle) => {
            vm.torch.outside.set_handle(token, handle);
            Ok(Value::object(Handle(token)))
        }
        Err(error) => {
            vm.torch.outside.remove_hook(token);
            Err(error.into())
        }
    }
}
