//! Calls.

use super::{Compiler, Result, syntax_error};
use crate::ast::{Arg, Expr};
use crate::code::Op;
use crate::value::Value;

impl Compiler {
    pub(super) fn call(&mut self, func: &Expr, args: &[Arg]) -> Result<()> {
        self.expr(func)?;
        let plain = |arg: &Arg| matches!(arg, Arg::Positional(_) | Arg::Keyword(..));
        if !args.iter().all(plain) || args.len() > usize::from(u16::MAX) {
            return self.spread(args);
        }
        let mut names = Vec::new();
        for arg in args {
            match arg {
                Arg::Keyword(name, value) => {
                    self.unique(&names, name, value)?;
                    names.push(Value::Str(name.clone()));
                    self.expr(value)?;
                }
                Arg::Positional(value) | Arg::Star(value) | Arg::DoubleStar(value) => self.expr(value)?,
            }
        }
        let names = (!names.is_empty()).then(|| {
            let constants = &mut self.unit().code.constants;
            constants.push(Value::tuple(names));
            constants.len() as u32 - 1
        });
        self.emit(Op::Call { args: args.len() as u16, names });
        Ok(())
    }

    fn unique(&self, names: &[Value], name: &str, value: &Expr) -> Result<()> {
        let same = |known: &Value| matches!(known, Value::Str(known) if &**known == name);
        if names.iter().any(same) {
            return syntax_error(&format!("keyword argument repeated: {name}"), value.span);
        }
        Ok(())
    }

    /// A call with `*args` or `**kwargs`: its arguments are collected in a tuple and a dict.
    fn spread(&mut self, args: &[Arg]) -> Result<()> {
        self.emit(Op::BuildList(0));
        for arg in args {
            match arg {
                Arg::Positional(value) => {
                    self.expr(value)?;
                    self.emit(Op::ListAppend(0));
                }
                Arg::Star(value) => {
                    self.expr(value)?;
                    self.emit(Op::ListExtend);
                }
                Arg::Keyword(..) | Arg::DoubleStar(_) => {}
            }
        }
        self.emit(Op::ListToTuple);
        self.emit(Op::BuildDict(0));
        for arg in args {
            match arg {
                Arg::Keyword(name, value) => {
                    self.constant(Value::Str(name.clone()));
                    self.expr(value)?;
                    self.emit(Op::BuildDict(1));
                    self.emit(Op::DictUpdate { call: true });
                }
                Arg::DoubleStar(value) => {
                    self.expr(value)?;
                    self.emit(Op::DictUpdate { call: true });
                }
                Arg::Positional(_) | Arg::Star(_) => {}
            }
        }
        self.emit(Op::CallSpread);
        Ok(())
    }
}
