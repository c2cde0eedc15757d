//! A test with known answers, run on every device before it is trusted: drivers have been seen to compute wrongly
//! without any error.

use std::rc::Rc;

use engine::ops::{Binary, Unary};
use engine::program::{Program, Step};
use engine::{Backend, DType, HostData, Kernel, Layout, Operand, Reduce, Result, Scalar, Source, Target};

use crate::WgpuBackend;

/// Σ relu(X·Y − 6) + ½ along rows, for X = [[1 2 3] [4 5 6]] and Y = [[1 0] [0 1] [1 1]]: X·Y = [[4 5] [10 11]].
const ANSWER: [f32; 2] = [0.5, 9.5];

/// Runs it. `Ok(Some(_))` is a wrong answer.
///
/// # Errors
/// If the device refuses.
pub(crate) async fn run(backend: &WgpuBackend) -> Result<Option<String>> {
    let mut buffers = Vec::new();
    let outcome = compute(backend, &mut buffers).await;
    buffers.into_iter().for_each(|id| backend.free(id));
    let answer = outcome?.into_f32();
    Ok((answer != ANSWER).then(|| format!("{answer:?} instead of {ANSWER:?}")))
}

async fn compute(backend: &WgpuBackend, buffers: &mut Vec<engine::BufferId>) -> Result<HostData> {
    let dtype = DType::Float32;
    let layout = Layout::contiguous;
    let upload = |data: &[f32]| backend.upload(&HostData::Float32(data.to_vec()));
    buffers.push(upload(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?);
    buffers.push(upload(&[1.0, 0.0, 0.0, 1.0, 1.0, 1.0])?);
    let (x, y) = (Source::Buffer(buffers[0]), Source::Buffer(buffers[1]));
    let square = layout(&[1, 2, 2]);
    let pair = layout(&[1, 2]);
    // Each takes the result before it first.
    let (left, right) = (layout(&[1, 2, 3]), layout(&[1, 3, 2]));
    let six = Source::Scalar(Scalar::Float(6.0));
    let half = Source::Scalar(Scalar::Float(0.5));
    let pairwise = |op| Kernel::Map(Rc::new(Program::single(Step::Binary(op, 0, 1), &[dtype; 2])));
    let relu = Rc::new(Program::single(Step::Unary(Unary::Relu, 0), &[dtype]));
    let steps = [
        (Kernel::MatMul { then: None }, &left, Some((y, &right)), &square),
        (pairwise(Binary::Sub), &square, Some((six, &square)), &square),
        (Kernel::Reduce { op: Reduce::Sum, dims: 1, of: Some(relu) }, &square, None, &pair),
        (pairwise(Binary::Add), &pair, Some((half, &pair)), &pair),
    ];
    let mut source = x;
    let mut last = buffers[0];
    for (kernel, from, second, to) in steps {
        last = backend.alloc(dtype, to.numel())?;
        buffers.push(last);
        let first = Operand { source, dtype, layout: from };
        let second = second.map(|(source, layout)| Operand { source, dtype, layout });
        let inputs: Vec<_> = [Some(first), second].into_iter().flatten().collect();
        backend.dispatch(&kernel, &inputs, &[Target { buffer: last, dtype, layout: to }])?;
        source = Source::Buffer(last);
    }
    backend.read(last).await
}
