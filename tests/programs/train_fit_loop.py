# From raw tensors to fit(): a loop refactored step by step.
import math

import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
n, c = 200, 3
x_all = torch.randn(n, 4)
y_all = (x_all @ torch.randn(4, c)).argmax(1)
x_train, y_train, x_valid, y_valid = x_all[:160], y_all[:160], x_all[160:], y_all[160:]
print(x_train.shape, y_train.min(), y_train.max(), torch.bincount(y_valid))


class Affine(nn.Module):
    def __init__(self):
        super().__init__()
        self.weights = nn.Parameter(torch.randn(4, c) / math.sqrt(4))
        self.bias = nn.Parameter(torch.zeros(c))

    def forward(self, xb):
        return xb @ self.weights + self.bias


class Do(nn.Module):
    def __init__(self, func):
        super().__init__()
        self.func = func

    def forward(self, x):
        return self.func(x)


class Mapped:
    def __init__(self, dl, func):
        self.dl = dl
        self.func = func

    def __len__(self):
        return len(self.dl)

    def __iter__(self):
        for b in self.dl:
            yield self.func(*b)


def loaders(train_ds, valid_ds, bs):
    return DataLoader(train_ds, batch_size=bs, shuffle=True), DataLoader(valid_ds, batch_size=bs * 2)


def one_batch(model, loss_func, xb, yb, opt=None):
    loss = loss_func(model(xb), yb)
    if opt is not None:
        loss.backward()
        opt.step()
        opt.zero_grad()
    return loss.item(), len(xb)


def fit(epochs, model, loss_func, opt, train_batches, valid_batches):
    for epoch in range(epochs):
        model.train()
        for xb, yb in train_batches:
            one_batch(model, loss_func, xb, yb, opt)
        model.eval()
        with torch.no_grad():
            losses, nums = zip(*[one_batch(model, loss_func, xb, yb) for xb, yb in valid_batches])
        val_loss = sum(l * k for l, k in zip(losses, nums)) / sum(nums)
        print(epoch, "%.3f" % val_loss)


train_ds, valid_ds = TensorDataset(x_train, y_train), TensorDataset(x_valid, y_valid)
train_batches, valid_batches = loaders(train_ds, valid_ds, 32)
model = Affine()
fit(3, model, F.cross_entropy, optim.SGD(model.parameters(), lr=0.5), train_batches, valid_batches)
as_squares = lambda x, y: (x.view(-1, 2, 2), y)
train_batches, valid_batches = Mapped(train_batches, as_squares), Mapped(valid_batches, as_squares)
print(len(train_batches), next(iter(train_batches))[0].shape)
model = nn.Sequential(Do(lambda x: x.view(x.size(0), -1)), nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, c))
print(model)
fit(3, model, F.cross_entropy, optim.SGD(model.parameters(), lr=0.2, momentum=0.9), train_batches, valid_batches)
with torch.no_grad():
    out = model(x_valid.view(-1, 2, 2))
print("valid accuracy above 0.8:", (out.argmax(1) == y_valid).float().mean().item() > 0.8)
