# Products of all kinds, einsum, and small linear algebra.
import torch

a = torch.tensor([[1., 2.], [3., 4.]])
b = torch.tensor([[0., 1.], [1., 0.]])
v = torch.tensor([1., -1.])
print(a @ b, a.mm(b), torch.matmul(a, v), v @ a, v @ v, a.mv(v), v.dot(v), torch.mm(a, a.t()), a.matmul(b).sum())
print(torch.outer(v, v), torch.ger(v, torch.arange(3.)), torch.addmm(a, a, b))
print(torch.addmm(v, a, b, beta=0.5, alpha=2), torch.addmv(v, a, v))
batch = torch.arange(12.).view(3, 2, 2)
print(torch.bmm(batch, batch)[2], (batch @ a).shape, (batch @ v)[1], torch.matmul(a, batch)[0])
print(torch.baddbmm(torch.zeros(3, 2, 2), batch, batch)[0], (batch @ batch.transpose(1, 2))[1], a @ b @ a)
print(torch.einsum("ij,jk->ik", a, b), torch.einsum("ij->ji", a), torch.einsum("ii", a))
print(torch.einsum("ii->i", a), torch.einsum("ij->", a), torch.einsum("i,j->ij", v, v))
print(torch.einsum("i,i->", v, v))
print(torch.einsum("bij,bjk->bik", batch, batch)[1], torch.einsum("bij,j->bi", batch, v))
print(torch.einsum("...ij,jk->...ik", batch, a)[0], torch.einsum("bij,bij->b", batch, batch))
print(torch.einsum("ij,ij->i", a, b), torch.einsum("bnd,bmd->bnm", batch, batch).shape)
print(torch.tensordot(a, b, dims=1), torch.tensordot(batch, a, dims=([2], [0])).shape, a.trace(), a.t().matmul(a))
print((a @ torch.ones(2, 3)).shape, (torch.ones(5, 2) @ a).shape)
print((torch.ones(4, 1, 2, 3) @ torch.ones(5, 3, 2)).shape, torch.arange(4) @ torch.arange(4))
print(torch.arange(4).view(2, 2) @ torch.arange(4).view(2, 2), (torch.ones(0, 2) @ a).shape)
pts = torch.tensor([[0., 0.], [3., 4.], [6., 8.]])
print(torch.cdist(pts, pts), torch.nn.functional.cosine_similarity(a, b))
print(torch.nn.functional.normalize(pts[1:], dim=1), (pts[:, None] - pts[None]).pow(2).sum(-1))
print(torch.nn.functional.pairwise_distance(a, b))
for bad in [
    lambda: a @ torch.ones(3), lambda: a.mm(torch.ones(3, 2)), lambda: a.mm(v), lambda: torch.bmm(a, a),
    lambda: a @ torch.ones(2, 2).long(), lambda: batch.bmm(torch.ones(2, 2, 2)),
    lambda: v.dot(torch.ones(3)), lambda: torch.ones(2, 2, 3) @ torch.ones(2, 2, 3),
]:
    try:
        bad()
    except RuntimeError as e:
        print("RuntimeError:", e)
