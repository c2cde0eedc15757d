"""Twenty updates of every optimizer, with what it remembers, as PyTorch computes them.

Run from the top: /usr/bin/python3 tests/golden/optim.py
"""

import json
import pathlib

import torch

STEPS = 20
generator = torch.Generator().manual_seed(7)
start = torch.randn(4, generator=generator, dtype=torch.float64)
grads = torch.randn(STEPS, 4, generator=generator, dtype=torch.float64)

CASES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.05}),
    ("SGD", {"lr": 0.05, "momentum": 0.8, "nesterov": True, "maximize": True}),
    ("Adagrad", {}),
    ("Adagrad", {"lr": 0.1, "lr_decay": 0.2, "weight_decay": 0.1, "initial_accumulator_value": 0.5}),
    ("Adagrad", {"lr": 0.1, "eps": 1e-3, "maximize": True}),
    ("Adadelta", {}),
    ("Adadelta", {"lr": 0.7, "rho": 0.8, "eps": 1e-4, "weight_decay": 0.1, "maximize": True}),
    ("RMSprop", {}),
    ("RMSprop", {"lr": 0.02, "alpha": 0.9, "eps": 1e-3, "weight_decay": 0.1, "momentum": 0.7}),
    ("RMSprop", {"lr": 0.02, "centered": True, "maximize": True}),
    ("RMSprop", {"lr": 0.02, "centered": True, "momentum": 0.5}),
    ("Adam", {}),
    ("Adam", {"lr": 0.1, "betas": [0.8, 0.95], "eps": 1e-4, "weight_decay": 0.1}),
    ("Adam", {"lr": 0.1, "amsgrad": True, "maximize": True}),
    ("AdamW", {}),
    ("AdamW", {"lr": 0.1, "betas": [0.8, 0.95], "weight_decay": 0.3, "amsgrad": True}),
    ("NAdam", {}),
    ("NAdam", {"lr": 0.05, "betas": [0.8, 0.95], "weight_decay": 0.1, "momentum_decay": 0.1}),
    ("Adamax", {}),
    ("Adamax", {"lr": 0.05, "betas": [0.8, 0.95], "weight_decay": 0.1, "maximize": True}),
    ("RAdam", {}),
    ("RAdam", {"lr": 0.05, "betas": [0.8, 0.9], "weight_decay": 0.1}),
]


def build(name, params, options):
    options = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
    return getattr(torch.optim, name)(params, **options)


def run(name, options, dtype):
    p = torch.nn.Parameter(start.to(dtype, copy=True))
    optimizer = build(name, [p], options)
    trace = []
    for step in range(STEPS):
        p.grad = grads[step].to(dtype)
        optimizer.step()
        if step in (0, STEPS - 1):
            trace.append(p.tolist())
    remembered = {}
    for key, value in optimizer.state[p].items():
        if isinstance(value, torch.Tensor):
            value = value.tolist()
        if value is not None:
            remembered[key] = value
    return {"trace": trace, "state": remembered, "repr": repr(optimizer)}


def error(name, options, params=None):
    params = [torch.nn.Parameter(torch.zeros(2))] if params is None else params
    try:
        build(name, params, options)
    except Exception as e:  # noqa: BLE001
        return {"name": name, "options": options, "text": str(e)}
    raise AssertionError(name)


cases = [
    {
        "name": name,
        "options": options,
        "float64": run(name, options, torch.float64),
        "float32": run(name, options, torch.float32),
    }
    for name, options in CASES
]
errors = [
    error("SGD", {}),
    error("SGD", {"lr": -1.0}),
    error("SGD", {"lr": 0.1, "momentum": -1}),
    error("SGD", {"lr": 0.1, "weight_decay": -0.5}),
    error("SGD", {"lr": 0.1, "nesterov": True}),
    error("SGD", {"lr": 0.1, "nesterov": True, "momentum": 0.9, "dampening": 0.1}),
    error("SGD", {"lr": 0.1, "betas": [0.5, 0.5]}),
    error("Adam", {"betas": [1.5, 0.9]}),
    error("Adam", {"betas": [0.5, 1.0]}),
    error("Adam", {"eps": -1e-8}),
    error("AdamW", {"weight_decay": -1.0}),
    error("NAdam", {"momentum_decay": -0.1}),
    error("Adagrad", {"initial_accumulator_value": -1.0}),
    error("Adagrad", {"lr_decay": -1.0}),
    error("Adadelta", {"rho": 1.5}),
    error("RMSprop", {"alpha": -1.0}),
    error("RMSprop", {"momentum": -1.0}),
    error("Adam", {}, params=[]),
]
out = {"start": start.tolist(), "grads": grads.tolist(), "cases": cases, "errors": errors}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":")))
