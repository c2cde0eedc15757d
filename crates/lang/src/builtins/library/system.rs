//! What is outside of the program: files, the time, and the machine.

use crate::builtins::Bytes;
use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::need::{Ask, Reply};
use crate::value::{Module, Value};
use std::rc::Rc;

pub(super) const TIME: &[Native] = &[
    Native::new("time()", now),
    Native::new("perf_counter()", now),
    Native::new("monotonic()", now),
    Native::new("process_time()", now),
    Native::new("sleep(secs, /)", sleep),
];

pub(in crate::builtins) const FILES: &[Native] = &[
    Native::new("_read_file(path, binary)", read_file),
    Native::new("_write_file(path, content)", write_file),
];

fn now(vm: &mut Machine, _args: &Args) -> Result<Value> {
    match vm.ask(Ask::Time)? {
        Reply::Time(seconds) => Ok(Value::Float(seconds)),
        _ => Ok(Value::Float(0.0)),
    }
}

fn sleep(vm: &mut Machine, args: &Args) -> Result<Value> {
    let seconds = args.float(0)?;
    if seconds.is_nan() || seconds < 0.0 {
        return value_error("sleep length must be non-negative");
    }
    vm.ask(Ask::Sleep(seconds))?;
    Ok(Value::None)
}

fn read_file(vm: &mut Machine, args: &Args) -> Result<Value> {
    let path = args.str(0)?;
    let Reply::File(bytes) = vm.ask(Ask::ReadFile(path.to_string()))? else { return Ok(Value::None) };
    if args.bool(1)? {
        return Ok(Value::object(Bytes(bytes)));
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Value::from(text.replace("\r\n", "\n"))),
        Err(error) => {
            let at = error.valid_up_to();
            value_error(format!("'utf-8' codec can't decode the byte in position {at}"))
        }
    }
}

fn write_file(vm: &mut Machine, args: &Args) -> Result<Value> {
    let path = args.str(0)?;
    let bytes: Rc<[u8]> = match (args.get(1).unwrapped(), args.get(1).downcast::<Bytes>()) {
        (Value::Str(text), _) => text.as_bytes().into(),
        (_, Some(bytes)) => Rc::clone(&bytes.0),
        _ => return Err(args.wrong(1, "str or bytes")),
    };
    vm.ask(Ask::WriteFile(path.to_string(), bytes))?;
    Ok(Value::None)
}

/// The constants of `sys`.
pub(super) fn build_sys(_vm: &mut Machine, module: &Rc<Module>) {
    module.set("maxsize", i64::MAX);
    module.set("version", "3.11.7 (Seegrad)");
    module.set("platform", "seegrad");
    module.set("byteorder", "little");
    module.set("executable", "");
}
