"""Loss functions with their gradients, as PyTorch computes them.

Run from the top: /usr/bin/python3 tests/golden/loss.py
"""

import json
import math
import pathlib
import warnings

import torch
import torch.nn.functional as F

warnings.simplefilter("ignore")
generator = torch.Generator().manual_seed(11)
REDUCTIONS = ["none", "mean", "sum"]


def normal(*shape):
    return torch.randn(*shape, generator=generator, dtype=torch.float64).mul(2).round(decimals=3)


def unit(*shape):
    return torch.rand(*shape, generator=generator, dtype=torch.float64).round(decimals=3)


def pack(t):
    return {"shape": list(t.shape), "int": not t.is_floating_point(), "data": t.reshape(-1).tolist()}


def case(name, x, *others, reductions=REDUCTIONS, wants=(0,), **options):
    for reduction in reductions:
        leaves = [t.clone() for t in (x, *others)]
        for i in wants:
            leaves[i].requires_grad_()
        keyed = {k: torch.tensor(v, dtype=torch.float64) if isinstance(v, list) else v for k, v in options.items()}
        value = getattr(F, name)(*leaves, reduction=reduction, **keyed)
        value.sum().backward()
        yield {
            "name": name,
            "tensors": [pack(t.detach()) for t in leaves],
            "wants": list(wants),
            "options": {**options, "reduction": reduction},
            "value": pack(value.detach()),
            "grads": [pack(leaves[i].grad) for i in wants],
            "grad_fn": type(value.grad_fn).__name__,
        }


x, y = normal(3, 4), torch.tensor([1, 3, 0])
skip = torch.tensor([1, -100, 0])
weight = [0.5, 1.0, 2.0, 0.25]
image, image_y = normal(2, 3, 2, 2), torch.tensor([[[0, 2], [1, 1]], [[2, 2], [0, 1]]])
line, line_y = normal(2, 3, 2), torch.tensor([[0, 2], [1, 1]])
p = unit(3, 4)
cases = []
for name in ("cross_entropy", "nll_loss"):
    cases += case(name, x, y)
    cases += case(name, x, skip)
    cases += case(name, x, skip, weight=weight)
    cases += case(name, x, y, weight=weight, ignore_index=3)
    cases += case(name, image, image_y, reductions=["none", "mean"])
    cases += case(name, line, line_y, weight=weight[:3], ignore_index=1)
    cases += case(name, x[0], y[0])
cases += case("cross_entropy", x, y, label_smoothing=0.1)
cases += case("cross_entropy", x, skip, label_smoothing=0.2, weight=weight)
cases += case("cross_entropy", x, skip, label_smoothing=0.2)
cases += case("cross_entropy", image, image_y, label_smoothing=0.1, reductions=["mean"])
cases += case("cross_entropy", x, p, wants=(0, 1))
cases += case("cross_entropy", x, p, label_smoothing=0.1, weight=weight)
cases += case("cross_entropy", image, unit(2, 3, 2, 2), reductions=["mean"])
cases += case("cross_entropy", x[0], p[0])
a, b = normal(2, 3), normal(2, 3)
b[0, 0] = a[0, 0]
for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"):
    cases += case(name, a, b, wants=(0, 1))
cases += case("smooth_l1_loss", a, b, beta=2.5)
cases += case("smooth_l1_loss", a, b, beta=0.0)
cases += case("huber_loss", a, b, delta=0.3)
edge = torch.tensor([0.0, 1.0, 0.3, 0.0, 1.0, 0.9], dtype=torch.float64)
hits = torch.tensor([0.0, 1.0, 1.0, 1.0, 0.0, 0.25], dtype=torch.float64)
cases += case("binary_cross_entropy", edge, hits)
cases += case("binary_cross_entropy", unit(2, 3), unit(2, 3), weight=[0.5, 1.0, 2.0])
extreme = torch.tensor([-200.0, 200.0, 0.0, 1.5, -30.0, 3.0], dtype=torch.float64)
cases += case("binary_cross_entropy_with_logits", extreme, hits, wants=(0, 1))
cases += case("binary_cross_entropy_with_logits", a, unit(2, 3), weight=[0.5, 1.0, 2.0], pos_weight=[3.0, 1.0, 0.5])
q = unit(2, 3)
q[0, 1] = 0
kl = REDUCTIONS + ["batchmean"]
cases += case("kl_div", a, q, reductions=kl)
cases += case("kl_div", a, b, reductions=kl, wants=(0, 1), log_target=True)
cases += case("multi_margin_loss", x, y)
cases += case("multi_margin_loss", x, y, p=2, margin=0.5, weight=weight)
cases += case("multi_margin_loss", x[0], y[0])
signs = torch.tensor([[1.0, -1.0, 1.0], [-1.0, -1.0, 1.0]], dtype=torch.float64)
cases += case("hinge_embedding_loss", a, signs, margin=0.8)
cases += case("soft_margin_loss", a, signs)
cases += case("margin_ranking_loss", a, b, signs, wants=(0, 1), margin=0.4)
cases += case("cosine_embedding_loss", normal(4, 3), normal(4, 3), torch.tensor([1.0, -1, -1, 1]).double(), wants=(0, 1), margin=0.1)
cases += case("gaussian_nll_loss", a, b, unit(2, 1), wants=(0, 2), full=True)
cases += case("gaussian_nll_loss", a, b, torch.tensor([[1e-9, 0.5, 2.0], [1.0, 1.0, 0.1]]).double(), wants=(0, 2))
cases += case("poisson_nll_loss", a, unit(2, 3).mul(5), full=True)
cases += case("poisson_nll_loss", unit(2, 3), unit(2, 3).mul(5), log_input=False)


def clip(max_norm, norm_type):
    grads = [normal(2, 2), normal(3)]
    params = [torch.nn.Parameter(torch.zeros_like(g)) for g in grads]
    for param, g in zip(params, grads):
        param.grad = g.clone()
    norm = torch.nn.utils.clip_grad_norm_(params, max_norm, norm_type)
    return {
        "max_norm": max_norm,
        "norm_type": "inf" if math.isinf(norm_type) else norm_type,
        "before": [pack(g) for g in grads],
        "after": [pack(p.grad) for p in params],
        "norm": norm.item(),
    }


clips = [clip(1.0, 2.0), clip(100.0, 2.0), clip(1.5, 1.0), clip(0.5, math.inf), clip(1.0, 3.0)]
out = {"cases": cases, "clips": clips}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":")))
