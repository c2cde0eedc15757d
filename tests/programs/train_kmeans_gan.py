"""k-means with cdist and scatter, then a GAN that learns a normal distribution."""
import torch
from torch import nn
import matplotlib.pyplot as plt

torch.manual_seed(0)
centers = torch.tensor([[0.0, 0.0], [5.0, 5.0], [0.0, 5.0]])
points = torch.cat([c + 0.5 * torch.randn(20, 2) for c in centers])

def kmeans(x, k, iterations=10):
    c = x[torch.tensor([0, 25, 45])].clone()
    for _ in range(iterations):
        distance = torch.cdist(x, c)
        assign = distance.argmin(dim=1)
        counts = torch.bincount(assign, minlength=k).float()
        sums = torch.zeros(k, x.shape[1]).index_add_(0, assign, x)
        new = sums / counts.unsqueeze(1)
        if torch.allclose(new, c):
            break
        c = new
    return c, assign, counts

c, assign, counts = kmeans(points, 3)
print(c, counts)
print(torch.unique(assign, return_counts=True))
sums = torch.zeros(3, 2).scatter_add_(0, assign.unsqueeze(1).expand(-1, 2), points)
print(torch.allclose(sums / counts[:, None], c, atol=1e-4))
inertia = torch.stack([(points[assign == i] - c[i]).pow(2).sum() for i in range(3)]).sum()
print("%.3f" % inertia)
plt.scatter(points[:, 0], points[:, 1], c=assign)
plt.plot(c[:, 0], c[:, 1], "kx")
plt.title("clusters")
plt.close()

class Generator(nn.Module):
    def __init__(self, hidden=8):
        super().__init__()
        self.map1 = nn.Linear(1, hidden)
        self.map2 = nn.Linear(hidden, 1)
        self.f = torch.tanh

    def forward(self, x):
        return self.map2(self.f(self.map1(x)))

D = nn.Sequential(nn.Linear(4, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1), nn.Sigmoid())
G = Generator()
criterion = nn.BCELoss()
d_optimizer = torch.optim.SGD(D.parameters(), lr=1e-2, momentum=0.9)
g_optimizer = torch.optim.Adam(G.parameters(), lr=1e-2, betas=(0.5, 0.999))

def moments(d):
    mean = d.mean(1, keepdim=True)
    diffs = d - mean
    std = torch.pow(torch.mean(torch.pow(diffs, 2.0), 1, keepdim=True), 0.5)
    z = diffs / std
    return torch.cat([mean, std, torch.mean(torch.pow(z, 3.0), 1, keepdim=True), torch.mean(torch.pow(z, 4.0), 1, keepdim=True) - 3.0], 1)

for epoch in range(60):
    D.zero_grad()
    real = torch.empty(4, 50).normal_(4, 1.25)
    d_real = criterion(D(moments(real)), torch.ones(4, 1))
    d_real.backward()
    fake = G(torch.rand(4 * 50, 1)).detach().view(4, 50)
    d_fake = criterion(D(moments(fake)), torch.zeros(4, 1))
    d_fake.backward()
    d_optimizer.step()
    G.zero_grad()
    g_fake = G(torch.rand(4 * 50, 1)).view(4, 50)
    g_error = criterion(D(moments(g_fake)), torch.ones(4, 1))
    g_error.backward()
    g_optimizer.step()
    if epoch % 20 == 19:
        print("Epoch %s: D (%.2f real_err, %.2f fake_err) G (%.2f err); mean %.1f" % (epoch, d_real.item(), d_fake.item(), g_error.item(), g_fake.mean()))
