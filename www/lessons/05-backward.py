import torch

x = torch.tensor(3.0)
w = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(1.0, requires_grad=True)

y = w * x + b
error = y - 10
loss = error ** 2

loss.backward()
print("w.grad", w.grad)
print("b.grad", b.grad)
