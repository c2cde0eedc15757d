//! What only the WebGPU backend can get wrong: recycled buffers, wide grids, narrow integers, a lost device.
#![cfg(target_arch = "wasm32")]

use std::rc::Rc;

use backend_wgpu::{WgpuBackend, samples, shaders};
use engine::ops::{Binary, Unary};
use engine::program::{Program, Step};
use engine::{
    Backend, BufferId, DType, Error, HostData, Kernel, Layout, Operand, Reduce, Scalar, Source, Target,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const F32: DType = DType::Float32;

async fn open() -> WgpuBackend {
    match backend_wgpu::open().await {
        Ok(backend) => backend,
        Err(reason) => panic!("these tests need WebGPU: {reason}"),
    }
}

/// The value, or the test fails with the error.
fn good<T>(result: engine::Result<T>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}

/// Runs a kernel on dense inputs into a new buffer of the shape.
fn run(backend: &WgpuBackend, kernel: &Kernel, inputs: &[(Source, DType)], shape: &[usize]) -> BufferId {
    let layout = Layout::contiguous(shape);
    let inputs: Vec<_> =
        inputs.iter().map(|&(source, dtype)| Operand { source, dtype, layout: &layout }).collect();
    let buffer = good(backend.alloc(F32, layout.numel()));
    good(backend.dispatch(kernel, &inputs, &[Target { buffer, dtype: F32, layout: &layout }]));
    buffer
}

/// A function of one float32.
fn unary(op: Unary) -> Kernel {
    Kernel::Map(Rc::new(Program::single(Step::Unary(op, 0), &[F32])))
}

/// A function of two float32.
fn pairwise(op: Binary) -> Kernel {
    Kernel::Map(Rc::new(Program::single(Step::Binary(op, 0, 1), &[F32, F32])))
}

fn add(backend: &WgpuBackend, x: Source, y: f64, len: usize) -> BufferId {
    let y = Source::Scalar(Scalar::Float(y));
    run(backend, &pairwise(Binary::Add), &[(x, F32), (y, F32)], &[len])
}

async fn floats(backend: &WgpuBackend, id: BufferId) -> Vec<f32> {
    good(backend.read(id).await).into_f32()
}

/// What was wrong with a pipeline shows at the next read.
async fn still_works(backend: &WgpuBackend, text: &str) {
    let id = good(backend.upload(&HostData::Float32(vec![1.0])));
    let read = backend.read(id).await;
    assert_eq!(read, Ok(HostData::Float32(vec![1.0])), "{text}");
    backend.free(id);
}

#[wasm_bindgen_test]
async fn the_device_has_a_name_and_compiles_every_variant() {
    let backend = open().await;
    assert!(!backend.adapter_name().is_empty());
    // The browser's compiler is stricter than the one of the native tests, and has the last word.
    for variant in shaders::variants() {
        backend.prepare(variant);
        still_works(&backend, &format!("{variant:?}")).await;
    }
}

#[wasm_bindgen_test]
async fn every_kind_of_generated_kernel_compiles() {
    let backend = open().await;
    for kernel in samples::programs() {
        let text = format!("{kernel:?}");
        good(backend.prepare_generated(kernel));
        still_works(&backend, &text).await;
    }
    for tile in samples::tiles() {
        backend.prepare_tile(tile);
        still_works(&backend, &format!("{tile:?}")).await;
    }
    for kernel in samples::products() {
        let text = format!("{kernel:?}");
        good(backend.prepare_finished(kernel));
        still_works(&backend, &text).await;
    }
}

#[wasm_bindgen_test]
async fn an_upload_never_overwrites_what_recorded_kernels_read() {
    let backend = open().await;
    for len in [16, 1 << 20] {
        let mut sums = Vec::new();
        for round in 0..20 {
            // Freed before it is submitted: the next upload must not land in it.
            let x = good(backend.upload(&HostData::Float32(vec![round as f32; len])));
            sums.push(add(&backend, Source::Buffer(x), 0.5, len));
            backend.free(x);
        }
        for (round, id) in sums.into_iter().enumerate() {
            let found = floats(&backend, id).await;
            let expected = round as f32 + 0.5;
            assert!(found.iter().all(|&x| x == expected), "{len}, round {round}: {:?}", &found[..4]);
            backend.free(id);
        }
    }
}

#[wasm_bindgen_test]
async fn freed_buffers_are_recycled_and_keep_the_order_of_kernels() {
    let backend = open().await;
    let before = backend.memory();
    let mut x = good(backend.upload(&HostData::Float32(vec![0.0; 1000])));
    // More launches than the arena holds, and more constants than their table.
    for step in 0..3000 {
        let next = add(&backend, Source::Buffer(x), f64::from(step), 1000);
        backend.free(x);
        x = next;
        assert_eq!(backend.memory().buffers, before.buffers + 1);
    }
    assert!((2..20).contains(&backend.submits()), "{} submits", backend.submits());
    assert_eq!(floats(&backend, x).await, vec![4_498_500.0; 1000]);
    backend.free(x);
    assert_eq!(backend.memory(), before);
}

#[wasm_bindgen_test]
async fn what_is_evicted_was_still_read_by_recorded_kernels() {
    let backend = open().await;
    let len = 24 << 20;
    let big = good(backend.upload(&HostData::Float32(vec![1.0; len])));
    let mut last = Vec::new();
    // 96 MiB each: more than the pool keeps idle, so some are destroyed while they wait for their kernel.
    let others: Vec<_> = (0..4).map(|i| add(&backend, Source::Buffer(big), f64::from(i), len)).collect();
    for &id in &others {
        let (layout, one) = (Layout::contiguous(&[len]), Layout::contiguous(&[]));
        let sum = good(backend.alloc(F32, 1));
        let operand = Operand { source: Source::Buffer(id), dtype: F32, layout: &layout };
        let target = Target { buffer: sum, dtype: F32, layout: &one };
        good(backend.dispatch(&Kernel::Reduce { op: Reduce::Max, dims: 1, of: None }, &[operand], &[target]));
        last.push(sum);
    }
    others.into_iter().for_each(|id| backend.free(id));
    for (i, id) in last.into_iter().enumerate() {
        assert_eq!(floats(&backend, id).await, [i as f32 + 1.0]);
    }
}

#[wasm_bindgen_test]
async fn a_grid_past_65535_workgroups_reaches_every_element() {
    let backend = open().await;
    // One element more than fits into one row of workgroups, as one byte each to save memory.
    let len = 65_535 * 256 + 1;
    let mut data = vec![1.0f32; len];
    data[len - 1] = 7.0;
    let x = good(backend.upload(&HostData::Float32(data)));
    let y = run(&backend, &unary(Unary::Neg), &[(Source::Buffer(x), F32)], &[len]);
    let found = floats(&backend, y).await;
    assert_eq!((found.len(), found[0], found[len - 2], found[len - 1]), (len, -1.0, -1.0, -7.0));
}

#[wasm_bindgen_test]
async fn what_the_device_cannot_hold_is_refused() {
    let backend = open().await;
    let refused = |data: HostData| backend.upload(&data).map_err(|error| error.to_string());
    let text = "WebGPU cannot hold the integer 2147483648; it has 32 bits for an int64";
    assert_eq!(refused(HostData::Int64(vec![1, 1 << 31])), Err(text.to_owned()));
    let text = "WebGPU cannot hold float64; use float32";
    assert_eq!(refused(HostData::Float64(vec![1.0])), Err(text.to_owned()));
    let huge = backend.alloc(F32, 1 << 30);
    assert!(matches!(huge, Err(Error::TooLarge { .. })), "{huge:?}");
    let edge = HostData::Int64(vec![i64::from(i32::MIN), -1, i64::from(i32::MAX)]);
    let id = good(backend.upload(&edge));
    assert_eq!(backend.read(id).await, Ok(edge));
}

#[wasm_bindgen_test]
async fn bytes_are_packed_at_any_offset_and_length() {
    let backend = open().await;
    for (offset, len) in [(0, 1), (0, 4), (1, 2), (3, 1), (3, 2), (2, 9), (5, 7)] {
        let total = 16;
        let base: Vec<u8> = (100..100 + total as u8).collect();
        let out = good(backend.upload(&HostData::UInt8(base.clone())));
        let fresh: Vec<f32> = (0..len).map(|i| i as f32 + 0.9).collect();
        let x = good(backend.upload(&HostData::Float32(fresh)));
        let (from, mut to) = (Layout::contiguous(&[len]), Layout::contiguous(&[len]));
        to.offset = offset;
        let operand = Operand { source: Source::Buffer(x), dtype: F32, layout: &from };
        let target = Target { buffer: out, dtype: DType::UInt8, layout: &to };
        good(backend.dispatch(&Kernel::Copy, &[operand], &[target]));
        let mut expected = base;
        (0..len).for_each(|i| expected[offset + i] = i as u8);
        assert_eq!(backend.read(out).await, Ok(HostData::UInt8(expected)), "{len} bytes at {offset}");
    }
}

#[wasm_bindgen_test]
async fn an_empty_tensor_needs_no_kernel() {
    let backend = open().await;
    let before = backend.dispatches();
    let x = good(backend.upload(&HostData::Float32(vec![])));
    let y = run(&backend, &unary(Unary::Exp), &[(Source::Buffer(x), F32)], &[0]);
    assert_eq!(backend.read(y).await, Ok(HostData::Float32(vec![])));
    assert_eq!(backend.dispatches(), before);
}

#[wasm_bindgen_test]
async fn a_read_sees_what_was_before_it_and_may_be_given_up() {
    let backend = open().await;
    let x = good(backend.upload(&HostData::Float32(vec![1.0; 300])));
    let y = add(&backend, Source::Buffer(x), 1.0, 300);
    let early = backend.read(y);
    drop(backend.read(y));
    // What comes later goes into the very same buffer.
    backend.free(y);
    let again = add(&backend, Source::Buffer(x), 5.0, 300);
    assert_eq!(early.await, Ok(HostData::Float32(vec![2.0; 300])));
    assert_eq!(floats(&backend, again).await, vec![6.0; 300]);
}

#[wasm_bindgen_test]
async fn a_lost_device_is_an_error_everywhere_and_can_be_replaced() {
    let backend = open().await;
    let x = good(backend.upload(&HostData::Float32(vec![1.0; 8])));
    let pending = backend.read(x);
    assert_eq!(backend.is_lost(), None);
    backend.close();
    let lost = Error::DeviceLost("it was closed".to_owned());
    assert_eq!(backend.is_lost().as_deref(), Some("it was closed"));
    assert_eq!(pending.await, Err(lost.clone()), "a read on its way");
    assert_eq!(backend.read(x).await, Err(lost.clone()));
    assert_eq!(backend.alloc(F32, 1), Err(lost.clone()));
    assert_eq!(backend.upload(&HostData::Float32(vec![0.0])), Err(lost.clone()));
    let layout = Layout::contiguous(&[8]);
    let operand = Operand { source: Source::Buffer(x), dtype: F32, layout: &layout };
    let target = Target { buffer: x, dtype: F32, layout: &layout };
    assert_eq!(backend.dispatch(&unary(Unary::Neg), &[operand], &[target]), Err(lost));
    backend.free(x);
    backend.submit();

    let next = engine::Engine::new(Rc::new(open().await));
    let sum = good(good(next.tensor(vec![1.0f32, 2.0], &[2])).add(1.0));
    assert_eq!(good(sum.read().await), HostData::Float32(vec![2.0, 3.0]));
}

#[wasm_bindgen_test]
async fn traced_kernels_have_times_where_the_device_tells_them() {
    let backend = Rc::new(open().await);
    let has_times = backend.has_times();
    let engine = engine::Engine::new(backend);
    let n = 512;
    let x = good(engine.tensor(vec![0.5f32; n * n], &[n, n]));
    for fused in [false, true] {
        engine.set_fused(fused);
        engine.trace(true);
        let y = good(x.matmul(&x).and_then(|y| y.exp()).and_then(|y| y.add(1.0)));
        good(engine.flush());
        let launched = engine.end_trace().await;
        assert_eq!(launched.len(), if fused { 1 } else { 3 });
        let times: Vec<_> = launched.iter().map(|kernel| kernel.time).collect();
        assert!(times.iter().all(|time| time.is_some() == has_times), "{has_times}: {times:?}");
        let sum: f64 = times.iter().flatten().sum();
        // A processor takes milliseconds for this product, a graphics card less than browsers measure.
        assert!((0.0..60_000.0).contains(&sum), "{times:?}");
        assert_eq!(
            good(y.slice(0, 0, 1, 1).and_then(|y| y.slice(1, 0, 1, 1))).read().await.map(|y| y.len()),
            Ok(1)
        );
        let untraced = good(x.add(1.0));
        assert!(engine.trace(false).is_empty());
        assert_eq!(good(untraced.read().await).into_f32()[0], 1.5);
    }
}

#[wasm_bindgen_test]
async fn as_many_kernels_as_a_trace_keeps_have_times() {
    let backend = Rc::new(open().await);
    let has_times = backend.has_times();
    let engine = engine::Engine::new(backend);
    let mut x = good(engine.tensor(vec![1.0f32; 8], &[8]));
    engine.trace(true);
    for _ in 0..5000 {
        x = good(x.add(1.0));
    }
    let launched = engine.end_trace().await;
    assert_eq!(launched.len(), 4096);
    assert!(launched.iter().all(|kernel| kernel.time.is_some() == has_times));
    assert_eq!(good(x.read().await).into_f32(), vec![5001.0; 8]);
}
