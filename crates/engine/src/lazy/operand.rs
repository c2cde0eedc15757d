//! What a task reads: whose result it is, whether two are the same, and in which order its dimensions are walked.

use std::rc::Rc;

use super::Input;
use crate::layout::Layout;
use crate::storage::Data;

/// The task whose result an input is.
pub(super) fn producer(input: &Input) -> Option<usize> {
    task_of(&input.data)
}

pub(super) fn task_of(data: &Data) -> Option<usize> {
    match data {
        Data::Pending(pending) => pending.task(),
        Data::Constant(_) | Data::Buffer(_) => None,
    }
}

/// Tells buffers apart; constants are none.
pub(super) fn identity(data: &Data) -> Option<*const ()> {
    match data {
        Data::Constant(_) => None,
        Data::Buffer(buffer) => Some(Rc::as_ptr(buffer).cast()),
        Data::Pending(pending) => Some(Rc::as_ptr(pending).cast()),
    }
}

/// Whether two inputs are the same elements of one buffer.
pub(super) fn is_same(a: &Input, b: &Input) -> bool {
    identity(&a.data).is_some() && identity(&a.data) == identity(&b.data) && a.layout == b.layout
}

/// Which dimension of a contiguous tensor of `shape` each dimension of `layout` walks, if it walks each once.
pub(super) fn order_of(layout: &Layout, shape: &[usize]) -> Option<Vec<Option<usize>>> {
    let whole = Layout::contiguous(shape);
    if layout.offset != 0 || layout.numel() != whole.numel() || whole.numel() == 0 {
        return None;
    }
    let mut used = vec![false; shape.len()];
    let find = |(&size, &stride): (&usize, &isize)| {
        if size == 1 {
            return Some(None);
        }
        let d = (0..shape.len()).find(|&d| !used[d] && shape[d] == size && whole.strides[d] == stride)?;
        used[d] = true;
        Some(Some(d))
    };
    layout.shape.iter().zip(&layout.strides).map(find).collect()
}
