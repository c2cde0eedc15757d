# Train on one task, freeze the body, train a new head; then distil into a smaller network.
import copy

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
X = torch.randn(160, 6)
features = torch.tanh(X @ torch.randn(6, 3))
first_task = (features.sum(1) > 0).long()
second_task = (features[:, 0] - features[:, 1] > 0).long()

body = nn.Sequential(nn.Linear(6, 16), nn.Tanh(), nn.Linear(16, 8), nn.Tanh())
net = nn.Sequential(body, nn.Linear(8, 2))


def fit(model, y, params, epochs, lr=0.02):
    optimizer = torch.optim.Adam(params, lr=lr)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(X), y)
        loss.backward()
        optimizer.step()
    return loss.item()


def right(model, y):
    with torch.no_grad():
        return (model(X).argmax(dim=-1) == y).float().mean().item()


start = F.cross_entropy(net(X), first_task).item()
end = fit(net, first_task, net.parameters(), 150)
print("first task: %.2f" % start, end < 0.1, right(net, first_task) > 0.95)

frozen = copy.deepcopy(net)
for param in frozen[0].parameters():
    param.requires_grad = False
frozen[1] = nn.Linear(8, 2)
before = [p.clone() for p in frozen[0].parameters()]
trainable = [n for n, p in frozen.named_parameters() if p.requires_grad]
print(trainable, sum(p.numel() for p in frozen.parameters()), sum(p.numel() for p in frozen.parameters() if p.requires_grad))
fit(frozen, second_task, filter(lambda p: p.requires_grad, frozen.parameters()), 150)
print("body unchanged:", all(torch.equal(a, b) for a, b in zip(before, frozen[0].parameters())))
print("better than a coin:", right(frozen, second_task) > 0.6)
for param in frozen.parameters():
    param.requires_grad_(True)
groups = [{"params": frozen[0].parameters(), "lr": 0.005}, {"params": frozen[1].parameters()}]
fit(frozen, second_task, groups, 150)
print("fine-tuned:", right(frozen, second_task) > 0.95, torch.equal(before[0], frozen[0][0].weight))

student = nn.Sequential(nn.Linear(6, 4), nn.Tanh(), nn.Linear(4, 2))
optimizer = torch.optim.Adam(student.parameters(), lr=0.03)
net.eval()
T = 2.0
for epoch in range(200):
    with torch.no_grad():
        soft = F.softmax(net(X) / T, dim=1)
    loss = F.kl_div(F.log_softmax(student(X) / T, dim=1), soft, reduction="batchmean") * T * T
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
agree = (student(X).argmax(1) == net(X).argmax(1)).float().mean()
print("the student agrees:", agree.item() > 0.9, [tuple(p.shape) for p in student.parameters()])
