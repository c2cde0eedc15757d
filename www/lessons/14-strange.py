import random

import torch
import torch.nn as nn

random.seed(4)
torch.manual_seed(4)


class Strange(nn.Module):
    """Uses its middle layer a random number of times."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 8)
        self.middle = nn.Linear(8, 8)
        self.last = nn.Linear(8, 1)

    def forward(self, x):
        h = self.first(x).clamp(min=0)
        self.turns = random.randint(0, 3)
        for _ in range(self.turns):
            h = self.middle(h).clamp(min=0)
        return self.last(h)


x = torch.randn(30, 4)
y = x[:, :1] - x[:, 1:2]
model = Strange()
optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.8)

for step in range(60):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 6 == 0:
        print(f"step {step:2d}   turns {model.turns}   loss {loss.item():.3f}")
