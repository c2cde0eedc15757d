import torch
import torch.nn as nn
from torch.utils.data import DataLoader, Subset
from torchvision import datasets, transforms

torch.manual_seed(1)

# A part of MNIST, so that it is quick
to_tensor = transforms.ToTensor()
train = Subset(datasets.MNIST("data", train=True, download=True, transform=to_tensor), range(2000))
test = Subset(datasets.MNIST("data", train=False, download=True, transform=to_tensor), range(500))

# Logistic regression for ten classes
model = nn.Linear(28 * 28, 10)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.001)

for epoch in range(2):
    for images, labels in DataLoader(train, batch_size=50, shuffle=True):
        loss = loss_fn(model(images.view(-1, 28 * 28)), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch + 1}   loss {loss.item():.3f}")

# The digits that it has never seen
images, labels = next(iter(DataLoader(test, batch_size=500)))
correct = (model(images.view(-1, 28 * 28)).argmax(dim=1) == labels).sum().item()
print(f"accuracy: {100 * correct / len(test):.1f} %")
print("more than 80 % are right" if correct > 400 else "not yet 80 %")
