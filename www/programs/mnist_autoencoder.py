import matplotlib.pyplot as plt
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


# An image goes through 16 numbers, and comes out as an image again
encoder = nn.Sequential(nn.Linear(28 * 28, 128), nn.ReLU(), nn.Linear(128, 16))
decoder = nn.Sequential(nn.Linear(16, 128), nn.ReLU(), nn.Linear(128, 28 * 28), nn.Sigmoid())
model = nn.Sequential(encoder, decoder).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)


def show(title):
    """Ten digits of the test set above what becomes of them."""
    with torch.no_grad():
        before = pixels(test.data[:10])
        after = model(before)
    rows = [torch.cat(list(images.view(-1, 28, 28)), dim=1) for images in (before, after)]
    plt.imshow(torch.cat(rows).cpu().numpy(), cmap='gray')
    plt.title(title)
    plt.axis('off')
    plt.show()


show('Before training')
for epoch in range(5):
    for step, batch in enumerate(torch.randperm(len(train)).split(100)):
        images = pixels(train.data[batch])
        loss = F.mse_loss(model(images), images)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 200 == 0:
            print(f'epoch {epoch + 1}   step {step:3d}   loss {loss.item():.4f}')
    with torch.no_grad():
        images = pixels(test.data)
        print(f'epoch {epoch + 1}   test loss {F.mse_loss(model(images), images).item():.4f}')
    show(f'After epoch {epoch + 1}')
