# Checkpoints, products with Jacobians, and comparing.
import torch
from torch import nn
from torch.testing import assert_close
from torch.utils.checkpoint import checkpoint, checkpoint_sequential

torch.manual_seed(0)


def block(x):
    print("block", torch.is_grad_enabled())
    return torch.tanh(x) * x


x = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
y = checkpoint(block, x)
print(y.requires_grad, y.grad_fn is not None)
y.sum().backward()
print(x.grad)
x.grad = None
(torch.tanh(x) * x).sum().backward()
print(x.grad)

print(checkpoint(lambda a: a * 2, torch.ones(2)).requires_grad)


def several(a, b, scale):
    return a * b * scale, a + b


a, b = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor([3.0, 4.0], requires_grad=True)
p, q = checkpoint(several, a, b, 3.0)
(p.sum() + q.prod()).backward()
print(p, q, a.grad, b.grad)

layers = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
x = torch.randn(5, 4, requires_grad=True)
found = []
for run in (lambda x: checkpoint_sequential(layers, 3, x), lambda x: checkpoint_sequential(list(layers), 2, x), layers):
    torch.manual_seed(1)
    x.grad = None
    layers.zero_grad()
    out = run(x).pow(2).mean()
    out.backward()
    found.append([out.detach(), x.grad.clone()] + [p.grad.clone() for p in layers.parameters()])
assert_close(found[0], found[2])
assert_close(found[1], found[2])
print("%.4f" % found[0][0])
print(checkpoint(block, torch.tensor([2.0], requires_grad=True), use_reentrant=False))


class Normalized(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)

    def forward(self, x):
        return checkpoint(self.norm, x)


net = Normalized()
net(x).sum().backward()
print(net.norm.num_batches_tracked)

from torch.autograd.functional import hvp, jvp, vhp, vjp


def f(x, y):
    return x ** 2 * y.sum(), (x * y).sum()


u, v = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])
print(jvp(f, (u, v), (torch.ones(2), torch.tensor([1.0, 0.0]))))
print(jvp(lambda x: x.exp(), u, torch.tensor([1.0, 0.5])))
print(jvp(lambda x: x ** 3, torch.tensor(2.0)))
print(vhp(lambda x, y: (x ** 2 * y).sum(), (u, v), (torch.ones(2), torch.zeros(2))))
print(vhp(lambda x: (x ** 3).sum(), u, torch.ones(2)), hvp(lambda x: (x ** 3).sum(), u, torch.ones(2)))


def told(*args, **options):
    try:
        assert_close(*args, **options)
        print("close")
    except (AssertionError, ValueError, TypeError) as error:
        print(type(error).__name__, error)


T = torch.tensor
told(T([1.0, 2, 3]), T([1.0, 2, 4]))
told(T([[1.0, 2, 3]]), T([[1.0, 2, 5]]), rtol=0, atol=0)
told(T([1, 2, 3]), T([1, 2, 4]))
told(T(1.0), T(2.0))
told(1.0, 2.0)
told(1, 2)
told(1.0, 1.0 + 1e-9)
told(T([1.0, 2]), T([1.0, 2, 3]))
told(T([1.0, 2]), T([1, 2]))
told(T([1.0, 2]), T([1, 2]), check_dtype=False)
told([T(1.0), T(2.0)], [T(1.0), T(3.0)])
told({"a": T(1.0)}, {"b": T(3.0)})
told([1, 2], [1, 2, 3])
told(T([1.0, float("nan")]), T([1.0, float("nan")]), equal_nan=True)
told(T([1.0, 2]), T([1.0, 2.5]), msg="no")
told(T([1.0, 2]), T([1.0, 2.1]), rtol=1)
told(T([1.0, 2]), T([1.0, 2.1]), rtol=0.1, atol=0)
told("a", "a")
