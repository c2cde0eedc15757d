//! All variants at once, for those who look at each.

use engine::{ArgReduce, DType, Reduce, Scan};

use super::{Sliding, Spread, Tiles, Variant};

/// Every variant that the backend can ask for.
pub fn variants() -> Vec<Variant> {
    let types = [DType::Bool, DType::UInt8, DType::Int64, DType::Float32, DType::Float64];
    let mut all = vec![Ok(Variant::batch(false)), Ok(Variant::batch(true)), Ok(Variant::locate())];
    for dtype in types {
        for flag in [false, true] {
            all.extend(types.map(|from| Variant::copy(from, dtype, flag)));
            all.extend([ArgReduce::Max, ArgReduce::Min].map(|op| Variant::arg_reduce(op, dtype, flag)));
            all.push(Variant::log_softmax(dtype, flag));
            all.extend([Variant::argsort(dtype, flag), Variant::merge(dtype, flag)]);
        }
        for entry in ["serial", "serial_one", "row", "tree"] {
            let folds = [Reduce::Sum, Reduce::Prod, Reduce::Max, Reduce::Min];
            all.extend(folds.map(|op| Variant::reduce(op, dtype, entry)));
        }
        all.extend([Tiles::None, Tiles::Small, Tiles::Large].map(|tiles| Variant::matmul(dtype, tiles)));
        all.push(Variant::gather(dtype));
        let folds = [None, Some(Reduce::Sum), Some(Reduce::Prod), Some(Reduce::Max), Some(Reduce::Min)];
        for sorted in [false, true].into_iter().filter(|sorted| !sorted || dtype != DType::UInt8) {
            all.extend(folds.map(|op| Variant::scatter(dtype, op, sorted)));
        }
        all.extend([Scan::Sum, Scan::Prod, Scan::Max, Scan::Min].map(|op| Variant::scan(op, dtype)));
        all.extend([Variant::index_select(dtype), Variant::cross_entropy(dtype)]);
        all.extend([Variant::cross_entropy_grad(dtype), Variant::cross_entropy_both(dtype)]);
        all.push(Variant::fold(dtype));
        for vectors in 1..=3 {
            let slides = [Sliding::Inside, Sliding::ByOne, Sliding::Any];
            all.extend(slides.map(|sliding| Variant::convolve(dtype, sliding, vectors)));
        }
        all.push(Variant::max_pool(dtype));
        let steps = [Spread::Sum, Spread::Clear, Spread::Put];
        all.extend(steps.map(|step| Variant::max_pool_grad(dtype, step)));
    }
    // An error is a combination that is refused.
    all.into_iter().flatten().collect()
}
