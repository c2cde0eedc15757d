//! What ran: which ops became which kernel. Kept only while somebody asks for it.

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;

use crate::backend::{Backend, Kernel, Operand, Source, Target};
use crate::engine::Engine;
use crate::error::Result;
use crate::layout::Layout;

/// How a backend computes a kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// A short name of the kernel.
    pub name: String,
    /// Its text: WGSL on a GPU, the steps of a program on the CPU; empty where it is a fixed function.
    pub source: String,
    /// Workgroups that are launched; 0 on the CPU.
    pub groups: usize,
}

/// By what a device knows a kernel again whose time is asked for: the numbers of its launches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(pub Range<u64>);

/// Milliseconds that are on their way from a device to the host.
pub type Times<'a> = Pin<Box<dyn Future<Output = Result<Vec<Option<f64>>>> + 'a>>;

/// An op, as a kernel is traced back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpTag {
    /// PyTorch's name of the function.
    pub name: &'static str,
    /// The sequence number that its node has, or would have if it were recorded.
    pub seq: u64,
}

/// One kernel that ran.
#[derive(Clone, Debug, PartialEq)]
pub struct Launched {
    /// What it computed: several ops if they were fused.
    pub ops: Vec<OpTag>,
    /// How the device was told to compute it.
    pub explanation: Explanation,
    /// Bytes that it reads and writes at least.
    pub bytes: u64,
    /// Arithmetic operations, where an elementwise function counts as one.
    pub flops: u64,
    /// The milliseconds that it took: where the device is done when a dispatch returns, and there is a
    /// [clock](crate::Engine::set_clock), or where the device tells it [afterwards](crate::Engine::end_trace).
    pub time: Option<f64>,
}

/// Gives the milliseconds since some moment.
pub(crate) type Clock = fn() -> f64;

/// The kernels that ran since tracing began.
pub(crate) struct Trace {
    pub(crate) launched: Vec<Launched>,
    /// For each of them, by what the device knows it.
    stamps: Vec<Option<Stamp>>,
    clock: Option<Clock>,
}

/// Kernels that are kept: an endless loop must not fill the memory.
const LONGEST: usize = 4096;

/// Dispatches a kernel, and notes it if there is a trace; `ops` tells what it computes.
///
/// # Errors
/// What the backend says.
pub(crate) fn dispatch(
    trace: Option<&mut Trace>,
    backend: &dyn Backend,
    ops: impl FnOnce() -> Vec<OpTag>,
    kernel: &Kernel,
    inputs: &[Operand<'_>],
    outputs: &[Target<'_>],
) -> Result<()> {
    let Some(trace) = trace else { return backend.dispatch(kernel, inputs, outputs) };
    if trace.launched.len() == LONGEST {
        return backend.dispatch(kernel, inputs, outputs);
    }
    let clock = trace.clock.filter(|_| backend.runs_at_once());
    let began = clock.map(|now| now());
    let stamp = backend.dispatch_timed(kernel, inputs, outputs)?;
    let time = clock.zip(began).map(|(now, began)| now() - began);
    trace.stamps.push(stamp);
    trace.note(backend, ops(), time, kernel, inputs, outputs);
    Ok(())
}

impl Engine {
    /// Ends to note which kernels run, and waits for the times of those whose device tells them afterwards. Returns what was noted; without
    /// these times, if the device is lost.
    pub async fn end_trace(&self) -> Vec<Launched> {
        let trace = self.0.trace.borrow_mut().take();
        let Some(Trace { mut launched, stamps, .. }) = trace else { return Vec::new() };
        let (timed, stamps): (Vec<&mut Launched>, Vec<Stamp>) =
            launched.iter_mut().zip(stamps).filter_map(|(launched, stamp)| Some((launched, stamp?))).unzip();
        if !stamps.is_empty()
            && let Ok(times) = self.backend().times(stamps).await
        {
            timed.into_iter().zip(times).for_each(|(launched, time)| launched.time = time);
        }
        launched
    }
}

impl Trace {
    /// A trace that begins now.
    pub(crate) fn new(clock: Option<Clock>) -> Self {
        Self { launched: Vec::new(), stamps: Vec::new(), clock }
    }

    fn note(
        &mut self,
        backend: &dyn Backend,
        ops: Vec<OpTag>,
        time: Option<f64>,
        kernel: &Kernel,
        inputs: &[Operand<'_>],
        outputs: &[Target<'_>],
    ) {
        let read: u64 = inputs
            .iter()
            .filter(|x| matches!(x.source, Source::Buffer(_)))
            .map(|x| reach(x.layout, x.dtype.size()))
            .sum();
        let written: u64 = outputs.iter().map(|t| reach(t.layout, t.dtype.size())).sum();
        self.launched.push(Launched {
            ops,
            explanation: backend.explain(kernel, inputs, outputs),
            bytes: read + written,
            flops: flops(kernel, inputs, outputs),
            time,
        });
    }
}

/// The bytes of the elements that a layout names; what is repeated counts once.
fn reach(layout: &Layout, size: u64) -> u64 {
    let distinct = layout.shape.iter().zip(&layout.strides).filter(|&(_, &stride)| stride != 0);
    distinct.map(|(&n, _)| n as u64).product::<u64>() * size
}

fn flops(kernel: &Kernel, inputs: &[Operand<'_>], outputs: &[Target<'_>]) -> u64 {
    let first = inputs.first().map_or(0, |x| x.layout.numel() as u64);
    let out: u64 = outputs.iter().map(|t| t.layout.numel() as u64).sum();
    match kernel {
        Kernel::Copy | Kernel::Gather | Kernel::IndexSelect => 0,
        Kernel::Map(program) => {
            program.steps.len() as u64 * outputs.first().map_or(0, |t| t.layout.numel() as u64)
        }
        Kernel::Reduce { of, .. } => {
            first * (1 + of.as_ref().map_or(0, |program| program.steps.len() as u64))
        }
        Kernel::ArgReduce(_) | Kernel::Scatter { .. } | Kernel::Scan(_) | Kernel::ArgSort { .. } => first,
        Kernel::Locate { .. } => out,
        Kernel::MatMul { then } => {
            let each = 2 * inputs.first().and_then(|x| x.layout.shape.last()).map_or(0, |&k| k as u64);
            let more = then.as_ref().map_or(0, |program| program.steps.len() as u64);
            (each + more) * outputs.first().map_or(0, |t| t.layout.numel() as u64)
        }
        Kernel::LogSoftmax
        | Kernel::CrossEntropy { .. }
        | Kernel::CrossEntropyGrad { .. }
        | Kernel::CrossEntropyBoth { .. } => 5 * first,
        Kernel::Fold { .. } | Kernel::MaxPoolGrad { .. } => first,
        Kernel::MaxPool { size, .. } => out * (size[0] * size[1]) as u64,
        Kernel::Convolve { part, .. } => {
            let of = |i: usize| inputs.get(i).map(|x| x.layout);
            let made = outputs.first().map(|t| t.layout);
            let [_, weight, result] = part.triple(of(0), of(1), made);
            let each = weight.map_or(0, |w| w.numel().checked_div(w.shape[0]).unwrap_or(0));
            2 * (each * result.map_or(0, Layout::numel)) as u64
        }
        Kernel::Batch { .. } => out,
    }
}
