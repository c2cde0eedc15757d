# Logistic regression: by hand, with BCELoss, with logits.
import torch
import torch.nn.functional as F
from torch import nn, optim

torch.manual_seed(0)
X = torch.cat([torch.randn(50, 2) + torch.tensor([1.5, 1.5]), torch.randn(50, 2) - 1.5])
y = torch.cat([torch.ones(50, 1), torch.zeros(50, 1)])


class Model(nn.Module):
    def __init__(self):
        super(Model, self).__init__()
        self.linear = nn.Linear(2, 1)

    def forward(self, x):
        return torch.sigmoid(self.linear(x))


model = Model()
criterion = nn.BCELoss(reduction="mean")
optimizer = optim.SGD(model.parameters(), lr=0.1)
for epoch in range(100):
    y_pred = model(X)
    loss = criterion(y_pred, y)
    if epoch % 25 == 24:
        print(f"Epoch: {epoch + 1} | Loss: {loss.item():.4f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
accuracy = ((model(X) > 0.5).float() == y).float().mean()
print("accuracy %.2f" % accuracy)
hour_var = model(torch.tensor([[4.0, 4.0]]))
print("(4, 4)", "above 50%:", hour_var.item() > 0.5, model(torch.tensor([[-3.0, -1.0]])).data[0][0] > 0.5)

w, b = torch.zeros(2, 1), torch.zeros(1)
for step in range(100):
    p = 1 / (1 + torch.exp(-(X @ w + b)))
    gw, gb = X.t() @ (p - y) / len(X), (p - y).mean()
    w -= 0.1 * gw
    b -= 0.1 * gb
loss = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
print("by hand %.4f" % loss, "%.3f %.3f %.3f" % (w[0], w[1], b))

net = nn.Linear(2, 1)
nn.init.zeros_(net.weight), nn.init.zeros_(net.bias)
opt = optim.SGD(net.parameters(), lr=0.1)
for step in range(100):
    opt.zero_grad()
    loss = F.binary_cross_entropy_with_logits(net(X), y)
    loss.backward()
    opt.step()
print("logits  %.4f" % loss, torch.allclose(net.weight.data.t(), w, atol=1e-4))
pred = net(X).sign()
tp = ((pred > 0) & (y == 1)).sum().item()
fp = ((pred > 0) & (y == 0)).sum().item()
fn = ((pred <= 0) & (y == 1)).sum().item()
print("precision %.3f recall %.3f" % (tp / (tp + fp), tp / (tp + fn)))
