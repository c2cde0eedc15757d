import torch

# The graph is whatever the program did: here, as many doublings as it took.
x = torch.tensor([0.3, -1.2], requires_grad=True)

y = x * 2
doublings = 1
while y.norm() < 50:
    y = y * 2
    doublings += 1

loss = y.sum()
loss.backward()
print("doublings:", doublings)
print("x.grad:", x.grad)
