"""What PyTorch's modules print, hold and compute: writes modules.json.

A case is a call of a constructor. Its initial values follow from the seed, which is the number of the case.
"""

import json
import pathlib
import warnings

import numpy
import torch
from torch import nn

warnings.simplefilter("ignore")
random = numpy.random.default_rng(7)


def real(*shape):
    return torch.tensor(random.normal(size=shape).round(2), dtype=torch.float32)


def unit(*shape):
    return torch.tensor(random.uniform(0.05, 0.95, size=shape).round(2), dtype=torch.float32)


def exact(t):
    """The shortest digits that give the same float32."""
    return {"shape": list(t.shape), "data": [float(str(x)) for x in t.detach().numpy().ravel()]}


def rounded(t):
    data = t.detach().double().flatten().tolist()
    packed = {"shape": list(t.shape), "data": [float(f"{x:.6g}") for x in data]}
    return {**packed, "int": True} if t.dtype == torch.int64 else packed


def slopes(t):
    """What the gradient of a result is taken to be."""
    return (torch.arange(t.numel()) % 5).float().sub(1.75).reshape(t.shape)


def run(module, inputs, training, seed):
    module.train(training)
    module.zero_grad()
    torch.manual_seed(seed)
    # Of a loss, the first input.
    wanted = inputs[:1] if isinstance(module, nn.modules.loss._Loss) else inputs
    leaves = [t.clone() for t in inputs]
    for leaf in leaves[: len(wanted)]:
        leaf.requires_grad_(leaf.is_floating_point())
    # What modules write into is no leaf.
    given = [t * 1 for t in leaves]
    if isinstance(module, nn.LSTMCell) and len(given) == 3:
        given = [given[0], (given[1], given[2])]
    out = module(*given)
    outs = out if isinstance(out, tuple) else (out,)
    total = sum((o * slopes(o)).sum() for o in outs if o.requires_grad)
    if torch.is_tensor(total):
        total.backward()
    grads = [None if t.grad is None else rounded(t.grad) for t in leaves]
    name = type(outs[0].grad_fn).__name__ if outs[0].requires_grad else None
    return {
        "training": training,
        "outs": [rounded(o) for o in outs],
        "grad_fn": name,
        "grads": grads,
        "parameters": {n: rounded(p.grad) for n, p in module.named_parameters() if p.grad is not None},
        "buffers": {n: rounded(b) for n, b in module.named_buffers()},
    }


cases = []


def case(call, *inputs, modes=(True,)):
    seed = len(cases)
    torch.manual_seed(seed)
    module = eval("nn." + call)
    state = [[name, exact(t)] for name, t in module.state_dict().items()]
    drawn = torch.rand(1).item()
    runs = [run(module, inputs, mode, 100 + i) for i, mode in enumerate(modes)]
    shown = [rounded(t) for t in inputs]
    cases.append({"call": call, "repr": repr(module), "state": state, "next": drawn, "inputs": shown, "runs": runs})


case("Linear(3, 2)", real(4, 3))
case("Linear(3, 2, bias=False)", real(3))
case("Conv1d(2, 4, 3, stride=2, padding=1, groups=2)", real(2, 2, 7))
case("Conv1d(2, 3, 2, padding='valid', dilation=2, bias=False)", real(2, 6))
case("Conv2d(2, 3, 3)", real(1, 2, 5, 4))
case("Conv2d(1, 2, (3, 2), padding='same', dilation=2, padding_mode='circular')", real(1, 1, 6, 5))
case("Conv2d(1, 2, 3, stride=(2, 1), padding=(1, 2), padding_mode='reflect')", real(2, 1, 4, 5))
case("Conv2d(1, 1, 3, padding='same', padding_mode='replicate')", real(1, 1, 4, 4))
case("Embedding(5, 3)", torch.tensor([[1, 4], [0, 1]]))
case("Embedding(5, 20, padding_idx=-2)", torch.tensor([3, 0, 3]))
batch = (True, True, False)
case("BatchNorm1d(3)", real(4, 3), modes=batch)
case("BatchNorm1d(3, momentum=None)", real(2, 3, 4), modes=batch)
case("BatchNorm2d(2)", real(2, 2, 3, 2), modes=batch)
case("BatchNorm2d(2, eps=1e-3, affine=False, track_running_stats=False)", real(2, 2, 2, 2), modes=batch)
case("LayerNorm(4)", real(3, 4))
case("LayerNorm((2, 3), eps=1e-3, elementwise_affine=False)", real(2, 2, 3))
both = (True, False)
case("Dropout()", real(4, 9), modes=both)
case("Dropout(0.2, inplace=True)", real(2, 20), modes=both)
case("Dropout2d(0.4)", real(3, 4, 2, 2), modes=both)
case("Dropout2d(1)", real(2, 2, 2), modes=both)
case("MaxPool2d(2)", real(1, 2, 4, 5))
case("MaxPool2d((2, 3), stride=1, padding=(1, 0), dilation=(1, 2), ceil_mode=True, return_indices=True)", real(1, 5, 6))
case("AvgPool2d(2)", real(1, 2, 4, 5))
case("AvgPool2d((3, 2), stride=(2, 1), padding=1, ceil_mode=True, count_include_pad=False)", real(1, 1, 5, 4))
case("AvgPool2d(2, divisor_override=3)", real(1, 4, 4))
case("AdaptiveAvgPool2d(1)", real(2, 2, 3, 4))
case("AdaptiveAvgPool2d((None, 3))", real(1, 1, 3, 5))
case("Flatten()", real(2, 3, 2))
case("Unflatten(1, (2, -1))", real(2, 6))
case("Identity()", real(2))
for recurrent in ("RNNCell(2, 3)", "RNNCell(2, 3, bias=False, nonlinearity='relu')", "GRUCell(2, 3)"):
    case(recurrent, real(4, 2))
    case(recurrent, real(2), real(3))
case("LSTMCell(2, 3)", real(4, 2))
case("LSTMCell(2, 3, bias=False)", real(4, 2), real(4, 3), real(4, 3))
case("LSTMCell(2, 3)", real(2), real(3), real(3))
around = torch.tensor([-30.0, -7, -3, -1, -0.4, 0, 0.3, 0.5, 1, 2.5, 6, 7, 30])
for activation in (
    "ReLU()",
    "ReLU(inplace=True)",
    "ReLU6()",
    "LeakyReLU()",
    "LeakyReLU(1, inplace=True)",
    "ELU()",
    "ELU(0.5, inplace=True)",
    "SiLU()",
    "GELU()",
    "GELU(approximate='tanh')",
    "Softplus()",
    "Softplus(2, threshold=5.0)",
    "Hardtanh()",
    "Hardtanh(-2, 3, inplace=True)",
    "Sigmoid()",
    "Tanh()",
):
    case(activation, around)
case("Softmax(dim=0)", real(3, 2))
case("Softmax()", real(3, 2))
case("LogSoftmax(dim=-1)", real(3, 2))
case("LogSoftmax()", real(2, 3, 2))
x, classes = real(3, 4), torch.tensor([1, 3, 0])
skip = torch.tensor([1, -100, 2])
weight = "weight=torch.tensor([0.5, 1.0, 2.0, 0.25])"
case("CrossEntropyLoss()", x, classes)
case("CrossEntropyLoss()", x, skip)
case(f"CrossEntropyLoss({weight}, ignore_index=1, label_smoothing=0.1)", x, classes)
case("NLLLoss(reduction='sum')", x, classes)
case(f"NLLLoss({weight}, ignore_index=3)", x, classes)
case("MSELoss()", x, real(3, 4))
case("L1Loss(reduction='none')", x, real(3, 4))
case("SmoothL1Loss(beta=0.5)", x, real(3, 4))
case("HuberLoss(delta=0.5)", x, real(3, 4))
case("BCELoss()", unit(2, 4), unit(2, 4))
case(f"BCELoss({weight})", unit(2, 4), unit(2, 4))
case(f"BCEWithLogitsLoss({weight}, pos_weight=torch.tensor([3.0, 1.0, 0.5, 2.0]))", x, unit(3, 4))
case("KLDivLoss(reduction='batchmean', log_target=True)", x, real(3, 4))
case("KLDivLoss()", x, unit(3, 4))
case(f"MultiMarginLoss(p=2, margin=0.5, {weight})", x, classes)
signs = torch.tensor([1.0, -1.0, 1.0])
case("HingeEmbeddingLoss(margin=0.5)", real(3), signs)
case("SoftMarginLoss()", real(3), signs)
case("MarginRankingLoss(margin=0.5)", real(3), real(3), signs)
case("CosineEmbeddingLoss(margin=0.25)", real(3, 4), real(3, 4), signs)
case("GaussianNLLLoss(full=True)", x, real(3, 4), unit(3, 4))
case("PoissonNLLLoss(log_input=False, full=True)", unit(3, 4), unit(3, 4))
case(
    "Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.ReLU(inplace=True), nn.MaxPool2d(2), nn.Flatten(), "
    "nn.Dropout(0.25), nn.Sequential(nn.Linear(8, 3), nn.GELU()))",
    real(2, 1, 4, 4),
    modes=both,
)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases, separators=(",", ":")))
