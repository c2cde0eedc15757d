//! The native half of `torch.save` and `torch.load`: tensors under names, as safetensors files hold them.

use std::collections::BTreeMap;

use formats::{Array, checkpoint, safetensors};

use crate::builtins::Bytes;
use crate::error::{Result, Stop, runtime_error};
use crate::machine::Machine;
use crate::map::Map;
use crate::native::{Args, Native};
use crate::need::{Ask, Reply};
use crate::value::Value;

pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("_write_tensors(path, names, tensors, notes)", write),
    Native::new("_read_tensors(path)", read),
    Native::new("_packed_tensors(names, tensors, notes)", |vm, args| {
        let bytes = packed(vm, args, 0)?;
        Ok(Bytes::value(&bytes))
    }),
    Native::new("_unpacked_tensors(content)", |vm, args| match args.get(0).downcast::<Bytes>() {
        Some(bytes) => unpacked(vm, &bytes.0),
        None => Err(args.wrong(0, "bytes")),
    }),
];

/// The name of our own note: how the tensors stand in what was saved.
const NOTE: &str = "seegrad";

fn write(vm: &mut Machine, args: &Args) -> Result<Value> {
    let path = args.str(0)?;
    let bytes = packed(vm, args, 1)?;
    vm.ask(Ask::WriteFile(path.to_string(), bytes.into()))?;
    Ok(Value::None)
}

/// The content of a file with tensors: their names, the tensors and a note, from argument `i` on.
fn packed(vm: &mut Machine, args: &Args, i: usize) -> Result<Vec<u8>> {
    let (names, tensors) = (args.get(i).sequence().unwrap_or_default(), args.tensors(i + 1)?);
    let mut arrays = Vec::new();
    for (name, tensor) in names.iter().zip(&tensors) {
        let Value::Str(name) = name else { return Err(args.wrong(i, "list of str")) };
        let data = vm.read(&tensor.detach())?;
        let array = Array::new(tensor.shape(), data).map_err(|error| fault(&error))?;
        arrays.push((name.to_string(), array.typed(tensor.dtype())));
    }
    let mut notes = BTreeMap::new();
    match args.get(i + 2) {
        Value::Str(note) => {
            notes.insert(NOTE.to_owned(), note.to_string());
        }
        Value::Dict(given) => {
            for (key, value) in given.0.borrow().iter() {
                if let (Value::Str(key), Value::Str(value)) = (key, value) {
                    notes.insert(key.to_string(), value.to_string());
                }
            }
        }
        _ => {}
    }
    safetensors::write(&arrays, &notes).map_err(|error| fault(&error))
}

/// The tensors of a file by name, and our note.
fn read(vm: &mut Machine, args: &Args) -> Result<Value> {
    let Reply::File(bytes) = vm.ask(Ask::ReadFile(args.str(0)?.to_string()))? else {
        return runtime_error("the file could not be read");
    };
    unpacked(vm, &bytes)
}

fn unpacked(vm: &mut Machine, bytes: &[u8]) -> Result<Value> {
    let (arrays, note) = if bytes.starts_with(b"PK") {
        (checkpoint::read(bytes).map_err(|error| fault(&error))?, None)
    } else {
        let mut file = safetensors::read(bytes).map_err(|error| fault(&error))?;
        (file.tensors, file.metadata.remove(NOTE))
    };
    let mut map = Map::default();
    for (name, array) in arrays {
        let (shape, data, dtype) = array.into_parts();
        map.set_str(&name, vm.engine().tensor_as(data, &shape, dtype)?);
    }
    Ok(Value::tuple(vec![Value::dict(map), Value::from(note)]))
}

fn fault(error: &formats::Error) -> Stop {
    Stop::error("RuntimeError", error.to_string())
}
