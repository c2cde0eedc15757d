//! `torch.optim`: optimizers and schedulers. Their groups and what they remember are dicts of the program, written in Python; the
//! update of a parameter is the engine's.

mod step;

use crate::native::NativeModule;

/// The modules of `torch.optim`.
pub(crate) const MODULES: &[NativeModule] = &[
    NativeModule {
        name: "torch.optim",
        functions: &[step::FUNCTIONS],
        classes: &[],
        build: None,
        source: Some(concat!(python!("torch/optim/optimizer.py"), python!("torch/optim/algorithms.py"))),
    },
    NativeModule {
        name: "torch.optim.optimizer",
        functions: &[],
        classes: &[],
        build: None,
        source: Some("from torch.optim import Optimizer, required\n"),
    },
    NativeModule {
        name: "torch.optim.lr_scheduler",
        functions: &[],
        classes: &[],
        build: None,
        source: Some(concat!(python!("torch/optim/scheduler.py"), python!("torch/optim/cycles.py"))),
    },
    NativeModule {
        name: "torch.optim.swa_utils",
        functions: &[],
        classes: &[],
        build: None,
        source: Some(python!("torch/optim/averages.py")),
    },
];
