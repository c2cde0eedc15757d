"""Corners of PyTorch."""
import torch
import torch.nn as nn
import torch.nn.functional as F

# Unique along a dimension.
t = torch.tensor([[1, 2], [3, 4], [1, 2], [0, 9]])
print(torch.unique(t, dim=0))
u, inv, counts = torch.unique(t, dim=0, return_inverse=True, return_counts=True)
print(u, inv, counts)
print(torch.unique(torch.tensor([[1, 1, 2], [3, 3, 4]]), dim=1))
print(torch.unique_consecutive(torch.tensor([1, 1, 2, 2, 3, 1]), return_counts=True))

# Texts and classes of errors.
for f in (
    lambda: nn.Embedding(3, 2)(torch.tensor([5])),
    lambda: F.embedding(torch.tensor([-1]), torch.ones(3, 2)),
    lambda: torch.gather(torch.ones(2, 2), 1, torch.tensor([[3, 0], [0, 0]])),
    lambda: torch.ones(2, 2)[torch.tensor([5])],
    lambda: torch.index_select(torch.ones(2, 2), 0, torch.tensor([5])),
    lambda: torch.zeros(2, 2).scatter_(1, torch.tensor([[4]]), 1.0),
    lambda: F.nll_loss(torch.ones(1, 3), torch.tensor([7])),
    lambda: torch.ones(3)[7],
    lambda: F.one_hot(torch.tensor([3]), 2),
):
    try:
        f()
        print("fine")
    except Exception as e:
        print(type(e).__name__, "|", str(e).splitlines()[0])

# Saving to an open file, and to a buffer.
import io
with open("t.pt", "wb") as f:
    torch.save({"a": torch.ones(2), "b": [1, "x"]}, f)
print(torch.load("t.pt"))
with open("t.pt", "rb") as f:
    print(torch.load(f)["b"])
buffer = io.BytesIO()
torch.save(torch.arange(3), buffer)
buffer.seek(0)
print(torch.load(buffer))

# LBFGS.
def rosenbrock(p):
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2
for kind in (None, "strong_wolfe"):
    p = torch.tensor([-1.0, 1.5], requires_grad=True)
    opt = torch.optim.LBFGS([p], lr=1.0 if kind else 0.01, max_iter=20, line_search_fn=kind)
    def closure():
        opt.zero_grad()
        loss = rosenbrock(p)
        loss.backward()
        return loss
    for _ in range(3):
        loss = opt.step(closure)
        print(kind, "%.3f" % loss.item(), [round(v, 2) for v in p.tolist()])
print(opt)

