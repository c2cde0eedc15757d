//! The sizes that choose between kernels: what the op table's small cases never reach. The CPU backend is the
//! reference for shapes, f64 for functions.
#![cfg(target_arch = "wasm32")]

mod layouts;
mod losses;
mod products;
mod windows;

use std::rc::Rc;

use backend_cpu::CpuBackend;
use backend_wgpu::WgpuBackend;
use engine::ops::{Binary, Unary};
use engine::program::{Program, Step};
use engine::{ArgReduce, Backend, DType, HostData, Kernel, Layout, Operand, Reduce, Source, Target};
use tests::table::unary;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

async fn open() -> WgpuBackend {
    match backend_wgpu::open().await {
        Ok(backend) => backend,
        Err(reason) => panic!("these tests need WebGPU: {reason}"),
    }
}

/// Numbers between -1 and 1, the same in every run (Marsaglia's xorshift with 13, 17 and 5).
fn noise(len: usize) -> Vec<f32> {
    let mut state = 1u32;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..len).map(next).collect()
}

/// A function of float32.
fn single(step: Step) -> Kernel {
    let inputs = vec![DType::Float32; step.operands().count()];
    Kernel::Map(Rc::new(Program::single(step, &inputs)))
}

/// Runs one kernel on buffers with this content.
async fn run(
    backend: &dyn Backend,
    kernel: &Kernel,
    inputs: &[(&HostData, &Layout)],
    shape: &[usize],
    dtype: DType,
) -> engine::Result<HostData> {
    Ok(run_for(backend, kernel, inputs, shape, &[dtype]).await?.remove(0))
}

/// The same for several results of one shape.
async fn run_for(
    backend: &dyn Backend,
    kernel: &Kernel,
    inputs: &[(&HostData, &Layout)],
    shape: &[usize],
    dtypes: &[DType],
) -> engine::Result<Vec<HostData>> {
    let layout = Layout::contiguous(shape);
    let mut operands = Vec::new();
    for (data, layout) in inputs {
        let source = Source::Buffer(backend.upload(data)?);
        operands.push(Operand { source, dtype: data.dtype(), layout });
    }
    let mut targets = Vec::new();
    for &dtype in dtypes {
        targets.push(Target { buffer: backend.alloc(dtype, layout.numel())?, dtype, layout: &layout });
    }
    backend.dispatch(kernel, &operands, &targets)?;
    let mut results = Vec::new();
    for target in &targets {
        results.push(backend.read(target.buffer).await?);
        backend.free(target.buffer);
    }
    for operand in operands {
        if let Source::Buffer(id) = operand.source {
            backend.free(id);
        }
    }
    Ok(results)
}

fn widen(data: &HostData) -> HostData {
    match data {
        HostData::Float32(_) => HostData::Float64(data.to_f64()),
        other => other.clone(),
    }
}

/// Asserts that both backends agree up to `tolerance`, relative to the larger of 1 and the value.
async fn agree(
    gpu: &WgpuBackend,
    kernel: &Kernel,
    inputs: &[(&HostData, &Layout)],
    shape: &[usize],
    dtype: DType,
    tolerance: f64,
) {
    let cpu = CpuBackend::new();
    // Sums and products of real numbers are held against float64.
    let wide: Vec<(HostData, &Layout)> = inputs.iter().map(|&(data, layout)| (widen(data), layout)).collect();
    let wide: Vec<(&HostData, &Layout)> = wide.iter().map(|(data, layout)| (data, *layout)).collect();
    let wide_dtype =
        if wide[0].0.dtype() == DType::Float64 && dtype == DType::Float32 { DType::Float64 } else { dtype };
    let expected = run(&cpu, kernel, &wide, shape, wide_dtype).await;
    let found = run(gpu, kernel, inputs, shape, dtype).await;
    let [expected, found] =
        [expected, found].map(|out| out.unwrap_or_else(|error| panic!("{kernel:?}: {error}")).to_f64());
    assert_eq!(expected.len(), found.len(), "{kernel:?}");
    for (i, (&e, &f)) in expected.iter().zip(&found).enumerate() {
        let close = (e - f).abs() <= tolerance * e.abs().max(1.0) || e == f || e.is_nan() && f.is_nan();
        let layouts: Vec<_> = inputs.iter().map(|(_, layout)| layout).collect();
        assert!(close, "{kernel:?} of {layouts:?}: element {i} is {f}, not {e}");
    }
}

/// A dense layout whose last two dimensions are swapped in memory, or not.
fn lie(shape: &[usize], swapped: bool) -> Layout {
    let mut order: Vec<usize> = (0..shape.len()).collect();
    let mut stored = shape.to_vec();
    if swapped {
        order.swap(shape.len() - 2, shape.len() - 1);
        stored.swap(shape.len() - 2, shape.len() - 1);
    }
    Layout::contiguous(&stored).permute(&order)
}

#[wasm_bindgen_test]
async fn reductions_of_all_sizes_agree() {
    let gpu = open().await;
    for [rows, columns] in [
        [3, 40_000],
        [5000, 37],
        [17_000, 40],
        [10, 128],
        [9, 129],
        [600, 577],
        [30, 1025],
        [1, 1 << 17],
        [4, 20_000],
    ] {
        let mut values = noise(rows * columns);
        // A NaN in one row shows in Max and Min, and in no other row.
        values[columns / 2] = f32::NAN;
        let values = HostData::Float32(values);
        let integers: Vec<i64> = noise(rows * columns).iter().map(|x| (x * 1000.0) as i64).collect();
        let integers = HostData::Int64(integers);
        for swapped in [false, true] {
            let layout = lie(&[rows, columns], swapped);
            for op in [Reduce::Sum, Reduce::Max, Reduce::Min] {
                let kernel = Kernel::Reduce { op, dims: 1, of: None };
                // Of a sum, each element may cost its share of the last place; a missing one would cost 0.5.
                let tolerance = 1e-5 + 1e-8 * columns as f64;
                agree(&gpu, &kernel, &[(&values, &layout)], &[rows], DType::Float32, tolerance).await;
                agree(&gpu, &kernel, &[(&integers, &layout)], &[rows], DType::Int64, 0.0).await;
            }
            for op in [ArgReduce::Max, ArgReduce::Min] {
                let kernel = Kernel::ArgReduce(op);
                // Integers among 2000 values have many ties.
                agree(&gpu, &kernel, &[(&integers, &layout)], &[rows], DType::Int64, 0.0).await;
                agree(&gpu, &kernel, &[(&values, &layout)], &[rows], DType::Int64, 0.0).await;
            }
        }
    }
}

#[wasm_bindgen_test]
async fn log_softmax_of_all_sizes_agrees() {
    let gpu = open().await;
    for shape in [[3000, 10], [7, 5000], [2, 65], [17_000, 70]] {
        let x = HostData::Float32(noise(shape[0] * shape[1]).iter().map(|x| x * 50.0).collect());
        for swapped in [false, true] {
            let layout = lie(&shape, swapped);
            agree(&gpu, &Kernel::LogSoftmax, &[(&x, &layout)], &shape, DType::Float32, 2e-6).await;
        }
    }
}

#[wasm_bindgen_test]
async fn functions_are_as_good_as_float32_allows() {
    let gpu = open().await;
    let grid: Vec<f32> = (-20_000..=20_000).map(|i| i as f32 * 0.005).collect();
    let special = [0.0, -0.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, 88.8, -88.8, 1e30, -1e30, 1e-30];
    for op in Unary::ALL {
        // Where these go over to other formulas, a digit that 1 + x or eˣ − 1 loses counts three times.
        let cancels = matches!(op, Unary::Log1p | Unary::Expm1);
        let tolerance = if cancels { 5e-7 } else { 3e-7 };
        let mut x = grid.clone();
        // Of such large angles not every digit is kept.
        let huge_angles = matches!(op, Unary::Sin | Unary::Cos);
        x.extend(special.iter().filter(|x| !huge_angles || x.is_nan() || x.is_infinite() || x.abs() < 1e5));
        let layout = Layout::contiguous(&[x.len()]);
        let data = HostData::Float32(x.clone());
        let out =
            run(&gpu, &single(Step::Unary(op, 0)), &[(&data, &layout)], &[x.len()], DType::Float32).await;
        for (&x, y) in x.iter().zip(out.unwrap_or_else(|error| panic!("{error}")).into_f32()) {
            let expected = unary(op, f64::from(x));
            let exact = f64::from(expected as f32);
            // Sine and cosine lose relative precision near their zeros; the smallest numbers may become zero.
            let scale = if huge_angles { 1.0 } else { expected.abs() };
            let close = (f64::from(y) - expected).abs() <= tolerance * scale + 1.2e-38;
            assert!(
                close || f64::from(y) == exact || y.is_nan() && exact.is_nan(),
                "{op:?}({x}) = {y}, not {exact}"
            );
        }
    }
}

#[wasm_bindgen_test]
async fn powers_follow_the_rules_for_special_values() {
    let gpu = open().await;
    let values =
        [-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 2.5, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, 100.0];
    let pairs: Vec<(f32, f32)> = values.iter().flat_map(|&a| values.iter().map(move |&b| (a, b))).collect();
    let [x, y] =
        [0, 1].map(|side| pairs.iter().map(|p| if side == 0 { p.0 } else { p.1 }).collect::<Vec<f32>>());
    let (layout, x, y) = (Layout::contiguous(&[pairs.len()]), HostData::Float32(x), HostData::Float32(y));
    for (op, reference) in [
        (Binary::Pow, f64::powf as fn(f64, f64) -> f64),
        (Binary::Div, |a, b| a / b),
        (Binary::Add, |a, b| a + b),
    ] {
        let inputs = [(&x, &layout), (&y, &layout)];
        let out = run(&gpu, &single(Step::Binary(op, 0, 1)), &inputs, &[pairs.len()], DType::Float32).await;
        for (&(a, b), found) in pairs.iter().zip(out.unwrap_or_else(|error| panic!("{error}")).into_f32()) {
            let expected = reference(f64::from(a), f64::from(b)) as f32;
            // A power takes over the error of its exponent, 70 units in the last place of e⁷⁰.
            let close = (found - expected).abs() <= 4e-6 * expected.abs();
            let same = close || found == expected || found.is_nan() && expected.is_nan();
            assert!(same, "{op:?}({a}, {b}) = {found}, not {expected}");
        }
    }
}
