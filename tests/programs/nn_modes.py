# train() and eval(): what they change, and what no_grad changes instead.
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4, bias=False)
        self.bn = nn.BatchNorm1d(4)
        self.drop = nn.Dropout(p=0.5)

    def forward(self, x):
        x = self.drop(self.bn(self.fc(x)))
        return F.dropout(x, 0.0, training=self.training)


net = Net()
with torch.no_grad():
    net.fc.weight.copy_(torch.eye(4))
x = torch.tensor([[1.0, 2.0, 3.0, 4.0], [3.0, 6.0, 5.0, 0.0]])
print(net.training, [m.training for m in net.children()])
net.eval()
a, b = net(x), net(x)
print(torch.equal(a, b), net.bn.num_batches_tracked, a)
net.train()
torch.manual_seed(0)
a = net(x)
torch.manual_seed(0)
b = net(x)
c = net(x)
print(torch.equal(a, b), torch.equal(b, c), net.bn.num_batches_tracked, (a == 0).sum().item())
print(a.abs().max().round(), net.bn.running_mean)
net.bn.eval()
print([m.training for m in net.modules()])
net.train(False)
print([m.training for m in net.modules()], net.eval() is net, net.train() is net)
with torch.no_grad():
    y = net(x)
print(y.requires_grad, net.training, net.fc.weight.requires_grad)
with torch.inference_mode():
    print(net(x).requires_grad, torch.is_grad_enabled())


class Noise(nn.Module):
    def forward(self, x):
        return x + torch.ones_like(x) if self.training else x


layers = nn.Sequential(nn.Identity(), Noise(), nn.Sequential(Noise()))
print(layers(torch.zeros(2)), layers.eval()(torch.zeros(2)), layers[2][0].training)
drop = nn.Dropout(0.2)
torch.manual_seed(1)
kept = drop(torch.ones(10000))
print("%.2f" % kept.mean().item(), "%.2f" % (kept > 0).float().mean().item(), kept.max())
print(nn.Dropout(1.0)(torch.ones(3)), nn.Dropout(0.0)(torch.ones(3)))
torch.manual_seed(2)
print(nn.Dropout2d(0.5)(torch.ones(1, 6, 1, 2))[0, :, 0, 0], nn.AlphaDropout(0.0)(torch.ones(2)))
w = torch.ones(8, requires_grad=True)
torch.manual_seed(3)
out = F.dropout(w, 0.5)
out.sum().backward()
print(torch.equal(out.detach(), w.grad), w.grad)
