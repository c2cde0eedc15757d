# Parametrizations, as their tutorial uses them.
import torch
import torch.nn.utils.parametrize as parametrize
from torch import nn

torch.manual_seed(0)


class Symmetric(nn.Module):
    def forward(self, X):
        return X.triu() + X.triu(1).transpose(-1, -2)


layer = nn.Linear(3, 3)
before = layer.weight.detach().clone()
parametrize.register_parametrization(layer, "weight", Symmetric())
A = layer.weight
print(torch.allclose(A, A.T), A.requires_grad, type(A).__name__)
print(layer)
print([name for name, _ in layer.named_parameters()], list(layer.state_dict()))
print(torch.equal(layer.parametrizations.weight.original, before), layer.parametrizations.weight[0])
print(parametrize.is_parametrized(layer), parametrize.is_parametrized(layer, "bias"), isinstance(layer, nn.Linear))
layer(torch.ones(2, 3)).sum().backward()
print(layer.parametrizations.weight.original.grad)


class Skew(nn.Module):
    def forward(self, X):
        A = X.triu(1)
        return A - A.transpose(-1, -2)

    def right_inverse(self, A):
        return A.triu(1)


class Doubled(nn.Module):
    def __init__(self):
        super().__init__()
        self.calls = 0

    def forward(self, X):
        self.calls += 1
        return 2 * X

    def right_inverse(self, X):
        return X / 2


cnn = nn.Conv2d(3, 4, 3)
doubled = Doubled()
parametrize.register_parametrization(cnn, "weight", doubled)
print(torch.allclose(cnn.parametrizations.weight.original * 2, cnn.weight), cnn)
calls = doubled.calls
with parametrize.cached():
    print(cnn.weight is cnn.weight, doubled.calls - calls)
print(cnn.weight is cnn.weight, doubled.calls - calls)
with torch.no_grad():
    cnn.weight = torch.ones(4, 3, 3, 3)
print(cnn.parametrizations.weight.original.detach().unique(), cnn.weight.detach().unique())

layer = nn.Linear(3, 3)
parametrize.register_parametrization(layer, "weight", Skew())
layer.weight = torch.tensor([[0.0, 1, 2], [-1, 0, 3], [-2, -3, 0]])
print(layer.weight + 0.0)
parametrize.register_parametrization(layer, "weight", Doubled())
print(layer.weight[0, 1:], layer)
parametrize.register_parametrization(layer, "bias", Doubled())
optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
layer(torch.ones(1, 3)).pow(2).sum().backward()
optimizer.step()
print(torch.allclose(layer.weight, -layer.weight.T), layer.weight[0, 1:])
parametrize.remove_parametrizations(layer, "weight")
print(type(layer).__name__, type(layer.weight).__name__, layer.weight[0, 1:], parametrize.is_parametrized(layer, "bias"))
parametrize.remove_parametrizations(layer, "bias", leave_parametrized=False)
print(layer, [name for name, _ in layer.named_parameters()], parametrize.is_parametrized(layer), hasattr(layer, "parametrizations"))
print(layer(torch.zeros(1, 3)).shape)


class Pruned(nn.Module):
    def __init__(self, X, p_drop=0.2):
        super().__init__()
        self.register_buffer("mask", (torch.arange(X.numel()).view_as(X) % 2 == 0).to(X.dtype))

    def forward(self, X):
        return X * self.mask


model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
for part in (model[0], model[2]):
    parametrize.register_parametrization(part, "weight", Pruned(part.weight))
print(model)
print(list(model.state_dict()), model[0].weight == 0)
again = nn.Linear(2, 2)
parametrize.register_parametrization(again, "weight", Pruned(again.weight))
again.load_state_dict(model[0].state_dict())
print(torch.equal(again.weight, model[0].weight), parametrize.type_before_parametrizations(again).__name__)
for bad in (lambda: parametrize.register_parametrization(layer, "nothing", Skew()), lambda: parametrize.remove_parametrizations(layer, "weight")):
    try:
        bad()
    except ValueError as error:
        print(error)
