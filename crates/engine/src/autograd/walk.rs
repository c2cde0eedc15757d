//! The backward pass as a value: a walk over the tape, newest node first, that emits ordinary ops and can be taken step
//! by step. It never runs code that the engine does not know; it stops and asks for it.

mod fork;
mod send;

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::accumulate;
use super::event::{Arrival, Contribution, Event, FunctionCall, HookCall, Visit};
use super::function::{self, Backward as CustomBackward};
use super::plan::Plan;
use super::{Options, unbroadcast};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::ops::{Op, Vjp};
use crate::tape::{Action, History, Hook, Leaf, Node, Origin, Pass};
use crate::tensor::Tensor;

/// Gradients on their way, by output.
type Gradients = Vec<Option<Tensor>>;

/// A backward pass under way. A clone goes on from the same place by itself.
#[derive(Clone)]
pub struct Backward {
    engine: Engine,
    options: Options,
    plan: Rc<Plan>,
    /// The nodes that have received a gradient, by age: a node comes after everything that used its result.
    pending: BTreeMap<u64, (Rc<Node>, Gradients)>,
    /// The leaves that have received some of their gradients, and how many are to come.
    arriving: BTreeMap<usize, (Rc<Leaf>, usize, Option<Tensor>)>,
    /// The leaves that have received all.
    complete: VecDeque<(Rc<Leaf>, Option<Tensor>)>,
    /// The gradients that were asked for; `None` if they accumulate in the leaves.
    captured: Option<Vec<(History, Option<Tensor>)>>,
    stage: Stage,
}

#[derive(Clone)]
enum Place {
    Node(Rc<Node>),
    Leaf(Rc<Leaf>),
}

#[derive(Clone)]
enum Stage {
    Between,
    /// The hooks of a node or leaf look at its gradients, one after the other.
    Hooks {
        place: Place,
        gradients: Gradients,
        actions: VecDeque<(usize, Action)>,
    },
    /// The gradient of this output was handed out to a hook.
    AtHook {
        place: Place,
        gradients: Gradients,
        actions: VecDeque<(usize, Action)>,
        output: usize,
    },
    /// These gradients were handed out to a function.
    AtFunction {
        node: Rc<Node>,
        gradients: Gradients,
    },
    /// An error has ended the walk.
    Broken,
}

impl Backward {
    /// `captures`: the tensors whose gradients are asked for, instead of letting them accumulate. `targets`: the ends of the
    /// ways to be walked, if not all.
    pub(super) fn start(
        engine: &Engine,
        roots: Vec<(History, Tensor)>,
        captures: Option<Vec<History>>,
        targets: Option<&[History]>,
        options: Options,
    ) -> Result<Self> {
        let histories: Vec<History> = roots.iter().map(|(history, _)| history.clone()).collect();
        let plan = Rc::new(Plan::new(&histories, targets));
        let captured = captures.map(|all| all.into_iter().map(|history| (history, None)).collect());
        let mut walk = Self {
            engine: engine.clone(),
            options,
            plan,
            pending: BTreeMap::new(),
            arriving: BTreeMap::new(),
            complete: VecDeque::new(),
            captured,
            stage: Stage::Between,
        };
        for (history, g) in roots {
            walk.send(&history, Some(g))?;
        }
        Ok(walk)
    }

    /// Whether ops of hooks and functions are to be recorded: their code runs in this mode.
    pub fn records(&self) -> bool {
        self.options.create_graph
    }

    /// Goes on to the next event; `None` at the end.
    ///
    /// # Errors
    /// [`Error::BackwardTwice`], [`Error::ModifiedInPlace`], what an op or a hook says; [`Error::Internal`] if an answer is
    /// missing or the walk has failed before.
    pub fn step(&mut self) -> Result<Option<Event>> {
        loop {
            match std::mem::replace(&mut self.stage, Stage::Broken) {
                Stage::Between => {
                    if !self.next_place() {
                        self.stage = Stage::Between;
                        return Ok(None);
                    }
                }
                Stage::Hooks { place, gradients, mut actions } => {
                    let Some((output, action)) = actions.pop_front() else {
                        return self.pass(place, gradients).map(Some);
                    };
                    if let Some(event) = self.act(place, gradients, actions, output, action)? {
                        return Ok(Some(event));
                    }
                }
                Stage::AtHook { .. } | Stage::AtFunction { .. } | Stage::Broken => {
                    let text = "a backward pass was stepped on without an answer, or after an error";
                    return Err(Error::Internal(text.to_owned()));
                }
            }
        }
    }

    /// Takes the next leaf or node whose gradient is complete; false if there is none.
    fn next_place(&mut self) -> bool {
        if let Some((leaf, g)) = self.complete.pop_front() {
            let place = Place::Leaf(Rc::clone(&leaf));
            let actions = leaf.hooks().actions().into();
            self.stage = Stage::Hooks { place, gradients: vec![g], actions };
            return true;
        }
        let Some((_, (node, gradients))) = self.pending.pop_last() else { return false };
        for (history, found) in self.captured.iter_mut().flatten() {
            if let History::Op(wanted, output) = history
                && Rc::ptr_eq(wanted, &node)
            {
                *found = gradients.get(*output).cloned().flatten();
            }
        }
        if self.captured.is_some() && !self.plan.passes(&node) {
            self.stage = Stage::Between;
            return true;
        }
        let actions = node.hooks().actions().into();
        self.stage = Stage::Hooks { place: Place::Node(node), gradients, actions };
        true
    }

    fn act(
        &mut self,
        place: Place,
        mut gradients: Gradients,
        actions: VecDeque<(usize, Action)>,
        output: usize,
        action: Action,
    ) -> Result<Option<Event>> {
        if let Some(g) = gradients.get(output).cloned().flatten() {
            let create_graph = self.options.create_graph;
            match action {
                Action::Retain(slot) => {
                    if let Some(slot) = slot.upgrade() {
                        accumulate::retain(&self.engine, &slot, &g, create_graph)?;
                    }
                }
                Action::Call(Hook::Closure(hook)) => {
                    if let Some(other) = self.engine.with_grad(create_graph, || hook(&g))? {
                        gradients[output] = Some(accumulate::replaced("hook", &g, &other)?);
                    }
                }
                Action::Call(Hook::Outside(token)) => {
                    self.stage = Stage::AtHook { place, gradients, actions, output };
                    return Ok(Some(Event::Hook(HookCall { token, gradient: g })));
                }
            }
        }
        self.stage = Stage::Hooks { place, gradients, actions };
        Ok(None)
    }

    /// Answers an [`Event::Hook`]: what the hook gave back, if anything. `name` is the name of its function, for errors.
    ///
    /// # Errors
    /// [`Error::Shape`] if the new gradient has another shape or dtype; [`Error::Internal`] if nothing was asked.
    pub fn resume_hook(&mut self, name: &str, replacement: Option<&Tensor>) -> Result<()> {
        match std::mem::replace(&mut self.stage, Stage::Broken) {
            Stage::AtHook { place, mut gradients, actions, output } => {
                if let (Some(other), Some(slot)) = (replacement, gradients.get_mut(output))
                    && let Some(g) = slot
                {
                    *slot = Some(accumulate::replaced(name, g, other)?);
                }
                self.stage = Stage::Hooks { place, gradients, actions };
                Ok(())
            }
            _ => Err(Error::Internal("no hook was to be called".to_owned())),
        }
    }

    /// Answers an [`Event::Function`]: the gradient of each input. Gives back the visit of its node.
    ///
    /// # Errors
    /// [`Error::Shape`] if their number or shapes are wrong; [`Error::Internal`] if nothing was asked.
    pub fn resume_function(&mut self, answer: Vec<Option<Tensor>>) -> Result<Event> {
        match std::mem::replace(&mut self.stage, Stage::Broken) {
            Stage::AtFunction { node, gradients } => {
                let answer = function::checked(&node, answer)?;
                self.deliver(node, gradients, answer)
            }
            _ => Err(Error::Internal("no function was to be called".to_owned())),
        }
    }

    /// The hooks are done: gradients go on.
    fn pass(&mut self, place: Place, gradients: Gradients) -> Result<Event> {
        match place {
            Place::Leaf(leaf) => self.arrive(leaf, gradients.into_iter().next().flatten()),
            Place::Node(node) => self.visit(node, gradients),
        }
    }

    fn arrive(&mut self, leaf: Rc<Leaf>, gradient: Option<Tensor>) -> Result<Event> {
        let total = match &gradient {
            Some(g) => {
                let sum = || accumulate::into_leaf(&self.engine, &leaf, g, self.options.create_graph);
                self.engine.aside(sum)?
            }
            None => None,
        };
        self.stage = Stage::Between;
        let arrival = Arrival { leaf, gradient, total };
        self.engine.tell(|watcher| watcher.arrived(&arrival));
        Ok(Event::Leaf(arrival))
    }

    fn visit(&mut self, node: Rc<Node>, gradients: Gradients) -> Result<Event> {
        let nothing = || vec![None; node.inputs().len()];
        if !self.plan.passes(&node) {
            let answer = nothing();
            return self.deliver(node, gradients, answer);
        }
        if node.is_released() {
            return Err(Error::BackwardTwice);
        }
        let Op::Custom(custom) = node.op() else {
            let wanted: Vec<bool> =
                node.inputs().iter().map(|input| self.plan.wants(&input.history)).collect();
            let answer = match gradients.first().cloned().flatten() {
                Some(g) => self.within(&node, || node.op().vjp(&Vjp::new(&node, &g, &wanted)))?,
                None => nothing(),
            };
            return self.deliver(node, gradients, answer);
        };
        let given = custom.context().materialized(&node, &gradients)?;
        match custom.backward() {
            CustomBackward::Closure(backward) => {
                let answer = self.within(&node, || backward(custom.context(), &given))?;
                let answer = function::checked(&node, answer)?;
                self.deliver(node, gradients, answer)
            }
            CustomBackward::Outside(token) => {
                let (token, context) = (*token, custom.context().clone());
                self.stage = Stage::AtFunction { node: Rc::clone(&node), gradients };
                Ok(Event::Function(FunctionCall { token, node, context, gradients: given }))
            }
        }
    }

    /// Runs a part of the gradient of `node`: what is recorded says so.
    fn within<T>(&self, node: &Node, body: impl FnOnce() -> T) -> T {
        let origin = self.origin_in(node);
        self.engine.with_origin(origin, || self.engine.with_grad(self.options.create_graph, body))
    }

    /// Where the ops of a node's gradient come from, for code outside that computes a part of it.
    pub fn origin_in(&self, node: &Node) -> Origin {
        Origin { pass: Pass::Backward, forward: Some(node.seq()), span: node.origin().span, call: None }
    }

    /// Sends the gradients of the inputs of `node` on.
    fn deliver(&mut self, node: Rc<Node>, upstream: Gradients, answer: Gradients) -> Result<Event> {
        let mut contributions = Vec::new();
        for (i, (input, gradient)) in node.inputs().iter().zip(answer).enumerate() {
            if !self.plan.wants(&input.history) {
                continue;
            }
            let gradient = gradient
                .map(|g| self.within(&node, || unbroadcast(&node, i, &g, &input.shape)?.to(input.dtype)))
                .transpose()?;
            // Where paths join, the sum is a part of this node's gradient.
            let engine = self.engine.clone();
            let origin = self.origin_in(&node);
            let total = engine.with_origin(origin, || self.send(&input.history, gradient.clone()))?;
            if let (Some(gradient), Some(total)) = (gradient, total) {
                contributions.push(Contribution { input: i, gradient, total });
            }
        }
        if !(self.options.retain_graph || self.options.create_graph) && self.plan.passes(&node) {
            node.release();
        }
        self.stage = Stage::Between;
        let visit = Visit { node, upstream, contributions };
        self.engine.tell(|watcher| watcher.visited(&visit));
        Ok(Event::Node(visit))
    }

    /// Walks to the end.
    pub(super) fn run(&mut self) -> Result<()> {
        while let Some(event) = self.step()? {
            match event {
                Event::Node(_) | Event::Leaf(_) => {}
                Event::Hook(_) | Event::Function(_) => {
                    let text = "code outside the engine is to be called in a pass that is not stepped";
                    return Err(Error::Internal(text.to_owned()));
                }
            }
        }
        Ok(())
    }

    /// The gradients that were asked for, in their order, once the walk is at its end: of [`super::grad_walk`].
    pub fn captured(&self) -> Vec<Option<Tensor>> {
        self.captured.iter().flatten().map(|(_, found)| found.clone()).collect()
    }
}
