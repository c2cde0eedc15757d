# An autoencoder of eight one-hot words through a bottleneck, and one that removes noise.
import torch
from torch import nn


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 3), nn.Sigmoid())
        self.decoder = nn.Sequential(nn.Linear(3, 16), nn.Tanh(), nn.Linear(16, 8))

    def forward(self, x):
        code = self.encoder(x)
        return self.decoder(code), code


torch.manual_seed(0)
data = torch.eye(8)
model = Autoencoder()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for epoch in range(1, 401):
    decoded, code = model(data)
    loss = nn.functional.cross_entropy(decoded, torch.arange(8))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch in (1, 50, 400):
        print("epoch %3d | loss %.2f | right %d of 8" % (epoch, loss.item(), (decoded.argmax(1) == torch.arange(8)).sum()))
print(code.shape, len(set(tuple(row) for row in code.round().long().tolist())) >= 6)

t = torch.linspace(0, 6.28, 16)
phases = torch.rand(64, 1) * 6.28
clean = torch.sin(t + phases)
noisy = clean + 0.3 * torch.randn_like(clean)
denoiser = nn.Sequential(nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 2), nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 16))
optimizer = torch.optim.Adam(denoiser.parameters(), lr=0.01)
criterion = nn.MSELoss()
first = None
for epoch in range(300):
    loss = criterion(denoiser(noisy), clean)
    first = first or loss.item()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print("before %.2f after less than the noise: %s" % (first, loss.item() < criterion(noisy, clean).item()))
codes = nn.Sequential(*list(denoiser.children())[:3])(noisy)
print(codes.shape, sum(p.numel() for p in denoiser.parameters()), denoiser[:3])
