# Recommendations by matrix factorisation, L2 and L1 penalties, dropout as regulariser.
import torch
import torch.nn as nn

torch.manual_seed(0)
users, items, rank = 12, 10, 2
truth = torch.rand(users, rank) @ torch.rand(rank, items) * 4 + 1
mask = torch.rand(users, items) < 0.7
print("known ratings", mask.sum().item(), "of", mask.numel())


class Factors(nn.Module):
    def __init__(self, users, items, dim):
        super().__init__()
        self.user = nn.Embedding(users, dim)
        self.item = nn.Embedding(items, dim)
        self.user_bias = nn.Embedding(users, 1)
        self.item_bias = nn.Embedding(items, 1)
        for p in self.parameters():
            nn.init.normal_(p, 0.3, 0.1)

    def forward(self, u, i):
        dot = (self.user(u) * self.item(i)).sum(dim=1)
        return dot + self.user_bias(u).squeeze(1) + self.item_bias(i).squeeze(-1)


u, i = mask.nonzero().t()
ratings = truth[u, i]
model = Factors(users, items, 3)
optimizer = torch.optim.Adam(model.parameters(), lr=0.05, weight_decay=1e-4)
for epoch in range(201):
    loss = (model(u, i) - ratings).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch in (0, 10, 20):
        print(epoch, "%.3f" % loss.item())
hidden_u, hidden_i = (~mask).nonzero(as_tuple=True)
with torch.no_grad():
    error = (model(hidden_u, hidden_i) - truth[hidden_u, hidden_i]).abs().mean()
print("fitted", loss.item() < 0.01, "hidden ones guessed", error.item() < 0.5)

X = torch.randn(30, 8)
w_true = torch.tensor([3., -2., 0., 0., 0., 0., 0., 0.])
y = X @ w_true + 0.1 * torch.randn(30)
for name, penalty in [("none", lambda w: 0), ("l2", lambda w: w.pow(2).sum()), ("l1", lambda w: w.abs().sum())]:
    w = torch.zeros(8, requires_grad=True)
    for step in range(200):
        loss = ((X @ w - y) ** 2).mean() + 0.5 * penalty(w)
        loss.backward()
        with torch.no_grad():
            w -= 0.05 * w.grad
            w.grad.zero_()
    print("%-4s" % name, "%.2f %.2f" % (w[0], w[1]), "rest below 0.3:", bool((w[2:].abs() < 0.3).all()))


def drop(X, dropout):
    assert 0 <= dropout <= 1
    if dropout == 1:
        return torch.zeros_like(X)
    if dropout == 0:
        return X
    mask = (torch.rand(X.shape) > dropout).float()
    return mask * X / (1.0 - dropout)


Z = torch.arange(16, dtype=torch.float32).reshape((2, 8))
torch.manual_seed(3)
print(drop(Z, 0.0))
print(drop(Z, 0.5))
print(drop(Z, 1.0))
