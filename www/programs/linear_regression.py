import torch
import torch.nn as nn

torch.manual_seed(3)

# Thirty points near a line, with noise
x = torch.linspace(-1, 1, 30).reshape(30, 1)
y = 1.5 * x - 0.5 + 0.2 * torch.randn(30, 1)

# A model with one weight and one bias
model = nn.Linear(1, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)

# Training
for epoch in range(50):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 10 == 0:
        print(f"epoch {epoch:2d}   loss {loss.item():.4f}")

print(f"weight {model.weight.item():.3f}   bias {model.bias.item():.3f}")
