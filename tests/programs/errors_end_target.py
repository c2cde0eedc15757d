# Ends in targets that are no classes.
import torch
import torch.nn.functional as F

logits = torch.tensor([[2.0, 1.0], [0.5, 3.0]])
print("%.4f" % F.cross_entropy(logits, torch.tensor([0, 1])).item())
print("%.4f" % F.cross_entropy(logits, torch.tensor([0, 2])).item())
