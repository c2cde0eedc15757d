# What is recorded, how gradients accumulate, what detaches.
import torch

x = torch.tensor([2., 3.], requires_grad=True)
y = x ** 2
z = y.sum()
print(z, z.grad_fn is not None, y.requires_grad, x.is_leaf, y.is_leaf, x.grad, x.grad_fn)
print(type(z.grad_fn).__name__, z.grad_fn.name(), type(z.grad_fn.next_functions[0][0]).__name__)
print(len(z.grad_fn.next_functions))
z.backward()
print(x.grad)
(3 * x).sum().backward()
print("accumulated", x.grad)
x.grad.zero_()
(x.prod() + x[0]).backward()
print("after zero_", x.grad)
x.grad = None
(x * torch.tensor([1., 10.])).mean().backward()
print(x.grad, x.grad.requires_grad)

v = torch.tensor([0.1, 1.0])
x.grad = None
(x * 2).backward(v)
print("vector-Jacobian product", x.grad)
x.grad = None
w = torch.tensor(2., requires_grad=True)
b = torch.tensor(1., requires_grad=True)
out = w * x.detach() + b
out.sum().backward()
print(w.grad, b.grad, x.grad, out.detach().requires_grad)
with torch.no_grad():
    u = x * 2
    print(u.requires_grad, torch.is_grad_enabled())
print(torch.is_grad_enabled(), (x * 2).requires_grad)


@torch.no_grad()
def evaluate(t):
    return t * 2


print(evaluate(x).requires_grad)
with torch.set_grad_enabled(False):
    print((x + 1).requires_grad)
with torch.no_grad():
    with torch.enable_grad():
        print((x + 1).requires_grad)
f = torch.ones(2)
f.requires_grad_()
print(f, f.requires_grad, f.clone().requires_grad, f.data.requires_grad)
c = torch.ones(2, 2, requires_grad=True)
with torch.no_grad():
    c[0] = 5
    c -= 1
print(c, c.is_leaf)
d = torch.randn(3).requires_grad_(False)
print(d.requires_grad, torch.tensor([1, 2]).float().requires_grad, (x * 0).requires_grad)
print((x > 0).requires_grad, x.argmax().requires_grad)
m = torch.ones(2, 3, requires_grad=True)
mid = m * 3
mid.retain_grad()
(mid.max(dim=1)[0].sum() + mid[0, 0] + mid.t()[2, 1] + mid[:, 1:].sum()).backward()
print(mid.grad, m.grad)
s = torch.arange(4., requires_grad=True)
t = torch.stack([s[i] * i for i in range(4)]).sum() + torch.cat([s, s]).sum() + s.view(2, 2)[1].sum() + s.expand(3, 4).sum()
t.backward()
print(s.grad)
k = torch.tensor([1., -1., 0.], requires_grad=True)
(k.abs() + k.relu() + k.clamp(min=0) + torch.where(k > 0, k, -k)).sum().backward()
print(k.grad)
