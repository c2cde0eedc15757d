//! `torch.utils.data`: data sets, samplers and loaders, in Python; whole batches are taken at once where that comes to the same.

use engine::Tensor;

use crate::error::Result;
use crate::machine::Machine;
use crate::native::{Args, Native, NativeModule};
use crate::value::Value;

const fn again(name: &'static str, source: &'static str) -> NativeModule {
    NativeModule { name, functions: &[], classes: &[], build: None, source: Some(source) }
}

/// The modules of `torch.utils`.
pub(crate) const MODULES: &[NativeModule] = &[
    again("torch.utils", "import torch.utils.data\nimport torch.utils.checkpoint\n"),
    again("torch.utils.checkpoint", python!("torch/checkpoint.py")),
    again("torch.utils.tensorboard", python!("torch/tensorboard.py")),
    NativeModule {
        name: "torch.utils.data",
        functions: &[&[
            Native::new("_take(tensors, indices)", take),
            Native::new("_draw_seed(generator=None)", draw_seed),
        ]],
        classes: &[],
        build: None,
        source: Some(concat!(
            python!("torch/loading/dataset.py"),
            python!("torch/loading/sampler.py"),
            python!("torch/loading/loader.py")
        )),
    },
    again("torch.utils.data.dataset", "from torch.utils.data import *\n"),
    again("torch.utils.data.sampler", "from torch.utils.data import *\n"),
    again(
        "torch.utils.data.dataloader",
        "from torch.utils.data import *\nfrom torch.utils.data import default_collate\n",
    ),
];

/// The rows at these indices of each tensor, as a list: what stacking them one by one gives.
fn take(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let rows = a.ints(1)?;
    let n = rows.len();
    let mut taken = Vec::new();
    let mut index: Option<Tensor> = None;
    for tensor in a.tensors(0)? {
        let index = match &index {
            Some(index) if index.engine().same_as(tensor.engine()) => index,
            _ => index.insert(tensor.engine().tensor(rows.clone(), &[n])?),
        };
        taken.push(Value::from(tensor.index_select(0, index)?));
    }
    Ok(Value::list(taken))
}

/// The seed of an epoch: what `torch.empty((), dtype=torch.int64).random_()` draws, on the host, because a GPU's integers are
/// shorter.
fn draw_seed(vm: &mut Machine, args: &Args) -> Result<Value> {
    let engine = vm.engine();
    let draw = |engine: &engine::Engine| Ok(engine.generator(|g| (g.random64() & i64::MAX as u64) as i64));
    crate::torch::generator::drawn(vm, &engine, args, draw).map(Value::Int)
}
