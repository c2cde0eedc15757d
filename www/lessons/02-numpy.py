import numpy as np
import torch

# from_numpy shares memory: one block of numbers with two names.
a = np.ones(4)
t = torch.from_numpy(a)
t.add_(1)
print("array: ", a)
print("tensor:", t)

# torch.tensor copies: what happens to the array later does not reach it.
copy = torch.tensor(a)
a[0] = 100
print("shared:", t[0].item(), "  copied:", copy[0].item())

# Back to NumPy, again without copying.
b = t.numpy()
t.mul_(2)
print("array again:", b)
print("type:", t.dtype)
