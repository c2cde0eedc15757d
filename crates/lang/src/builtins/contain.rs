//! The methods with underscores that all containers have: classes derived from them call them through `super()`.

use crate::ast::CmpOp;
use crate::error::Result;
use crate::machine::Machine;
use crate::native::Args;
use crate::value::Value;

pub(super) fn get_item(vm: &mut Machine, args: &Args) -> Result<Value> {
    match args.get(0) {
        object @ Value::Instance(_) => vm.plain_subscript(&object, &args.get(1)),
        other => vm.subscript(&other, &args.get(1)),
    }
}

pub(super) fn set_item(vm: &mut Machine, args: &Args) -> Result<Value> {
    vm.set_subscript(&args.get(0).unwrapped(), &args.get(1), args.get(2))?;
    Ok(Value::None)
}

pub(super) fn delete_item(vm: &mut Machine, args: &Args) -> Result<Value> {
    vm.delete_subscript(&args.get(0).unwrapped(), &args.get(1))?;
    Ok(Value::None)
}

pub(super) fn contains(vm: &mut Machine, args: &Args) -> Result<Value> {
    vm.compare(CmpOp::In, &args.get(1), &args.get(0).unwrapped())
}

pub(super) fn iter(vm: &mut Machine, args: &Args) -> Result<Value> {
    vm.iter(&args.get(0).unwrapped())
}

pub(super) fn len(vm: &mut Machine, args: &Args) -> Result<Value> {
    let items = vm.items_of(&args.get(0).unwrapped())?;
    Ok(Value::from(items.map_or(0, |items| items.len())))
}

impl Machine {
    /// `a == b`; nothing, if the program must be asked.
    ///
    /// # Errors
    /// What comparing says.
    pub(crate) fn equals(&mut self, a: &Value, b: &Value) -> Result<Option<bool>> {
        if a.is(b) {
            return Ok(Some(true));
        }
        self.decide(CmpOp::Eq, a, b)
    }
}
