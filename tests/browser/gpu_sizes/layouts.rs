//! Operands that lie in many ways, and indices: rows as a batch, scattering, broadcasting.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use backend_wgpu::WgpuBackend;
use engine::ops::Binary;
use engine::program::{Program, Step};
use engine::{DType, HostData, Kernel, Layout, Reduce};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{agree, noise, open, run};

#[wasm_bindgen_test]
async fn rows_of_bytes_become_a_batch() {
    let gpu = open().await;
    let (rows, length) = (500, 785);
    let bytes = HostData::UInt8((0..rows * length).map(|i| (i * 7 % 256) as u8).collect());
    let index = HostData::Int64((0..128).map(|i| i * 37 % rows as i64).collect());
    let (lx, ly) = (Layout::contiguous(&[rows, length]), Layout::contiguous(&[128]));
    let inputs = [(&bytes, &lx), (&index, &ly)];
    let kernel = Kernel::Batch { scale: 1.0 / 255.0 };
    agree(&gpu, &kernel, &inputs, &[128, length], DType::Float32, 0.0).await;
    agree(&gpu, &Kernel::IndexSelect, &inputs, &[128, length], DType::UInt8, 0.0).await;
    // Rows of whole words, which begin where a word does or do not.
    for (length, offset) in [(784, 0), (780, 1560), (780, 1561), (12, 12)] {
        let whole = Layout { offset, ..Layout::contiguous(&[(rows * 785 - offset) / length, length]) };
        agree(&gpu, &kernel, &[(&bytes, &whole), (&index, &ly)], &[128, length], DType::Float32, 0.0).await;
    }
    // The other way round: 100,480 sums that look through 128 rows each.
    let spread = HostData::Float32(noise(128 * length));
    let lanes =
        Layout { shape: [length, 128].as_slice().into(), strides: [0, 1].as_slice().into(), offset: 0 };
    let columns = Layout::contiguous(&[128, length]).permute(&[1, 0]);
    let (zeros, whole) = (HostData::Float32(vec![0.0; length * rows]), Layout::contiguous(&[length, rows]));
    let inputs = [(&spread, &columns), (&index, &lanes), (&zeros, &whole)];
    for add in [true, false] {
        agree(
            &gpu,
            &Kernel::Scatter { by: add.then_some(Reduce::Sum) },
            &inputs,
            &[length, rows],
            DType::Float32,
            1e-6,
        )
        .await;
    }
}

#[wasm_bindgen_test]
async fn many_indices_are_scattered_in_their_order() {
    let gpu = open().await;
    for (rows, indices, size, shared) in [(3, 700, 1100, false), (40, 300, 90, true), (2, 65, 2048, false)] {
        let named = |i: usize| (i * i * 31 % (size + 9)) as i64 - 4;
        let count = if shared { indices } else { rows * indices };
        let index: Vec<i64> = (0..count).map(named).collect();
        let strides = [if shared { 0 } else { indices as isize }, 1];
        let lie = |shape: [usize; 2], strides: [isize; 2]| Layout {
            shape: shape.as_slice().into(),
            strides: strides.as_slice().into(),
            offset: 0,
        };
        let (x, z) = (noise(rows * indices), noise(rows * size));
        let layouts = [
            Layout::contiguous(&[rows, indices]),
            lie([rows, indices], strides),
            Layout::contiguous(&[rows, size]),
        ];
        let data =
            [HostData::Float32(x.clone()), HostData::Int64(index.clone()), HostData::Float32(z.clone())];
        let inputs: Vec<_> = data.iter().zip(&layouts).collect();
        for by in [None, Some(Reduce::Sum), Some(Reduce::Max)] {
            let mut expected = z.clone();
            for (i, &v) in x.iter().enumerate() {
                let (row, j) = (i / indices, i % indices);
                let place = index[row * strides[0] as usize + j];
                if (0..size as i64).contains(&place) {
                    let old = &mut expected[row * size + place as usize];
                    *old = match by {
                        Some(Reduce::Sum) => *old + v,
                        Some(Reduce::Max) => old.max(v),
                        _ => v,
                    };
                }
            }
            let found = run(&gpu, &Kernel::Scatter { by }, &inputs, &[rows, size], DType::Float32).await;
            assert_eq!(found, Ok(HostData::Float32(expected)), "{by:?} of {rows} × {indices} in {size}");
        }
    }
}

/// Ways in which an operand of a chain over `[3, rows, columns]` may lie: whole, a row or a column for all, with gaps, turned
/// round, from any place on. Some can be read four elements at a time, some cannot.
fn broadcast([rows, columns]: [usize; 2]) -> Vec<Layout> {
    let shape = [3, rows, columns];
    let (r, c) = (rows as isize, columns as isize);
    let strides = [
        [r * c, c, 1],
        [0, 0, 1],
        [0, 1, 0],
        [1, 0, 0],
        [0, c, 1],
        [r * (c + 4), c + 4, 1],
        [c, 0, 1],
        [r, 1, 3 * r],
    ];
    let lie = |strides: [isize; 3], offset| Layout {
        shape: shape.as_slice().into(),
        strides: strides.as_slice().into(),
        offset,
    };
    strides.into_iter().flat_map(|strides| [0, 3, 4].map(|offset| lie(strides, offset))).collect()
}

/// Asserts that both backends compute the same bits.
async fn same(
    gpu: &WgpuBackend,
    kernel: &Kernel,
    inputs: &[(&HostData, &Layout)],
    shape: &[usize],
    dtype: DType,
) {
    let expected = run(&CpuBackend::new(), kernel, inputs, shape, dtype).await;
    assert!(expected.is_ok(), "{kernel:?}: {expected:?}");
    let layouts: Vec<_> = inputs.iter().map(|(_, layout)| layout).collect();
    assert_eq!(run(gpu, kernel, inputs, shape, dtype).await, expected, "{kernel:?} of {layouts:?}");
}

#[wasm_bindgen_test]
async fn broadcast_operands_are_read_as_they_lie() {
    let gpu = open().await;
    for size in [[6, 8], [5, 7], [1, 12], [4, 1]] {
        let shape = [3, size[0], size[1]];
        let whole = Layout::contiguous(&shape);
        let reals = HostData::Float32(noise(1000));
        let truths = HostData::Bool((0..1000).map(|i| i % 3 == 0).collect());
        let bytes = HostData::UInt8((0..1000).map(|i| (i * 7 % 256) as u8).collect());
        let program = |step, inputs: &[DType]| Kernel::Map(Rc::new(Program::single(step, inputs)));
        let (real, byte) = (DType::Float32, DType::UInt8);
        for layout in broadcast(size) {
            let sum = program(Step::Binary(Binary::Add, 0, 1), &[real, real]);
            same(&gpu, &sum, &[(&reals, &whole), (&reals, &layout)], &shape, real).await;
            let choice = program(Step::Where(0, 1, 2), &[DType::Bool, real, real]);
            let inputs = [(&truths, &layout), (&reals, &whole), (&reals, &layout)];
            same(&gpu, &choice, &inputs, &shape, real).await;
            let bytewise = program(Step::Where(0, 1, 2), &[DType::Bool, byte, byte]);
            let inputs = [(&truths, &whole), (&bytes, &whole), (&bytes, &layout)];
            same(&gpu, &bytewise, &inputs, &shape, byte).await;
            let cast = program(Step::Cast(real, 0), &[byte]);
            same(&gpu, &cast, &[(&bytes, &layout)], &shape, real).await;
        }
    }
}
