//! What an engine remembers besides its tensors, as a value: together with a [`Fork`](crate::Fork) of the tensors, it lets
//! a program go on from where it was.

use crate::engine::Engine;
use crate::random::Generator;

/// The generator of random numbers, the modes, and the numbers that nodes and calls get next.
#[derive(Clone, Debug, PartialEq)]
pub struct EngineState {
    rng: Generator,
    grad_enabled: bool,
    inference: bool,
    next_seq: u64,
    next_call: u64,
    step_ended: bool,
}

impl Engine {
    /// How many nodes were recorded: the sequence number of the next one.
    pub fn recorded(&self) -> u64 {
        self.0.next_seq.get()
    }

    /// The state as it is now. Not part of it: the backend, whether ops are fused, and what is traced.
    pub fn state(&self) -> EngineState {
        let inner = &self.0;
        EngineState {
            rng: self.rng_state(),
            grad_enabled: inner.grad_enabled.get(),
            inference: inner.inference.get(),
            next_seq: inner.next_seq.get(),
            next_call: inner.next_call.get(),
            step_ended: inner.step_ended.get(),
        }
    }

    /// Goes back to a state. Sequence numbers are then given again: the graphs of before and after must not be joined.
    pub fn set_state(&self, state: &EngineState) {
        let inner = &self.0;
        self.set_rng_state(state.rng.clone());
        inner.grad_enabled.set(state.grad_enabled);
        inner.inference.set(state.inference);
        inner.next_seq.set(state.next_seq);
        inner.next_call.set(state.next_call);
        inner.step_ended.set(state.step_ended);
    }
}
