"""Writes products.json: convolutions, pooling, products, folds and normalisation as PyTorch 1.13 computes them.

A case is a call with its inputs, its result and the gradients of the sum of the result times `weights`.
Inputs are small integers over 8: float32 and float64 hold them exactly.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(0)
cases = []


def numbers(*shape):
    return (torch.randint(-16, 17, shape).double() / 8).requires_grad_()


def weights(n):
    return [((7 * i) % 11 - 5) / 4 for i in range(n)]


def case(call, function, *inputs):
    out = function(*inputs)
    w = torch.tensor(weights(out.numel()), dtype=torch.float64).reshape(out.shape)
    grads = torch.autograd.grad((out * w).sum(), inputs, allow_unused=True)
    flat = lambda t: [float(f"{v:.10g}") if v == v and abs(v) != float("inf") else str(v) for v in t.flatten().tolist()]
    cases.append(
        dict(
            call=call,
            inputs=[[list(t.shape), flat(t.detach())] for t in inputs],
            out=[list(out.shape), flat(out.detach())],
            grads=[None if g is None else flat(g) for g in grads],
            grad_fn=type(out.grad_fn).__name__,
        )
    )


for n, c, h, w, o, k, s, p, d, g in [
    (2, 3, 5, 6, 4, (3, 2), (1, 1), (0, 0), (1, 1), 1),
    (2, 2, 6, 5, 4, (3, 3), (2, 1), (1, 2), (1, 1), 2),
    (1, 2, 7, 7, 2, (2, 3), (2, 3), (1, 0), (2, 2), 1),
    (1, 4, 4, 4, 4, (1, 1), (1, 1), (0, 0), (1, 1), 4),
    (3, 1, 4, 4, 2, (4, 4), (1, 1), (0, 0), (1, 1), 1),
    (2, 2, 5, 5, 3, (2, 2), (3, 3), (0, 0), (1, 1), 1),
]:
    call = dict(op="conv2d", stride=s, padding=p, dilation=d, groups=g)
    run = lambda x, w, b: F.conv2d(x, w, b, s, p, d, g)
    case(call, run, numbers(n, c, h, w), numbers(o, c // g, *k), numbers(o))
case(dict(op="conv2d", padding="same"), lambda x, w, b: F.conv2d(x, w, b, padding="same"), numbers(1, 2, 5, 4), numbers(2, 2, 2, 3), numbers(2))
case(dict(op="conv2d"), lambda x, w, b: F.conv2d(x, w, b), numbers(2, 4, 4), numbers(3, 2, 2, 2), numbers(3))
case(dict(op="conv1d", stride=[2], padding=[1], dilation=[2]), lambda x, w, b: F.conv1d(x, w, b, 2, 1, 2), numbers(2, 2, 9), numbers(3, 2, 3), numbers(3))

for h, w, k, s, p, d, ceil in [
    (4, 6, (2, 2), (2, 2), (0, 0), (1, 1), False),
    (5, 7, (3, 2), (2, 3), (1, 1), (1, 1), True),
    (7, 7, (3, 3), (1, 2), (1, 0), (2, 2), False),
    (5, 5, (2, 2), (2, 2), (0, 0), (1, 1), True),
    (6, 5, (2, 3), (3, 2), (1, 1), (1, 1), True),
]:
    call = dict(kernel=k, stride=s, padding=p, dilation=d, ceil=ceil)
    case(dict(call, op="max_pool2d"), lambda x: F.max_pool2d(x, k, s, p, d, ceil), numbers(2, 2, h, w))
    _, places = F.max_pool2d(torch.zeros(1, h, w), k, s, p, d, ceil, return_indices=True)
    for inside in [False, True]:
        run = lambda x: F.avg_pool2d(x, k, s, p, ceil, not inside)
        case(dict(call, op="avg_pool2d", inside=inside), run, numbers(2, 2, h, w))
case(dict(op="avg_pool2d", kernel=[2, 2], stride=[1, 1], padding=[0, 0], dilation=[1, 1], ceil=False, divisor=3), lambda x: F.avg_pool2d(x, 2, 1, divisor_override=3), numbers(1, 3, 3))
case(dict(op="max_pool1d"), lambda x: F.max_pool1d(x, 3, 2, 1), numbers(2, 2, 8))
case(dict(op="avg_pool1d"), lambda x: F.avg_pool1d(x, 3, 2, 1), numbers(2, 2, 8))
for size in [(2, 3), (3, 2), (1, 1), (5, 7), (4, 1)]:
    case(dict(op="adaptive", size=size), lambda x: F.adaptive_avg_pool2d(x, size), numbers(2, 4, 6))
for mode, pad in [("constant", (1, 2, 0, -1)), ("reflect", (1, 2)), ("replicate", (2, 1)), ("circular", (2, 1))]:
    case(dict(op="pad", mode=mode, pad=pad), lambda x: F.pad(x, pad, mode, 0.5 if mode == "constant" else 0), numbers(2, 3, 4))

for equation, shapes in [
    ("ij,jk->ik", [(2, 3), (3, 4)]), ("ij->ji", [(2, 3)]), ("ij->", [(2, 3)]), ("ii->i", [(3, 3)]), ("ii", [(3, 3)]),
    ("i,j->ij", [(2,), (3,)]), ("i,i", [(3,), (3,)]), ("bij,bjk->bik", [(2, 2, 3), (2, 3, 2)]), ("ij,ij->ij", [(2, 3), (2, 3)]),
    ("...ij,...jk->...ik", [(2, 2, 3), (3, 2)]), ("ij,jk,kl->il", [(2, 3), (3, 2), (2, 2)]), ("ba", [(2, 3)]),
    ("i...->...", [(2, 3)]), ("ij,kj", [(2, 3), (2, 3)]), ("ijk,jk->i", [(2, 3, 2), (3, 2)]), ("ij,jk->ik", [(2, 1), (3, 2)]),
    ("iji->j", [(2, 3, 2)]), ("bhqd,bhkd->bhqk", [(1, 2, 2, 3), (1, 2, 2, 3)]), ("...i,...i", [(2, 3), (3,)]),
]:
    case(dict(op="einsum", equation=equation), lambda *t: torch.einsum(equation, *t), *[numbers(*s) for s in shapes])

for a, b in [((2, 3), (3, 2)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 2, 3), (3, 2)), ((2, 2, 3), (3,)), ((2, 3), (2, 3, 2)), ((3,), (2, 3, 2)), ((2, 1, 2, 3), (2, 3, 2))]:
    case(dict(op="matmul"), lambda x, y: x.matmul(y), numbers(*a), numbers(*b))
case(dict(op="addmm"), lambda x, a, b: torch.addmm(x, a, b, beta=0.5, alpha=2), numbers(2), numbers(3, 2), numbers(2, 2))
case(dict(op="baddbmm"), lambda x, a, b: torch.baddbmm(x, a, b, beta=0.5, alpha=2), numbers(2), numbers(2, 3, 2), numbers(2, 2, 2))
case(dict(op="bmm"), torch.bmm, numbers(2, 2, 3), numbers(2, 3, 2))
case(dict(op="mv"), torch.mv, numbers(2, 3), numbers(3))
case(dict(op="outer"), torch.outer, numbers(2), numbers(3))
for shape in [(2, 3), (3,), (2, 2, 3), (2, 1, 2, 3)]:
    case(dict(op="linear"), lambda x, w, b: F.linear(x, w, b), numbers(*shape), numbers(2, 3), numbers(2))

zero = lambda: torch.tensor([[0.0, 0, 0], [1, -2, 0], [0, 3, 3]], dtype=torch.float64, requires_grad=True)
for dims, keep in [([], False), ([0], False), ([-1], True), ([0, 1], False)]:
    over = dict(dim=tuple(dims)) if dims else {}
    kept = dict(keepdim=keep) if dims else {}
    for p in [2.0, 1.0, 0.0, 3.0, 0.5, 1.5, float("inf"), float("-inf")]:
        case(dict(op="norm", p=str(p), dims=dims, keep=keep), lambda x: x.norm(p, **over, **kept), zero())
    for c in [1, 0]:
        full = dict(dim=tuple(dims) or (0, 1), keepdim=keep)
        case(dict(op="var", correction=c, dims=dims, keep=keep), lambda x: x.var(correction=c, **full), numbers(3, 4))
        case(dict(op="std", correction=c, dims=dims, keep=keep), lambda x: x.std(correction=c, **full), zero())
    case(dict(op="logsumexp", dims=dims, keep=keep), lambda x: x.logsumexp(tuple(dims) or (0, 1), keep), numbers(2, 3))

infinite = torch.tensor([[1.0, float("inf")], [-float("inf"), 2]], dtype=torch.float64, requires_grad=True)
case(dict(op="logsumexp", dims=[1], keep=False), lambda x: x.logsumexp(1), infinite)
case(dict(op="softmax", dim=1), lambda x: x.softmax(1), numbers(2, 4))
case(dict(op="softmax", dim=0), lambda x: x.softmax(0), numbers(3, 2, 2))
case(dict(op="softmin", dim=0), lambda x: F.softmin(x, 0), numbers(3, 2))
case(dict(op="sum"), lambda x: x.sum(0), numbers(3, 2))
case(dict(op="mean"), lambda x: x.mean(), numbers(7))
case(dict(op="prod"), lambda x: x.prod(1), zero())

index = torch.tensor([[2, 0], [1, 2]])
case(dict(op="embedding"), lambda w: F.embedding(index, w), numbers(3, 2))
case(dict(op="embedding", padding=-1), lambda w: F.embedding(index, w, -1), numbers(3, 2))
case(dict(op="cosine_similarity"), lambda x, y: F.cosine_similarity(x, y), numbers(2, 3), numbers(3))
case(dict(op="pairwise_distance"), lambda x, y: F.pairwise_distance(x, y), numbers(2, 3), numbers(2, 3))
case(dict(op="cdist"), lambda x, y: torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist"), numbers(2, 3), numbers(4, 3))
case(dict(op="normalize"), lambda x: F.normalize(x), numbers(2, 3))
case(dict(op="batch_norm", training=True), lambda x, w, b: F.batch_norm(x, None, None, w, b, True), numbers(3, 2, 2), numbers(2), numbers(2))
case(dict(op="batch_norm", training=False), lambda x, w, b: F.batch_norm(x, torch.tensor([0.5, -1]).double(), torch.tensor([2.0, 3]).double(), w, b), numbers(3, 2, 2), numbers(2), numbers(2))
case(dict(op="layer_norm"), lambda x, w, b: F.layer_norm(x, (2, 3), w, b), numbers(2, 2, 3), numbers(2, 3), numbers(2, 3))

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
