import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import datasets

# Of ten digits, guessing gets one right. This training does not get much further. What does it learn from?
torch.manual_seed(1)
train = datasets.MNIST('data', train=True, download=True)
images = train.data[:3000].view(-1, 28 * 28).float() / 255
labels = train.targets[:3000]

model = nn.Linear(28 * 28, 10)
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)

for epoch in range(3):
    # Another order in each epoch
    shuffled_images = images[torch.randperm(3000)]
    shuffled_labels = labels[torch.randperm(3000)]
    for x, y in zip(shuffled_images.split(60), shuffled_labels.split(60)):
        loss = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = (model(images).argmax(dim=1) == labels).float().mean().item()
    print(f'epoch {epoch + 1}   loss {loss.item():.3f}   right {right:.1%}')
