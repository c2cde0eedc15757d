//! What a backend in the browser must pass: the whole table, in every layout, eager and fused.

use engine::{DType, Engine, Memory};

use crate::case::Lie;
use crate::{check, table};

/// Eager and fused.
const MODES: [bool; 2] = [false, true];

/// Every value of the table, in both modes of the engine, with real numbers of each type that the device has.
///
/// # Panics
/// If one differs: with all that do, in words.
pub async fn values(engine: &Engine, reals: &[DType]) {
    let wide = reals.contains(&DType::Float64);
    let mut failures = Vec::new();
    for case in table::all().iter().filter(|case| wide || !case.wide) {
        let expected = check::value(case);
        for fused in MODES {
            engine.set_fused(fused);
            for (&real, lie) in reals.iter().flat_map(|real| Lie::ALL.map(|lie| (real, lie))) {
                let outcome = check::forward(engine, case, &expected, real, lie).await;
                failures.extend(outcome.err().map(|why| in_mode(fused, &why)));
            }
        }
    }
    report(engine, &failures);
}

/// Every gradient of the table, in both modes of the engine.
///
/// # Panics
/// If one differs: with all that do, in words.
pub async fn gradients(engine: &Engine) {
    let mut failures = Vec::new();
    for case in table::all().iter().filter(|case| case.smooth > 0 && !case.wide) {
        let expected = check::differences(case);
        for fused in MODES {
            engine.set_fused(fused);
            for lie in Lie::ALL {
                let outcome = check::gradient(engine, case, &expected, DType::Float32, lie).await;
                failures.extend(outcome.err().map(|why| in_mode(fused, &why)));
            }
        }
    }
    report(engine, &failures);
}

fn in_mode(fused: bool, why: &str) -> String {
    format!("{}: {why}", if fused { "fused" } else { "eager" })
}

fn report(engine: &Engine, failures: &[String]) {
    // What nobody reads is left out.
    assert_eq!(engine.flush(), Ok(()));
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(engine.memory(), Memory::default(), "a case left buffers behind");
}
