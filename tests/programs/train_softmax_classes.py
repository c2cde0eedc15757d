# A classifier with small tools: sums, accuracy, an epoch as a function.
import torch
from torch import nn


class Sums:
    """Several sums, added to at once."""

    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + float(b) for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * len(self.data)

    def __getitem__(self, idx):
        return self.data[idx]


def softmax(X):
    grown = torch.exp(X)
    total = grown.sum(1, keepdim=True)
    return grown / total


def accuracy(y_hat, y):
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    cmp = y_hat.type(y.dtype) == y
    return float(cmp.type(y.dtype).sum())


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])


def share_right(net, data_iter):
    if isinstance(net, torch.nn.Module):
        net.eval()
    metric = Sums(2)
    with torch.no_grad():
        for X, y in data_iter:
            metric.add(accuracy(net(X), y), y.numel())
    return metric[0] / metric[1]


def one_epoch(net, train_iter, loss, updater):
    if isinstance(net, torch.nn.Module):
        net.train()
    metric = Sums(3)
    for X, y in train_iter:
        y_hat = net(X)
        l = loss(y_hat, y)
        if isinstance(updater, torch.optim.Optimizer):
            updater.zero_grad()
            l.mean().backward()
            updater.step()
        else:
            l.sum().backward()
            updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.numel())
    return metric[0] / metric[2], metric[1] / metric[2]


torch.manual_seed(0)
X = softmax(torch.normal(0, 1, (2, 5)))
print(X.shape, X.sum(1).round())
y_hat, y = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]), torch.tensor([0, 2])
print(y_hat[[0, 1], y], cross_entropy(y_hat, y), accuracy(y_hat, y) / len(y))
centres = torch.randn(4, 6) * 3
labels = torch.arange(240) % 4
features = centres[labels] + torch.randn(240, 6)
dataset = torch.utils.data.TensorDataset(features, labels)
train_iter = torch.utils.data.DataLoader(dataset, 20, shuffle=True)
W = torch.normal(0, 0.01, size=(6, 4), requires_grad=True)
b = torch.zeros(4, requires_grad=True)


def net(X):
    return softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)


def updater(batch_size, lr=0.1):
    with torch.no_grad():
        for param in (W, b):
            param -= lr * param.grad / batch_size
            param.grad.zero_()


for epoch in range(3):
    loss, acc = one_epoch(net, train_iter, cross_entropy, updater)
    print("epoch %d loss %.3f" % (epoch + 1, loss), "accuracy above 0.9:", acc > 0.9)
print(share_right(net, train_iter) > 0.95)
model = nn.Sequential(nn.Flatten(), nn.Linear(6, 4))


def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.normal_(m.weight, std=0.01)


model.apply(init_weights)
trainer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    loss, acc = one_epoch(model, train_iter, nn.CrossEntropyLoss(reduction="none"), trainer)
    print(f"epoch {epoch + 1}, loss {loss:.3f}")
assert loss < 0.5, loss
print(share_right(model, train_iter) > 0.95)
