import torch
import torch.nn as nn

torch.manual_seed(5)

# Exclusive or: the answer is 1 if exactly one of the two is 1.
x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])

model = nn.Linear(2, 1)
print(model)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)

for step in range(100):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

print(f"loss: {loss.item():.4f}")
print("answers:", [round(value, 2) for value in model(x).flatten().tolist()])
