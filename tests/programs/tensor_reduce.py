# Sums, means, extremes, and everything else that makes fewer of many.
import torch

x = torch.tensor([[3., 1., 2.], [6., 5., 4.]])
print(x.sum(), x.sum(0), x.sum(dim=1), x.sum(1, keepdim=True), x.sum((0, 1)), x.sum(-1), torch.sum(x), x.sum().item())
print(x.mean(), x.mean(0), x.mean(dim=1, keepdim=True), x.median(), x.median(dim=1), x.prod(), x.prod(1))
print(x.std(), x.std(0), x.std(unbiased=False), x.var(), x.var(1), x.var(dim=0, unbiased=False))
print(torch.var_mean(x), torch.std_mean(x, dim=1))
print(x.max(), x.min(), x.max(0), x.max(dim=1)[1], torch.min(x, 1).values, torch.max(x, 1).indices)
print(x.argmax(), x.argmin(1), x.argmax(dim=0, keepdim=True))
values, indices = x.max(dim=1)
print(values, indices, x.amax(0), x.amin((0, 1)), x.max(1, keepdim=True)[0].shape)
print(x.norm(), x.norm(dim=1), x.norm(1), x.norm(p=float("inf")), x.norm(2, 1, True), torch.linalg.norm(x))
print(torch.linalg.norm(x, dim=0), x.pow(2).sum().sqrt())
print(x.all(), (x > 1).all(1), (x > 5).any(), (x > 5).any(0), (x > 2).sum(), x.count_nonzero())
print(torch.numel(x), x.logsumexp(1))
print(x.cumsum(0), x.cumsum(1), x.cumprod(1), x.cummax(1)[0], x[:, :2].trace())
print(x.sort(), x.sort(descending=True)[0], x.sort(0)[1])
print(torch.sort(torch.tensor([3, 1, 2]), descending=True), x.argsort())
print(x.flatten().argsort(descending=True), torch.msort(x))
print(x.topk(2), x.topk(1, dim=0), x.view(-1).topk(3, largest=False)[0], torch.topk(torch.tensor([1, 9, 5]), 2).indices)
u = torch.tensor([3, 1, 3, 2, 1, 3])
print(u.unique(), u.unique(return_counts=True), torch.unique(u, return_inverse=True), torch.bincount(u))
print(torch.bincount(u, minlength=6))
p = x.softmax(dim=1)
print(p, p.argmax(1), (p * p.log()).sum(1).neg(), torch.softmax(x, 0)[0], (x - x.mean(0)) / x.std(0))
print(x / x.norm(dim=1, keepdim=True))
print(torch.zeros(0).sum(), torch.zeros(0).mean(), torch.zeros(0, 3).sum(0), torch.zeros(3, 0).sum(1))
print(torch.ones(2, dtype=torch.uint8).sum().dtype, torch.tensor([True, True]).sum())
print(torch.tensor(5.).max(), torch.tensor(5).argmax())
pred, target = torch.tensor([1, 2, 2, 0]), torch.tensor([1, 0, 2, 0])
print((pred == target).sum().item() / len(target), pred.eq(target).float().mean())
print((pred == target).float().mean().item() * 100, torch.sum(pred == target))
print((pred != target).nonzero().flatten())
for bad in [
    lambda: torch.zeros(0).max(), lambda: torch.tensor([1, 2]).mean(), lambda: x.sum(2),
    lambda: x.max(dim=-3), lambda: torch.zeros(2).topk(3), lambda: x.dot(x),
]:
    try:
        bad()
    except (RuntimeError, IndexError) as e:
        print(type(e).__name__ + ":", str(e).split("\n")[0])
