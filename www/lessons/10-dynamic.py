import torch

w = torch.tensor([[0.5, -0.3], [0.2, 0.8]], requires_grad=True)
length = 3

h = torch.ones(2)
for _ in range(length):
    h = torch.tanh(w @ h)

loss = h.sum()
loss.backward()
print("h:", h.detach())
print("gradient:", w.grad)
