//! The op table on the CPU, natively: values in float32 and float64, gradients and second gradients in float64.
#![cfg(not(target_arch = "wasm32"))]

mod coverage;

use engine::{DType, Engine};
use tests::case::{Case, Lie};
use tests::{check, modes, table};

/// Runs `check` on every case that `wanted` selects, and reports all that fail at once.
fn every_case(wanted: impl Fn(&Case) -> bool, check: impl Fn(&Engine, &Case) -> Vec<Result<(), String>>) {
    for fused in [false, true] {
        let engine = modes::engine(fused);
        let (mut ran, mut failures) = (0, Vec::new());
        for case in table::all().iter().filter(|case| wanted(case)) {
            ran += 1;
            failures.extend(check(&engine, case).into_iter().filter_map(Result::err));
        }
        let mode = if fused { "fused" } else { "eager" };
        assert!(failures.is_empty(), "{mode}: {} failures:\n{}", failures.len(), failures.join("\n"));
        assert!(ran > 50, "only {ran} cases ran");
        engine.flush().expect("what nobody reads is not computed");
        assert_eq!(engine.memory(), engine::Memory::default(), "{mode}: a case left buffers behind");
    }
}

#[test]
fn values_are_those_of_the_definition() {
    every_case(
        |_| true,
        |engine, case| {
            let checks =
                [DType::Float32, DType::Float64].into_iter().flat_map(|d| Lie::ALL.map(|lie| (d, lie)));
            let expected = check::value(case);
            checks
                .map(|(dtype, lie)| pollster::block_on(check::forward(engine, case, &expected, dtype, lie)))
                .collect()
        },
    );
}

#[test]
fn gradients_are_central_differences() {
    every_case(
        |case| case.smooth > 0,
        |engine, case| {
            let expected = check::differences(case);
            let check = |lie| check::gradient(engine, case, &expected, DType::Float64, lie);
            Lie::ALL.map(|lie| pollster::block_on(check(lie))).into()
        },
    );
}

#[test]
fn second_gradients_are_central_differences_of_the_first() {
    every_case(
        |case| case.smooth > 1,
        |engine, case| vec![pollster::block_on(check::second_gradient(engine, case))],
    );
}
