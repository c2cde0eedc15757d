# Activations and other functions of torch.nn.functional.
import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.tensor([-2., -0.5, 0., 0.5, 2.])
for name in [
    "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "logsigmoid",
    "relu6", "hardtanh", "hardsigmoid", "hardswish", "tanhshrink", "softshrink", "hardshrink", "celu",
]:
    print("%-12s" % name, getattr(F, name)(x))
print(torch.sigmoid(x), torch.tanh(x), torch.relu(x), F.leaky_relu(x, 0.2), F.elu(x, alpha=0.5))
print(F.threshold(x, 0.1, 20), F.prelu(x, torch.tensor([0.3])), F.softplus(x, beta=2))
print(F.glu(torch.arange(4.)))
for layer in [
    nn.ReLU(), nn.LeakyReLU(0.1), nn.Sigmoid(), nn.Tanh(), nn.ELU(), nn.GELU(), nn.Softplus(), nn.SiLU(),
    nn.PReLU(), nn.Hardtanh(-1, 1), nn.LogSigmoid(),
]:
    print("%-10s" % type(layer).__name__, layer(x).detach())
m = torch.tensor([[1., 2., 3.], [1., 1., 1.]])
print(F.softmax(m, dim=1), F.softmax(m, dim=0), F.log_softmax(m, dim=1), nn.Softmax(dim=-1)(m)[0])
print(nn.LogSoftmax(dim=1)(m)[1], F.softmin(m, dim=1)[0], F.softmax(1000 * m, dim=1))
print(F.softmax(torch.tensor([float("-inf"), 0.]), 0))
print(F.normalize(m), F.normalize(m, p=1, dim=0), F.cosine_similarity(m[0], m[1], dim=0))
print(F.pairwise_distance(m[:1], m[1:]), F.one_hot(torch.tensor([0, 2, 1]), num_classes=4))
print(F.one_hot(torch.tensor([[1], [0]])).shape)
print(F.pad(m, (1, 0)), F.pad(m, (0, 1, 1, 0), value=-1), F.pad(m.view(1, 2, 3), (1, 1), mode="reflect"))
print(F.pad(m.view(1, 2, 3), (1, 1), mode="replicate")[0, 0], F.embedding(torch.tensor([1, 0]), m))
y = x.clone().requires_grad_()
for f in [F.relu, F.leaky_relu, F.elu, F.gelu, F.softplus, torch.tanh, torch.sigmoid, F.silu, F.hardtanh, F.logsigmoid]:
    y.grad = None
    f(y).sum().backward()
    print("%-12s" % f.__name__, y.grad)
inplace = torch.tensor([-1., 1.])
F.relu(inplace, inplace=True)
r = nn.ReLU(inplace=True)
z = torch.tensor([-3., 3.])
r(z)
print(inplace, z, F.relu_(torch.tensor([-1., 5.])), torch.clamp(x, 0, 1), x.relu(), (x > 0).float())
print(torch.sigmoid(torch.tensor(100.)), torch.sigmoid(torch.tensor(-100.)) >= 0)
