//! The structure of a queue: what its plan depends on. Values of constants, which buffers are read and where a
//! view starts in them are not part of it, so that the next training step has the same one; which views start at the
//! same place is.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::Task;
use crate::backend::Kernel;
use crate::layout::Layout;
use crate::quick::{Mix, QuickMap};
use crate::storage::Data;

/// Equal for queues that one plan fits.
#[derive(PartialEq)]
pub(super) struct Key {
    kernels: Vec<Kernel>,
    words: Vec<u64>,
    live: Vec<bool>,
    /// Of the words, which nearly always tell queues apart; the kernels are compared.
    hash: u64,
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl Key {
    pub(super) fn new(tasks: &[Task]) -> Self {
        let mut words = Vec::with_capacity(tasks.len() * 24);
        let mut starts = QuickMap::default();
        let mut uses = vec![0; tasks.len()];
        for task in tasks {
            words.extend([task.dtype as u64, task.write.is_some().into(), task.inputs.len() as u64]);
            sizes(&task.shape, &mut words);
            for input in &task.inputs {
                words.push(input.dtype as u64);
                let place = reference(&input.data, &input.layout, &mut starts, &mut uses, &mut words);
                layout(&input.layout, place, &mut words);
            }
            if let Some(write) = &task.write {
                reference(&write.base, &write.layout, &mut starts, &mut uses, &mut words);
                layout(&write.layout, Place::Outside, &mut words);
            }
        }
        // Whoever holds a result besides the queue wants it.
        let live: Vec<bool> =
            tasks.iter().zip(uses).map(|(task, uses)| Rc::strong_count(&task.output) > 1 + uses).collect();
        words.extend(live.iter().map(|&l| u64::from(l)));
        let kernels = tasks.iter().map(|task| task.kernel.clone()).collect();
        let hash = Mix::of(&words);
        Self { kernels, words, live, hash }
    }

    /// Which results are held outside the queue.
    pub(super) fn live(&self) -> &[bool] {
        &self.live
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The result of a task of this queue.
    Inside,
    Outside,
}

/// A buffer, and an offset in it.
type Start = (*const (), usize);

/// Names an operand: by the task that computes it, or by when its place in a buffer was first seen. Operands of one
/// place are read once, so a plan for two places must not serve one, nor the other way round.
fn reference(
    data: &Data,
    layout: &Layout,
    starts: &mut QuickMap<Start, u64>,
    uses: &mut [usize],
    words: &mut Vec<u64>,
) -> Place {
    let mut outside = |pointer: *const ()| {
        let start = (pointer, layout.offset);
        let next = starts.len() as u64;
        let number = *starts.entry(start).or_insert(next);
        words.push(number * 4 + 2);
        Place::Outside
    };
    match data {
        Data::Constant(_) => {
            words.push(0);
            Place::Outside
        }
        Data::Buffer(buffer) => outside(Rc::as_ptr(buffer).cast()),
        Data::Pending(pending) => match pending.task() {
            Some(task) => {
                uses[task] += 1;
                words.push(task as u64 * 4 + 1);
                Place::Inside
            }
            None => outside(Rc::as_ptr(pending).cast()),
        },
    }
}

fn sizes(shape: &[usize], words: &mut Vec<u64>) {
    words.push(shape.len() as u64);
    words.extend(shape.iter().map(|&n| n as u64));
}

fn layout(layout: &Layout, place: Place, words: &mut Vec<u64>) {
    sizes(&layout.shape, words);
    words.extend(layout.strides.iter().map(|&s| s as i64 as u64));
    if place == Place::Inside {
        words.push(layout.offset as u64);
    }
}
