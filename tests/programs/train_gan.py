# A GAN that learns the mean and the width of a Gaussian.
import torch
import torch.nn as nn
import torch.optim as optim


def gaussian(mean, width):
    return lambda n: torch.normal(mean, width, (n, 1))


class Generator(nn.Module):
    def __init__(self, hidden_size):
        super(Generator, self).__init__()
        self.first = nn.Linear(1, hidden_size)
        self.second = nn.Linear(hidden_size, 1)
        self.f = torch.tanh

    def forward(self, x):
        return self.second(self.f(self.first(x)))


class Discriminator(nn.Module):
    def __init__(self, hidden_size):
        super(Discriminator, self).__init__()
        self.net = nn.Sequential(nn.Linear(1, hidden_size), nn.LeakyReLU(0.2), nn.Linear(hidden_size, 1), nn.Sigmoid())

    def forward(self, x):
        return self.net(x)


torch.manual_seed(0)
draw_real = gaussian(4.0, 1.25)
G, D = Generator(8), Discriminator(16)
print(G, D, sep="\n")
criterion = nn.BCELoss()
d_optimizer = optim.Adam(D.parameters(), lr=2e-3, betas=(0.5, 0.999))
g_optimizer = optim.Adam(G.parameters(), lr=2e-3, betas=(0.5, 0.999))
batch = 64
real_label, fake_label = torch.ones(batch, 1), torch.zeros(batch, 1)
start = G(torch.randn(500, 1)).mean().item()
for epoch in range(1, 401):
    D.zero_grad()
    real = draw_real(batch)
    on_real = criterion(D(real), real_label)
    fake = G(torch.randn(batch, 1)).detach()
    on_fake = criterion(D(fake), fake_label)
    d_loss = on_real + on_fake
    d_loss.backward()
    d_optimizer.step()

    G.zero_grad()
    judged = D(G(torch.randn(batch, 1)))
    g_loss = criterion(judged, real_label)
    g_loss.backward()
    g_optimizer.step()
    if epoch in (1, 5, 10):
        print("epoch %d: real %.3f, fake %.3f, generator %.3f" % (epoch, on_real.item(), on_fake.item(), g_loss.item()))
with torch.no_grad():
    samples = G(torch.randn(500, 1))
print("closer to 4:", abs(samples.mean().item() - 4) < abs(start - 4), samples.shape)
