//! Whether the op table is whole: every op and every public function must have a row.

use std::collections::HashSet;
use std::path::Path;
use std::rc::Rc;

use engine::autograd::{Options, grad};
use engine::ops::{
    ArgReduction, Binary, Compare, Convolution, Index, Op, Order, Pool, PoolStep, Reducer, Reduction,
    Statistic, Unary, View, Windows,
};
use engine::{ArgReduce, DType, Edge, Node, Part, Reduce, Result, Scan, Tensor};
use tests::case::Lie;
use tests::{modes, table};

/// Names the ops by pattern, so that a new one does not compile until it has a name here, and lists the names.
macro_rules! kinds {
    ($($pattern:pat => $name:literal),* $(,)?) => {
        const KINDS: &[&str] = &[$($name),*];

        fn kind(op: &Op) -> &'static str {
            match op {
                $($pattern => $name),*
            }
        }
    };
}

kinds! {
    Op::Unary(_) => "Unary",
    Op::Binary(_) => "Binary",
    Op::Compare(_) => "Compare",
    Op::Where => "Where",
    Op::Cast(_) => "Cast",
    Op::Clone => "Clone",
    Op::Reduce(Reduction { by: Reducer::Sum, .. }) => "Sum",
    Op::Reduce(Reduction { by: Reducer::Mean, .. }) => "Mean",
    Op::Reduce(Reduction { by: Reducer::Prod, .. }) => "Prod",
    Op::Reduce(Reduction { by: Reducer::Max, .. }) => "Max",
    Op::Reduce(Reduction { by: Reducer::Min, .. }) => "Min",
    Op::ArgReduce(ArgReduction { by: ArgReduce::Max, .. }) => "ArgMax",
    Op::ArgReduce(ArgReduction { by: ArgReduce::Min, .. }) => "ArgMin",
    Op::View(View::Reshape(_)) => "Reshape",
    Op::View(View::Permute(_)) => "Permute",
    Op::View(View::Expand(_)) => "Expand",
    Op::View(View::Slice { .. }) => "Slice",
    Op::View(View::Unslice { .. }) => "Unslice",
    Op::View(View::Diagonal(_)) => "Diagonal",
    Op::View(View::Undiagonal(..)) => "Undiagonal",
    Op::View(View::Flip(_)) => "Flip",
    Op::MatMul => "MatMul",
    Op::LogSoftmax { .. } => "LogSoftmax",
    Op::CrossEntropy { .. } => "CrossEntropy",
    Op::Index(Index::Gather { .. }) => "Gather",
    Op::Index(Index::Scatter { by: Some(Reduce::Sum), .. }) => "ScatterAdd",
    Op::Index(Index::Scatter { by: Some(Reduce::Prod | Reduce::Max | Reduce::Min), .. }) => "ScatterFold",
    Op::Index(Index::Scatter { by: None, .. }) => "Scatter",
    Op::Index(Index::Select { .. }) => "Select",
    Op::Index(Index::Batch { .. }) => "Batch",
    Op::Put(_) => "Put",
    Op::Custom(_) => "Custom",
    Op::Windows(Windows::Unfold { .. }) => "Unfold",
    Op::Windows(Windows::Fold { .. }) => "Fold",
    Op::Windows(Windows::Pad { .. }) => "Pad",
    Op::Convolution(Convolution { part: Part::Output, .. }) => "Convolution",
    Op::Convolution(Convolution { part: Part::Weight, .. }) => "ConvolutionWeight",
    Op::Convolution(Convolution { part: Part::Input, .. }) => "ConvolutionInput",
    Op::Pool(Pool { step: PoolStep::Places, .. }) => "PoolPlaces",
    Op::Pool(Pool { step: PoolStep::Largest, .. }) => "PoolLargest",
    Op::Pool(Pool { step: PoolStep::Spread, .. }) => "PoolSpread",
    Op::Statistic(Statistic::Softmax { .. }) => "Softmax",
    Op::Statistic(Statistic::LogSumExp { .. }) => "LogSumExp",
    Op::Statistic(Statistic::Norm { .. }) => "Norm",
    Op::Statistic(Statistic::Variance { .. }) => "Variance",
    Op::Cat(_) => "Cat",
    Op::Order(Order::Scan { by: Scan::Sum, .. }) => "CumSum",
    Op::Order(Order::Scan { by: Scan::Prod, .. }) => "CumProd",
    Op::Order(Order::Scan { by: Scan::Max, .. }) => "CumMax",
    Op::Order(Order::Scan { by: Scan::Min, .. }) => "CumMin",
    Op::Order(Order::ArgSort { .. }) => "ArgSort",
}

/// Ops that are not recorded, and so are found in the trace of kernels only, by the name of the function.
const UNRECORDED: [(&str, &str); 8] = [
    ("max_pool2d_with_indices", "PoolPlaces"),
    ("cummax", "CumMax"),
    ("cummin", "CumMin"),
    ("eq", "Compare"),
    ("argmax", "ArgMax"),
    ("argmin", "ArgMin"),
    ("argsort", "ArgSort"),
    ("batch", "Batch"),
];

/// What was recorded on the way to a tensor.
fn note(t: &Tensor, seen: &mut HashSet<u64>, found: &mut HashSet<&'static str>) {
    let mut rest: Vec<Rc<Node>> = t.grad_fn().into_iter().collect();
    while let Some(node) = rest.pop() {
        if seen.insert(node.seq()) {
            found.insert(kind(node.op()));
            rest.extend(node.edges().into_iter().filter_map(|edge| match edge {
                Edge::Node(node, _) => Some(node),
                Edge::None | Edge::Leaf(_) => None,
            }));
        }
    }
}

#[test]
fn every_op_is_run_by_a_row() -> Result<()> {
    let engine = modes::engine(false);
    let (mut seen, mut found) = (HashSet::new(), HashSet::new());
    let again = Options { create_graph: true, allow_unused: true, ..Options::default() };
    for case in table::all() {
        engine.trace(true);
        let inputs = case.tensors(&engine, DType::Float32, Lie::Dense)?;
        let reals: Vec<&Tensor> = inputs.iter().filter(|t| t.dtype() == DType::Float32).collect();
        reals.iter().try_for_each(|t| t.requires_grad_(true))?;
        let out = (case.run)(&inputs)?;
        note(&out, &mut seen, &mut found);
        if out.requires_grad() && case.smooth > 1 {
            let ones = engine.full(out.shape(), 1.0, out.dtype())?;
            let slopes = grad(&[&out], &reals, &[Some(&ones)], again)?;
            slopes.iter().flatten().for_each(|g| note(g, &mut seen, &mut found));
        }
        for launched in engine.trace(false) {
            let names = launched.ops.iter().map(|op| op.name);
            found
                .extend(names.filter_map(|name| UNRECORDED.iter().find(|(f, _)| *f == name)).map(|(_, k)| k));
        }
    }
    // What users write is tested with the tape: native/autograd.
    found.insert("Custom");
    let missing: Vec<_> = KINDS.iter().filter(|kind| !found.contains(*kind)).collect();
    assert!(missing.is_empty(), "no row runs {missing:?}");
    Ok(())
}

#[test]
fn every_elementwise_op_has_a_row() {
    // The names of the rows begin with the names of the ops.
    let names: Vec<String> = table::all().into_iter().map(|case| case.name).collect();
    let ops = Unary::ALL.map(Unary::name).into_iter();
    let ops = ops.chain(Binary::ALL.map(Binary::name)).chain(Compare::ALL.map(Compare::name));
    let missing: Vec<&str> = ops.filter(|op| !names.iter().any(|name| name.starts_with(op))).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}

/// Public functions that compute nothing, make options, are run under other names, or change what they are given.
const NO_ROW: [&str; 8] = [
    "named",
    "new",
    "stride",
    "storage_offset",
    "is_contiguous",
    "reduce_dims",
    "clip_grad_norm_",
    "clip_grad_value_",
];

/// What stands before a function where a row calls it.
const BEFORE: [&str; 9] = ["t[0].", "t[1].", "t[2].", " t.", " x.", "?.", "Tensor::", "nn::", "| "];

#[test]
fn every_public_function_has_a_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = |folder: &str| -> Vec<(String, String)> {
        let files = std::fs::read_dir(root.join(folder)).expect("the folder is there");
        let paths = files.filter_map(|file| Some(file.ok()?.path())).filter(|path| path.is_file());
        let read = |path: &Path| std::fs::read_to_string(path).expect("it can be read");
        paths.map(|path| (path.display().to_string(), read(&path))).collect()
    };
    let rows: String = sources("src/table").into_iter().map(|(_, text)| text).collect();
    let mut missing = Vec::new();
    let folders = ["ops/methods", "ops/methods/items", "nn", "nn/loss"];
    for (path, text) in folders.iter().flat_map(|f| sources(&format!("../crates/engine/src/{f}"))) {
        for line in text.lines().filter_map(|line| line.trim_start().strip_prefix("pub fn ")) {
            let name = line.split(['(', '<']).next().unwrap_or_default();
            // What waits for values is not here: rows do not wait.
            let exempt = path.ends_with("values.rs") || name == "$name" || NO_ROW.contains(&name);
            let mut calls = BEFORE
                .iter()
                .flat_map(|before| ["(", ")", ","].map(|after| format!("{before}{name}{after}")));
            if !exempt && !calls.any(|call| rows.contains(&call)) {
                missing.push(format!("{name} of {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "no row for:\n{}", missing.join("\n"));
}
