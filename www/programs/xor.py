import torch
import torch.nn as nn

torch.manual_seed(5)

# The four cases of exclusive or: no straight line separates them
x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])

# One hidden layer is enough
model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1), nn.Sigmoid())
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)

for step in range(120):
    loss = nn.functional.binary_cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    for case, answer in zip(x, model(x)):
        print([int(bit) for bit in case], "->", f"{answer.item():.2f}")
