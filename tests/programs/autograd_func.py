# Functions of functions: functorch, as its tutorials use it.
import functools

import torch
import torch.nn.functional as F
from functorch import combine_state_for_ensemble, grad, grad_and_value, hessian, jacfwd, jacrev, jvp, make_functional
from functorch import make_functional_with_buffers, vjp, vmap
from torch import nn

torch.manual_seed(0)
x = torch.tensor([0.5, -1.0, 2.0])
print(grad(torch.sin)(torch.tensor(0.5)), grad(grad(torch.sin))(torch.tensor(0.5)))
print(grad(lambda x: (x ** 3).sum())(x))
print(grad(lambda x, y: (x * y).sum(), argnums=(0, 1))(x, x + 1))
print(grad_and_value(lambda x: (x ** 2).sum())(x))
print(grad(lambda x: ((x ** 2).sum(), x * 2), has_aux=True)(x))
print(grad(lambda p: (p["w"] * p["b"][0]).sum())({"w": x, "b": (torch.tensor(3.0), torch.tensor(1.0))}))
print(vmap(grad(grad(lambda x: x ** 4)))(x))
print(jacrev(torch.sin)(x))
print(jacfwd(lambda x: x.cumsum(0) ** 2)(x).abs())
print(hessian(lambda x: (x ** 3).sum() + x.prod())(x))
print(jacrev(lambda x, y: x * y, argnums=(0, 1))(x, 2 * x))
print(jacrev(lambda x: (x.sum(), {"square": x ** 2}))(x.abs()))
out, back = vjp(lambda x: (x.sin(), x.sum()), x)
print(out, back((torch.ones(3), torch.tensor(2.0))))
out, back = vjp(torch.mul, x, x + 1)
print(out, back(torch.ones(3)), back(torch.ones(3))[0].requires_grad)
print(jvp(torch.sin, (x,), (torch.ones(3),)))
print(jvp(lambda x, y: (x * y, x + 1), (x, x), (torch.ones(3), torch.zeros(3))))

print(vmap(torch.dot)(torch.arange(6.0).view(3, 2), torch.ones(3, 2)))
print(vmap(torch.dot, in_dims=(0, None))(torch.arange(6.0).view(3, 2), torch.tensor([1.0, 2.0])))
print(vmap(torch.mul, in_dims=1, out_dims=1)(torch.arange(6.0).view(2, 3), torch.ones(2, 3)))
print(vmap(lambda d: (d["a"] + d["b"], d["a"] * 2), in_dims=({"a": 0, "b": None},))({"a": x, "b": torch.ones(2)}))
print(vmap(vmap(torch.mul, in_dims=(None, 0)), in_dims=(0, None))(x, x))
print(vmap(lambda x: x.sum(), in_dims=-1)(torch.arange(6.0).view(2, 3)))
jacobian = vmap(jacrev(lambda x, w: torch.tanh(w @ x)), in_dims=(0, None))(torch.ones(2, 3), torch.full((2, 3), 0.1))
print(jacobian.shape, jacobian.requires_grad)

# Gradients of each sample, a model as a function, and an ensemble.
net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
func, params = make_functional(net)
data, targets = torch.randn(5, 3), torch.tensor([0, 1, 1, 0, 1])
print([tuple(p.shape) for p in params], params[0].requires_grad, type(params[0]).__name__)


def loss_of(params, sample, target):
    return F.cross_entropy(func(params, sample.unsqueeze(0)), target.unsqueeze(0))


each = vmap(grad(loss_of), in_dims=(None, 0, 0))(params, data, targets)
F.cross_entropy(net(data), targets).backward()
print([tuple(g.shape) for g in each])
print([torch.allclose(g.mean(0), p.grad, atol=1e-5) for g, p in zip(each, net.parameters())])

plain = tuple(p.detach() for p in params)
print([g.requires_grad for g in grad(loss_of)(plain, data[0], targets[0])])
print([g.requires_grad for g in grad(loss_of)(params, data[0], targets[0])])

models = [nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)).eval() for _ in range(3)]
fmodel, stacked, buffers = combine_state_for_ensemble(models)
print([tuple(p.shape) for p in stacked], [tuple(b.shape) for b in buffers], stacked[0].is_leaf)
together = vmap(fmodel, in_dims=(0, 0, None))(stacked, buffers, data)
print(together.shape, torch.allclose(together[1], models[1](data), atol=1e-5))
fmodel, own, kept = make_functional_with_buffers(models[0])
print(torch.allclose(fmodel(own, kept, data), models[0](data)), len(own), len(kept))


# A step of gradient descent inside of a gradient, as meta-learning takes it.
def adapted(w, x, y):
    inner = grad(lambda w: ((x * w - y) ** 2).mean())(w)
    return ((x * (w - 0.1 * inner) - y) ** 2).mean()


print(grad(adapted)(torch.tensor(0.5), torch.tensor([1.0, 2.0]), torch.tensor([2.0, 4.0])))
w = torch.tensor(0.5, requires_grad=True)
inner = grad(lambda v: v ** 3 * w)(torch.tensor(2.0))
inner.backward()
print(inner.requires_grad, w.grad)
with torch.no_grad():
    print(grad(lambda x: x ** 2)(torch.tensor(3.0)))
print(grad(lambda x, y: x * y)(torch.tensor(3.0), y=torch.tensor(2.0)))
print(vmap(functools.partial(torch.sum, dim=0))(torch.ones(2, 3)))


def told(f, *args):
    try:
        f(*args)
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, str(error).split(".")[0])


told(grad(lambda x: x * 2), x)
told(vmap(torch.mul), x, torch.ones(2))
