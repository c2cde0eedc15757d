# A learner with callbacks, early stopping, a learning rate finder and metrics.
import copy
from functools import partial

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
x = torch.linspace(-2, 2, 64).unsqueeze(1)
y = x ** 2 + 0.1 * torch.randn_like(x)
batches = list(zip(x[torch.randperm(64)].split(16), y.split(16)))
batches = [(xb, xb ** 2) for xb, _ in batches]


class CancelFitException(Exception):
    pass


class Callback:
    order = 0

    def __getattr__(self, name):
        if name == "learner":
            raise AttributeError(name)
        return getattr(self.learner, name)

    def __call__(self, event):
        method = type(self).__dict__.get(event)
        if method is not None:
            method(self)


class Recorder(Callback):
    def begin_fit(self):
        self.losses = []

    def after_batch(self):
        self.losses.append(self.loss.item())

    def after_epoch(self):
        if self.epoch % 10 == 0:
            print("epoch %2d loss %.3f" % (self.epoch, sum(self.losses[-4:]) / 4))


class EarlyStopping(Callback):
    order = 1

    def __init__(self, target):
        self.target, self.best = target, None

    def after_epoch(self):
        loss = F.mse_loss(self.model(x), x ** 2).item()
        if self.best is None or loss < self.best[0]:
            self.best = loss, copy.deepcopy(self.model.state_dict())
        if loss < self.target:
            print("good enough at some epoch before 200:", self.epoch < 200)
            raise CancelFitException()


class Learner:
    def __init__(self, model, loss_func, opt_func, lr, cbs):
        self.model, self.loss_func, self.lr = model, loss_func, lr
        self.opt = opt_func(model.parameters(), lr=lr)
        self.cbs = sorted(cbs, key=lambda cb: cb.order)
        for cb in self.cbs:
            cb.learner = self

    def __call__(self, event):
        for cb in self.cbs:
            cb(event)

    def fit(self, epochs):
        try:
            self("begin_fit")
            for self.epoch in range(epochs):
                for self.xb, self.yb in batches:
                    self.loss = self.loss_func(self.model(self.xb), self.yb)
                    self.opt.zero_grad()
                    self.loss.backward()
                    self.opt.step()
                    self("after_batch")
                self("after_epoch")
        except CancelFitException:
            pass
        finally:
            self("after_fit")


def make():
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1))


stopper = EarlyStopping(0.02)
learner = Learner(make(), F.mse_loss, partial(torch.optim.Adam, betas=(0.9, 0.99)), 0.02, [stopper, Recorder()])
learner.fit(200)
print(type(learner.cbs[0]).__name__, stopper.best[0] < 0.02, stopper.lr, learner.cbs[0].loss is learner.loss)
for lr in (1e-4, 1e-3, 1e-2):
    quiet = Learner(make(), F.mse_loss, torch.optim.SGD, lr, [])
    quiet.fit(5)
    print("%g %.1f" % (lr, F.mse_loss(quiet.model(x), x ** 2).item()))
