//! Which tasks share a kernel. Elementwise tasks over one shape that feed each other do, and a reduction computes
//! what it folds if nobody else reads that, and a product what is read of it element by element (`products`). Tasks are
//! merged in pairs, as long as no third one would have to run between the two.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::operand::{identity, is_same, order_of, producer, task_of};
use super::{Input, Task};
use crate::backend::Kernel;
use crate::program::{Program, Register};

/// Buffers that one kernel may read and write: what WebGPU gives to every kernel.
pub(super) const BUFFERS: usize = 8;
/// Numbers that one kernel may take as parameters.
const SCALARS: usize = 24;
/// Steps of one program, and heavy ones among them: longer ones take long to compile.
const STEPS: usize = 96;
const HEAVY: usize = 16;

/// Kernels in an order in which each finds its inputs.
pub(crate) struct Plan {
    pub(super) launches: Vec<Launch>,
}

/// One kernel for one or more tasks.
pub(super) struct Launch {
    /// The tasks that it does, in order.
    pub(super) tasks: Vec<usize>,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    /// What the only task says.
    Alone,
    /// A program for each element, maybe of a product; or a loss with its gradient.
    Merged {
        kernel: Kernel,
        /// Where each input of the kernel is found: of which task it is which input.
        inputs: Vec<(usize, usize)>,
        /// Which tasks' results are written.
        outputs: Vec<usize>,
    },
    /// A program for each element, and the last task folds its results.
    Reduce {
        kernel: Kernel,
        inputs: Vec<(usize, usize)>,
        /// Which dimension of the program's shape each folded one is; none for size 1.
        order: Vec<Option<usize>>,
    },
}

pub(super) struct Planner<'a> {
    pub(super) tasks: &'a [Task],
    pub(super) live: Vec<bool>,
    /// The tasks that read each task's result.
    pub(super) readers: Vec<Vec<usize>>,
    /// Of each task; the number is that of its first member.
    pub(super) group: Vec<usize>,
    pub(super) members: BTreeMap<usize, Vec<usize>>,
}

/// Plans the tasks; `live` says whose results somebody holds.
pub(super) fn plan(tasks: &[Task], live: &[bool]) -> Plan {
    let mut planner = Planner::new(tasks, live);
    planner.merge_maps();
    let folds = planner.merge_folds();
    planner.merge_products();
    planner.merge_losses();
    let order = planner.order();
    let launches = order.into_iter().map(|group| planner.launch(group, &folds)).collect();
    Plan { launches }
}

/// What a task must wait for.
pub(super) fn dependencies(task: &Task) -> impl Iterator<Item = usize> + '_ {
    let base = task.write.as_ref().and_then(|write| task_of(&write.base));
    task.inputs.iter().filter_map(producer).chain(base)
}

impl<'a> Planner<'a> {
    fn new(tasks: &'a [Task], live: &[bool]) -> Self {
        let mut needed = live.to_vec();
        for i in (0..tasks.len()).rev() {
            if needed[i] {
                dependencies(&tasks[i]).for_each(|d| needed[d] = true);
            }
        }
        let mut readers = vec![Vec::new(); tasks.len()];
        let mut members = BTreeMap::new();
        for (i, task) in tasks.iter().enumerate().filter(|&(i, _)| needed[i]) {
            dependencies(task).for_each(|d| readers[d].push(i));
            members.insert(i, vec![i]);
        }
        Self { tasks, live: live.to_vec(), readers, group: (0..tasks.len()).collect(), members }
    }

    pub(super) fn map(&self, task: usize) -> Option<&'a Program> {
        let Kernel::Map(program) = &self.tasks[task].kernel else { return None };
        self.tasks[task].write.is_none().then_some(program)
    }

    /// Whether the input is the whole result of a task, element by element.
    fn reads_evenly(&self, shape: &[usize], input: &Input) -> Option<usize> {
        let from = producer(input)?;
        let same = input.layout.shape == shape && self.tasks[from].shape == shape;
        let even = same && input.layout.offset == 0 && input.layout.is_contiguous();
        (even && self.tasks[from].len == input.layout.numel()).then_some(from)
    }

    fn merge_maps(&mut self) {
        for i in 0..self.tasks.len() {
            if self.map(i).is_none() || !self.members.contains_key(&self.group[i]) {
                continue;
            }
            for input in &self.tasks[i].inputs {
                let from = self.reads_evenly(&self.tasks[i].shape, input);
                let Some(from) = from.filter(|&from| self.map(from).is_some()) else { continue };
                let (a, b) = (self.group[from], self.group[i]);
                if a != b
                    && self.in_step(a, b)
                    && self.fits(a, b)
                    && !self.is_between(a, b)
                    && !self.is_between(b, a)
                {
                    self.merge(a, b);
                }
            }
        }
    }

    /// Whether all that the two groups read of each other is read element by element: a tensor may be read beside
    /// another view of itself.
    fn in_step(&self, a: usize, b: usize) -> bool {
        let inside = |task: usize| self.group[task] == a || self.group[task] == b;
        let mut tasks = [a, b].into_iter().flat_map(|g| &self.members[&g]).map(|&t| &self.tasks[t]);
        tasks.all(|task| {
            let mut read = task.inputs.iter().filter(|&input| producer(input).is_some_and(inside));
            read.all(|input| self.reads_evenly(&task.shape, input).is_some())
        })
    }

    pub(super) fn merge(&mut self, a: usize, b: usize) {
        let mut all = self.members.remove(&a).unwrap_or_default();
        all.extend(self.members.remove(&b).unwrap_or_default());
        sorting::sort_by(&mut all, Ord::cmp);
        let first = a.min(b);
        all.iter().for_each(|&task| self.group[task] = first);
        self.members.insert(first, all);
    }

    /// Whether a third group must run after `a` and before `b`.
    pub(super) fn is_between(&self, a: usize, b: usize) -> bool {
        let mut seen = vec![false; self.tasks.len()];
        let mut open: Vec<usize> = self.before(b).filter(|&group| group != a && group != b).collect();
        while let Some(group) = open.pop() {
            if std::mem::replace(&mut seen[group], true) {
                continue;
            }
            for before in self.before(group) {
                if before == a {
                    return true;
                }
                if before != group && before != b {
                    open.push(before);
                }
            }
        }
        false
    }

    /// The groups whose results a group reads; itself among them.
    fn before(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        let members = self.members.get(&group).map_or(&[][..], Vec::as_slice);
        members.iter().flat_map(|&task| dependencies(&self.tasks[task])).map(|task| self.group[task])
    }

    /// Whether a kernel for both stays within the limits.
    pub(super) fn fits(&self, a: usize, b: usize) -> bool {
        let tasks: Vec<usize> = [a, b].iter().flat_map(|g| self.members[g].iter().copied()).collect();
        let programs = || tasks.iter().filter_map(|&t| self.map(t));
        let (steps, heavy): (usize, usize) =
            (programs().map(|p| p.steps.len()).sum(), programs().map(Program::heavy).sum());
        let inside = |task: usize| self.group[task] == a || self.group[task] == b;
        let mut buffers = Vec::new();
        let mut scalars = 0;
        // A factor is bound whatever it is, and whoever else reads it.
        let factors = 2 * tasks.iter().filter(|&&t| self.is_product(t)).count();
        let others = tasks.iter().filter(|&&t| !self.is_product(t));
        for input in others.flat_map(|&t| &self.tasks[t].inputs) {
            match identity(&input.data) {
                None => scalars += 1,
                Some(_) if producer(input).is_some_and(inside) => {}
                Some(id) if buffers.contains(&(id, &input.layout)) => {}
                Some(id) => buffers.push((id, &input.layout)),
            }
        }
        let outputs =
            tasks.iter().filter(|&&t| self.live[t] || self.readers[t].iter().any(|&r| !inside(r))).count();
        steps <= STEPS && heavy <= HEAVY && scalars <= SCALARS && factors + buffers.len() + outputs <= BUFFERS
    }

    pub(super) fn outputs(&self, group: usize) -> Vec<usize> {
        let read_elsewhere = |t: usize| self.readers[t].iter().any(|&r| self.group[r] != group);
        self.members[&group].iter().copied().filter(|&t| self.live[t] || read_elsewhere(t)).collect()
    }

    /// Lets reductions compute what they fold. Gives back the order of dimensions of each that does.
    fn merge_folds(&mut self) -> BTreeMap<usize, Vec<Option<usize>>> {
        let mut folds = BTreeMap::new();
        for (i, task) in self.tasks.iter().enumerate() {
            let plain = matches!(task.kernel, Kernel::Reduce { of: None, .. }) && task.write.is_none();
            let Some(from) = producer(&task.inputs[0]).filter(|_| plain && self.group[i] == i) else {
                continue;
            };
            let group = self.group[from];
            let alone = self.map(from).is_some()
                && self.members.contains_key(&i)
                && !self.live[from]
                && self.readers[from] == [i]
                && self.outputs(group) == [from];
            let order = alone.then(|| order_of(&task.inputs[0].layout, &self.tasks[from].shape)).flatten();
            let Some(order) = order.filter(|_| !self.is_between(group, i)) else { continue };
            self.merge(group, i);
            folds.insert(i, order);
        }
        folds
    }

    /// The groups, each after those whose results it reads.
    fn order(&self) -> Vec<usize> {
        let mut done = vec![false; self.tasks.len()];
        let mut order = Vec::new();
        for &group in self.members.keys() {
            self.visit(group, &mut done, &mut order);
        }
        order
    }

    fn visit(&self, group: usize, done: &mut [bool], order: &mut Vec<usize>) {
        // In a loop with a stack of its own: a chain of groups may be long.
        let mut stack = vec![(group, false)];
        while let Some((group, ready)) = stack.pop() {
            if done[group] {
                continue;
            }
            if ready {
                done[group] = true;
                order.push(group);
            } else {
                stack.push((group, true));
                let before: Vec<usize> = self.before(group).filter(|&b| b != group && !done[b]).collect();
                stack.extend(before.into_iter().rev().map(|b| (b, false)));
            }
        }
    }

    fn launch(&self, group: usize, folds: &BTreeMap<usize, Vec<Option<usize>>>) -> Launch {
        let tasks = self.members[&group].clone();
        let last = tasks[tasks.len() - 1];
        let kind = if let (Some(order), Kernel::Reduce { op, dims, .. }) =
            (folds.get(&last), &self.tasks[last].kernel)
        {
            let maps = &tasks[..tasks.len() - 1];
            let from = producer(&self.tasks[last].inputs[0]).unwrap_or(last);
            let (program, inputs) = self.program(maps, &[from], None);
            let kernel = Kernel::Reduce { op: *op, dims: *dims, of: Some(Rc::new(program)) };
            Kind::Reduce { kernel, inputs, order: order.clone() }
        } else if let [loss, grad] = tasks[..]
            && let Some(kind) = self.loss(loss, grad)
        {
            kind
        } else if self.map(last).is_none() {
            Kind::Alone
        } else if let Some(&product) = tasks.iter().find(|&&task| self.is_product(task)) {
            self.product(product, group)
        } else {
            let outputs = self.outputs(group);
            let (program, inputs) = self.program(&tasks, &outputs, None);
            Kind::Merged { kernel: Kernel::Map(Rc::new(program)), inputs, outputs }
        };
        Launch { tasks, kind }
    }

    /// One program for several elementwise tasks, and where its inputs are found. Where one is `given`, it comes first.
    pub(super) fn program(
        &self,
        tasks: &[usize],
        outputs: &[usize],
        given: Option<(usize, usize)>,
    ) -> (Program, Vec<(usize, usize)>) {
        let mut places: Vec<(usize, usize)> = given.into_iter().collect();
        let first = given.and_then(|(task, k)| producer(&self.tasks[task].inputs[k]));
        let mut results: BTreeMap<usize, usize> = first.map(|task| (task, 0)).into_iter().collect();
        // Registers are numbered from 0 for inputs, and from here for results, until all inputs are known.
        const RESULTS: usize = 1 << 16;
        let mut steps = Vec::new();
        for &task in tasks {
            let Some(program) = self.map(task) else { continue };
            let inputs: Vec<Register> = (0..self.tasks[task].inputs.len())
                .map(|k| {
                    let input = &self.tasks[task].inputs[k];
                    let inside = producer(input).and_then(|from| results.get(&from)).copied();
                    inside.unwrap_or_else(|| self.place(&mut places, (task, k)))
                })
                .collect();
            let base = RESULTS + steps.len();
            let n = inputs.len();
            let name = |r: Register| if r < n { inputs[r] } else { base + r - n };
            steps.extend(program.steps.iter().map(|step| step.renamed(name)));
            results.insert(task, name(program.outputs[0]));
        }
        let n = places.len();
        let renumbered = |r: Register| if r >= RESULTS { r - RESULTS + n } else { r };
        let program = Program {
            inputs: places.iter().map(|&(task, k)| self.tasks[task].inputs[k].dtype).collect(),
            steps: steps.into_iter().map(|step| step.renamed(renumbered)).collect(),
            outputs: outputs.iter().map(|task| renumbered(results[task])).collect(),
        };
        (program, places)
    }

    /// The number of an input that is read from outside: one that is read twice has one.
    fn place(&self, places: &mut Vec<(usize, usize)>, new: (usize, usize)) -> Register {
        let input = |(task, k): (usize, usize)| &self.tasks[task].inputs[k];
        places.iter().position(|&old| is_same(input(old), input(new))).unwrap_or_else(|| {
            places.push(new);
            places.len() - 1
        })
    }
}
