# Gradient clipping, exploding gradients, gradient accumulation.
import torch
import torch.nn as nn
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

w = torch.tensor([3., 4.], requires_grad=True)
(10 * w).sum().backward()
print(w.grad)
print(clip_grad_norm_([w], 1.0), w.grad)
print("%.3f" % clip_grad_norm_(w, max_norm=5.0), w.grad)
print("%.3f" % clip_grad_norm_([w], 0.5, norm_type=float("inf")), w.grad)
w.grad = torch.tensor([-100., 0.3])
clip_grad_value_([w], 1.0)
print(w.grad)

torch.manual_seed(0)
rnn = nn.RNN(1, 8, nonlinearity="relu")
head = nn.Linear(8, 1)
for p in rnn.parameters():
    p.data.mul_(3)
x = torch.linspace(0, 1, 20).view(20, 1, 1)
out, _ = rnn(x)
loss = head(out[-1]).pow(2).sum()
loss.backward()
params = list(rnn.parameters()) + list(head.parameters())
norm = clip_grad_norm_(params, 1.0)
after = torch.norm(torch.stack([p.grad.norm() for p in params]))
print(norm > 100, "%.3f" % after.item())


def grad_clipping(params, theta):
    norm = torch.sqrt(sum(torch.sum(p.grad ** 2) for p in params))
    if norm > theta:
        for param in params:
            param.grad[:] *= theta / norm
    return norm


print("%.3f" % grad_clipping(params, 0.5).item(), "%.3f" % grad_clipping(params, 0.7).item())

torch.manual_seed(1)
X, y = torch.randn(8, 2), torch.randn(8, 1)
a, b = nn.Linear(2, 1), nn.Linear(2, 1)
b.load_state_dict(a.state_dict())
nn.MSELoss()(a(X), y).backward()
for i in range(0, 8, 2):
    loss = nn.MSELoss()(b(X[i : i + 2]), y[i : i + 2]) / 4
    loss.backward()
print(torch.allclose(a.weight.grad, b.weight.grad, atol=1e-6), ["%.4f" % v for v in a.weight.grad[0]])
accumulation_steps, updates = 2, 0
optimizer = torch.optim.SGD(a.parameters(), lr=0.1)
optimizer.zero_grad()
for i, (xi, yi) in enumerate(zip(X, y)):
    loss = (a(xi) - yi).pow(2).mean() / accumulation_steps
    loss.backward()
    if (i + 1) % accumulation_steps == 0:
        nn.utils.clip_grad_norm_(a.parameters(), 0.5)
        optimizer.step()
        optimizer.zero_grad()
        updates += 1
print(updates, ["%.3f" % v for v in a.weight[0]], "%.3f" % a.bias.item())
