//! Tensors of one whole number where a native function wants a number: `range(lengths.max())`, `torch.zeros(n, longest)`.

use super::Machine;
use crate::ast::Name;
use crate::error::{Result, Stop};
use crate::native::Args;
use crate::value::Value;

/// Arguments by place and by name.
type Given = (Vec<Value>, Vec<(Name, Value)>);

/// What functions say of a value that should have been a whole number.
const WANTED: [&str; 4] = ["as an integer", "tuple of SymInts", "tuple of ints", "must be int"];

impl Machine {
    /// The arguments again, with numbers in the places of such tensors, if that is what a function failed for.
    ///
    /// # Errors
    /// What reading the tensors says.
    pub(super) fn with_numbers(&mut self, args: &Args, stop: &Stop) -> Result<Option<Given>> {
        let Stop::Error(fault) = stop else { return Ok(None) };
        if fault.class != "TypeError" || !WANTED.iter().any(|wanted| fault.text.contains(wanted)) {
            return Ok(None);
        }
        let (mut by_place, mut by_name) = args.as_given();
        let mut changed = false;
        let object = usize::from(args.is_method());
        let named = by_name.iter_mut().map(|(_, value)| value);
        for value in by_place.iter_mut().skip(object).chain(named) {
            changed |= self.number_of(value)?;
        }
        Ok(changed.then_some((by_place, by_name)))
    }

    /// Puts a number in the place of a tensor, or in those of the tensors of a tuple or list; whether there were any.
    fn number_of(&mut self, value: &mut Value) -> Result<bool> {
        match value {
            Value::Tensor(t) if t.tensor.numel() == 1 && !t.tensor.dtype().is_floating_point() => {
                let tensor = t.tensor.clone();
                *value = crate::torch::operand::number(crate::torch::operand::item(self, &tensor)?);
                Ok(true)
            }
            Value::Tuple(_) | Value::List(_) => {
                let mut items = value.sequence().unwrap_or_default();
                let mut changed = false;
                for item in items.iter_mut().filter(|item| matches!(item, Value::Tensor(_))) {
                    changed |= self.number_of(item)?;
                }
                if changed {
                    *value = Value::tuple(items);
                }
                Ok(changed)
            }
            _ => Ok(false),
        }
    }
}
