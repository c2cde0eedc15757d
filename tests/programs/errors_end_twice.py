# Ends in a second backward through a graph that is gone.
import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = (w ** 2).sum()
for epoch in range(3):
    print("epoch", epoch, loss.item())
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
