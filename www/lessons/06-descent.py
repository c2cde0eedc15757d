import torch

w = torch.tensor(5.0, requires_grad=True)
lr = 0.1

for step in range(20):
    loss = (w - 2) ** 2
    loss.backward()
    with torch.no_grad():
        w -= lr * w.grad
    w.grad.zero_()

print(f"w = {w.item():.4f}   loss = {loss.item():.7f}")
