import torch

x = torch.tensor([1.0, 2.0, 3.0])
y = 3 * x
w = torch.tensor(0.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.05)

for step in range(30):
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    optimizer.step()

print(f"w = {w.item():.3f}   loss = {loss.item():.4f}")
