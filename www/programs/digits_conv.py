import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, Subset
from torchvision import datasets, transforms

torch.manual_seed(2)


class Reader(nn.Module):
    """Two convolutions, each halved, then one layer that decides."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5)
        self.conv2 = nn.Conv2d(6, 12, kernel_size=5)
        self.out = nn.Linear(12 * 4 * 4, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.out(x.flatten(1))


# A small part of MNIST
to_tensor = transforms.ToTensor()
train = Subset(datasets.MNIST("data", train=True, download=True, transform=to_tensor), range(1200))
test = Subset(datasets.MNIST("data", train=False, download=True, transform=to_tensor), range(500))

model = Reader()
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
for step, (images, labels) in enumerate(DataLoader(train, batch_size=40, shuffle=True)):
    loss = F.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 10 == 0:
        print(f"step {step:2d}   loss {loss.item():.3f}")

with torch.no_grad():
    images, labels = next(iter(DataLoader(test, batch_size=500)))
    correct = (model(images).argmax(dim=1) == labels).sum().item()
print(f"correct: {correct} of {len(test)}")
