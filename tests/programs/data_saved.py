"""Whole models, checkpoints and pickles."""

import collections
import io
import pickle
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, act=torch.relu):
        super().__init__()
        self.first = nn.Linear(3, 4)
        self.second = nn.Linear(4, 4)
        self.tied = self.second
        self.norm = nn.BatchNorm1d(4)
        self.act = act
        self.register_buffer("places", torch.arange(3))
        self.history = collections.defaultdict(list)
        self.names = ("a", "b")

    def forward(self, x):
        return self.norm(self.tied(self.act(self.first(x))))


torch.manual_seed(0)
net = Net()
x = torch.randn(2, 3)
torch.save(net, "model.pth")
again = torch.load("model.pth")
print(type(again), again.places, again.history, again.names)
print(again)
print(again.tied is again.second, torch.equal(net.eval()(x), again.eval()(x)))
print(sum(p.numel() for p in again.parameters()), all(p.requires_grad for p in again.parameters()))

optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
net.train()(x).sum().backward()
optimizer.step()
torch.save({"epoch": 5, "model": net.state_dict(), "optimizer": optimizer.state_dict(), "net": net}, "checkpoint.tar")
checkpoint = torch.load("checkpoint.tar", map_location=torch.device("cpu"))
print(list(checkpoint), checkpoint["epoch"], checkpoint["net"].first.weight.shape)
other = torch.optim.Adam(again.parameters())
other.load_state_dict(checkpoint["optimizer"])
print(other.param_groups[0]["lr"], again.load_state_dict(checkpoint["model"]))

buffer = io.BytesIO()
torch.save(nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten()), buffer)
buffer.seek(0)
print(torch.load(buffer))


@dataclass
class Settings:
    rate: float = 0.1
    layers: tuple = (1, 2)


Point = collections.namedtuple("Point", "x y")
held = {
    "list": [1, 2.5, None, "x", True],
    (1, 2): {3},
    "array": np.arange(3),
    "settings": Settings(0.5),
    "tensor": torch.ones(2),
    "counter": collections.Counter("aab"),
    "point": Point(1, [2]),
    "bytes": b"xy",
    "ordered": collections.OrderedDict(a=1),
}
with open("held.pkl", "wb") as file:
    pickle.dump(held, file)
with open("held.pkl", "rb") as file:
    print(pickle.load(file))

shared = [1]
copied = pickle.loads(pickle.dumps([shared, shared]))
print(copied, copied[0] is copied[1], copied[0] is shared)
print(pickle.loads(pickle.dumps(Net)) is Net, pickle.loads(pickle.dumps(len)) is len)
try:
    pickle.dumps(lambda x: x)
except Exception as error:
    print(type(error).__name__, str(error)[:29])
