"""What PyTorch prints: writes printing.json. Run it with PyTorch 1.13."""

import json
import math
import pathlib

import torch

cases = []
generator = torch.Generator().manual_seed(1)


def case(tensor, grad=None, device=None, **options):
    """Records the elements, the shape and the text."""
    torch.set_printoptions(profile="default")
    torch.set_printoptions(**options)
    leaf = tensor
    if grad:
        leaf = tensor.detach().clone().requires_grad_()
    text = repr(leaf * 1 if grad == "node" else leaf)
    values = tensor.reshape(-1).tolist()
    values = [str(v) if isinstance(v, float) and not (math.isfinite(v)) else v for v in values]
    steps = values if len(values) > 12 and values == list(range(len(values))) else None
    cases.append({"shape": list(tensor.shape), "dtype": str(tensor.dtype)[6:], **({"grad": grad} if grad else {}),
                  **({"options": {k: v for k, v in options.items() if v != math.inf}} if options else {}),
                  **({} if steps else {"values": values}), "text": text})


def normal(*shape, dtype=torch.float32):
    return torch.randn(*shape, generator=generator, dtype=dtype)


inf, nan = math.inf, math.nan
# Single numbers, in float32 and float64, alone and in a row.
numbers = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.14159265, 1e-3, 1e-4, 9.99e-5, 1e-5, 1000.0, 1001.0, 999.5, 12345.678, 1e8, 1.1e8,
           1e9, 1e16, 1e20, 1e30, -1e-30, 1e38, 1e-40, inf, -inf, nan, 0.00005, 0.99995, 0.999949, 2.00005, 16777216.0, 0.1]
for x in numbers:
    case(torch.tensor(x))
    case(torch.tensor([x]))
    case(torch.tensor([x, 1.0]))
    case(torch.tensor([x, 0.5], dtype=torch.float64))
    case(torch.tensor([x, nan, -3.0]))
for row in [[1.0, 1000.0], [1.0, 1001.0], [0.5, 500.0], [0.5, 500.5], [1e8, 1.0], [1e8, 1e8], [1e8 + 8, 1e8], [1e-4, 1e-4], [9e-5, 9e-5],
            [inf, 1.0], [inf, 0.5], [nan, nan], [inf, -inf], [0.0, 0.0], [-0.0, 1.0], [1e-45, 1.0], [nan, 1e10], [inf, 1e10], [-1.0, 10.0],
            [-0.5, 100.25], [3.4e38, 1e-45], [-1e5, 0.0], [0.125, 0.375], [1e5, 1e5], [123456.789, 1234.5]]:
    case(torch.tensor(row))
    case(torch.tensor(row), sci_mode=True)
    case(torch.tensor(row), sci_mode=False)
    for precision in (0, 1, 2, 8):
        case(torch.tensor(row), precision=precision)
# Integers and truth values.
for row in [[0], [1, -1], [1000000, 3], [-(2**63), 2**63 - 1], [10**10, 7], list(range(30)), [-5] * 40]:
    case(torch.tensor(row))
case(torch.tensor(7))
case(torch.tensor(-7))
case(torch.tensor(True))
case(torch.tensor([True, False]))
case(torch.tensor([[True], [True]]))
case(torch.tensor([False, False]))
case(torch.tensor([1, 200, 3], dtype=torch.uint8))
case(torch.tensor(5, dtype=torch.uint8))
for dtype in (torch.int8, torch.int16, torch.int32):
    case(torch.tensor([[1, -100], [3, 0]], dtype=dtype))
    case(torch.tensor(-7, dtype=dtype))
    case(torch.empty(0, dtype=dtype))
case(torch.arange(24).reshape(2, 3, 4))
# Nothing in it.
for dtype in (torch.float32, torch.float64, torch.int64, torch.bool, torch.uint8):
    for shape in ((0,), (0, 3), (3, 0), (2, 0, 4)):
        case(torch.empty(shape, dtype=dtype))
case(torch.empty(0, 3), grad="leaf")
# Shapes and wrapping.
for shape in [(1,), (3,), (8,), (9,), (10,), (25,), (1, 1), (2, 3), (3, 8), (2, 9), (2, 2, 2), (1, 2, 1, 3), (2, 1, 2, 2), (1, 1, 1, 1, 1), (4, 12)]:
    case(normal(*shape))
    case(normal(*shape) * 100, grad="leaf")
    case(normal(*shape) * 1e-3, grad="node")
    case(normal(*shape, dtype=torch.float64))
    case(normal(*shape, dtype=torch.float64), grad="node")
    case((normal(*shape) * 5).round())
    case((normal(*shape) * 100).long())
    case(normal(*shape) > 0)
for width in (1, 20, 40, 60, 79, 81, 120):
    case(normal(20), linewidth=width)
    case(normal(3, 7), linewidth=width, grad="node")
    case(torch.arange(30), linewidth=width)
# Suffixes that only just fit.
for n in range(6, 12):
    case(torch.arange(n).float() + 0.5, grad="leaf")
    case(torch.arange(n).float(), grad="node")
    case(torch.arange(n).double() + 0.25, grad="leaf")
# Summaries.
for shape in [(1001,), (1000,), (2000,), (1100, 1), (2, 600), (600, 2), (7, 150), (6, 200), (101, 10), (3, 20, 20), (10, 11, 12), (2, 2, 2, 2, 100)]:
    case(torch.arange(math.prod(shape)).reshape(shape))
case(torch.arange(1500).float())
case(torch.arange(1500).float().reshape(50, 30), grad="node")
case(torch.arange(1500).double())
for edge in (0, 1, 2, 5):
    case(torch.arange(30), threshold=20, edgeitems=edge)
    case(torch.arange(30).float(), threshold=20, edgeitems=edge)
for edge in (1, 2, 5):
    case(torch.arange(60).reshape(3, 4, 5), threshold=20, edgeitems=edge)
    case(torch.arange(60).reshape(12, 5), threshold=20, edgeitems=edge)
case(torch.arange(1200), profile="full", linewidth=200)
case(torch.arange(1200), profile="short")
case(torch.arange(1200).float(), profile="short")
case(normal(3, 3), profile="short")
case(torch.tensor([1, 1000, 5, 7, 2, 3, 4, 5]), threshold=3, edgeitems=2)
case(torch.tensor([1, 2, 5, 7000, 2, 3, 4, 5]), threshold=3, edgeitems=1)

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
print(len(cases))
