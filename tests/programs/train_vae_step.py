# A variational autoencoder: reparameterisation, its two losses, a few steps on MNIST.
import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import datasets, transforms
from torchvision.utils import save_image


class VAE(nn.Module):
    def __init__(self, pixels=784, hidden=64, latent=8):
        super(VAE, self).__init__()
        self.fc1 = nn.Linear(pixels, hidden)
        self.fc2 = nn.Linear(hidden, latent)
        self.fc3 = nn.Linear(hidden, latent)
        self.fc4 = nn.Linear(latent, hidden)
        self.fc5 = nn.Linear(hidden, pixels)

    def encode(self, x):
        h = F.relu(self.fc1(x))
        return self.fc2(h), self.fc3(h)

    def sample(self, mu, log_var):
        std = torch.exp(log_var / 2)
        eps = torch.randn_like(std)
        return mu + eps * std

    def decode(self, z):
        h = F.relu(self.fc4(z))
        return torch.sigmoid(self.fc5(h))

    def forward(self, x):
        mu, log_var = self.encode(x)
        z = self.sample(mu, log_var)
        return self.decode(z), mu, log_var


torch.manual_seed(0)
dataset = datasets.MNIST(root="data", train=False, transform=transforms.ToTensor(), download=True)
data_loader = torch.utils.data.DataLoader(dataset=torch.utils.data.Subset(dataset, range(640)), batch_size=64, shuffle=True)
model = VAE()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for epoch in range(3):
    for i, (x, _) in enumerate(data_loader):
        x = x.view(-1, 784)
        rebuilt, mu, log_var = model(x)
        pixels_loss = F.binary_cross_entropy(rebuilt, x, reduction="sum")
        divergence = -0.5 * torch.sum(1 + log_var - mu.pow(2) - log_var.exp())
        loss = pixels_loss + divergence
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print("epoch {}/{}, pixels {:.0f}, divergence {:.0f}".format(epoch + 1, 3, pixels_loss.item() / len(x), divergence.item() / len(x)))
with torch.no_grad():
    z = torch.randn(4, 8)
    out = model.decode(z).view(-1, 1, 28, 28)
    save_image(out, "sampled.png")
    side_by_side = torch.cat([x.view(-1, 1, 28, 28), rebuilt.view(-1, 1, 28, 28)], dim=3)
print(out.shape, side_by_side.shape, bool((out >= 0).all()), mu.shape)
