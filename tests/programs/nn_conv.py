# Convolutions, pooling, and the shapes that they give.
import torch
import torch.nn as nn
import torch.nn.functional as F

image = torch.arange(25.).view(1, 1, 5, 5)
kernel = torch.tensor([[[[0., 1., 0.], [1., -4., 1.], [0., 1., 0.]]]])
print(F.conv2d(image, kernel), F.conv2d(image, kernel, padding=1)[0, 0])
print(F.conv2d(image, torch.ones(1, 1, 2, 2), stride=2))
print(F.conv2d(image, torch.ones(2, 1, 3, 3), bias=torch.tensor([0., 100.]))[0, 1])
print(F.max_pool2d(image, 2), F.avg_pool2d(image, 2), F.max_pool2d(image, 3, stride=1).shape)
print(F.adaptive_avg_pool2d(image, 1), F.max_pool2d(image, 2, ceil_mode=True).shape)
print(F.avg_pool2d(image, 3, padding=1, stride=2)[0, 0])
values, where = F.max_pool2d(image, 2, return_indices=True)
print(where, F.conv1d(torch.arange(5.).view(1, 1, 5), torch.tensor([[[1., 0., -1.]]])))
print(F.max_pool1d(torch.arange(6.).view(1, 1, 6), 2))
print(F.conv2d(torch.ones(1, 2, 3, 3), torch.ones(2, 1, 3, 3), groups=2))
print(F.conv_transpose2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2)))
print(F.conv_transpose2d(torch.ones(1, 1, 2, 2), torch.ones(1, 1, 2, 2), stride=2).shape)
print(F.conv2d(image, kernel, dilation=2))
print(F.interpolate(torch.arange(4.).view(1, 1, 2, 2), scale_factor=2))
print(F.pad(torch.ones(1, 1, 1, 2), (1, 0, 0, 1)), F.unfold(image, 3).shape)

torch.manual_seed(0)
conv = nn.Conv2d(1, 2, 3)
print(conv.weight, conv.bias, conv.weight.shape, sum(p.numel() for p in nn.Conv2d(3, 16, 5).parameters()))
x = torch.randn(2, 1, 6, 6)
out = conv(x)
print(out.shape, "%.3f %.3f" % (out.mean().item(), out.std().item()), out[0, 0, 0])
out.pow(2).sum().backward()
print(conv.bias.grad.shape, "%.2f" % conv.weight.grad.sum().item())


class SmallNet(nn.Module):
    def __init__(self, classes=10):
        super(SmallNet, self).__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.hidden = nn.Linear(16 * 4 * 4, 60)
        self.out = nn.Linear(60, classes)

    def forward(self, image):
        x = F.relu(self.conv1(image))
        x = F.max_pool2d(x, (2, 2))
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(x.size(0), -1)
        return self.out(torch.relu(self.hidden(x)))


net = SmallNet()
print(net)
print(sum(p.numel() for p in net.parameters()), len(list(net.parameters())))
print(net(torch.randn(1, 1, 28, 28)).shape, net(torch.zeros(3, 1, 28, 28)).size())
y = torch.zeros(2, 3, 32, 32)
for layer in [
    nn.Conv2d(3, 8, 3, padding=1), nn.MaxPool2d(2), nn.Conv2d(8, 4, 3, stride=2), nn.AdaptiveAvgPool2d(3),
    nn.ConvTranspose2d(4, 2, 4, 2, 1), nn.Flatten(),
]:
    y = layer(y)
    print(type(layer).__name__, tuple(y.shape))
for bad in [
    lambda: conv(torch.zeros(2, 3, 6, 6)), lambda: conv(torch.zeros(6, 6)),
    lambda: conv(torch.zeros(1, 1, 2, 2)), lambda: net(torch.zeros(1, 1, 20, 20)),
]:
    try:
        bad()
    except RuntimeError as e:
        print("RuntimeError:", e)
