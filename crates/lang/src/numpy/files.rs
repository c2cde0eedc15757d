//! `.npy` and `.npz` files.

use formats::{npy, npz};

use super::kind::Kind;
use super::nd::Nd;
use crate::error::{Result, Stop};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::need::{Ask, Reply};
use crate::value::Value;

/// The native part of `numpy.load` and `numpy.save`.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_load(file)", load),
    Native::new("_save(file, array)", save),
    Native::new("_savez(file, names, arrays)", savez),
];

fn error(why: &formats::Error) -> Stop {
    Stop::error("ValueError", why.to_string())
}

fn loaded(vm: &mut Machine, array: formats::Array) -> Result<Value> {
    let (shape, data, dtype) = array.into_parts();
    vm.array(Nd::new(Kind::of(dtype), shape, data))
}

/// The array in a file, or the names and arrays of several.
fn load(vm: &mut Machine, args: &Args) -> Result<Value> {
    let name = args.str(0)?;
    let Reply::File(bytes) = vm.ask(Ask::ReadFile(name.to_string()))? else {
        return Err(Stop::error("OSError", format!("{name} could not be read")));
    };
    if !bytes.starts_with(b"PK") {
        let array = npy::read(&bytes).map_err(|why| error(&why))?;
        return loaded(vm, array);
    }
    let mut found = Vec::new();
    for (name, array) in npz::read(&bytes).map_err(|why| error(&why))? {
        let array = loaded(vm, array)?;
        found.push(Value::tuple(vec![Value::from(name), array]));
    }
    Ok(Value::list(found))
}

fn stored(vm: &mut Machine, value: &Value) -> Result<formats::Array> {
    let nd = vm.nd(value)?;
    let array = formats::Array::new(&nd.shape, nd.data).map_err(|why| error(&why))?;
    Ok(array.typed(nd.kind.dtype()))
}

fn save(vm: &mut Machine, args: &Args) -> Result<Value> {
    let array = stored(vm, &args.get(1))?;
    vm.ask(Ask::WriteFile(args.str(0)?.to_string(), npy::write(&array).into()))?;
    Ok(Value::None)
}

fn savez(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (names, arrays) = (vm.items(args, 1)?, vm.items(args, 2)?);
    let mut entries = Vec::new();
    for (name, array) in names.iter().zip(&arrays) {
        let Value::Str(name) = name else { continue };
        entries.push((name.to_string(), stored(vm, array)?));
    }
    let bytes = npz::write(&entries).map_err(|why| error(&why))?;
    vm.ask(Ask::WriteFile(args.str(0)?.to_string(), bytes.into()))?;
    Ok(Value::None)
}
