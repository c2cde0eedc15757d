# Connectionist temporal classification, and losses for several labels and for distances of one's own.
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)


def show(loss, *tensors):
    loss.sum().backward()
    print("[" + ", ".join("%.4f" % x for x in loss.detach().reshape(-1)) + "]")
    for t in tensors:
        print(" ".join("%.3f" % x for x in (t.grad.flatten() + 0.0)[:12]), "%.3f" % t.grad.abs().sum())
        t.grad = None


logits = torch.randn(12, 3, 5, requires_grad=True)
targets = torch.tensor([[1, 2, 2, 3], [4, 1, 0, 0], [3, 3, 3, 4]])
lengths, sizes = torch.tensor([12, 7, 10]), torch.tensor([4, 2, 4])
for reduction in ("mean", "sum", "none"):
    show(nn.CTCLoss(reduction=reduction)(logits.log_softmax(2), targets, lengths, sizes), logits)
show(F.ctc_loss(logits.log_softmax(2), torch.tensor([1, 2, 2, 3, 4, 1, 3, 3, 3, 4]), (12, 7, 10), (4, 2, 4)), logits)
plain = logits.detach().log_softmax(2).requires_grad_()
show(F.ctc_loss(plain, targets, lengths, sizes), plain)
show(F.ctc_loss(logits.log_softmax(2), torch.tensor([[0, 1], [2, 3], [3, 3]]), lengths, torch.tensor([2, 1, 2]), blank=4), logits)
show(nn.CTCLoss()(logits[:, 0].log_softmax(1), torch.tensor([1, 2]), torch.tensor(12), torch.tensor(2)), logits)
show(F.ctc_loss(logits.log_softmax(2), targets, lengths, torch.tensor([0, 2, 4]), reduction="none"), logits)
short = F.ctc_loss(logits.log_softmax(2), targets, (12, 7, 4), (4, 2, 4), reduction="none")
print(["%.3f" % x for x in short.detach()])
show(nn.CTCLoss(zero_infinity=True, reduction="none")(logits.log_softmax(2), targets, (12, 7, 4), (4, 2, 4)), logits)
for bad in ((12, 7), (12, 7, 13)):
    try:
        F.ctc_loss(logits.log_softmax(2), targets, bad, (4, 2, 4))
    except RuntimeError as error:
        print(error)

# A small recogniser: it learns to say 1, 2, 1 over twenty steps.
model = nn.LSTM(4, 8)
head = nn.Linear(8, 3)
optimizer = torch.optim.Adam(list(model.parameters()) + list(head.parameters()), lr=0.05)
x = torch.randn(20, 2, 4)
for step in range(30):
    optimizer.zero_grad()
    loss = F.ctc_loss(head(model(x)[0]).log_softmax(2), torch.tensor([[1, 2, 1], [2, 1, 2]]), (20, 20), (3, 3))
    loss.backward()
    optimizer.step()
    if step % 10 == 0:
        print("%.2f" % loss)

x = torch.tensor([[0.1, 0.2, 0.4, 0.8], [0.5, -0.2, 0.3, 0.0]], requires_grad=True)
y = torch.tensor([[3, 0, -1, 1], [2, -1, 0, 0]])
for reduction in ("mean", "sum", "none"):
    show(nn.MultiLabelMarginLoss(reduction=reduction)(x, y), x)
show(F.multilabel_margin_loss(x[0], y[0]), x)
anchor, positive, negative = [torch.randn(4, 3, requires_grad=True) for _ in range(3)]
show(nn.TripletMarginWithDistanceLoss(margin=2.0)(anchor, positive, negative), anchor, positive, negative)
show(nn.TripletMarginWithDistanceLoss(distance_function=lambda a, b: 1 - F.cosine_similarity(a, b), swap=True, reduction="none")(anchor, positive, negative), anchor)
print(nn.TripletMarginWithDistanceLoss(), nn.CTCLoss(), nn.MultiLabelMarginLoss())
