//! Work that waits. In *fused* mode an op enqueues a task instead of a kernel; when a value is needed, or a training
//! step ends, the queue is planned (results that nobody holds any more are left out, chains of elementwise tasks
//! become one kernel) and run. A queue of the same structure takes the plan of the last time.

mod key;
mod losses;
mod operand;
mod plan;
mod products;
mod run;

use std::rc::Rc;

use smallvec::SmallVec;

use crate::backend::Kernel;
use crate::dims::Dims;
use crate::dtype::DType;
use crate::layout::Layout;
use crate::storage::{Data, Pending};
use crate::trace::OpTag;

use key::{Key, Structure};
use plan::Plan;

/// A queue this long is run whether or not a value is needed: it keeps its inputs alive.
pub(crate) const LONGEST: usize = 512;

/// Plans that are kept. A program has as many as it has loops of ops, about.
const PLANS: usize = 64;

/// One kernel that waits.
pub(crate) struct Task {
    pub(crate) kernel: Kernel,
    pub(crate) inputs: SmallVec<[Input; 3]>,
    /// The shape of the result; for a write, that of the part that is written.
    pub(crate) shape: Dims<usize>,
    pub(crate) dtype: DType,
    /// The number of elements of the result.
    pub(crate) len: usize,
    /// Present if only a part of the result is computed.
    pub(crate) write: Option<Box<Write>>,
    pub(crate) output: Rc<Pending>,
    /// Which op asked for it.
    pub(crate) op: OpTag,
}

/// What a task reads.
pub(crate) struct Input {
    pub(crate) data: Data,
    pub(crate) dtype: DType,
    pub(crate) layout: Layout,
}

/// The result is `base` but for the elements that `layout` names.
pub(crate) struct Write {
    pub(crate) base: Data,
    pub(crate) layout: Layout,
}

/// The tasks that wait, and the plans of earlier queues.
#[derive(Default)]
pub(crate) struct Queue {
    tasks: Vec<Task>,
    /// Room for tasks while others run.
    room: Vec<Task>,
    plans: Vec<(Key, Rc<Plan>)>,
    structure: Structure,
}

impl Queue {
    /// Takes back the emptied vector of tasks: the next queue needs about as much room.
    pub(crate) fn recycle(&mut self, tasks: Vec<Task>) {
        self.room = tasks;
    }

    /// Where the next task will stand.
    pub(crate) fn len(&self) -> usize {
        self.tasks.len()
    }

    pub(crate) fn push(&mut self, task: Task) {
        self.tasks.push(task);
    }

    /// Takes out everything that waits, with the plan for it.
    pub(crate) fn take(&mut self) -> (Vec<Task>, Rc<Plan>) {
        let tasks = std::mem::replace(&mut self.tasks, std::mem::take(&mut self.room));
        let hash = self.structure.read(&tasks);
        if let Some((_, plan)) = self.plans.iter().find(|(key, _)| key.fits(hash, &self.structure, &tasks)) {
            return (tasks, Rc::clone(plan));
        }
        let plan = Rc::new(plan::plan(&tasks, self.structure.live()));
        if self.plans.len() >= PLANS {
            // Programs come and go: forget them all rather than guess which.
            self.plans.clear();
        }
        self.plans.push((self.structure.key(hash, &tasks), Rc::clone(&plan)));
        (tasks, plan)
    }
}

pub(crate) use run::run;
