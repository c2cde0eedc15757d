# Layers over volumes, and rarer layers over planes and rows.
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)


def show(y, *tensors):
    print(tuple(y.shape), " ".join("%.3f" % x for x in (y.detach().flatten() + 0.0)[:8]))
    (y * torch.arange(y.numel()).view_as(y).remainder(5)).sum().backward()
    for t in tensors:
        print("   ", " ".join("%.3f" % x for x in (t.grad.flatten() + 0.0)[:6]), "%.2f" % t.grad.abs().sum())
        t.grad = None


x = torch.randn(2, 4, 5, 6, 7, requires_grad=True)
for conv in (nn.Conv3d(4, 6, 3), nn.Conv3d(4, 2, (1, 2, 3), stride=(2, 1, 2), padding=(0, 1, 1), bias=False),
             nn.Conv3d(4, 4, 3, padding="same", dilation=2, groups=2), nn.Conv3d(4, 2, 2, stride=2, padding=1)):
    print(conv, tuple(conv.weight.shape))
    show(conv(x), x, *conv.parameters())
print(nn.Conv3d(4, 2, 3)(x[0]).shape)
for pool in (nn.MaxPool3d(2), nn.MaxPool3d((2, 3, 3), stride=2, padding=1), nn.AvgPool3d(2), nn.AvgPool3d(3, 2, 1),
             nn.AvgPool3d(3, 2, 1, count_include_pad=False, ceil_mode=True), nn.AdaptiveAvgPool3d(1), nn.AdaptiveAvgPool3d((2, None, 3))):
    print(pool)
    show(pool(x), x)
print(F.max_pool3d(x[0], 2).shape)
norm = nn.BatchNorm3d(4)
print(norm)
show(norm(x), x, norm.weight)
print(norm.running_mean)
show(nn.InstanceNorm3d(4)(x), x)
y = nn.Dropout3d(0.5)(torch.ones(3, 4, 2, 2, 2))
print(y.mean((2, 3, 4)))

net = nn.Sequential(nn.Conv3d(1, 4, 3, padding=1), nn.BatchNorm3d(4), nn.ReLU(), nn.MaxPool3d(2), nn.Conv3d(4, 8, 3), nn.AdaptiveAvgPool3d(1), nn.Flatten(), nn.Linear(8, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
cubes, labels = torch.randn(4, 1, 6, 6, 6), torch.tensor([0, 1, 0, 1])
for _ in range(3):
    optimizer.zero_grad()
    loss = F.cross_entropy(net(cubes), labels)
    loss.backward()
    optimizer.step()
    print("%.3f" % loss)

image = torch.arange(32.0).view(1, 2, 4, 4).requires_grad_()
pooled, places = F.max_pool2d(image, 2, return_indices=True)
unpool = nn.MaxUnpool2d(2, stride=2)
print(unpool, unpool(pooled, places).detach())
show(unpool(pooled, places, output_size=(1, 2, 5, 5)), image)
row, places = nn.MaxPool1d(2, return_indices=True)(torch.tensor([[[1.0, 5, 3, 2, 9]]]))
print(nn.MaxUnpool1d(2)(row, places), nn.MaxUnpool1d(2)(row, places, output_size=[5]), nn.MaxUnpool1d(2))
print(nn.LPPool2d(2, 3), nn.LPPool1d(1, 2, stride=1))
positive = image.detach().add(1).requires_grad_()
show(nn.LPPool2d(2, 2)(positive), positive)
show(nn.LPPool2d(1.5, (3, 2), stride=(2, 1))(positive), positive)
show(F.lp_pool1d(positive[0], 3, 2), positive)
shuffle = nn.ChannelShuffle(2)
print(shuffle, shuffle(torch.arange(4.0).view(1, 4, 1, 1)).flatten())
print(nn.RReLU(), nn.RReLU(0.1, 0.3, inplace=True), nn.RReLU().eval()(torch.tensor([-1.0, 2.0, 0.0])))
print(nn.init.dirac_(torch.empty(2, 3, 3)))
print(nn.init.dirac_(torch.empty(4, 2, 3, 3), 2)[:, :, 1, 1])
print((nn.init.sparse_(torch.empty(6, 3), 0.5) == 0).sum(0))
try:
    nn.init.dirac_(torch.zeros(3, 3))
except ValueError as error:
    print(error)
