//! Products, by the kernels of cards and by those of processors that play one, by themselves and with a program behind
//! them. What a device is does not matter for what its kernels compute.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use backend_wgpu::WgpuBackend;
use engine::ops::{Binary, Compare, Unary};
use engine::program::{Program, Step};
use engine::{DType, HostData, Kernel, Layout};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{agree, lie, noise, open, run, run_for};

/// B, M, K and N.
const SIZES: [[usize; 4]; 12] = [
    [4, 200, 70, 250],
    [1, 600, 33, 513],
    [1, 10, 4096, 60],
    [2, 100, 300, 50],
    [1, 128, 784, 10],
    [1, 10, 128, 784],
    [1, 1, 784, 10],
    [3, 17, 1, 18],
    [2, 5, 300, 1],
    [1, 3, 0, 2],
    [1, 210, 129, 208],
    [2, 129, 130, 131],
];

async fn both() -> [WgpuBackend; 2] {
    [open().await, open().await.as_card()]
}

/// Which of the factors lie transposed: all four ways, and of those the two that between them load both factors in both ways.
const SWAPPED: [&[(bool, bool)]; 2] =
    [&[(false, false), (true, false), (false, true), (true, true)], &[(false, false), (true, true)]];

#[wasm_bindgen_test]
async fn products_of_all_sizes_agree() {
    for (gpu, swapped) in both().await.iter().zip(SWAPPED) {
        for [b, m, k, n] in SIZES {
            let (x, y) = (HostData::Float32(noise(b * m * k)), HostData::Float32(noise(b * k * n)));
            for &(x_swapped, y_swapped) in swapped {
                let (lx, ly) = (lie(&[b, m, k], x_swapped), lie(&[b, k, n], y_swapped));
                let inputs = [(&x, &lx), (&y, &ly)];
                let kernel = Kernel::MatMul { then: None };
                agree(gpu, &kernel, &inputs, &[b, m, n], DType::Float32, 2e-5).await;
            }
        }
    }
}

#[wasm_bindgen_test]
async fn what_becomes_of_products_agrees() {
    let real = DType::Float32;
    let steps = vec![
        Step::Binary(Binary::Add, 0, 1),
        Step::Binary(Binary::Mul, 4, 2),
        Step::Compare(Compare::Gt, 5, 3),
        Step::Unary(Unary::Relu, 5),
    ];
    let program = Program { inputs: vec![real; 4], steps, outputs: vec![7, 6] };
    let kernel = Kernel::MatMul { then: Some(Rc::new(program)) };
    for gpu in both().await {
        for [b, m, k, n] in SIZES {
            let (x, y) = (HostData::Float32(noise(b * m * k)), HostData::Float32(noise(b * k * n)));
            let [row, column, whole] = [n, m + 1, b * m * n].map(|len| HostData::Float32(noise(len)));
            let product = &Kernel::MatMul { then: None };
            let (lx, ly) = (lie(&[b, m, k], false), lie(&[b, k, n], true));
            let wide = [&x, &y].map(|data| HostData::Float64(data.to_f64()));
            let wide_inputs = [(&wide[0], &lx), (&wide[1], &ly)];
            let expected = run(&CpuBackend::new(), product, &wide_inputs, &[b, m, n], DType::Float64).await;
            let expected = expected.expect("it runs").to_f64();
            // Without a batch, the tensors have two dimensions.
            let shape = if b == 1 { vec![m, n] } else { vec![b, m, n] };
            let strides = |row: isize, column: isize| Layout {
                strides: [0, row, column][3 - shape.len()..].into(),
                ..Layout::contiguous(&shape)
            };
            let lies = [strides(0, 1), Layout { offset: 1, ..strides(1, 0) }, Layout::contiguous(&shape)];
            let inputs = [(&x, &lx), (&y, &ly), (&row, &lies[0]), (&column, &lies[1]), (&whole, &lies[2])];
            for dtypes in [&[real, DType::Bool][..], &[real, DType::Bool, real]] {
                let found = run_for(&gpu, &kernel, &inputs, &shape, dtypes).await.expect("it runs");
                let found: Vec<Vec<f64>> = found.iter().map(HostData::to_f64).collect();
                let [row, column, whole] = [&row, &column, &whole].map(HostData::to_f64);
                for (i, &p) in expected.iter().enumerate() {
                    let value = (p + row[i % n]) * column[1 + i / n % m];
                    let close = |a: f64, b: f64| (a - b).abs() <= 4e-5 * b.abs().max(1.0);
                    let place = format!("element {i} of {:?}", [b, m, k, n]);
                    assert!(close(found[0][i], value.max(0.0)), "{place} is {}, not {value}", found[0][i]);
                    let sure = (value - whole[i]).abs() > 1e-4;
                    let above = f64::from(u8::from(value > whole[i]));
                    assert!(!sure || found[1][i] == above, "{place}: {value} against {}", whole[i]);
                    assert!(dtypes.len() < 3 || close(found[2][i], p), "{place}: the product {p}");
                }
            }
        }
    }
}
