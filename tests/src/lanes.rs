//! What a backend in the browser must pass: the whole table, in float32, in every layout, eager and fused.

use engine::{DType, Engine, Memory};

use crate::case::Lie;
use crate::{check, table};

/// Eager and fused.
const MODES: [bool; 2] = [false, true];

/// Every value of the table, in both modes of the engine.
///
/// # Panics
/// If one differs: with all that do, in words.
pub async fn values(engine: &Engine) {
    let mut failures = Vec::new();
    for case in table::all() {
        let expected = check::value(&case);
        for fused in MODES {
            engine.set_fused(fused);
            for lie in Lie::ALL {
                let outcome = check::forward(engine, &case, &expected, DType::Float32, lie).await;
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
    for case in table::all().iter().filter(|case| case.smooth > 0) {
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
