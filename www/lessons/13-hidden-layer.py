import torch
import torch.nn as nn
from torch.utils.data import DataLoader, Subset
from torchvision import datasets, transforms

torch.manual_seed(1)

to_tensor = transforms.ToTensor()
train = Subset(datasets.MNIST("data", train=True, download=True, transform=to_tensor), range(2000))
test = Subset(datasets.MNIST("data", train=False, download=True, transform=to_tensor), range(500))


class Network(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.fc1 = nn.Linear(28 * 28, hidden)
        self.fc2 = nn.Linear(hidden, 10)

    def forward(self, x):
        x = torch.sigmoid(self.fc1(x.flatten(1)))
        return self.fc2(x)


model = Network(hidden=32)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)

for epoch in range(2):
    for images, labels in DataLoader(train, batch_size=50, shuffle=True):
        loss = loss_fn(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch + 1}   loss {loss.item():.3f}")

images, labels = next(iter(DataLoader(test, batch_size=500)))
correct = (model(images).argmax(dim=1) == labels).sum().item()
print(f"accuracy: {100 * correct / len(test):.1f} %")
print("more than 80 % are right" if correct > 400 else "not yet 80 %")
