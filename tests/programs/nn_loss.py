# Every loss, as a module and as a function, with its reductions.
import torch
import torch.nn as nn
import torch.nn.functional as F

a, b = torch.tensor([0.5, -1., 2.]), torch.tensor([1., 1., 1.])
print(nn.MSELoss()(a, b), nn.MSELoss(reduction="sum")(a, b), nn.MSELoss(reduction="none")(a, b), F.mse_loss(a, b))
print(nn.L1Loss()(a, b), F.l1_loss(a, b, reduction="sum"), nn.SmoothL1Loss()(a, b))
print(F.smooth_l1_loss(a, b, reduction="none"), nn.HuberLoss(delta=0.5)(a, b))
logits = torch.tensor([[2., 0.5, -1.], [0.1, 0.2, 3.]], requires_grad=True)
target = torch.tensor([0, 1])
loss = nn.CrossEntropyLoss()(logits, target)
print(loss, F.cross_entropy(logits, target, reduction="none"))
print(nn.NLLLoss()(F.log_softmax(logits, dim=1), target), -logits.log_softmax(1)[range(2), target].mean())
loss.backward()
print(logits.grad)
print(F.cross_entropy(logits, target, weight=torch.tensor([1., 2., 3.])).item() > 0)
print(F.cross_entropy(logits, torch.tensor([0, -100])))
print(F.cross_entropy(logits, target, label_smoothing=0.1))
print(nn.CrossEntropyLoss(ignore_index=1)(logits, target))
print(F.cross_entropy(logits, torch.tensor([[1., 0., 0.], [0., 0.5, 0.5]])))
print(F.nll_loss(logits, target, reduction="sum"))
print(nn.CrossEntropyLoss(weight=torch.tensor([1., 2., 1.]), reduction="sum")(logits, target))
print(F.cross_entropy(torch.zeros(2, 3, 4), torch.ones(2, 4).long()), F.cross_entropy(torch.zeros(5), torch.tensor(2)))
p, t = torch.tensor([0.9, 0.2, 0.6]), torch.tensor([1., 0., 1.])
print(nn.BCELoss()(p, t), F.binary_cross_entropy(p, t, reduction="none"), nn.BCEWithLogitsLoss()(a, t))
print(F.binary_cross_entropy_with_logits(a, t, pos_weight=torch.tensor(2.)))
print(F.binary_cross_entropy(torch.tensor([0., 1.]), torch.tensor([0., 0.])))
print(nn.BCELoss(weight=torch.tensor([1., 2., 3.]))(p, t))
print(nn.KLDivLoss(reduction="batchmean")(F.log_softmax(logits, 1), F.softmax(torch.ones(2, 3), 1)))
print(F.kl_div(p.log(), t, reduction="sum"), nn.NLLLoss(reduction="none")(logits, target))
x1, x2, y = torch.tensor([[1., 0.], [0., 2.]]), torch.tensor([[1., 1.], [1., 0.]]), torch.tensor([1., -1.])
print(nn.CosineEmbeddingLoss()(x1, x2, y), nn.MarginRankingLoss(margin=0.5)(a[:2], b[:2], y))
print(nn.HingeEmbeddingLoss()(a[:2], y), nn.TripletMarginLoss()(x1, x2, -x1), nn.SoftMarginLoss()(a[:2], y))
print(nn.MultiMarginLoss()(logits, target), nn.PoissonNLLLoss()(a, b))
for bad in [
    lambda: F.cross_entropy(logits, torch.tensor([0, 3])),
    lambda: F.cross_entropy(logits, torch.tensor([0.])),
    lambda: F.cross_entropy(logits, torch.tensor([0, 1, 2])), lambda: F.binary_cross_entropy(a, t),
    lambda: F.binary_cross_entropy(p, t[:2]), lambda:
    lambda: F.nll_loss(torch.zeros(2, 3), torch.zeros(2)),
]:
    try:
        bad()
    except (IndexError, RuntimeError, ValueError) as e:
        print(type(e).__name__ + ":", str(e).split("\n")[0])


def my_cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])


def logistic(x, y):
    return torch.log(1 + torch.exp(-x * y)).mean()


print(my_cross_entropy(torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]), torch.tensor([0, 2])))
print(logistic(a, torch.tensor([1., -1., 1.])))
print((torch.maximum(torch.zeros(2, 3), logits - logits[range(2), target].view(-1, 1) + 1).sum(1) - 1).mean())
