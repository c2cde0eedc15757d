# MNIST as torchvision gives it: items, transforms, batches, a grid.
import torch
import torchvision
import torchvision.transforms as transforms
from torch.utils.data import DataLoader
from torchvision import datasets

transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
train = torchvision.datasets.MNIST(root="./data", train=True, transform=transforms.ToTensor(), download=True)
test = datasets.MNIST("./data", train=False, transform=transform)
print(len(train), len(test), train.data.shape, train.data.dtype, train.targets[:10])
image, label = train[0]
print(image.shape, image.dtype, label, type(label).__name__, "%.4f %.4f" % (image.min().item(), image.max().item()))
print("%.4f" % image.mean().item(), image[0, 7, 5:12])
image, label = test[3]
print(label, "%.4f %.4f %.4f" % (image.min().item(), image.max().item(), image.mean().item()))
for row in train[0][0][0, 5:25:2, 2:26]:
    print("".join(".:*#"[min(3, int(v * 4))] for v in row))
torch.manual_seed(0)
loader = DataLoader(train, batch_size=16, shuffle=True)
images, labels = next(iter(loader))
print(images.shape, labels, len(loader), images.view(-1, 28 * 28).shape)
grid = torchvision.utils.make_grid(images)
print(grid.shape, torchvision.utils.make_grid(images, nrow=4, padding=0).shape)
print(torchvision.utils.make_grid(images[:3]).shape, "%.4f" % grid.mean().item())
print(" ".join("%5s" % labels[j].item() for j in range(4)), torch.bincount(train.targets))
print(torch.utils.data.Subset(train, range(100))[5][1], train.classes[:3], test.targets.float().mean())
flat = datasets.MNIST("data", train=False, transform=transforms.Compose([transforms.ToTensor(), transforms.Lambda(lambda t: t.view(-1))]), target_transform=lambda y: y % 2)
print(flat[0][0].shape, [flat[i][1] for i in range(6)])
means = torch.stack([test.data[test.targets == d].float().mean() / 255 for d in range(10)])
print(["%.3f" % m for m in means], means.argmax(), means.argmin())
print("%.4f %.4f" % (train.data.float().div(255).mean().item(), train.data.float().div(255).std().item()))
