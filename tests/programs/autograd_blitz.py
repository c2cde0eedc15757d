# A first hour with gradients.
import torch
import torch.nn.functional as F

a = torch.ones(2, 3, requires_grad=True)
print(a)
b = a * 4
print(b)
print(b.grad_fn.name())
c = (b - 1) ** 2
out = c.mean()
print(c, out)
out.backward()
print("d(out)/da =", a.grad)

u = torch.tensor([[2.0, 5.0]])
v = u / (u + 1)
print(v.requires_grad)
v.requires_grad_(True)
print((v * v).sum().grad_fn is not None, v.is_leaf)

x = torch.tensor([1.5, -0.5, 3.0], requires_grad=True)
y = x * 2
doublings = 1
while y.data.abs().sum() < 500:
    y = y * 2
    doublings += 1
print(y, doublings)
y.backward(torch.tensor([1.0, 0.1, 0.01]))
print(x.grad)
print(x.requires_grad, (x ** 2).requires_grad)
with torch.no_grad():
    print((x ** 2).requires_grad)
cut = x.detach()
print(cut.requires_grad, cut.eq(x).all())

p = torch.tensor([1.0, 4.0], requires_grad=True)
q = torch.tensor([3.0, 2.0], requires_grad=True)
R = 2 * p ** 3 - q ** 2
R.backward(gradient=torch.ones(2))
print(6 * p ** 2 == p.grad, -2 * q == q.grad)

torch.manual_seed(0)
inputs, wanted = torch.ones(4), torch.tensor([1.0, 0.0])
weight, bias = torch.randn(4, 2, requires_grad=True), torch.randn(2, requires_grad=True)
logits = torch.matmul(inputs, weight) + bias
loss = F.binary_cross_entropy_with_logits(logits, wanted)
print(loss, logits.requires_grad, logits.grad_fn.name())
loss.backward()
print(weight.grad)
print(bias.grad)

m = torch.eye(2, 3, requires_grad=True)
s = (m * 3 + 1).pow(2).t()
for turn in ("first", "second"):
    s.backward(torch.ones_like(s), retain_graph=True)
    print(turn, m.grad, sep="\n")
m.grad.zero_()
s.backward(torch.ones_like(s))
print("after zero_", m.grad, sep="\n")
