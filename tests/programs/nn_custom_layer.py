# Layers of one's own: without parameters, with them, with a gate, with a residual.
import torch
import torch.nn as nn
import torch.nn.functional as F


class Centre(nn.Module):
    def forward(self, X):
        return X - X.mean()


class Dense(nn.Module):
    def __init__(self, inputs, units):
        super().__init__()
        self.weight = nn.Parameter(torch.arange(inputs * units).view(inputs, units) / 10)
        self.bias = nn.Parameter(torch.zeros(units,))

    def forward(self, X):
        linear = torch.matmul(X, self.weight.data) + self.bias.data
        return F.relu(linear)

    def extra_repr(self):
        return "in={}, out={}".format(*self.weight.shape)


class Halving(nn.Module):
    def __init__(self):
        super().__init__()
        self.fixed = torch.full((4, 4), 0.25)
        self.linear = nn.Linear(4, 4)

    def forward(self, X):
        X = self.linear(X)
        X = F.relu(torch.mm(X, self.fixed) + 1)
        X = self.linear(X)
        while X.abs().sum() > 1:
            X /= 2
        return X.sum()


class Residual(nn.Module):
    def __init__(self, inputs_, outputs, project=False, strides=1):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs_, outputs, kernel_size=3, padding=1, stride=strides)
        self.conv2 = nn.Conv2d(outputs, outputs, kernel_size=3, padding=1)
        if project:
            self.conv3 = nn.Conv2d(inputs_, outputs, kernel_size=1, stride=strides)
        else:
            self.conv3 = None
        self.bn1 = nn.BatchNorm2d(outputs)
        self.bn2 = nn.BatchNorm2d(outputs)

    def forward(self, X):
        Y = F.relu(self.bn1(self.conv1(X)))
        Y = self.bn2(self.conv2(Y))
        if self.conv3:
            X = self.conv3(X)
        Y += X
        return F.relu(Y)


class Highway(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.transform, self.gate = nn.Linear(size, size), nn.Linear(size, size)
        self.gate.bias.data.fill_(-2.0)

    def forward(self, x):
        t = torch.sigmoid(self.gate(x))
        return t * F.relu(self.transform(x)) + (1 - t) * x


layer = Centre()
print(layer(torch.FloatTensor([1, 2, 3, 4, 5])), layer)
net = nn.Sequential(Dense(3, 2), Centre())
print(net, net(torch.ones(1, 3)), net[0].weight)
torch.manual_seed(0)
X = torch.rand(2, 4)
print(Halving()(X).abs() <= 1, nn.Sequential(nn.Linear(4, 4), Halving())(X).shape)
blk = Residual(3, 3)
print(blk(torch.rand(4, 3, 6, 6)).shape, Residual(3, 6, project=True, strides=2)(torch.rand(4, 3, 6, 6)).shape)
print(blk)
h = Highway(3)
x = torch.tensor([[1.0, -1.0, 0.5]])
print((h(x) - x).abs().max() < 1, h.gate.bias, [n for n, _ in h.named_parameters()])


def stack(depth, in_channels, out_channels):
    layers = []
    for _ in range(depth):
        layers.append(nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1))
        layers.append(nn.ReLU())
        in_channels = out_channels
    layers.append(nn.MaxPool2d(kernel_size=2, stride=2))
    return nn.Sequential(*layers)


X = torch.randn(size=(1, 1, 16, 16))
net = nn.Sequential(stack(1, 1, 4), stack(2, 4, 8), nn.Flatten(), nn.Linear(8 * 4 * 4, 10))
for blk in net:
    X = blk(X)
    print(blk.__class__.__name__, "output shape:\t", X.shape)
