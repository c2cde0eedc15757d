# A bracket is never closed.
import torch
x = torch.tensor([1, 2, 3)
print(x)
