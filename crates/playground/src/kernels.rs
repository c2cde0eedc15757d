//! The kernels that compute a node: found by computing it again.

use engine::{Engine, Tensor};
use protocol::program::KernelInfo;

use crate::check::Recipe;

/// The kernels of each engine.
pub(crate) async fn of<'a>(recipe: &Recipe, engines: impl Iterator<Item = &'a Engine>) -> Vec<KernelInfo> {
    let mut all = Vec::new();
    for engine in engines {
        let Some(operands) = recipe.operands_on(engine) else { continue };
        engine.trace(true);
        let result: Option<Tensor> = recipe.run(&operands).ok();
        // In fused mode a kernel runs when it must.
        if result.is_some() && engine.flush().is_err() {
            engine.trace(false);
            continue;
        }
        for launched in engine.end_trace().await {
            all.push(KernelInfo {
                name: format!("{} ({})", launched.explanation.name, engine.backend().name()),
                ops: launched.ops.iter().map(|op| op.name.to_owned()).collect(),
                text: launched.explanation.source.clone(),
                dispatch: (launched.explanation.groups > 0).then_some([
                    launched.explanation.groups as u32,
                    1,
                    1,
                ]),
                bytes: launched.bytes,
                flops: launched.flops,
                millis: launched.time,
            });
        }
    }
    all
}
