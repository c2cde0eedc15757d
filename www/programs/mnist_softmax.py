import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file
from torchvision import datasets

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
torch.manual_seed(1)

# All of MNIST: 60,000 digits to learn from, 10,000 to be tested on
train = datasets.MNIST('data', train=True, download=True)
test = datasets.MNIST('data', train=False, download=True)


def pixels(images):
    """Grey values from 0 to 255 become rows of numbers from 0 to 1."""
    return images.view(-1, 28 * 28).to(device).float() / 255


def accuracy(model):
    with torch.no_grad():
        answers = model(pixels(test.data)).argmax(dim=1)
    return (answers.cpu() == test.targets).float().mean().item()


# Softmax regression: one weight for each pixel and digit
model = nn.Linear(28 * 28, 10).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)

for epoch in range(10):
    for step, batch in enumerate(torch.randperm(len(train)).split(100)):
        scores = model(pixels(train.data[batch]))
        loss = F.cross_entropy(scores, train.targets[batch].to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 200 == 0:
            print(f'epoch {epoch + 1:2d}   step {step:3d}   loss {loss.item():.3f}')
    print(f'epoch {epoch + 1:2d}   test accuracy {accuracy(model):.2%}')

# What it has learnt, for programs that only read
save_file(model.state_dict(), 'digits_softmax.safetensors')
