# Modules of one's own: parameters, children, buffers, modes, state.
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, hidden=4):
        super().__init__()
        self.fc1 = nn.Linear(3, hidden)
        self.fc2 = nn.Linear(hidden, 2, bias=False)
        self.scale = nn.Parameter(torch.ones(1))
        self.register_buffer("steps", torch.zeros(1))
        self.note = "not a parameter"

    def forward(self, x):
        if self.training:
            self.steps += 1
        return self.scale * self.fc2(F.relu(self.fc1(x)))


torch.manual_seed(0)
net = Net()
print(net)
print([(name, tuple(p.shape)) for name, p in net.named_parameters()])
print([name for name, _ in net.named_children()], [type(m).__name__ for m in net.modules()])
print([n for n, _ in net.named_modules()])
print([n for n, _ in net.named_buffers()], list(net.state_dict().keys()), len(list(net.parameters())))
print(sum(p.numel() for p in net.parameters()))
x = torch.ones(5, 3)
print(net(x).shape, net.steps, net.training, net.fc1.training)
net.eval()
net(x)
print(net.steps, net.training, net.fc1.training)
net.train()
net.zero_grad()
net(x).sum().backward()
print(net.scale.grad.shape, net.fc1.weight.grad.shape, net.fc2.bias)
net.zero_grad()
print(net.scale.grad is None or net.scale.grad.item() == 0)
for p in net.fc1.parameters():
    p.requires_grad = False
print(sum(p.numel() for p in net.parameters() if p.requires_grad))
print([n for n, p in net.named_parameters() if not p.requires_grad])
net.requires_grad_(True)
print(all(p.requires_grad for p in net.parameters()), net.double().fc1.weight.dtype, net.float().steps.dtype)


def init(m):
    if isinstance(m, nn.Linear):
        nn.init.constant_(m.weight, 0.5)
        if m.bias is not None:
            m.bias.data.fill_(0.1)


net.apply(init)
print(net(x)[0], net.fc1.bias.data, net.fc1.in_features, net.fc2.out_features)


class Plain(nn.Module):
    def __init__(self):
        super(Plain, self).__init__()
        self.layers = [nn.Linear(1, 1)]
        self.child = Net(hidden=2)

    def extra_repr(self):
        return "layers in a list are not seen"


plain = Plain()
print(plain, len(list(plain.parameters())))
plain.add_module("late", nn.Linear(1, 1))
plain.child = None
del plain.late
print(plain, list(plain.children()), hasattr(plain, "late"))
for bad in [
    lambda: plain(x), lambda: net.missing, lambda: net(torch.ones(5, 4)), lambda: setattr(net, "fc1", 3),
    lambda: setattr(net, "scale", torch.ones(1)),
]:
    try:
        bad()
    except Exception as e:
        print(type(e).__name__ + ":", e)


class Forgot(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(1, 1)


try:
    Forgot()
except AttributeError as e:
    print("AttributeError:", e)
