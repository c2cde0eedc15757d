# Writing into tensors: element, slice, mask, list; views share, clones do not.
import torch

x = torch.zeros(3, 4)
x[0, 0] = 1
x[1] = 2
x[:, 3] = torch.tensor([7., 8., 9.])
x[2, 1:3] = -1
print(x)
x[x < 0] = 0.5
x[[0, 2]] += 10
x[..., 1] *= 2
x[torch.arange(3), torch.tensor([0, 1, 2])] = 99
print(x)
x[x > 50] = x[x > 50] / 3
x[0] = x[1]
x[:2, :2] = torch.tensor([[1., 2.], [3., 4.]])
x[-1, ::2] = 5
print(x)
v = x.view(-1)
v[0] = -100
row = x[1]
row.fill_(42)
t = x.t()
t[3, 2] = 0
c = x.clone()
c.zero_()
print(x, v[0], x[1].sum(), c.sum())

y = torch.arange(6).view(2, 3)
y.add_(10).mul_(2).sub_(1)
print(y, y.is_contiguous(), y.t().is_contiguous(), y.t().contiguous().stride(), y.stride())
print(y.view(3, 2), y.reshape(-1, 2).shape, y.t().reshape(6), y.permute(1, 0), y.flatten())
print(y.unsqueeze(0).squeeze().shape)
z = torch.ones(2, 3)
z.scatter_(1, torch.tensor([[0], [2]]), 5)
print(z, torch.zeros(2, 4).scatter_(1, torch.tensor([[1], [3]]), 1.0))
print(torch.zeros(3).scatter_add_(0, torch.tensor([0, 1, 0]), torch.ones(3)))
print(torch.zeros(3).index_add_(0, torch.tensor([0, 2]), torch.tensor([1., 2.])))
print(torch.zeros(2, 2).index_fill_(0, torch.tensor([1]), 3))
print(z.masked_fill(z > 2, 0), z.masked_fill_(z == 5, -1), z.clamp_(min=0), z.copy_(torch.full((2, 3), 4.)), z.fill_(2))
print(torch.zeros(2, 2).index_copy_(0, torch.tensor([1]), torch.ones(1, 2)), torch.zeros(2, 2).fill_diagonal_(1))
i = torch.tensor([1, 2, 3])
i[1] = 7.9
i += 1
i *= 2
i //= 3
print(i, i.pow_(2), i % 4)
b = torch.zeros(3, dtype=torch.bool)
b[1] = True
b |= torch.tensor([True, False, False])
print(b, ~b, b & True, b ^ b, b.any(), b.all(), b.sum(), b.float().mean(), b.logical_not())
a = torch.ones(3)
same = a
a += 1
a = a + 1
print(a, same, a is same)
out = torch.empty(3)
torch.mul(a, 2, out=out)
torch.sum(torch.ones(2, 3), dim=0, out=out)
print(out)
for bad in [
    lambda: x.__setitem__((5, 0), 1), lambda: x.__setitem__(0, torch.zeros(5)), lambda: i.add_(0.5),
    lambda: x.t().view(-1), lambda: torch.ones(3).expand(2, 3).add_(torch.ones(4)),
]:
    try:
        bad()
    except (IndexError, RuntimeError) as e:
        print(type(e).__name__ + ":", e)
