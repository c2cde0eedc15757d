# Sequential, ModuleList, ModuleDict, ParameterList: building, indexing, printing.
from collections import OrderedDict

import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
print(model, len(model), model[0], model[-1], model[1:])
named = nn.Sequential(OrderedDict([("conv", nn.Conv2d(1, 3, 5)), ("relu", nn.ReLU()), ("pool", nn.MaxPool2d(2))]))
print(named, named.conv.kernel_size, named[0] is named.conv, list(named.state_dict()))
model.add_module("extra", nn.Softmax(dim=1))
model[1] = nn.Tanh()
print(model, model(torch.zeros(1, 4)).sum().item() > 0.99)
for name, layer in model.named_children():
    print(name, "->", layer, end="; ")
print()
blocks = []
for i in range(2):
    blocks.append(nn.Linear(2, 2))
    blocks.append(nn.Dropout(0.5))
deep = nn.Sequential(*blocks, nn.Sequential(nn.Linear(2, 1), nn.Sigmoid()))
print(deep)
print([n for n, p in deep.named_parameters()], [type(m).__name__ for m in deep])


class Net(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.linears = nn.ModuleList([nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])])
        self.activations = nn.ModuleDict({"relu": nn.ReLU(), "lrelu": nn.LeakyReLU(0.2)})
        self.weights = nn.ParameterList([nn.Parameter(torch.ones(2)) for _ in range(2)])

    def forward(self, x, choice="relu"):
        for i, layer in enumerate(self.linears):
            x = self.activations[choice](layer(x))
        return x * self.weights[0] + self.weights[1]


net = Net([3, 4, 2])
print(net.linears, net.activations, len(net.linears), "relu" in net.activations, list(net.activations.keys()))
print(net(torch.zeros(2, 3)).shape, net(torch.zeros(3), "lrelu").shape, [n for n, _ in net.named_parameters()])
net.linears.append(nn.Linear(2, 2))
net.linears.extend([nn.Linear(2, 2)])
net.activations["tanh"] = nn.Tanh()
print(len(net.linears), net.linears[-1].out_features, [k for k, v in net.activations.items()])
print(sum(p.numel() for p in net.parameters()))
for layer in net.linears[:2]:
    print(layer, end=" ")
print()


class Reshape(nn.Module):
    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.view(x.size(0), *self.shape)


pipeline = nn.Sequential(nn.Flatten(), nn.Linear(6, 8), Reshape(2, 4), nn.Identity(), nn.Unflatten(1, (1, 2)))
print(pipeline, pipeline(torch.zeros(3, 2, 3)).shape)
