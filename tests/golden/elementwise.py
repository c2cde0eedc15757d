"""Writes elementwise.json: what PyTorch gives for elementwise functions at the edges of the numbers, which type
results have, and how sequences are made. Run it with PyTorch 1.13; the tests need only the JSON."""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

REALS = [math.nan, math.inf, -math.inf, 0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.0, 6.0, 20.5, -20.5, 88.0,
         -88.0, 1e-8, 1e30, -1e30]
FEW = [math.nan, math.inf, -math.inf, 0.0, 1.0, -1.0, 2.5, -3.0]
WHOLE = [0, 1, -1, 2, -3, 7, 2**40, 2**63 - 1]
SMALL = {torch.int8: [0, 1, -1, 3, -7, 100, 127, -128], torch.int16: [0, 2, -1, 300, -32768, 32767],
         torch.int32: [0, 1, -1, 7, -300, 65536, 2**31 - 1, 1 - 2**31]}
UNARY = {name: getattr(torch, name) for name in
         "neg abs sign exp log sqrt tanh sigmoid relu log1p expm1 rsqrt reciprocal floor ceil round trunc erf square "
         "log2 log10 exp2 nan_to_num logical_not isnan isinf isfinite".split()}
UNARY |= {
    "leaky_relu": lambda x: F.leaky_relu(x, 0.1), "elu": lambda x: F.elu(x, 1.5), "gelu": F.gelu, "silu": F.silu,
    "softplus": lambda x: F.softplus(x, 2.0, 20.0), "relu6": F.relu6, "hardtanh": lambda x: F.hardtanh(x, -1.0, 1.0),
    "clamp": lambda x: torch.clamp(x, -1.0, 1.0), "clamp_min": lambda x: torch.clamp(x, min=0.5),
    "clamp_crossed": lambda x: torch.clamp(x, 1.0, -1.0), "sqrt_pow": lambda x: x ** 0.5, "cube": lambda x: x ** 3,
    "pow0": lambda x: x ** 0, "rsub": lambda x: 2.0 - x, "rdiv": lambda x: 2.0 / x, "rpow": lambda x: 2.0 ** x,
    "fmod": lambda x: torch.fmod(x, 2.0), "remainder": lambda x: torch.remainder(x, -2.0),
}
BINARY = {name: getattr(torch, name) for name in
          "add sub mul div pow maximum minimum fmax fmin fmod remainder floor_divide logical_and logical_or "
          "logical_xor bitwise_and bitwise_or bitwise_xor eq ne lt le gt ge isclose".split()}
BINARY |= {"lerp": lambda x, y: torch.lerp(x, y, 0.3)}


def number(v):
    return str(v) if isinstance(v, float) and not math.isfinite(v) else v


def values(t):
    return [number(v) for v in t.flatten().tolist()]


def outcome(function, inputs):
    """The values and gradients, or the text of the error."""
    for t in inputs:
        if t.dtype.is_floating_point:
            t.requires_grad_(True)
    try:
        out = function(*inputs)
    except RuntimeError as error:
        return {"error": str(error)}
    row = {"dtype": str(out.dtype), "values": values(out)}
    if out.requires_grad:
        row["grad_fn"] = type(out.grad_fn).__name__
        if row["grad_fn"] != "NotImplemented":
            grads = torch.autograd.grad(out.sum(), inputs, allow_unused=True)
            row["grads"] = [None if g is None else values(g) for g in grads]
    return row


def pairs(v, dtype):
    return torch.tensor([a for a in v for _ in v], dtype=dtype), torch.tensor([b for _ in v for b in v], dtype=dtype)


def rows():
    for name, function in UNARY.items():
        for v, dtype in [(REALS, torch.float32), (WHOLE, torch.int64), ([False, True], torch.bool),
                         ([0, 1, 5, 250], torch.uint8), *((v, dtype) for dtype, v in SMALL.items())]:
            yield {"name": name, "inputs": [str(dtype), [number(x) for x in v]],
                   **outcome(function, [torch.tensor(v, dtype=dtype)])}
    for name, function in BINARY.items():
        nonzero = [v for v in WHOLE if v != 0 or name not in ("fmod", "remainder", "floor_divide")]
        # fmod(±inf, y) is NaN; the slope that PyTorch still names there, ±inf, is NaN here.
        reals = [v for v in FEW if not math.isinf(v)] if name == "fmod" else FEW
        for v, dtype in [(reals, torch.float32), (nonzero[:-1] if name == "isclose" else nonzero, torch.int64),
                         ([False, True], torch.bool), ([1, 2, 5, 250], torch.uint8),
                         *(([x for x in v if x in nonzero or x != 0], dtype) for dtype, v in SMALL.items())]:
            if name == "isclose" and dtype not in (torch.float32, torch.int64):
                continue
            yield {"name": name, "pairs": [str(dtype), [number(x) for x in v]], **outcome(function, pairs(v, dtype))}


DTYPES = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float32, torch.float64]


def types():
    operands = {f"{d}[1]": torch.ones(1, dtype=d) for d in DTYPES}
    operands |= {f"{d}[]": torch.ones((), dtype=d) for d in DTYPES}
    operands |= {"True": True, "1": 1, "1.5": 1.5}
    for a, x in operands.items():
        for b, y in operands.items():
            yield [a, b, str(torch.result_type(x, y))]


def sequences():
    for start, end, step in [(0, 5, 1), (5, 0, -2), (0, 1, 0.1), (0.1, 100, 0.7), (-5, 5, 0.01), (1, 0, -0.25), (3, 3, 1),
                             (1, 0, 1), (0, 1, 0), (0, math.inf, 1), (0, -5, -1.5)]:
        row = {"arange": [number(v) for v in (start, end, step)]}
        try:
            t = torch.arange(start, end, step)
            yield row | {"dtype": str(t.dtype), "values": values(t)}
        except RuntimeError as error:
            yield row | {"error": str(error)}
    for start, end, steps in [(-3, 7.3, 11), (0, 1, 101), (-1.7, 2.9, 100), (0.1, 3, 17), (2, 9, 1), (2, 9, 0), (0, 1, -1)]:
        row = {"linspace": [start, end, steps]}
        try:
            yield row | {"values": values(torch.linspace(start, end, steps))}
        except RuntimeError as error:
            yield row | {"error": str(error)}


golden = {"rows": list(rows()), "types": list(types()), "sequences": list(sequences())}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
