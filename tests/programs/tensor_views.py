# Which operations share memory and which copy.
import torch

x = torch.arange(6)
views = {
    "view": lambda t: t.view(2, 3),
    "reshape": lambda t: t.reshape(3, 2),
    "slice": lambda t: t[1:4],
    "index by number": lambda t: t[2],
    "step": lambda t: t[::2],
    "transpose": lambda t: t.view(2, 3).t(),
    "permute": lambda t: t.view(1, 2, 3).permute(2, 0, 1),
    "unsqueeze": lambda t: t.unsqueeze(0),
    "squeeze": lambda t: t.view(1, 6).squeeze(),
    "expand": lambda t: t.view(6, 1).expand(6, 2),
    "narrow": lambda t: t.narrow(0, 1, 3),
    "split": lambda t: t.split(2)[1],
    "chunk": lambda t: t.chunk(3)[1],
    "unbind": lambda t: t.unbind()[2],
    "diagonal": lambda t: t.view(2, 3).diagonal(),
    "detach": lambda t: t.detach(),
    "data": lambda t: t.data,
    "flatten": lambda t: t.view(2, 3).flatten(),
    "contiguous": lambda t: t.contiguous(),
    "numpy": lambda t: torch.from_numpy(t.numpy()),
    "to same type": lambda t: t.to(torch.int64),
    "clone": lambda t: t.clone(),
    "to other type": lambda t: t.float(),
    "index by list": lambda t: t[[0, 1, 2]],
    "mask": lambda t: t[t >= 0],
    "reshape of transposed": lambda t: t.view(2, 3).t().reshape(6),
    "repeat": lambda t: t.repeat(2),
    "flip": lambda t: t.flip(0),
    "cat": lambda t: torch.cat([t]),
    "tensor of tolist": lambda t: torch.tensor(t.tolist()),
    "arithmetic": lambda t: t + 0,
}
for name, make in views.items():
    base = x.clone()
    made = make(base)
    made.fill_(77) if name != "expand" else made[0].fill_(77)
    print("%-22s %s" % (name, "shares" if (base == 77).any() else "copies"))
m = torch.arange(12).view(3, 4)
print(m.t().is_contiguous(), m.t().contiguous().is_contiguous(), m[:, 1].stride(), m[:, 1].is_contiguous())
print(m[1].is_contiguous(), m.t().stride())
row = m[1]
col = m[:, 2]
row *= 10
col += 1
print(m, row, col)
w = m.view(-1)[4:8].view(2, 2)
w[1] = 0
print(m[1], w)
try:
    m.t().view(12)
except RuntimeError as e:
    print(str(e).split(".")[0])
a = torch.zeros(2, 3)
b = a
a = a + 1
print(b.sum().item(), a.sum().item())
b += 5
print(b[0], a[0])
swap = torch.tensor([1, 2, 3])
swap[0], swap[2] = swap[2].clone(), swap[0].clone()
print(swap, torch.tensor([3, 1, 2])[[1, 0, 2]])
