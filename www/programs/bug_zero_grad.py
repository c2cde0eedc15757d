import torch

# This training should find w = 3, but it swings past it, to and fro, for ever. Something is missing.
x = torch.tensor([1.0, 2.0, 3.0])
y = 3 * x
w = torch.tensor(0.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.05)

for step in range(12):
    loss = ((w * x - y) ** 2).mean()
    loss.backward()
    optimizer.step()
    print(f"step {step:2d}   w {w.item():7.3f}   loss {loss.item():8.3f}")
