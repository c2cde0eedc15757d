import torch
import torch.nn as nn
from torch.utils.data import DataLoader, Subset
from torchvision import datasets, transforms

torch.manual_seed(1)

# Three thousand digits to learn from, a thousand to be tested on
to_tensor = transforms.ToTensor()
train = Subset(datasets.MNIST("data", train=True, download=True, transform=to_tensor), range(3000))
test = Subset(datasets.MNIST("data", train=False, download=True, transform=to_tensor), range(1000))

# Softmax regression: one weight for each pixel and digit
model = nn.Linear(28 * 28, 10)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)

for epoch in range(2):
    for images, labels in DataLoader(train, batch_size=60, shuffle=True):
        loss = loss_fn(model(images.view(-1, 28 * 28)), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch + 1}   loss {loss.item():.3f}")

# How many of the test digits it reads
correct = 0
with torch.no_grad():
    for images, labels in DataLoader(test, batch_size=500):
        answers = model(images.view(-1, 28 * 28)).argmax(dim=1)
        correct += (answers == labels).sum().item()
print(f"correct: {correct} of {len(test)}")
