# Types of elements: names, conversions, promotion, limits, and what overflows.
import torch

for name in ["float32", "float64", "int64", "uint8", "bool"]:
    t = torch.ones(2, dtype=getattr(torch, name))
    print("%-8s" % name, t.dtype, t.type(), t.element_size(), t.is_floating_point(), t.dtype.is_floating_point)
print(torch.float is torch.float32, torch.long == torch.int64, torch.double, torch.long)
x = torch.tensor([1.9, -1.9, 0.0])
print(x.long(), x.bool(), x.double(), x.to(torch.int64), x.type(torch.LongTensor), x.type(torch.float64))
print(x.byte()[0], x.type("torch.LongTensor"), x.type_as(torch.ones(1).long()))
print(torch.tensor([200, 100], dtype=torch.uint8) + torch.tensor([100, 100], dtype=torch.uint8))
print(torch.finfo(torch.float32).eps, torch.finfo(torch.float32).max, torch.iinfo(torch.int64).max)
print(torch.iinfo(torch.uint8).min)
print(torch.tensor(16777216.0) + 1, torch.tensor(16777216.0).double() + 1, torch.tensor(0.1).double())
print(torch.tensor(0.1).item())
types = [torch.bool, torch.uint8, torch.int64, torch.float32, torch.float64]
for a in types:
    print([str((torch.ones(1, dtype=a) * torch.ones(1, dtype=b)).dtype)[6:] for b in types])
i, f = torch.tensor([1, 2]), torch.tensor([1.5, 2.5])
print((i + 1).dtype, (i + 1.0).dtype, (i * True).dtype, (f + 1).dtype, (f * f.double()).dtype)
print((i / i).dtype, (i // i).dtype)
print((i > 1).dtype, i.sum().dtype, (i > 1).sum().dtype, i.float().mean().dtype, i.exp().dtype, i.sqrt())
print((i ** 0.5).dtype)
print((f + torch.tensor(1.0, dtype=torch.float64)).dtype, (f + torch.ones(1, dtype=torch.float64)).dtype)
print((i + torch.tensor(1.5)).dtype)
print(torch.tensor([1, 2.5]).dtype, torch.tensor([True, 2]).dtype)
print(torch.tensor([1], dtype=torch.float).dtype, torch.arange(3.0).dtype)
print(torch.promote_types(torch.int64, torch.float32), torch.can_cast(torch.float, torch.long))
print(torch.result_type(i, 2.5))
f += i
print(f)
try:
    i += f
except RuntimeError as e:
    print("RuntimeError:", e)
try:
    torch.where(i > 1, 1.0, torch.zeros(2).double())
    print(torch.where(i > 1, torch.ones(2), torch.zeros(2)).dtype)
except RuntimeError as e:
    print("RuntimeError:", str(e).split("\n")[0])
