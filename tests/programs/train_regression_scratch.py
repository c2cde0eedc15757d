# Linear regression from scratch: synthetic data, minibatches, a training loop of functions.
import random

import torch


def noisy_plane(w, b, count):
    """Points on a plane, with some noise."""
    X = torch.normal(0, 1, (count, len(w)))
    y = torch.matmul(X, w) + b
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape((-1, 1))


def minibatches(batch_size, features, labels):
    count = len(features)
    indices = list(range(count))
    random.shuffle(indices)
    for i in range(0, count, batch_size):
        chosen = torch.tensor(indices[i:min(i + batch_size, count)])
        yield features[chosen], labels[chosen]


def plane(X, w, b):
    return torch.matmul(X, w) + b


def half_square(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


random.seed(0)
torch.manual_seed(0)
true_w = torch.tensor([2, -3.4])
true_b = 4.2
features, labels = noisy_plane(true_w, true_b, 300)
print('features:', features[0], '\nlabel:', labels[0])
batch_size = 10
for X, y in minibatches(batch_size, features, labels):
    print(X.shape, y.shape)
    break
w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
lr, num_epochs, net, loss = 0.03, 3, plane, half_square
for epoch in range(num_epochs):
    for X, y in minibatches(batch_size, features, labels):
        l = loss(net(X, w, b), y)
        l.sum().backward()
        sgd([w, b], lr, batch_size)
    with torch.no_grad():
        train_l = loss(net(features, w, b), labels)
        print(f'epoch {epoch + 1}, loss {float(train_l.mean()):.4f}')
error = true_w - w.reshape(true_w.shape)
print(['%.2f' % e for e in error.abs()], '%.2f' % (true_b - b).item())

from torch import nn
from torch.utils import data

loader = data.DataLoader(data.TensorDataset(features, labels), batch_size, shuffle=True)
net = nn.Sequential(nn.Linear(2, 1))
net[0].weight.data.normal_(0, 0.01)
net[0].bias.data.fill_(0)
loss = nn.MSELoss()
trainer = torch.optim.SGD(net.parameters(), lr=0.03)
for epoch in range(3):
    for X, y in loader:
        l = loss(net(X), y)
        trainer.zero_grad()
        l.backward()
        trainer.step()
    l = loss(net(features), labels)
    print(f'epoch {epoch + 1}, loss {l:.4f}')
print('%.2f %.2f %.2f' % (net[0].weight[0, 0], net[0].weight[0, 1], net[0].bias))
