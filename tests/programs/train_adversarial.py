# Examples that fool a classifier: the sign of the gradient of its input.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
N = 200
angle = torch.rand(N) * 6.2832
inner = (torch.arange(N) % 2).bool()
radius = torch.where(inner, torch.tensor(1.0), torch.tensor(2.5)) + 0.1 * torch.randn(N)
X = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)
y = (~inner).long()
print(X.shape, torch.bincount(y))

model = nn.Sequential(nn.Linear(2, 24), nn.Tanh(), nn.Linear(24, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
for epoch in range(200):
    loss = F.cross_entropy(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch in (0, 20):
        print(epoch, "%.2f" % loss.item())
clean = (model(X).argmax(1) == y).float().mean().item()
print("clean: above 0.99", clean > 0.99)


def attack(x, epsilon):
    x = x.clone().detach().requires_grad_(True)
    loss = F.cross_entropy(model(x), y)
    model.zero_grad()
    loss.backward()
    return x.detach() + epsilon * x.grad.detach().sign()


rates = []
for epsilon in (0.0, 0.25, 0.5, 1.0):
    fooled = attack(X, epsilon)
    rates.append((model(fooled).argmax(1) == y).float().mean().item())
print("weaker with every step:", all(a >= b for a, b in zip(rates, rates[1:])), rates[0] == clean, rates[-1] < 0.3)
print(X.grad, model[0].weight.grad is not None)

target = torch.zeros(1, 2, requires_grad=True)
seeker = torch.optim.SGD([target], lr=0.5)
for step in range(60):
    seeker.zero_grad()
    F.cross_entropy(model(target + torch.tensor([[0.5, 0.0]])), torch.tensor([1])).backward()
    seeker.step()
with torch.no_grad():
    probability = model(target + torch.tensor([[0.5, 0.0]])).softmax(1)[0, 1]
print("an input made for class 1:", probability.item() > 0.9)
saliency = torch.autograd.grad(model(X[:4]).max(1)[0].sum(), model[0].weight)[0]
print(saliency.shape)
