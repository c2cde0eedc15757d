# A wave predicted from its past: windows, a linear model, a network, forecasts of many steps.
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
T, tau = 300, 4
time = torch.arange(1, T + 1, dtype=torch.float32)
x = torch.sin(0.05 * time) + torch.normal(0, 0.05, (T,))
windows = torch.zeros((T - tau, tau))
for i in range(tau):
    windows[:, i] = x[i: T - tau + i]
labels = x[tau:].reshape((-1, 1))
print(windows.shape, labels.shape, torch.equal(windows, x[:-1].unfold(0, tau, 1)))
n_train = 200
train_iter = DataLoader(TensorDataset(windows[:n_train], labels[:n_train]), batch_size=20, shuffle=True)


def init(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        nn.init.zeros_(m.bias)


def make():
    net = nn.Sequential(nn.Linear(tau, 10), nn.ReLU(), nn.Linear(10, 1))
    net.apply(init)
    return net


def evaluate(net, x, y):
    with torch.no_grad():
        return nn.functional.mse_loss(net(x), y).item()


net = make()
before = evaluate(net, windows, labels)
optimizer = torch.optim.Adam(net.parameters(), 0.01)
for epoch in range(5):
    for X, y in train_iter:
        optimizer.zero_grad()
        l = nn.functional.mse_loss(net(X), y)
        l.backward()
        optimizer.step()
after = evaluate(net, windows[n_train:], labels[n_train:])
print("better:", after < before, "near the noise:", after < 0.02)

normal = windows[:n_train].t() @ windows[:n_train] + 1e-3 * torch.eye(tau)
weights = torch.linalg.solve(normal, windows[:n_train].t() @ labels[:n_train])
linear = ((windows[n_train:] @ weights - labels[n_train:]) ** 2).mean()
print("linear:", linear.item() < 0.02, "%.1f" % weights.sum())

multistep = torch.zeros(T)
multistep[:n_train + tau] = x[:n_train + tau]
with torch.no_grad():
    for i in range(n_train + tau, T):
        multistep[i] = net(multistep[i - tau:i].reshape((1, -1)))
print(multistep[:3], multistep.shape, bool(multistep.abs().max() < 3))


def smooth(values, beta=0.9):
    average, out = 0.0, []
    for t, v in enumerate(values, 1):
        average = beta * average + (1 - beta) * v
        out.append(average / (1 - beta ** t))
    return out


print(["%.3f" % v for v in smooth([1.0, 2.0, 3.0, 2.0, 1.0])])
kernel = torch.ones(1, 1, 5) / 5
moving = torch.conv1d(x.view(1, 1, -1), kernel).flatten()
print(moving.shape, "%.3f" % (moving - torch.sin(0.05 * time[2:-2])).abs().mean())
