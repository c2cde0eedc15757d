"""Random programs of views and writes, with the gradients that PyTorch gives. Writes autograd.json."""
import json
import pathlib
import random

import torch


def view(rng, t):
    kind = rng.randrange(3)
    if kind == 0 and t.dim():
        d = rng.randrange(t.dim())
        a = rng.randrange(t.shape[d])
        step = rng.randrange(1, 3)
        return ["slice", d, a, step], t[(slice(None),) * d + (slice(a, None, step),)]
    if kind == 1 and t.dim() == 2:
        return ["t"], t.t()
    if t.is_contiguous():
        return ["flat"], t.view(-1)
    return ["t"], t.t() if t.dim() == 2 else t


def write(rng, t, others):
    op = rng.choice(["mul", "add", "copy", "sin", "zero", "pow", "fill"])
    if op in ("mul", "add", "copy"):
        fits = [i for i, o in enumerate(others) if o.shape == t.shape and o is not t] + [None]
        i = rng.choice(fits)
        other = 1.5 if i is None else others[i]
        if op == "copy":
            t.copy_(torch.tensor(other) if i is None else other * 0.5)
        else:
            getattr(t, op + "_")(other if i is None else other * 0.5)
        return [op, i]
    {"sin": t.sin_, "zero": t.zero_, "pow": lambda: t.pow_(2), "fill": lambda: t.fill_(0.25)}[op]()
    return [op]


def program(seed):
    rng = random.Random(seed)
    torch.manual_seed(seed)
    x = torch.rand(2, 3, dtype=torch.float64, requires_grad=True)
    w = torch.rand(2, 3, dtype=torch.float64, requires_grad=True)
    tensors, steps = [x * 1, w * 1, torch.full((2, 3), 0.5, dtype=torch.float64)], []
    for _ in range(rng.randrange(3, 9)):
        i = rng.randrange(len(tensors))
        if rng.random() < 0.5:
            step, out = view(rng, tensors[i])
            if out is tensors[i]:
                continue
            tensors.append(out)
            steps.append(["view", i] + step)
        else:
            steps.append(["write", i] + write(rng, tensors[i], tensors))
    loss = sum((t * t).sum() * (k + 1) for k, t in enumerate(tensors))
    case = {"x": x.flatten().tolist(), "w": w.flatten().tolist(), "steps": steps}
    case["values"] = [t.flatten().tolist() for t in tensors]
    try:
        g = torch.autograd.grad(loss, [x, w], allow_unused=True)
        case["gradients"] = [None if t is None else t.flatten().tolist() for t in g]
    except RuntimeError as e:
        if "modified by an inplace" not in str(e):
            return None
        case["error"] = True
    return case


def attempt(seed):
    try:
        return program(seed)
    except RuntimeError:
        return None  # overlapping operands: tested apart


cases = [c for c in map(attempt, range(140)) if c]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print(len(cases), sum("error" in c for c in cases), path.stat().st_size)
