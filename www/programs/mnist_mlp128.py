import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import datasets

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
torch.manual_seed(1)

train = datasets.MNIST('data', train=True, download=True)
test = datasets.MNIST('data', train=False, download=True)


def pixels(images):
    return images.view(-1, 28 * 28).to(device).float() / 255


def accuracy(model):
    with torch.no_grad():
        answers = model(pixels(test.data)).argmax(dim=1)
    return (answers.cpu() == test.targets).float().mean().item()


# A hidden layer of 128, each of which looks for a pattern of its own
model = nn.Sequential(
    nn.Linear(28 * 28, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)

for epoch in range(5):
    for step, batch in enumerate(torch.randperm(len(train)).split(64)):
        loss = F.cross_entropy(model(pixels(train.data[batch])), train.targets[batch].to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 300 == 0:
            print(f'epoch {epoch + 1}   step {step:3d}   loss {loss.item():.3f}')
    print(f'epoch {epoch + 1}   test accuracy {accuracy(model):.2%}')
