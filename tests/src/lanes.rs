//! What a backend in the browser must pass: the whole table, in float32, in every layout.

use engine::{DType, Engine, Memory};

use crate::case::Lie;
use crate::{check, table};

/// Every value of the table, in the engine's mode.
///
/// # Panics
/// If one differs: with all that do, in words.
pub async fn values(engine: &Engine) {
    let mut failures = Vec::new();
    for case in table::all() {
        for lie in Lie::ALL {
            failures.extend(check::forward(engine, &case, DType::Float32, lie).await.err());
        }
    }
    report(engine, &failures);
}

/// Every gradient of the table.
///
/// # Panics
/// If one differs: with all that do, in words.
pub async fn gradients(engine: &Engine) {
    let mut failures = Vec::new();
    for case in table::all().iter().filter(|case| case.smooth > 0) {
        for lie in Lie::ALL {
            failures.extend(check::gradient(engine, case, DType::Float32, lie).await.err());
        }
    }
    report(engine, &failures);
}

fn report(engine: &Engine, failures: &[String]) {
    // What nobody reads is left out.
    assert_eq!(engine.flush(), Ok(()));
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(engine.memory(), Memory::default(), "a case left buffers behind");
}
