import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file
from torchvision import datasets

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
torch.manual_seed(1)

train = datasets.MNIST('data', train=True, download=True)
test = datasets.MNIST('data', train=False, download=True)


class Net(nn.Module):
    """Two convolutions, each halved, then two layers. While it learns, dropout leaves out half of what it sees."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, kernel_size=5)
        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)
        self.conv2_drop = nn.Dropout2d()
        self.fc1 = nn.Linear(320, 50)
        self.fc2 = nn.Linear(50, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.conv2_drop(self.conv2(x)), 2))
        x = F.relu(self.fc1(x.view(-1, 320)))
        x = F.dropout(x, training=self.training)
        return F.log_softmax(self.fc2(x), dim=1)


def pixels(images):
    return images.view(-1, 1, 28, 28).to(device).float() / 255


def accuracy(model):
    model.eval()
    correct = 0
    with torch.no_grad():
        for images, labels in zip(test.data.split(1000), test.targets.split(1000)):
            correct += (model(pixels(images)).argmax(dim=1).cpu() == labels).sum().item()
    model.train()
    return correct / len(test)


model = Net().to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)

for epoch in range(5):
    for step, batch in enumerate(torch.randperm(len(train)).split(64)):
        loss = F.nll_loss(model(pixels(train.data[batch])), train.targets[batch].to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 100 == 0:
            print(f'epoch {epoch + 1}   step {step:3d}   loss {loss.item():.3f}')
    print(f'epoch {epoch + 1}   test accuracy {accuracy(model):.2%}')

# What it has learnt, for programs that only read
save_file(model.state_dict(), 'digits_conv.safetensors')
