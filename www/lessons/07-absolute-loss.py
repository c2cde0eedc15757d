import torch

x = torch.tensor(5.0)
target = torch.tensor(3.0)
w = torch.tensor(1.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.05)

for step in range(40):
    prediction = x * w
    loss = (prediction - target).abs()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 8 == 0:
        print(f"step {step:2d}   prediction {prediction.item():.3f}   gradient {w.grad.item():+.1f}")

print(f"last loss: {loss.item():.4f}")
