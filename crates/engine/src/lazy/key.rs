//! The structure of a queue: what its plan depends on. Values of constants, which buffers are read and where a
//! view starts in them are not part of it, so that the next training step has the same one; which views start at the
//! same place is.

use std::rc::Rc;

use super::Task;
use crate::backend::Kernel;
use crate::layout::Layout;
use crate::quick::{Mix, QuickMap};
use crate::storage::Data;

/// The structure of the queue that was read last. Its room is used again for the next one.
#[derive(Default)]
pub(super) struct Structure {
    /// What is asked of tasks, one after the other.
    words: Vec<u64>,
    /// Which results are held outside the queue.
    live: Vec<bool>,
    starts: QuickMap<Start, u64>,
    uses: Vec<usize>,
}

/// The structure of a queue, to be compared with others.
pub(super) struct Key {
    /// Of the words, which nearly always tell queues apart.
    hash: u64,
    words: Vec<u64>,
    kernels: Vec<Kernel>,
}

impl Structure {
    /// Reads the structure of these tasks. Gives back a hash of it.
    pub(super) fn read(&mut self, tasks: &[Task]) -> u64 {
        let Self { words, live, starts, uses } = self;
        words.clear();
        starts.clear();
        uses.clear();
        uses.resize(tasks.len(), 0);
        for task in tasks {
            words.extend([task.dtype as u64, task.write.is_some().into(), task.inputs.len() as u64]);
            sizes(&task.shape, words);
            for input in &task.inputs {
                words.push(input.dtype as u64);
                let place = reference(&input.data, &input.layout, starts, uses, words);
                layout(&input.layout, place, words);
            }
            if let Some(write) = &task.write {
                reference(&write.base, &write.layout, starts, uses, words);
                layout(&write.layout, Place::Outside, words);
            }
        }
        // Whoever holds a result besides the queue wants it.
        live.clear();
        let held = tasks.iter().zip(&*uses).map(|(task, uses)| Rc::strong_count(&task.output) > 1 + uses);
        live.extend(held);
        for some in live.chunks(u64::BITS as usize) {
            words.push(some.iter().fold(0, |bits, &live| bits << 1 | u64::from(live)));
        }
        Mix::of(words)
    }

    pub(super) fn live(&self) -> &[bool] {
        &self.live
    }

    /// The key of the tasks that were read, which have this hash.
    pub(super) fn key(&self, hash: u64, tasks: &[Task]) -> Key {
        let kernels = tasks.iter().map(|task| task.kernel.clone()).collect();
        Key { hash, words: self.words.clone(), kernels }
    }
}

impl Key {
    /// Whether a plan for this structure fits tasks that were read.
    pub(super) fn fits(&self, hash: u64, structure: &Structure, tasks: &[Task]) -> bool {
        self.hash == hash
            // Word by word: comparing slices is done byte by byte in the browser.
            && self.words.len() == structure.words.len()
            && self.words.iter().zip(&structure.words).all(|(a, b)| a == b)
            && self.kernels.iter().zip(tasks).all(|(kernel, task)| *kernel == task.kernel)
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

/// A size and a stride in a word: neither goes beyond what WebGPU addresses, in 32 bits.
fn layout(layout: &Layout, place: Place, words: &mut Vec<u64>) {
    words.push(layout.shape.len() as u64);
    let both = layout.shape.iter().zip(&layout.strides);
    words.extend(both.map(|(&n, &s)| (n as u64) << 32 | u64::from(s as i32 as u32)));
    if place == Place::Inside {
        words.push(layout.offset as u64);
    }
}
