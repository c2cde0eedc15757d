"""A learning rate finder, as courses write it."""
import copy
import math
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torch.optim.lr_scheduler import LambdaLR, _LRScheduler

class Waves(Dataset):
    def __init__(self, n=64):
        g = torch.Generator().manual_seed(7)
        self.x = torch.rand(n, 1, generator=g) * 6 - 3
        self.y = torch.sin(self.x)

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]

class ExponentialRamp(_LRScheduler):
    def __init__(self, optimizer, end_lr, num_iter, last_epoch=-1):
        self.end_lr, self.num_iter = end_lr, num_iter
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        r = self.last_epoch / self.num_iter
        return [base_lr * (self.end_lr / base_lr) ** r for base_lr in self.base_lrs]

class LRFinder:
    def __init__(self, model, optimizer, criterion):
        self.model, self.optimizer, self.criterion = model, optimizer, criterion
        self.history = {"lr": [], "loss": []}
        self.best_loss = None
        self._states = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict())

    def range_test(self, loader, end_lr=10, num_iter=40, smooth_f=0.05, diverge_th=5):
        schedule = ExponentialRamp(self.optimizer, end_lr, num_iter)
        iterator = iter(loader)
        for iteration in range(num_iter):
            try:
                x, y = next(iterator)
            except StopIteration:
                iterator = iter(loader)
                x, y = next(iterator)
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            schedule.step()
            loss = loss.item()
            self.history["lr"].append(schedule.get_last_lr()[0])
            if iteration == 0:
                self.best_loss = loss
            else:
                loss = smooth_f * loss + (1 - smooth_f) * self.history["loss"][-1]
                self.best_loss = min(loss, self.best_loss)
            self.history["loss"].append(loss)
            if loss > diverge_th * self.best_loss:
                print("Stopping early, the loss has diverged")
                break

    def reset(self):
        self.model.load_state_dict(self._states[0])
        self.optimizer.load_state_dict(self._states[1])

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=1e-4)
finder = LRFinder(model, optimizer, nn.MSELoss())
before = model[0].weight.clone()
finder.range_test(DataLoader(Waves(), batch_size=16, shuffle=True))
print(len(finder.history["lr"]), ["%.2e" % lr for lr in finder.history["lr"][::8]])
print(["%.3f" % loss for loss in finder.history["loss"][::8]])
print(torch.equal(before, model[0].weight))
finder.reset()
print(torch.equal(before, model[0].weight), optimizer.param_groups[0]["lr"])

scheduler = LambdaLR(optimizer, lr_lambda=lambda epoch: 0.95 ** epoch)
print(scheduler.state_dict()["last_epoch"], scheduler.get_last_lr())
warm = LambdaLR(torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0), lambda s: min(1.0, (s + 1) / 4) * (0.5 * (1 + math.cos(math.pi * s / 10))))
for _ in range(6):
    warm.optimizer.step()
    print("%.4f" % warm.get_last_lr()[0], end=" ")
    warm.step()
print()
