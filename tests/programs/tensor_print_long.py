# Long tensors are wrapped, longer ones are summarised; both can be set.
import torch

print(torch.arange(2000))
print(torch.arange(2000.).view(2, 1000))
print(torch.arange(4096).view(64, 64))
print(torch.zeros(30), torch.arange(40) / 7)
print(torch.arange(1001), torch.arange(1000).shape)
print(torch.zeros(3, 400).t())
print(torch.zeros(101, 2, 5))
print(torch.ones(1001, dtype=torch.bool), torch.ones(1200, requires_grad=True) * 2)
torch.set_printoptions(precision=2)
print(torch.tensor([1.23456, 2.]), torch.tensor(0.5))
torch.set_printoptions(precision=4, sci_mode=False)
print(torch.tensor([1e-5, 1.]))
torch.set_printoptions(profile="default")
torch.set_printoptions(threshold=5, edgeitems=2, linewidth=60)
print(torch.arange(10), torch.rand(3, 3).shape)
