# Joining, splitting, reshaping, moving dimensions.
import torch

a, b = torch.arange(6).view(2, 3), torch.arange(6, 12).reshape(2, 3)
print(torch.cat([a, b]), torch.cat((a, b), dim=1), torch.cat([a, b], -1).shape, torch.stack([a, b]).shape)
print(torch.stack((a[0], b[0]), dim=1))
print(torch.vstack([a, b]).shape, torch.hstack([a, b]), torch.dstack([a, b]).shape)
print(torch.cat([a, torch.zeros(1, 3, dtype=torch.long)]), torch.cat([torch.tensor([]), torch.ones(2)]))
print(torch.column_stack([a[:, 0], b]))
x = torch.arange(24).float().view(2, 3, 4)
print(x.view(6, 4).shape, x.view(-1).shape, x.view(2, -1).shape, x.view(x.size(0), -1).shape)
print(x.reshape(4, 6)[1], x.flatten(1).shape, x.view_as(torch.zeros(4, 6)).shape)
print(x.permute(2, 0, 1).shape, x.transpose(1, 2).shape, x.transpose(0, -1)[3, 2], x.swapaxes(0, 1).shape)
print(x.movedim(0, 2).shape, torch.moveaxis(x, -1, 0).shape)
print(x.unsqueeze(0).shape, x.unsqueeze(-1).shape, x[:, :1].squeeze(1).shape)
print(torch.zeros(1, 2, 1).squeeze().shape, torch.zeros(1, 2, 1).squeeze(0).shape, x.squeeze(1).shape)
print(x.split(2, dim=1)[1].shape, [t.shape for t in x.chunk(3, 2)])
print([c.tolist() for c in torch.arange(5).split(2)], torch.unbind(a, 1))
print([len(c) for c in torch.arange(7).chunk(3)])
print(x.stride(), x.permute(1, 0, 2).stride(), x[:, 1].storage_offset(), x.is_contiguous())
print(x.transpose(0, 1).is_contiguous(), x.expand(2, 2, 3, 4).stride(), x.element_size())
print(a.flip(0), a.flip([0, 1]), a.fliplr(), torch.roll(a, 1, 1), torch.roll(a, (1, 1), (0, 1)))
print(torch.rot90(a), a.t().flip(1))
print(a.repeat(2, 1), a.repeat(2, 1, 2).shape, torch.repeat_interleave(a, 2, dim=0))
print(torch.repeat_interleave(torch.tensor([1, 2]), torch.tensor([2, 1])), a.expand(3, 2, 3)[2])
print(a.tile(2).shape, a.expand_as(torch.zeros(2, 2, 3)).shape)
print(torch.tril(torch.ones(3, 3)), torch.triu(torch.arange(9).view(3, 3)), torch.diag_embed(a).shape)
print(torch.nn.functional.pad(a, (1, 2)), torch.nn.functional.pad(a, (0, 0, 1, 0), value=9))
print(torch.nn.functional.pad(x, (1, 1), "constant", 0).shape, torch.atleast_2d(torch.tensor(1)), a.ravel())
print(a.numel())
print(torch.cat([torch.full((1, 2), i) for i in range(3)]))
print(torch.stack([torch.tensor(float(i)) for i in range(3)]), torch.stack(list(a)), sum([a, b]))
print(torch.cat([x] * 3, 1).shape)
s = a.shape
n, *rest = x.shape
print(s[0] * s[1], n, rest, s + (5,), s[-1], s.numel(), len(s), torch.zeros(*s).shape, torch.zeros(s).shape)
print(torch.zeros((*s, 2)).shape, x.size()[1:], a.size(dim=1))
for bad in [
    lambda: torch.cat([a, torch.zeros(3, 2)]), lambda: torch.stack([a, a[0]]), lambda: a.view(4, 2),
    lambda: a.view(-1, 4), lambda: x.transpose(0, 3), lambda: x.permute(0, 1), lambda: a.expand(2, 4),
    lambda: a.reshape(7), lambda: a.unsqueeze(5), lambda: torch.cat([]), lambda: a.view(-1, -1),
]:
    try:
        bad()
    except (RuntimeError, IndexError) as e:
        print(type(e).__name__ + ":", e)
