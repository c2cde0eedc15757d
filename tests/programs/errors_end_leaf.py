# The update that forgot torch.no_grad().
import torch

w = torch.randn(3, requires_grad=True)
(w ** 2).sum().backward()
print(w.grad.shape)
w -= 0.1 * w.grad
