//! Output, and what values look like where no method of the program is asked.

use crate::error::{Result, Stop};
use crate::machine::{Event, Machine};
use crate::value::Value;

impl Machine {
    /// Prints text.
    ///
    /// # Errors
    /// If the program has printed more lines than it may.
    pub(crate) fn print(&mut self, text: &str) -> Result<()> {
        self.lines += text.bytes().filter(|&b| b == b'\n').count() as u64;
        if self.lines > self.limits.output_lines {
            let text = format!("more than {} lines of output", self.limits.output_lines);
            return Err(
                Stop::error("RuntimeError", text).hint("Print less often, for example every 100th step.")
            );
        }
        self.tell(Event::Print(text.to_owned()));
        Ok(())
    }

    /// `repr(value)`, without asking the program.
    pub(crate) fn repr_plain(&mut self, value: &Value) -> String {
        match value {
            Value::Str(s) => format!("'{s}'"),
            Value::Int(i) => i.to_string(),
            other => format!("<{}>", other.type_name()),
        }
    }

    /// `str(value)`, without asking the program.
    pub(crate) fn str_plain(&mut self, value: &Value) -> String {
        match value {
            Value::Str(s) => s.to_string(),
            other => self.repr_plain(other),
        }
    }
}
