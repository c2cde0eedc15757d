# A first hour with tensors: make them, look at them, compute with them.
from __future__ import print_function

import numpy as np
import torch

a = torch.zeros(4, 2, dtype=torch.long)
print(a, a.size())
b = torch.tensor([2.5, 7])
print(b)
b = b.new_ones(4, 2, dtype=torch.double)
print(b)
torch.manual_seed(3)
b = torch.randn_like(b, dtype=torch.float)
print(b)
c = torch.rand(4, 2)
print("by an operator:", b + c)
print("by a function:", torch.add(b, c))
out = torch.empty(4, 2)
torch.add(b, c, out=out)
print("into a given tensor:", out)
c.add_(b)
print("in place:", c)
print("second column:", c[:, 1], "last row:", c[-1])

grid = torch.randn(2, 6)
print(grid.view(12).size(), grid.view(-1, 4).size(), grid.view(3, 4).shape)
one = torch.randn(1)
print(one, "%.4f" % one.item(), type(one.item()))

t = torch.ones(3)
n = t.numpy()
t.add_(1)
print(t, n)
n = np.zeros(3)
t = torch.from_numpy(n)
np.add(n, 4, out=n)
print(n, t)

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
on_device = torch.ones_like(one, device=device)
print(on_device.to("cpu", torch.double), on_device.device)
table = torch.ones(3, 4)
table[:, 2] = 0
print(f"shape {table.shape}, type {table.dtype}, device {table.device}")
print(f"The table:\n {table} \n")
print(torch.cat([table, table * 2], dim=1))
print(f"elementwise\n {table.mul(table)}")
print(f"product\n {table.matmul(table.T)} \n")
print(f"first row {table[0]}, last column {table[..., -1]}")
total = table.sum()
print(total, total.item(), type(total.item()), float(total), int(total))
table.sub_(5)
print(table)
x = torch.linspace(0, 1, 3)
for name, y in [("square", x ** 2), ("root", x.sqrt()), ("exp", x.exp()), ("sine", torch.sin(x))]:
    print("%-8s" % name, y)
print(x.max(), x.argmax(), (x > 0.2).sum(), x.mean().item(), x.tolist())
