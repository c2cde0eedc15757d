# Tensors from nothing, from lists, from other tensors.
import torch

print(torch.zeros(2, 3), torch.ones(2), torch.eye(3), torch.empty(0))
print(torch.full((2, 2), 7), torch.full((2,), 0.5), torch.arange(5), torch.arange(1, 10, 3), torch.arange(0, 1, 0.25))
print(torch.linspace(0, 1, 5), torch.logspace(0, 2, 3), torch.arange(5.))
print(torch.tensor([1, 2]).dtype, torch.tensor([1.0, 2]).dtype, torch.tensor([True]).dtype, torch.tensor(3).dtype)
print(torch.tensor([[1, 2], [3, 4]]), torch.tensor(3.5), torch.tensor([]), torch.tensor([[]]).shape)
print(torch.tensor([1, 2.5, True]))
x = torch.zeros(2, 3, dtype=torch.long)
print(x, x.dtype, torch.ones(2, dtype=torch.float64), torch.zeros(2, dtype=torch.bool))
print(torch.ones((1, 2), dtype=torch.uint8))
print(torch.zeros_like(x), torch.ones_like(x, dtype=torch.float), torch.full_like(x, 9), torch.empty_like(x).shape)
print(x.new_ones(2, 2), x.new_zeros(3), x.new_tensor([5]), x.new_full((2,), 3), x.new_empty(2, 0))
print(torch.as_tensor([1, 2]), torch.tensor((1, 2)), torch.tensor(range(4)))
print(torch.tensor([torch.tensor(1), torch.tensor(2)]))
print(torch.FloatTensor([1, 2]), torch.LongTensor([1, 2]), torch.DoubleTensor([1]))
print(torch.ByteTensor([1, 0]), torch.BoolTensor([True]))
print(torch.Tensor([1, 2]), torch.Tensor(2, 3).shape, torch.Tensor(), torch.FloatTensor(2, 0).size())
print(torch.Tensor([[1], [2]]).size())
print(torch.diag(torch.tensor([1, 2])), torch.diag(torch.arange(9).view(3, 3)))
print(torch.tril(torch.ones(3, 3)), torch.triu(torch.ones(3, 3), 1))
print(torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")[0])
print(torch.cartesian_prod(torch.arange(2), torch.arange(2)))
b = torch.tensor([1.0, 2.0])
c, d = b.clone(), b
b[0] = 9
print(b, c, d, b.tolist(), torch.tensor(5).item(), torch.tensor([[1.5]]).item(), float(torch.tensor(2)))
print(int(torch.tensor(2.7)), len(x))
