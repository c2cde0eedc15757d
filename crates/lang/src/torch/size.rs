//! `torch.Size`: a tuple of sizes.

use crate::class::Layout;
use crate::error::{Result, type_error};
use crate::machine::Machine;
use crate::native::{Args, Native, NativeClass};
use crate::value::{Tuple, TupleKind, Value};

/// The class `torch.Size`.
pub(super) const SIZE: NativeClass = NativeClass {
    module: "torch",
    name: "Size",
    base: Some("tuple"),
    layout: Layout::Native,
    constructor: Some(Native::new("Size(iterable=(), /)", |vm, args| {
        let items = vm.items(args, 0)?;
        if let Some(wrong) = items.iter().find(|item| item.as_int().is_none()) {
            let found = wrong.type_name();
            return type_error(format!("torch.Size() takes an iterable of 'int' (item 0 is '{found}')"));
        }
        Ok(size(items))
    })),
    methods: &[&[
        Native::new("numel(self)", |_, args| {
            let sizes = items(args, 0)?;
            let product = sizes.iter().filter_map(Value::as_int).try_fold(1i64, i64::checked_mul);
            product.map_or_else(crate::error::overflow, |n| Ok(Value::Int(n)))
        }),
        Native::new("__add__(self, other)", add),
    ]],
    getters: &[],
};

fn size(items: Vec<Value>) -> Value {
    Value::Tuple(Tuple::new(items, TupleKind::Size))
}

fn items(args: &Args, i: usize) -> Result<Vec<Value>> {
    match args.get(i) {
        Value::Tuple(tuple) => Ok(tuple.items().to_vec()),
        _ => Err(args.wrong(i, "tuple")),
    }
}

fn add(_vm: &mut Machine, args: &Args) -> Result<Value> {
    let Value::Tuple(other) = args.get(1) else {
        let found = args.get(1).type_name();
        return type_error(format!("can only concatenate tuple (not \"{found}\") to tuple"));
    };
    let mut all = items(args, 0)?;
    all.extend(other.items().iter().cloned());
    let sizes = all.iter().all(|item| matches!(item, Value::Int(_)));
    Ok(if sizes { size(all) } else { Value::tuple(all) })
}
