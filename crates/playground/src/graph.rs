//! The graph as it is recorded: which tensor is which, and what was computed of what.

mod keep;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use engine::autograd::{Arrival, Visit};
use engine::{Pass, Ran, Span, Tensor, Updated};

use crate::births::Births;
use crate::record::{Computed, Record, Source, Step, Update};

/// The first number of tensors that a function has given to the program. Those of ops are below.
const FIRST_BORN: u32 = 1 << 24;
/// The first number of all others.
const FIRST_OTHER: u32 = 1 << 28;

/// What was recorded.
#[derive(Default)]
pub(crate) struct Graph {
    pub(crate) records: VecDeque<Record>,
    /// Records that were dropped, because there were too many.
    pub(crate) dropped: u64,
    /// What the computed values of `records` take.
    bytes: u64,
    by_tensor: HashMap<usize, u32>,
    by_node: HashMap<u64, u32>,
    by_leaf: HashMap<usize, u32>,
    births: Births,
    turns: HashMap<(Span, &'static str, bool), u32>,
    ops: u32,
    others: u32,
    /// The node that a backward pass visited last.
    pub(crate) visiting: Option<u32>,
    /// The gradients that an optimizer has used, and nobody has cleared since.
    used: HashSet<usize>,
    /// A leaf whose gradient was added to such a one.
    pub(crate) stale_gradient: Option<u32>,
    /// Whether the op that is recorded is of a backward pass.
    going_back: bool,
    /// How many ops there were when modules were noted last.
    noted: u32,
}

impl Graph {
    /// The record of this number.
    pub(crate) fn get(&self, id: u32) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }

    pub(crate) fn get_mut(&mut self, id: u32) -> Option<&mut Record> {
        // What is asked for is new, most of the time.
        self.records.iter_mut().rev().find(|record| record.id == id)
    }

    /// The number of a tensor, if it is known.
    pub(crate) fn number(&self, tensor: &Tensor) -> Option<u32> {
        self.by_tensor.get(&tensor.id()).copied()
    }

    /// The record that a tensor gets when it is first used, if a function has given it to the program and nothing has used it yet.
    pub(crate) fn unused(&self, tensor: &Tensor) -> Option<Record> {
        let birth = self.births.get(tensor)?;
        let id = FIRST_BORN + birth.number;
        (self.number(tensor).is_none() && self.get(id).is_none())
            .then(|| Self::leaf_record(id, tensor, Some(birth.span)))
    }

    fn leaf_record(id: u32, tensor: &Tensor, span: Option<Span>) -> Record {
        Record {
            id,
            computed: None,
            tensor: tensor.clone(),
            value: tensor.frozen(),
            of_backward: false,
            span,
            modules: Rc::default(),
            turn: 0,
            requires_grad: tensor.requires_grad(),
            is_loss: false,
            gradient: None,
            arrivals: 0,
            given: Vec::new(),
            update: None,
        }
    }

    /// The number of a tensor; a new one, if it was not seen before.
    fn leaf(&mut self, tensor: &Tensor) -> u32 {
        if let Some(id) = self.number(tensor) {
            return id;
        }
        let birth = self.births.get(tensor);
        let id = match birth {
            Some(birth) if self.get(FIRST_BORN + birth.number).is_none() => FIRST_BORN + birth.number,
            _ => {
                self.others += 1;
                FIRST_OTHER + self.others
            }
        };
        if let Some(leaf) = tensor.leaf() {
            self.by_leaf.insert(leaf.id(), id);
        }
        let record = Self::leaf_record(id, tensor, birth.map(|birth| birth.span));
        self.push(Record { of_backward: self.going_back, ..record });
        id
    }

    /// Notes which modules were being called when the newest records were made.
    pub(crate) fn note_modules(&mut self, modules: impl FnOnce() -> Vec<String>) {
        let noted = std::mem::replace(&mut self.noted, self.ops);
        if noted == self.ops {
            return;
        }
        let modules: Rc<[String]> = modules().into();
        if !modules.is_empty() {
            let newest = self.records.iter_mut().rev().filter(|record| record.computed.is_some());
            newest
                .take_while(|record| record.id > noted)
                .for_each(|record| record.modules = Rc::clone(&modules));
        }
    }

    pub(crate) fn ran(&mut self, ran: &Ran<'_>) {
        self.going_back = ran.origin.pass == Pass::Backward;
        let call = ran.origin.call;
        let open = self.records.back().filter(|record| {
            let its = record.computed.as_ref().and_then(|computed| computed.call.zip(Some(computed.pass)));
            its.is_some_and(|(its, pass)| Some(its.id) == call.map(|call| call.id) && pass == ran.origin.pass)
        });
        match open.map(|record| record.id) {
            Some(id) => self.go_on(id, ran),
            None => self.begin(ran),
        }
        if let Some(node) = &ran.node
            && let Some(id) = self.number(ran.output)
        {
            self.by_node.insert(node.seq(), id);
        }
    }

    /// Whether a tensor is a number that the op's function has made itself.
    fn is_own(&self, tensor: &Tensor) -> bool {
        self.number(tensor).is_none()
            && !tensor.requires_grad()
            && tensor.known().is_some()
            && self.births.get(tensor).is_none()
    }

    fn begin(&mut self, ran: &Ran<'_>) {
        let (mut inputs, mut operands, mut sources) = (Vec::new(), Vec::new(), Vec::new());
        for input in ran.inputs {
            // Of a function of several ops, numbers that it adds are no inputs; those of an op stand in the text.
            if ran.origin.call.is_some() && self.is_own(input) {
                sources.push(Source::Own((*input).clone()));
                continue;
            }
            sources.push(Source::Operand(inputs.len()));
            inputs.push(self.leaf(input));
            operands.push(input.frozen());
        }
        let name = ran.origin.call.map_or(ran.op.name(), |call| call.name);
        let span = ran.origin.span;
        let turn = span.map_or(0, |span| {
            let turn = self.turns.entry((span, name, ran.origin.pass == Pass::Backward)).or_default();
            *turn += 1;
            *turn - 1
        });
        self.ops += 1;
        let computed = Computed {
            name,
            steps: vec![Step { op: ran.op.clone(), inputs: sources }],
            inputs,
            operands,
            node: ran.node.clone(),
            call: ran.origin.call,
            pass: ran.origin.pass,
        };
        self.push(Record {
            id: self.ops,
            computed: Some(computed),
            tensor: ran.output.clone(),
            value: ran.output.frozen(),
            of_backward: self.going_back,
            span,
            modules: Rc::default(),
            turn,
            requires_grad: ran.output.requires_grad(),
            is_loss: false,
            gradient: None,
            arrivals: 0,
            given: Vec::new(),
            update: None,
        });
    }

    /// Another op of a function of several.
    fn go_on(&mut self, id: u32, ran: &Ran<'_>) {
        let mut sources = Vec::new();
        for input in ran.inputs {
            let source = match self.number(input) {
                Some(number) if number == id => self.step_of(id, input),
                None if self.is_own(input) => Source::Own((*input).clone()),
                _ => self.operand(id, input),
            };
            sources.push(source);
        }
        self.by_tensor.insert(ran.output.id(), id);
        let Some(record) = self.get_mut(id) else { return };
        let before = record.bytes();
        record.tensor = ran.output.clone();
        record.value = ran.output.frozen();
        record.requires_grad = ran.output.requires_grad();
        if let Some(computed) = &mut record.computed {
            computed.steps.push(Step { op: ran.op.clone(), inputs: sources });
            computed.node.clone_from(&ran.node);
        }
        let after = record.bytes();
        self.bytes = self.bytes + after - before;
    }

    /// Which step of a function gave a tensor.
    fn step_of(&self, id: u32, tensor: &Tensor) -> Source {
        let last = self.get(id).and_then(|record| {
            let steps = record.computed.as_ref()?.steps.len();
            record.tensor.same_as(tensor).then(|| steps - 1)
        });
        last.map_or_else(|| Source::Own(tensor.frozen()), Source::Step)
    }

    /// A tensor as an operand of a function.
    fn operand(&mut self, id: u32, tensor: &Tensor) -> Source {
        let number = self.leaf(tensor);
        // A leaf that is new now stands behind the function that uses it: it belongs before.
        let last = self.records.len() - 1;
        if self.records[last].id == number && number != id {
            self.records.swap(last - 1, last);
        }
        let Some(computed) = self.get_mut(id).and_then(|record| record.computed.as_mut()) else {
            return Source::Own(tensor.frozen());
        };
        let known = computed.inputs.iter().position(|&input| input == number);
        Source::Operand(known.unwrap_or_else(|| {
            computed.inputs.push(number);
            computed.operands.push(tensor.frozen());
            computed.inputs.len() - 1
        }))
    }

    pub(crate) fn made(&mut self, tensor: &Tensor, span: Span) {
        let known = self.number(tensor).is_some();
        self.births.note(tensor, span, known);
    }

    pub(crate) fn written(&mut self, tensor: &Tensor, value: &Tensor) {
        self.used.remove(&tensor.id());
        if tensor.leaf().is_some() {
            // From here on it is another node, with other elements.
            self.forget(tensor);
        } else if let Some(number) = self.number(value) {
            self.by_tensor.insert(tensor.id(), number);
        } else {
            self.forget(tensor);
        }
        if let Some(base) = tensor.base() {
            self.forget(&base);
        }
    }

    fn forget(&mut self, tensor: &Tensor) {
        self.by_tensor.remove(&tensor.id());
    }

    pub(crate) fn visited(&mut self, visit: &Visit) {
        let Some(&id) = self.by_node.get(&visit.node.seq()) else { return };
        self.visiting = Some(id);
        let Some(record) = self.get_mut(id) else { return };
        let Some(computed) = &record.computed else { return };
        // A function of several ops receives its gradient at the last.
        if computed.node.as_ref().is_some_and(|node| node.seq() == visit.node.seq()) {
            record.gradient = visit.upstream.iter().flatten().next().map(Tensor::frozen);
            record.arrivals += 1;
            record.given.clear();
        }
        let single = computed.steps.len() == 1;
        for part in &visit.contributions {
            if single {
                record.given.push((part.input, part.gradient.frozen()));
            }
        }
    }

    pub(crate) fn arrived(&mut self, arrival: &Arrival) {
        let Some(&id) = self.by_leaf.get(&arrival.leaf.id()) else { return };
        self.visiting = Some(id);
        if arrival.total.as_ref().is_some_and(|total| self.used.contains(&total.id())) {
            self.stale_gradient = Some(id);
        }
        if let Some(record) = self.get_mut(id) {
            record.gradient = arrival.total.as_ref().or(arrival.gradient.as_ref()).map(Tensor::frozen);
            record.arrivals += 1;
        }
    }

    pub(crate) fn updated(&mut self, update: &Updated<'_>) {
        let number = self.number(update.param);
        self.used.extend(update.param.grad().map(|grad| grad.id()));
        let told = Update {
            algorithm: update.algorithm,
            options: update.options.clone(),
            before: update.before.clone(),
            grad: update.grad.clone(),
            after: update.param.frozen(),
            state_before: update.state_before.clone(),
            state: update.state.frozen(),
        };
        if let Some(record) = number.and_then(|number| self.get_mut(number)) {
            record.update = Some(Rc::new(told));
        }
        self.forget(update.param);
    }
}

/// Whether a record is of a backward pass.
pub(crate) fn is_backward(record: &Record) -> bool {
    record.computed.as_ref().is_some_and(|computed| computed.pass == Pass::Backward)
}
