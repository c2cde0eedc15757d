"""Writes middle.json: extremes and middles of all elements and along a dimension, extremes so far, and what is folded
into the places of an index.

Run with PyTorch 1.13: python3 tests/golden/middle.py
"""

import json
import math
import pathlib

import torch

NAN = math.nan
DATA = {
    "ties": ([2, 4], [3.0, 1, 2, 2, 5, 5, 4, 1]),
    "nan": ([2, 4], [3.0, 1, 2, 2, 5, NAN, 4, NAN]),
    "odd": ([3, 5], [0.5, -1, 2, 0.5, 0.25, 7, 7, -7, 7, 1, 0, -math.inf, math.inf, 3, 3]),
    "five": ([5], [2.0, 1, 2, 2, 3]),
    "scalar": ([], [3.0]),
    "empty": ([0], []),
    "no columns": ([2, 0], []),
    "cube": ([2, 2, 3], [1.0, -2, 3, 3, 0, 3, -1, 5, 2, 2, 2, 8]),
}
WHOLE = {
    "int64": (torch.int64, [4], [1, 2, 2, -3]),
    "uint8": (torch.uint8, [5], [7, 0, 255, 7, 1]),
    "bool": (torch.bool, [3], [True, False, True]),
}


def number(v):
    return str(v) if isinstance(v, float) and not math.isfinite(v) else v


def told(t):
    return {"shape": list(t.shape), "dtype": str(t.dtype), "data": [number(v) for v in t.flatten().tolist()]}


def outcome(function, t):
    try:
        out = function(t)
    except Exception as error:
        return {"error": str(error)}
    value, place = out if isinstance(out, tuple) else (out, None)
    found = {"value": told(value), "place": None if place is None else told(place)}
    if value.requires_grad:
        found["fn"] = type(value.grad_fn).__name__
        if found["fn"] != "NotImplemented":
            weights = torch.arange(1.0, value.numel() + 1).reshape(value.shape)
            found["grad"] = told(torch.autograd.grad(value, t, weights)[0])
    return found


def functions(t):
    for name in ("max", "min", "median"):
        yield name, None, lambda t, name=name: getattr(t, name)()
    for name in ("median", "cummax", "cummin"):
        # PyTorch does not check the dimension of cummax for tensors that are 0-d or empty.
        for dim in range(-1, t.dim() + (t.numel() > 0)):
            yield name, dim, lambda t, name=name, dim=dim: tuple(getattr(t, name)(dim))


def rows():
    for shape, data in DATA.values():
        t = torch.tensor(data).reshape(shape)
        for name, dim, function in functions(t):
            yield {"name": name, "dim": dim, "x": told(t), **outcome(function, t.clone().requires_grad_())}
    for dtype, shape, data in WHOLE.values():
        t = torch.tensor(data, dtype=dtype).reshape(shape)
        for name, dim, function in functions(t):
            yield {"name": name, "dim": dim, "x": told(t), **outcome(function, t)}
    t = torch.arange(6.0).reshape(2, 3)
    index = torch.tensor([[0, 0], [1, 2]])
    for reduce in ("add", "multiply", "mean"):
        for source in (2.5, torch.tensor([[2.0, 3.0], [-1.0, 0.5]])):
            told_source = source if isinstance(source, float) else told(source)
            function = lambda t: t.scatter(1, index, source, reduce=reduce)
            yield {"name": "scatter", "reduce": reduce, "source": told_source, "index": told(index), "x": told(t),
                   **outcome(function, t.clone().requires_grad_())}


path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows()) + "\n]\n")
