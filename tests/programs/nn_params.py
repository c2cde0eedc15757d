# Freezing, counting, sharing, copying and averaging parameters.
import torch
import torch.nn as nn
import torch.nn.utils as utils

torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8))
        self.head = nn.Linear(8, 2)
        self.temperature = nn.Parameter(torch.tensor(1.5))
        self.frozen = nn.Parameter(torch.zeros(3), requires_grad=False)

    def forward(self, x):
        return self.head(self.backbone(x)) / self.temperature


def count(module):
    return sum(p.numel() for p in module.parameters()), sum(p.numel() for p in module.parameters() if p.requires_grad)


net = Encoder()
print(count(net), count(net.backbone), {n: p.numel() for n, p in net.named_parameters()})
for name, p in net.named_parameters():
    if name.startswith("backbone"):
        p.requires_grad_(False)
print(count(net))
before = {n: p.detach().clone() for n, p in net.named_parameters()}
optimizer = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1)
net(torch.randn(5, 4)).pow(2).sum().backward()
optimizer.step()
print([n for n, p in net.named_parameters() if not torch.equal(p, before[n])], net.backbone[0].weight.grad)
net.head = nn.Linear(8, 3)
print(net.head, net(torch.zeros(1, 4)).shape)

target = Encoder()
for a, b in zip(target.parameters(), net.parameters()):
    if a.shape == b.shape:
        a.data.copy_(0.9 * a.data + 0.1 * b.data)
print("%.4f" % target.temperature.item(), isinstance(target.temperature, nn.Parameter))
print(isinstance(target.temperature, torch.Tensor))
vector = utils.parameters_to_vector(nn.Linear(2, 2).parameters())
layer = nn.Linear(2, 2)
utils.vector_to_parameters(torch.arange(6.), layer.parameters())
print(vector.shape, layer.weight, layer.bias)
print(layer.weight.data, layer.weight.grad, layer.weight.is_leaf, layer.weight.requires_grad)
layer(torch.ones(1, 2)).sum().backward()
print(utils.clip_grad_norm_(layer.parameters(), 1.0), layer.weight.grad, layer.bias.grad)
for p in layer.parameters():
    p.grad.data.mul_(100)
utils.clip_grad_value_(layer.parameters(), 5)
print(layer.weight.grad, "%.4f" % sum(p.grad.norm().item() ** 2 for p in layer.parameters()) ** 0.5)
total = 0.0
for p in layer.parameters():
    total += p.pow(2).sum()
(0.5 * total).backward()
print(layer.bias.grad, total)
l1 = sum(p.abs().sum() for p in layer.parameters())
print(l1, layer.weight.norm(2), next(layer.parameters()).device, next(iter(layer.named_parameters()))[0])
print(nn.Parameter(torch.tensor([1., 2.])), nn.Parameter(torch.zeros(1), requires_grad=False), repr(net.temperature))
