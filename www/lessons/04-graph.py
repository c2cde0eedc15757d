import torch

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)

# a is used twice, so two paths lead from e back to it.
c = a * b
d = torch.sin(c)
e = d + a
print("e was made by", e.grad_fn.name())

e.backward()
print("a.grad", a.grad)
print("b.grad", b.grad)
