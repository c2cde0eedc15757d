import torch
import torch.nn as nn
from torch.nn.utils import remove_spectral_norm, remove_weight_norm, spectral_norm, weight_norm

torch.manual_seed(0)


def show(name, t):
    print(name, tuple(t.shape), [round(v, 3) + 0.0 for v in t.detach().flatten().tolist()][:12])


# The length and the direction of a weight, apart.
layer = weight_norm(nn.Linear(3, 2))
print(layer)
print([(name, tuple(p.shape)) for name, p in layer.named_parameters()])
print(list(layer.state_dict()), type(layer.weight).__name__, layer.weight.requires_grad)
show("g", layer.weight_g)
show("v", layer.weight_v)
show("weight", layer.weight)
x = torch.randn(4, 3)
layer(x).pow(2).sum().backward()
show("grad of g", layer.weight_g.grad)
show("grad of v", layer.weight_v.grad)
optimizer = torch.optim.SGD(layer.parameters(), lr=0.05)
for step in range(3):
    optimizer.zero_grad()
    loss = (layer(x) - 1).pow(2).mean()
    loss.backward()
    optimizer.step()
    print("step %d, loss %.4f" % (step, loss.item()))
before = layer(x)
remove_weight_norm(layer)
print(torch.allclose(layer(x), before, atol=1e-6), [name for name, p in layer.named_parameters()])
for dim in (None, 1, -1):
    show("dim %s" % dim, weight_norm(nn.Linear(3, 2), dim=dim).weight_g)
show("of a convolution", weight_norm(nn.Conv1d(2, 3, 3), name="weight").weight_g)
show("of a bias", weight_norm(nn.Linear(3, 2), "bias").bias_g)

# A weight divided by its largest singular value.
layer = spectral_norm(nn.Linear(4, 3))
print(layer)
print([name for name, p in layer.named_parameters()], [name for name, b in layer.named_buffers()])
print(list(layer.state_dict()))
show("u", layer.weight_u)
show("v", layer.weight_v)
x = torch.randn(5, 4)
out = layer(x)
out.pow(2).sum().backward()
show("u", layer.weight_u)
show("weight", layer.weight)
show("grad", layer.weight_orig.grad)
for _ in range(30):
    layer(x)
print("%.3f" % torch.linalg.norm(layer.weight.detach(), 2).item())
layer.eval()
u = layer.weight_u.clone()
layer(x)
print(torch.equal(u, layer.weight_u))
remove_spectral_norm(layer)
print([name for name, p in layer.named_parameters()], list(layer.state_dict()))
discriminator = nn.Sequential(
    spectral_norm(nn.Conv2d(1, 4, 3, stride=2, padding=1), n_power_iterations=2),
    nn.LeakyReLU(0.1),
    spectral_norm(nn.ConvTranspose2d(4, 2, 2, stride=2)),
    nn.Flatten(),
    spectral_norm(nn.Linear(128, 1)),
)
print(discriminator)
optimizer = torch.optim.Adam(discriminator.parameters(), lr=0.01)
images = torch.rand(6, 1, 8, 8)
for step in range(3):
    optimizer.zero_grad()
    loss = torch.relu(1 - discriminator(images)).mean()
    loss.backward()
    optimizer.step()
    print("step %d, loss %.3f" % (step, loss.item()))

for call in (
    lambda: remove_weight_norm(nn.Linear(2, 2)),
    lambda: remove_spectral_norm(nn.Linear(2, 2)),
    lambda: weight_norm(weight_norm(nn.Linear(2, 2))),
    lambda: spectral_norm(spectral_norm(nn.Linear(2, 2))),
    lambda: spectral_norm(nn.Linear(2, 2), n_power_iterations=0),
):
    try:
        call()
    except (ValueError, RuntimeError) as error:
        print(type(error).__name__, error)
