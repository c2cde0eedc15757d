//! One step of a recurrent network: `RNNCell`, `LSTMCell`, `GRUCell`.

use super::{Cell, Module, Recurrence};
use crate::error::{Error, Result};
use crate::nn::linear;
use crate::tensor::Tensor;

impl Module {
    /// The new state from an input `[N, input]` or `[input]` and the old state, zeros if there is none. An LSTM's state
    /// is two tensors, h and c.
    pub(super) fn step(&self, cell: &Cell, x: &Tensor, state: &[&Tensor]) -> Result<Vec<Tensor>> {
        let class = self.class();
        if !matches!(x.ndim(), 1 | 2) {
            let text = format!("{class}: Expected input to be 1-D or 2-D but received {}-D tensor", x.ndim());
            return Err(Error::Shape(text));
        }
        let states = if cell.recurrence == Recurrence::Lstm { 2 } else { 1 };
        if !state.is_empty() && state.len() != states {
            return Err(Error::Type(format!(
                "{class} takes a state of {states} tensors, not {}",
                state.len()
            )));
        }
        let batched = x.ndim() == 2;
        let rows = |t: &Tensor| if batched { Ok(t.clone()) } else { t.unsqueeze(0) };
        let x = rows(x)?;
        let mut state = state.iter().map(|t| rows(t)).collect::<Result<Vec<_>>>()?;
        check(cell, &x, &state)?;
        if state.is_empty() {
            let zeros = x.engine().full(&[x.shape()[0], cell.hidden_size], 0.0, x.dtype())?;
            state = vec![zeros; states];
        }
        let new = self.advance(cell, &x, &state)?;
        if batched { Ok(new) } else { new.iter().map(|t| t.squeeze_dim(0)).collect() }
    }

    fn advance(&self, cell: &Cell, x: &Tensor, state: &[Tensor]) -> Result<Vec<Tensor>> {
        let from_input = linear(x, &self.owned("weight_ih")?, self.parameter("bias_ih").as_ref())?;
        let (weight, bias) = (self.owned("weight_hh")?, self.parameter("bias_hh"));
        recurrent_step(cell.recurrence, &from_input, state, &weight, bias.as_ref())
    }
}

/// One step of a recurrent network: the new state from what the input gives, `[N, gates · hidden]` (its product with `weight_ih`
/// plus `bias_ih`), and from the old state, `[N, hidden]`; an LSTM's state is two tensors, h and c.
///
/// # Errors
/// [`Error::Shape`] for shapes that do not fit; [`Error::Type`] for a state of too few tensors.
pub fn recurrent_step(
    recurrence: Recurrence,
    from_input: &Tensor,
    state: &[Tensor],
    weight_hh: &Tensor,
    bias_hh: Option<&Tensor>,
) -> Result<Vec<Tensor>> {
    let [h, rest @ ..] = state else { return Err(too_few(state)) };
    let from_state = linear(h, weight_hh, bias_hh)?;
    let size = h.shape().last().copied().unwrap_or(0) as i64;
    let gate = |of: &Tensor, i: i64| of.slice(-1, i * size, (i + 1) * size, 1);
    match recurrence {
        Recurrence::Tanh => Ok(vec![from_input.add(&from_state)?.tanh()?]),
        Recurrence::Relu => Ok(vec![from_input.add(&from_state)?.relu()?]),
        Recurrence::Lstm => {
            let [c, ..] = rest else { return Err(too_few(state)) };
            let all = from_input.add(&from_state)?;
            let [enter, forget, leave] = [0, 1, 3].map(|i| gate(&all, i)?.sigmoid());
            let c = forget?.mul(c)?.add(&enter?.mul(&gate(&all, 2)?.tanh()?)?)?;
            Ok(vec![leave?.mul(&c.tanh()?)?, c])
        }
        Recurrence::Gru => {
            let [reset, update] = [0, 1].map(|i| gate(from_input, i)?.add(&gate(&from_state, i)?)?.sigmoid());
            let new = gate(from_input, 2)?.add(&reset?.mul(&gate(&from_state, 2)?)?)?.tanh()?;
            Ok(vec![h.sub(&new)?.mul(&update?)?.add(&new)?])
        }
    }
}

fn too_few(state: &[Tensor]) -> Error {
    Error::Type(format!("a state of {} tensors is too small", state.len()))
}

fn check(cell: &Cell, x: &Tensor, state: &[Tensor]) -> Result<()> {
    let (found, expected) = (x.shape()[1], cell.input_size);
    if found != expected {
        let text = format!("input has inconsistent input_size: got {found} expected {expected}");
        return Err(Error::Shape(text));
    }
    for t in state {
        let [batch, found] = [0, 1].map(|d| t.shape().get(d).copied().unwrap_or(0));
        if batch != x.shape()[0] {
            let text = format!("Input batch size {} doesn't match hidden0 batch size {batch}", x.shape()[0]);
            return Err(Error::Shape(text));
        }
        if found != cell.hidden_size || t.ndim() != 2 {
            return Err(Error::Shape(format!(
                "hidden0 has inconsistent hidden_size: got {found}, expected {}",
                cell.hidden_size
            )));
        }
    }
    Ok(())
}
