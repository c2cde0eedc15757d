"""The learning rates (and momenta) of every schedule, as PyTorch computes them.

Run from the top: /usr/bin/python3 tests/golden/schedule.py
"""

import json
import math
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler as S

warnings.simplefilter("ignore")


def optimizer(kind="SGD", lrs=(0.5, 0.02), **options):
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": lr} for lr in lrs]
    return getattr(torch.optim, kind)(groups, **options)


def trace(opt, step, steps):
    def now():
        row = [g["lr"] for g in opt.param_groups]
        for g in opt.param_groups[:1]:
            row.append(g["betas"][0] if "betas" in g else g["momentum"])
        return row

    rows = [now()]
    for t in range(steps):
        step(t)
        rows.append(now())
    return rows


def simple(make, steps=25, kind="SGD", **options):
    opt = optimizer(kind, **options)
    scheduler = make(opt)
    return trace(opt, lambda _: scheduler.step(), steps)


def plateau(metrics, **options):
    opt = optimizer()
    scheduler = S.ReduceLROnPlateau(opt, **options)
    return {"metrics": metrics, "rows": trace(opt, lambda t: scheduler.step(metrics[t]), len(metrics))}


def restarts_to(epochs):
    opt = optimizer()
    scheduler = S.CosineAnnealingWarmRestarts(opt, 3, 2, eta_min=1e-3)
    return {"epochs": epochs, "rows": trace(opt, lambda t: scheduler.step(epochs[t]), len(epochs))}


bumpy = [1.0, 0.9, 0.9, 0.95, 0.89, 0.8899, 0.8899, 0.9, 0.91, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.4, 0.6, 0.6]
out = {
    "step": simple(lambda o: S.StepLR(o, 4, 0.3)),
    "multi_step": simple(lambda o: S.MultiStepLR(o, [3, 7, 7, 12], 0.5)),
    "constant": simple(lambda o: S.ConstantLR(o, 1 / 3, 5)),
    "linear": simple(lambda o: S.LinearLR(o, 0.25, 0.75, 8)),
    "exponential": simple(lambda o: S.ExponentialLR(o, 0.9)),
    "polynomial": simple(lambda o: S.PolynomialLR(o, 10, 1.7)),
    "cosine": simple(lambda o: S.CosineAnnealingLR(o, 7, 1e-3), steps=30),
    "restarts": simple(lambda o: S.CosineAnnealingWarmRestarts(o, 3, 2, 1e-3), steps=30),
    "restarts_to": restarts_to([0.5, 1.0, 2.9, 3.0, 4.25, 8.999, 9.0, 20.5, 1.5]),
    "one_cycle": simple(lambda o: S.OneCycleLR(o, 1.0, total_steps=20), steps=20, momentum=0.9),
    "one_cycle_linear": simple(
        lambda o: S.OneCycleLR(o, [1.0, 0.1], epochs=4, steps_per_epoch=5, anneal_strategy="linear", three_phase=True, pct_start=0.4),
        steps=19,
        kind="Adam",
    ),
    "one_cycle_flat": simple(
        lambda o: S.OneCycleLR(o, 1.0, total_steps=12, cycle_momentum=False, div_factor=5, final_div_factor=10), steps=12
    ),
    "cyclic": simple(lambda o: S.CyclicLR(o, 0.01, 0.1, step_size_up=3, step_size_down=5, mode="triangular"), momentum=0.9),
    "cyclic2": simple(lambda o: S.CyclicLR(o, 0.01, 0.1, step_size_up=4, mode="triangular2", cycle_momentum=False)),
    "cyclic_exp": simple(
        lambda o: S.CyclicLR(o, 0.01, 0.1, step_size_up=4, mode="exp_range", gamma=0.9, cycle_momentum=False)
    ),
    "lambda": simple(lambda o: S.LambdaLR(o, lambda t: 0.95**t)),
    "multiplicative": simple(lambda o: S.MultiplicativeLR(o, lambda t: 1 / math.sqrt(t))),
    "sequential": simple(
        lambda o: S.SequentialLR(
            o, [S.LinearLR(o, 0.1, 1.0, 5), S.CosineAnnealingLR(o, 8), S.ExponentialLR(o, 0.5)], [5, 12]
        )
    ),
    "plateau": plateau(bumpy, patience=1, factor=0.5),
    "plateau_abs": plateau([-x for x in bumpy], mode="max", patience=0, threshold=0.05, threshold_mode="abs", cooldown=2, min_lr=0.01),
}


def error(make, kind="SGD"):
    try:
        make(optimizer(kind))
    except Exception as e:  # noqa: BLE001
        return str(e)
    raise AssertionError


def too_many(o):
    s = S.OneCycleLR(o, 1.0, total_steps=3, cycle_momentum=False)
    for _ in range(10):
        s.step()


out["errors"] = {
    "constant": error(lambda o: S.ConstantLR(o, 1.5)),
    "linear_start": error(lambda o: S.LinearLR(o, 1.5)),
    "linear_end": error(lambda o: S.LinearLR(o, 0.5, -0.1)),
    "restarts": error(lambda o: S.CosineAnnealingWarmRestarts(o, 0)),
    "restarts_mult": error(lambda o: S.CosineAnnealingWarmRestarts(o, 2, 0)),
    "one_cycle": error(too_many),
    "one_cycle_zero": error(lambda o: S.OneCycleLR(o, 1.0, total_steps=0)),
    "one_cycle_momentum": error(lambda o: S.OneCycleLR(o, 1.0, total_steps=5), "Adagrad"),
    "one_cycle_pct": error(lambda o: S.OneCycleLR(o, 1.0, total_steps=5, pct_start=1.5)),
    "one_cycle_lrs": error(lambda o: S.OneCycleLR(o, [1.0, 2.0, 3.0], total_steps=5)),
    "cyclic_momentum": error(lambda o: S.CyclicLR(o, 0.1, 0.2), "Adam"),
    "plateau": error(lambda o: S.ReduceLROnPlateau(o, factor=1.0)),
    "sequential": error(lambda o: S.SequentialLR(o, [S.ExponentialLR(o, 0.5)], [3])),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":")))
