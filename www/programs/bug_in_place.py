import torch

# The backward pass needs what the forward pass has seen. Here, somebody has written over it.
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x * 2
z = y ** 2
y += 1
z.sum().backward()
print(x.grad)
