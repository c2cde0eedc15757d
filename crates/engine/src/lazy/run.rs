//! Runs a planned queue: allocates results, dispatches kernels, and lets go of inputs as soon as they were read.

use std::rc::Rc;

use smallvec::SmallVec;

use super::plan::{BUFFERS, Kind, Launch, Plan};
use super::{Input, Task};
use crate::backend::{Backend, Buffer, Kernel, Operand, Source, Target};
use crate::error::Result;
use crate::layout::Layout;
use crate::trace::{self, Trace};

/// What a kernel reads or writes: mostly a handful.
type Few<T> = SmallVec<[T; 6]>;

/// Runs the tasks. If one fails, so do those that need its result.
///
/// # Errors
/// The first failure.
pub(crate) fn run(
    backend: &Rc<dyn Backend>,
    tasks: &mut [Task],
    plan: &Plan,
    trace: Option<&mut Trace>,
) -> Result<()> {
    let mut first = Ok(());
    let mut trace = trace;
    for launch in &plan.launches {
        let done = one(backend, tasks, launch, trace.as_deref_mut());
        if let Err(error) = done {
            for &task in &launch.tasks {
                tasks[task].output.settle(Err(error.clone()));
            }
            first = first.and(Err(error));
        }
        for &task in &launch.tasks {
            tasks[task].inputs.clear();
        }
    }
    first
}

fn one(
    backend: &Rc<dyn Backend>,
    tasks: &mut [Task],
    launch: &Launch,
    trace: Option<&mut Trace>,
) -> Result<()> {
    match &launch.kind {
        Kind::Alone => alone(backend, &mut tasks[launch.tasks[0]], trace),
        Kind::Merged { kernel, inputs, outputs } => {
            let operands =
                inputs.iter().map(|&(t, k)| operand(&tasks[t].inputs[k])).collect::<Result<Few<_>>>()?;
            let alloc = |&t: &usize| Buffer::alloc(backend, tasks[t].dtype, tasks[t].len).map(Rc::new);
            let buffers = outputs.iter().map(alloc).collect::<Result<Few<_>>>()?;
            let layouts: Few<_> = outputs.iter().map(|&t| Layout::contiguous(&tasks[t].shape)).collect();
            let targets: Few<_> = buffers.iter().zip(&layouts).map(|(b, layout)| target(b, layout)).collect();
            debug_assert!(bound(kernel, &operands) + targets.len() <= BUFFERS, "{kernel:?}");
            let ops = || launch.tasks.iter().map(|&t| tasks[t].op).collect();
            trace::dispatch(trace, &**backend, ops, kernel, &operands, &targets)?;
            for (&task, buffer) in outputs.iter().zip(buffers) {
                tasks[task].output.settle(Ok(buffer));
            }
            Ok(())
        }
        Kind::Reduce { kernel, inputs, order } => {
            let last = launch.tasks[launch.tasks.len() - 1];
            let shape = &tasks[last].inputs[0].layout.shape;
            let layouts: Vec<Layout> =
                inputs.iter().map(|&(t, k)| reordered(&tasks[t].inputs[k].layout, shape, order)).collect();
            let found = inputs.iter().map(|&(t, k)| &tasks[t].inputs[k]).zip(&layouts);
            let operands = found
                .map(|(input, layout)| input.data.operand(input.dtype, layout))
                .collect::<Result<Vec<_>>>()?;
            let buffer = Rc::new(Buffer::alloc(backend, tasks[last].dtype, tasks[last].len)?);
            let layout = Layout::contiguous(&tasks[last].shape);
            let targets = [target(&buffer, &layout)];
            let ops = || launch.tasks.iter().map(|&t| tasks[t].op).collect();
            trace::dispatch(trace, &**backend, ops, kernel, &operands, &targets)?;
            tasks[last].output.settle(Ok(buffer));
            Ok(())
        }
    }
}

/// How many buffers a kernel reads: numbers are parameters, but for factors.
fn bound(kernel: &Kernel, operands: &[Operand<'_>]) -> usize {
    let factors = if matches!(kernel, Kernel::MatMul { .. }) { 2 } else { 0 };
    let others = operands.iter().skip(factors).filter(|x| matches!(x.source, Source::Buffer(_)));
    factors + others.count()
}

fn alone(backend: &Rc<dyn Backend>, task: &mut Task, trace: Option<&mut Trace>) -> Result<()> {
    let write = task.write.take();
    let (buffer, layout) = match write {
        None => (Rc::new(Buffer::alloc(backend, task.dtype, task.len)?), Layout::contiguous(&task.shape)),
        Some(write) => (write.base.into_own(backend, task.dtype, task.len)?, write.layout),
    };
    let operands = task.inputs.iter().map(operand).collect::<Result<Few<_>>>()?;
    let targets = [target(&buffer, &layout)];
    trace::dispatch(trace, &**backend, || vec![task.op], &task.kernel, &operands, &targets)?;
    task.output.settle(Ok(buffer));
    Ok(())
}

fn operand(input: &Input) -> Result<Operand<'_>> {
    input.data.operand(input.dtype, &input.layout)
}

fn target<'a>(buffer: &Buffer, layout: &'a Layout) -> Target<'a> {
    Target { buffer: buffer.id(), dtype: buffer.dtype(), layout }
}

/// The dimensions of an input in the order in which they are folded.
fn reordered(layout: &Layout, shape: &[usize], order: &[Option<usize>]) -> Layout {
    let strides = order.iter().map(|d| d.map_or(0, |d| layout.strides[d])).collect();
    Layout { shape: shape.into(), strides, offset: layout.offset }
}
