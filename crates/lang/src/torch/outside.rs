//! What the engine cannot call: hooks and functions of the program, under the numbers by which it asks for them.

use std::collections::HashMap;

use engine::HookHandle;
use engine::autograd::function::Context;

use crate::fork::Fork;
use crate::value::Value;

/// Hooks and functions of the program.
#[derive(Default)]
pub(crate) struct Outside {
    last: u64,
    /// The hooks of tensors, and how to remove them.
    hooks: HashMap<u64, (Option<HookHandle>, Value)>,
    /// What the forward of a function has left for its backward.
    functions: HashMap<u64, (Context, Value)>,
    /// How many there may be before those are looked for that nothing can reach any more.
    most: usize,
}

impl Outside {
    /// Whether a backward pass may ask for something.
    pub(crate) fn is_empty(&self) -> bool {
        self.hooks.is_empty() && self.functions.is_empty()
    }

    fn next(&mut self) -> u64 {
        if self.hooks.len() + self.functions.len() >= self.most {
            self.hooks.retain(|_, (handle, _)| handle.as_ref().is_none_or(HookHandle::is_live));
            self.functions.retain(|_, (context, _)| context.is_live());
            self.most = (2 * (self.hooks.len() + self.functions.len())).max(16);
        }
        self.last += 1;
        self.last
    }

    /// A number for a hook. [`set_handle`](Self::set_handle) follows.
    pub(crate) fn add_hook(&mut self, hook: Value) -> u64 {
        let token = self.next();
        self.hooks.insert(token, (None, hook));
        token
    }

    /// How a hook is removed.
    pub(crate) fn set_handle(&mut self, token: u64, handle: HookHandle) {
        if let Some((place, _)) = self.hooks.get_mut(&token) {
            *place = Some(handle);
        }
    }

    /// Removes a hook. Does nothing the second time.
    pub(crate) fn remove_hook(&mut self, token: u64) {
        if let Some((Some(handle), _)) = self.hooks.remove(&token) {
            handle.remove();
        }
    }

    pub(crate) fn hook(&self, token: u64) -> Option<Value> {
        self.hooks.get(&token).map(|(_, hook)| hook.clone())
    }

    /// A number for a function, of which this is the `ctx`.
    pub(crate) fn add_function(&mut self, context: Context, ctx: Value) -> u64 {
        let token = self.next();
        self.functions.insert(token, (context, ctx));
        token
    }

    pub(crate) fn function(&self, token: u64) -> Option<Value> {
        self.functions.get(&token).map(|(_, ctx)| ctx.clone())
    }

    /// A copy for another machine.
    pub(crate) fn fork(&self, fork: &mut Fork) -> Self {
        let mut copy = Self { last: self.last, most: self.most, ..Self::default() };
        for (&token, (handle, hook)) in &self.hooks {
            let handle = handle.as_ref().map(|handle| fork.engine.hook_handle(handle));
            copy.hooks.insert(token, (handle, fork.value(hook)));
        }
        for (&token, (context, ctx)) in &self.functions {
            copy.functions.insert(token, (fork.engine.context(context), fork.value(ctx)));
        }
        copy
    }
}
