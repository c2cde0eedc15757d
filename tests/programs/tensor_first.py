# The first page about tensors.
import torch

a = torch.tensor([1.0, 2.0, 3.0])
b = torch.tensor([10.0, 20.0, 30.0])
print(a)
print(a + b)
print(a * b)
print(b / a)
print(a * 2 + 1)
print(a.sum(), a.mean(), a.max())
print(a[0], a[-1], a[1:])
m = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(m)
print(m.shape)
print(m @ m)
print(m.t())
print(m[0], m[:, 1], m[1, 0].item())
print(torch.zeros(2, 3))
print(torch.ones(2, 2) * 5)
print(torch.arange(6).view(2, 3))
m[0, 0] = 100
print(m)
print(m > 3)
x = torch.tensor(2.0, requires_grad=True)
y = x ** 2 + 3 * x
y.backward()
print(y)
print(x.grad)
