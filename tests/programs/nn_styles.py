# The same network in five ways.
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F


class WithFunctions(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(3, 4)
        self.predict = nn.Linear(4, 2)

    def forward(self, x):
        return self.predict(F.relu(self.hidden(x)))


class WithSequential(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))

    def forward(self, x):
        return self.layers(x)


class WithList(nn.Module):
    def __init__(self, sizes=(3, 4, 2)):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = layer(x).clamp(min=0)
        return self.layers[-1](x)


class WithParameters(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1, self.b1 = nn.Parameter(torch.empty(4, 3)), nn.Parameter(torch.empty(4))
        self.w2, self.b2 = nn.Parameter(torch.empty(2, 4)), nn.Parameter(torch.empty(2))

    def forward(self, x):
        return F.linear(torch.relu(F.linear(x, self.w1, self.b1)), self.w2, self.b2)


ordered = nn.Sequential(OrderedDict([("hidden", nn.Linear(3, 4)), ("act", nn.ReLU()), ("out", nn.Linear(4, 2))]))
nets = [WithFunctions(), WithSequential(), WithList(), WithParameters(), ordered]
for net in nets:
    torch.manual_seed(0)
    for p in net.parameters():
        nn.init.uniform_(p, -1, 1)
    print(net)
    print([n for n, _ in net.named_parameters()])
x = torch.tensor([[1.0, -2.0, 0.5], [0.0, 1.0, 2.0]])
print(nets[0](x))
for net in nets[1:]:
    print(torch.allclose(net(x), nets[0](x)), end=" ")
print()
for net in nets:
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(5):
        loss = F.cross_entropy(net(x), torch.tensor([0, 1]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print("%.3f" % loss.item(), end=" ")
print()
print(ordered.hidden.weight.shape, ordered[0].bias.shape, nets[2].layers[1].in_features)
print(nets[1].layers[0] is next(nets[1].layers.children()))
